from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recall_template_id = fields.Many2one(related="company_id.recall_template_id", readonly=False)
    recall_answer_days = fields.Integer(related="company_id.recall_answer_days", readonly=False)
