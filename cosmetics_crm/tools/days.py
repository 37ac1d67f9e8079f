"""Days of the shop in the time of the database: plain Python, no database."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo


def first_moment(day, zone):
    """Return the first moment of a day in a time zone as a naive UTC datetime.

    >>> from datetime import date
    >>> first_moment(date(2026, 11, 28), "Asia/Shanghai")
    datetime.datetime(2026, 11, 27, 16, 0)
    """
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
