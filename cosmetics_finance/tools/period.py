"""Accounting periods: month, quarter or year of the calendar (the accounting year in China is the calendar year)."""

from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# For selection fields.
MONTH_CHOICES = [(str(month), str(month)) for month in range(1, 13)]


class Period(NamedTuple):
    """A period with its first and last day, and the first day of its year."""

    begin: date
    end: date
    year_begin: date

    @property
    def opening(self):
        """The last day before the year: what a balance sheet calls the opening of the year."""
        return self.year_begin - timedelta(days=1)

    def last_year(self):
        """Return the same period a year earlier; its last day is the last day of its month.

        >>> make_period("month", 2025, 2).last_year().end
        datetime.date(2024, 2, 29)
        """
        after = self.end + timedelta(days=1)
        end = date(after.year - 1, after.month, 1) - timedelta(days=1)
        return Period(date(self.begin.year - 1, self.begin.month, 1), end, date(self.year_begin.year - 1, 1, 1))


def make_period(kind, year, month):
    """Return the month, quarter or year that holds a month of a year.

    >>> make_period("quarter", 2026, 5)
    Period(begin=datetime.date(2026, 4, 1), end=datetime.date(2026, 6, 30), year_begin=datetime.date(2026, 1, 1))
    >>> make_period("year", 2026, 12).opening
    datetime.date(2025, 12, 31)
    """
    length = MONTHS[kind]
    first = (month - 1) // length * length + 1
    after = date(year + (first + length > 12), (first + length - 1) % 12 + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1), date(year, 1, 1))
