"""What is done about what members say."""

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOON, SurveyCommon


@tagged("post_install", "-at_install")
class TestFeedback(SurveyCommon):
    def _note(self, user=None, **vals):
        """Return feedback that a clerk notes down."""
        vals = {"name": "Tester is empty", "kind": "store", **vals}
        return self.env["cosmetics.feedback"].with_user(user or self.clerk).create(vals)

    @freeze_time(NOON)
    def test_what_a_clerk_notes_goes_to_the_manager_of_the_store(self):
        feedback = self._note()
        self.assertEqual((feedback.store_id, feedback.user_id, feedback.source), (self.store, self.shop_manager, "staff"))
        self.assertEqual((feedback.state, feedback.due_on.isoformat()), ("new", "2026-05-09"))

    def test_it_is_done_with_an_outcome_only(self):
        feedback = self._note().with_user(self.shop_manager)
        feedback.action_start()
        with self.assertRaisesRegex(UserError, "outcome"):
            feedback.action_done()
        feedback.outcome = "Ordered new testers."
        with freeze_time(NOON):
            feedback.action_done()
        self.assertEqual((feedback.state, feedback.closed_by_id, feedback.closed_at), ("done", self.shop_manager, NOON))

    def test_no_other_way_closes_it_without_an_outcome(self):
        feedback = self._note().with_user(self.shop_manager)
        for outcome in (False, "", "   "):
            with self.subTest(outcome=outcome), mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                feedback.write({"state": "done", "outcome": outcome})
                self.env.flush_all()

    def test_the_outcome_cannot_be_emptied_afterwards(self):
        feedback = self._note().with_user(self.shop_manager)
        feedback.write({"outcome": "Told.", "state": "done"})
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            feedback.outcome = " "
            self.env.flush_all()

    def test_who_closed_it_is_not_typed(self):
        feedback = self._note().with_user(self.shop_manager)
        for vals in ({"closed_by_id": self.clerk.id}, {"closed_at": NOON}, {"source": "survey"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "not typed"):
                feedback.write(vals)

    def test_a_clerk_cannot_pretend_that_a_survey_said_it_or_that_it_is_done(self):
        answer = self._answer(csat=5, nps=10)
        feedback = self._note(source="survey", answer_id=answer.id, state="done", outcome="x", closed_by_id=self.shop_manager.id)
        self.assertEqual((feedback.source, feedback.state), ("staff", "new"))
        self.assertFalse(feedback.sudo().answer_id)
        self.assertFalse(feedback.closed_by_id)

    def test_a_clerk_does_not_close_what_may_be_about_them(self):
        feedback = self._note()
        for vals in ({"state": "done", "outcome": "fine"}, {"outcome": "fine"}, {"state": "in_work"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "store manager or member manager"):
                feedback.write(vals)

    def test_closing_settles_the_reminder(self):
        feedback = self._answer(csat=1, nps=1).feedback_ids.with_user(self.shop_manager)
        self.assertTrue(feedback.activity_ids)
        feedback.write({"outcome": "Called, sent a new one.", "state": "done"})
        self.assertFalse(feedback.activity_ids)

    def test_what_was_closed_too_early_is_opened_again(self):
        feedback = self._note().with_user(self.shop_manager)
        feedback.write({"outcome": "Told.", "state": "done"})
        feedback.action_reopen()
        self.assertEqual((feedback.state, feedback.closed_by_id.id, feedback.outcome), ("in_work", False, "Told."))

    def test_taking_over_what_has_nobody(self):
        self.store.manager_id = False
        feedback = self._note().with_user(self.shop_manager)
        self.assertFalse(feedback.user_id)
        feedback.action_start()
        self.assertEqual((feedback.user_id, feedback.state), (self.shop_manager, "in_work"))

    def test_feedback_of_a_survey_is_kept(self):
        feedback = self._answer(csat=1, nps=1).feedback_ids.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "is kept"):
            feedback.unlink()
        self._note().with_user(self.manager).unlink()

    def test_overdue_is_what_is_open_after_its_day(self):
        feedback = self._note(due_on="2026-05-05").with_user(self.shop_manager)
        with freeze_time(NOON):
            self.assertTrue(feedback.is_overdue)
            self.assertIn(feedback, feedback.search([("is_overdue", "=", True)]))
            feedback.write({"outcome": "Told.", "state": "done"})
            self.assertFalse(feedback.is_overdue)
            self.assertNotIn(feedback, feedback.search([("is_overdue", "=", True)]))
            self.assertIn(feedback, feedback.search([("is_overdue", "=", False)]))

    def test_themes_are_counted_by_month(self):
        theme = self.env.ref("cosmetics_crm_survey.feedback_theme_stock")
        before = dict(self.env["cosmetics.feedback"]._read_group([("theme_id", "=", theme.id)], ["theme_id"], ["count:sum"]))
        for _number in range(3):
            self._note(theme_id=theme.id)
        groups = (
            self.env["cosmetics.feedback"].with_user(self.manager)._read_group([("theme_id", "=", theme.id)], ["theme_id"], ["count:sum"])
        )
        self.assertEqual(groups[0][1] - before.get(theme, 0), 3)

    def test_nothing_of_a_member_who_stays_unnamed_goes_into_a_ticket(self):
        self.survey.is_name_hidden = True
        vals = self._answer(csat=1, nps=1).feedback_ids._prepare_ticket_vals()
        self.assertEqual((vals["partner_id"], vals["document"]), (False, ""))
        self.assertEqual(vals["store_id"], self.store.id)
        self.assertEqual(vals["user_id"], self.shop_manager.id)

    def test_the_kind_of_feedback_is_that_of_the_rule(self):
        self._create_rule(feedback_kind="delivery")
        self.assertEqual(self._answer(csat=1, nps=1).feedback_ids.kind, "delivery")

    def test_limits_of_the_rule_decide_what_is_low(self):
        self._create_rule(csat_low=0, nps_low=-1)
        self.assertFalse(self._answer(csat=1, nps=0).feedback_ids)

    def test_a_day_to_answer_is_that_of_the_company(self):
        self.company.feedback_due_days = 10
        with freeze_time(NOON):
            self.assertEqual(self._note().due_on.isoformat(), "2026-05-16")

    def test_a_ticket_takes_over_what_was_said(self):
        feedback = self._answer(csat=1, nps=1, comment="破损").feedback_ids
        vals = feedback._prepare_ticket_vals()
        self.assertEqual((vals["description"], vals["store_id"], vals["product_id"]), ("破损", self.store.id, self.cream.id))
        self.assertEqual(vals["partner_id"], feedback.partner_id.id)
