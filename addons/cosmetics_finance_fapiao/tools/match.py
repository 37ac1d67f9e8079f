"""Which bill belongs to a received invoice: plain Python, no database."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

DAYS = 90
"""Suppliers invoice before and after they deliver; a quarter covers what shops see."""


class Paper(NamedTuple):
    """An invoice or a bill: ``party`` is the tax number, else the name; ``numbers`` are references it names."""

    key: int
    party: frozenset
    total: Decimal
    day: date
    numbers: frozenset = frozenset()


class Proposal(NamedTuple):
    """``reason`` is number, amount_day (the only one of that amount) or nearest_day (several: the nearest)."""

    key: int
    reason: str


def propose(paper, candidates, days=DAYS):
    """Return the `Proposal` for a paper, or None: same party, same total to the cent, near in time; a number that is named wins.

    >>> invoice = Paper(1, frozenset({"91610131MA6U0C0X2K"}), Decimal("113.00"), date(2026, 11, 5), frozenset({"26612000000000012345"}))
    >>> bill = Paper(7, invoice.party, Decimal("113.00"), date(2026, 11, 1))
    >>> propose(invoice, [bill])
    Proposal(key=7, reason='amount_day')
    >>> propose(invoice, [bill, bill._replace(key=8, day=date(2026, 11, 4))])
    Proposal(key=8, reason='nearest_day')
    >>> propose(invoice, [bill, bill._replace(key=9, total=Decimal("200"), numbers=invoice.numbers)])
    Proposal(key=9, reason='number')
    >>> propose(invoice, [bill._replace(total=Decimal("113.01")), bill._replace(party=frozenset({"X"}))]) is None
    True
    >>> propose(invoice, [bill._replace(day=date(2026, 1, 1))]) is None
    True
    """
    ours = [other for other in candidates if other.party & paper.party]
    named = [other for other in ours if other.numbers & paper.numbers]
    if len(named) == 1:
        return Proposal(named[0].key, "number")
    near = [other for other in ours if other.total == paper.total and abs((other.day - paper.day).days) <= days]
    if not near:
        return None
    near.sort(key=lambda other: (abs((other.day - paper.day).days), other.key))
    return Proposal(near[0].key, "amount_day" if len(near) == 1 else "nearest_day")
