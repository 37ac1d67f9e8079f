"""The cash-flow statement of an enterprise on the chart of the Accounting Standards for Enterprises."""

from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon

FLOWS = {
    "sales": (("1002", 113), ("6001", -100), ("2221", -13)),
    "tax_refunds": (("1002", 4), ("2221", -4)),
    "other_received": (("1002", 5), ("6301", -5)),
    "purchases": (("2202", 60), ("1002", -60)),
    "staff": (("2211", 70), ("1002", -70)),
    "taxes": (("2221", 8), ("1002", -8)),
    "other_paid": (("6602", 9), ("1001", -9)),
    "investments_back": (("1002", 11), ("1101", -11)),
    "investment_income": (("1002", 12), ("6111", -12)),
    "disposal": (("1002", 14), ("1606", -14)),
    "assets_bought": (("1601", 15), ("1002", -15)),
    "investments_made": (("1511", 16), ("1002", -16)),
    "capital_received": (("1002", 1000), ("4001", -1000)),
    "borrowings": (("1002", 200), ("2501", -200)),
    "debts_repaid": (("2001", 17), ("1002", -17)),
    "dividends": (("2232", 18), ("1002", -18)),
    "other_financing_out": (("2510", 19), ("1002", -19)),
    "exchange": (("1002", 21), ("6061", -21)),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestCashFlowLarge(StatementCommon):
    chart = "cn_large_bis"

    def test_each_movement_has_the_row_of_the_2019_format(self):
        for lines in FLOWS.values():
            self._enter("2026-05-03", *lines)
        figures = self._create_report("cash_flow")._get_figures()[0]
        expected = {code: abs(lines[0][1]) for code, lines in FLOWS.items()}
        # An entry by hand carries no mark of tax: cash of a sale is shared between revenue and tax received.
        expected["sales"], expected["tax_refunds"] = 100, 4 + 13
        self.assertEqual({code: figures[code][0] for code in FLOWS}, expected)
        self.assertEqual(figures["net_cash"][0], figures["closing_cash"][0])
        self.assertTrue(all(check["is_met"] for check in self._create_report("balance")._get_checks()))

    def test_tax_of_an_invoice_in_cash_belongs_to_the_sale(self):
        tax = self.books["account.tax"].search([("type_tax_use", "=", "sale"), ("amount", "=", 13)], limit=1)
        values = self._prepare_entry("2026-05-03", ("1002", 113), ("6001", -100), ("2221", -13))
        values["line_ids"][2][2].update(tax_line_id=tax.id, tax_repartition_line_id=tax.invoice_repartition_line_ids[1].id)
        self.books["account.move"].create(values).action_post()
        figures = self._create_report("cash_flow")._get_figures()[0]
        self.assertEqual((figures["sales"][0], figures["tax_refunds"][0]), (113, 0))

    def test_corrections_of_past_years_are_no_income_of_this_year(self):
        self._enter("2026-05-03", ("1002", 30), ("6901", -30))
        self.assertEqual(self._get_amounts("income", "net_profit"), ["0.00"])
        self.assertEqual(self._get_amounts("balance", "retained"), ["30.00"])
        self.assertTrue(self._create_report("balance")._get_checks()[2]["is_met"])

    def test_provisions_reduce_what_they_are_made_for(self):
        self._enter("2026-05-03", ("1122", 100, self.partner), ("6001", -100))
        self._enter("2026-05-04", ("6721", 10), ("1231", -10))
        self._enter("2026-05-04", ("6701", 20), ("1471", -20))
        self.assertEqual(self._get_amounts("balance", "accounts_receivable", "inventories"), ["90.00", "-20.00"])
        self.assertEqual(self._get_amounts("income", "credit_impairment", "asset_impairment", "net_profit"), ["-10.00", "-20.00", "70.00"])
