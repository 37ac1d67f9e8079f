"""The sample company brings its past along: forecast and suggestions stand there on the first day."""

from collections import Counter
from datetime import timedelta

from odoo.tests import tagged

from ..loader.sales_history import periods
from ..plan import sales_history
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoSalesHistory(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls._find("sales_history", "all")
        cls.buyer = cls._find("user", "buyer")
        cls.installed = cls.record.create_date.date()

    def test_the_files_were_imported_whole_by_the_buyer(self):
        self.assertEqual((self.record.state, self.record.create_uid), ("done", self.buyer))
        self.assertEqual((self.record.left_quantity, self.record.name_ids.ids), (0, []))
        self.assertEqual(len(self.record.attachment_ids), len(sales_history.PLACES))

    def test_about_two_years_of_weeks_lead_the_forecast(self):
        weeks = self.env["cosmetics.demand.week"].with_user(self.buyer).search([("is_history", "=", True), ("sold", ">", 0)])
        days = (max(weeks.mapped("week_on")) - min(weeks.mapped("week_on"))).days
        self.assertGreater(days, 680)
        self.assertEqual(len(weeks.warehouse_id), len(sales_history.PLACES))

    def test_new_products_have_a_short_past_and_delisted_ones_no_present(self):
        stages = {row["ref"]: row["stage"] for row in self.plan["products"]}
        rows = {row["product"]: row for row in self.plan["sales_history"]}
        new = [ref for ref in rows if stages[ref] == "introduction"]
        self.assertTrue(new)
        for ref in new:
            figures = self.env["cosmetics.sales.history"].search([("product_id", "=", self._find("product", ref).id)])
            self.assertGreaterEqual(min(figures.mapped("date_from")), self.installed - timedelta(weeks=sales_history.NEW_WEEKS + 1), ref)
        self.assertEqual({row["last"] for ref, row in rows.items() if stages[ref] == "delisted"}, {sales_history.DELISTED_WEEKS})

    def test_suggestions_say_what_to_move_what_to_buy_and_what_shelf_life_limits(self):
        rows = self.env["cosmetics.replenishment"].with_user(self.buyer).search([("state", "=", "open")])
        kinds = Counter(rows.mapped("kind"))
        self.assertGreater(kinds["transfer"], 3)
        self.assertGreater(kinds["buy"], 1)
        capped = rows.filtered(lambda row: row.code == "capped")
        self.assertEqual(capped.product_id, self._find("product", "blm006"))
        self.assertLess(capped.quantity, capped.uncapped_quantity)

    def test_the_double_eleven_stands_out(self):
        last = {"double_11_end": 1.0, "double_11": 1.0}
        self.assertGreater(sales_history.lift(last), 2 * sales_history.lift({}))

    def test_the_old_system_kept_whole_months_of_the_year_before_and_weeks_of_the_last(self):
        monday = self.installed - timedelta(days=self.installed.weekday())
        weeks = {number: monday - timedelta(weeks=number) for number in range(1, sales_history.WEEKS + 1)}
        told = periods([(number, 1) for number in weeks], weeks)
        by_week = [period for period in told if "W" in period]
        self.assertGreaterEqual(len(by_week), sales_history.WEEKS_BY_WEEK)
        self.assertNotIn(f"{weeks[sales_history.WEEKS]:%Y-%m}", told)
        self.assertTrue(all(units in (4, 5) for period, units in told.items() if "W" not in period))
