"""Days and hours of the wall clock in China: plain Python, no database."""

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def china_day(moment):
    """Return the day in China of a moment (naive UTC).

    >>> from datetime import datetime
    >>> china_day(datetime(2026, 5, 5, 15, 59)), china_day(datetime(2026, 5, 5, 16, 0))
    (datetime.date(2026, 5, 5), datetime.date(2026, 5, 6))
    """
    return moment.replace(tzinfo=timezone.utc).astimezone(CHINA).date()
