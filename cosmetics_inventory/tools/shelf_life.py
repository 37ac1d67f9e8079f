"""Shelf life: the one place where dates of batches are calculated.

A use-by date is a calendar day in China. The goods may be used until the last moment of that day in Asia/Shanghai,
which is 15:59:59 UTC; a second later they are expired. China has had no summer time since 1991, the tz database is used
anyway. Datetimes are naive UTC, as Odoo stores them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)

# A label may count the first or the last day twice; a wider gap is a slip of the finger.
TOLERANCE_DAYS = 1


@dataclass(frozen=True)
class Band:
    """A stretch of the life of goods, e.g. near expiry.

    :param key: whatever names the band for the caller, e.g. a database id
    :param str code: normal, watch, near, clearance, stop, expired or a code of the shop
    :param int limit_value: the band starts this long before the use-by date; 0 means that the band is not used
    :param str limit_unit: "days" or "months"
    :param float max_share: 0 to 1; the band covers no more than this share of the whole life; 0 means no such cap
    """

    key: object
    code: str
    limit_value: int = 0
    limit_unit: str = "days"
    max_share: float = 0.0
    blocks_sale: bool = False
    is_expired: bool = False


@dataclass(frozen=True)
class Schedule:
    """The days that follow from a use-by date.

    `starts` are (first day, band) pairs in the order of the bands; the others are days, None where nothing applies.
    """

    expiration_on: date
    total: int
    starts: tuple
    sale_stop_on: date
    near_on: date | None
    watch_on: date | None


class ContradictionError(ValueError):
    """The typed use-by date is not the production date plus the shelf life. `args` are (typed, calculated)."""


def china_day(moment):
    """Return the calendar day in China of a naive UTC datetime.

    >>> china_day(datetime(2027, 2, 28, 15, 59, 59)), china_day(datetime(2027, 2, 28, 16, 0, 0))
    (datetime.date(2027, 2, 28), datetime.date(2027, 3, 1))
    """
    return moment.replace(tzinfo=UTC).astimezone(CHINA).date()


def first_moment(day):
    """Return midnight at the start of a day in China, as naive UTC datetime.

    >>> first_moment(date(2027, 3, 1))
    datetime.datetime(2027, 2, 28, 16, 0)
    """
    return datetime.combine(day, time.min, tzinfo=CHINA).astimezone(UTC).replace(tzinfo=None)


def last_moment(day):
    """Return 23:59:59 of a day in China, as naive UTC datetime.

    >>> last_moment(date(2027, 2, 28))
    datetime.datetime(2027, 2, 28, 15, 59, 59)
    >>> china_day(last_moment(date(2028, 2, 29)))
    datetime.date(2028, 2, 29)
    """
    return datetime.combine(day, time(23, 59, 59), tzinfo=CHINA).astimezone(UTC).replace(tzinfo=None)


def expiry_of(production_on, months):
    """Return the last usable day of goods made on a day: production + months − 1 day.

    Labels say "keeps 36 months" and leave open whether the same day three years on still counts. The earlier reading is
    the safe one. A month without that day ends on its last one.

    >>> expiry_of(date(2024, 3, 1), 36), expiry_of(date(2024, 2, 29), 36), expiry_of(date(2024, 8, 31), 6)
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 27), datetime.date(2025, 2, 27))
    """
    return production_on + relativedelta(months=months) - ONE_DAY


def total_days(production_on, expiration_on, months):
    """Return the length of the whole life in days, first and last day included; 0 when it is not known.

    The printed production day counts; without it the shelf life of the product is counted back from the use-by date.

    >>> total_days(date(2024, 3, 1), date(2027, 2, 28), 36), total_days(None, date(2027, 2, 28), 36)
    (1095, 1095)
    >>> total_days(None, date(2027, 2, 28), 0), total_days(date(2024, 3, 1), None, 36)
    (0, 0)
    """
    if not expiration_on:
        return 0
    if production_on:
        return max((expiration_on - production_on).days + 1, 0)
    if not months:
        return 0
    after = expiration_on + ONE_DAY
    return (after - (after - relativedelta(months=months))).days


def remaining_days(expiration_on, day):
    """Return how many days are left after `day`: 0 on the last usable day, negative when expired.

    >>> [remaining_days(date(2027, 2, 28), date(2027, month, 1)) for month in (2, 3)]
    [27, -1]
    """
    return (expiration_on - day).days


def remaining_ratio(expiration_on, day, total):
    """Return the share of the life that is left, 0 to 1; 0 when the whole life is not known.

    >>> remaining_ratio(date(2027, 2, 28), date(2026, 2, 28), 1095) == 365 / 1095
    True
    >>> remaining_ratio(date(2027, 2, 28), date(2027, 3, 5), 1095), remaining_ratio(date(2027, 2, 28), date(2026, 1, 1), 0)
    (0.0, 0.0)
    """
    if not total:
        return 0.0
    return min(max(remaining_days(expiration_on, day) / total, 0.0), 1.0)


def band_start(expiration_on, limit_value, limit_unit, max_share, total):
    """Return the first day of a band that ends with the use-by date.

    The smaller of the limit and the share of the life counts, so that goods which keep for six months are not near
    expiry from the first day when `max_share` is given.

    >>> band_start(date(2027, 2, 28), 6, "months", 0, 1095), band_start(date(2027, 2, 28), 45, "days", 0.10, 1095)
    (datetime.date(2026, 8, 28), datetime.date(2027, 1, 14))
    >>> band_start(date(2027, 2, 28), 45, "days", 0.10, 180)
    datetime.date(2027, 2, 10)
    """
    step = relativedelta(months=limit_value) if limit_unit == "months" else timedelta(days=limit_value)
    start = expiration_on - step
    if max_share > 0 and total:
        start = max(start, expiration_on - timedelta(days=_share_days(total, max_share)))
    return start


def promise_floor(day, min_days, min_share, total):
    """Return the earliest use-by date of goods that still keep a promise on `day`. The stricter of both counts.

    A share of a life that is not known asks for nothing.

    >>> promise_floor(date(2026, 3, 1), 180, 0, 1095), promise_floor(date(2026, 3, 1), 180, 0.5, 1095)
    (datetime.date(2026, 8, 28), datetime.date(2027, 8, 31))
    """
    share = -((-total * round(min_share * 10_000)) // 10_000) if min_share and total else 0
    return day + timedelta(days=max(min_days or 0, share))


def resolve_expiry(production_on, months, basis, typed):
    """Return (use-by date, basis) from what is known of a batch; (None, basis) when that is not enough.

    - basis "printed": the typed date holds, whatever the rest says;
    - basis "production": production + months. A typed date may differ by a day, then the earlier one holds; a wider gap
      raises ContradictionError;
    - no basis: "production" when there is a production date and a shelf life to count with, else "printed".

    >>> resolve_expiry(date(2024, 3, 1), 36, None, None)
    (datetime.date(2027, 2, 28), 'production')
    >>> resolve_expiry(None, 36, None, date(2027, 3, 31))
    (datetime.date(2027, 3, 31), 'printed')
    >>> resolve_expiry(date(2024, 3, 1), 36, "printed", date(2026, 12, 31))
    (datetime.date(2026, 12, 31), 'printed')
    >>> resolve_expiry(date(2024, 3, 1), 36, "production", date(2027, 3, 1))
    (datetime.date(2027, 2, 28), 'production')
    >>> resolve_expiry(date(2024, 3, 1), 36, None, date(2027, 3, 2))
    Traceback (most recent call last):
    ...
    odoo.addons.cosmetics_inventory.tools.shelf_life.ContradictionError: (datetime.date(2027, 3, 2), datetime.date(2027, 2, 28))
    >>> resolve_expiry(date(2024, 3, 1), 0, None, None), resolve_expiry(None, 36, "printed", None)
    ((None, 'production'), (None, 'printed'))
    """
    calculated = expiry_of(production_on, months) if production_on and months else None
    if not basis:
        basis = "production" if calculated or (production_on and not typed) else "printed"
    if basis == "printed" or not calculated:
        return typed, basis
    if not typed:
        return calculated, basis
    if abs((typed - calculated).days) > TOLERANCE_DAYS:
        raise ContradictionError(typed, calculated)
    return min(typed, calculated), basis


def schedule(expiration_on, total, bands):
    """Return what follows from a use-by date: when each band starts and when the sale stops.

    :param bands: iterable of `Band`, from fresh to expired
    :rtype: Schedule

    >>> plan = schedule(date(2027, 2, 28), 1095, EXAMPLE_BANDS)
    >>> plan.sale_stop_on, plan.near_on, plan.watch_on
    (datetime.date(2027, 1, 14), datetime.date(2026, 8, 28), datetime.date(2026, 2, 28))
    >>> schedule(date(2027, 2, 28), 1095, []).sale_stop_on  # without bands expired goods are stopped all the same
    datetime.date(2027, 3, 1)
    """
    expired_on = expiration_on + ONE_DAY
    starts = tuple((start, band) for band in bands if (start := _start_of(band, expiration_on, total)) is not None)
    first_by_code = {band.code: start for start, band in starts}
    return Schedule(
        expiration_on=expiration_on,
        total=total,
        starts=starts,
        sale_stop_on=min([start for start, band in starts if band.blocks_sale] + [expired_on]),
        near_on=first_by_code.get("near"),
        watch_on=first_by_code.get("watch"),
    )


def band_on(plan, day):
    """Return (band, next day on which the band changes or None) for a day of a schedule.

    Of the bands that have started the last one holds, in the order of the bands: a batch past its stop-sale date is
    not near expiry any more.

    >>> plan = schedule(date(2027, 2, 28), 1095, EXAMPLE_BANDS)
    >>> for day in (date(2025, 1, 1), date(2026, 8, 27), date(2026, 8, 28), date(2027, 2, 28), date(2027, 3, 1)):
    ...     band, next_on = band_on(plan, day)
    ...     print(day, band.code, next_on)
    2025-01-01 normal 2026-02-28
    2026-08-27 watch 2026-08-28
    2026-08-28 near 2027-01-14
    2027-02-28 stop 2027-03-01
    2027-03-01 expired None
    """
    current = None
    position = -1
    for index, (start, band) in enumerate(plan.starts):
        if start <= day:
            current, position = band, index
    later = [start for start, _band in plan.starts[position + 1 :] if start > day]
    return current, min(later, default=None)


def _start_of(band, expiration_on, total):
    """Return the first day of a band, or None when it is not used."""
    if band.is_expired:
        return expiration_on + ONE_DAY
    if band.code == "normal":
        return date.min
    if not band.limit_value:
        return None
    return band_start(expiration_on, band.limit_value, band.limit_unit, band.max_share, total)


def _share_days(total, share):
    """Return the whole days in a share of a life; counted in ten-thousandths, for 0.1 × 1090 is not 109 in floats.

    >>> _share_days(1090, 0.1), _share_days(1095, 0.1)
    (109, 109)
    """
    return total * round(share * 10_000) // 10_000


EXAMPLE_BANDS = (
    Band("normal", "normal"),
    Band("watch", "watch", 12, "months"),
    Band("near", "near", 6, "months"),
    Band("stop", "stop", 45, "days", 0.10, blocks_sale=True),
    Band("expired", "expired", blocks_sale=True, is_expired=True),
)
