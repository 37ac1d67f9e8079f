"""Which birthdays are coming: plain Python, no database. Years do not matter; 29 February is kept on 28 February in other years."""

from calendar import isleap
from datetime import timedelta


def ranges(today, days):
    """Return (month, first day, last day) of the birthdays from today until ``days`` later, both included.

    >>> from datetime import date
    >>> ranges(date(2026, 5, 28), 7)
    [(5, 28, 31), (6, 1, 4)]
    >>> ranges(date(2026, 12, 31), 1), ranges(date(2026, 5, 1), 0)
    ([(12, 31, 31), (1, 1, 1)], [(5, 1, 1)])
    >>> ranges(date(2026, 2, 28), 0), ranges(date(2028, 2, 28), 0)
    ([(2, 28, 29)], [(2, 28, 28)])
    >>> len(ranges(date(2026, 5, 1), 400))
    12
    """
    if days >= 365:
        return [(month, 1, 31) for month in range(1, 13)]
    found = {}
    for number in range(days + 1):
        day = today + timedelta(days=number)
        last = 29 if (day.month, day.day) == (2, 28) and not isleap(day.year) else day.day
        first = found.get(day.month, (day.day, 0))[0]
        found[day.month] = (first, last)
    return [(month, first, last) for month, (first, last) in found.items()]
