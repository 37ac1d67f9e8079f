"""Who approves a claim, in which order, and what takes an approval back."""

import hashlib

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import APPROVER, ExpenseCommon


@tagged("post_install", "-at_install")
class TestClaimApproval(ExpenseCommon):
    def test_small_claim_asks_the_manager_alone(self):
        self.assertEqual(self._submit(5000).approval_ids.approver_ids, self.manager)

    def test_large_claim_asks_the_manager_and_then_the_approver(self):
        claim = self._submit(5000.01)
        self.assertEqual(claim.approval_ids.mapped("approver_ids"), self.manager | self.approver)
        with self.assertRaisesRegex(UserError, "no approval waits for you"):
            self._as(claim, self.approver).action_approve()
        self._as(claim, self.manager).action_approve()
        self.assertEqual(claim.state, "submitted")
        self._as(claim, self.approver).action_approve()
        self.assertEqual(claim.state, "approved")

    def test_nobody_approves_an_own_claim(self):
        claim = self._submit(user=self.manager)
        self.assertEqual(claim.approval_ids.approver_ids, self.approver)
        with self.assertRaisesRegex(UserError, "Nobody approves"):
            claim.action_approve()

    def test_employee_without_a_manager_is_not_approved_by_himself(self):
        self.employee.write({"parent_id": False, "expense_manager_id": False})
        claim = self._submit()
        self.assertEqual((claim.state, claim.approval_ids.approver_ids), ("submitted", self.approver))

    def test_manager_of_himself_is_no_approver(self):
        self.employee.expense_manager_id = self.clerk
        self.assertEqual(self._submit().approval_ids.approver_ids, self.approver)

    def test_approver_whose_claim_it_is_passes_it_to_another(self):
        employees = self.env["hr.employee"].with_company(self.company)
        employees.create({"name": "Approver", "user_id": self.approver.id, "company_id": self.company.id})
        claim = self._create_claim(user=self.approver)
        with self.assertRaisesRegex(UserError, "Nobody but yourself"):
            claim.action_submit()
        self._as(self.second, self.second).sudo().group_ids = [Command.link(self.env.ref(APPROVER).id)]
        claim.action_submit()
        self.assertEqual(claim.approval_ids.approver_ids, self.second)

    def test_who_enters_the_claim_of_another_does_not_approve_it(self):
        self.employee.expense_manager_id = self.accountant
        claim = self._create_claim().sudo()
        own = self._as(self.env["cosmetics.expense.claim"], self.accountant)
        line = Command.create(self._prepare_expense(70, employee_id=self.employee.id, company_id=self.company.id))
        claim = own.create({"note": "Taxi", "employee_id": self.employee.id, "company_id": self.company.id, "expense_ids": [line]})
        claim.action_submit()
        self.assertEqual(claim.approval_ids.approver_ids, self.approver)

    def test_approval_given_before_claims_shared_papers_with_advances_holds(self):
        claim = self._approve(5000.01, expense={"fapiao": "26612000000000012345"}).sudo()
        expense = claim.expense_ids
        seen = [expense.date, "Train", self.employee.id, self.travel.id, 1.0, 5000.01, "own_account", False]
        # What version 19.0.1.5.0 wrote down: the whole tuple at once, expenses and photos at its end.
        content = (
            self.employee.id, self.company.id, claim.store_id.id, "Fair", "5000.01",
            [[*seen, "26612000000000012345", 0.0, False]], [],
        )  # fmt: skip
        claim.approval_ids.fingerprint = hashlib.sha256(repr(content).encode()).hexdigest()
        self._as(claim, self.accountant).sudo(False).action_post()
        self.assertEqual(claim.state, "posted")

    def test_other_employees_are_not_asked(self):
        claim = self._submit()
        with self.assertRaises(AccessError):
            self._as(claim, self.other_clerk).action_approve()

    def test_accountant_does_not_approve_what_nobody_asked_him(self):
        claim = self._submit()
        with self.assertRaisesRegex(UserError, "no approval waits"):
            self._as(claim, self.accountant).action_approve()

    def test_refused_claim_is_not_approved_by_the_next(self):
        claim = self._submit(6000)
        self._as(claim, self.manager)._refuse("Too much")
        with self.assertRaisesRegex(UserError, "no approval waits"):
            self._as(claim, self.approver).action_approve()

    def test_claim_without_a_node_passes_nowhere(self):
        self._get_nodes().active = False
        with self.assertRaisesRegex(UserError, "No approval node"):
            self._create_claim().action_submit()

    def test_expense_that_is_added_takes_the_approval_back(self):
        claim = self._approve()
        self._as(self.env["hr.expense"], self.clerk).create(
            self._prepare_expense(9, claim_id=claim.id, employee_id=self.employee.id, company_id=self.company.id)
        )
        self.assertEqual((claim.state, len(claim.approval_ids)), ("draft", 0))
        self.assertEqual(set(claim.expense_ids.mapped("state")), {"draft"})

    def test_amount_that_the_accountant_changes_takes_the_approval_back(self):
        claim = self._approve()
        self._as(claim.expense_ids, self.accountant).total_amount_currency = 101
        self.assertEqual(claim.state, "draft")

    def test_purpose_that_changes_takes_the_approval_back(self):
        claim = self._approve()
        claim.note = "Something else"
        self.assertEqual(claim.state, "draft")

    def test_account_that_the_accountant_corrects_keeps_the_approval(self):
        claim = self._approve()
        self._as(claim.expense_ids, self.accountant).account_id = self._find_account("5601")
        self.assertEqual(claim.state, "approved")

    def test_employee_does_not_write_what_waits(self):
        claim = self._submit()
        with self.assertRaises(AccessError):
            claim.expense_ids.total_amount_currency = 1
        self.assertEqual((claim.state, claim.amount), ("submitted", 100))

    def test_posted_claim_cannot_change(self):
        claim = self._post()
        with self.assertRaisesRegex(UserError, "in the books"):
            self._as(claim, self.accountant).note = "Something else"

    def test_those_asked_find_it_and_are_told(self):
        claim = self._submit()
        found = self._as(self.env["cosmetics.expense.claim"], self.manager).search([("can_answer", "=", True)])
        self.assertEqual((found, claim.sudo().activity_ids.user_id), (claim, self.manager))
        self.assertFalse(self._as(self.env["cosmetics.expense.claim"], self.clerk).search([("can_answer", "=", True)]))
        self.assertIn(self.manager.name, claim.waits_for)
        self._as(claim, self.manager).action_approve()
        self.assertFalse(claim.sudo().activity_ids)

    def test_only_who_entered_it_or_the_accountant_takes_a_claim_back(self):
        claim = self._submit()
        with self.assertRaisesRegex(AccessError, "taken back by"):
            self._as(claim, self.manager).action_draft()
        self._as(claim, self.accountant).action_draft()
        self.assertEqual(claim.state, "draft")

    def test_one_of_a_role_answers_for_all(self):
        self._as(self.second, self.second).sudo().group_ids = [Command.link(self.env.ref(APPROVER).id)]
        claim = self._submit(6000)
        self._as(claim, self.manager).action_approve()
        self.assertEqual(claim.sudo().activity_ids.user_id, self.approver | self.second)
        self._as(claim, self.second).action_approve()
        self.assertEqual((claim.state, claim.approval_ids[1].answered_by_id), ("approved", self.second))
        self.assertFalse(claim.sudo().activity_ids)

    def test_refusal_ends_what_others_were_asked(self):
        claim = self._submit(6000)
        self._as(claim, self.manager)._refuse("Too much")
        self.assertFalse(claim.sudo().activity_ids)
        self.assertFalse(claim.waits_for)

    def test_manager_who_has_answered_is_not_asked_twice(self):
        claim = self._submit(6000)
        self._as(claim, self.manager).action_approve()
        with self.assertRaisesRegex(UserError, "no approval waits"):
            self._as(claim, self.manager).action_approve()

    def test_department_manager_answers_where_no_other_manager_is(self):
        department = self.env["hr.department"].create(
            {"name": "Shop", "company_id": self.company.id, "manager_id": self.manager_employee.id}
        )
        self.employee.write({"parent_id": False, "expense_manager_id": False, "department_id": department.id})
        self.assertEqual(self._submit().approval_ids.approver_ids, self.manager)

    def test_photo_that_is_taken_away_takes_the_approval_back(self):
        photo = self._as(self.env["ir.attachment"], self.clerk).create({"name": "train.png", "raw": b"x"})
        claim = self._approve(attachment_ids=[Command.set(photo.ids)])
        claim.attachment_ids = [Command.clear()]
        self.assertEqual(claim.state, "draft")

    def test_claim_whose_photo_was_deleted_is_not_approved(self):
        photo = self._as(self.env["ir.attachment"], self.clerk).create({"name": "train.png", "raw": b"x"})
        claim = self._submit(attachment_ids=[Command.set(photo.ids)])
        photo.unlink()
        claim.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "has changed since"):
            self._as(claim, self.manager).action_approve()
