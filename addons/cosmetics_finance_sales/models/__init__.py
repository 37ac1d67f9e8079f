from . import (
    account_move,
    account_move_settlement,
    cosmetics_channel,
    cosmetics_settlement_post,
    res_partner,
    sale_order_credit,
    stock_move_credit,
    stock_picking_credit,
)
