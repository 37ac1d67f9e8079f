"""Weeks before the first own one come from the old system: spread, scaled by the days told, and never counted twice."""

from datetime import date, timedelta

from odoo.tests import tagged

from .common import MONDAY
from .common_history import HistoryCommon, week_before

DAYS = ("商品编码", "门店", "日期", "数量")


@tagged("post_install", "-at_install")
class TestDemandHistory(HistoryCommon):
    def _receive(self, product, day, quantity=100):
        return self._move(product, self.env.ref("stock.stock_location_suppliers"), self.shop.lot_stock_id, quantity, day)

    def _import_weeks(self, *weeks, product="LOTION", units=7):
        self._import(self._csv(*((product, "Test Shop", f"{week:%G}W{week:%V}", units) for week in weeks)))

    def test_a_month_is_spread_over_its_weeks(self):
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31), ("LOTION", "Test Shop", "2025-04", 60)))
        weeks = self._demand()
        self.assertEqual(weeks[date(2025, 3, 3)], (7, 7, 7))
        self.assertEqual(weeks[date(2025, 3, 31)], (13, 7, 13))  # one day of March, six of April
        told = [row for row in weeks.values() if row[1]]
        self.assertAlmostEqual(sum(sold for sold, _days, _demand in told), 91)

    def test_a_week_told_in_part_counts_for_seven_days(self):
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31), ("LOTION", "Test Shop", "2025-05", 31)))
        weeks = self._demand()
        self.assertEqual(weeks[date(2025, 2, 24)], (2, 2, 7))
        # 31 March alone is too little to say anything; of April nothing is told.
        self.assertEqual(weeks[date(2025, 3, 31)], (1, 1, None))
        self.assertEqual(weeks[date(2025, 4, 7)], (0, 0, None))

    def test_a_month_that_ends_in_midweek_before_files_of_weeks_counts_by_its_days(self):
        # 30 April is a Wednesday: that week is told for three days, though the next one is told in full.
        self._import(self._csv(("LOTION", "Test Shop", "2025-04", 30), ("LOTION", "Test Shop", "2025W19", 7)))
        self.assertEqual(self._demand()[date(2025, 4, 28)], (3, 3, 7))

    def test_a_week_within_the_file_without_a_row_is_one_without_a_sale(self):
        first, last = week_before(20), week_before(18)
        self._import_weeks(first, last)
        self._import_weeks(first, week_before(19), last, product="CREAM")
        series = self.Week._get_series(first, 4)
        self.assertEqual(series[self.product.id, self.shop.id], [7, 0, 7, None])

    def test_days_of_a_week_add_up(self):
        monday = week_before(20)
        rows = [("LOTION", "Test Shop", monday + timedelta(days=day), 2) for day in (0, 1, 7)]
        self._import(self._csv(*rows, header=DAYS))
        self.assertEqual({week: row[0] for week, row in self._demand().items() if row[1]}, {monday: 4, monday + timedelta(days=7): 2})

    def test_weeks_with_own_moves_are_own_weeks(self):
        self._receive(self.product, week_before(2) + timedelta(days=2))
        self._sell(self.product, self.shop, 3, week_before(2) + timedelta(days=3))
        self._import_weeks(*map(week_before, (4, 3, 2, 1)))
        self.Week._refresh()
        rows = self.Week.search([("product_id", "=", self.product.id)], order="week_on")
        self.assertEqual(
            [(row.week_on, row.sold, row.is_history) for row in rows],
            [(week_before(4), 7, True), (week_before(3), 7, True), (week_before(2), 3, False)],
        )

    def test_a_second_night_changes_nothing(self):
        self._receive(self.product, week_before(2))
        self._import_weeks(*map(week_before, (6, 5, 4, 3)))
        self.Week._refresh()
        first = self.Week._get_series(week_before(8), 8)
        self.Week._refresh()
        self.assertEqual(self.Week._get_series(week_before(8), 8), first)
        self.assertEqual(first[self.product.id, self.shop.id], [None, None, 7, 7, 7, 7, 0, 0])

    def test_the_month_in_which_a_shop_began_ends_the_day_before(self):
        # The shop begins on Wednesday 10 September: what the old system sold in September it sold in nine days.
        self._receive(self.product, date(2026, 9, 9))
        self._import(self._csv(("LOTION", "Test Shop", "2026-08", 31), ("LOTION", "Test Shop", "2026-09", 16)))
        weeks = self._demand()
        self.assertEqual(max(weeks), date(2026, 8, 31))
        self.assertEqual(weeks[date(2026, 8, 31)], (1 + 6 * 2, 7, 13))

    def test_another_shop_begins_on_its_own_day(self):
        self._receive(self.product, week_before(3))
        self._import(self._csv(*(("LOTION", "Test Other", week_before(number), 1) for number in (3, 2, 1)), header=DAYS))
        self.assertEqual(len([row for row in self._demand(warehouse=self.other).values() if row[1]]), 3)

    def test_weeks_between_the_old_system_and_ours_are_not_known(self):
        self._receive(self.product, week_before(2))
        self._import_weeks(week_before(6), week_before(5))
        self.Week._refresh()
        series = self.Week._get_series(week_before(6), 6)[self.product.id, self.shop.id]
        self.assertEqual(series, [7, 7, None, None, 0, 0])

    def test_goods_that_came_later_than_their_shop_are_not_known_in_between(self):
        self._receive(self.cream, week_before(4))
        self._import_weeks(week_before(6), week_before(5))
        self.Week._refresh()
        self.assertEqual(self.Week._get_series(week_before(6), 6)[self.product.id, self.shop.id], [7, 7, None, None, None, None])
        self._receive(self.product, week_before(2))
        self.Week._refresh()
        self.assertEqual(self.Week._get_series(week_before(6), 6)[self.product.id, self.shop.id], [7, 7, None, None, 0, 0])

    def test_more_taken_back_than_sold_is_no_demand_below_nothing(self):
        self._import_weeks(week_before(5), units=-3)
        self.assertEqual(self._demand()[week_before(5)], (-3, 7, 0))

    def test_what_is_older_than_three_years_is_left_alone(self):
        self._import(self._csv(("LOTION", "Test Shop", "2022-03", 31)))
        self.assertEqual((len(self._figures()), self._demand()), (1, {}))

    def test_a_shop_without_own_sales_gets_suggestions_from_its_past(self):
        self._import_weeks(*map(week_before, range(60, 0, -1)), units=14)
        self.Week._refresh()
        row = self._suggest().filtered(lambda row: row.product_id == self.product)
        self.assertEqual((row.warehouse_id, row.kind), (self.shop, "buy"))
        # 35 days at two a day, and what keeps the shelf from running empty.
        self.assertGreaterEqual(row.quantity, 70)
        self.assertLess(row.quantity, 140)

    def test_people_of_the_shop_see_the_weeks_before(self):
        self._import_weeks(week_before(5))
        found = self.Week.with_user(self.clerk).search([("is_history", "=", True), ("demand", ">", 0)])
        self.assertEqual((found.week_on, found.warehouse_id), (week_before(5), self.shop))
        self.assertFalse(self.Week.with_user(self.stranger).search([("is_history", "=", True)]))

    def test_the_present_week_does_not_count_yet(self):
        self._import(self._csv(("LOTION", "Test Shop", MONDAY, 5), header=DAYS))
        self.assertFalse([row for row in self._demand().values() if row[1]])
