"""Cases and surveys together."""

from datetime import timedelta

from odoo import Command
from odoo.addons.cosmetics_crm_survey.tests.common import DAY, NOON, SurveyCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

SERVICE = "cosmetics_crm_helpdesk.group_service"


@tagged("post_install", "-at_install")
class TestLowScores(SurveyCommon):
    def test_a_low_score_opens_a_complaint_of_the_member(self):
        answer = self._answer(csat=1, nps=1, comment="等太久")
        case = answer.feedback_ids.ticket_ids
        self.assertEqual(len(case), 1)
        self.assertEqual((case.partner_id, case.store_id, case.product_id), (answer.partner_id, self.store, self.cream))
        self.assertEqual(case.category_id, self.env.ref("cosmetics_crm_helpdesk.helpdesk_ticket_category_complaint"))
        self.assertEqual(case.team_id, self.env.ref("cosmetics_crm_helpdesk.helpdesk_ticket_team_service"))
        self.assertIn("等太久", case.description)
        self.assertFalse(case.user_id)

    def test_a_good_score_opens_none(self):
        answer = self._answer(csat=5, nps=10)
        self.assertFalse(self.env["helpdesk.ticket"].search([("partner_id", "=", answer.partner_id.id)]))

    def test_a_rule_may_leave_it_to_the_store(self):
        self._create_rule(opens_case=False)
        feedback = self._answer(csat=1, nps=1).feedback_ids
        self.assertTrue(feedback)
        self.assertFalse(feedback.ticket_ids)

    def test_a_survey_that_hides_names_opens_none(self):
        self.survey.is_name_hidden = True
        feedback = self._answer(csat=1, nps=1).feedback_ids
        self.assertTrue(feedback)
        self.assertFalse(feedback.ticket_ids)

    def test_the_manager_of_the_store_hands_over_once_without_a_right_to_cases(self):
        self._create_rule(opens_case=False)
        feedback = self._answer(csat=1, nps=1).feedback_ids.with_user(self.shop_manager)
        feedback.action_open_case()
        feedback.action_open_case()
        self.assertEqual(len(feedback.sudo().ticket_ids), 1)
        self.assertEqual(feedback.ticket_name, feedback.sudo().ticket_ids.number)
        self.assertTrue(feedback.ticket_stage)

    def test_feedback_of_nobody_is_not_handed_over(self):
        feedback = self.env["cosmetics.feedback"].with_user(self.shop_manager).create({"name": "试用装是空的", "store_id": self.store.id})
        with self.assertRaisesRegex(UserError, "which member"):
            feedback.action_open_case()

    def test_a_case_has_the_words_and_the_company_of_its_feedback(self):
        feedback = self._answer(csat=1, nps=1).feedback_ids
        case = feedback.sudo().ticket_ids
        self.assertEqual((case.feedback_id, case.name, case.company_id), (feedback, feedback.name, self.env.company))

    def test_the_feedback_says_which_case_it_became(self):
        feedback = self._answer(csat=1, nps=1).feedback_ids
        self.assertIn(feedback.sudo().ticket_ids.number, "".join(feedback.message_ids.mapped("body")))

    def test_a_second_case_of_the_same_feedback_is_refused_by_the_database(self):
        case = self._answer(csat=1, nps=1).feedback_ids.sudo().ticket_ids
        twin = case.copy()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            twin.feedback_id = case.feedback_id
            twin.flush_recordset()

    def test_a_clerk_hands_nothing_over_for_others(self):
        feedback = self._answer(csat=1, nps=1).feedback_ids
        with self.assertRaises(AccessError):
            feedback.with_user(self.clerk).action_open_case()


@tagged("post_install", "-at_install")
class TestClosedCases(SurveyCommon):
    has_events_of_its_own = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._create_user("test_survey_service", SERVICE)
        team = cls.env.ref("cosmetics_crm_helpdesk.helpdesk_ticket_team_service")
        team.write({"user_ids": [Command.link(cls.service.id)], "user_id": cls.service.id})
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.outcome = cls.env.ref("cosmetics_crm_helpdesk.cosmetics_service_outcome_answered")

    def _close_case(self, member, kind="complaint", **vals):
        """Return a case of a member that was closed an hour before a day ago."""
        category = self.env.ref(f"cosmetics_crm_helpdesk.helpdesk_ticket_category_{kind}")
        vals = {"name": "漏液", "description": "<p>漏</p>", "partner_id": member.id, "category_id": category.id, **vals}
        case = self.env["helpdesk.ticket"].with_user(self.service).create(vals)
        case.write({"outcome_id": self.outcome.id, "stage_id": self.done.id})
        case.sudo().closed_date = NOON - DAY - timedelta(hours=1)
        case.flush_recordset()
        return case

    def test_the_member_of_a_closed_case_is_asked_once(self):
        member = self._create_askable()
        case = self._close_case(member, product_id=self.cream.id)
        self._create_rule(event="ticket_closed")
        self._ask()
        self._ask()
        invitation = self._invitations(member)
        self.assertEqual(len(invitation), 1)
        self.assertEqual(
            (invitation.origin_model, invitation.origin_id, invitation.store_id), ("helpdesk.ticket", case.id, member.member_store_id)
        )

    def test_an_open_case_is_not_asked_about(self):
        member = self._create_askable()
        case = self._close_case(member)
        case.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        self._create_rule(event="ticket_closed")
        self._ask()
        self.assertFalse(self._invitations(member))
