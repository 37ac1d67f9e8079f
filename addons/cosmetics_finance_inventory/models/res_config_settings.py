"""Settings of stock in the books."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stock_loss_from = fields.Date(related="company_id.stock_loss_from", readonly=False)
    stock_loss_account_id = fields.Many2one(related="company_id.stock_loss_account_id", readonly=False)
    stock_tester_account_id = fields.Many2one(related="company_id.stock_tester_account_id", readonly=False)
    stock_sample_account_id = fields.Many2one(related="company_id.stock_sample_account_id", readonly=False)
    stock_surplus_account_id = fields.Many2one(related="company_id.stock_surplus_account_id", readonly=False)
    stock_selling_percent = fields.Float(related="company_id.stock_selling_percent", readonly=False)
