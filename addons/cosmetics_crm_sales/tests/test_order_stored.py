"""Orders top up stored-value cards and are paid with them."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_stored import StoredSalesCommon


@tagged("post_install", "-at_install")
class TestOrderStored(StoredSalesCommon):
    def _buy(self, *lines, top_up=1000):
        """Return a confirmed order paid with a card as far as it goes, and the card."""
        _order, card = self._top_up(top_up)
        order = self._create_web_order(*lines)
        self._pay_by_card(order, card)
        order.action_confirm()
        return order, card

    def test_confirmed_top_up_is_on_the_card(self):
        order, card = self._top_up()
        self.assertEqual((self._held(card), card.points), ((1000, 200), 1200))
        self.assertEqual(
            card.stored_move_ids.mapped(lambda move: (move.kind, move.origin_model, move.origin_id)), [("top_up", "sale.order", order.id)]
        )
        self.assertEqual((order.amount_tax, order.amount_total), (0, 1000))

    def test_quotation_tops_up_nothing(self):
        order = self._create_web_order((self.top_up, 1))
        order._update_programs_and_rewards()
        self.assertFalse(self.env["cosmetics.stored.move"].search([("origin_model", "=", "sale.order"), ("origin_id", "=", order.id)]))

    def test_top_up_beyond_the_limit_is_refused(self):
        with self.assertRaisesRegex(UserError, "the law allows 5000"):
            self._top_up(4801)

    def test_top_up_of_an_unknown_holder_is_refused(self):
        self.buyer.identity_number = False
        with self.assertRaisesRegex(UserError, "identity"):
            self._top_up()

    def test_taxed_top_up_is_refused(self):
        order = self._create_web_order((self.top_up, 1, {"tax_ids": [Command.set(self.vat.ids)]}))
        order._update_programs_and_rewards()
        with self.assertRaisesRegex(UserError, "take the tax off"):
            order.action_confirm()

    def test_card_pays_and_the_tax_of_the_goods_stays(self):
        order, card = self._buy((self.cream, 6))
        self.assertEqual((order.amount_total, self._held(card)), (0, (500, 100)))
        payment = order.order_line.filtered("coupon_id")
        self.assertEqual((payment.price_total, payment.tax_ids.ids), (-600, []))
        # The tax of 600 with 13% in it: what the card paid lowers what is due, not what is taxed.
        self.assertAlmostEqual(order.amount_tax, 69.03)
        self.assertEqual((order.stored_principal_used, order.stored_bonus_used), (500, 100))

    def test_card_pays_no_more_than_it_holds(self):
        order, card = self._buy((self.cream, 15))
        self.assertEqual((order.amount_total, self._held(card)), (300, (0, 0)))

    def test_second_order_on_the_same_money_is_refused(self):
        _order, card = self._top_up(100)
        first, second = self._create_web_order((self.cream, 1)), self._create_web_order((self.cream, 1))
        for order in (first, second):
            self._pay_by_card(order, card)
        first.action_confirm()
        with self.assertRaises(UserError):
            second.action_confirm()
        self.assertEqual(self._held(card), (0, 0))

    def test_lost_card_pays_no_order(self):
        _order, card = self._top_up()
        order = self._create_web_order((self.cream, 1))
        self._pay_by_card(order, card)
        card.action_report_lost()
        with self.assertRaisesRegex(UserError, "reported lost"):
            order.action_confirm()

    def test_card_never_pays_for_a_top_up(self):
        _order, card = self._top_up()
        order = self._create_web_order((self.top_up, 1, {"price_unit": 100}), (self.lotion, 1))
        self._pay_by_card(order, card)
        self.assertEqual(order.order_line.filtered("coupon_id").price_total, -50)
        order.order_line.filtered("coupon_id").sudo().price_unit = -150
        with self.assertRaisesRegex(UserError, "paid with money"):
            order._check_stored_top_up_lines()

    def test_coupon_makes_no_top_up_cheaper(self):
        coupon = {"reward_type": "discount", "discount_mode": "percent", "discount": 20, "discount_applicability": "order"}
        vals = {"name": "Test 20%", "program_type": "promotion", "trigger": "auto", "applies_on": "current"}
        program = self.env["loyalty.program"].create({**vals, "rule_ids": [Command.create({})], "reward_ids": [Command.create(coupon)]})
        order = self._create_web_order((self.top_up, 1), (self.cream, 1))
        order._update_programs_and_rewards()
        order._apply_program_reward(program.reward_ids, order.coupon_point_ids.coupon_id.filtered(lambda card: card.program_id == program))
        order.action_confirm()
        card = order.coupon_point_ids.coupon_id.filtered("stored_kind")
        self.assertEqual((order.amount_total, self._held(card)), (1080, (1000, 200)))

    def test_cancelled_order_gives_the_money_back_to_the_same_top_up(self):
        order, card = self._buy((self.cream, 6))
        order._action_cancel()
        self.assertEqual(self._held(card), (1000, 200))
        self.assertFalse(self._stored_differences())

    def test_cancelled_top_up_is_taken_off_the_card(self):
        order, card = self._top_up()
        order._action_cancel()
        self.assertEqual(self._held(card), (0, 0))

    def test_top_up_that_was_used_is_not_cancelled(self):
        _order, card = self._buy((self.cream, 1))
        top_up = self.env["sale.order"].browse(card.stored_batch_ids.origin_id)
        with self.assertRaisesRegex(UserError, "Refund the card instead"):
            top_up._action_cancel()

    def test_returned_goods_bring_their_share_back(self):
        order, card = self._buy((self.cream, 4), (self.lotion, 4))
        self._deliver(order)
        self._return_goods(order, self.cream, 2)
        self.assertEqual(self._held(card), (666.67, 133.33))
        self.assertFalse(self._stored_differences())

    def test_credit_note_gives_back_what_it_credits_of_the_payment(self):
        order, card = self._buy((self.cream, 6))
        self._deliver(order)
        order.sudo()._create_invoices().action_post()
        payment = order.order_line.filtered("coupon_id").product_id
        note = self._credit(order, self.cream)
        self.assertEqual((note.amount_total, self._held(card)), (600, (500, 100)))
        note.button_draft()
        note.with_context(check_move_validity=False).invoice_line_ids = [
            Command.create(
                {
                    "product_id": payment.id,
                    "price_unit": -600,
                    "quantity": 1,
                    "tax_ids": [Command.clear()],
                    "sale_line_ids": [Command.set(order.order_line.filtered("coupon_id").ids)],
                }
            )
        ]
        note.action_post()
        self.assertEqual((note.amount_total, self._held(card)), (0, (1000, 200)))

    def test_changed_order_moves_the_difference(self):
        order, card = self._buy((self.cream, 6))
        order.order_line.filtered(lambda line: line.product_id == self.cream).product_uom_qty = 3
        order._update_programs_and_rewards()
        self.assertEqual(self._held(card), (1000 - 250, 200 - 50))
        self.assertFalse(self._stored_differences())

    def test_top_up_earns_no_points_and_what_the_card_pays_does(self):
        self.program.active = True
        order = self._create_web_order((self.top_up, 1), (self.cream, 1))
        order._update_programs_and_rewards()
        self.assertEqual(sum(order.coupon_point_ids.filtered("coupon_id.in_ledger").mapped("points")), 100)

    def test_bearer_cards_are_sold_one_by_one_and_pay_by_code(self):
        self.stored_program.active = False
        program = self._create_stored_program("bearer")
        order = self._create_web_order((self.top_up, 2, {"price_unit": 300}))
        order._update_programs_and_rewards()
        order.action_confirm()
        cards = self.env["loyalty.card"].search([("program_id", "=", program.id)])
        self.assertEqual(cards.mapped("stored_principal"), [300, 300])
        self.assertTrue(all(cards.mapped("expiration_date")))
        sale = self._create_web_order((self.cream, 1))
        sale._try_apply_code(cards[0].code)
        self._pay_by_card(sale, cards[0])
        sale.action_confirm()
        self.assertEqual(cards.mapped("stored_principal"), [200, 300])
        with self.assertRaisesRegex(UserError, "Refund the card"):
            order._action_cancel()

    def test_cancelled_sale_of_bearer_cards_empties_them(self):
        self.stored_program.active = False
        program = self._create_stored_program("bearer")
        order = self._create_web_order((self.top_up, 1, {"price_unit": 300}))
        order._update_programs_and_rewards()
        order.action_confirm()
        card = self.env["loyalty.card"].search([("program_id", "=", program.id)])
        order._action_cancel()
        self.assertEqual(self._held(card), (0, 0))
