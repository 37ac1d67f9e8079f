"""The near-expiry list: its filters, what counts as stock of a shop, and who sees which rows in which way."""

from ast import literal_eval
from datetime import timedelta

from freezegun import freeze_time
from lxml import etree
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestWatchReportFilters(WatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        days = {"FRESH": 900, "WATCH": 300, "NEAR": 150, "CLEAR": 80, "STOP": 20, "LAST": 0, "OLD": -1}
        cls.lots = cls.env["stock.lot"].union(*(cls._stock_lot(name, count) for name, count in days.items()))
        cls.lots += cls._stock_lot("HELD", 151, state="quarantine")
        cls.lots += cls._stock_lot("RESERVED", 152, 4)
        cls.env["stock.quant"]._update_reserved_quantity(cls.cream, cls.shop.lot_stock_id, 4, lot_id=cls.lots[-1])
        arch = cls.env["cosmetics.shelf.life.report"].get_view(view_type="search")["arch"]
        cls.filters = {node.get("name"): node.get("domain") for node in etree.fromstring(arch).iter("filter") if node.get("domain")}

    def _names(self, domain):
        """Return the names of the batches of the cream that a domain finds, as the warehouse manager."""
        report = self.env["cosmetics.shelf.life.report"].with_user(self.manager)
        return set(report.search([("product_id", "=", self.cream.id), *domain]).lot_id.mapped("name"))

    def test_each_filter_of_the_list_finds_its_batches_and_no_others(self):
        stopped = {"STOP", "LAST"}
        expected = {
            "near": {"NEAR", "HELD", "RESERVED"},
            "clearance": {"CLEAR"},
            "stop": stopped,
            "expired": {"OLD"},
            "held": {"HELD"},
            "free": set(self.lots.mapped("name")) - {"RESERVED"},
            "to_do": {"NEAR", "HELD", "RESERVED", "CLEAR", "OLD"} | stopped,
        }
        self.assertEqual({name: self._names(literal_eval(self.filters[name])) for name in expected}, expected)
        self.assertEqual(set(expected), set(self.filters) - {"expiration_on"})

    def test_days_are_searched_with_every_operator(self):
        for operator, value, names in (
            ("=", 0, {"LAST"}),
            ("in", [0, 20], {"LAST", "STOP"}),
            ("<", 0, {"OLD"}),
            ("<=", 0, {"OLD", "LAST"}),
            (">", 152, {"WATCH", "FRESH"}),
            (">=", 300, {"WATCH", "FRESH"}),
            ("!=", 0, set(self.lots.mapped("name")) - {"LAST"}),
        ):
            with self.subTest(operator):
                self.assertEqual(self._names([("remaining_days", operator, value)]), names)

    def test_search_of_days_on_sale_agrees_with_what_is_shown(self):
        rows = self._rows(self.lots)
        for bound in (-20, 0, 1, 35, 105):
            with self.subTest(bound):
                shown = set(rows.filtered(lambda row, bound=bound: row.sale_days <= bound).lot_id.mapped("name"))
                self.assertEqual(self._names([("sale_days", "<=", bound)]), shown)

    def test_days_cannot_be_searched_by_text(self):
        with self.assertRaisesRegex(UserError, "remaining_days"):
            self._names([("remaining_days", "ilike", "1")])

    def test_filter_of_stopped_sales_moves_on_at_midnight_of_china(self):
        stop = literal_eval(self.filters["stop"])
        with freeze_time("2026-03-02 15:59:59"):
            self.assertIn("LAST", self._names(stop))
        with freeze_time("2026-03-02 16:00:00"):
            self.assertNotIn("LAST", self._names(stop))

    def test_recalled_and_rejected_batches_stay_on_the_list_without_advice(self):
        lots = self._stock_lot("RECALLED", 100, state="recalled") + self._stock_lot("REJECTED", 100, state="rejected")
        rows = self._rows(lots, self.colleague)
        self.assertEqual(rows.mapped("quality_state"), ["recalled", "rejected"])
        self.assertEqual(rows.mapped("action_kind"), ["none", "none"])
        self.assertEqual(set(rows.mapped("action_quantity")), {0})


@tagged("post_install", "-at_install")
class TestWatchReportRows(WatchCommon):
    def test_each_shelf_of_a_shop_is_a_row_of_that_shop(self):
        shelf = self.env["stock.location"].create({"name": "Shelf 1", "location_id": self.shop.lot_stock_id.id})
        lot = self._stock_lot("NEAR", 100, 10)
        self.env["stock.quant"]._update_available_quantity(self.cream, shelf, 3, lot_id=lot)
        rows = self._rows(lot, self.colleague)
        self.assertEqual(rows.store_id, self.store)
        self.assertEqual({row.location_id: row.quantity for row in rows}, {self.shop.lot_stock_id: 10, shelf: 3})
        under = rows.search([("lot_id", "=", lot.id), ("location_id", "child_of", self.shop.lot_stock_id.id)])
        self.assertEqual(under, rows)
        self.assertEqual(rows.search([("lot_id", "=", lot.id), ("location_id", "child_of", shelf.id)]).location_id, shelf)

    def test_goods_on_the_way_and_at_suppliers_are_no_rows(self):
        lot = self._stock_lot("NEAR", 100, 10)
        transit = self.env["stock.location"].create({"name": "On the Way", "usage": "transit"})
        self._move(lot, self.shop.lot_stock_id, transit, 4)
        self._move(lot, self.shop.lot_stock_id, self.supplier, 5)
        self.assertEqual(self._rows(lot).mapped("quantity"), [1])

    def test_more_reserved_than_there_is_leaves_nothing_free(self):
        lot = self._stock_lot("NEAR", 100, 10)
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shop.lot_stock_id, 10, lot_id=lot)
        self.env["stock.quant"]._update_available_quantity(self.cream, self.shop.lot_stock_id, -3, lot_id=lot)
        row = self._rows(lot)
        self.assertEqual((row.quantity, row.free_quantity, row.action_kind), (7, 0, "none"))

    def test_closed_store_leaves_its_rows_without_a_store(self):
        lot = self._stock_lot("NEAR", 100, 10)
        self.store.active = False
        row = self._rows(lot)
        self.assertEqual((row.store_id, row.warehouse_id), (self.env["cosmetics.store"], self.shop))

    def test_renamed_price_and_cost_are_those_of_today(self):
        lot = self._stock_lot("NEAR", 100, 10)
        self.cream.standard_price = 31
        self.cream.list_price = 90
        row = self._rows(lot)
        self.assertEqual((row.cost_at_risk, row.retail_value), (310, 900))

    def test_corrected_date_moves_the_row_at_once(self):
        lot = self._stock_lot("NEAR", 100, 10)
        lot.with_user(self.quality)._correct_dates({"expiration_on": self.today + timedelta(days=700)}, "Misread")
        row = self._rows(lot)
        self.assertEqual((row.remaining_days, row.band_id.code, row.action_kind), (700, "normal", "keep"))


@tagged("post_install", "-at_install")
class TestWatchReportAccess(WatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper_b = cls._create_user("test_watch_keeper_b", "cosmetics_inventory.group_warehouse_keeper", name="Keeper of Gaoxin")
        (cls.colleague + cls.keeper_b).group_ids += cls.env.ref("base.group_allow_export")
        cls.keeper_b.store_ids = [Command.set(cls.other_store.ids)]
        cls.near = cls._stock_lot("NEAR", 100, 10)
        cls.env["stock.quant"]._update_available_quantity(cls.cream, cls.other_shop.lot_stock_id, 3, lot_id=cls.near)

    def _create_foreign_lot(self, sold=0):
        """Return a second company and a batch of the cream there, where it costs 50; so many fresh ones were sold before."""
        company = self.env["res.company"].create({"name": "Second Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self.cream.with_company(company).standard_price = 50
        if sold:
            self._sell_fresh(warehouse, sold)
        return company, self._stock_lot("FOREIGN", 101, 4, warehouse)

    def test_keepers_of_two_shops_each_see_the_own_shelf(self):
        for user, warehouse in ((self.colleague, self.shop), (self.keeper_b, self.other_shop)):
            with self.subTest(user.name):
                rows = self._rows(self.near, user)
                self.assertEqual(rows.warehouse_id, warehouse)
                self.assertEqual(rows.search_count([("lot_id", "=", self.near.id)]), 1)
                exported = rows.search([("lot_id", "=", self.near.id)]).export_data(["warehouse_id/id", "quantity"])["datas"]
                self.assertEqual(len(exported), 1)

    def test_who_works_in_no_store_sees_no_shop(self):
        nobody = self._create_user("test_watch_nobody", "cosmetics_inventory.group_warehouse_keeper")
        self.assertFalse(self._rows(self.near, nobody))

    def test_manager_of_two_companies_gets_the_cost_of_each(self):
        company, foreign = self._create_foreign_lot()
        self.manager.company_ids = [Command.link(company.id)]
        both = self.manager.company_ids.ids
        report = self.env["cosmetics.shelf.life.report"].with_user(self.manager).with_context(allowed_company_ids=both)
        domain = [("product_id", "=", self.cream.id)]
        groups = report._read_group(domain, ["company_id"], ["cost_at_risk:sum"])
        self.assertEqual(dict(groups), {self.env.company: 390, company: 200})
        only = report.with_context(allowed_company_ids=company.ids).search(domain)
        self.assertEqual((only.lot_id, only.cost_at_risk), (foreign, 200))

    def test_each_company_judges_sales_by_its_own_days(self):
        company, foreign = self._create_foreign_lot(sold=90)
        warehouse = self._rows(foreign, self.env.user).warehouse_id
        self._sell_fresh(self.centre, 90)
        company.near_expiry_sales_days = 30
        rows = self._rows(self.near + foreign, self.env.user)
        sales = rows._get_daily_sales()[self.cream.id]
        self.assertAlmostEqual(sales[self.centre.id], 1)
        self.assertAlmostEqual(sales[warehouse.id], 3)

    def test_advice_never_names_a_shop_of_another_company(self):
        company, foreign = self._create_foreign_lot(sold=900)
        warehouse = self._rows(foreign, self.env.user).warehouse_id
        self._create_store("Foreign Shop", warehouse_id=warehouse.id, company_id=company.id)
        rows = self._rows(self.near + foreign, self.env.user)
        self.assertNotIn(warehouse, rows.filtered(lambda row: row.company_id == self.env.company).action_warehouse_id)

    def test_cost_leaks_by_no_sorting_no_filter_and_no_export(self):
        report = self.env["cosmetics.shelf.life.report"].with_user(self.colleague)
        row = self._rows(self.near, self.colleague)
        for act in (
            lambda: report.search([], order="cost_at_risk"),
            lambda: report.search_count([("cost_at_risk", "=", 300)]),
            lambda: report.formatted_read_group([], ["warehouse_id"], ["cost_at_risk:sum"]),
            lambda: report.formatted_read_group([], ["cost_at_risk"], ["__count"]),
            lambda: row.export_data(["cost_at_risk"]),
            lambda: report.search_read([], ["cost_at_risk"]),
        ):
            with self.assertRaises(AccessError):
                act()
        for view in ("list", "pivot"):
            self.assertNotIn("cost_at_risk", report.get_view(view_type=view)["arch"])
            self.assertIn("cost_at_risk", report.with_user(self.quality).get_view(view_type=view)["arch"])

    def test_supplier_is_named_to_a_keeper_who_may_not_read_receipts_of_others(self):
        friendly = self.env["res.partner"].create({"name": "Friendly", "accepts_near_expiry_returns": True})
        self.cream.seller_ids = [Command.create({"partner_id": friendly.id, "price": 12.34})]
        row = self._rows(self.near, self.colleague)
        self.assertEqual((row.action_kind, row.action_partner_id), ("return", friendly))
        self.assertNotIn("12.34", row.action_sentence)

    def test_employee_without_rights_is_refused_at_every_door(self):
        row = self._rows(self.near)
        report = row.with_user(self.shop_user)
        for act in (
            report.action_deal,
            lambda: report.search([]),
            lambda: report.formatted_read_group([], ["store_id"], ["quantity:sum"]),
            lambda: report.read(["quantity"]),
            lambda: self.env["cosmetics.shelf.life.report"].with_user(self.shop_user).name_search("NEAR"),
            lambda: self.env["cosmetics.near.expiry.wizard.line"].with_user(self.shop_user).create({"quant_id": row[0].id}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_keeper_deals_with_no_row_of_another_shop(self):
        foreign = self._rows(self.near, self.keeper_b)
        with self.assertRaises(AccessError):
            foreign.with_user(self.colleague).action_deal()

    def test_wizard_of_a_colleague_is_closed(self):
        wizard = self.env["cosmetics.near.expiry.wizard"].browse(self._rows(self.near, self.colleague).action_deal()["res_id"])
        with self.assertRaises(AccessError):
            wizard.with_user(self.keeper_b).line_ids.read(["quantity"])
        with self.assertRaises(AccessError):
            wizard.with_user(self.keeper_b).action_confirm()

    def test_days_of_sales_are_between_one_and_two_years(self):
        settings = self.env["res.config.settings"].create({})
        with Form(settings) as form:
            form.near_expiry_sales_days = 60
        settings.execute()
        self.assertEqual(self.env.company.near_expiry_sales_days, 60)
        for days in (0, -5, 731):
            with self.subTest(days), mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.company.near_expiry_sales_days = days
                self.env.flush_all()
