"""What points are worth in the books (企业会计准则第14号——收入): plain Python, no database.

Points that a sale gives are a promise of their own. The price without VAT is split by stand-alone prices; the part of the points is a
contract liability until they are spent, in proportion to what is expected to be spent at all, or until nothing of them is left.

>>> price_part(Decimal(1000), Decimal(1000), Decimal("0.10"), Decimal(95))
Decimal('86.76')
>>> half_spent = Points(earned=Decimal(1000), remaining=Decimal(525), spent=Decimal(475), expired=Decimal(0))
>>> credited(Decimal("86.76"), Decimal(1000), half_spent), open_value(Decimal("86.76"), Decimal(1000), half_spent, Decimal(95))
(Decimal('86.76'), Decimal('43.38'))
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Points:
    """What became of the points of one document.

    :param earned: what it gave
    :param remaining: what may still be spent, pending points too
    :param spent: what was spent and not given back
    :param expired: what ran out
    """

    earned: Decimal
    remaining: Decimal
    spent: Decimal = Decimal(0)
    expired: Decimal = Decimal(0)

    @property
    def kept(self):
        """Return what the customer kept of them: what a refund took back was never owed.

        >>> Points(Decimal(100), Decimal(30), Decimal(20), Decimal(10)).kept
        Decimal('60')
        """
        return max(self.remaining + self.spent + self.expired, Decimal(0))


def exact(number):
    """Return a stored number as what was meant by it: the shortest decimal that reads the same.

    >>> exact(0.1), exact(86.76)
    (Decimal('0.1'), Decimal('86.76'))
    """
    return Decimal(repr(number))


def to_cents(amount):
    """Return an amount in yuan, rounded half up to the fen.

    >>> to_cents(Decimal("86.755")), to_cents(Decimal("-0.005"))
    (Decimal('86.76'), Decimal('-0.01'))
    """
    return amount.quantize(CENT, ROUND_HALF_UP)


def stand_alone_price(points, price, percent):
    """Return what points would cost by themselves: yuan a point, less those nobody is expected to spend.

    >>> stand_alone_price(Decimal(1000), Decimal("0.10"), Decimal(95))
    Decimal('95.00')
    """
    return points * price * percent / HUNDRED


def price_part(revenue, points, price, percent):
    """Return the part of a price without VAT that belongs to the points it gave.

    >>> price_part(Decimal(100), Decimal(0), Decimal("0.1"), Decimal(95)), price_part(Decimal(0), Decimal(9), Decimal("0.1"), Decimal(95))
    (Decimal('0.00'), Decimal('0.00'))
    """
    alone = stand_alone_price(points, price, percent)
    if revenue <= 0 or alone <= 0:
        return NOTHING
    return to_cents(revenue * alone / (revenue + alone))


def gift_price(points, price, percent):
    """Return the value of points that no sale paid for: their stand-alone price.

    >>> gift_price(Decimal(50), Decimal("0.01"), Decimal(95))
    Decimal('0.48')
    """
    return to_cents(max(stand_alone_price(points, price, percent), Decimal(0)))


def credited(amount, valued, points):
    """Return what was put aside for the points that the customer kept.

    :param amount: yuan put aside for `valued` points

    >>> credited(Decimal("86.76"), Decimal(1000), Points(Decimal(1000), Decimal(500)))
    Decimal('43.38')
    """
    return to_cents(amount * points.kept / valued) if valued > 0 else NOTHING


def open_value(amount, valued, points, percent):
    """Return what of it is still owed: every point spent takes its share of those that are not expected to be spent with it.

    >>> all_spent = Points(Decimal(1000), Decimal(50), Decimal(950))
    >>> run_out = Points(Decimal(1000), Decimal(0), Decimal(300), Decimal(700))
    >>> [open_value(Decimal("86.76"), Decimal(1000), points, Decimal(95)) for points in (all_spent, run_out)]
    [Decimal('0.00'), Decimal('0.00')]
    """
    if valued <= 0 or percent <= 0 or points.remaining <= 0:
        return NOTHING
    unspent = points.remaining - max(points.spent, Decimal(0)) * (HUNDRED - percent) / percent
    return to_cents(amount * max(unspent, Decimal(0)) / valued)
