"""How often a company asks its members, and how soon it answers them."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    survey_gap_days = fields.Integer(
        string="Days Between Surveys", default=30, help="A member is asked at most once in so many days, over all rules."
    )
    feedback_due_days = fields.Integer(string="Days to Answer Feedback", default=3)

    _survey_days_sane = models.Constraint(
        "CHECK(survey_gap_days >= 1 AND feedback_due_days >= 0)",
        "Between two surveys lies at least 1 day, and the days to answer feedback are not negative.",
    )
