from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sms_gateway = fields.Selection(related="company_id.sms_gateway", readonly=False)
    sms_signature = fields.Char(related="company_id.sms_signature", readonly=False)
    sms_opt_out_text = fields.Char(related="company_id.sms_opt_out_text", readonly=False)
    sms_price = fields.Float(related="company_id.sms_price", readonly=False)
    sms_rate = fields.Integer(related="company_id.sms_rate", readonly=False)
    sms_opens = fields.Float(related="company_id.sms_opens", readonly=False)
    sms_closes = fields.Float(related="company_id.sms_closes", readonly=False)
    sms_cap_count = fields.Integer(related="company_id.sms_cap_count", readonly=False)
    sms_cap_days = fields.Integer(related="company_id.sms_cap_days", readonly=False)
    coupon_order_limit = fields.Integer(related="company_id.coupon_order_limit", readonly=False)
    campaign_cost_limit = fields.Float(related="company_id.campaign_cost_limit", readonly=False)
    sms_webhook_url = fields.Char(related="company_id.sms_webhook_url", groups="base.group_system")
