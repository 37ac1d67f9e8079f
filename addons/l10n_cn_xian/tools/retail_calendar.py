"""Holidays, make-up working days and retail peaks of a year: plain Python, no database.

The days off and the make-up working days come from the State Council's yearly notice, through ``chinesecalendar``.
For a year that the library does not know yet, only what the law and the moon fix is returned, marked as provisional.
"""

from datetime import date, timedelta
from typing import NamedTuple

from chinese_calendar.constants import holidays as official_holidays
from chinese_calendar.constants import workdays as official_workdays
from lunardate import LunarDate

EVENTS = {  # names of the library → our codes
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "qingming",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
}


class Day(NamedTuple):
    """A day or a run of days; ``kind`` is holiday, workday (a weekend worked to make up for a holiday) or peak."""

    kind: str
    event: str
    date_from: date
    date_to: date
    provisional: bool = False


def is_known(year):
    """Tell whether the notice for the year is known.

    >>> is_known(2026), is_known(2099)
    (True, False)
    """
    return any(day.year == year for day in official_holidays)


def days_of_year(year):
    """Return all days of a year in order.

    >>> kinds = [day.kind for day in days_of_year(2026)]
    >>> kinds.count("holiday"), kinds.count("workday"), kinds.count("peak")
    (7, 6, 11)
    """
    return sorted([*holidays(year), *makeup_workdays(year), *peaks(year)], key=lambda day: (day.date_from, day.kind, day.event))


def holidays(year):
    """Return the holidays of a year, each as one run of days.

    >>> for day in holidays(2026): print(day.event, day.date_from, day.date_to)
    new_year 2026-01-01 2026-01-03
    spring_festival 2026-02-15 2026-02-23
    qingming 2026-04-04 2026-04-06
    labour_day 2026-05-01 2026-05-05
    dragon_boat 2026-06-19 2026-06-21
    mid_autumn 2026-09-25 2026-09-27
    national_day 2026-10-01 2026-10-07

    In 2025 Mid-Autumn lay inside the National Day holiday:

    >>> [(d.event, d.date_from.day, d.date_to.day) for d in holidays(2025) if d.date_from.month == 10]
    [('national_day', 1, 8), ('mid_autumn', 6, 6)]

    The notice for a far year is not known: the days that the law names, and a mark.

    >>> [(d.event, str(d.date_from), str(d.date_to), d.provisional) for d in holidays(2040)][:2]
    [('new_year', '2040-01-01', '2040-01-01', True), ('spring_festival', '2040-02-11', '2040-02-14', True)]
    """
    if not is_known(year):
        return _statutory_holidays(year)
    spans = {}
    for day, name in official_holidays.items():
        event = EVENTS.get(getattr(name, "value", name))
        if day.year == year and event:
            spans.setdefault(event, []).append(day)
    return sorted((Day("holiday", event, min(days), max(days)) for event, days in spans.items()), key=lambda d: d.date_from)


def _statutory_holidays(year):
    """The days that the regulation on public holidays names (in force since 2025)."""
    new_moon = LunarDate(year, 1, 1).to_solar_date()
    fixed = {
        "new_year": (date(year, 1, 1), 1),
        "spring_festival": (new_moon - timedelta(days=1), 4),
        "qingming": (date(year, 4, qingming_day(year)), 1),
        "labour_day": (date(year, 5, 1), 2),
        "dragon_boat": (LunarDate(year, 5, 5).to_solar_date(), 1),
        "mid_autumn": (LunarDate(year, 8, 15).to_solar_date(), 1),
        "national_day": (date(year, 10, 1), 3),
    }
    return [Day("holiday", event, start, start + timedelta(days=count - 1), True) for event, (start, count) in fixed.items()]


def qingming_day(year):
    """Return the day in April of the solar term Qingming in the 21st century.

    >>> [qingming_day(year) for year in (2024, 2025, 2026, 2027)]
    [4, 4, 5, 5]
    """
    return int(year % 100 * 0.2422 + 4.81) - year % 100 // 4


def makeup_workdays(year):
    """Return the weekend days that are worked to make up for a holiday; none as long as the notice is not known.

    >>> [(d.event, str(d.date_from)) for d in makeup_workdays(2026)]  # doctest: +NORMALIZE_WHITESPACE
    [('new_year', '2026-01-04'), ('spring_festival', '2026-02-14'), ('spring_festival', '2026-02-28'),
     ('labour_day', '2026-05-09'), ('national_day', '2026-09-20'), ('national_day', '2026-10-10')]
    """
    days = sorted((day, EVENTS.get(getattr(name, "value", name))) for day, name in official_workdays.items() if day.year == year)
    return [Day("workday", event, day, day) for day, event in days if event]


def peaks(year):
    """Return the retail peaks of a year: fixed days, a Sunday, and days of the moon, so that any year is sure.

    >>> for day in peaks(2026): print(day.event, day.date_from, day.date_to)
    new_year_goods 2026-01-26 2026-02-16
    valentine 2026-02-10 2026-02-14
    womens_day 2026-03-01 2026-03-08
    mothers_day 2026-05-04 2026-05-10
    may_20 2026-05-17 2026-05-20
    mid_year 2026-05-16 2026-06-20
    qixi 2026-08-15 2026-08-19
    september_9 2026-09-05 2026-09-09
    double_11 2026-10-15 2026-11-11
    double_12 2026-12-08 2026-12-12
    christmas 2026-12-20 2026-12-25
    >>> [str(day.date_to) for day in peaks(2027) if day.event in ("new_year_goods", "qixi", "mothers_day")]
    ['2027-02-05', '2027-05-09', '2027-08-08']
    """
    laba = LunarDate(year - 1, 12, 8).to_solar_date()
    eve = LunarDate(year, 1, 1).to_solar_date() - timedelta(days=1)
    mothers_day = date(year, 5, 14 - (date(year, 5, 14).weekday() + 1) % 7)  # the second Sunday
    qixi = LunarDate(year, 7, 7).to_solar_date()
    runs = {
        "new_year_goods": (laba, eve),
        "valentine": (date(year, 2, 10), date(year, 2, 14)),
        "womens_day": (date(year, 3, 1), date(year, 3, 8)),
        "mothers_day": (mothers_day - timedelta(days=6), mothers_day),
        "may_20": (date(year, 5, 17), date(year, 5, 20)),
        "mid_year": (date(year, 5, 16), date(year, 6, 20)),
        "qixi": (qixi - timedelta(days=4), qixi),
        "september_9": (date(year, 9, 5), date(year, 9, 9)),
        "double_11": (date(year, 10, 15), date(year, 11, 11)),
        "double_12": (date(year, 12, 8), date(year, 12, 12)),
        "christmas": (date(year, 12, 20), date(year, 12, 25)),
    }
    return [Day("peak", event, start, end) for event, (start, end) in runs.items()]
