"""Members whose points stand in the books of a company that defers revenue."""

from odoo.addons.cosmetics_crm.tests.common_points import PointsCommon
from odoo.fields import Command
from odoo.tests import freeze_time

ACCOUNTANT = "cosmetics_finance.group_accountant"


class BooksCommon(PointsCommon):
    """A company that puts revenue aside: 0.10 yuan a point, 95 of 100 are expected to be spent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_books_accountant", ACCOUNTANT)
        cls.liability = cls._create_account("220399", "Test Open Points", "liability_current")
        cls.revenue = cls._create_account("500199", "Test Revenue of Points", "income")
        cls.expense = cls._create_account("560199", "Test Points Given", "expense")
        cls.company = cls.env.company
        cls.company.write(
            {
                "points_accounting": "contract_liability",
                "points_price": 0.1,
                "points_redeemed_percent": 95,
                "points_liability_account_id": cls.liability.id,
                "points_revenue_account_id": cls.revenue.id,
                "points_expense_account_id": cls.expense.id,
            }
        )

    @classmethod
    def _create_account(cls, code, name, kind):
        return cls.env["account.account"].create({"code": code, "name": name, "account_type": kind})

    @classmethod
    def _create_sale(cls, amount):
        """Return an invoice over an amount without VAT: a document that gives points."""
        lines = [Command.create({"name": "Test Cream", "price_unit": amount, "tax_ids": cls.company.account_sale_tax_id.ids})]
        invoice = cls.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": cls.card.partner_id.id, "invoice_line_ids": lines}
        )
        assert round(invoice.amount_total - invoice.amount_tax, 2) == amount
        return invoice

    def _on(self, day, kind, points, key, card=None, **vals):
        """Post one act to the points ledger at noon of a day in China."""
        with freeze_time(f"{day} 04:00:00"):
            return self._post(card or self.card, kind, points, key, **vals)

    def _close(self, month, day):
        """Return the closing of a month, posted by the accountant on a day."""
        with freeze_time(f"{day} 04:00:00"):
            closing = self.env["cosmetics.points.closing"].with_user(self.accountant).create({"month": f"{month}-01"})
            closing.action_post()
            return closing

    @staticmethod
    def _lines(move):
        return sorted((line.account_id.code, line.debit, line.credit) for line in move.line_ids)
