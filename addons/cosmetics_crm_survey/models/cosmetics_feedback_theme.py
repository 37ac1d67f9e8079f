"""What feedback is about."""

from odoo import fields, models


class CosmeticsFeedbackTheme(models.Model):
    _name = "cosmetics.feedback.theme"
    _description = "Theme of Feedback"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
