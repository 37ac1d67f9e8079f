"""The last day on which an opened tester may stand on the counter."""

from .shelf_life import expiry_of


def discard_day(opened_on, pao_months, expiration_on):
    """Return the earlier of the end of the period after opening and the batch's last usable day; None when neither is known.

    >>> from datetime import date
    >>> discard_day(date(2026, 3, 1), 12, date(2028, 6, 30))
    datetime.date(2027, 2, 28)
    >>> discard_day(date(2026, 3, 1), 12, date(2026, 12, 31))
    datetime.date(2026, 12, 31)
    >>> discard_day(date(2026, 3, 1), 0, date(2026, 12, 31))
    datetime.date(2026, 12, 31)
    >>> discard_day(date(2026, 3, 1), 6, None)
    datetime.date(2026, 8, 31)
    >>> discard_day(date(2026, 3, 1), 0, None) is None
    True
    """
    ends = [expiration_on] if expiration_on else []
    if pao_months:
        ends.append(expiry_of(opened_on, pao_months))
    return min(ends, default=None)
