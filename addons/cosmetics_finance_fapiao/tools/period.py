"""Tax periods and the last day to declare. Plain Python."""

from datetime import timedelta

from odoo.addons.cosmetics_finance.tools.period import make_period

DUE_DAY = 15
"""VAT law art. 30: within 15 days after the end of the period."""


def period_of(day, length):
    """Return (first day, last day) of the month or quarter that holds a day.

    >>> from datetime import date
    >>> period_of(date(2026, 2, 10), "month")
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> period_of(date(2026, 11, 30), "quarter")
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    period = make_period(length, day.year, day.month)
    return period.begin, period.end


def is_whole(date_from, date_to):
    """Return "month" or "quarter" when two days are the first and last of one, else None.

    >>> from datetime import date
    >>> is_whole(date(2026, 10, 1), date(2026, 12, 31)), is_whole(date(2026, 2, 1), date(2026, 2, 28))
    ('quarter', 'month')
    >>> is_whole(date(2026, 2, 1), date(2026, 3, 1)) is None
    True
    """
    return next((length for length in ("month", "quarter") if period_of(date_from, length) == (date_from, date_to)), None)


def due_day(date_to, holidays=(), workdays=()):
    """Return the last day to declare a period that ends on ``date_to``: the 15th of the next month, else the next working day.

    :param holidays: days off, besides Saturdays and Sundays
    :param workdays: Saturdays and Sundays that are worked

    >>> from datetime import date
    >>> due_day(date(2026, 10, 31)), due_day(date(2026, 7, 31))
    (datetime.date(2026, 11, 16), datetime.date(2026, 8, 17))
    >>> due_day(date(2026, 7, 31), workdays=[date(2026, 8, 15)])
    datetime.date(2026, 8, 15)
    >>> due_day(date(2027, 1, 31), holidays=[date(2027, 2, 15), date(2027, 2, 16)])
    datetime.date(2027, 2, 17)
    """
    day = period_of(date_to, "month")[1] + timedelta(days=DUE_DAY)
    while day in holidays or (day.weekday() >= 5 and day not in workdays):
        day += timedelta(days=1)
    return day
