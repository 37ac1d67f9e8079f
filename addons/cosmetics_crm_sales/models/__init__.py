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
from . import sale_order_points_base
from . import sale_order_points
from . import sale_order_points_refund
from . import sale_order_points_cap
from . import sale_order_line
from . import sale_order_coupon_points
from . import account_move
from . import stock_picking
from . import cosmetics_aftersale
from . import cosmetics_points_batch
from . import account_move_member, cosmetics_member_purchase, sale_order_member
