from . import account_move, ir_ui_menu, sale_order
