"""Quotations settled at the till, and the store manager as reviewer."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestSaleOrderReview(TillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("test_review_seller", "cosmetics_sales.group_salesperson")
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        cls.env["cosmetics.review.rule"].create({"name": "Amount", "kind": "amount", "level": "block", "amount_limit": 1})
        cls.order = (
            cls.env["sale.order"]
            .with_user(cls.seller)
            .create(
                {
                    "partner_id": cls.env["res.partner"].create({"name": "Test Customer"}).id,
                    "order_line": [Command.create({"product_id": cls.product.id, "product_uom_qty": 1})],
                }
            )
        )

    def test_quotation_paid_at_the_till_is_confirmed(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.order.action_confirm()
        # Core lets a till settle quotations only for who may also write them.
        self.clerk.group_ids = [Command.link(self.env.ref("sales_team.group_sale_salesman_all_leads").id)]
        line = self.order.order_line
        self._send(self._prepare_sale(self.product, sale_order_origin_id=self.order.id, sale_order_line_id=line.id))
        self.assertEqual(self.order.state, "sale")

    def test_store_manager_waives_and_clerk_does_not(self):
        self.order._review()
        self.assertFalse(self.clerk.has_group("cosmetics_sales.group_order_reviewer"))
        self.order.finding_ids.with_user(self.manager)._waive("Old customer")
        self.assertEqual(self.order.with_user(self.manager).review_state, "passed")
