"""Each way on which core approves or posts an expense by itself is closed: by button, by RPC, by mail."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ExpenseCommon


@tagged("post_install", "-at_install")
class TestClosedWays(ExpenseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._create_user(
            "expense_officer", "hr_expense.group_hr_expense_manager", company_id=cls.company.id, company_ids=cls.company.ids
        )

    def _create_expense(self, **vals):
        """Return an expense of the clerk that is on no claim."""
        expenses = self._as(self.env["hr.expense"], self.clerk)
        return expenses.create(self._prepare_expense(100, employee_id=self.employee.id, company_id=self.company.id, **vals))

    def test_employee_without_a_manager_is_not_approved_at_once(self):
        self.employee.write({"parent_id": False, "expense_manager_id": False})
        expense = self._create_expense()
        with self.assertRaisesRegex(UserError, "with its claim"):
            expense.action_submit()
        self.assertEqual((expense.state, expense._can_be_autovalidated()), ("draft", False))

    def test_buttons_of_an_expense_alone_go_nowhere(self):
        expense = self._as(self._submit().expense_ids, self.officer)
        for name in ("action_submit", "action_approve", "action_approve_duplicates", "action_refuse", "action_reset", "action_post"):
            with self.assertRaisesRegex(UserError, "with its claim"):
                getattr(expense, name)()
        self.assertEqual(expense.state, "submitted")

    def test_wizards_of_core_approve_and_refuse_nothing(self):
        expense = self._as(self._submit().expense_ids, self.officer)
        refuse = self._as(self.env["hr.expense.refuse.wizard"], self.officer).with_context(active_ids=expense.ids)
        with self.assertRaisesRegex(UserError, "with its claim"):
            refuse.create({"reason": "x", "expense_ids": expense.ids}).action_refuse()
        duplicate = self._as(self.env["hr.expense.approve.duplicate"], self.officer)
        with self.assertRaisesRegex(UserError, "with its claim"):
            duplicate.create({"expense_ids": expense.ids}).action_approve()
        self.assertEqual(expense.state, "submitted")

    def test_wizard_of_core_posts_nothing_that_is_not_approved(self):
        wizard = self._as(self.env["hr.expense.post.wizard"], self.accountant).with_company(self.company)
        for expense in (self._create_expense(), self._submit().expense_ids):
            with self.assertRaisesRegex(UserError, "approved claim"):
                wizard.with_context(active_ids=expense.ids).create({}).action_post_entry()

    def test_states_are_written_by_nobody(self):
        expense = self._create_expense()
        for user in (self.clerk, self.officer, self.accountant):
            for vals in ({"approval_state": "approved"}, {"state": "approved"}, {"approval_date": "2026-05-01"}):
                with self.assertRaises(AccessError):
                    self._as(expense, user).write(vals)

    def test_expense_is_not_born_approved(self):
        with self.assertRaises(AccessError):
            self._create_expense(approval_state="approved")
        expenses = self._as(self.env["hr.expense"], self.clerk).with_context(default_approval_state="approved", default_state="approved")
        expense = expenses.create(self._prepare_expense(100, employee_id=self.employee.id, company_id=self.company.id))
        self.assertEqual((expense.approval_state, expense.state), (False, "draft"))

    def test_entry_is_not_hung_on_an_expense_by_hand(self):
        expense, move = self._create_expense(), self._post().sudo().expense_ids.account_move_id
        for user in (self.clerk, self.accountant):
            with self.assertRaises(AccessError):
                self._as(expense, user).account_move_id = move.id

    def test_mail_makes_a_draft_only(self):
        self.clerk.email = "clerk@example.com"
        message = {"email_from": "clerk@example.com", "subject": "Taxi 30", "message_id": "<x>", "body": "", "to": "expense@example.com"}
        expense = self.env["hr.expense"].with_company(self.company).message_new(message)
        self.assertEqual((expense.state, expense.claim_id.id), ("draft", False))
