"""How a question reaches a member."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation, UniqueViolation

from .common import DAY, NOON, SurveyCommon

NIGHT = NOON + timedelta(hours=10)
"""22:00 in Xi'an."""


@tagged("post_install", "-at_install")
class TestSurveyInvitation(SurveyCommon):
    def setUp(self):
        super().setUp()
        self.member = self._create_askable(email="wang@example.com")

    def _invite(self, at=NOON + timedelta(minutes=1), **vals):
        self._create_rule(**vals)
        self._happen(self.member)
        self._ask(at)
        return self._invitations(self.member)

    # ------------------------------------------------------------------ messages
    def test_the_message_carries_the_code_of_the_link_and_leaves_through_the_queue(self):
        invitation = self._invite()
        self.assertEqual((invitation.state, invitation.way), ("sent", "sms"))
        self.assertEqual(invitation.sms_id.body, f"王小红，请评价Test Shop A：shop.cn/q/{invitation.code}，拒收请回复R")
        self.assertTrue(invitation.sms_id.is_marketing, "hours and limits hold for it")
        self._run_queue(NOON + timedelta(minutes=2))
        (request,) = self.provider.sent
        self.assertEqual(request.phone, self.member.member_phone)

    def test_the_queue_asks_for_the_consent_of_surveys_not_for_that_of_advertising(self):
        invitation = self._invite()
        self.assertFalse(self.member._has_consent("sms")[self.member.id])
        self._run_queue(NOON + timedelta(minutes=2))
        self.assertEqual(invitation.sms_id.state, "pending")
        advertising = self._write_sms(self.member, cosmetics_template_id=self._create_template("上新了").id, body="上新了")
        self._run_queue(NOON + timedelta(minutes=3))
        self.assertEqual((advertising.state, advertising.failure_type), ("canceled", "sms_optout"))

    def test_nothing_leaves_at_night(self):
        invitation = self._invite(NIGHT)
        self._run_queue(NIGHT + timedelta(minutes=1))
        self.assertEqual((invitation.sms_id.state, self.provider.sent), ("outgoing", []))
        self._run_queue(NOON + DAY)
        self.assertEqual(len(self.provider.sent), 1)

    def test_a_mail_of_the_night_waits_for_the_morning(self):
        invitation = self._invite(NIGHT, channel="email")
        self.assertEqual(invitation.mail_id.state, "outgoing")
        self.assertEqual(str(invitation.mail_id.scheduled_date)[:16], "2026-05-07 01:00")

    def test_a_mail_has_the_link_and_the_way_out(self):
        invitation = self._invite(channel="email")
        body = invitation.mail_id.body_html
        self.assertIn(f"/q/{invitation.code}", body)
        self.assertIn(f"/q/{invitation.code}/stop", body)
        self.assertEqual(invitation.mail_id.recipient_ids | invitation.mail_id.partner_ids, self.member)

    def test_who_refused_by_sms_gets_the_mail_instead(self):
        self.env["phone.blacklist"].sudo()._add([self.member.member_phone])
        invitation = self._invite(channel="sms_email")
        self.assertEqual((invitation.way, bool(invitation.sms_id)), ("email", False))

    def test_who_cannot_be_reached_was_not_asked_and_may_be_asked_soon(self):
        self.env["phone.blacklist"].sudo()._add([self.member.member_phone])
        invitation = self._invite()
        self.assertEqual((invitation.state, invitation.is_counted), ("skipped", False))
        self.env["phone.blacklist"].sudo()._remove([self.member.member_phone])
        self._happen(self.member, NOON + DAY)
        self._ask(NOON + 2 * DAY + timedelta(minutes=1))
        self.assertEqual(self._invitations(self.member).mapped("state"), ["skipped", "sent"])

    def test_the_link_ends_with_the_days_of_the_rule(self):
        invitation = self._invite(valid_days=7)
        self.assertEqual(invitation.user_input_id.deadline, NOON + timedelta(minutes=1) + 7 * DAY)

    def test_the_sheet_speaks_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.member.lang = "zh_CN"
        self.assertEqual(self._invite().user_input_id.lang_id.code, "zh_CN")

    # ------------------------------------------------------------------ killed in the middle
    def test_what_was_drawn_and_not_sent_is_sent_by_the_next_run(self):
        rule = self._create_rule()
        self._happen(self.member)
        with freeze_time(NOON + timedelta(minutes=1)):
            self.assertEqual(rule.sudo()._draw_chunk(), 1)
        self.assertEqual(self._invitations(self.member).state, "drawn")
        self._ask()
        self.assertEqual(self._invitations(self.member).state, "sent")

    # ------------------------------------------------------------------ taken back
    def test_a_withdrawal_stops_what_waits_and_kills_the_link(self):
        invitation = self._invite()
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self.assertEqual((invitation.state, invitation.sms_id.state), ("cancelled", "canceled"))
        self.assertLessEqual(invitation.user_input_id.deadline, fields.Datetime.now())

    def test_a_withdrawal_between_drawing_and_sending_is_heard(self):
        rule = self._create_rule()
        self._happen(self.member)
        with freeze_time(NOON + timedelta(minutes=1)):
            rule.sudo()._draw_chunk()
        self.env.cr.execute("UPDATE cosmetics_consent SET withdrawn_at = given_at WHERE partner_id = %s", (self.member.id,))
        self.env.invalidate_all()
        self._ask()
        self.assertEqual(self._invitations(self.member).state, "skipped")

    # ------------------------------------------------------------------ the database
    def _values(self, invitation, **vals):
        return {
            **{name: invitation[name].id for name in ("rule_id", "survey_id", "company_id", "partner_id")},
            "event": "bought",
            "origin_model": "res.partner",
            "origin_id": 999,
            "invited_on": "2026-05-06",
            "free_on": "2026-06-05",
            **vals,
        }

    def test_the_database_refuses_a_second_question_within_the_days(self):
        invitation = self._invite()
        model = self.env["cosmetics.survey.invitation"]
        for first, last in (("2026-06-04", "2026-07-04"), ("2026-04-10", "2026-05-07"), ("2026-05-10", "2026-05-11")):
            with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation), self.cr.savepoint():
                model.create(self._values(invitation, invited_on=first, free_on=last)).flush_recordset()
        model.create(self._values(invitation, invited_on="2026-06-05", free_on="2026-07-05")).flush_recordset()
        other = self._create_askable("李晓梅")
        model.create(self._values(invitation, partner_id=other.id, origin_id=998)).flush_recordset()

    def test_the_database_refuses_a_second_question_about_an_event(self):
        invitation = self._invite()
        values = self._values(invitation, origin_id=invitation.origin_id, invited_on="2027-01-01", free_on="2027-02-01")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env["cosmetics.survey.invitation"].create(values).flush_recordset()

    def test_companies_ask_independently_of_each_other(self):
        invitation = self._invite()
        company = self.env["res.company"].sudo().create({"name": "Other Company"})
        self.assertTrue(self.env["cosmetics.survey.invitation"].create(self._values(invitation, company_id=company.id)))

    def test_a_hundred_members_cost_few_more_statements_than_ten(self):
        def cost(members):
            for member in members:
                self._happen(member, number=member.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time(NOON + timedelta(minutes=1)):
                rule.sudo()._draw_chunk()
            return self.env.cr.sql_log_count - before

        rule = self._create_rule()
        first = [self._create_askable(f"甲{number}") for number in range(10)]
        second = [self._create_askable(f"乙{number}") for number in range(100)]
        few, many = cost(first), cost(second)
        self.assertLessEqual(many, few + 2)
        self.assertEqual(len(self._invitations(*first, *second)), 110)
