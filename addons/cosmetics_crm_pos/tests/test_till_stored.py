"""Stored-value cards at the till: the server decides what is topped up, paid and given back."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_stored import TillStoredCommon


@tagged("post_install", "-at_install")
class TestTillStored(TillStoredCommon):
    def _conflicts(self, order):
        return order.points_conflict_ids.mapped(lambda conflict: (conflict.kind, conflict.value))

    def test_top_up_makes_the_card_and_earns_no_points(self):
        order = self._charge()
        self.assertEqual((self._held(), self._stored_card().points, order.points_earned), ((1000, 200), 1200, 0))
        self.assertFalse(order.points_conflict_ids)

    def test_sale_that_comes_twice_counts_once(self):
        ticket = self._prepare_ticket(self._prepare_line(self.top_up))
        self._send(dict(ticket))
        order = self._send(dict(ticket))
        order._post_stored()
        self.assertEqual(self._held(), (1000, 200))

    def test_card_pays_pro_rata_and_what_it_pays_earns_points(self):
        self._charge()
        order = self._pay(600)
        self.assertEqual((self._held(), order.stored_paid), ((500, 100), 600))
        self.assertEqual((order.stored_principal_used, order.stored_bonus_used, order.points_earned), (500, 100, 600))
        self.assertFalse(self._stored_differences())

    def test_till_without_a_connection_cannot_overspend(self):
        self._charge(100)
        first, second = self._pay(100), self._pay(100)
        self.assertEqual((first.stored_paid, second.stored_paid, self._held()), (100, 0, (0, 0)))
        self.assertEqual((self._conflicts(first), self._conflicts(second)), ([], [("stored", 100)]))

    def test_lost_card_pays_nothing_and_the_sale_is_listed(self):
        self._charge()
        card = self._stored_card()
        card.action_report_lost()
        order = self._pay(100, card)
        self.assertEqual((self._held(card), self._conflicts(order)), ((1000, 200), [("stored", 100)]))
        self.assertIn("reported lost", order.points_conflict_ids.sentence)

    def test_lost_card_is_still_topped_up(self):
        self._charge(100)
        self._stored_card().action_report_lost()
        self._charge(50)
        self.assertEqual(self._held(), (150, 0))

    def test_named_card_pays_for_its_holder_only(self):
        self._charge()
        other = self._create_member("Other Member", "13912345670")
        order = self._pay(100, self._stored_card(), partner=other)
        self.assertEqual((self._held(), self._conflicts(order)), ((1000, 200), [("stored", 100)]))

    def test_top_up_beyond_the_limit_is_refused_before_and_listed_after(self):
        ask = self.env["pos.order"].with_user(self.clerk).check_stored_top_up
        self.assertEqual(ask(self.till.id, self.member.id, [[self.top_up.id, 4800]], False), [])
        self.assertEqual(len(ask(self.till.id, self.member.id, [[self.top_up.id, 4801]], False)), 1)
        order = self._charge(4801)
        self.assertEqual((self._held(), self._conflicts(order)), ((4801, 200), [("stored_rule", 4801)]))

    def test_unknown_holder_is_refused_before_the_money_is_taken(self):
        self.member.identity_number = False
        ask = self.env["pos.order"].with_user(self.clerk).check_stored_top_up
        self.assertIn("identity", ask(self.till.id, self.member.id, [[self.top_up.id, 100]], False)[0])

    def test_only_who_works_at_a_till_asks(self):
        stranger = self._create_user("test_stored_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["pos.order"].with_user(stranger).check_stored_top_up(self.till.id, self.member.id, [[self.top_up.id, 1]], False)

    def test_card_does_not_pay_for_a_top_up(self):
        self._charge()
        order = self._pay(500, None, self._prepare_line(self.top_up, price=500))
        self.assertEqual((self._held(), self._conflicts(order)), ((583.33, 116.67), [("stored_rule", 500)]))

    def test_returned_purchase_gives_back_to_the_same_top_up(self):
        self._charge()
        sale = self._pay(600)
        payment = sale.lines.filtered("reward_id")
        back = self._sell(
            self._prepare_line(self.product, -1, 600, refunded_orderline_id=sale.lines[0].id),
            self._prepare_line(payment.product_id, -1, -600, refunded_orderline_id=payment.id),
            is_refund=True,
        )
        self.assertEqual((self._held(), back.stored_paid), ((1000, 200), -600))
        sale.invalidate_recordset()
        self.assertEqual((back.stored_principal_used, sale.stored_principal_used), (0, 0))
        self.assertFalse(self._stored_differences())

    def test_till_that_gives_back_more_than_was_paid_is_listed(self):
        self._charge()
        sale = self._pay(600)
        payment = sale.lines.filtered("reward_id")
        back = self._sell(self._prepare_line(payment.product_id, -1, -900, refunded_orderline_id=payment.id), is_refund=True)
        self.assertEqual((self._held(), self._conflicts(back)), ((1000, 200), [("stored", 300)]))

    def test_goods_given_back_onto_the_card_are_principal_without_bonus(self):
        self._charge(100)
        sale = self._sell(self._prepare_line(self.product, price=1500))
        self._sell(
            self._prepare_line(self.product, -1, 1500, refunded_orderline_id=sale.lines.id),
            self._prepare_line(self.top_up, price=1500),
            is_refund=True,
        )
        self.assertEqual(self._held(), (1600, 0))

    def test_returned_top_up_is_taken_off_and_what_was_spent_is_listed(self):
        order = self._charge()
        self._pay(120)
        back = self._return(order, {0: 1})
        self.assertEqual((self._held(), self._conflicts(back)), ((0, 0), [("stored", 100)]))

    def test_till_moves_no_money_by_what_it_asks_for(self):
        self._charge()
        order, card = self._sell(), self._stored_card()
        answer = order.with_user(self.clerk).confirm_coupon_programs(
            {str(card.id): {"points": 9999, "program_id": self.stored_program.id, "coupon_id": card.id, "partner_id": self.member.id}}
        )
        self.assertEqual((self._held(), answer["coupon_updates"][0]["points"]), ((1000, 200), 1200))

    def test_clerk_who_is_an_adviser_or_reads_the_books_goes_on_to_read_all_cards(self):
        for group in ("cosmetics_crm.group_member_adviser", "account.group_account_readonly"):
            user = self._create_user(f"test_stored_{group[-8:]}", "cosmetics_sales_pos.group_shop_clerk", group)
            self.assertIn(self.card, self.env["loyalty.card"].with_user(user).search([("in_ledger", "=", True)]))

    def test_clerk_writes_no_balance(self):
        self._charge()
        with self.assertRaises(UserError):
            self._stored_card().with_user(self.clerk).write({"points": 9999})

    def test_till_asks_what_is_left_of_a_card(self):
        self._charge()
        card = self._stored_card()
        left = self.env["pos.order"].with_user(self.clerk).get_points_left
        self.assertEqual(left(card.ids), {card.id: 1200})
        card.action_report_lost()
        self.assertEqual(left(card.ids), {})

    def test_bearer_cards_are_sold_by_code_for_what_was_paid(self):
        template = self.env.ref("loyalty.mail_template_gift_card")
        printed = self.env.ref("loyalty.report_gift_card")
        program = self._create_stored_program("bearer", mail_template_id=template.id, pos_report_print_id=printed.id)
        self.stored_program.rule_ids.product_ids = self.product
        order = self._sell(self._prepare_line(self.top_up, price=300))
        data = {
            "-1": {"points": 300, "program_id": program.id, "code": "044TEST"},
            "-2": {"points": 300, "program_id": program.id, "code": "044MORE"},
        }
        order.with_user(self.clerk).confirm_coupon_programs(data)
        cards = self.env["loyalty.card"].search([("code", "in", ("044TEST", "044MORE"))], order="id")
        self.assertEqual(cards.mapped("stored_principal"), [300, 0])
        self.assertEqual(cards[0].stored_move_ids.origin_id, order.id)

    def test_shortage_of_a_card_is_never_owed_by_points(self):
        self._charge(100)
        self._pay(100)
        conflict = self._pay(100).points_conflict_ids
        manager = self._create_user("test_stored_members", "cosmetics_crm.group_member_manager")
        with self.assertRaises(UserError):
            conflict.with_user(manager)._decide("debt", "x")
        with self.assertRaises(UserError):
            conflict.with_user(manager)._decide("waive", "x")
        conflict.with_user(manager)._decide("paid", "Paid in cash")
        self.assertEqual(conflict.state, "settled")
