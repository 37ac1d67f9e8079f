from . import account_move, iap_autocomplete_api, ir_ui_menu, sale_order
