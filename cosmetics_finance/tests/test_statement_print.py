"""The forms on screen, on paper and as a spreadsheet."""

import io

import openpyxl
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon

FORMS = {"balance": ("资产负债表", "会小企01表"), "income": ("利润表", "会小企02表"), "cash_flow": ("现金流量表", "会小企03表")}


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestStatementPrint(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.company.partner_id.lang = "zh_CN"
        cls._enter("2026-05-01", ("1002", 1130.5), ("5001", -1000.5), ("22210107", -130))

    def _get_workbook(self, kind):
        report = self._create_report(kind)
        action = self.env.ref("cosmetics_finance.cosmetics_statement_report_action_xlsx").with_user(self.reader)
        content, _kind = action._render("cosmetics_finance.statement_xlsx", report.ids, {})
        return openpyxl.load_workbook(io.BytesIO(content)).active

    def test_both_sides_of_the_balance_sheet_end_in_one_line(self):
        sheet = self._create_report("balance")._get_sheet()
        left, right = (block["rows"] for block in sheet["blocks"])
        self.assertEqual((len(left), left[-1]["number"], right[-1]["number"]), (len(right), "30", "53"))

    def test_the_paper_is_in_the_language_of_the_company(self):
        for kind, (title, form) in FORMS.items():
            report = self._create_report(kind)
            text = (
                self.env["ir.actions.report"]
                .with_user(self.reader)
                ._render_qweb_html("cosmetics_finance.report_statement", report.ids)[0]
                .decode()
            )
            for part in (title, form, "编制单位：Test Books", "单位：元", "企业负责人：", "财务负责人：", "制表：", "1,130.50"):
                self.assertIn(part, text, kind) if kind != "income" or part != "1,130.50" else self.assertIn("1,000.50", text)
            self.assertNotIn("data-row", text)

    def test_the_day_stands_on_the_balance_sheet_and_the_month_on_the_others(self):
        dates = [self._create_report(kind)._in_company_language()._get_sheet()["date"] for kind in FORMS]
        self.assertEqual(dates, ["2026年5月31日", "2026年5月", "2026年5月"])

    def test_numbers_of_the_spreadsheet_are_numbers(self):
        page = self._get_workbook("balance")
        self.assertEqual([page["A1"].value, page["H2"].value, page["A6"].value.strip()], ["资产负债表", "会小企01表", "货币资金"])
        self.assertEqual((page["B6"].value, page["C6"].value, page["D6"].value), (1, 1130.5, 0))

    def test_the_spreadsheet_has_each_row_of_the_form(self):
        for kind, count in (("income", 32), ("cash_flow", 22)):
            numbers = [cell.value for cell in self._get_workbook(kind)["B"] if isinstance(cell.value, int)]
            self.assertEqual(numbers, list(range(1, count + 1)), kind)

    def test_the_page_has_links_for_amounts_and_green_sentences(self):
        page = self._create_report("balance").page
        # QWeb leaves out an attribute that is 0.
        self.assertIn('data-row="1" data-column="0"', page)
        self.assertEqual(page.count("text-success"), 3)
        self.assertNotIn("text-danger", page)

    def test_a_form_of_the_year_compares_with_the_year_before(self):
        columns = self._create_report("income", period_kind="year")._get_sheet()["columns"]
        self.assertEqual(columns, ["Cumulative This Year", "Amount of Last Year"])

    def test_comparison_adds_columns(self):
        columns = {kind: len(self._create_report(kind, has_comparison=True)._get_sheet()["columns"]) for kind in FORMS}
        self.assertEqual(columns, {"balance": 3, "income": 4, "cash_flow": 4})

    def test_the_file_is_named_after_form_period_and_company(self):
        self.assertEqual(self._create_report("balance")._get_file_name(), "资产负债表 2026年5月31日 Test Books")
