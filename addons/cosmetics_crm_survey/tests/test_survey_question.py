"""Which question is a score."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyQuestion(SurveyCommon):
    def _question(self, kind):
        return self.survey.question_ids.filtered(lambda question: question.counts_as == kind)

    def test_satisfaction_is_asked_from_one_to_five(self):
        with self.assertRaisesRegex(ValidationError, "from 1 to 5"):
            self._question("csat").scale_max = 7

    def test_recommendation_is_asked_from_nought_to_ten(self):
        with self.assertRaisesRegex(ValidationError, "from 0 to 10"):
            self._question("nps").scale_min = 1

    def test_words_are_a_text(self):
        with self.assertRaisesRegex(ValidationError, "text as answer"):
            self._question("comment").question_type = "date"

    def test_a_survey_has_one_question_of_each(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._question("csat").copy({"survey_id": self.survey.id})
            self.env.flush_all()

    def test_ready_made_surveys_ask_two_scores_and_words_in_every_language(self):
        for name in ("survey_purchase", "survey_service"):
            survey = self.env.ref(f"cosmetics_crm_survey.{name}")
            self.assertEqual(survey._get_score_questions().keys(), {"csat", "nps", "comment"})
            self.assertFalse(survey.lang_ids)
            self.assertEqual((survey.access_mode, survey.attempts_limit, survey.is_attempts_limited), ("token", 1, True))
            self.assertFalse(survey.users_login_required)
