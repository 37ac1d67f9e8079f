"""What lies where, what it is worth, and who sees it."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestCosmeticsShelfLifeReport(WatchCommon):
    def test_row_tells_where_how_many_and_how_long(self):
        lot = self._stock_lot("NEAR", 100, 10)
        row = self._rows(lot)
        found = (row.product_id, row.lot_id, row.warehouse_id, row.store_id, row.location_id, row.quantity, row.free_quantity)
        self.assertEqual(found, (self.cream, lot, self.shop, self.store, self.shop.lot_stock_id, 10, 10))
        self.assertEqual((row.remaining_days, row.sale_days, row.band_id.code), (100, 55, "near"))
        self.assertEqual((row.cost_at_risk, row.retail_value), (300, 1000))

    def test_cost_is_that_of_the_company_that_owns_the_stock(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        self.cream.with_company(company).standard_price = 99
        self.assertEqual(self._rows(self._stock_lot("NEAR", 100, 10)).cost_at_risk, 300)

    def test_reserved_goods_are_not_free(self):
        lot = self._stock_lot("NEAR", 100, 10)
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shop.lot_stock_id, 4, lot_id=lot)
        self.assertEqual((self._rows(lot).quantity, self._rows(lot).free_quantity), (10, 6))

    def test_customers_and_goods_without_a_date_are_no_rows(self):
        lot = self._stock_lot("NEAR", 100, 10)
        self._move(lot, self.shop.lot_stock_id, self.customer, 10)
        self.assertFalse(self._rows(lot))
        tool = self._create_product(name="Brush", is_storable=True, cosmetic_kind="other")
        self.env["stock.quant"]._update_available_quantity(tool, self.shop.lot_stock_id, 3)
        self.assertFalse(self.env["cosmetics.shelf.life.report"].search([("product_id", "=", tool.id)]))

    def test_days_follow_the_day_of_china_at_once(self):
        lot = self._stock_lot("LAST", 1, 5)
        rows = self._rows(lot)
        report = self.env["cosmetics.shelf.life.report"].with_user(self.manager)
        domain = [("lot_id", "=", lot.id), ("remaining_days", "<", 0)]
        with freeze_time("2026-03-03 15:59:59"):
            rows.invalidate_recordset()
            self.assertEqual((rows.remaining_days, report.search_count(domain)), (0, 0))
        with freeze_time("2026-03-03 16:00:00"):
            rows.invalidate_recordset()
            self.assertEqual((rows.remaining_days, report.search_count(domain)), (-1, 1))

    def test_filters_part_stopped_from_expired(self):
        stopped, expired, near = (self._stock_lot(name, days) for name, days in (("STOP", 20), ("OLD", -1), ("NEAR", 100)))
        rows = self._rows(stopped + expired + near)
        self.assertEqual(rows.filtered_domain([("sale_days", "<=", 0), ("remaining_days", ">=", 0)]).lot_id, stopped)
        search = self.env["cosmetics.shelf.life.report"].with_user(self.manager).search
        mine = ("lot_id", "in", rows.lot_id.ids)
        self.assertEqual(search([mine, ("sale_days", "<=", 0), ("remaining_days", ">=", 0)]).lot_id, stopped)
        self.assertEqual(search([mine, ("remaining_days", "<", 0)]).lot_id, expired)
        self.assertEqual(search([mine, ("remaining_days", "=", 100)]).lot_id, near)

    def test_pivot_adds_up_by_store_and_month(self):
        self._stock_lot("A", 100, 10)
        self._stock_lot("B", 101, 5)
        self._stock_lot("C", 100, 7, self.other_shop)
        report = self.env["cosmetics.shelf.life.report"].with_user(self.manager)
        groups = report._read_group([("product_id", "=", self.cream.id)], ["store_id"], ["quantity:sum", "cost_at_risk:sum"])
        self.assertEqual({store: values for store, *values in groups}, {self.store: [15, 450], self.other_store: [7, 210]})
        months = report._read_group([("product_id", "=", self.cream.id)], ["expiration_on:month"], ["quantity:sum"])
        self.assertEqual([quantity for _month, quantity in months], [22])

    def test_warehouse_of_two_stores_counts_for_the_place_not_the_web_shop(self):
        web = self._create_store("Web Shop", kind="online", warehouse_id=self.shop.id, sequence=1)
        self.assertNotEqual(self._rows(self._stock_lot("NEAR", 100)).store_id, web)
        self.assertEqual(len(self._rows(self._stock_lot("MORE", 100))), 1)

    def test_shop_sees_its_own_rows_only(self):
        lot = self._stock_lot("NEAR", 100, 10)
        self.env["stock.quant"]._update_available_quantity(self.cream, self.other_shop.lot_stock_id, 3, lot_id=lot)
        self.assertEqual(self._rows(lot, self.colleague).warehouse_id, self.shop)
        self.assertEqual(self._rows(lot, self.quality).warehouse_id, self.shop + self.other_shop)
        report = self.env["cosmetics.shelf.life.report"].with_user(self.colleague)
        groups = report._read_group([("lot_id", "=", lot.id)], ["warehouse_id"], ["quantity:sum"])
        self.assertEqual(groups, [(self.shop, 10)])
        with self.assertRaises(AccessError):
            self._rows(lot, self.quality).filtered(lambda row: row.warehouse_id == self.other_shop).with_user(self.colleague).read(
                ["quantity"]
            )

    def test_warehouse_without_a_store_is_for_all_keepers(self):
        loose = self.env["stock.warehouse"].create({"name": "Loose", "code": "LOOS"})
        lot = self._stock_lot("NEAR", 100, 10, loose)
        self.assertEqual(len(self._rows(lot, self.colleague)), 1)

    def test_rows_of_another_company_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        product = self._create_product(name="Foreign Cream", is_storable=True)
        lot = self._create_lot("FOREIGN", product, self.today + timedelta(days=100))
        self.env["stock.quant"]._update_available_quantity(product, foreign.lot_stock_id, 3, lot_id=lot)
        self.assertFalse(self._rows(lot, self.manager))
        self.assertEqual(len(self._rows(lot, self.env.user)), 1)

    def test_keeper_sees_no_cost_in_any_way(self):
        row = self._rows(self._stock_lot("NEAR", 100, 10), self.colleague)
        with self.assertRaises(AccessError):
            row.read(["cost_at_risk"])
        with self.assertRaises(AccessError):
            row._read_group([], [], ["cost_at_risk:sum"])
        with self.assertRaises(AccessError):
            row.search([("cost_at_risk", ">", 1)])
        self.assertNotIn("cost_at_risk", row.fields_get())
        self.assertEqual(row.retail_value, 1000)

    def test_others_do_not_read_the_list_and_nobody_writes_it(self):
        row = self._rows(self._stock_lot("NEAR", 100, 10))
        with self.assertRaises(AccessError):
            row.with_user(self.shop_user).read(["quantity"])
        with self.assertRaises(AccessError):
            row.write({"quantity": 1})


@tagged("post_install", "-at_install")
class TestNearExpiryAdvice(WatchCommon):
    def test_goods_go_where_they_sell(self):
        self._sell_fresh(self.other_shop, 189)  # 2.1 a day over 90 days
        lot = self._stock_lot("NEAR", 100, 60)
        row = self._rows(lot, self.colleague)
        self.assertEqual((row.action_kind, row.action_quantity, row.action_warehouse_id), ("move", 60, self.other_shop))
        self.assertIn("2.1 a day in Gaoxin", row.action_sentence)

    def test_what_is_on_its_way_out_here_stays(self):
        self._sell_fresh(self.shop, 180)  # two a day, 55 days on sale
        self.assertEqual(self._rows(self._stock_lot("NEAR", 100, 60)).action_kind, "keep")
        second = self._stock_lot("SECOND", 101, 60)
        row = self._rows(second)
        self.assertEqual((row.action_kind, row.action_quantity), ("markdown", 8))  # 56 days × 2 − 60 that go first = 52 of 60

    def test_returned_goods_were_not_sold(self):
        self._sell_fresh(self.other_shop, 189)
        lot = self.env["stock.lot"].search([("name", "=", "SOLD-GAOX")])
        self._move(lot, self.customer, self.other_shop.lot_stock_id, 189)
        row = self._rows(self._stock_lot("NEAR", 100, 60))
        self.assertEqual(row._get_daily_sales()[self.cream.id], {self.other_shop.id: 0})
        self.assertNotEqual(row.action_kind, "move")

    def test_sales_before_the_period_do_not_count(self):
        with freeze_time("2025-10-01 02:00:00"):
            self._sell_fresh(self.other_shop, 189)
        self.assertEqual(self._rows(self._stock_lot("NEAR", 100, 60)).action_kind, "markdown")
        self.env.company.near_expiry_sales_days = 365
        self.assertEqual(self._rows(self._stock_lot("NEAR2", 100, 6)).action_kind, "move")

    def test_supplier_who_delivered_takes_it_back(self):
        friendly = self.env["res.partner"].create({"name": "Friendly", "accepts_near_expiry_returns": True})
        strict = self.env["res.partner"].create({"name": "Strict"})
        self.cream.seller_ids = [(0, 0, {"partner_id": friendly.id})]
        unknown = self._stock_lot("UNKNOWN", 100, 6)
        delivered = self._create_lot("DELIVERED", self.cream, self.today + timedelta(days=101))
        self._move(delivered, self.supplier, self.shop.lot_stock_id, 6, partner=strict, picking_type=self.shop.in_type_id)
        self.assertEqual((self._rows(unknown).action_kind, self._rows(unknown).action_partner_id), ("return", friendly))
        self.assertEqual(self._rows(delivered).action_kind, "markdown")

    def test_stopped_expired_and_held_goods(self):
        found = {
            name: self._rows(self._stock_lot(name, days, state=state)).action_kind
            for name, days, state in (("STOP", 20, None), ("OLD", -3, None), ("HELD", 100, "quarantine"), ("FRESH", 700, None))
        }
        self.assertEqual(found, {"STOP": "scrap", "OLD": "scrap", "HELD": "none", "FRESH": "keep"})

    def test_advice_on_many_rows_costs_as_many_queries_as_on_few(self):
        self._sell_fresh(self.other_shop, 189)
        counts = []
        for number in (2, 30):
            products = [self._create_product(name=f"P{number}-{index}", is_storable=True) for index in range(number)]
            lots = self.env["stock.lot"].union(*(self._stock_lot(f"L{number}", 100, 5, product=product) for product in products))
            self.env.flush_all()
            self._rows(lots).mapped("action_sentence")  # fills the caches that outlive a transaction
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._rows(lots).mapped("action_sentence")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[0])
