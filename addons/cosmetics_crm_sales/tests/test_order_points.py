"""Points of orders: earned on what is paid, spent once, and gone when the goods go back."""

from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import PointsSalesCommon


@tagged("post_install", "-at_install")
class TestOrderPoints(PointsSalesCommon):
    def test_no_orders_ask_the_ledgers_nothing(self):
        """Invoices call it for each of their orders, most of which have no points."""
        with self.assertQueryCount(0):
            self.env["sale.order"]._update_points()

    def test_points_are_pending_until_some_days_after_delivery(self):
        card = self._create_card()
        order = self._create_web_order((self.cream, 2))
        order.action_confirm()
        self.assertEqual(self._figures(card), (0, 200, 0))
        self._deliver(order)
        with freeze_time("2026-11-29 04:00:00"):
            self._run_night()
            self.assertEqual(self._figures(card), (0, 200, 0))
        self.assertEqual(card.points_batch_ids.available_on, date(2026, 11, 30))
        with freeze_time("2026-11-30 04:00:00"):
            self._run_night()
            self.assertEqual(self._figures(card), (200, 0, 0))
        self._assert_ledger_adds_up()

    def test_first_order_of_a_buyer_opens_the_card(self):
        order = self._create_web_order((self.cream, 1))
        order.action_confirm()
        card = self.env["loyalty.card"].search([("partner_id", "=", self.buyer.id)])
        self.assertEqual(self._figures(card), (0, 100, 0))

    def test_points_are_earned_on_what_is_paid_for_goods(self):
        card = self._create_card(points=2000)
        order = self._create_web_order(
            (self.cream, 2), (self.freight, 1), (self.pouch, 1, {"is_gift": True, "price_unit": 0}), (self.mirror, 1, {"discount": 10})
        )
        self._pay_by_points(order, card)
        order.action_confirm()
        self.assertEqual(order.amount_total, 235)
        # 200 + 45 of goods, 20 paid by points; 10 freight and the gift earn nothing
        self.assertEqual(self._figures(card), (0, 225, 0))

    def test_points_an_order_earns_cannot_be_spent_in_it(self):
        self.program.points_start = "order"
        card = self._create_card()
        order = self._create_web_order((self.cream, 2))
        order._update_programs_and_rewards()
        self.assertEqual(order._get_real_points_for_coupon(card), 0)
        self.assertTrue(order._apply_program_reward(self.reward, card.with_env(order.env))["error"])

    def test_cancelled_order_gives_and_takes_its_points_back(self):
        card = self._create_card(points=1000)
        order = self._create_web_order((self.cream, 1))
        self._pay_by_points(order, card)
        order.action_confirm()
        self.assertEqual(self._figures(card), (0, 90, 0))
        order._action_cancel()
        self.assertEqual(self._figures(card), (1000, 0, 0))
        self.assertEqual(
            card.points_move_ids.sorted("id").mapped(lambda move: (move.kind, move.points)),
            [("opening", 1000), ("spend", -1000), ("earn", 90), ("give_back", 1000), ("take_back", -90)],
        )
        self.assertEqual(sum(card.history_ids.mapped(lambda line: line.issued - line.used)), 1000)
        self._assert_ledger_adds_up()

    def test_order_confirmed_again_earns_once(self):
        card = self._create_card()
        order = self._create_web_order((self.cream, 1))
        order.action_confirm()
        order._sync_points()
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._figures(card), (0, 100, 0))

    def test_points_spent_in_another_channel_are_gone_erpnext_59050(self):
        """Two quotations count on the same points: only the first confirmed gets them."""
        card = self._create_card(points=1000)
        first, second = self._create_web_order((self.cream, 1)), self._create_web_order((self.cream, 1))
        for order in first, second:
            self._pay_by_points(order, card)
        first.action_confirm()
        with self.assertRaises(UserError):
            second.action_confirm()
        self.assertEqual(self._figures(card), (0, 90, 0))

    def test_refund_takes_the_points_back_odoo_257854(self):
        card = self._create_card()
        order = self._create_web_order((self.cream, 1), (self.lotion, 2))
        order.action_confirm()
        self._deliver(order)
        order.sudo()._create_invoices().action_post()
        self.assertEqual(self._figures(card), (0, 200, 0))
        note = self._credit(order, self.lotion)
        self.assertEqual(self._figures(card), (0, 100, 0))
        note.button_draft()
        self.assertEqual(self._figures(card), (0, 200, 0))
        self._assert_ledger_adds_up()

    def test_aftersale_refund_gives_and_takes_back_in_proportion(self):
        card = self._create_card(points=3000)
        order = self._create_web_order((self.cream, 2), (self.lotion, 2))
        self._pay_by_points(order, card)
        order.action_confirm()
        self._deliver(order)
        order.sudo()._create_invoices().action_post()
        self.assertEqual(self._figures(card), (0, 270, 0))
        aftersale = self._create_aftersale(order.sudo(), (order.order_line[0], 1))
        self._bring_back(aftersale)
        aftersale.action_refund()
        aftersale.sudo().credit_note_ids.action_post()
        aftersale.with_user(self.accountant).action_refunded()
        self.assertEqual(self._figures(card), (1000, 180, 0))
        self._assert_ledger_adds_up()

    def test_refund_of_spent_points_leaves_a_debt_that_the_next_order_pays(self):
        self.program.points_start = "order"
        card = self._create_card()
        first = self._create_web_order((self.cream, 2))
        first.action_confirm()
        self._deliver(first)
        second = self._create_web_order((self.cream, 1))
        self._pay_by_points(second, card)
        second.action_confirm()
        self.assertEqual(self._figures(card), (98, 0, 0))
        self._return_goods(first)
        self.assertEqual(self._figures(card), (0, 0, 102))
        third = self._create_web_order((self.cream, 2))
        third.action_confirm()
        self.assertEqual(self._figures(card), (98, 0, 0))
        self._assert_ledger_adds_up()

    def test_points_pay_at_most_the_cap_of_the_program(self):
        self.program.points_redeem_cap = 50
        card = self._create_card(points=100000)
        order = self._create_web_order((self.cream, 2), (self.freight, 1))
        self._pay_by_points(order, card)
        self.assertEqual(order.amount_total, 110)
        order.action_confirm()
        self.assertEqual(card.points, 90000)

    def test_order_above_the_cap_is_not_confirmed(self):
        self.program.reward_ids = [Command.create({"reward_type": "discount", "discount": 80, "required_points": 10})]
        self.reward = self.program.reward_ids.filtered(lambda reward: reward.discount_mode == "percent")
        self.program.points_redeem_cap = 50
        card = self._create_card(points=10)
        order = self._create_web_order((self.cream, 1))
        self._pay_by_points(order, card)
        with self.assertRaises(ValidationError):
            order.action_confirm()

    def test_fewer_pieces_on_a_confirmed_order_earn_fewer_points(self):
        card = self._create_card()
        order = self._create_web_order((self.cream, 3))
        order.action_confirm()
        order.order_line.product_uom_qty = 1
        self.assertEqual(self._figures(card), (0, 100, 0))
        self._assert_ledger_adds_up()
