from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    near_expiry_sales_days = fields.Integer(related="company_id.near_expiry_sales_days", readonly=False)
