"""Questions whose answers are scores."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import scores

SCALES = {"csat": scores.CSAT, "nps": scores.NPS}


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    counts_as = fields.Selection(
        [("csat", "Satisfaction (CSAT, 1 to 5)"), ("nps", "Recommendation (NPS, 0 to 10)"), ("comment", "Words of the Member")],
        help="What the answer counts as in the reports on stores, advisers and products.",
    )

    _counts_as_once = models.UniqueIndex(
        "(survey_id, counts_as) WHERE counts_as IS NOT NULL", "One question of a survey counts as this already. Unmark that one first."
    )

    @api.constrains("counts_as", "question_type", "scale_min", "scale_max")
    def _check_counts_as(self):
        for question in self.filtered("counts_as"):
            scale = SCALES.get(question.counts_as)
            if scale is None and question.question_type not in ("text_box", "char_box"):
                raise ValidationError(self.env._("The words of a member are a question with a text as answer."))
            if scale and (question.question_type != "scale" or (question.scale_min, question.scale_max) != (scale.start, scale.stop - 1)):
                raise ValidationError(
                    self.env._(
                        "This score is asked on a scale from %(first)s to %(last)s: choose the type Scale and set both ends.",
                        first=scale.start,
                        last=scale.stop - 1,
                    )
                )
