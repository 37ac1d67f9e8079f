"""Who sees and does what: blind counters, own stores, own figures."""

import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_stock_count import StockCountCommon

HIDDEN = (
    "book_quantity", "moved_quantity", "counted_quantity", "difference_quantity", "difference_value", "unit_cost",
    "is_recount_needed", "is_disturbed", "entry_ids", "move_ids",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestStockCountAccess(StockCountCommon):
    def setUp(self):
        super().setUp()
        self.count = self._create_count()

    # ------------------------------------------------------------------ blind
    def test_no_way_over_rpc_tells_a_counter_what_the_books_say(self):
        lines = self.count.line_ids.with_user(self.clerk)
        for name in HIDDEN:
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    lines.read([name])
                with self.assertRaises(AccessError):
                    lines.search([(name, "!=", False)])
                self.assertNotIn(name, lines.fields_get())
        with self.assertRaises(AccessError):
            lines.formatted_read_group([("count_id", "=", self.count.id)], ["product_id"], ["book_quantity:sum"])
        with self.assertRaises(AccessError):
            lines.search([], order="book_quantity")
        with self.assertRaises(AccessError):
            self.count.with_user(self.clerk).read(["difference_value"])

    def test_a_keeper_counts_as_blind_as_a_clerk(self):
        self._put(self.lot, 3, self.stock)
        count = self._create_count(self.quality, warehouse_id=self.centre.id)
        with self.assertRaises(AccessError):
            count.line_ids.with_user(self.keeper).read(["book_quantity"])

    def test_the_sheet_of_a_blind_count_holds_no_quantity_of_the_books(self):
        self._put(self.lot, 7765)
        self.count.cancel_reason = "Test"
        self.count.action_cancel()
        blind, seen = self._create_count(), None
        self.assertNotIn("7775", json.dumps(blind.with_user(self.clerk).load_sheet(), default=str))
        blind.cancel_reason = "Test"
        blind.action_cancel()
        seen = self._create_count(is_blind=False).with_user(self.clerk).load_sheet()
        self.assertIn(7775.0, [line["book"] for line in seen["lines"]])

    def test_neither_views_nor_messages_of_a_counter_show_the_books(self):
        arch = self.env["cosmetics.stock.count"].with_user(self.clerk).get_view(view_type="form")["arch"]
        arch += self.env["cosmetics.stock.count.line"].with_user(self.clerk).get_view(view_type="list")["arch"]
        for name in (*HIDDEN, "gross_value"):
            self.assertNotIn(f'name="{name}"', arch)
        self.assertIn(
            'name="book_quantity"', self.env["cosmetics.stock.count.line"].with_user(self.boss).get_view(view_type="list")["arch"]
        )

    def test_a_counter_sees_own_figures_only(self):
        self._enter(self.count, 6, self.lot)
        self._enter(self.count, 4, self.lot, self.clerk2)
        entries = self.env["cosmetics.stock.count.entry"]
        domain = [("count_id", "=", self.count.id)]
        self.assertEqual(entries.with_user(self.clerk).search(domain).mapped("quantity"), [6])
        self.assertEqual(entries.with_user(self.boss).search_count(domain), 2)
        with self.assertRaises(AccessError):
            entries.with_user(self.clerk).search(domain).read(["stock_quantity"])

    def test_the_recounter_does_not_learn_the_first_figure(self):
        self._count_all(self.count, R2601=1)
        self.count.action_review()
        self.count.action_recount()
        [line] = self.count.with_user(self.clerk2).load_sheet()["lines"]
        self.assertEqual((line["lot"], line["mine"], line["is_counted"], line["book"]), ("R2601", 0, False, False))
        self.assertEqual(self.count.with_user(self.clerk).load_sheet()["lines"], [], "not the person who counted before")

    # ------------------------------------------------------------------ stores and companies
    def test_people_of_other_stores_see_and_do_nothing(self):
        count = self.count.with_user(self.stranger)
        self.assertNotIn(self.count, count.search([]))
        self.assertFalse(self.env["cosmetics.stock.count.line"].with_user(self.stranger).search([("count_id", "=", self.count.id)]))
        for call in (
            lambda: count.load_sheet(),
            lambda: count.enter([self._prepare_entry(1, self.lot)]),
            lambda: count.read_scan("R2601", self.shelf.id),
            lambda: count.take_back("x"),
            lambda: count.action_review(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_whoever_does_not_count_may_call_nothing(self):
        outsider = self._create_user("test_count_outsider")
        self.store.user_ids = [Command.link(outsider.id)]
        with self.assertRaises(AccessError):
            self.count.with_user(outsider).enter([self._prepare_entry(1, self.lot)])
        with self.assertRaises(AccessError):
            self.env["cosmetics.stock.count"].with_user(outsider).load_open_counts()

    def test_a_store_manager_starts_counts_of_the_own_stores_only(self):
        self._put(self.lot, 3, self.stock)
        with self.assertRaises(AccessError):
            self._create_count(self.boss, warehouse_id=self.centre.id)

    def test_counts_of_other_companies_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        chief = self._create_user(
            "test_count_chief", "cosmetics_inventory.group_quality_manager", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        self.assertNotIn(self.count, self.env["cosmetics.stock.count"].with_user(chief).search([]))

    def test_the_list_of_open_counts_is_that_of_the_own_store(self):
        [entry] = self.env["cosmetics.stock.count"].with_user(self.clerk).load_open_counts()
        self.assertEqual((entry["id"], entry["place"], entry["done"], entry["total"]), (self.count.id, "Quality Shop", 0, 2))
        self.assertEqual(self.env["cosmetics.stock.count"].with_user(self.stranger).load_open_counts(), [])

    def test_forms_open_for_those_who_use_them(self):
        for user in (self.clerk, self.boss, self.keeper, self.quality):
            with self.subTest(user.name):
                self.env["cosmetics.stock.count"].with_user(user).get_view(view_type="form")
        form = Form(self.env["cosmetics.stock.count"].with_user(self.boss))
        self.assertEqual(form.warehouse_id, self.shop, "the own shop is proposed")
        self.assertTrue(form.is_blind)

    def test_a_keeper_and_a_manager_hold_the_roles_of_counting(self):
        self.assertTrue(self.keeper.has_group("cosmetics_inventory.group_stock_counter"))
        self.assertFalse(self.keeper.has_group("cosmetics_inventory.group_stock_count_manager"))
        self.assertTrue(self.quality.has_group("cosmetics_inventory.group_stock_count_manager"))
