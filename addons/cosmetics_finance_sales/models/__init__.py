from . import account_move, res_partner, sale_order_credit, stock_move_credit, stock_picking_credit
