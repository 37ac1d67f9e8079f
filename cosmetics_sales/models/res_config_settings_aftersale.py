from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersale_approval_amount = fields.Monetary(
        related="company_id.aftersale_approval_amount", readonly=False, currency_field="company_currency_id"
    )
