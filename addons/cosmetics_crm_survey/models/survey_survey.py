"""Surveys whose answers do not name the member to the store."""

from odoo import fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    is_name_hidden = fields.Boolean(
        string="Names Hidden from Stores",
        help="Stores see scores and words of an answer, never who gave it or to which purchase; member managers do.",
    )
    member_rule_ids = fields.One2many("cosmetics.survey.rule", "survey_id", string="Sent By")

    def _get_score_questions(self):
        """Return {"csat" | "nps" | "comment": the question}, of the questions that count as something."""
        self.ensure_one()
        return {question.counts_as: question for question in self.question_ids if question.counts_as}
