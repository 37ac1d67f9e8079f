"""The link on the phone of somebody who is not signed in."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DAY, SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyLink(SurveyCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.member = self._create_askable()
        now = fields.Datetime.now()
        self._create_rule(started_at=now - 9 * DAY)
        self._happen(self.member, now - DAY - timedelta(hours=1))
        self._ask(now)
        self.invitation = self._invitations(self.member)

    def _run_cron(self, xmlid, at):
        """A browser test is in the mode of tests already."""
        self.env.flush_all()
        self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    def test_it_leads_to_the_questions_at_once(self):
        page = self.url_open(f"/q/{self.invitation.code}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.invitation.user_input_id.access_token, page.url)
        self.assertEqual(self.invitation.user_input_id.state, "in_progress")
        self.assertIn("csat", page.text)
        self.assertIn("<title>Test Survey</title>", page.text)

    def test_answers_of_the_page_become_an_answer(self):
        self.url_open(f"/q/{self.invitation.code}")
        sheet = self.invitation.user_input_id
        questions = {question.counts_as: str(question.id) for question in self.survey.question_ids}
        values = {questions["csat"]: "2", questions["nps"]: "3", questions["comment"]: "等太久"}
        url = f"/survey/submit/{self.survey.access_token}/{sheet.access_token}"
        self.make_jsonrpc_request(url, values)
        answer = self.env["cosmetics.survey.answer"].search([("invitation_id", "=", self.invitation.id)])
        self.assertEqual((answer.csat, answer.nps, answer.comment), (2, 3, "等太久"))
        self.assertEqual(answer.feedback_ids.user_id, self.shop_manager)
        again = self.make_jsonrpc_request(url, {**values, questions["csat"]: "5"})
        self.assertEqual(again[1]["error"], "unauthorized")
        self.assertEqual(answer.csat, 2)

    def test_an_unknown_code_tells_nothing(self):
        for code in ("nothing", self.invitation.code[:-1], "%25"):
            with self.subTest(code=code):
                page = self.url_open(f"/q/{code}")
                self.assertIn('data-what="unknown"', page.text)

    def test_opening_the_way_out_changes_nothing_yet(self):
        self.url_open(f"/q/{self.invitation.code}/stop")
        self.assertTrue(self.member._has_consent("survey")[self.member.id])

    def test_the_way_out_ends_it(self):
        token = self.url_open(f"/q/{self.invitation.code}/stop").text.split('name="csrf_token" value="')[1].split('"')[0]
        page = self.url_open(f"/q/{self.invitation.code}/stop", data={"csrf_token": token})
        self.assertIn('data-what="stopped"', page.text)
        self.env.invalidate_all()
        self.assertFalse(self.member._has_consent("survey")[self.member.id])
        self.assertEqual(self.invitation.state, "cancelled")
        self.assertIn('data-what="unknown"', self.url_open(f"/q/{self.invitation.code}").text)
