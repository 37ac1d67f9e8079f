from . import cosmetics_member_purchase, pos_order_member
