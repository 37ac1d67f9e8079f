from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    member_tier_window_months = fields.Integer(related="company_id.member_tier_window_months", readonly=False)
    member_tier_keep_months = fields.Integer(related="company_id.member_tier_keep_months", readonly=False)
    member_tier_notice_days = fields.Integer(related="company_id.member_tier_notice_days", readonly=False)
    member_tier_refund_days = fields.Integer(related="company_id.member_tier_refund_days", readonly=False)
