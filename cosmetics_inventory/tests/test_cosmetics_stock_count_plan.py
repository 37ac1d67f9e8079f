"""Plans, classes, reports and accuracy of counts."""

import doctest
import io
from datetime import date, timedelta

from odoo import Command, fields
from odoo.addons.cosmetics_inventory.controllers.stock_count import as_workbook
from odoo.addons.cosmetics_inventory.tools import abc_class, count_figures, plain_figures
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook
from psycopg2.errors import UniqueViolation

from .common_stock_count import StockCountCommon


@tagged("post_install", "-at_install")
class TestStockCountPlan(StockCountCommon):
    def _create_plan(self, **vals):
        values = {"name": "Monthly", "warehouse_id": self.shop.id, "interval_days": 30, **vals}
        return self.env["cosmetics.stock.count.plan"].with_user(self.quality).create(values)

    def test_the_tools_do_what_their_examples_say(self):
        for module in (abc_class, count_figures, plain_figures):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted and not result.failed, module.__name__)

    # ------------------------------------------------------------------ plans
    def test_a_due_plan_makes_a_draft_for_the_manager_of_the_store(self):
        plan = self._create_plan(is_blind=False, location_ids=[Command.set(self.shelf.ids)])
        self.env["cosmetics.stock.count.plan"]._cron_make_counts()
        [count] = plan.count_ids
        self.assertEqual((count.state, count.location_ids, count.is_blind), ("draft", self.shelf, False))
        self.assertEqual(count.sudo().activity_ids.user_id, self.boss)
        self.assertEqual(plan.next_on, self._today() + timedelta(days=30))
        count.with_user(self.boss).action_start()
        self.assertEqual(len(count.line_ids), 2)

    def test_a_plan_never_has_two_open_counts(self):
        plan = self._create_plan()
        plan.action_make_count()
        plan.next_on = self._today()
        self.env["cosmetics.stock.count.plan"]._cron_make_counts()
        self.assertEqual(plan.count_count, 1)
        with self.assertRaisesRegex(UserError, "has an open count already"):
            plan.action_make_count()
        plan.count_ids.write({"cancel_reason": "Shop closed"})
        plan.count_ids.with_user(self.boss).action_cancel()
        self.env["cosmetics.stock.count.plan"]._cron_make_counts()
        self.assertEqual(len(plan.count_ids), 2, "the next one after the first is closed")

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_the_second_open_count_of_a_plan(self):
        plan = self._create_plan()
        plan.action_make_count()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env["cosmetics.stock.count"].create(plan._prepare_count_vals())
            self.env.flush_all()

    def test_a_plan_that_is_not_due_waits(self):
        plan = self._create_plan(next_on=self._today() + timedelta(days=1))
        self.env["cosmetics.stock.count.plan"]._cron_make_counts()
        self.assertFalse(plan.count_ids)

    def test_a_store_manager_reads_plans_and_changes_none(self):
        plan = self._create_plan().with_user(self.boss)
        self.assertEqual(plan.name, "Monthly")
        with self.assertRaises(AccessError):
            plan.interval_days = 1
        with self.assertRaises(AccessError):
            plan.action_make_count()

    # ------------------------------------------------------------------ classes
    def test_classes_follow_the_value_that_left_the_warehouse_in_twelve_months(self):
        cheap = self._create_product(name="Cheap", is_storable=True, standard_price=1)
        still = self._create_product(name="Still", is_storable=True, standard_price=500)
        cheap_lot, still_lot = self._create_lot("C1", cheap), self._create_lot("S1", still)
        for lot in (cheap_lot, still_lot):
            self._put(lot, 20)
        self._move(self.lot, self.shelf, self.customer, 5)
        self._move(cheap_lot, self.shelf, self.customer, 10)
        old = self._move(still_lot, self.shelf, self.customer, 5)
        old.move_line_ids.date = fields.Datetime.now() - timedelta(days=400)
        loss = self.product.with_company(self.env.company).property_stock_inventory
        self._move(still_lot, self.shelf, loss, 5, is_inventory=True)
        values = self.env["cosmetics.stock.count"]._get_moved_values(self.shop)
        self.assertEqual(values, {self.product.id: 150, cheap.id: 10, still.id: 0})
        count = self._create_count(abc_class="A")
        self.assertEqual(count.line_ids.product_id, self.product)
        answer = self._enter(count, 1, cheap_lot)
        self.assertRegex(answer["message"], "does not belong to")

    # ------------------------------------------------------------------ on paper
    def test_the_sheet_shows_differences_with_everybody_and_everything(self):
        count = self._create_count()
        self._finish(count, R2601=9)
        sheet = count._get_difference_sheet()
        [row] = sheet["rows"]
        self.assertEqual(row[4:9], [10, 0, 9, -1, -30])
        self.assertEqual((row[2], row[9], row[10]), ("R2601", self.reason.name, "First Clerk"))
        self.assertIn(("Approved by", "Quality Manager"), sheet["facts"])

    def test_the_printed_sheet_has_lines_to_sign(self):
        count = self._create_count()
        self._finish(count, R2601=9)
        body, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.boss)
            ._render_qweb_html("cosmetics_inventory.report_cosmetics_stock_count", count.ids)
        )
        text = body.decode()
        for part in ("R2601", "Witness (signature):", "Approved by (signature):", "Quality Manager", "First Clerk"):
            self.assertIn(part, text)

    def test_the_workbook_keeps_texts_as_texts_and_sums(self):
        sheet = {
            "facts": [("Number", "PD/1")], "columns": [("Product", False), ("Difference", True)],
            "rows": [["=1+1", -1.0], ["Cream", 3.0]],
        }  # fmt: skip
        page = load_workbook(io.BytesIO(as_workbook("PD/2026/0001", sheet, "Total"))).active
        self.assertEqual(list(page.iter_rows(min_row=4, values_only=True)), [("=1+1", -1), ("Cream", 3), ("Total", 2)])
        self.assertEqual((page.cell(4, 1).data_type, page.cell(6, 2).value, page.title), ("s", 2, "PD-2026-0001"))

    def test_a_counter_gets_no_sheet(self):
        count = self._create_count()
        with self.assertRaises(AccessError):
            count.with_user(self.clerk)._get_difference_sheet()

    # ------------------------------------------------------------------ accuracy
    def test_accuracy_counts_right_lines_by_person_and_splits_shared_ones(self):
        count = self._create_count()
        self._enter(count, 5, self.lot)
        self._enter(count, 4, self.lot, self.clerk2)
        self._enter(count, 5, self.lot2)
        count.action_review()
        count.action_submit()
        count.with_user(self.quality).action_approve()
        self.env.flush_all()
        rows = self.env["cosmetics.stock.count.accuracy"].with_user(self.boss)._read_group(
            [("count_id", "=", count.id)],
            ["store_id", "user_id"],
            ["counted_lines:sum", "right_lines:sum", "difference_value:sum"],
        )  # fmt: skip
        self.assertEqual(
            {user: figures for _store, user, *figures in rows}, {self.clerk: [1.5, 1.0, -15.0], self.clerk2: [0.5, 0.0, -15.0]}
        )
        self.assertEqual({store for store, *_rest in rows}, {self.store})
        # Two lines, one of them right: the shared one weighs as one.
        [[accuracy]] = (
            self.env["cosmetics.stock.count.accuracy"].with_user(self.boss)._read_group([("count_id", "=", count.id)], [], ["accuracy:avg"])
        )
        self.assertEqual(accuracy, 50)

    def test_accuracy_of_other_stores_is_not_seen(self):
        count = self._create_count()
        self._finish(count, R2601=9)
        self.env.flush_all()
        boss = self._create_user("test_count_boss2", "cosmetics_inventory.group_stock_count_manager")
        self._assign_stores(boss, self.store_centre)
        self.assertFalse(self.env["cosmetics.stock.count.accuracy"].with_user(boss).search([("count_id", "=", count.id)]))
        with self.assertRaises(AccessError):
            self.env["cosmetics.stock.count.accuracy"].with_user(self.clerk).search([])

    # ------------------------------------------------------------------ what a scan means
    def test_a_scan_finds_product_batch_and_date(self):
        self.product.barcode = "6901234567892"
        count = self._create_count().with_user(self.clerk)
        scan = count.read_scan("(01)06901234567892(17)281231(10)R2601", self.shelf.id)
        self.assertEqual(
            (scan["product_id"], scan["lot_id"], scan["expiration_on"], scan["message"]),
            (self.product.id, self.lot.id, date(2028, 12, 31), False),
        )
        self.assertEqual(count.read_scan("6901234567892", self.shelf.id)["lot"], "")
        self.assertEqual(count.read_scan("r2602", self.shelf.id)["lot_id"], self.lot2.id, "the name of a batch alone")
        self.assertIn("No product and no batch", count.read_scan("UNKNOWN", self.shelf.id)["message"])
        qr = count.read_scan("生产批号：NEW9 限期使用日期：2029年2月28日", self.shelf.id, self.product.id)
        self.assertEqual((qr["lot"], qr["lot_id"], qr["expiration_on"]), ("NEW9", False, date(2029, 2, 28)))
        self.assertEqual(count.read_scan("R2601", self.stock.id)["message"], "Not part of this count")

    def test_a_box_stands_for_its_pieces(self):
        box = self.env["uom.uom"].create({"name": "Box of 24", "relative_factor": 24, "relative_uom_id": self.product.uom_id.id})
        self.env["product.uom"].create({"product_id": self.product.id, "uom_id": box.id, "barcode": "16901234567899"})
        count = self._create_count().with_user(self.clerk)
        self.assertEqual(count.read_scan("16901234567899", self.shelf.id)["quantity"], 24)
        self.assertEqual(count.load_sheet()["lines"][0]["boxes"], {"16901234567899": 24})

    def test_limits_cannot_be_negative(self):
        with self.assertRaisesRegex(Exception, "check|negative"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.company.count_reason_value = -1
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestStockCountDownload(HttpCase):
    def test_the_workbook_is_for_those_who_lead_counts(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Download", "code": "DOWNL"})
        chief = new_test_user(self.env, "test_count_download", "cosmetics_inventory.group_quality_manager")
        new_test_user(self.env, "test_count_download_no", "base.group_user,cosmetics_inventory.group_stock_counter")
        count = self.env["cosmetics.stock.count"].with_user(chief).create({"warehouse_id": warehouse.id})
        address = count.action_export_differences()["url"]
        self.authenticate("test_count_download", "test_count_download")
        answer = self.url_open(address)
        self.assertEqual((answer.status_code, answer.content[:2]), (200, b"PK"))
        self.authenticate("test_count_download_no", "test_count_download_no")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(address).status_code, 403)
