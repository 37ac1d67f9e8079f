"""How the receivable of a platform order is spread over its lines: plain Python, no database. Amounts are Decimal, in yuan."""

from decimal import ROUND_HALF_UP, Decimal

from .spread import spread

CENT = Decimal("0.01")


def cents(amount):
    """Return the amount rounded to the cent.

    >>> cents("12.345"), cents(0.1)
    (Decimal('12.35'), Decimal('0.10'))
    """
    return Decimal(str(amount)).quantize(CENT, ROUND_HALF_UP)


def line_totals(receivable, freight, lines):
    """Return (amount of the freight, [amount of each line]) whose sum is the receivable.

    The freight is what the buyer paid for it, at most the receivable. Lines are dicts with ``amount`` (what the line costs, or
    None), ``unit_price``, ``qty`` and ``is_gift``: a gift costs nothing as long as another line costs something.

    >>> def line(amount=None, **more):
    ...     return {"amount": amount, "unit_price": None, "qty": 1, "is_gift": False, **more}
    >>> freight, parts = line_totals(Decimal("109.99"), Decimal("10"), [line(60), line(40), line(5, is_gift=True)])
    >>> str(freight), [str(part) for part in parts]
    ('10.00', ['59.99', '40.00', '0.00'])
    >>> line_totals(Decimal("4"), Decimal("10"), [line(60)])
    (Decimal('4.00'), [Decimal('0.00')])
    >>> [str(part) for part in line_totals(Decimal("9"), 0, [line(unit_price=2, qty=2), line(unit_price=5)])[1]]
    ['4.00', '5.00']
    """
    receivable, freight = cents(receivable), cents(freight or 0)
    freight = max(min(freight, receivable), Decimal(0)) if lines else receivable
    payable = [index for index, line in enumerate(lines) if not line.get("is_gift")] or list(range(len(lines)))
    weights = [_weight(lines[index]) for index in payable]
    if not sum(weights):
        weights = [Decimal(str(lines[index]["qty"])) for index in payable]
    parts = dict(zip(payable, spread(receivable - freight, weights), strict=True))
    return cents(freight), [parts.get(index, cents(0)) for index in range(len(lines))]


def _weight(line):
    if line.get("amount") is not None:
        return max(Decimal(str(line["amount"])), Decimal(0))
    return max(Decimal(str(line.get("unit_price") or 0)) * Decimal(str(line["qty"])), Decimal(0))
