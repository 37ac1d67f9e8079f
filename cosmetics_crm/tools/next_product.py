"""What a member may want next, from what the member has bought: plain Python, no database."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median
from typing import NamedTuple

# A product is bought again when about as much time has passed as between the purchases before.
SOON_DAYS = 14
# Who has stayed away for twice the usual time has found something else.
PATIENCE = 2


class Bought(NamedTuple):
    """One purchase of a product: its day, pieces (negative: brought back), brand and series (0: none)."""

    product: int
    day: object
    quantity: float
    brand: int = 0
    series: int = 0


class Refill(NamedTuple):
    """A product to be bought again: how often it was bought, after how many days in the middle, the last and the next day."""

    product: int
    times: int
    interval: int
    last: object
    due: object


def refills(purchases, today):
    """Return products that are due again, the most overdue first: bought on two days at least and not brought back.

    >>> from datetime import date
    >>> days = [date(2026, 1, 1), date(2026, 3, 2), date(2026, 5, 1)]
    >>> refills([Bought(7, day, 1) for day in days], date(2026, 6, 25))
    [Refill(product=7, times=3, interval=60, last=datetime.date(2026, 5, 1), due=datetime.date(2026, 6, 30))]
    >>> refills([Bought(7, day, 1) for day in days], date(2026, 5, 20)), refills([Bought(7, days[0], 1)], date(2026, 5, 20))
    ([], [])
    >>> refills([Bought(7, day, 1) for day in days], date(2027, 5, 20))
    []
    """
    pieces = defaultdict(Counter)
    for bought in purchases:
        pieces[bought.product][bought.day] += bought.quantity
    found = []
    for product, by_day in pieces.items():
        days = sorted(day for day, quantity in by_day.items() if quantity > 0)
        if len(days) < 2 or sum(by_day.values()) <= 0:
            continue
        interval = max(1, int(median((later - earlier).days for earlier, later in zip(days, days[1:], strict=False))))
        due = days[-1] + timedelta(days=interval)
        if due - timedelta(days=SOON_DAYS) <= today <= days[-1] + timedelta(days=interval * PATIENCE + SOON_DAYS):
            found.append(Refill(product, len(days), interval, days[-1], due))
    return sorted(found, key=lambda refill: (refill.due, refill.product))


def favourites(purchases, attribute):
    """Return the brands or series a member has bought most pieces of, the first one first.

    >>> from datetime import date
    >>> day = date(2026, 1, 1)
    >>> favourites([Bought(1, day, 1, brand=3), Bought(2, day, 4, brand=5), Bought(3, day, 9), Bought(4, day, -1, brand=3)], "brand")
    [5]
    """
    pieces = Counter()
    for bought in purchases:
        if getattr(bought, attribute):
            pieces[getattr(bought, attribute)] += bought.quantity
    return [key for key, quantity in sorted(pieces.items(), key=lambda item: (-item[1], item[0])) if quantity > 0]
