"""Low scores that the service answers."""

from odoo import fields, models


class CosmeticsSurveyRule(models.Model):
    _inherit = "cosmetics.survey.rule"

    opens_case = fields.Boolean(
        string="Low Scores Open a Service Case",
        default=True,
        help="The service calls back, within its deadlines. Without it a low score opens feedback of the store alone.",
    )
