"""Demand of a week: what sold, what came back, and what was missed because the shelf was empty."""

from datetime import date, timedelta

from odoo.tests import tagged

from .common import MONDAY, ForecastCommon

WEEK_1, WEEK_2, WEEK_3 = (date(2026, 8, 31) + timedelta(weeks=number) for number in range(3))


@tagged("post_install", "-at_install")
class TestCosmeticsDemandWeek(ForecastCommon):
    def _weeks(self, product=None, warehouse=None):
        """Return {week: (sold, days with stock, demand)} after the job."""
        self.Week._refresh()
        rows = self.Week.search([("product_id", "=", (product or self.product).id), ("warehouse_id", "=", (warehouse or self.shop).id)])
        return {row.week_on: (row.sold, row.open_days, row.demand) for row in rows}

    def _receive(self, quantity, day):
        return self._move(self.product, self.env.ref("stock.stock_location_suppliers"), self.shop.lot_stock_id, quantity, day)

    def test_sales_are_added_up_by_week(self):
        self._receive(100, WEEK_1)
        self._sell(self.product, self.shop, 3, WEEK_1 + timedelta(days=1))
        self._sell(self.product, self.shop, 4, WEEK_1 + timedelta(days=6))
        self._sell(self.product, self.shop, 5, WEEK_2)
        self.assertEqual(self._weeks(), {WEEK_1: (7, 7, 7), WEEK_2: (5, 7, 5)})

    def test_returns_are_taken_off(self):
        self._receive(100, WEEK_1)
        self._sell(self.product, self.shop, 5, WEEK_1 + timedelta(days=1))
        self._move(self.product, self.customer, self.shop.lot_stock_id, 2, WEEK_1 + timedelta(days=2))
        self.assertEqual(self._weeks(), {WEEK_1: (3, 7, 3)})

    def test_days_with_an_empty_shelf_are_no_days_without_demand(self):
        self._receive(6, WEEK_1)
        self._sell(self.product, self.shop, 6, WEEK_1 + timedelta(days=2))
        self._receive(50, WEEK_2)
        self.assertEqual(self._weeks()[WEEK_1], (6, 3, 14))

    def test_a_week_without_stock_says_nothing(self):
        self._receive(6, WEEK_1)
        self._sell(self.product, self.shop, 6, WEEK_1 + timedelta(days=6))
        self._receive(50, WEEK_3)
        weeks = self._weeks()
        self.assertEqual((weeks[WEEK_1][1], weeks[WEEK_2][:2]), (7, (0, 0)))
        series = self.Week._get_series(WEEK_1, 3)[self.product.id, self.shop.id]
        self.assertEqual(series, [6, None, 0])

    def test_weeks_before_the_first_delivery_are_not_known(self):
        self._receive(6, WEEK_2)
        self._weeks()
        self.assertEqual(self.Week._get_series(WEEK_1, 3)[self.product.id, self.shop.id], [None, 0, 0])

    def test_goods_that_lay_there_from_the_start_are_known_from_the_start(self):
        self._put(self.product, self.shop, 20)
        weeks = self._weeks()
        self.assertEqual((len(weeks), set(weeks.values())), (1, {(0, 7, 0)}))
        self.assertEqual(self.Week._get_series(WEEK_1, 3)[self.product.id, self.shop.id], [0, 0, 0])

    def test_a_transfer_between_shops_is_no_sale(self):
        self._receive(10, WEEK_1)
        self._move(self.product, self.shop.lot_stock_id, self.other.lot_stock_id, 4, WEEK_1 + timedelta(days=1))
        self.assertEqual(self._weeks()[WEEK_1], (0, 7, 0))
        self.assertEqual(self._weeks(warehouse=self.other)[WEEK_1], (0, 6, 0))

    def test_a_week_ends_at_midnight_in_china(self):
        self._receive(10, WEEK_1)
        move = self._sell(self.product, self.shop, 1, WEEK_1 + timedelta(days=1))
        move.move_line_ids.date = "2026-09-06 15:59:59"
        late = self._sell(self.product, self.shop, 2, WEEK_1 + timedelta(days=1))
        late.move_line_ids.date = "2026-09-06 16:00:00"
        self.assertEqual({week: row[0] for week, row in self._weeks().items()}, {WEEK_1: 1, WEEK_2: 2})

    def test_the_week_that_has_begun_does_not_count_yet(self):
        self._receive(10, WEEK_1)
        self._sell(self.product, self.shop, 1, MONDAY)
        self.assertNotIn(MONDAY, self._weeks())

    def test_a_second_night_changes_nothing_and_finds_late_returns(self):
        self._receive(100, WEEK_1)
        self._sell(self.product, self.shop, 5, WEEK_3)
        first = self._weeks()
        self.assertEqual(self._weeks(), first)
        self._move(self.product, self.customer, self.shop.lot_stock_id, 1, WEEK_3 + timedelta(days=1))
        self.assertEqual(self._weeks()[WEEK_3], (4, 7, 4))

    def test_an_old_week_stays_when_the_last_ones_are_looked_at_again(self):
        self._receive(100, date(2026, 1, 5))
        self._sell(self.product, self.shop, 5, date(2026, 1, 6))
        self._weeks()
        self._sell(self.product, self.shop, 2, WEEK_3)
        self.assertEqual(self._weeks(), {date(2026, 1, 5): (5, 7, 5), WEEK_3: (2, 7, 2)})

    def test_goods_that_are_thrown_away_are_no_demand(self):
        self._receive(10, WEEK_1)
        self._sell(self.product, self.shop, 2, WEEK_1 + timedelta(days=1))
        scrap = self.env["stock.location"].search([("usage", "=", "inventory"), ("company_id", "=", self.company.id)], limit=1)
        self._move(self.product, self.shop.lot_stock_id, scrap, 8, WEEK_1 + timedelta(days=1))
        self.assertEqual(self._weeks()[WEEK_1], (2, 2, 7))

    def test_batches_of_a_product_are_one_demand(self):
        cream = self._create_ware("Test Cream", cosmetic_kind="ordinary", shelf_life_months=36)
        for name, quantity in (("A", 3), ("B", 4)):
            lot = self.env["stock.lot"].create(
                {"name": name, "product_id": cream.id, "expiry_basis": "printed", "expiration_on": date(2028, 9, 1)}
            )
            self._put(cream, self.shop, quantity + 1, lot)
        for quantity in (1, 5):
            self._sell(cream, self.shop, quantity, WEEK_2)
        self.assertEqual(self._weeks(cream)[WEEK_2], (6, 7, 6))

    def test_a_shelf_that_is_moved_within_the_shop_stays_full(self):
        self._receive(10, WEEK_1)
        shelf = self.env["stock.location"].create({"name": "Window", "location_id": self.shop.lot_stock_id.id})
        self._move(self.product, self.shop.lot_stock_id, shelf, 10, WEEK_1 + timedelta(days=1))
        self._move(self.product, shelf, self.customer, 1, WEEK_2)
        weeks = self._weeks()
        self.assertEqual((weeks[WEEK_1], weeks[WEEK_2]), ((0, 7, 0), (1, 7, 1)))

    def test_weeks_older_than_three_years_are_forgotten(self):
        self._receive(10, date(2023, 9, 19))
        self.env.cr.execute(
            "INSERT INTO cosmetics_demand_week (product_id, warehouse_id, company_id, week_on, sold) VALUES (%s, %s, %s, %s, 1)",
            (self.product.id, self.shop.id, self.company.id, date(2023, 9, 18)),
        )
        self.assertNotIn(date(2023, 9, 18), self._weeks())
