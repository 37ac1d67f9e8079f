from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    bill_price_tolerance = fields.Float(related="company_id.bill_price_tolerance", readonly=False)
