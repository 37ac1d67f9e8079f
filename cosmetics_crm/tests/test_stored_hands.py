"""Who lays hands on cards and refunds, in which order: each step has its role, its moment and its trace."""

from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError
from psycopg2.errors import RaiseException

from .common_stored import StoredCommon

MAY = "2026-05-01 04:00:00"


@tagged("post_install", "-at_install")
@freeze_time(MAY)
class TestRefundHands(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 1000, "a")

    def _ask(self, user=None, submit=True, **vals):
        model = self.env["cosmetics.stored.refund"].with_user(user or self.adviser)
        refund = model.create({"card_id": self.card.id, "reason": "operator", **vals})
        if submit:
            refund.action_submit()
        return refund

    def test_member_manager_refuses_no_refund(self):
        with self.assertRaises(AccessError):
            self._ask().with_user(self.manager).action_refuse()

    def test_nobody_refuses_a_refund_of_their_own(self):
        with self.assertRaisesRegex(UserError, "of their own"):
            self._ask(self.approver).action_refuse()

    def test_refusal_says_who_decided_and_takes_the_reminder_away(self):
        refund = self._ask()
        self.assertTrue(refund.activity_ids)
        refund.with_user(self.approver).action_refuse()
        self.assertEqual((refund.approved_by_id, refund.approved_on, refund.activity_ids.ids), (self.approver, date(2026, 5, 1), []))

    def test_refused_refund_is_not_approved_afterwards(self):
        refund = self._ask().with_user(self.approver)
        refund.action_refuse()
        with self.assertRaisesRegex(UserError, "not due"):
            refund.action_approve()

    def test_refund_is_approved_once(self):
        refund = self._ask().with_user(self.approver)
        refund.action_approve()
        with self.assertRaisesRegex(UserError, "not due"):
            refund.action_approve()

    def test_draft_is_not_approved_before_it_is_asked_for(self):
        with self.assertRaisesRegex(UserError, "not due"):
            self._ask(submit=False).with_user(self.approver).action_approve()

    def test_purchase_between_request_and_approval_lowers_what_is_due(self):
        refund = self._ask()
        self._move(self.card, "spend", 600, "b")
        refund.with_user(self.approver).action_approve()
        self.assertEqual((refund.principal_back, refund.bonus_left, refund.amount), (500, 100, 500))

    def test_purchase_after_the_request_ends_the_right_of_seven_days(self):
        refund = self._ask(reason="seven_days")
        self._move(self.card, "spend", 1, "b")
        with self.assertRaisesRegex(UserError, "Choose another reason"):
            refund.with_user(self.approver).action_approve()
        self.assertEqual(self.card.stored_state, "active")

    def test_reminder_goes_to_an_approver_who_did_not_ask(self):
        refund = self._ask(self.approver)
        self.assertFalse(refund.activity_ids.user_id & self.approver)

    def test_button_to_decide_shows_to_an_approver_who_did_not_ask(self):
        refund = self._ask()
        shown = [refund.with_user(user).may_decide for user in (self.adviser, self.manager, self.approver)]
        self.assertEqual(shown, [False, False, True])

    def test_books_neither_ask_nor_pay(self):
        books = self._create_user("test_hands_books", "account.group_account_readonly")
        refund = self._ask()
        refund.with_user(self.approver).action_approve()
        refund.paid_how = "cash"
        self.assertEqual(refund.with_user(books).amount, 1000)
        with self.assertRaises(AccessError):
            refund.with_user(books).action_pay()
        with self.assertRaises(AccessError):
            self._ask(books)

    def test_adviser_of_another_store_neither_reads_nor_pays_a_refund(self):
        other = self._create_user("test_hands_other", "cosmetics_crm.group_member_adviser")
        self._assign_stores(other, self.other_store)
        refund = self._ask()
        refund.with_user(self.approver).action_approve()
        self.assertFalse(self.env["cosmetics.stored.refund"].with_user(other).search([("id", "=", refund.id)]))
        with self.assertRaises(AccessError):
            refund.with_user(other).action_pay()

    def test_draft_is_not_moved_to_the_card_of_somebody_else_s_member(self):
        refund = self._ask(submit=False)
        foreign = self._create_stored_card(self._create_holder("Other", member_store_id=self.other_store.id))
        with self.assertRaises(AccessError), self.cr.savepoint():
            refund.card_id = foreign
            refund.flush_recordset()

    def test_draft_is_thrown_away_and_the_card_may_be_refunded_again(self):
        self._ask(submit=False).unlink()
        self.assertEqual(self._ask().state, "waiting")

    def test_copy_of_a_paid_refund_begins_as_a_draft_without_names(self):
        refund = self._ask()
        refund.with_user(self.approver).action_approve()
        refund.paid_how = "cash"
        refund.action_pay()
        self.env.flush_all()
        twin = refund.copy()
        self.assertEqual((twin.state, twin.approved_by_id.id, twin.paid_how, twin.paid_on), ("draft", False, False, False))

    def test_two_refunds_are_approved_together(self):
        first = self._ask()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 300, "b")
        both = first | self._ask()
        both.with_user(self.approver).action_approve()
        self.assertEqual(both.mapped("state"), ["approved", "approved"])
        self.assertEqual([self._held(card) for card in both.card_id], [(0, 0), (0, 0)])


@tagged("post_install", "-at_install")
class TestCardHands(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 1000, "a", origin=self.card.partner_id)

    def test_database_keeps_the_ledger_even_from_truncate(self):
        with self.assertRaises(RaiseException), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env.cr.execute("TRUNCATE cosmetics_stored_move CASCADE")

    def test_top_up_never_holds_more_than_was_paid(self):
        for statement in (
            "UPDATE cosmetics_stored_batch SET principal_left = principal_paid + 1 WHERE card_id = %s",
            "UPDATE cosmetics_stored_batch SET bonus_left = bonus_given + 1 WHERE card_id = %s",
        ):
            with self.subTest(statement), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env.cr.execute(statement, [self.card.id])

    def test_database_writes_no_movement_twice(self):
        vals = self.card.stored_move_ids.copy_data()[0]
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["cosmetics.stored.move"].create([vals])

    def test_page_of_the_card_says_who_reported_it_lost(self):
        self.card.with_user(self.adviser).action_report_lost()
        message = self.card.message_ids[0]
        self.assertEqual(message.author_id, self.adviser.partner_id)

    def test_lost_card_takes_back_what_was_bought_with_it(self):
        sale = self.adviser.partner_id
        self._move(self.card, "spend", 600, "b", origin=sale)
        self.card.with_user(self.adviser).action_report_lost()
        self._move(self.card, "give_back", 600, "c", origin=sale)
        self.assertEqual(self._held(self.card), (1000, 200))

    def test_money_on_a_lost_card_is_still_the_member_s(self):
        self.card.with_user(self.adviser).action_report_lost()
        member = self.card.partner_id.with_user(self.adviser)
        member.invalidate_recordset()
        self.assertEqual(member.stored_balance, 1200)

    def test_member_with_a_lost_card_gets_no_second_one(self):
        member = self.card.partner_id
        others = self.env["loyalty.program"].search([("stored_kind", "=", "named")]) - self.stored_program
        others.active = False
        self.card.with_user(self.adviser).action_report_lost()
        self.assertEqual(member.with_user(self.adviser).action_open_stored_card()["res_id"], self.card.id)

    def test_balance_of_a_member_counts_the_chosen_companies(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        self.manager.company_ids += company
        other = self._create_stored_card(self.card.partner_id, self._create_stored_program(company_id=company.id))
        self._move(other.sudo(), "top_up", 50, "b")
        member = self.card.partner_id.with_user(self.manager)
        balances = [member.with_context(allowed_company_ids=ids).stored_balance for ids in (self.env.company.ids, company.ids)]
        self.assertEqual(balances, [1200, 50])

    def test_named_card_is_not_activated_again(self):
        with self.assertRaisesRegex(UserError, "Only bearer cards expire"):
            self.card.with_user(self.adviser).action_reactivate()

    def test_found_card_was_lost_before(self):
        with self.assertRaisesRegex(UserError, "not due"):
            self.card.with_user(self.adviser).action_found()

    def test_points_card_has_no_steps_of_stored_value(self):
        card = self._create_stored_card(program=self._create_stored_program(stored_kind=False))
        with self.assertRaisesRegex(UserError, "not due"):
            card.with_user(self.manager).action_report_lost()

    def test_employee_without_a_role_touches_no_card(self):
        stranger = self._create_user("test_hands_stranger")
        for name in ("action_report_lost", "action_reactivate", "action_refund_card", "action_view_stored_moves"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(self.card.with_user(stranger), name)()

    def test_copy_of_a_program_gives_the_same_bonus(self):
        twin = self.stored_program.with_user(self.manager).copy()
        self.assertEqual(twin._get_stored_bonus(1000), 200)

    def test_tax_put_on_a_product_that_tops_up_cards_is_refused(self):
        tax = self.env["account.tax"].create({"name": "Test 13%", "amount": 13})
        product = self.stored_program.rule_ids.product_ids
        with self.assertRaisesRegex(UserError, "A top-up is not taxed"):
            product.product_tmpl_id.taxes_id = [Command.link(tax.id)]
