"""What members of the demo company said."""

from odoo.tests import TransactionCase, tagged

from ..loader import load
from ..plan import build
from ..plan.feedback import ANSWERS, NOTES


@tagged("post_install", "-at_install")
class TestDemoFeedback(TransactionCase):
    def _answers(self):
        return self.env["cosmetics.survey.answer"].search([("rule_id", "=", self.env.ref("cosmetics_demo.survey_rule_till").id)])

    def test_answers_lie_in_the_past_and_low_ones_have_feedback_of_the_store(self):
        answers = self._answers()
        self.assertEqual(len(answers), len(ANSWERS))
        self.assertLess(max(answers.mapped("answered_at")), self.env.cr.now())
        low = answers.filtered("is_low")
        self.assertEqual(len(low), 2)
        self.assertEqual(low.feedback_ids.user_id, self.env.ref("cosmetics_demo.user_manager"))

    def test_nobody_is_asked_before_the_owner_starts_the_rule(self):
        self.assertEqual(self.env.ref("cosmetics_demo.survey_rule_till").state, "draft")

    def test_notes_of_the_staff_are_there_and_one_of_them_is_done(self):
        notes = self.env["cosmetics.feedback"].browse(self.env.ref(f"cosmetics_demo.feedback_{row['ref']}").id for row in NOTES)
        self.assertEqual(notes.filtered(lambda note: note.state == "done").outcome, NOTES[0]["outcome"])

    def test_loading_again_changes_nothing(self):
        before = len(self._answers()), self.env["cosmetics.feedback"].search_count([])
        load(self.env)
        self.assertEqual((len(self._answers()), self.env["cosmetics.feedback"].search_count([])), before)

    def test_the_plan_names_members_stores_and_products_that_there_are(self):
        plan = build()
        refs = {kind: {row["ref"] for row in plan[kind]} for kind in ("members", "stores", "products")}
        for row in ANSWERS:
            self.assertLessEqual({row["member"]}, refs["members"])
            self.assertLessEqual({row["store"]}, refs["stores"])
            self.assertLessEqual({row["product"]}, refs["products"])
