from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    margin_floor_percent = fields.Float(related="company_id.margin_floor_percent", readonly=False)
    margin_user_id = fields.Many2one(related="company_id.margin_user_id", readonly=False)
