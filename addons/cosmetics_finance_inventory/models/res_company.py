"""Accounts of what leaves the stock unsold, and of what it is worth."""

from odoo import fields, models
from odoo.exceptions import UserError

# Code prefixes by chart and use, the finer one first: charts without sub-accounts have the whole one only.
ACCOUNTS = {
    "cn": {
        "loss": ("560204", "5602"),
        "tester": ("560105", "5601"),
        "sample": ("560106", "5601"),
        "surplus": ("5301",),
        "vat": ("22210109", "222101", "2221"),
    },
    "cn_large_bis": {
        "loss": ("660204", "6602"),
        "tester": ("660105", "6601"),
        "sample": ("660106", "6601"),
        "surplus": ("6602",),
        "vat": ("22210109", "222101", "2221"),
        "impairment": ("6701",),
        "provision": ("1471",),
        "cost": ("6401",),
    },
}


class ResCompany(models.Model):
    _inherit = "res.company"

    stock_loss_from = fields.Date(
        string="Book Losses from",
        default=fields.Date.context_today,
        help="Goods that left the stock unsold before this day are left alone: the books of those months are done.",
    )
    stock_loss_account_id = fields.Many2one(
        "account.account",
        string="Account of Losses",
        check_company=True,
        domain="[('internal_group', '=', 'expense')]",
        help="Disposals, scrap and shortages. Empty: 560204 or 6602.",
    )
    stock_tester_account_id = fields.Many2one(
        "account.account",
        string="Account of Testers",
        check_company=True,
        domain="[('internal_group', '=', 'expense')]",
        help="Empty: 560105 or 6601.",
    )
    stock_sample_account_id = fields.Many2one(
        "account.account",
        string="Account of Gifts and Samples",
        check_company=True,
        domain="[('internal_group', '=', 'expense')]",
        help="Empty: 560106 or 6601.",
    )
    stock_surplus_account_id = fields.Many2one(
        "account.account",
        string="Account of Surpluses",
        check_company=True,
        domain="[('internal_group', 'in', ('income', 'expense'))]",
        help="Goods that a count found. Empty: 5301 or 6602.",
    )
    stock_selling_percent = fields.Float(
        string="Costs of Selling (%)",
        digits=(5, 2),
        help="Percent of the price that selling costs: it lessens what goods are worth when a provision is counted.",
    )

    _stock_selling_percent_check = models.Constraint(
        "CHECK (stock_selling_percent >= 0 AND stock_selling_percent < 100)",
        "The costs of selling lie between 0 and 99.99 percent of the price, e.g. 5.",
    )

    def _get_stock_account(self, use):
        """Return the account of a use (loss, tester, sample, surplus, vat, impairment, provision, cost): the chosen one, else by chart."""
        self.ensure_one()
        name = f"stock_{use}_account_id"
        if name in self._fields and self[name]:
            return self[name]
        prefixes = ACCOUNTS.get(self.chart_template, ACCOUNTS["cn"]).get(use, ())
        for prefix in prefixes:
            if account := self._find_account(prefix):
                return account
        raise UserError(
            self.env._(
                "%(company)s has no account %(code)s. Create it in the chart of accounts, or choose another one in the settings of"
                " accounting.",
                company=self.name,
                code=prefixes[0] if prefixes else use,
            )
        )

    def _has_stock_provision(self):
        """Say whether the accounting standard of the company knows provisions for stock.

        企业会计准则第1号 art. 15 demands them; 小企业会计准则 art. 6 measures assets at cost and makes none: the loss counts when the goods
        are sold or disposed of.
        """
        self.ensure_one()
        return self.chart_template == "cn_large_bis"
