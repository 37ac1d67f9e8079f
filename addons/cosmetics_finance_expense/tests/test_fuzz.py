"""No sequence of changes keeps an approval that was given for something else."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ExpenseCommon

REFUSALS = (AccessError, UserError, ValidationError)
STEPS = ("submit", "approve", "amount", "add", "remove", "note", "number", "kind", "draft", "tax", "account", "post", "core", "state")


@tagged("post_install", "-at_install")
class TestFuzz(ExpenseCommon):
    def _step(self, claim, name, value):
        """Do one thing with a claim, in the name of whom it would occur to."""
        accountant = self._as(claim, self.accountant)
        expense = accountant.expense_ids[:1]
        new = Command.create(self._prepare_expense(value, employee_id=self.employee.id, company_id=self.company.id))
        acts = {
            "submit": lambda: self._as(claim, self.clerk).action_submit(),
            "approve": lambda: self._as(claim, self.approver if value % 2 else self.manager).action_approve(),
            "amount": lambda: expense.write({"total_amount_currency": value}),
            "add": lambda: self._as(claim, self.clerk).write({"expense_ids": [new]}),
            "remove": lambda: accountant.write({"expense_ids": [Command.delete(expense.id)]}),
            "note": lambda: self._as(claim, self.clerk).write({"note": str(value)}),
            "number": lambda: expense.write({"fapiao": f"{value:020d}"}),
            "kind": lambda: expense.write({"product_id": self.meals.id}),
            "draft": lambda: self._as(claim, self.clerk).action_draft(),
            "tax": lambda: expense.write({"tax_ids": [Command.clear()]}),
            "account": lambda: expense.write({"account_id": self._find_account("5601").id}),
            "post": accountant.action_post,
            "core": lambda: expense._do_approve(False),
            "state": lambda: self._as(expense, self.clerk).write({"approval_state": "approved"}),
        }
        acts[name]()

    @settings(
        deadline=None,
        max_examples=25,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 9000)), min_size=3, max_size=12))
    def test_what_is_approved_or_posted_is_what_its_approvers_saw(self, steps):
        with self.cr.savepoint() as savepoint:
            claim = self._create_claim(100)
            for name, value in [("submit", 1), ("approve", 2), *steps]:
                try:
                    with self.cr.savepoint():
                        self._step(claim, name, value)
                except REFUSALS:
                    self.env.invalidate_all()
                self._check(claim.sudo())
            savepoint.rollback()
            self.env.invalidate_all()

    def _check(self, claim):
        approved = claim.approval_state == "approved" or claim.expense_ids.account_move_id
        if approved:
            self.assertTrue(claim.approval_ids)
            self.assertEqual(set(claim.approval_ids.mapped("state")), {"approved"})
            self.assertEqual(set(claim.approval_ids.mapped("fingerprint")), {claim._get_fingerprint()})
            self.assertNotIn(self.clerk, claim.approval_ids.answered_by_id)
            if claim.amount > 5000:
                self.assertIn(self.approver, claim.approval_ids.answered_by_id)
        self.assertTrue(
            set(claim.expense_ids.mapped("approval_state")) <= {claim.approval_state if claim.approval_state != "draft" else False}
        )
