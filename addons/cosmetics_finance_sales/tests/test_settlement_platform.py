"""A channel that names its platform's company: each payout under its number, fees against the bill of the platform and its VAT."""

from decimal import Decimal

from odoo import Command
from odoo.addons.cosmetics_sales.tests import settlement_files as files
from odoo.tests import tagged

from .common_settlement_post import SettlementPostCommon


@tagged("post_install", "-at_install")
class TestSettlementPlatform(SettlementPostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.env["res.partner"].create({"name": "测试支付科技有限公司", "is_company": True})
        cls.channel.platform_partner_id = cls.platform

    def _post(self, *rows):
        """Return the entry of a settlement of rows of (flow, order, amount, kind of business)."""
        return self._post_file(files.alipay(*((flow, order, Decimal(amount), kind) for flow, order, amount, kind in rows)))

    def _post_file(self, raw):
        settlement = self._settle(raw)
        for match in settlement.match_ids.with_user(self.books_keeper):
            match.explanation = "other"
        settlement = settlement.with_user(self.books_keeper)
        settlement.action_confirm()
        settlement.action_post()
        return settlement.posted_move_id

    def test_each_payout_is_on_its_way_under_its_number(self):
        move = self._post(("F1", "69001", "100.00", "在线支付"), ("W20001", "", "-60.00", "提现"), ("W20002", "", "-15.50", "提现"))
        ways = move.line_ids.filtered(lambda item: item.account_id == self.transfer)
        self.assertEqual(sorted(ways.mapped("balance")), [15.5, 60.0])
        self.assertEqual(ways.partner_id, self.platform)
        for number in ("W20001", "W20002"):
            self.assertEqual(len(ways.filtered(lambda item, number=number: number in item.name)), 1)
        self.assertAlmostEqual(self._balances(move)[self.wallet.default_account_id], 24.5)

    def test_each_payout_has_its_own_day_in_china_and_the_entry_the_last_one(self):
        raw = files.alipay(
            ("W20001", "", Decimal(-60), "提现"), ("W20002", "", Decimal(-15), "提现"), ("F1", "69001", Decimal(100), "在线支付")
        )
        move = self._post_file(raw.replace(b"2026-05-17 10:00:00", b"2026-05-03 00:30:00", 1))
        ways = move.line_ids.filtered(lambda item: item.account_id == self.transfer).sorted("balance")
        self.assertEqual([str(way.date_maturity) for way in ways], ["2026-05-17", "2026-05-03"])
        self.assertEqual(str(move.date), "2026-05-17")

    def test_the_bill_of_the_platform_clears_its_fees_and_brings_the_vat(self):
        move = self._post(("F1", "69001", "100.00", "在线支付"), ("F2", "", "-10.60", "服务费"))
        payable = self.platform.property_account_payable_id
        self.assertAlmostEqual(self._balances(move)[payable], 10.6)
        self.assertFalse([account for account in self._balances(move) if account.account_type == "expense"])
        bill = self._bill(10.0, 6.0)
        self.assertAlmostEqual(bill.amount_total, 10.6)
        fees = move.line_ids.filtered(lambda item: item.account_id == payable)
        bill.js_assign_outstanding_line(fees.id)
        self.assertEqual((bill.amount_residual, fees.amount_residual), (0.0, 0.0))
        self.assertAlmostEqual(bill.line_ids.filtered("tax_line_id").balance, 0.6)

    def _bill(self, amount, percent):
        """Post the platform's bill over fees of an amount and its VAT as the accountant."""
        tax = self.env["account.tax"].create({"name": "服务费进项", "amount": percent, "type_tax_use": "purchase"})
        account = self.env["account.account"].search([("account_type", "=", "expense")], limit=1)
        line = {"name": "技术服务费", "price_unit": amount, "tax_ids": [Command.set(tax.ids)], "account_id": account.id}
        values = {"move_type": "in_invoice", "partner_id": self.platform.id, "invoice_date": "2026-06-02", "ref": "FW1"}
        bills = self.env["account.move"].with_user(self.books_keeper)
        bill = bills.create({**values, "invoice_line_ids": [Command.create(line)]})
        bill.action_post()
        return bill

    def test_fees_of_a_channel_without_a_company_are_expenses_at_once(self):
        self.channel.platform_partner_id = False
        move = self._post(("F1", "69001", "100.00", "在线支付"), ("F2", "", "-10.60", "服务费"), ("W3", "", "-5.00", "提现"))
        expenses = [balance for account, balance in self._balances(move).items() if account.account_type == "expense"]
        self.assertEqual([round(balance, 2) for balance in expenses], [10.6])
        self.assertFalse(move.line_ids.filtered(lambda item: item.account_id == self.transfer).partner_id)

    def test_the_company_stands_in_the_form_of_the_channel(self):
        arch = self.env["cosmetics.channel"].with_user(self.books_keeper).get_view(view_type="form")["arch"]
        self.assertIn("platform_partner_id", arch)
