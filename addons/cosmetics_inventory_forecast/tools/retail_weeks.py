"""What a week is for trade: where it lies in the year, and how much of it is a retail peak or a holiday. Plain Python, no database."""

from datetime import date, timedelta

import numpy as np
from odoo.addons.l10n_cn_xian.tools import retail_calendar

WEEK = timedelta(days=7)
# Of a long run (618, Double 11) the last days bring most of the trade: a feature of its own.
CLIMAX_DAYS = 4
HARMONICS = (1, 2)


def monday_of(day):
    """Return the Monday of the week of a day.

    >>> monday_of(date(2026, 11, 11)), monday_of(date(2026, 11, 9))
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 9))
    """
    return day - timedelta(days=day.weekday())


def weeks_from(monday, count):
    """Return so many Mondays, the given one first; a negative count goes back from the one before it.

    >>> weeks_from(date(2026, 11, 9), 2)
    [datetime.date(2026, 11, 9), datetime.date(2026, 11, 16)]
    >>> weeks_from(date(2026, 11, 9), -2)
    [datetime.date(2026, 10, 26), datetime.date(2026, 11, 2)]
    """
    start = 0 if count >= 0 else count
    return [monday + WEEK * number for number in range(start, start + abs(count))]


def events_of(year):
    """Return (name, first day, last day) of what moves trade in a year: peaks, the last days of long ones, and the long holidays.

    >>> [str(first) for name, first, _last in events_of(2026) if name == "double_11_end"]
    ['2026-11-08']
    >>> sorted(name for name, *_days in events_of(2026) if name.startswith("holiday"))
    ['holiday_labour_day', 'holiday_national_day', 'holiday_spring_festival']
    """
    runs = []
    for peak in retail_calendar.peaks(year):
        runs.append((peak.event, peak.date_from, peak.date_to))
        if (peak.date_to - peak.date_from).days > CLIMAX_DAYS * 2:
            runs.append((f"{peak.event}_end", peak.date_to - timedelta(days=CLIMAX_DAYS - 1), peak.date_to))
    for holiday in retail_calendar.holidays(year):
        if holiday.event in ("spring_festival", "national_day", "labour_day"):
            runs.append((f"holiday_{holiday.event}", holiday.date_from, holiday.date_to))
    return runs


def event_names():
    """Return the names of the events, always in the same order."""
    return sorted({name for name, *_days in events_of(2026)})


def week_features(mondays):
    """Return one row for each week: a 1, waves of the year, and for each event the share of its usual days that lie in the week.

    >>> rows = week_features([date(2026, 11, 9), date(2026, 8, 3)])
    >>> rows.shape == (2, 1 + 2 * len(HARMONICS) + len(event_names()))
    True
    >>> column = 1 + 2 * len(HARMONICS) + event_names().index("double_11_end")
    >>> [round(float(row[column]), 2) for row in rows]  # from Monday to Wednesday the 11th: three of its four days
    [0.75, 0.0]
    """
    names = event_names()
    runs = [run for year in range(min(mondays).year - 1, max(mondays).year + 2) for run in events_of(year)]
    rows = np.zeros((len(mondays), 1 + 2 * len(HARMONICS) + len(names)))
    for index, monday in enumerate(mondays):
        angle = 2 * np.pi * ((monday + timedelta(days=3)) - date(monday.year, 1, 1)).days / 365.25
        rows[index, 0] = 1
        for number, harmonic in enumerate(HARMONICS):
            rows[index, 1 + 2 * number : 3 + 2 * number] = np.sin(harmonic * angle), np.cos(harmonic * angle)
        for name, first, last in runs:
            days = (min(last, monday + timedelta(days=6)) - max(first, monday)).days + 1
            if days > 0:
                rows[index, 1 + 2 * len(HARMONICS) + names.index(name)] += days / min((last - first).days + 1, 7)
    return rows
