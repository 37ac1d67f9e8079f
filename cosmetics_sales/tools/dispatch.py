"""Until when goods have to leave: plain Python, no database."""

from datetime import datetime, time, timedelta

XIAN = timedelta(hours=8)
"""China has one time and changes no clocks."""


def due_at(since, hours, closed=frozenset()):
    """Return the naive UTC moment ``hours`` after ``since`` (naive UTC); days in Xi'an on which nothing leaves do not count.

    >>> from datetime import date
    >>> due_at(datetime(2026, 9, 30, 4), 48)
    datetime.datetime(2026, 10, 2, 4, 0)
    >>> due_at(datetime(2026, 9, 30, 4), 48, {date(2026, 10, day) for day in range(1, 8)})
    datetime.datetime(2026, 10, 9, 4, 0)
    >>> due_at(datetime(2026, 10, 3, 4), 24, {date(2026, 10, day) for day in range(1, 8)})
    datetime.datetime(2026, 10, 8, 16, 0)
    """
    moment, left = since + XIAN, timedelta(hours=hours)
    while left > timedelta():
        midnight = datetime.combine(moment.date() + timedelta(days=1), time())
        step = timedelta() if moment.date() in closed else min(left, midnight - moment)
        left -= step
        moment = moment + step if left <= timedelta() else midnight
    return moment - XIAN
