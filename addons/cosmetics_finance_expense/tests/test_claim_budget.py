"""Claims against budgets: what is submitted is committed, and what exceeds a line that stops is not submitted."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import ExpenseCommon


@tagged("post_install", "-at_install")
class TestClaimBudget(ExpenseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._approve_budget(cls._create_budget())

    def test_claim_is_committed_when_submitted_and_spent_when_posted(self):
        claim = self._create_claim(300)
        self.assertEqual(self._get_report(self.budget).committed, 0)
        claim.action_submit()
        self.assertEqual((self._get_report(self.budget).committed, self._get_report(self.budget).actual), (300, 0))
        self._as(claim, self.manager).action_approve()
        self._as(claim, self.accountant).action_post()
        month = claim.expense_ids.account_move_id.sudo().date.month
        report = self._get_report(self.budget, month=month)
        self.assertEqual((report.committed, report.actual, self._get_report(self.budget).committed), (0, 300, 0))

    def test_claim_beyond_the_budget_is_not_submitted(self):
        self._submit(900)
        claim = self._create_claim(100.01, user=self.other_clerk)
        with self.assertRaisesRegex(UserError, r"Office in 2026-05 is exceeded by .*0\.01"):
            claim.action_submit()

    def test_refused_and_withdrawn_claims_give_the_budget_back(self):
        first, second = self._submit(600), self._submit(400, user=self.other_clerk)
        self._as(first, self.manager)._refuse("No")
        second.action_draft()
        self.assertEqual(self._get_report(self.budget).committed, 0)
        self.assertEqual(self._submit(1000).state, "submitted")

    def test_line_that_warns_leaves_a_note(self):
        fresh = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        fresh.line_ids.control = "warn"
        self._approve_budget(fresh)
        claim = self._submit(1500)
        self.assertEqual(claim.state, "submitted")
        self.assertTrue(claim.message_ids.filtered(lambda message: "exceeded by" in (message.body or "")))

    def test_form_tells_while_drafting_what_is_left(self):
        claim = self._create_claim(300)
        self.assertRegex(claim.budget_note, r"Office leaves .*700\.00")
        claim.action_submit()
        claim.invalidate_recordset(["budget_note"])
        self.assertRegex(claim.budget_note, r"Office leaves .*700\.00")
        other = self._create_claim(800, user=self.other_clerk)
        self.assertRegex(other.budget_note, r"exceeded by .*100\.00")

    def test_department_spends_its_own_line_with_those_below_it(self):
        shops, shop = self.env["hr.department"].create([{"name": name, "company_id": self.company.id} for name in ("Shops", "Shop")])
        shop.parent_id = shops
        self.employee.department_id = shop
        fresh = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        fresh.line_ids.department_id = shops
        self._approve_budget(fresh)
        self.assertEqual(self._submit(2000, user=self.other_clerk).state, "submitted")
        with self.assertRaisesRegex(UserError, "exceeded"):
            self._submit(1001)

    def test_deductible_tax_is_not_taken_of_the_budget(self):
        tax = self.books["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "purchase"), ("amount", "=", 13)], limit=1
        )
        claim = self._create_claim(1130, expense={"tax_ids": [(6, 0, tax.ids)]})
        claim.action_submit()
        self.assertEqual(self._get_report(self.budget).committed, 1000)

    def test_account_of_another_line_is_checked_when_it_is_posted(self):
        self._create_invoice("2026-05-20", 100, move_type="in_invoice")
        claim = self._approve(900)
        month = self._get_report(self.budget).rest
        self.assertEqual(month, 0)
        self._as(claim, self.accountant).action_post()
        self.assertEqual(claim.state, "posted")

    def test_department_of_a_user_is_the_same_in_the_figures_and_in_the_check(self):
        department = self.env["hr.department"].create({"name": "Shop", "company_id": self.company.id})
        self.employee.department_id = department
        budgets = self.env["cosmetics.budget"]
        self.env.flush_all()
        for user, expected in ((self.clerk, department.id), (self.other_clerk, False), (self.accountant, False)):
            with self.subTest(user.login):
                query = SQL("SELECT %s", budgets._get_user_department_sql(SQL("%s", user.id), SQL("%s", self.company.id)))
                self.assertEqual(self.env.execute_query(query)[0][0] or False, expected)
                self.assertEqual(budgets._get_user_department(user, self.company), expected)
