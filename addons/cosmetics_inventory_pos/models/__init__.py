from . import (
    cosmetics_recall,
    cosmetics_till_exception,
    pos_config,
    pos_order_line,
    pos_pack_operation_lot,
    pos_session,
    product_template,
    stock_move,
    stock_picking,
    stock_warehouse,
)
