from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_disposal_photo_required = fields.Boolean(related="company_id.is_disposal_photo_required", readonly=False)
