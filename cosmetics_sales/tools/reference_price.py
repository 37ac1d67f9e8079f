"""The price that may be shown crossed out beside a lower one: plain Python, no database.

《明码标价和禁止价格欺诈规定》 (in force 2022-07-01): a price compared with must be true and traceable. One that is not explained may
not be above the lowest price at which the same shop sold in the seven days before the promotion; without a sale in that week
the last sale before it counts.
"""

from datetime import timedelta

WEEK = timedelta(days=7)


def lawful_reference(asked, deals, starts_at):
    """Return the price that may be crossed out, or None when there is none.

    :param asked: the price one would like to cross out
    :param deals: (moment, unit price) of the sales of the same product in the same shop, in any order
    :param starts_at: moment the promotion began; sales from then on do not count

    >>> from datetime import datetime
    >>> deals = [(datetime(2026, 11, 1), 129.0), (datetime(2026, 11, 6), 118.0), (datetime(2026, 11, 9), 125.0)]

    The lowest sale of the week before:

    >>> lawful_reference(149.0, deals, datetime(2026, 11, 11))
    118.0
    >>> lawful_reference(99.0, deals, datetime(2026, 11, 11))
    99.0

    No sale in that week: the last one before. What was sold during the promotion proves nothing:

    >>> lawful_reference(149.0, deals, datetime(2026, 12, 12))
    125.0
    >>> lawful_reference(149.0, deals, datetime(2026, 11, 1)) is None
    True

    The week begins to the second seven days before:

    >>> lawful_reference(149.0, deals, datetime(2026, 11, 13)), lawful_reference(149.0, deals, datetime(2026, 11, 13, 0, 0, 1))
    (118.0, 125.0)
    """
    before = sorted((moment, price) for moment, price in deals if moment < starts_at)
    if not before:
        return None
    week = [price for moment, price in before if moment >= starts_at - WEEK]
    return min(asked, min(week) if week else before[-1][1])
