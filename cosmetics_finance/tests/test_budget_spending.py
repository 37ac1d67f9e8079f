"""What bills spend of a budget, and which of them it stops."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_budget import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetSpending(BudgetCommon):
    def _bill(self, amount, day="2026-05-10", **line):
        """Post a bill on 5602 with values of its line."""
        vals = {"name": "Paper", "account_id": self._find_account("5602").id, "price_unit": amount, "tax_ids": [Command.clear()], **line}
        return self._create_invoice(day, amount, move_type="in_invoice", invoice_line_ids=[Command.create(vals)])

    def test_report_shows_budget_spent_and_rest(self):
        budget = self._approve_budget(self._create_budget())
        self._bill(250)
        report = self._get_report(budget)
        self.assertEqual((report.planned, report.committed, report.actual, report.rest, report.percent), (1000, 0, 250, 750, 25))

    def test_bill_that_uses_the_last_cent_passes(self):
        self._approve_budget(self._create_budget())
        self.assertEqual(self._bill(1000).state, "posted")

    def test_bill_beyond_the_budget_is_stopped_and_says_by_how_much(self):
        self._approve_budget(self._create_budget())
        self._bill(900)
        with self.assertRaisesRegex(UserError, r"Office in 2026-05 is exceeded by .*0\.01"):
            self._bill(100.01)

    def test_bill_beyond_a_line_that_warns_is_posted_with_a_note(self):
        budget = self._approve_budget(self._create_budget({"control": "warn"}))
        bill = self._bill(1200)
        self.assertEqual((bill.state, self._get_report(budget).rest), ("posted", -200))
        self.assertTrue(bill.message_ids.filtered(lambda message: "exceeded by" in (message.body or "")))

    def test_line_that_only_shows_says_nothing(self):
        self._approve_budget(self._create_budget({"control": "none"}))
        self.assertFalse(self._bill(1200).message_ids.filtered(lambda message: "exceeded" in (message.body or "")))

    def test_draft_of_a_budget_stops_nothing(self):
        self._create_budget()
        self.assertEqual(self._bill(5000).state, "posted")

    def test_replaced_version_stops_nothing(self):
        budget = self._approve_budget(self._create_budget())
        fresh = self.books["cosmetics.budget"].browse(budget.action_new_version()["res_id"])
        fresh.line_ids.amount_year = 120000
        self._approve_budget(fresh)
        self.assertEqual(self._bill(5000).state, "posted")

    def test_month_alone_leaves_nothing_to_the_next(self):
        self._approve_budget(self._create_budget({"carry": "month"}))
        with self.assertRaises(UserError):
            self._bill(1001)

    def test_unused_rest_goes_to_the_next_month_and_is_spent_once(self):
        self._approve_budget(self._create_budget({"carry": "forward"}))
        self._bill(5000, day="2026-05-10")
        self.assertEqual(self._bill(1000, day="2026-06-10").state, "posted")
        with self.assertRaisesRegex(UserError, "2026-03"):
            self._bill(1, day="2026-03-10")

    def test_year_is_one_pot(self):
        self._approve_budget(self._create_budget({"carry": "year"}))
        self._bill(12000, day="2026-01-10")
        with self.assertRaises(UserError):
            self._bill(1, day="2026-12-10")

    def test_other_year_is_not_looked_at(self):
        self._approve_budget(self._create_budget())
        self.assertEqual(self._bill(5000, day="2025-05-10").state, "posted")

    def test_shop_spends_its_own_line_and_the_total_one(self):
        budget = self._approve_budget(self._create_budget({"amount_year": 24000}, {"name": "Shop", "store_id": self.store.id}))
        total, shop = budget.line_ids
        self._bill(600)
        self._bill(700, store_id=self.store.id)
        self.assertEqual((self._get_report(budget, line=total).actual, self._get_report(budget, line=shop).actual), (1300, 700))
        with self.assertRaisesRegex(UserError, "Shop in 2026-05 is exceeded by .*100"):
            self._bill(400, store_id=self.store.id)

    def test_analytic_account_spends_its_share(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        project = self.env["account.analytic.account"].create({"name": "Opening", "plan_id": plan.id, "company_id": self.company.id})
        budget = self._approve_budget(self._create_budget({"analytic_account_id": project.id}))
        self._bill(1200, analytic_distribution={str(project.id): 50})
        self.assertEqual(self._get_report(budget).actual, 600)
        with self.assertRaises(UserError):
            self._bill(1000, analytic_distribution={str(project.id): 50})

    def test_refund_gives_back_and_is_never_stopped(self):
        budget = self._approve_budget(self._create_budget())
        self._bill(1000)
        self._create_invoice("2026-05-20", 400, move_type="in_refund")
        self.assertEqual(self._get_report(budget).rest, 400)

    def test_entry_by_hand_is_never_stopped_but_counts(self):
        budget = self._approve_budget(self._create_budget())
        self._enter("2026-05-31", ("5602", 5000), ("2211", -5000))
        self.assertEqual(self._get_report(budget).rest, -4000)

    def test_closing_entry_of_the_year_spends_nothing(self):
        budget = self._approve_budget(self._create_budget({"control": "warn"}))
        self._enter("2026-12-10", ("5602", 700), ("2211", -700))
        self._enter("2026-12-31", ("5602", -700), ("3103", 700))
        self.assertEqual(self._get_report(budget, month=12).actual, 700)

    def test_draft_bill_spends_nothing_yet(self):
        budget = self._approve_budget(self._create_budget())
        self._bill(900).button_draft()
        self.assertEqual(self._get_report(budget).actual, 0)

    def test_commitments_of_a_source_count_until_they_are_posted(self):
        budget = self._approve_budget(self._create_budget())
        row = SQL("SELECT %s, '2026-05-03'::date, '560201', NULL::integer, NULL::integer, NULL::jsonb, 300.0", self.company.id)
        self.patch(self.registry["cosmetics.budget"], "_get_commitment_queries", lambda budgets: [row])
        report = self._get_report(budget)
        self.assertEqual((report.committed, report.rest), (300, 700))
        with self.assertRaises(UserError):
            self._bill(701)

    def test_form_tells_what_is_left_once_it_is_spent(self):
        self._approve_budget(self._create_budget())
        self._bill(300)
        budgets = self.books["cosmetics.budget"]
        piece = {"company_id": self.company.id, "day": "2026-05-20", "code": "560201", "amount": 600}
        self.assertRegex(budgets._describe_pieces([piece], False), r"Office leaves .*100\.00")
        self.assertRegex(budgets._describe_pieces([piece], True), r"Office leaves .*700\.00")
        self.assertRegex(budgets._describe_pieces([{**piece, "amount": 701}], False), r"Office in 2026-05 is exceeded by .*1\.00")

    def test_report_opens_for_a_budget(self):
        budget = self._create_budget()
        self.assertEqual(budget.action_open_report()["domain"], [("budget_id", "=", budget.id)])

    def test_accountant_of_a_branch_alone_posts_a_bill_that_the_budget_counts(self):
        budget = self._approve_budget(self._create_budget())
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        own = {"company_id": branch.id, "company_ids": [Command.set(branch.ids)]}
        clerk = self._create_user("branch_accountant", "cosmetics_finance.group_accountant", **own)
        account = self.env["account.account"].with_company(self.company).search([("code", "=like", "5602%")], order="code", limit=1)
        item = Command.create({"name": "Paper", "account_id": account.id, "quantity": 1, "price_unit": 100, "tax_ids": [Command.clear()]})
        vals = {"move_type": "in_invoice", "partner_id": self.other.id, "invoice_date": "2026-05-10", "date": "2026-05-10"}
        bills = self.env["account.move"].with_user(clerk).with_context(allowed_company_ids=branch.ids)
        bill = bills.create({**vals, "company_id": branch.id, "ref": "B-1", "invoice_line_ids": [item]})
        bill.action_post()
        self.assertEqual((bill.state, self._get_report(budget).actual), ("posted", 100))
