"""Which batches the customer has: on the order, on paper, and in a recall."""

from odoo.tests import tagged

from .common import FRESH, NEAR, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestBatches(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near = cls._create_batch("NEAR-1", NEAR, 3)
        cls.fresh = cls._create_batch("FRESH-1", FRESH, 32)

    def _deliver_order(self, quantity=5):
        order = self._create_order((self.cream, quantity), partner=self.anyone)
        order.action_confirm()
        self._deliver(order.picking_ids)
        return order

    def test_order_shows_the_batches_the_customer_has(self):
        order = self._deliver_order()
        self.assertEqual(order.order_line.delivered_batches, "NEAR-1 (2027-04-30) × 3; FRESH-1 (2029-02-28) × 2")
        self.assertEqual(order.delivered_lot_count, 2)
        action = order.action_view_delivered_batches()
        found = self.env["stock.move.line"].with_user(self.salesperson).search(action["domain"])
        self.assertEqual(found.mapped("lot_expiration_on"), [self.near.expiration_on, self.fresh.expiration_on])

    def test_a_batch_number_finds_the_orders_it_is_on(self):
        order, other = self._deliver_order(), self._create_order((self.cream, 2), partner=self.anyone)
        orders = self.env["sale.order"].with_user(self.clerk)
        self.assertEqual(orders.search([("any_number", "ilike", "near-1")]), order)
        self.assertNotIn(other, orders.search([("any_number", "ilike", "FRESH-1")]))
        self.assertFalse(orders.search([("any_number", "ilike", "FRESH-2")]))

    def test_what_came_back_is_taken_off(self):
        order = self._deliver_order()
        wizard = self.env["stock.return.picking"].with_user(self.keeper).create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 5
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        self._deliver(back)
        self.env.invalidate_all()
        self.assertEqual((order.order_line.delivered_batches, order.delivered_lot_count), ("", 0))

    def test_order_without_deliveries_shows_nothing(self):
        order = self._create_order((self.cream, 5))
        self.assertEqual((order.order_line.delivered_batches, order.delivered_lot_count), ("", 0))

    def test_many_lines_look_at_their_deliveries_once(self):
        orders = self.env["sale.order"].union(*[self._deliver_order(1) for _i in range(6)])
        counts = []
        for some in (orders[:1], orders):
            self.env.invalidate_all()
            some.order_line.mapped("state")
            before = self.env.cr.sql_log_count
            some.order_line._get_delivered_batches()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_delivery_slip_prints_the_day_on_the_pack_in_any_time_zone(self):
        order = self._deliver_order()
        self.keeper.tz = "Pacific/Auckland"
        report = self.env["ir.actions.report"].with_user(self.keeper).with_context(tz="Pacific/Auckland")
        html = report._render_qweb_html("stock.action_report_delivery", order.picking_ids.ids)[0].decode()
        self.assertIn("NEAR-1", html)
        self.assertRegex(html, "04/30/2027|2027/04/30")
        self.assertNotRegex(html, "05/01/2027|2027/05/01|15:59")

    def test_invoice_prints_batches_and_use_by_dates(self):
        order = self._deliver_order()
        biller = self._create_user("test_biller", "account.group_account_invoice")
        invoice = order.with_user(biller).sudo()._create_invoices().sudo(False)
        invoice.sudo().action_post()
        values = {row["lot_name"]: row["use_by"] for row in invoice.sudo()._get_invoiced_lot_values()}
        self.assertEqual(values, {"NEAR-1": self.near.expiration_on, "FRESH-1": self.fresh.expiration_on})
        html = self.env["ir.actions.report"].with_user(biller)._render_qweb_html("account.report_invoice", invoice.ids)[0].decode()
        self.assertIn("NEAR-1", html)
        self.assertRegex(html, "04/30/2027|2027/04/30")
