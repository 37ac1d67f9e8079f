"""What a company decides about points and stored value in its books."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    points_accounting = fields.Selection(
        [("none", "Not Deferred"), ("contract_liability", "Contract Liability")],
        string="Points in the Books", compute="_compute_points_accounting", store=True, readonly=False, required=True, default="none",
        help="企业会计准则第14号 puts a part of the price aside for points; 小企业会计准则 leaves it to judgement.",
    )  # fmt: skip
    points_price = fields.Float(
        string="Price of a Point", digits=(16, 4), default=0.01, help="Yuan that a point would cost by itself: what it pays at the till."
    )
    points_redeemed_percent = fields.Float(
        string="Points Expected to Be Spent", digits=(5, 2), default=95.0, help="Percent of the points given; the rest runs out."
    )
    points_liability_account_id = fields.Many2one(
        "account.account", string="Account of Open Points", check_company=True, domain="[('internal_group', '=', 'liability')]",
        help="2204 (合同负债), or with 小企业会计准则 a part of 2203 or 2401. Nothing else should be booked on it.",
    )  # fmt: skip
    points_revenue_account_id = fields.Many2one(
        "account.account", string="Revenue of Points", check_company=True, domain="[('internal_group', '=', 'income')]"
    )
    points_expense_account_id = fields.Many2one(
        "account.account", string="Expense of Points Given for Nothing", check_company=True, domain="[('internal_group', '=', 'expense')]",
        help="Opening points and adjustments, which no sale paid for.",
    )  # fmt: skip

    stored_liability_account_id = fields.Many2one(
        "account.account", string="Account of Stored-Value Cards", check_company=True, domain="[('internal_group', '=', 'liability')]",
        help="A part of 2203 or 2204. Top-ups are booked on it, and what cards pay; nothing else should be.",
    )  # fmt: skip
    stored_revenue_account_id = fields.Many2one(
        "account.account", string="Discount by Bonus", check_company=True, domain="[('internal_group', '=', 'income')]",
        help="Revenue that the bonus of cards lessens.",
    )  # fmt: skip
    stored_payable_account_id = fields.Many2one(
        "account.account", string="Account of Card Refunds", check_company=True, domain="[('internal_group', '=', 'liability')]",
        help="Other payables (2241): what is due to those who gave their card back.",
    )  # fmt: skip

    _points_price_check = models.Constraint("CHECK (points_price >= 0)", "The price of a point is not negative.")
    _points_redeemed_percent_check = models.Constraint(
        "CHECK (points_redeemed_percent > 0 AND points_redeemed_percent <= 100)",
        "Between more than 0 and 100 percent of the points are expected to be spent.",
    )

    @api.depends("chart_template")
    def _compute_points_accounting(self):
        """Follow the accounting standard of the chart until somebody decides otherwise."""
        for company in self:
            company.points_accounting = "contract_liability" if company.chart_template == "cn_large_bis" else "none"

    @api.model
    def _get_points_company(self):
        """Return the company that owes points and cards which name none (programs of all companies): the first one."""
        return self.sudo().search([], order="id", limit=1)  # sudo: whatever companies the user works for

    def _check_points_accounting(self):
        """Refuse to close points before the company decided how."""
        self.ensure_one()
        if self.points_accounting != "contract_liability":
            raise UserError(
                self.env._(
                    "%s does not defer revenue for points. Choose Contract Liability in the settings of accounting first.", self.name
                )
            )
        if not (self.points_liability_account_id and self.points_revenue_account_id and self.points_expense_account_id):
            raise UserError(
                self.env._(
                    "Accounts of points are missing. Choose those of open points, revenue and expense in the settings of accounting,"
                    " e.g. 220401, 6001 and 6601."
                )
            )
