"""Who sees and does what: own claims, those one is asked about, all for the accountant."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ExpenseCommon


@tagged("post_install", "-at_install")
class TestRoles(ExpenseCommon):
    def _visible(self, user):
        return self._as(self.env["cosmetics.expense.claim"], user).search([("company_id", "=", self.company.id)])

    def test_each_sees_the_own_claims_and_those_put_before_him(self):
        mine, other = self._submit(), self._create_claim(user=self.other_clerk)
        self.assertEqual(self._visible(self.clerk), mine)
        self.assertEqual(self._visible(self.other_clerk), other)
        self.assertEqual(self._visible(self.manager), mine)
        self.assertEqual(self._visible(self.accountant), mine | other)
        self.assertEqual(self._visible(self.reader), mine | other)

    def test_approver_reads_the_expenses_and_writes_none(self):
        claim = self._as(self._submit(), self.manager)
        self.assertEqual(claim.expense_ids.mapped("total_amount"), [100])
        with self.assertRaises(AccessError):
            claim.note = "x"

    def test_nobody_claims_for_another(self):
        claims = self._as(self.env["cosmetics.expense.claim"], self.clerk)
        with self.assertRaises(AccessError):
            claims.create({"note": "x", "employee_id": self.other_employee.id, "company_id": self.company.id})

    def test_reader_of_the_books_changes_no_claim(self):
        claim = self._as(self._submit(), self.reader)
        self.assertEqual(claim.amount, 100)
        for act in (claim.action_submit, claim.action_post, claim.action_draft):
            with self.assertRaises(AccessError):
                act()

    def test_only_the_accountant_posts_and_pays(self):
        claim = self._approve()
        for user in (self.clerk, self.manager):
            for name in ("action_post", "action_pay"):
                with self.assertRaisesRegex(AccessError, "by the accountant"):
                    getattr(self._as(claim, user), name)()

    def test_employee_deletes_a_draft_and_its_expenses(self):
        claim = self._create_claim()
        expense = claim.expense_ids
        claim.unlink()
        self.assertFalse(expense.exists())

    def test_employee_who_leaves_keeps_the_claims_in_the_books(self):
        claim = self._submit()
        self.employee.sudo().active = False
        self.assertIn(claim, self._visible(self.accountant))

    def test_photo_is_seen_by_those_who_are_asked_and_by_nobody_else(self):
        photo = self._as(self.env["ir.attachment"], self.clerk).create({"name": "train.png", "raw": b"x"})
        self._submit(attachment_ids=[Command.set(photo.ids)])
        for user in (self.manager, self.accountant):
            self.assertEqual(self._as(photo, user).raw, b"x")
        with self.assertRaises(AccessError):
            self._as(photo, self.other_clerk).read(["raw"])

    def test_photo_of_another_record_is_not_taken_along(self):
        photo = self.env["ir.attachment"].create({"name": "x", "raw": b"x", "res_model": "res.partner", "res_id": self.partner.id})
        claim = self._create_claim()
        claim.sudo().attachment_ids = photo
        self.assertEqual(photo.res_model, "res.partner")

    def test_claims_of_another_company_are_out_of_sight(self):
        claim = self._submit()
        outsider = self._create_user("expense_foreign", "cosmetics_finance.group_accountant")
        self.assertFalse(self.env["cosmetics.expense.claim"].with_user(outsider).search([("id", "=", claim.id)]))

    def test_rights_on_nodes_and_approvals(self):
        for user, model, allowed in (
            (self.clerk, "cosmetics.expense.node", (False, False, False, False)),
            (self.reader, "cosmetics.expense.node", (True, False, False, False)),
            (self.accountant, "cosmetics.expense.node", (True, True, True, True)),
            (self.clerk, "cosmetics.expense.approval", (True, False, False, False)),
            (self.accountant, "cosmetics.expense.approval", (True, False, False, False)),
        ):
            records = self._as(self.env[model], user)
            found = tuple(records.has_access(operation) for operation in ("read", "write", "create", "unlink"))
            self.assertEqual(found, allowed, f"{user.login} on {model}")
