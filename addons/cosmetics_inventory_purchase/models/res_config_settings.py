from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    bill_price_tolerance = fields.Float(related="company_id.bill_price_tolerance", readonly=False)
    late_order_mail = fields.Boolean(related="company_id.late_order_mail", readonly=False)
    price_alert_share = fields.Float(related="company_id.price_alert_share", readonly=False)
    contract_warning_days = fields.Integer(related="company_id.contract_warning_days", readonly=False)
    grade_a_from = fields.Float(related="company_id.grade_a_from", readonly=False)
    grade_b_from = fields.Float(related="company_id.grade_b_from", readonly=False)
    grade_c_from = fields.Float(related="company_id.grade_c_from", readonly=False)
