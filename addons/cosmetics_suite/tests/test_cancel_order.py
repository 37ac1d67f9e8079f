"""Whoever sells cancels an own order, also when goods for it were asked of a supplier: the buyer is told, the seller reads no purchases."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SuiteCommon


@tagged("post_install", "-at_install")
class TestCancelOrder(SuiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([]).active = False
        cls.brush = cls._create_product(name="Test Brush", is_storable=True, cosmetic_kind="other")
        cls.supplier = cls.env["res.partner"].create({"name": "Test Supplier", "is_company": True})
        cls.customer = cls.env["res.partner"].create({"name": "Test Customer"})

    def _confirmed(self, user):
        """Return a confirmed order of the user and the purchase order that brings its goods."""
        line = Command.create({"product_id": self.brush.id, "product_uom_qty": 2})
        order = self.env["sale.order"].with_user(user).create({"partner_id": self.customer.id, "order_line": [line]})
        order.action_confirm()
        purchase = self.env["purchase.order"].create(
            {"partner_id": self.supplier.id, "order_line": [Command.create({"product_id": self.brush.id, "product_qty": 2})]}
        )
        purchase.user_id = self.users["buyer"]
        order.sudo().order_line.move_ids.created_purchase_line_ids = purchase.order_line
        # As in a request of its own: nothing that was read before, with other rights, is at hand.
        self.env.flush_all()
        self.env.invalidate_all()
        return order, purchase

    def test_sellers_cancel_a_confirmed_order_and_the_buyer_is_told(self):
        for role in ("ecommerce", "salesperson"):
            with self.subTest(role):
                order, purchase = self._confirmed(self.users[role])
                order.with_context(disable_cancel_warning=True).action_cancel()
                self.assertEqual((order.state, set(order.sudo().picking_ids.mapped("state"))), ("cancel", {"cancel"}))
                self.assertIn(order.name, purchase.activity_ids.note)
                self.assertEqual(purchase.activity_ids.user_id, self.users["buyer"])

    def test_sellers_take_back_a_part_of_a_confirmed_order(self):
        for role in ("ecommerce", "salesperson"):
            with self.subTest(role):
                order, _purchase = self._confirmed(self.users[role])
                order.order_line.product_uom_qty = 1
                self.assertEqual(sum(order.sudo().order_line.move_ids.mapped("product_uom_qty")), 1)

    def test_order_nobody_bought_for_is_cancelled_as_well(self):
        order, purchase = self._confirmed(self.users["ecommerce"])
        order.sudo().order_line.move_ids.created_purchase_line_ids = False
        self.env.flush_all()
        self.env.invalidate_all()
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertFalse(purchase.activity_ids)

    def test_sellers_still_read_no_purchases(self):
        order, purchase = self._confirmed(self.users["ecommerce"])
        move = order.sudo().order_line.move_ids.with_user(self.users["ecommerce"])
        with self.assertRaises(AccessError):
            move.read(["created_purchase_line_ids"])
        with self.assertRaises(AccessError):
            purchase.with_user(self.users["ecommerce"]).read(["name"])
