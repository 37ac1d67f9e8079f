"""Cents: rounding half up as the tax law does, and splitting without losing one. Plain Python."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def exact(value):
    """Return an amount of the database or a file as Decimal with two places, half up.

    >>> exact(0.1 + 0.2), exact("1.005"), exact(-2.345), exact(None)
    (Decimal('0.30'), Decimal('1.01'), Decimal('-2.35'), Decimal('0.00'))
    """
    return half_up(Decimal(repr(value) if isinstance(value, float) else str(value or 0)))


def half_up(amount):
    """Round to cents; half a cent goes away from zero.

    >>> half_up(Decimal("0.125")), half_up(Decimal("-0.125"))
    (Decimal('0.13'), Decimal('-0.13'))
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def split(amount, weights):
    """Split an amount by weights so that the parts add up to it again; the largest part takes what rounding leaves.

    >>> split(Decimal("100.00"), [1, 1, 1])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    >>> split(Decimal("-0.01"), [2, 1]), split(Decimal("5.00"), [])
    ([Decimal('-0.01'), Decimal('0.00')], [])
    >>> split(Decimal("5.00"), [0, 0])
    [Decimal('5.00'), Decimal('0.00')]
    """
    weights = [Decimal(str(weight)) for weight in weights]
    if not weights:
        return []
    whole = sum(weights)
    parts = [half_up(amount * weight / whole) + ZERO if whole else ZERO for weight in weights]
    largest = max(range(len(weights)), key=lambda index: (abs(weights[index]), -index))
    parts[largest] += amount - sum(parts)
    return parts
