"""Both charts of accounts as Odoo ships them and we extend them: every account has one place."""

import doctest
import importlib
import io

import openpyxl
from odoo.tests import BaseCase, tagged

from ..tools.cash_flow import Classifier
from .common_statement import StatementCommon

TOOLS = ("cash_flow", "period", "statement")
# Accounts of banks, insurers and brokers, which the form of general enterprises has no row for (domain list, 2019 format).
FOREIGN_TO_BALANCE = {
    *("1003", "1011", "1021", "1031", "1111", "1201", "1211", "1212", "1301", "1302", "1303", "1304", "1311", "1321", "1431", "1441"),
    *("1451", "1461", "1541", "1611", "1821", "2002", "2003", "2004", "2011", "2012", "2021", "2111", "2251", "2261", "2311", "2312"),
    *("2313", "2314", "2601", "2602", "2611", "2621", "3001", "3002", "3101", "3201", "3202"),
}
FOREIGN_TO_INCOME = {
    *("6011", "6021", "6031", "6071", "6201", "6202", "6203", "6421", "6501", "6502", "6511", "6521", "6531", "6541", "6542", "6604"),
    "6901",
}


@tagged("post_install", "-at_install")
class TestPlainTools(BaseCase):
    def test_examples_in_the_plain_modules_are_true(self):
        for name in TOOLS:
            result = doctest.testmod(importlib.import_module(f"odoo.addons.cosmetics_finance.tools.{name}"))
            self.assertGreater(result.attempted, 0, name)
            self.assertEqual(result.failed, 0, name)


class ChartWalk(StatementCommon):
    """What holds for each chart."""

    def _get_definition(self, kind):
        return self.env["cosmetics.statement"]._get_of_company(self.company, kind)._get_definition()

    def _get_homeless(self, kind, beginnings):
        definition = self._get_definition(kind)
        codes = [code for code in self.accounts if code.startswith(beginnings)]
        self.assertGreater(len(codes), 20)
        for code in codes:
            places = definition.places.get(definition.find(code), {})
            self.assertIn(sorted(places), ([], [""], ["C", "D"]), code)
        return {code[:4] for code in codes if not definition.rows_of(code)}


@tagged("post_install", "-at_install")
class TestSmallChart(ChartWalk):
    def test_each_account_has_one_place_in_the_balance_sheet(self):
        self.assertGreater(len(self.accounts), 130)
        self.assertEqual(self._get_homeless("balance", ("1", "2", "3", "4", "5")), set())

    def test_each_account_of_income_and_expense_has_one_row(self):
        self.assertEqual(self._get_homeless("income", ("5",)), set())

    def test_each_account_has_a_rule_for_money_that_comes_and_goes(self):
        statement = self.env["cosmetics.statement"]._get_of_company(self.company, "cash_flow")
        self._check_rules(statement)

    def _check_rules(self, statement):
        classifier = Classifier(statement._get_rules())
        codes = self.env["cosmetics.statement"]._get_codes(self.company)
        cash = set(self.env["cosmetics.cash.flow"]._get_cash_accounts(self.company, codes))
        without = {
            code for account, code in codes.items() if account not in cash for inward in (True, False) if classifier.find(code, inward)[1]
        }
        self.assertEqual(without, set())

    def test_the_official_rows_are_all_there(self):
        for kind, count in (("balance", 53), ("income", 32), ("cash_flow", 22)):
            rows = self.env["cosmetics.statement"]._get_of_company(self.company, kind).row_ids
            self.assertEqual([row.number for row in rows if row.number], [str(number) for number in range(1, count + 1)], kind)


@tagged("post_install", "-at_install")
class TestLargeChart(ChartWalk):
    chart = "cn_large_bis"

    def test_each_account_but_those_of_banks_has_one_place_in_the_balance_sheet(self):
        self.assertGreater(len(self.accounts), 190)
        self.assertEqual(self._get_homeless("balance", ("1", "2", "3", "4", "5", "6")), FOREIGN_TO_BALANCE)

    def test_each_account_of_income_but_those_of_banks_has_one_row(self):
        self.assertEqual(self._get_homeless("income", ("6",)), FOREIGN_TO_INCOME)

    def test_the_form_has_no_printed_numbers(self):
        for kind in ("balance", "income", "cash_flow"):
            self.assertFalse(any(self.env["cosmetics.statement"]._get_of_company(self.company, kind).row_ids.mapped("number")))
            self.assertFalse(self._create_report(kind)._get_sheet()["has_numbers"])

    def test_both_columns_are_those_of_the_2019_format(self):
        self.assertEqual(self._create_report("balance")._get_sheet()["columns"], ["Closing Balance", "Closing Balance of Last Year"])
        self.assertEqual(self._create_report("income")._get_sheet()["columns"], ["Amount of This Period", "Amount of Last Period"])

    def test_the_spreadsheet_has_no_column_of_numbers(self):
        self._enter("2026-05-01", ("1002", 1130.5), ("4001", -1130.5))
        report = self._create_report("balance")
        action = self.env.ref("cosmetics_finance.cosmetics_statement_report_action_xlsx").with_user(self.reader)
        content, _kind = action._render("cosmetics_finance.statement_xlsx", report.ids, {})
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        self.assertEqual([page[cell].value for cell in ("A4", "B4", "D4", "B6", "C6")], self._get_headings(report) + [1130.5, 0])

    def _get_headings(self, report):
        sheet = report._in_company_language()._get_sheet()
        return [sheet["blocks"][0]["heading"], sheet["columns"][0], sheet["blocks"][1]["heading"]]

    def test_each_account_of_general_enterprises_has_a_rule_for_money(self):
        statement = self.env["cosmetics.statement"]._get_of_company(self.company, "cash_flow")
        classifier = Classifier(statement._get_rules())
        codes = self.env["cosmetics.statement"]._get_codes(self.company)
        cash = set(self.env["cosmetics.cash.flow"]._get_cash_accounts(self.company, codes))
        foreign = FOREIGN_TO_BALANCE | FOREIGN_TO_INCOME - {"6901"}
        known = {code for account, code in codes.items() if account not in cash and code[:4] not in foreign}
        self.assertGreater(len(known), 100)
        # Deferred taxes and impairments never meet cash, reserves only go out.
        without_cash = {"181100", "290100", "670100"}
        self.assertEqual({code for code in known if classifier.find(code, False)[1]}, without_cash)
        self.assertEqual({code for code in known if classifier.find(code, True)[1]}, without_cash | {"410100", "410200"})
