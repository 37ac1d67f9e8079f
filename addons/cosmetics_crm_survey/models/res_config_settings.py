from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    survey_gap_days = fields.Integer(related="company_id.survey_gap_days", readonly=False)
    feedback_due_days = fields.Integer(related="company_id.feedback_due_days", readonly=False)
