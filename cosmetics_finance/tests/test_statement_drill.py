"""Behind each amount of a statement stand the journal items that make it up."""

from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestStatementDrill(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._enter("2025-12-01", ("1002", 100000), ("3001", -100000))
        cls._enter("2026-02-01", ("1405", 4000), ("22210101", 520), ("2202", -4520, cls.other))
        cls._enter("2026-03-01", ("2202", 5000, cls.other), ("1002", -5000))
        cls._enter("2026-04-01", ("112200", 226, cls.partner), ("5001", -200), ("22210107", -26))
        cls._enter("2026-04-02", ("1001", 80), ("112201", -80, cls.other))
        cls._enter("2026-05-03", ("560102", 30), ("540303", 2), ("1002", -32))
        cls._enter("2026-05-04", ("1601", 700), ("1602", -50), ("1002", -650))
        cls._enter("2026-05-05", ("222102", -15), ("1002", 15))

    def _sum_behind(self, report, code, column):
        domain = report.action_open_items(code, column)["domain"]
        items = self.env["account.move.line"].with_user(self.reader).with_context(allowed_company_ids=self.company.ids)
        return round(sum(items.search(domain).mapped("balance")), 2)

    def _check_rows(self, kind, skipped=()):
        """Compare each amount with the items behind it; a total with parts of both signs is behind its rows, not beside them."""
        report = self._create_report(kind)
        figures = report._get_figures()[0]
        checked = 0
        for row in report._get_statement().row_ids.filtered(lambda row: row.kind in ("amount", "of_which") and row.code not in skipped):
            for column, amount in enumerate(figures[row.code]):
                if amount:
                    self.assertEqual(self._sum_behind(report, row.code, column), float(-amount if row.is_credit else amount), row.name)
                    checked += 1
        return checked

    def test_a_total_of_divided_accounts_sums_the_books_once(self):
        report = self._create_report("balance")
        self.assertEqual(self._count_sums(lambda: report.action_open_items("15", 0)), 1)

    def test_each_amount_of_the_balance_sheet(self):
        self.assertGreater(self._check_rows("balance"), 12)

    def test_each_amount_of_the_income_statement(self):
        self.assertGreater(self._check_rows("income"), 8)

    def test_each_amount_of_the_cash_flow_statement(self):
        self.assertGreater(self._check_rows("cash_flow", skipped=("5", "6")), 6)

    def test_an_entry_shared_by_two_rows_stands_whole_behind_each(self):
        report = self._create_report("cash_flow")
        figures = report._get_figures()[0]
        self.assertEqual([figures[code][1] for code in ("5", "6")], [2, 30])
        self.assertEqual([self._sum_behind(report, code, 1) for code in ("5", "6")], [-32, -32])

    def test_the_total_of_assets_opens_all_assets(self):
        report = self._create_report("balance")
        self.assertEqual(self._sum_behind(report, "30", 0), float(report._get_figures()[0]["30"][0]))

    def test_the_opening_column_opens_what_was_before_the_year(self):
        self.assertEqual(self._sum_behind(self._create_report("balance"), "1", 1), 100000)

    def test_a_row_without_an_amount_opens_nothing(self):
        self.assertEqual(self._sum_behind(self._create_report("balance"), "28", 0), 0)

    def test_the_reader_opens_the_list_and_the_accountant_names_rows_in_it(self):
        action = self._create_report("cash_flow").action_open_items("3", 0)
        view = self.env["account.move.line"].with_user(self.accountant).get_view(action["views"][0][0], "list")
        self.assertIn("cash_flow_row_id", view["arch"])
        self.assertIn('create="0"', view["arch"])
