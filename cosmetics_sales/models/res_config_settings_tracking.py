from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dispatch_hours = fields.Integer(related="company_id.dispatch_hours", readonly=False)
    is_dispatch_closed_on_holidays = fields.Boolean(related="company_id.is_dispatch_closed_on_holidays", readonly=False)
    ordered_hours = fields.Integer(related="company_id.ordered_hours", readonly=False)
    review_hours = fields.Integer(related="company_id.review_hours", readonly=False)
    allocated_hours = fields.Integer(related="company_id.allocated_hours", readonly=False)
    picking_hours = fields.Integer(related="company_id.picking_hours", readonly=False)
    transit_hours = fields.Integer(related="company_id.transit_hours", readonly=False)
    label_size = fields.Selection(related="company_id.label_size", readonly=False)
    label_phone_masked = fields.Boolean(related="company_id.label_phone_masked", readonly=False)
