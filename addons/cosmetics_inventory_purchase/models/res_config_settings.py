from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    bill_price_tolerance = fields.Float(related="company_id.bill_price_tolerance", readonly=False)
    late_order_mail = fields.Boolean(related="company_id.late_order_mail", readonly=False)
