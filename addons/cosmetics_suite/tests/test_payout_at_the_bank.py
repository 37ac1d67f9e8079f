"""From the file of a platform to the bank: what a settlement pays out is reconciled by one press."""

from decimal import Decimal

from odoo.addons.cosmetics_finance_sales.tests.common_settlement_post import SettlementPostCommon
from odoo.addons.cosmetics_sales.tests import settlement_files as files
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestPayoutAtTheBank(SettlementPostCommon):
    def test_what_a_settlement_pays_out_is_found_at_the_bank(self):
        """One payout by its number, in two parts; one by company and amount."""
        platform = self.env["res.partner"].create({"name": "测试支付科技有限公司", "is_company": True})
        self.channel.platform_partner_id = platform
        rows = (("F1", "69001", "100.00", "在线支付"), ("W20001", "", "-60.00", "提现"), ("W20002", "", "-15.50", "提现"))
        settlement = self._settle(files.alipay(*((flow, order, Decimal(amount), kind) for flow, order, amount, kind in rows)))
        settlement = settlement.with_user(self.books_keeper)
        settlement.match_ids.explanation = "other"
        settlement.action_confirm()
        settlement.action_post()
        journal = self.env["account.journal"].create({"name": "基本户", "type": "bank", "code": "JBH"})
        lines = self.env["account.bank.statement.line"].with_user(self.books_keeper)
        lines = lines.create(
            [
                {"journal_id": journal.id, "date": "2026-05-19", "amount": amount, "payment_ref": memo, "partner_name": platform.name}
                for amount, memo in ((40.0, "提现W20001"), (20.0, "提现W20001"), (15.5, "提现"))
            ]
        )
        lines.action_reconcile_certain()
        self.assertEqual(lines.mapped("is_reconciled"), [True, True, True])
        ways = settlement.posted_move_id.line_ids.filtered(lambda item: item.account_id == self.transfer)
        self.assertEqual(ways.mapped("amount_residual"), [0.0, 0.0])
