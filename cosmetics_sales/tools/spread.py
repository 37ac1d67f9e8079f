"""Sharing an amount out to the cent: plain Python, no database."""

from decimal import Decimal

CENT = Decimal("0.01")


def spread(amount, weights):
    """Share ``amount`` (Decimal, whole cents, not negative) by ``weights``; the parts add up to it exactly.

    The largest remainders get the odd cents; of equal ones the earlier. A weight of 0 gets nothing, unless all are 0.

    >>> spread(Decimal("100.00"), [1, 1, 1])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    >>> spread(Decimal("0.01"), [Decimal("5.00"), 0, Decimal("9.00")])
    [Decimal('0.00'), Decimal('0.00'), Decimal('0.01')]
    >>> spread(Decimal("3.00"), [0, 0]), spread(Decimal("3.00"), [])
    ([Decimal('1.50'), Decimal('1.50')], [])
    """
    if not weights:
        return []
    weights = [Decimal(weight) for weight in weights]
    whole = sum(weights)
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    cents = int(amount / CENT)
    shares = [divmod(cents * weight, whole) for weight in weights]
    parts = [int(share) for share, _remainder in shares]
    order = sorted(range(len(shares)), key=lambda index: (-shares[index][1], index))
    for index in order[: cents - sum(parts)]:
        parts[index] += 1
    return [part * CENT for part in parts]
