from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aliyun_sms_key_id = fields.Char(related="company_id.aliyun_sms_key_id", readonly=False, groups="base.group_system")
    aliyun_sms_key_secret = fields.Char(related="company_id.aliyun_sms_key_secret", readonly=False, groups="base.group_system")
    aliyun_sms_url = fields.Char(related="company_id.aliyun_sms_url", readonly=False, groups="base.group_system")
