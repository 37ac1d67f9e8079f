from . import cosmetics_coupon_redemption, cosmetics_points_conflict, pos_order, pos_order_coupons
