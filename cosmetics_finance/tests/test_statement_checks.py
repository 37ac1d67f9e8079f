"""The sentences beside a statement: what is not met is said with its difference, and leads to what is open."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestStatementChecks(StatementCommon):
    def _get_warning(self, subject, **vals):
        return [warning["text"] for warning in self._create_report("balance", **vals)._get_warnings() if warning["subject"] == subject]

    def _open(self, subject, model="account.move.line", **vals):
        action = self._create_report("balance", **vals).action_open_warning(subject)
        return self.env[model].with_user(self.reader).with_company(self.company).search(action["domain"])

    def test_empty_books_tie(self):
        report = self._create_report("balance")
        self.assertEqual([check["is_met"] for check in report._get_checks()], [True] * 3)
        self.assertEqual(report._get_warnings(), [])

    def test_a_page_sums_each_statement_once(self):
        for kind in ("balance", "income", "cash_flow"):
            report = self._create_report(kind, has_comparison=True)
            # The third sum is the opening cash of the cash-flow statement.
            self.assertEqual(self._count_sums(lambda report=report: report.page), 3)

    def test_a_distribution_explains_the_change_of_undistributed_profit(self):
        self._enter("2025-03-01", ("1002", 1000), ("5001", -1000))
        self._enter("2026-02-01", ("1002", 500), ("5001", -500))
        self._enter("2026-03-01", ("3104", 300), ("2232", -300))
        self._enter("2026-03-01", ("3104", 50), ("3101", -50))
        check = self._create_report("balance")._get_checks()[2]
        self.assertTrue(check["is_met"])
        for amount in ("500.00", "-350.00", "150.00"):
            self.assertIn(amount, check["text"])

    def test_an_expense_account_without_a_row_breaks_the_tie_of_profit(self):
        row = self.env.ref("cosmetics_finance.statement_row_cn_income_14").with_user(self.accountant)
        row.accounts = "5699"
        self._enter("2026-02-01", ("5602", 70), ("1002", -70))
        report = self._create_report("balance")
        check = report._get_checks()[2]
        self.assertEqual((check["is_met"], abs(check["difference"])), (False, 70))
        self.assertIn("text-danger", report.page)
        self.assertIn("560200 (¥", self._get_warning("unmapped")[0].replace("\xa0", ""))
        self.assertEqual(self._open("unmapped").mapped("balance"), [70])

    def test_drafts_of_the_year_are_counted_and_opened(self):
        moves = self.books["account.move"].create(
            [self._prepare_entry(day, ("1002", 10), ("5001", -10)) for day in ("2026-02-01", "2026-05-02", "2026-06-01", "2025-05-01")]
        )
        self.assertIn("2 draft entries", self._get_warning("drafts")[0])
        self.assertEqual(self._open("drafts", "account.move"), moves[:2])

    def test_money_on_its_way_is_named_until_the_bank_has_it(self):
        suspense = self.bank_journal.suspense_account_id.code
        self._enter("2026-05-02", ("1002", 50), (suspense, -50))
        self.assertIn(suspense, self._get_warning("waiting")[0])
        self.assertEqual(self._open("waiting").mapped("balance"), [-50])
        self._enter("2026-05-03", (suspense, 50), ("112200", -50, self.partner))
        self.assertEqual(self._get_warning("waiting"), [])

    def test_a_payment_the_bank_has_not_shown_yet_is_on_its_way(self):
        payment = self.books["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.partner.id,
                "amount": 30,
                "date": "2026-05-02",
                "journal_id": self.bank_journal.id,
            }
        )
        payment.action_post()
        account = payment.move_id.line_ids.account_id.filtered(lambda account: account.account_type == "asset_current")
        self.assertTrue(account)
        self.assertIn(account.code, self._get_warning("waiting")[0])

    def test_what_comes_after_the_period_is_no_matter_of_it(self):
        self._enter("2026-06-02", ("1002", 50), (self.bank_journal.suspense_account_id.code, -50))
        self.assertEqual(self._get_warning("waiting"), [])

    def test_the_page_says_warnings_with_a_link(self):
        self.books["account.move"].create(self._prepare_entry("2026-05-02", ("1002", 10), ("5001", -10)))
        self.assertIn('data-warning="drafts"', self._create_report("balance").page)

    def test_years_begin_with_the_first_entry(self):
        self._enter("2023-05-02", ("1002", 10), ("5001", -10))
        years = self.books["cosmetics.statement.report"]._get_years()
        self.assertEqual([year for year, _label in years], ["2026", "2025", "2024", "2023"])

    def test_the_current_month_is_proposed(self):
        report = self.env["cosmetics.statement.report"].with_user(self.reader).with_company(self.company).create({})
        self.assertEqual(
            (report.kind, report.year, report.month, report.quarter, report._get_period().end),
            ("balance", "2026", "5", "2", date(2026, 5, 31)),
        )

    def test_the_books_of_another_company_stay_closed(self):
        foreign = self.env["res.company"].create({"name": "Foreign Books", "country_id": self.env.ref("base.cn").id})
        with self.assertRaises(AccessError):
            self._create_report("balance", company_id=foreign.id)._get_figures()

    def test_what_one_user_looks_at_another_does_not_see(self):
        report = self._create_report("balance")
        self.assertFalse(self.env["cosmetics.statement.report"].with_user(self.accountant).search([("id", "=", report.id)]))

    def test_periods_and_flows_of_another_company_are_not_seen(self):
        foreign = self.env["res.company"].create({"name": "Foreign Books", "country_id": self.env.ref("base.cn").id})
        close = self.env["cosmetics.period.close"].create({"company_id": foreign.id, "year": "2026", "month": "4"})
        check = self.env["cosmetics.period.check"].create({"close_id": close.id, "name": "Test", "subject": "drafts"})
        for record in (close, check):
            found = self.env[record._name].with_user(self.accountant).with_context(allowed_company_ids=self.company.ids)
            self.assertFalse(found.search([("id", "=", record.id)]), record._name)

    def test_nobody_writes_cash_flows_or_findings_by_hand(self):
        close = self.env["cosmetics.period.close"].with_user(self.accountant).with_company(self.company)
        close = close.create({"company_id": self.company.id, "year": "2026", "month": "4"})
        with self.assertRaises(AccessError):
            self.env["cosmetics.period.check"].with_user(self.accountant).create({"close_id": close.id, "name": "x", "subject": "drafts"})
        move = self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        with self.assertRaises(AccessError):
            self.env["cosmetics.cash.flow"].with_user(self.accountant).create(
                {"move_id": move.id, "company_id": self.company.id, "date": "2026-05-02", "amount": 1}
            )
