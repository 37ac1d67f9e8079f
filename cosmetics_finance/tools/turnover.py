"""How long money stands out: days sales outstanding (DSO) and days payables outstanding (DPO)."""

from datetime import date, timedelta

# The months whose invoices a balance is compared with.
MONTHS = 3


def find_window(month, today):
    """Return (first day, last day) of the months that end with `month`; the current month ends today.

    >>> find_window(date(2026, 5, 1), date(2026, 7, 9))
    (datetime.date(2026, 3, 1), datetime.date(2026, 5, 31))
    >>> find_window(date(2026, 1, 1), date(2026, 1, 20))
    (datetime.date(2025, 11, 1), datetime.date(2026, 1, 20))
    """
    first = date(month.year, month.month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return step_back(first, MONTHS - 1), min(following - timedelta(days=1), today)


def step_back(month, count):
    """Return the first day of the month so many months before.

    >>> step_back(date(2026, 1, 1), 2), step_back(date(2026, 5, 1), 0)
    (datetime.date(2025, 11, 1), datetime.date(2026, 5, 1))
    """
    months = month.year * 12 + month.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def count_days(balance, billed, window):
    """Return how many days of billing stand open, 0 where nothing was billed or nothing is open.

    >>> count_days(300.0, 900.0, (date(2026, 3, 1), date(2026, 5, 31)))
    30.7
    >>> count_days(300.0, 0.0, (date(2026, 3, 1), date(2026, 5, 31))), count_days(-5, 10, (date(2026, 3, 1), date(2026, 5, 31)))
    (0.0, 0.0)
    """
    if balance <= 0 or billed <= 0:
        return 0.0
    return round(balance / billed * ((window[1] - window[0]).days + 1), 1)
