"""Shares of money and days of an after-sale; plain Python, no database.

Money is `Decimal` or anything `Decimal(str(…))` understands, results are floats rounded to the cent.
"""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# 消费者权益保护法 art. 25: return without a reason within seven days of receipt, refund within seven days of the goods' coming back.
NO_REASON_DAYS = 7
REFUND_DAYS = 7
# 侵害消费者权益行为处罚办法: who lets more than fifteen days pass counts as having refused.
REFUSAL_DAYS = 15


def _decimal(value):
    return Decimal(str(value or 0))


def spread(total, weights):
    """Return `total` spread over the weights to the cent; the parts sum to `total`, a weight of 0 gets nothing.

    >>> spread(100, [1, 1, 1])
    [33.33, 33.34, 33.33]
    >>> spread(-10, [30, 0, 60])
    [-3.33, 0.0, -6.67]
    >>> spread(5, [0, 0])
    [0.0, 0.0]
    """
    total = _decimal(total).quantize(CENT, ROUND_HALF_UP)
    weights = [_decimal(weight) for weight in weights]
    whole = sum(weights)
    if not whole:
        return [0.0 for _weight in weights]
    parts, sum_weight, given = [], Decimal(0), Decimal(0)
    for weight in weights:
        sum_weight += weight
        upto = (total * sum_weight / whole).quantize(CENT, ROUND_HALF_UP)
        parts.append(float(upto - given))
        given = upto
    return parts


def share(paid, quantity, before_quantity, before_amount, wanted):
    """Return what `wanted` units of a line are worth that was paid with `paid` for `quantity` units.

    The last units take all that is left, so that returning everything gives back exactly what was paid:

    >>> share(100, 3, 0, 0, 1), share(100, 3, 1, 33.33, 1), share(100, 3, 2, 66.67, 1)
    (33.33, 33.34, 33.33)

    What was given back already without goods is not given back twice, and never more than is left:

    >>> share(100, 2, 0, 80, 1), share(100, 2, 1, 100, 1), share(100, 0, 0, 0, 1)
    (20.0, 0.0, 0.0)
    """
    paid, quantity, wanted = _decimal(paid), _decimal(quantity), _decimal(wanted)
    before_quantity, before_amount = _decimal(before_quantity), _decimal(before_amount)
    left = max(paid - before_amount, Decimal(0))
    if not quantity or wanted <= 0:
        return 0.0
    if before_quantity + wanted >= quantity:
        return float(left.quantize(CENT, ROUND_HALF_UP))
    upto = (paid * (before_quantity + wanted) / quantity).quantize(CENT, ROUND_HALF_UP)
    since = (paid * before_quantity / quantity).quantize(CENT, ROUND_HALF_UP)
    return float(min(max(upto - since, Decimal(0)), left).quantize(CENT, ROUND_HALF_UP))


def unit_prices(amount, quantity):
    """Return [(quantity, price of a unit)] in cents that multiply and sum to `amount` exactly.

    >>> unit_prices(33.34, 3)
    [(2, 11.11), (1, 11.12)]
    >>> unit_prices(30, 3), unit_prices(10, 2.5), unit_prices(10, 1.5)
    ([(3, 10.0)], [(2.5, 4.0)], [(1, 10.0)])
    """
    amount, quantity = _decimal(amount), _decimal(quantity)
    price = (amount / quantity).quantize(CENT, ROUND_HALF_UP)
    if price * quantity == amount:
        return [(_number(quantity), float(price))]
    if quantity != int(quantity):
        return [(1, float(amount))]
    price = (amount / quantity).quantize(CENT, "ROUND_DOWN")
    return [(_number(quantity - 1), float(price)), (1, float(amount - price * (quantity - 1)))] if quantity > 1 else [(1, float(amount))]


def _number(quantity):
    return int(quantity) if quantity == int(quantity) else float(quantity)


def no_reason_until(received_on):
    """Return the last day of the right to return without a reason; the day of receipt does not count.

    >>> from datetime import date
    >>> str(no_reason_until(date(2026, 11, 23)))
    '2026-11-30'
    """
    return received_on + timedelta(days=NO_REASON_DAYS)


def refund_due(back_on):
    """Return the last day to give the money back after the goods came back.

    >>> from datetime import date
    >>> str(refund_due(date(2026, 12, 28)))
    '2027-01-04'
    """
    return back_on + timedelta(days=REFUND_DAYS)


def refusal_on(requested_on):
    """Return the last day to answer a buyer; afterwards the law takes silence for a refusal.

    >>> from datetime import date
    >>> str(refusal_on(date(2026, 11, 23)))
    '2026-12-08'
    """
    return requested_on + timedelta(days=REFUSAL_DAYS)
