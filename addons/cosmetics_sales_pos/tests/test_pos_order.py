"""A paid sale is never lost; one against the life cycle is put on a list."""

from odoo import Command
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestPosOrder(TillCommon):
    def _activities(self, product):
        return product.product_tmpl_id.activity_ids

    def test_ordinary_sale_is_no_exception(self):
        order = self._send(self._prepare_sale(self.product))
        self.assertEqual(order.state, "paid")
        self.assertFalse(order.lifecycle_exception)
        self.assertFalse(self._activities(self.product))

    def test_paid_sale_of_a_delisted_product_is_kept_and_listed(self):
        order = self._send(self._prepare_sale(self.delisted))
        self.assertEqual((order.state, order.amount_paid), ("paid", self.delisted.lst_price))
        self.assertIn("Old Serum", order.lifecycle_exception)
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_sales_pos.pos_order_lifecycle_action")
        listed = self.env["pos.order"].with_user(self.manager).search([("lifecycle_exception", "!=", False)])
        self.assertEqual(action["domain"].replace(" ", ""), '[("lifecycle_exception","!=",False)]')
        self.assertIn(order, listed)

    def test_other_sales_of_the_same_sending_are_kept(self):
        orders = self._send(self._prepare_sale(self.delisted), self._prepare_sale(self.product))
        self.assertEqual(orders.mapped("state"), ["paid", "paid"])
        self.assertEqual([bool(order.lifecycle_exception) for order in orders], [True, False])

    def test_store_manager_is_asked_once_per_product(self):
        self._send(self._prepare_sale(self.delisted))
        self._send(self._prepare_sale(self.delisted))
        activity = self._activities(self.delisted)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.manager)
        self.assertIn("Old Serum", activity.note)

    def test_clerk_who_left_the_shop_loses_no_sale(self):
        self._open_till()
        self._assign_stores(self.clerk, self.env["cosmetics.store"])
        self.assertFalse(self.env["cosmetics.store"].with_user(self.clerk).search([("id", "=", self.store.id)]))
        self.assertEqual(self._send(self._prepare_sale(self.delisted)).state, "paid")

    def test_till_without_a_store_asks_whoever_opened_it(self):
        self.till.store_id = False
        self.clerk.group_ids += self.env.ref("cosmetics_base.group_all_stores")
        self._send(self._prepare_sale(self.delisted))
        self.assertEqual(self._activities(self.delisted).user_id, self.clerk)

    def test_sale_that_is_not_paid_yet_is_no_exception(self):
        order = self._send(self._prepare_sale(self.delisted, state="draft"))
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.lifecycle_exception)

    def test_quotation_settled_at_the_till_is_confirmed_though_its_product_was_delisted(self):
        self.clerk.group_ids += self.env.ref("cosmetics_sales.group_salesperson")
        customer = self.env["res.partner"].create({"name": "Test Customer"})
        lines = [Command.create({"product_id": self.product.id, "product_uom_qty": 1})]
        quotation = self.env["sale.order"].with_user(self.clerk).create({"partner_id": customer.id, "order_line": lines})
        self.product.lifecycle_stage_id = self.stage_delisted
        link = {"sale_order_origin_id": quotation.id, "sale_order_line_id": quotation.order_line.id}
        order = self._send(self._prepare_sale(self.product, **link))
        self.assertEqual((order.state, quotation.state), ("paid", "sale"))
        self.assertTrue(order.lifecycle_exception)

    def test_return_of_a_delisted_product_is_taken_and_no_exception(self):
        order = self._send(self._prepare_sale(self.product))
        self.product.lifecycle_stage_id = self.stage_delisted
        refund = self._send(self._prepare_sale(self.product, quantity=-1, refunded_orderline_id=order.lines.id))
        self.assertEqual((refund.state, refund.amount_total), ("paid", -self.product.lst_price))
        self.assertFalse(refund.lifecycle_exception)
        self.assertEqual(order.lines.refunded_qty, 1)
