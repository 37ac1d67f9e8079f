"""An answer sheet that a member has filled in becomes a result."""

from odoo import SUPERUSER_ID, fields, models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    member_invitation_ids = fields.One2many("cosmetics.survey.invitation", "user_input_id", string="Invitation")

    def _mark_done(self):
        res = super()._mark_done()
        self.filtered(lambda sheet: not sheet.test_entry)._keep_member_answers()
        return res

    def _keep_member_answers(self):
        """Write down the scores of those whose survey asks for any; whoever fills a sheet in twice has answered once."""
        # As the system: whoever answers is not signed in, and must not be the author of what follows.
        sheets = self.with_user(SUPERUSER_ID)
        kept = self.env["cosmetics.survey.answer"].with_user(SUPERUSER_ID).search([("user_input_id", "in", self.ids)]).user_input_id
        rows = []
        for sheet in sheets - kept:
            questions = sheet.survey_id._get_score_questions()
            invitation = sheet.member_invitation_ids[:1]
            if questions:
                rows.append({**invitation._prepare_answer_vals(sheet), **sheet._prepare_score_vals(questions)})
            invitation.write({"state": "answered", "is_answered": 100})
        self.env["cosmetics.survey.answer"].with_user(SUPERUSER_ID).create(rows)._after_answer()

    def _prepare_score_vals(self, questions):
        """Return {"csat", "nps", "comment"} of what was answered; a score that was skipped is left out."""
        self.ensure_one()
        vals = {}
        for line in self.user_input_line_ids.filtered(lambda line: not line.skipped):
            name = next((name for name, question in questions.items() if question == line.question_id), None)
            if name == "comment":
                vals[name] = line.value_text_box or line.value_char_box
            elif name:
                vals[name] = line.value_scale
        return vals
