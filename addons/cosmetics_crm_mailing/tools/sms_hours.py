"""When marketing may reach a phone: plain Python, no database. Hours are those of the wall clock in Xi'an (no daylight saving)."""

from datetime import timedelta, timezone

from .china import CHINA

EARLIEST, LATEST = 8.0, 21.0
"""Outside these hours carriers stop marketing whatever a shop has set."""


def clamp(opens, closes):
    """Return hours that never leave the limits of the carriers.

    >>> clamp(9, 20), clamp(6, 23), clamp(20, 9)
    ((9, 20), (8.0, 21.0), (8.0, 21.0))
    """
    opens, closes = max(opens, EARLIEST), min(closes, LATEST)
    return (opens, closes) if opens < closes else (EARLIEST, LATEST)


def next_moment(now, opens, closes):
    """Return when marketing may be sent: ``now`` itself within the hours, else the next opening.

    :param now: naive UTC, as Odoo keeps times.
    :param opens, closes: hours of the day in China, e.g. 9.5 for 9:30.

    >>> from datetime import datetime
    >>> next_moment(datetime(2026, 5, 1, 4, 0), 9, 20)       # noon in Xi'an
    datetime.datetime(2026, 5, 1, 4, 0)
    >>> next_moment(datetime(2026, 5, 1, 0, 30), 9, 20)      # 8:30
    datetime.datetime(2026, 5, 1, 1, 0)
    >>> next_moment(datetime(2026, 5, 1, 12, 0), 9, 20)      # 20:00 sharp is over
    datetime.datetime(2026, 5, 2, 1, 0)
    >>> next_moment(datetime(2026, 4, 30, 17, 0), 9.5, 20)   # 1:00 of May
    datetime.datetime(2026, 5, 1, 1, 30)
    """
    opens, closes = clamp(opens, closes)
    local = now.replace(tzinfo=timezone.utc).astimezone(CHINA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = midnight + timedelta(hours=opens), midnight + timedelta(hours=closes)
    if start <= local < end:
        return now
    moment = start if local < start else start + timedelta(days=1)
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
