from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kuaidi100_customer = fields.Char(related="company_id.kuaidi100_customer", readonly=False, groups="base.group_system")
    kuaidi100_key = fields.Char(related="company_id.kuaidi100_key", readonly=False, groups="base.group_system")
    kuaidi100_url = fields.Char(related="company_id.kuaidi100_url", readonly=False, groups="base.group_system")
