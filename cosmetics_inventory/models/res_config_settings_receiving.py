"""Settings of receiving, beside the others of the company."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    receipt_min_share = fields.Float(related="company_id.receipt_min_share", readonly=False)
    receipt_min_days = fields.Integer(related="company_id.receipt_min_days", readonly=False)
    receipt_min_policy = fields.Selection(related="company_id.receipt_min_policy", readonly=False)
    inspection_needs_licence = fields.Boolean(related="company_id.inspection_needs_licence", readonly=False)
    inspection_needs_registration = fields.Boolean(related="company_id.inspection_needs_registration", readonly=False)
    inspection_needs_certificate = fields.Boolean(related="company_id.inspection_needs_certificate", readonly=False)
    supplier_paper_warning_days = fields.Integer(related="company_id.supplier_paper_warning_days", readonly=False)
