"""The first weeks of the sample company: what was sold of its stock, and how often it turned."""

from collections import Counter
from datetime import timedelta

from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tests import tagged

from ..loader.first_weeks import SELLERS, own_weeks, split
from ..loader.sales_history import mondays, sold_by_week
from ..loader.stock import opening_day
from ..loader.stock_days import month_end
from ..plan.sales_history import OWN_WEEKS
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoTurnover(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls._get_demo()
        cls.owner = cls._find("user", "owner")
        cls.sold = {place: own_weeks(rows) for place, rows in sold_by_week(cls.demo).items()}

    def _get_sold(self, place):
        """Return what the goods cost that left a warehouse for customers on the days whose stock is written down."""
        moves = self.env["stock.move"].search([("state", "=", "done"), ("location_dest_id.usage", "=", "customer")])
        gone = moves.filtered(lambda move: move.location_id.warehouse_id.id == place.id and china_day(move.date) < self.demo.day(0))
        return sum(abs(move.value) for move in gone)

    def _get_day_values(self, place):
        return sum(self.env["cosmetics.stock.value.day"].search([("warehouse_id", "=", place.id)]).mapped("value"))

    def test_each_day_since_the_opening_has_its_value(self):
        days = self.env["cosmetics.stock.value.day"].with_user(self.owner)._read_group([], ["day:day"], ["value:sum"])
        self.assertEqual(len(days), (self.demo.day(0) - opening_day(self.demo)).days)
        self.assertTrue(all(value > 0 for _day, value in days))

    def test_the_stock_of_every_place_has_turned(self):
        rows = self.env["cosmetics.stock.turnover"].with_user(self.owner)
        places = dict(rows._read_group([], ["warehouse_id"], ["turnover:avg"]))
        self.assertEqual(len(places), len(SELLERS))
        for place, turnover in places.items():
            self.assertGreater(turnover, 0, place.name)
            self.assertAlmostEqual(turnover, self._get_sold(place) * 365 / self._get_day_values(place), 4, place.name)
        self.assertGreater(len(rows._read_group([], ["month:month"])), 1)

    def test_what_the_weeks_sold_is_delivered_invoiced_and_paid(self):
        days = {week: monday + timedelta(days=5) for week, monday in mondays(self.demo).items()}
        for place, weeks in self.sold.items():
            for week, lines in weeks.items():
                refs = [f"{place}_{week}_{number}" for number, _basket in enumerate(split(lines), start=1)]
                orders = self.env["sale.order"].union(*[self._find("first_sale", ref) for ref in refs])
                moves = orders.picking_ids.move_ids
                gone = Counter()
                for move in moves:
                    gone[move.product_id] += move.quantity
                self.assertEqual(gone, {self._find("product", row["product"]): units for row, units in lines})
                self.assertEqual({move.date.date() for move in moves}, {days[week]})
                self.assertEqual(set(orders.invoice_ids.mapped("invoice_date")), {days[week]})
                self.assertLessEqual(set(orders.invoice_ids.mapped("payment_state")), {"paid", "in_payment"})

    def test_demand_goes_on_where_the_system_before_ended(self):
        weeks = self.env["cosmetics.demand.week"]
        first = mondays(self.demo)[OWN_WEEKS]
        self.assertEqual({week.week_on < first for week in weeks.search([("is_history", "=", True), ("sold", ">", 0)])}, {True})
        own = dict(weeks._read_group([("is_history", "=", False), ("week_on", "<", mondays(self.demo)[1])], ["warehouse_id"], ["sold:sum"]))
        for place, sold in self.sold.items():
            expected = sum(units for week, lines in sold.items() if week > 1 for _row, units in lines)
            self.assertGreaterEqual(own[self._find("warehouse", place)], expected, place)
        lost = weeks.search([("week_on", ">=", first), ("sold", ">", 0), ("demand", "=", False)])
        self.assertFalse(lost.product_id, "no week is lost between the two")

    def test_nothing_is_left_of_the_batches_that_were_sold(self):
        lots = self.env["stock.lot"].search([("name", "=like", "%-0")])
        self.assertTrue(lots)
        self.assertEqual(sum(lots.mapped("product_qty")), 0)

    def test_the_books_hold_the_stock_of_the_end_of_the_month(self):
        rows = self.env["cosmetics.stock.ledger"].with_user(self.owner).search([("day", ">=", month_end(self.demo))], order="day")
        self.assertEqual((rows[0].day, rows[0].difference), (month_end(self.demo), 0))
        self.assertGreater(rows[0].ledger_value, 0)
