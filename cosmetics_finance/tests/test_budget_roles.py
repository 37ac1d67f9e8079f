"""Who may do what with budgets: a matrix over every model and role; and which company's money it is."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_budget import BudgetCommon

MODELS = ("cosmetics.budget", "cosmetics.budget.line", "cosmetics.budget.month", "cosmetics.budget.change", "cosmetics.budget.report")
# (read, write, create, unlink)
RIGHTS = {
    "accountant": {
        "cosmetics.budget": (True, True, True, True),
        "cosmetics.budget.line": (True, True, True, True),
        # The months of a line are made by the program.
        "cosmetics.budget.month": (True, True, False, False),
        "cosmetics.budget.change": (True, True, True, True),
        # The reason of a variance is entered in the report.
        "cosmetics.budget.report": (True, True, False, False),
    },
    "reader": dict.fromkeys(MODELS, (True, False, False, False)),
    "employee": dict.fromkeys(MODELS, (False, False, False, False)),
}


@tagged("post_install", "-at_install")
class TestBudgetRoles(BudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls._create_user("budget_nobody", company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])

    def test_rights_of_each_role(self):
        for role, rights in RIGHTS.items():
            for model, allowed in rights.items():
                records = self._as(self.env[model], getattr(self, role))
                found = tuple(records.has_access(operation) for operation in ("read", "write", "create", "unlink"))
                self.assertEqual(found, allowed, f"{role} on {model}")

    def test_every_record_keeps_to_its_company(self):
        budget = self._approve_budget(self._create_budget())
        self._create_change(budget, 100)
        outsider = self._create_user("budget_foreign", "cosmetics_finance.group_accountant")
        for model in MODELS:
            inside = self._as(self.env[model], self.accountant).search_count([("company_id", "=", self.company.id)])
            outside = self.env[model].with_user(outsider).search_count([("company_id", "=", self.company.id)])
            self.assertTrue(inside, model)
            self.assertEqual(outside, 0, model)

    def test_budget_of_one_company_does_not_judge_the_bills_of_another(self):
        self._approve_budget(self._create_budget({"amount_year": 12}))
        other = self.env["res.company"].create({"name": "Other Books", "country_id": self.env.ref("base.cn").id})
        self.env["account.chart.template"].try_loading("cn", other, install_demo=False)
        user = self._create_user(
            "budget_other", "cosmetics_finance.group_accountant", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        moves = self.env["account.move"].with_user(user).with_context(allowed_company_ids=other.ids)
        account = moves.env["account.account"].search([("code", "=like", "5602%")], limit=1)
        line = {"name": "Paper", "account_id": account.id, "price_unit": 500, "tax_ids": [Command.clear()]}
        partner = self.env["res.partner"].create({"name": "Other Supplier"})
        vals = {"move_type": "in_invoice", "partner_id": partner.id, "invoice_date": "2026-05-10", "date": "2026-05-10"}
        bill = moves.create({**vals, "invoice_line_ids": [Command.create(line)]})
        bill.action_post()
        self.assertEqual(bill.state, "posted")

    def test_each_company_has_versions_of_its_own(self):
        self._create_budget()
        second = self._create_budget()
        elsewhere = self._create_budget(year="2027")
        self.assertEqual((second.version, elsewhere.version), (2, 1))

    def test_one_batch_of_drafts_is_numbered_through(self):
        vals = {"company_id": self.company.id, "year": "2026"}
        budgets = self.books["cosmetics.budget"].create([vals, vals, {**vals, "year": "2027"}])
        self.assertEqual(budgets.mapped("version"), [1, 2, 1])

    def test_version_is_nobodys_to_choose(self):
        with self.assertRaises(AccessError):
            self.books["cosmetics.budget"].create({"company_id": self.company.id, "year": "2026", "version": 7})
        budget = self._create_budget()
        with self.assertRaises(AccessError):
            budget.version = 7

    def test_menus_of_budgets_are_those_of_who_reads_the_books(self):
        names = ("cosmetics_budget_menu", "cosmetics_budget_change_menu", "cosmetics_budget_report_menu")
        menus = {self.env.ref(f"cosmetics_finance.{name}").id for name in names}
        for user, expected in ((self.accountant, menus), (self.reader, menus), (self.employee, set())):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menus & set(visible), expected, user.login)

    def test_reason_is_written_by_the_accountant_alone(self):
        budget = self._approve_budget(self._create_budget())
        with self.assertRaises(AccessError):
            self._get_report(budget).reason = "x"

    def test_figures_of_the_report_are_written_by_nobody(self):
        budget = self._approve_budget(self._create_budget())
        report = self._as(self._get_report(budget), self.accountant)
        with self.assertRaises(UserError):
            report.line_id.amount_year = 1
        self.assertEqual(self._get_report(budget).planned, 1000)
