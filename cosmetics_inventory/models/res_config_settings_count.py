from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    count_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of Count Limits")
    count_tolerance_quantity = fields.Float(related="company_id.count_tolerance_quantity", readonly=False)
    count_tolerance_value = fields.Monetary(related="company_id.count_tolerance_value", readonly=False, currency_field="count_currency_id")
    count_approval_limit = fields.Monetary(related="company_id.count_approval_limit", readonly=False, currency_field="count_currency_id")
    count_reason_value = fields.Monetary(related="company_id.count_reason_value", readonly=False, currency_field="count_currency_id")
