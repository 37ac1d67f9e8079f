"""Who moves the points of orders, and what many orders at once cost."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PointsSalesCommon


@tagged("post_install", "-at_install")
class TestOrderPointsRoles(PointsSalesCommon):
    def test_salesperson_and_clerk_sell_and_cancel_with_points(self):
        card = self._create_card(points=1000)
        for user in (self.salesperson, self.ecommerce_clerk):
            order = self._create_web_order((self.cream, 1), user=user)
            self._pay_by_points(order, card)
            order.action_confirm()
            self.assertEqual(self._figures(card), (0, 90, 0))
            order._action_cancel()
            self.assertEqual(self._figures(card), (1000, 0, 0))

    def test_seller_neither_types_points_nor_reads_the_ledger(self):
        card = self._create_card(points=1000)
        for user in (self.salesperson, self.ecommerce_clerk):
            with self.assertRaises(UserError):
                card.with_user(user).points = 5000
            with self.assertRaises(AccessError):
                self.env["cosmetics.points.move"].with_user(user).search([])

    def test_seller_removes_nothing_that_a_living_order_gives(self):
        card = self._create_card()
        order = self._create_web_order((self.cream, 1))
        order.action_confirm()
        with self.assertRaises(AccessError):
            order.coupon_point_ids.unlink()
        self.assertEqual(self._figures(card), (0, 100, 0))

    def test_warehouse_takes_goods_and_with_them_points_back(self):
        card = self._create_card()
        order = self._create_web_order((self.cream, 2))
        order.action_confirm()
        self._deliver(order)
        env = self.env(user=self.keeper)
        picking = order.sudo().picking_ids.with_env(env)
        wizard = env["stock.return.picking"].with_context(active_id=picking.id, active_ids=picking.ids, active_model="stock.picking")
        wizard = wizard.create({})
        wizard.product_return_moves.write({"quantity": 1, "to_refund": True})
        back = env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.quantity = 1
        back.button_validate()
        self.assertEqual(self._figures(card), (0, 100, 0))

    def _count_statements(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders._sync_points()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _create_orders(self, partners):
        return self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "channel_id": self.web.id,
                    "warehouse_id": self.warehouse.id,
                    "order_line": [Command.create({"product_id": self.cream.id, "product_uom_qty": 1})],
                }
                for partner in partners
            ]
        )

    def test_orders_without_cards_cost_a_handful_of_statements(self):
        self.program.active = False
        partners = self.env["res.partner"].create([{"name": f"Buyer {number}", "phone": "13800138000"} for number in range(30)])
        orders = self._create_orders(partners)
        orders.action_confirm()
        self.assertLess(self._count_statements(orders), 10)

    def test_many_orders_cost_no_more_statements_each_than_few(self):
        partners = self.env["res.partner"].create([{"name": f"Buyer {number}", "phone": "13800138000"} for number in range(40)])
        orders = self._create_orders(partners)
        for order in orders:
            order._update_programs_and_rewards()
        orders.state = "sale"
        few, many = self._count_statements(orders[:4]), self._count_statements(orders[4:])
        cards = self.env["loyalty.card"].search([("program_id", "=", self.program.id)])
        self.assertEqual(sum(cards.mapped("points_pending")), 4000)
        self.assertLess(many, few + 10)

    def test_one_order_without_enough_points_stops_no_other(self):
        card = self._create_card(points=1000)
        orders = self.env["sale.order"]
        for _number in range(2):
            order = self._create_web_order((self.cream, 1))
            self._pay_by_points(order, card)
            orders |= order
        orders |= self._create_web_order((self.lotion, 1))
        done, refused = orders._confirm_in_bulk()
        self.assertEqual((len(done), len(refused)), (2, 1))
        self.assertEqual(self._figures(card), (0, 140, 0))
        self._assert_ledger_adds_up()
