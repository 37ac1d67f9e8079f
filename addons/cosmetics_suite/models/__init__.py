from . import ir_ui_menu, sale_order
