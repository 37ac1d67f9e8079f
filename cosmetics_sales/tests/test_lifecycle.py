"""Orders follow the life cycle of their products, on every path."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestLifecycle(SalesCommon):
    def test_product_on_sale_is_quoted_and_sold(self):
        order = self._create_order(self.product)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_cleared_product_is_still_sold(self):
        product = self._create_product(lifecycle_stage_id=self.stage_clearance.id)
        order = self._create_order(product)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_delisted_product_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "Old Serum"):
            self._create_order(self.delisted)

    def test_new_product_is_not_sold_yet(self):
        product = self._create_product(lifecycle_stage_id=self.stage_introduction.id)
        with self.assertRaises(ValidationError):
            self._create_order(product)

    def test_product_without_a_stage_is_free(self):
        service = self.env["product.product"].create({"name": "Make-up Lesson", "type": "service"})
        order = self._create_order(service)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_sections_and_notes_have_no_product_and_stay_free(self):
        order = self._create_order(self.product)
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Gift set"}),
            Command.create({"display_type": "line_note", "name": "Deliver before noon"}),
        ]
        order.action_confirm()
        self.assertEqual(order.order_line.mapped("display_type"), [False, "line_section", "line_note"])
        self.assertEqual(order.state, "sale")

    def test_line_is_not_turned_to_a_delisted_product(self):
        order = self._create_order(self.product)
        with self.assertRaises(ValidationError):
            order.order_line.product_id = self.delisted

    def test_line_for_a_delisted_product_is_not_added_to_an_order(self):
        order = self._create_order(self.product)
        order.action_confirm()
        with self.assertRaises(ValidationError):
            order.order_line = [Command.create({"product_id": self.delisted.id, "product_uom_qty": 1})]

    def test_import_is_refused_and_saves_nothing(self):
        before = self.env["sale.order"].search_count([])
        result = (
            self.env["sale.order"]
            .with_user(self.ecommerce_clerk)
            .load(
                ["partner_id/.id", "order_line/product_id/.id", "order_line/product_uom_qty"],
                [[str(self.customer.id), str(self.delisted.id), "1"]],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("Old Serum", result["messages"][0]["message"])
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_quotation_is_not_confirmed_after_its_product_was_delisted(self):
        order = self._create_order(self.product)
        self.product.lifecycle_stage_id = self.stage_delisted
        with self.assertRaisesRegex(UserError, self.product.name):
            order.action_confirm()
        self.env["cosmetics.review.rule"].search([]).active = False
        with self.assertRaisesRegex(ValidationError, self.product.name):
            order.action_confirm()

    def test_state_written_by_an_interface_passes_the_same_gate(self):
        order = self._create_order(self.product)
        self.product.lifecycle_stage_id = self.stage_delisted
        with self.assertRaisesRegex(UserError, self.product.name):
            order.write({"state": "sale"})
        self.env["cosmetics.review.rule"].search([]).active = False
        with self.assertRaisesRegex(ValidationError, self.product.name):
            order.write({"state": "sale"})

    def test_order_with_a_delisted_product_takes_less_but_not_more(self):
        order = self._create_order(self.product, quantity=5)
        order.action_confirm()
        self.product.lifecycle_stage_id = self.stage_delisted
        order.order_line.product_uom_qty = 3
        self.assertEqual(order.order_line.product_uom_qty, 3)
        with self.assertRaises(ValidationError):
            order.order_line.product_uom_qty = 4

    def test_order_with_a_delisted_product_can_be_cancelled(self):
        order = self._create_order(self.product)
        order.action_confirm()
        self.product.lifecycle_stage_id = self.stage_delisted
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(order.state, "cancel")

    def test_delisted_product_is_taken_back(self):
        order = self._create_order(self.delisted, quantity=-1)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_sold_and_delisted_product_is_credited(self):
        self.product.invoice_policy = "order"
        order = self._create_order(self.product)
        order.action_confirm()
        biller = self._create_user("test_biller", "account.group_account_invoice")
        invoice = order.with_user(biller)._create_invoices()
        invoice.action_post()
        self.product.lifecycle_stage_id = self.stage_delisted
        credit_note = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        credit_note.action_post()
        self.assertEqual((credit_note.move_type, credit_note.state), ("out_refund", "posted"))

    def test_many_orders_are_confirmed_with_one_look_at_the_products(self):
        few, many = self._count_check_queries(2), self._count_check_queries(12)
        self.assertEqual(many, few)

    def _count_check_queries(self, count):
        """Return how many queries the gate takes for `count` orders of different products."""
        orders = self.env["sale.order"].union(*[self._create_order(self._create_product()) for _i in range(count)])
        self.env.flush_all()
        self.env.invalidate_all()
        orders.order_line.mapped("product_uom_qty")
        before = self.env.cr.sql_log_count
        orders.order_line._check_product_lifecycle()
        return self.env.cr.sql_log_count - before
