"""A period on the chart of larger companies (cn_large_bis), whose accounts of VAT the accountant adds first."""

from odoo import Command
from odoo.addons.cosmetics_finance.tests.common_statement import StatementCommon
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import FapiaoCommon, number

OWN_ACCOUNTS = {
    "22210101": "进项税额",
    "22210104": "转出未交增值税",
    "22210107": "销项税额",
    "22210110": "转出多交增值税",
    "222102": "未交增值税",
    "222105": "待认证进项税额",
    "222111": "应交城市维护建设税",
    "222112": "应交教育费附加",
    "222113": "应交地方教育附加",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestLargeChart(StatementCommon):
    chart = "cn_large_bis"
    as_accountant = FapiaoCommon.as_accountant
    _declaration = FapiaoCommon._declaration
    _row = FapiaoCommon._row
    _balance = FapiaoCommon._balance

    def _add_accounts(self, *codes):
        """Let the accountant add accounts of VAT, and let the taxes post to them."""
        accounts = self.as_accountant("account.account")
        accounts = accounts.create(
            [{"code": code, "name": OWN_ACCOUNTS[code], "account_type": "liability_current"} for code in codes or OWN_ACCOUNTS]
        )
        own = {account.code: account for account in accounts}
        for kind, code in (("sale", "22210107"), ("purchase", "22210101")):
            parts = self._tax(kind).repartition_line_ids.filtered(lambda part: part.repartition_type == "tax")
            parts.account_id = own.get(code, parts.account_id)
        return own

    def _tax(self, kind):
        company = [("company_id", "=", self.company.id), ("type_tax_use", "=", kind), ("amount", "=", 13)]
        return self.as_accountant("account.tax").search(company, limit=1)

    def _post(self, move_type, price, day="2026-11-20"):
        kind = "sale" if move_type.startswith("out") else "purchase"
        line = {"name": "面霜", "quantity": 1, "price_unit": price, "tax_ids": [Command.set(self._tax(kind).ids)]}
        partner = self.partner if kind == "sale" else self.other
        vals = {"move_type": move_type, "partner_id": partner.id, "invoice_date": day, "date": day}
        move = self.as_accountant("account.move").create({**vals, "invoice_line_ids": [Command.create(line)]})
        move.action_post()
        return move

    def test_chart_as_it_comes_shows_the_output_tax_as_a_difference(self):
        self._post("out_invoice", 1000)
        sheet = self._declaration()
        self.assertEqual((self._row(sheet, "out_none"), sheet.payable), ((1000, 130), 130))
        check = sheet.line_ids.filtered(lambda line: line.code == "chk_output")
        self.assertEqual((check.tax, check.ledger, check.difference), (130, 0, 130))
        with self.assertRaisesRegex(UserError, "differs from the ledger"):
            sheet.action_confirm()

    def test_account_that_is_not_there_yet_is_named(self):
        self._add_accounts("22210107", "22210104")
        self._post("out_invoice", 1000)
        sheet = self._declaration()
        self.assertEqual(sheet.difference, 0)
        with self.assertRaisesRegex(UserError, "Account 222102 is missing"):
            sheet.action_confirm()
        self.assertEqual((sheet.state, sheet.move_id.id, len(sheet.move_ids)), ("draft", False, 0))

    def test_whole_period_ties_and_surcharges_are_expense_6403(self):
        self._add_accounts()
        self._post("out_invoice", 1000)
        self._post("in_invoice", 300)
        vals = {"number": number(1), "direction": "received", "kind": "digital_special", "day": "2026-11-20", "amount": 200, "tax": 26}
        self.as_accountant("cosmetics.fapiao").create({**vals, "certified_month": "2026-11-01", "deductible_tax": 26})
        sheet = self._declaration()
        self.assertEqual((sheet.payable, sheet.reclassified, sheet.difference), (104, 13, 0))
        sheet.action_confirm()
        expected = {
            "22210104": 104, "222102": -104, "222105": 13, "22210101": 26, "22210107": -130,
            "640300": 12.48, "222111": -7.28, "222112": -3.12, "222113": -2.08,
        }  # fmt: skip
        self.assertEqual({code: self._balance(code) for code in expected}, expected)
        self.assertFalse(sheet.has_changed)
        sheet.action_reopen()
        self.assertEqual([self._balance(code) for code in ("222102", "222105", "640300", "222111")], [0, 0, 0, 0])

    def test_small_scale_relief_is_other_income_6301(self):
        own = self._add_accounts()
        self.company.write({"vat_taxpayer_kind": "small"})
        tax = self._tax("sale")
        tax.amount = 1
        vat_account = self.accounts["222101"]
        tax.repartition_line_ids.filtered(lambda part: part.account_id == own["22210107"]).account_id = vat_account
        line = {"name": "面霜", "price_unit": 5000, "tax_ids": [Command.set(tax.ids)]}
        vals = {"move_type": "out_invoice", "partner_id": self.partner.id, "invoice_date": "2026-11-20"}
        self.as_accountant("account.move").create({**vals, "invoice_line_ids": [Command.create(line)]}).action_post()
        sheet = self._declaration(kind="small")
        self.assertEqual((sheet.exempt, sheet.payable, sheet.difference), (50, 0, 0))
        sheet.action_confirm()
        self.assertEqual((self._balance("222101"), self._balance("630100")), (0, -50))

    def test_switch_of_the_taxpayer_leaves_taxes_that_the_chart_does_not_have(self):
        before = self.company.account_sale_tax_id, self.company.account_purchase_tax_id
        self.company.vat_taxpayer_kind = "small"
        self.assertEqual((self.company.account_sale_tax_id, self.company.account_purchase_tax_id), before)
