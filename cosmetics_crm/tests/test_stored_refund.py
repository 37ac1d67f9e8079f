"""Refunds of cards: what is due, who asks, who approves, who pays."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_stored import StoredCommon

MAY = "2026-05-01 04:00:00"
# 120 days later
AUGUST = "2026-08-29 04:00:00"


@tagged("post_install", "-at_install")
class TestStoredRefund(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        with freeze_time(MAY):
            self._move(self.card, "top_up", 1000, "a")

    def _ask(self, reason="operator", user=None, **vals):
        model = self.env["cosmetics.stored.refund"].with_user(user or self.adviser)
        return model.create({"card_id": self.card.id, "reason": reason, **vals})

    def _spend(self, amount, **vals):
        with freeze_time(MAY):
            self._move(self.card, "spend", amount, f"spend {amount}", **vals)

    @freeze_time(MAY)
    def test_worked_case_of_the_bonus(self):
        self._spend(600)
        self.assertEqual(self._ask().principal_back, 500)

    @freeze_time(MAY)
    def test_worked_cases_of_the_discount_card(self):
        program = self._create_stored_program(stored_offer_ids=[])
        self.card = self._create_stored_card(program=program)
        self._move(self.card, "top_up", 1000, "b")
        self._spend(480, list_amount=600)
        refund = self._ask()
        self.assertEqual(refund.principal_back, 520)
        refund.reason = "consumer"
        self.assertEqual(refund.principal_back, 400)

    @freeze_time(MAY)
    def test_list_price_may_be_entered_where_the_ledger_does_not_know_it(self):
        self._spend(480)
        refund = self._ask("consumer", list_amount=600)
        self.assertEqual(refund.principal_back, 400)

    def test_interest_is_that_of_the_reason(self):
        self._spend(600)
        with freeze_time(AUGUST):
            refund = self._ask()
            self.assertEqual((refund.principal_back, refund.interest, refund.amount), (500, 5, 505))
            refund.reason = "consumer"
            self.assertEqual((refund.principal_back, refund.interest), (400, 2))
            self.assertIn("goods of 600.00 at list price were bought, so 400.00 goes back, with 2.00 interest", refund.computation)

    @freeze_time(AUGUST)
    def test_rates_are_those_of_the_day_of_the_top_up(self):
        self.env.company.stored_lpr_rate = 30
        self.assertEqual(self._ask().interest, 10)

    @freeze_time("2026-05-08 04:00:00")
    def test_within_seven_days_the_principal_comes_back_in_full(self):
        refund = self._ask("seven_days")
        refund.action_submit()
        self.assertEqual((refund.principal_back, refund.interest), (1000, 0))

    def test_seven_days_are_over_or_something_was_used(self):
        with freeze_time("2026-05-09 04:00:00"), self.assertRaisesRegex(UserError, "Choose another reason"):
            self._ask("seven_days").action_submit()
        self._spend(1)
        with freeze_time(MAY), self.assertRaisesRegex(UserError, "Choose another reason"):
            self.env["cosmetics.stored.refund"].search([]).unlink()
            self._ask("seven_days").action_submit()

    @freeze_time(MAY)
    def test_one_asks_and_another_approves_and_the_card_is_closed(self):
        self._spend(600)
        refund = self._ask()
        refund.action_submit()
        self.assertEqual((refund.state, refund.deadline_on), ("waiting", date(2026, 5, 16)))
        activity = self.env["mail.activity"].search([("res_model", "=", refund._name), ("res_id", "=", refund.id)])
        self.assertEqual(activity.date_deadline, date(2026, 5, 16))
        refund.with_user(self.approver).action_approve()
        self.assertEqual((refund.state, refund.approved_by_id, refund.principal_back), ("approved", self.approver, 500))
        self.assertEqual((self._held(self.card), self.card.stored_state, self.card.active), ((0, 0), "closed", False))
        move = self.card.stored_move_ids[0]
        self.assertEqual((move.kind, move.principal, move.bonus, move.origin_id), ("refund", -500, -100, refund.id))
        with self.assertRaisesRegex(UserError, "refunded and is closed"):
            self._move(self.card, "spend", 1, "c")
        with self.assertRaisesRegex(UserError, "refunded and is closed"):
            self._move(self.card, "top_up", 1, "d")
        self.assertFalse(self._stored_differences())

    @freeze_time(MAY)
    def test_figures_of_an_approved_refund_stay(self):
        refund = self._ask()
        refund.action_submit()
        refund.with_user(self.approver).action_approve()
        with freeze_time(AUGUST):
            self.env.invalidate_all()
            self.env.add_to_compute(refund._fields["principal_back"], refund)
            self.assertEqual((refund.principal_back, refund.interest, refund.bonus_left), (1000, 0, 200))

    @freeze_time(MAY)
    def test_approved_refund_is_paid_with_how(self):
        refund = self._ask()
        with self.assertRaises(UserError):
            refund.action_pay()
        refund.action_submit()
        refund.with_user(self.approver).action_approve()
        with self.assertRaisesRegex(UserError, "Say how"):
            refund.action_pay()
        with Form(refund) as form:
            form.paid_how = "transfer"
            form.paid_reference = "BOC 7"
        refund.action_pay()
        self.assertEqual((refund.state, refund.paid_by_id, refund.paid_on), ("paid", self.adviser, date(2026, 5, 1)))
        self.assertFalse(refund.activity_ids)
        with self.assertRaises(UserError):
            refund.paid_reference = "other"

    @freeze_time(MAY)
    def test_nobody_approves_their_own_and_advisers_approve_none(self):
        own = self._ask(user=self.approver)
        own.action_submit()
        with self.assertRaises(UserError):
            own.action_approve()
        with self.assertRaises(AccessError):
            own.with_user(self.adviser).action_approve()
        with self.assertRaises(AccessError):
            own.with_user(self.manager).action_approve()
        self.assertFalse(own.may_decide)

    @freeze_time(MAY)
    def test_figures_and_states_are_not_typed(self):
        forged = self._ask(state="approved", principal_back=9000, requested_by_id=self.approver.id)
        self.assertEqual((forged.state, forged.principal_back, forged.requested_by_id), ("draft", 1000, self.adviser))
        for vals in ({"state": "approved"}, {"principal_back": 1}, {"interest": 9}, {"computation": "x"}, {"requested_by_id": 1}):
            with self.subTest(vals), self.assertRaises(UserError):
                forged.write(vals)
        forged.action_submit()
        for vals in ({"reason": "consumer"}, {"list_amount": 1}, {"requested_on": "2026-01-01"}):
            with self.subTest(vals), self.assertRaises(UserError):
                forged.write(vals)

    @freeze_time(MAY)
    def test_refused_refund_moves_nothing(self):
        refund = self._ask()
        refund.action_submit()
        refund.with_user(self.approver).action_refuse()
        self.assertEqual((refund.state, self._held(self.card)), ("refused", (1000, 200)))
        self._ask()

    @freeze_time(MAY)
    def test_one_open_refund_for_each_card(self):
        self._ask()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._ask()

    @freeze_time(MAY)
    def test_adviser_asks_only_for_own_members(self):
        other = self._create_user("test_refund_other", "cosmetics_crm.group_member_adviser")
        self._assign_stores(other, self.other_store)
        with self.assertRaises(AccessError):
            self._ask(user=other)

    @freeze_time(MAY)
    def test_replaced_card_is_refunded_with_the_days_of_the_old_one(self):
        self._spend(600, list_amount=700)
        self.card.with_user(self.adviser).action_report_lost()
        self.card = self.env["loyalty.card"].browse(self.card.with_user(self.adviser).action_replace()["res_id"])
        with freeze_time(AUGUST):
            refund = self._ask("consumer")
            self.assertEqual((refund.principal_back, refund.interest), (300, 1.5))

    @freeze_time(MAY)
    def test_what_comes_back_after_the_refund_is_refunded_again(self):
        self._move(self.card, "spend", 600, "sale", origin=self.card.partner_id)
        refund = self._ask()
        refund.action_submit()
        refund.with_user(self.approver).action_approve()
        self._move(self.card, "give_back", 300, "back", origin=self.card.partner_id)
        self.assertEqual(self._held(self.card), (250, 50))
        second = self._ask()
        self.assertEqual(second.principal_back, 250)
        second.action_submit()
        second.with_user(self.approver).action_approve()
        self.assertEqual(self._held(self.card), (0, 0))

    @freeze_time(MAY)
    def test_customer_cannot_have_asked_tomorrow(self):
        with self.assertRaises(UserError):
            self._ask(requested_on="2026-05-02")
