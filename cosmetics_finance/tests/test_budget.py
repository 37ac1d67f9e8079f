"""The life of a budget: drafted, submitted, put in force by a second person, replaced by the next version."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common_budget import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudget(BudgetCommon):
    def test_year_is_spread_over_the_months_and_december_takes_the_rest(self):
        line = self._create_budget({"amount_year": 100}).line_ids
        amounts = [f"{amount:.2f}" for amount in line.month_ids.sorted("day").mapped("planned")]
        self.assertEqual((amounts[0], amounts[-1], line.amount_year), ("8.33", "8.37", 100))

    def test_month_that_is_changed_changes_the_year(self):
        budget = self._create_budget()
        budget.line_ids.month_ids.sorted("day")[4].planned = 3000
        self.assertEqual((budget.line_ids.amount_year, budget.amount), (14000, 14000))

    def test_second_person_puts_a_budget_in_force(self):
        budget = self._approve_budget(self._create_budget())
        self.assertEqual((budget.state, budget.submitted_by_id, budget.approved_by_id), ("approved", self.accountant, self.second))

    def test_nobody_approves_an_own_budget(self):
        budget = self._create_budget()
        budget.action_submit()
        with self.assertRaisesRegex(UserError, "second person"):
            budget.action_approve()

    def test_who_entered_a_month_is_an_author_too(self):
        budget = self._create_budget()
        self._as(budget.line_ids.month_ids[:1], self.second).planned = 5
        budget.action_submit()
        with self.assertRaisesRegex(UserError, "second person"):
            self._as(budget, self.second).action_approve()

    def test_budget_without_lines_is_not_submitted(self):
        budget = self.books["cosmetics.budget"].create({"company_id": self.company.id, "year": "2026"})
        with self.assertRaisesRegex(UserError, "no lines"):
            budget.action_submit()

    def test_submitted_budget_goes_back_to_its_author(self):
        budget = self._create_budget()
        budget.action_submit()
        self._as(budget, self.second).action_draft()
        self.assertEqual((budget.state, budget.submitted_by_id.id), ("draft", False))

    def test_figures_of_a_submitted_budget_stand(self):
        budget = self._create_budget()
        budget.action_submit()
        line = budget.line_ids
        for change in (
            lambda: line.write({"amount_year": 5}),
            lambda: line.month_ids[0].write({"planned": 5}),
            lambda: line.write({"control": "none"}),
            lambda: budget.write({"year": "2027"}),
            lambda: line.unlink(),
            lambda: line.copy({"budget_id": budget.id}),
        ):
            with self.assertRaisesRegex(UserError, "Only a draft"):
                change()
        with self.assertRaisesRegex(UserError, "kept"):
            budget.unlink()

    def test_nobody_writes_the_state_or_what_transfers_changed(self):
        budget = self._create_budget()
        with self.assertRaises(AccessError):
            budget.write({"state": "approved"})
        with self.assertRaises(AccessError):
            self._create_budget(state="approved")
        with self.assertRaises(AccessError):
            budget.line_ids.month_ids[0].write({"adjusted": 5})
        other = (
            self.books["cosmetics.budget"].with_context(default_state="approved").create({"company_id": self.company.id, "year": "2027"})
        )
        self.assertEqual(other.state, "draft")

    def test_reason_of_a_variance_is_entered_in_force(self):
        budget = self._approve_budget(self._create_budget())
        report = self._as(self._get_report(budget), self.accountant)
        report.reason = "Double Eleven came early"
        self.assertEqual(budget.line_ids.month_ids.sorted("day")[4].reason, "Double Eleven came early")

    def test_new_version_begins_with_what_is_in_force_and_replaces_it(self):
        budget = self._approve_budget(self._create_budget())
        change = self._create_change(budget, 500)
        change.action_submit()
        self._as(change, self.second).action_approve()
        fresh = self.books["cosmetics.budget"].browse(budget.action_new_version()["res_id"])
        months = fresh.line_ids.month_ids.sorted("day")
        self.assertEqual((fresh.version, months[4].planned, months[4].adjusted, fresh.amount), (2, 1500, 0, 12500))
        self._approve_budget(fresh)
        self.assertEqual((budget.state, fresh.state), ("replaced", "approved"))

    def test_draft_for_another_year_takes_its_months_along(self):
        budget = self._create_budget()
        budget.year = "2027"
        self.assertEqual({month.day.year for month in budget.line_ids.month_ids}, {2027})

    def test_reader_of_the_books_changes_nothing(self):
        budget = self._as(self._create_budget(), self.reader)
        self.assertEqual(budget.amount, 12000)
        with self.assertRaises(AccessError):
            budget.action_submit()
        with self.assertRaises(AccessError):
            budget.line_ids.month_ids[0].reason = "x"
        with self.assertRaises(AccessError):
            budget.copy()

    def test_employee_reads_no_budget(self):
        budget = self._create_budget()
        employee = self._create_user("budget_employee", company_id=self.company.id, company_ids=self.company.ids)
        for record in (budget, budget.line_ids, budget.line_ids.month_ids[0]):
            with self.assertRaises(AccessError):
                self._as(record, employee).read(["display_name"])

    def test_budget_of_another_company_is_out_of_sight(self):
        budget = self._create_budget()
        outsider = self._create_user("budget_outsider", "cosmetics_finance.group_accountant")
        self.assertFalse(self.env["cosmetics.budget"].with_user(outsider).search([("id", "=", budget.id)]))

    def test_months_of_a_line_open_in_a_window(self):
        line = self._create_budget().line_ids
        self.assertEqual((line.action_open_months()["res_id"], line.action_open_months()["target"]), (line.id, "new"))

    def test_accounts_are_named_by_digits(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self._create_budget({"account_prefix": "销售"})

    def test_name_tells_year_and_version(self):
        self._create_budget()
        self.assertEqual(self._create_budget().name, "Budget 2026, version 2")

    def test_line_added_to_a_draft_has_twelve_months(self):
        budget = self._create_budget()
        line = self.books["cosmetics.budget.line"].create({"budget_id": budget.id, "name": "Rent", "account_prefix": "5601"})
        self.assertEqual((len(line.month_ids), line.amount_year, line.control), (12, 0, "warn"))
        line.amount_year = 1200
        self.assertEqual(set(line.month_ids.mapped("planned")), {100})

    def test_two_budgets_of_a_year_are_never_in_force(self):
        first, second = self._approve_budget(self._create_budget()), self._approve_budget(self._create_budget())
        self.assertEqual((first.state, second.state), ("replaced", "approved"))
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            first.sudo().state = "approved"
            first.flush_recordset()

    def test_months_are_named_by_year_and_month(self):
        months = self._create_budget().line_ids.month_ids.sorted("day")
        self.assertEqual((months[0].display_name, months[11].display_name), ("2026-01", "2026-12"))

    def test_budget_and_its_lines_are_deleted_as_a_draft(self):
        budget = self._create_budget()
        months = budget.line_ids.month_ids
        budget.unlink()
        self.assertFalse(months.exists())
