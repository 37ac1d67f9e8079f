from . import (
    cosmetics_member_purchase,
    cosmetics_points_conflict,
    loyalty_card,
    loyalty_program,
    pos_order,
    pos_order_loyalty,
    pos_order_member,
    pos_order_points,
    pos_order_refund,
    pos_order_stored,
    pos_order_ticket,
    res_partner,
)
