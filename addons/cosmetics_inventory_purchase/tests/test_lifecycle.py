"""Purchase orders follow the life cycle of their products, on every path."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestLifecycle(PurchaseCommon):
    def test_product_on_sale_is_bought(self):
        order = self._create_order(self.product)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_new_product_is_bought_before_it_is_sold(self):
        order = self._create_order(self._create_product(lifecycle_stage_id=self.stage_introduction.id))
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_cleared_product_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "Old Serum"):
            self._create_order(self.cleared)

    def test_line_is_not_turned_to_a_cleared_product(self):
        order = self._create_order(self.product)
        with self.assertRaises(ValidationError):
            order.order_line.product_id = self.cleared

    def test_line_for_a_cleared_product_is_not_added_to_an_order(self):
        order = self._create_order(self.product)
        order.button_confirm()
        with self.assertRaises(ValidationError):
            order.order_line = [Command.create({"product_id": self.cleared.id, "product_qty": 1})]

    def test_request_is_not_confirmed_after_its_product_was_cleared(self):
        order = self._create_order(self.product)
        self.product.lifecycle_stage_id = self.stage_clearance
        with self.assertRaisesRegex(ValidationError, self.product.name):
            order.button_confirm()

    def test_order_waiting_for_approval_passes_the_gate_too(self):
        self.env.company.po_double_validation = "two_step"
        self.env.company.po_double_validation_amount = 1
        order = self._create_order(self.product)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.product.lifecycle_stage_id = self.stage_clearance
        approver = self._create_user("test_approver", "purchase.group_purchase_manager")
        with self.assertRaises(ValidationError):
            order.with_user(approver).button_approve()

    def test_order_with_a_cleared_product_takes_less_but_not_more(self):
        order = self._create_order(self.product)
        order.button_confirm()
        self.product.lifecycle_stage_id = self.stage_clearance
        order.order_line.product_qty = 6
        self.assertEqual(order.order_line.product_qty, 6)
        with self.assertRaises(ValidationError):
            order.order_line.product_qty = 7

    def test_order_with_a_cleared_product_can_be_cancelled(self):
        order = self._create_order(self.product)
        self.product.lifecycle_stage_id = self.stage_clearance
        order.button_cancel()
        self.assertEqual(order.state, "cancel")

    def test_cleared_product_is_given_back_to_the_vendor(self):
        order = self._create_order(self.cleared, quantity=-2)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
