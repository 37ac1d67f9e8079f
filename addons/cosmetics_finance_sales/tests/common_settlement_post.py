"""A Douyin shop with a wallet, and who keeps the books."""

from odoo.addons.cosmetics_sales.tests.common_settlement import SettlementCommon


class SettlementPostCommon(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books_keeper = cls._create_user("test_settlement_books", "cosmetics_finance.group_accountant")
        company = cls.env.company
        cls.wallet = cls.env["account.journal"].create({"name": "抖音钱包", "type": "bank", "code": "DYQ", "company_id": company.id})
        cls.channel.write({"company_id": company.id, "settlement_journal_id": cls.wallet.id})
        if not company.transfer_account_id:
            company.transfer_account_id = cls.env["account.account"].create(
                {"name": "On the way", "code": "101299", "account_type": "asset_current", "reconcile": True}
            )
        cls.transfer = company.transfer_account_id

    def _balances(self, move):
        """Return the sums by account of an entry."""
        return {account: sum(lines.mapped("balance")) for account, lines in move.line_ids.grouped("account_id").items()}
