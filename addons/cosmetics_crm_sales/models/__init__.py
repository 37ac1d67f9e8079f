from . import (
    account_move,
    cosmetics_aftersale,
    cosmetics_points_batch,
    sale_order_coupon_points,
    sale_order_line,
    sale_order_points,
    sale_order_points_base,
    sale_order_points_cap,
    sale_order_points_refund,
    stock_picking,
)
