"""The balance sheet and income statement of a small enterprise, by hand."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestStatementBalance(StatementCommon):
    def test_worked_example_of_a_small_shop(self):
        """By hand: capital 100000; goods 40000 + VAT 5200 on credit; sold for 30000 + 3900 in cash at cost 12000; rent 3000."""
        self._enter("2025-12-01", ("1002", 100000), ("3001", -100000))
        self._enter("2026-03-05", ("1405", 40000), ("22210101", 5200), ("2202", -45200, self.other))
        self._enter("2026-04-10", ("1001", 33900), ("5001", -30000), ("22210107", -3900))
        self._enter("2026-04-10", ("5401", 12000), ("1405", -12000))
        self._enter("2026-05-06", ("5602", 3000), ("1002", -3000))
        rows = self._get_amounts("balance", "1", "9", "12", "14", "30", "33", "36", "48", "51", "53")
        # VAT: 5200 input - 3900 output = 1300 to be credited, a current asset and no negative tax.
        self.assertEqual(
            rows,
            ["130900.00", "28000.00", "28000.00", "1300.00", "160200.00", "45200.00", "0.00", "100000.00", "15000.00", "160200.00"],
        )
        income = self._create_report("income")._get_figures()[0]
        self.assertEqual([income[code][0] for code in ("1", "2", "14", "32")], [30000, 12000, 3000, 15000])
        self.assertEqual([income[code][1] for code in ("1", "14", "32")], [0, 3000, -3000])
        opening = self._create_report("balance")._get_figures()[0]
        self.assertEqual((opening["30"][1], opening["53"][1]), (100000, 100000))

    def test_a_customer_who_has_paid_too_much_is_no_negative_receivable(self):
        self._enter("2026-05-01", ("112200", 500, self.partner), ("5001", -500))
        self._enter("2026-05-02", ("1002", 80), ("112200", -80, self.other))
        self.assertEqual(self._get_amounts("balance", "4", "34"), ["500.00", "80.00"])

    def test_a_partner_is_netted_over_the_accounts_of_one_main_account(self):
        self._enter("2026-05-01", ("112200", 500, self.partner), ("5001", -500))
        self._enter("2026-05-02", ("1002", 80), ("112201", -80, self.partner))
        self.assertEqual(self._get_amounts("balance", "4", "34"), ["420.00", "0.00"])

    def test_entries_without_a_partner_are_one_partner(self):
        self._enter("2026-05-01", ("1123", 70), ("1002", -70))
        self._enter("2026-05-01", ("1123", -100), ("1405", 100))
        self.assertEqual(self._get_amounts("balance", "5", "33"), ["0.00", "30.00"])

    def test_a_credit_note_in_red_ink_reduces_revenue(self):
        sale = self._enter("2026-05-01", ("112200", 113, self.partner), ("5001", -100), ("22210107", -13))
        sale._reverse_moves([{"date": "2026-05-03"}], cancel=True)
        self.assertEqual(self._get_amounts("income", "1", "32"), ["0.00", "0.00"])
        self.assertEqual(self._get_amounts("balance", "4", "36"), ["0.00", "0.00"])

    def test_profit_of_all_years_not_closed_is_undistributed(self):
        for year in (2023, 2024, 2026):
            self._enter(f"{year}-05-01", ("1002", 10), ("5001", -10))
        self.assertEqual(self._get_amounts("balance", "51"), ["30.00"])

    def test_a_closing_entry_changes_neither_statement(self):
        self._enter("2025-05-01", ("1002", 1000), ("5001", -1000))
        before = [self._get_amounts("income", "1", "32", year="2025", month="12"), self._get_amounts("balance", "51")]
        self._enter("2025-12-31", ("5001", 1000), ("3103", -1000))
        self._enter("2025-12-31", ("3103", 1000), ("3104", -1000))
        self.assertEqual(before, [["1000.00", "1000.00"], ["1000.00"]])
        self.assertEqual([self._get_amounts("income", "1", "32", year="2025", month="12"), self._get_amounts("balance", "51")], before)

    def test_drafts_do_not_count(self):
        self.books["account.move"].create(self._prepare_entry("2026-05-01", ("1002", 10), ("5001", -10)))
        self.assertEqual(self._get_amounts("balance", "1"), ["0.00"])

    def test_an_account_without_a_row_is_named_and_not_dropped(self):
        odd = self.books["account.account"].create({"name": "Odd", "code": "990099", "account_type": "asset_current"})
        type(self).accounts = {**self.accounts, "990099": odd}
        self._enter("2026-05-01", ("990099", 7), ("3001", -7))
        report = self._create_report("balance")
        self.assertEqual(list(report._get_figures()[1]), ["990099"])
        self.assertIn("990099", report._get_warnings()[0]["text"])
        self.assertFalse(report._get_checks()[0]["is_met"])

    def test_a_year_is_compared_with_the_year_before(self):
        self._enter("2025-05-01", ("1002", 10), ("5001", -10))
        self._enter("2026-02-01", ("1002", 25), ("5001", -25))
        figures = self._create_report("income", period_kind="year")._get_figures()[0]
        self.assertEqual(figures["1"], [25, 10])

    def test_a_quarter_has_three_months(self):
        for month in (3, 4, 5, 6):
            self._enter(f"2026-{month:02d}-01", ("1002", month), ("5001", -month))
        figures = self._create_report("income", period_kind="quarter", quarter="2")._get_figures()[0]
        self.assertEqual(figures["1"], [18, 15])

    def test_a_branch_is_part_of_the_books(self):
        branch = self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        users = self.accountant | self.reader
        users.company_ids += branch
        journal = self.env["account.journal"].search([("company_id", "=", branch.id), ("type", "=", "general")], limit=1) or self.journal
        move = self.books(context={**self.books.context, "allowed_company_ids": [self.company.id, branch.id]})["account.move"]
        values = {**self._prepare_entry("2026-05-01", ("1002", 10), ("5001", -10)), "journal_id": journal.id, "company_id": branch.id}
        move.create(values).action_post()
        self.assertEqual(self._get_amounts("balance", "1"), ["10.00"])

    def test_a_company_without_a_chinese_chart_is_told_what_to_do(self):
        self.company.chart_template = False
        with self.assertRaisesRegex(UserError, "Small Enterprises"):
            self._create_report("balance")._get_figures()

    def test_who_may_not_read_all_branches_sees_no_statement(self):
        self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        report = self._create_report("balance")
        self.reader.company_ids = [(6, 0, self.company.ids)]
        with self.assertRaisesRegex(AccessError, "Test Branch"):
            report._get_figures()

    def test_an_employee_opens_no_statement(self):
        employee = self._create_user("statement_employee")
        with self.assertRaises(AccessError):
            self._create_report("balance", user=employee)

    def test_the_reader_changes_no_row(self):
        row = self.env.ref("cosmetics_finance.statement_row_cn_balance_1")
        with self.assertRaises(AccessError):
            row.with_user(self.reader).accounts = "1001"

    def test_the_accountant_is_told_when_two_rows_claim_an_account(self):
        row = self.env.ref("cosmetics_finance.statement_row_cn_balance_2").with_user(self.accountant)
        with self.assertRaisesRegex(ValidationError, "1001 belong to two rows"):
            row.accounts = "1101 1001"

    def test_a_row_changed_by_the_accountant_survives_an_update(self):
        row = self.env.ref("cosmetics_finance.statement_row_cn_balance_28").with_user(self.accountant)
        row.accounts = "1905"
        self.env["cosmetics.statement"]._load_rows()
        self.assertEqual(row.accounts, "1905")

    def test_a_row_that_a_total_needs_cannot_go(self):
        with self.assertRaisesRegex(ValidationError, "names the row 2"):
            self.env.ref("cosmetics_finance.statement_row_cn_balance_2").with_user(self.accountant).unlink()

    def test_an_amount_opens_its_journal_items(self):
        self._enter("2026-05-01", ("112200", 500, self.partner), ("5001", -500))
        self._enter("2026-05-02", ("1002", 80), ("112200", -80, self.other))
        self._enter("2026-06-02", ("1002", 80), ("112200", -80, self.partner))
        report = self._create_report("balance")
        for code, amount in (("4", 500), ("34", -80), ("15", 580), ("51", -500)):
            domain = report.action_open_items(code, 0)["domain"]
            lines = self.env["account.move.line"].with_user(self.reader).with_company(self.company).search(domain)
            self.assertEqual(sum(lines.mapped("balance")), amount, code)

    def test_an_amount_of_the_income_statement_opens_its_period_without_the_closing(self):
        self._enter("2026-04-01", ("1002", 10), ("5001", -10))
        self._enter("2026-05-01", ("1002", 20), ("5001", -20))
        self._enter("2026-05-31", ("5001", 30), ("3103", -30))
        report = self._create_report("income")
        sums = [
            sum(
                self.env["account.move.line"]
                .with_user(self.reader)
                .search(report.action_open_items("1", column)["domain"])
                .mapped("balance")
            )
            for column in (0, 1)
        ]
        self.assertEqual(sums, [-30, -20])

    def test_an_amount_that_is_not_there_opens_nothing(self):
        with self.assertRaises(UserError):
            self._create_report("balance").action_open_items("nothing", 0)
        with self.assertRaises(UserError):
            self._create_report("balance").action_open_items("1", None)

    def test_profit_of_the_whole_past_is_opening_equity(self):
        self._enter("2025-05-01", ("1002", 10), ("5001", -10))
        figures = self._create_report("balance")._get_figures()[0]
        self.assertEqual((figures["51"], self._create_report("balance")._get_period().opening), ([10, 10], date(2025, 12, 31)))
