from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    replenishment_service = fields.Float(related="company_id.replenishment_service", readonly=False)
    replenishment_review_days = fields.Integer(related="company_id.replenishment_review_days", readonly=False)
    replenishment_cover_days = fields.Integer(related="company_id.replenishment_cover_days", readonly=False)
    replenishment_transfer_days = fields.Integer(related="company_id.replenishment_transfer_days", readonly=False)
    replenishment_life_share = fields.Float(related="company_id.replenishment_life_share", readonly=False)
