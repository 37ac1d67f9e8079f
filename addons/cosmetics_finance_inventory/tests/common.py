"""Goods that leave the stock unsold, and the accountant who finds them in the books."""

from datetime import date

from odoo import Command
from odoo.addons.cosmetics_inventory.tests.common_quality import QualityCommon


class LossCommon(QualityCommon):
    """Ten creams for 30.00 each, bought with 13 % VAT, in the central warehouse; ten more in the shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.stock_loss_from = date(2026, 1, 1)
        cls.accountant = cls._create_user("test_loss_accountant", "cosmetics_finance.group_accountant")
        cls.reader = cls._create_user("test_loss_reader", "account.group_account_readonly")
        cls.losses = cls.env["cosmetics.stock.loss"].with_user(cls.accountant)
        cls._move(cls.lot, cls.supplier, cls.stock, 10)
        cls._move(cls.lot, cls.supplier, cls.shelf, 10)

    def _dispose(self, quantity=2.0, reason="damaged", lot=None, **vals):
        """Return a disposal that is done."""
        reason = self.env.ref(f"cosmetics_inventory.disposal_reason_{reason}")
        disposal = self._create_disposal(lot=lot, quantity=quantity, reason_id=reason.id, **vals)
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()
        return disposal

    def _open_tester(self):
        """Return a tester that the shop has opened."""
        tester = self.env["cosmetics.tester"].with_user(self.colleague)
        tester = tester.create({"store_id": self.store.id, "product_id": self.product.id})
        tester.action_open()
        return tester

    def _give_away(self, quantity):
        """Return the move of a give-away."""
        return self._move(self.lot, self.shelf, self.company._get_shelf_life_location("gift"), quantity)

    def _book(self):
        """Let the accountant book what there is, and return the rows of the product."""
        self.losses.action_book_all()
        return self.losses.search([("product_id", "=", self.product.id)])

    @staticmethod
    def _lines(move):
        """Return {code of the account: (debit, credit)}."""
        return {line.account_id.code: (line.debit, line.credit) for line in move.line_ids}

    @classmethod
    def _create_account(cls, code, name, kind):
        return cls.env["account.account"].create({"code": code, "name": name, "account_type": kind})

    @classmethod
    def _create_large_company(cls):
        """Return a company that keeps its books by 企业会计准则."""
        company = cls.env["res.company"].create({"name": "Test Large", "country_id": cls.env.ref("base.cn").id})
        cls.env["account.chart.template"].try_loading("cn_large_bis", company, install_demo=False)
        for user in cls.accountant | cls.reader:
            user.company_ids = [Command.link(company.id)]
        return company
