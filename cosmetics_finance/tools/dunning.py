"""Which level of dunning a customer has reached."""


def find_level(levels, days_late, reached=0):
    """Return the days of the highest level that so many late days reach, None when it is not above the one reached before.

    >>> [find_level([3, 15, 30], days) for days in (2, 3, 14, 15, 400)]
    [None, 3, 3, 15, 30]
    >>> find_level([3, 15, 30], 20, reached=15), find_level([3, 15, 30], 40, reached=15)
    (None, 30)
    """
    due = max((days for days in levels if days <= days_late), default=0)
    return due if due > reached else None
