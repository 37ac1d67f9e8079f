"""The payment of an advance stays what was approved, whichever way core lets it go."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_advance import AdvanceCommon


@tagged("post_install", "-at_install")
class TestAdvancePayment(AdvanceCommon):
    def _reset(self, advance):
        """Return the payment of an advance, reset to draft with core's button."""
        payment = advance.payment_id
        payment.action_draft()
        self.assertEqual((advance.state, advance.amount_open), ("approved", 0))
        return payment

    def test_payment_is_reset_and_posted_again_as_it_was(self):
        advance = self._pay_advance(500)
        self._reset(advance).action_post()
        self.assertEqual((advance.state, advance.amount_open, self._get_balance()), ("open", 500, 500))

    def test_payment_that_was_reset_is_cancelled_and_the_advance_paid_again(self):
        advance = self._pay_advance(500)
        self._reset(advance).action_cancel()
        self._move(advance.action_pay())
        self.assertEqual((advance.state, advance.amount_open, self._get_balance()), ("open", 500, 500))

    def test_first_payment_is_not_posted_beside_a_second_one(self):
        advance = self._pay_advance(500)
        first = self._reset(advance)
        self._move(advance.action_pay())
        self._post(500)
        self.assertEqual(advance.state, "cleared")
        with self.assertRaisesRegex(UserError, "paid otherwise"):
            first.action_post()

    def test_payment_is_not_posted_again_with_another_amount(self):
        payment = self._reset(self._pay_advance(500))
        payment.amount = 499
        with self.assertRaisesRegex(UserError, "paid otherwise"):
            payment.action_post()

    def test_payment_is_not_posted_again_for_an_advance_that_is_approved_no_more(self):
        advance = self._pay_advance(500)
        payment = self._reset(advance)
        self._as(advance, self.clerk).action_draft()
        with self.assertRaisesRegex(UserError, "paid otherwise"):
            payment.action_post()

    def test_payment_whose_reversal_is_reset_after_a_second_one_is_refused(self):
        advance = self._pay_advance(500)
        reversal = advance.payment_id.move_id._reverse_moves(cancel=True)
        self._move(advance.action_pay())
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(IntegrityError, "amount_paid_check"), self.env.cr.savepoint():
            reversal.button_draft()
            self.env.flush_all()

    def test_duplicate_of_an_entry_is_of_no_advance(self):
        advance = self._pay_advance(500)
        self._post(200)
        for entry in advance.line_ids.move_id:
            self.assertFalse(entry.copy().line_ids.advance_id)
        self.assertEqual(advance.amount_open, 300)

    def test_bank_account_in_dollars_pays_the_amount_that_was_approved(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2026-05-01", "rate": 0.125, "company_id": self.company.id})
        self.bank_journal.copy({"name": "Dollars", "code": "USDB", "currency_id": dollar.id})
        journal = self.env["account.journal"].search([("currency_id", "=", dollar.id), ("company_id", "=", self.company.id)])
        advance = self._as(self._approve_advance(1000), self.accountant)
        self._move(advance.action_pay(), journal_id=journal.id)
        self.assertEqual((advance.amount_open, self._get_balance()), (1000, 1000))

    def test_payment_found_at_the_bank_and_reversed_leaves_the_bank_line_open(self):
        advance = self._pay_advance(500)
        paid = advance.payment_id.move_id.line_ids - advance.line_ids
        line = self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": "2026-05-11", "amount": -500, "payment_ref": advance.name}
        )
        _liquidity, suspense, _others = line._seek_for_lines()
        suspense.account_id = paid.account_id
        (suspense | paid).reconcile()
        self.assertEqual((line.is_reconciled, advance.state, advance.amount_open), (True, "open", 500))
        advance.payment_id.move_id._reverse_moves(cancel=True)
        self.assertEqual((advance.state, advance.amount_open, suspense.reconciled), ("approved", 0, False))

    def test_nobody_says_by_writing_that_an_advance_is_paid(self):
        paid = self._pay_advance(500)
        for vals in ({"payment_id": paid.payment_id.id}, {"line_ids": [Command.link(paid.line_ids.id)]}):
            with self.assertRaises(AccessError):
                self._create_advance(500, user=self.other_clerk).write(vals)
            with self.assertRaises(AccessError):
                self._create_advance(500, user=self.other_clerk, **vals)

    def test_accountant_of_a_branch_alone_pays_and_sets_off(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        own = {"company_id": branch.id, "company_ids": [Command.set(branch.ids)]}
        accountant = self._create_user("advance_branch", "cosmetics_finance.group_accountant", **own)
        clerk = self._create_user("advance_branch_clerk", **own)
        employee = self.env["hr.employee"].create({"name": "Branch Clerk", "user_id": clerk.id, "company_id": branch.id})
        employee.expense_manager_id = self._create_user("advance_branch_manager", **own)

        def at_branch(record, user):
            return record.with_user(user).with_context(allowed_company_ids=branch.ids)

        def approve(paper):
            paper.action_submit()
            at_branch(paper, employee.expense_manager_id).action_approve()
            return at_branch(paper, accountant)

        vals = {"note": "Fair", "company_id": branch.id, "employee_id": employee.id}
        advance = approve(at_branch(self.env["cosmetics.expense.advance"], clerk).create({**vals, "amount": 500}))
        action = advance.action_pay()
        moneys = at_branch(self.env[action["res_model"]], accountant).with_context(**action["context"])
        moneys.create({"journal_id": self.bank_journal.id}).action_confirm()
        self.assertEqual((advance.state, advance.amount_open), ("open", 500))
        expense = Command.create(self._prepare_expense(200, employee_id=employee.id, company_id=branch.id))
        claim = approve(at_branch(self.env["cosmetics.expense.claim"], clerk).create({**vals, "expense_ids": [expense]}))
        claim.action_post()
        self.assertEqual((claim.state, advance.amount_open), ("paid", 300))
