from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    shelf_life_floor_margin = fields.Float(related="company_id.shelf_life_floor_margin", readonly=False)
