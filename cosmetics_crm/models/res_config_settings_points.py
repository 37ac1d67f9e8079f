"""Settings of points."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    points_start = fields.Selection(related="company_id.points_start", readonly=False)
    points_adjust_limit = fields.Float(related="company_id.points_adjust_limit", readonly=False)
