"""Budgets by month: spreading a year, and what is left under each rule for the unused rest. Plain Python, amounts as Decimal."""

from decimal import ROUND_DOWN, Decimal

MONTH, FORWARD, YEAR = "month", "forward", "year"
NOTHING, COMMITTED, ALL = "none", "committed", "all"


def spread(total, step=Decimal("0.01")):
    """Return twelve equal amounts of a year; what does not divide falls to December.

    >>> [str(amount) for amount in spread(Decimal("100"))[-2:]], sum(spread(Decimal("100")))
    (['8.33', '8.37'], Decimal('100.00'))
    """
    each = (total / 12).quantize(step, rounding=ROUND_DOWN)
    return [each] * 11 + [total.quantize(step) - each * 11]


def get_available(plan, used, rule, month):
    """Return what is left of a budget line in a month (1–12) after what is used; negative: too much is used.

    ``plan`` and ``used`` hold twelve amounts. By the rule ``month`` each month stands alone; by ``forward`` the unused rest of earlier
    months is added, and what a later month has taken of it already is gone; by ``year`` the months are one pot.

    >>> plan, used = [Decimal(100)] * 12, [Decimal(0), Decimal(150)] + [Decimal(0)] * 10
    >>> [str(get_available(plan, used, rule, 2)) for rule in (MONTH, FORWARD, YEAR)]
    ['-50', '50', '1050']
    >>> str(get_available(plan, used, FORWARD, 1))
    '50'
    """
    index = month - 1
    if rule == YEAR:
        return sum(plan) - sum(used)
    if rule == MONTH:
        return plan[index] - used[index]
    last = max([index, *(place for place in range(index, 12) if used[place])])
    return min(sum(plan[: place + 1]) - sum(used[: place + 1]) for place in range(index, last + 1))


def get_carried(left, committed, rule):
    """Return what is carried forward of what the books have not spent (``left``, Decimal), of which a part is committed.

    >>> [str(get_carried(Decimal(300), Decimal(100), rule)) for rule in (NOTHING, COMMITTED, ALL)]
    ['0', '100', '300']
    >>> str(get_carried(Decimal(50), Decimal(100), COMMITTED)), str(get_carried(Decimal(-5), Decimal(9), ALL))
    ('50', '0')
    """
    if rule == NOTHING or left <= 0:
        return Decimal(0)
    return min(left, max(committed, Decimal(0))) if rule == COMMITTED else left


def take_back(plan, actual, amount):
    """Return {month (1–12): what is taken of it} so that in all ``amount`` is taken: of what each month has left, the last months first.

    >>> plan, actual = [Decimal(100)] * 12, [Decimal(60)] * 11 + [Decimal(30)]
    >>> {month: str(taken) for month, taken in take_back(plan, actual, Decimal(100)).items()}
    {12: '70', 11: '30'}
    """
    taken = {}
    for month in range(12, 0, -1):
        part = min(amount, max(plan[month - 1] - actual[month - 1], Decimal(0)))
        if part > 0:
            taken[month] = part
            amount -= part
    return taken
