"""Settings of points and stored value in the books."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    points_accounting = fields.Selection(related="company_id.points_accounting", readonly=False)
    points_price = fields.Float(related="company_id.points_price", readonly=False)
    points_redeemed_percent = fields.Float(related="company_id.points_redeemed_percent", readonly=False)
    points_liability_account_id = fields.Many2one(related="company_id.points_liability_account_id", readonly=False)
    points_revenue_account_id = fields.Many2one(related="company_id.points_revenue_account_id", readonly=False)
    points_expense_account_id = fields.Many2one(related="company_id.points_expense_account_id", readonly=False)
    stored_liability_account_id = fields.Many2one(related="company_id.stored_liability_account_id", readonly=False)
    stored_revenue_account_id = fields.Many2one(related="company_id.stored_revenue_account_id", readonly=False)
    stored_payable_account_id = fields.Many2one(related="company_id.stored_payable_account_id", readonly=False)
