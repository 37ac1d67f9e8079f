"""Of a vendor with the grade D nothing is ordered, on any path."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_evaluation import EvaluationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 04:00:00")
class TestVendorGrade(EvaluationCommon):
    def test_a_confirmed_grade_is_that_of_the_vendor(self):
        evaluation = self._grade("60")
        self.assertEqual(self.vendor._get_vendor_grade(self.env.company), "C")
        evaluation.with_user(self.chief).action_reopen()
        self.assertFalse(self.vendor._get_vendor_grade(self.env.company))

    def test_the_latest_quarter_counts(self):
        self._grade("60")
        self._grade("100", starts_on="2025-10-01")
        self.assertEqual(self.vendor.vendor_grade, "C")

    def test_nothing_is_ordered_of_a_vendor_with_a_d(self):
        draft = self._create_order(self.product)
        self._grade("0")
        with self.assertRaisesRegex(UserError, "has the grade D"), self.cr.savepoint():
            self._create_order(self.product)
        for call in (lambda: draft.button_confirm(), lambda: draft.write({"state": "purchase"}), lambda: draft.copy()):
            with self.assertRaisesRegex(UserError, "has the grade D"), self.cr.savepoint():
                call()
        draft.button_cancel()
        self.assertEqual(draft.state, "cancel")

    def test_an_order_is_not_turned_to_a_vendor_with_a_d(self):
        self._grade("0")
        order = self.env["purchase.order"].with_user(self.buyer).create({"partner_id": self.other_vendor.id})
        contact = self.env["res.partner"].create({"name": "Depot", "parent_id": self.vendor.id})
        for partner in (self.vendor, contact):
            with self.assertRaisesRegex(UserError, "has the grade D"), self.cr.savepoint():
                order.partner_id = partner

    def test_what_was_ordered_before_is_still_received(self):
        order = self._buy("2026-01-05", "2026-01-15")
        self._grade("0")
        self._receive(order, "2026-01-15")
        self.assertEqual(order.order_line.qty_received, 10)

    def test_a_c_warns_and_holds_nothing(self):
        self._grade("60")
        order = self._create_order(self.product)
        self.assertEqual(order.vendor_grade, "C")
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_replenishment_takes_the_next_vendor(self):
        for vendor, price in ((self.vendor, 10), (self.other_vendor, 20)):
            self.env["product.supplierinfo"].create(
                {"partner_id": vendor.id, "product_tmpl_id": self.product.product_tmpl_id.id, "price": price}
            )
        self._grade("0")
        self.assertEqual(self.product._prepare_sellers().partner_id, self.other_vendor)
        rule = self.env["stock.warehouse.orderpoint"].with_user(self.buyer)
        rule = rule.create(
            {
                "product_id": self.product.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "route_id": self.warehouse.buy_pull_id.route_id.id,
                "trigger": "manual",
                "product_min_qty": 5,
                "product_max_qty": 5,
            }
        )
        rule.action_replenish()
        self.assertEqual(self.env["purchase.order.line"].search([("product_id", "=", self.product.id)]).partner_id, self.other_vendor)

    def test_a_grade_is_that_of_one_company(self):
        self._grade("0")
        other = self.env["res.company"].create({"name": "Other Trading"})
        self.assertFalse(self.vendor._get_vendor_grade(other))

    def test_nobody_writes_a_grade_by_hand(self):
        for user in (self.buyer, self.chief):
            with self.assertRaises(AccessError):
                self.vendor.with_user(user).vendor_grade = "A"
        made = self.env["res.partner"].with_user(self.buyer).create({"name": "New Vendor", "vendor_grade": "A"})
        self.assertFalse(made.vendor_grade)
        made = self.env["res.partner"].with_user(self.buyer).with_context(default_vendor_grade="A").create({"name": "New Vendor"})
        self.assertFalse(made.vendor_grade)

    def test_the_card_of_the_vendor_leads_to_its_evaluations(self):
        evaluation = self._grade("80")
        action = self.vendor.with_user(self.buyer).action_view_vendor_evaluations()
        self.assertIn(evaluation, self.evaluations.search(action["domain"]))

    def test_a_request_leads_to_no_order_of_a_blocked_vendor(self):
        request = self._create_request((self.product, 5))
        request.action_approval_request()
        self.assertEqual(request.state, "approved", "no node asks for it")
        self._grade("0")
        wizard = (
            self.env["purchase.request.line.make.purchase.order"]
            .with_user(self.buyer)
            .with_context(active_model="purchase.request.line", active_ids=request.line_ids.ids)
        )
        made = wizard.create({"supplier_id": self.vendor.id, "item_ids": [Command.create(self._prepare_item(request.line_ids))]})
        with self.assertRaisesRegex(UserError, "has the grade D"):
            made.make_purchase_order()

    @classmethod
    def _prepare_item(cls, line):
        return {
            "line_id": line.id,
            "name": line.name,
            "product_id": line.product_id.id,
            "product_qty": line.product_qty,
            "product_uom_id": line.product_uom_id.id,
        }
