"""Which coupons go together: plain Python, no database."""

from typing import NamedTuple


class Coupon(NamedTuple):
    """A coupon on an order. ``stacking``: any, others (not with one of the same program), alone. Limits: 0 is none."""

    program: int
    stacking: str = "any"
    member_limit: int = 0
    member_uses: int = 0
    store_limit: int = 0
    store_uses: int = 0


def refusal(coupons, order_limit=0):
    """Return (why, number of the coupon) for the first rule that is broken, None when all is well.

    ``member_uses`` and ``store_uses`` count what was used before, on other orders.

    >>> refusal([Coupon(1), Coupon(2)]) is None, refusal([Coupon(1), Coupon(2)], 1)
    (True, ('order', 1))
    >>> refusal([Coupon(1, "others"), Coupon(2)]) is None, refusal([Coupon(1, "others"), Coupon(1, "others")])
    (True, ('same', 0))
    >>> refusal([Coupon(1), Coupon(2, "alone")]), refusal([Coupon(2, "alone")]) is None
    (('alone', 1), True)
    >>> refusal([Coupon(1, member_limit=2, member_uses=1)]) is None, refusal([Coupon(1, member_limit=2, member_uses=2)])
    (True, ('member', 0))
    >>> refusal([Coupon(1, member_limit=2, member_uses=1), Coupon(1, member_limit=2, member_uses=1)])
    ('member', 0)
    >>> refusal([Coupon(1, store_limit=5, store_uses=5)])
    ('store', 0)
    """
    if order_limit and len(coupons) > order_limit:
        return "order", order_limit
    for number, coupon in enumerate(coupons):
        same = sum(other.program == coupon.program for other in coupons)
        if coupon.stacking == "alone" and len(coupons) > 1:
            return "alone", number
        if coupon.stacking == "others" and same > 1:
            return "same", number
        if coupon.member_limit and coupon.member_uses + same > coupon.member_limit:
            return "member", number
        if coupon.store_limit and coupon.store_uses + same > coupon.store_limit:
            return "store", number
    return None
