"""Whatever was imported and whenever a shop began: no day counts twice, and nothing that counts is lost."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from .common import MONDAY, PATIENT
from .common_history import HistoryCommon

YESTERDAY = date(2026, 9, 22)
FIRST = date(2025, 1, 1)
# (kind, days after the first of January 2025, units)
FIGURES = st.lists(st.tuples(st.sampled_from(("day", "week", "month")), st.integers(0, 600), st.integers(-5, 60)), max_size=12)
STARTS = st.none() | st.integers(0, 620)


def around(kind, day):
    """Return (first, last) of the day, week or month a day lies in."""
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if kind == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day, day


def without_overlap(figures):
    """Return [(kind, first, last, units)] of the figures that an import would keep: a day stands in one of them."""
    kept, taken = [], set()
    for kind, offset, units in figures:
        first, last = around(kind, FIRST + timedelta(days=offset))
        last = min(last, YESTERDAY)
        days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
        if not days & taken:
            taken |= days
            kept.append((kind, first, last, units))
    return kept


@tagged("post_install", "-at_install")
class TestDemandHistoryProperties(HistoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.Import.with_user(cls.buyer).create({})

    def _keep(self, figures):
        self.History.create(
            [
                {
                    "company_id": self.company.id,
                    "product_id": self.product.id,
                    "warehouse_id": self.shop.id,
                    "kind": kind,
                    "date_from": first,
                    "date_to": last,
                    "quantity": units,
                    "import_id": self.source.id,
                }
                for kind, first, last, units in figures
            ]
        )

    def _begin(self, start):
        """Let the shop take its first goods so many days after the first of January 2025; return the day."""
        if start is None:
            return None
        day = FIRST + timedelta(days=start)
        self._move(self.product, self.env.ref("stock.stock_location_suppliers"), self.shop.lot_stock_id, 500, day)
        return day

    def _expected(self, figures, begun):
        """Return {week: units} worked out day by day, as a person with a calendar would."""
        weeks = {}
        for _kind, first, last, units in figures:
            if begun and first >= begun:
                continue
            last = min(last, begun - timedelta(days=1)) if begun else last
            days = (last - first).days + 1
            for number in range(days):
                day = first + timedelta(days=number)
                week = day - timedelta(days=day.weekday())
                if week < (begun - timedelta(days=begun.weekday()) if begun else MONDAY):
                    weeks[week] = weeks.get(week, 0) + units / days
        return weeks

    @settings(PATIENT, max_examples=15)
    @given(FIGURES, STARTS)
    def test_each_day_counts_once_and_in_its_week(self, figures, start):
        savepoint = self.env.cr.savepoint()
        figures = without_overlap(figures)
        self._keep(figures)
        begun = self._begin(start)
        self.Week._refresh()
        told = {week: row for week, row in self._demand().items() if row[1]}
        expected = self._expected(figures, begun)
        self.assertEqual(set(told), set(expected))
        for week, (sold, days, demand) in told.items():
            self.assertAlmostEqual(sold, expected[week], places=6)
            self.assertTrue(1 <= days <= 7)
            if demand is not None:
                self.assertAlmostEqual(demand, max(sold, 0) * 7 / days, places=6)
        savepoint.close(rollback=True)
        self.env.invalidate_all()

    @settings(PATIENT, max_examples=10)
    @given(FIGURES, STARTS)
    def test_own_weeks_and_weeks_before_never_meet_and_a_night_changes_nothing(self, figures, start):
        savepoint = self.env.cr.savepoint()
        self._keep(without_overlap(figures))
        self._begin(start)
        self.Week._refresh()
        rows = self.Week.search([("product_id", "=", self.product.id)])
        self.assertEqual(len(rows), len(set(rows.mapped("week_on"))))
        old, own = (rows.filtered(lambda row, past=past: row.is_history == past).mapped("week_on") for past in (True, False))
        if old and own:
            self.assertLess(max(old), min(own))
        series = self.Week._get_series(FIRST - timedelta(days=2), 90)
        self.Week._refresh()
        self.assertEqual(self.Week._get_series(FIRST - timedelta(days=2), 90), series)
        savepoint.close(rollback=True)
        self.env.invalidate_all()
