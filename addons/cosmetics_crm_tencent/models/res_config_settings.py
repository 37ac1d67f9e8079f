from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tencent_sms_secret_id = fields.Char(related="company_id.tencent_sms_secret_id", readonly=False, groups="base.group_system")
    tencent_sms_secret_key = fields.Char(related="company_id.tencent_sms_secret_key", readonly=False, groups="base.group_system")
    tencent_sms_url = fields.Char(related="company_id.tencent_sms_url", readonly=False, groups="base.group_system")
    tencent_sms_app_id = fields.Char(related="company_id.tencent_sms_app_id", readonly=False, groups="base.group_system")
