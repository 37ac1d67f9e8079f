"""The queue: who gets what, when, once."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..tools.sms_api import SmsAnswer, SmsApiGateway
from .common import NOON, MailingCommon


@tagged("post_install", "-at_install")
class TestSmsQueue(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template()
        cls.notice = cls._create_template("尊敬的${member}，您的包裹已签收", "notice")
        with freeze_time(NOON):
            cls.member = cls._create_reachable()

    def test_finished_text_finds_its_template_and_its_values(self):
        sms = self._write_sms(self.member)
        self.assertEqual((sms.cosmetics_template_id, sms.is_marketing), (self.template, True))
        self._run_queue()
        (request,) = self.provider.sent
        self.assertEqual((request.code, request.signature), (self.template.code, "西安美妆"))
        self.assertEqual(list(request.params.items()), [("member", "王小红"), ("coupon", "A1")])
        self.assertEqual((sms.state, sms.provider_ref, sms.price), ("pending", "ref-1", 0.05))

    def test_text_without_a_template_is_told_and_not_sent(self):
        sms = self._write_sms(self.member, "随便写的一句话")
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type, self.provider.sent), ("error", "sms_registration_needed", []))
        self.assertTrue(sms.reason)

    def test_template_that_is_no_longer_approved_is_not_sent(self):
        sms = self._write_sms(self.member)
        self.template.action_draft()
        self._run_queue()
        self.assertEqual((sms.state, self.provider.sent), ("error", []))

    def test_number_is_written_in_international_form(self):
        self.assertEqual(self._write_sms(self.member, number="139-1234 5678").number, "+8613912345678")

    def test_landline_gets_nothing(self):
        sms = self._write_sms(self.member, number="029-87654321", cosmetics_template_id=self.notice.id, body="尊敬的甲，您的包裹已签收")
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type, self.provider.sent), ("error", "sms_number_format", []))

    def test_message_counts_the_signature_when_it_is_billed(self):
        text = "字" * 64
        template = self._create_template(text, "notice")
        self.assertEqual(template.part_count, 1)
        template.text = "字" * 65
        self.assertEqual(template.part_count, 2)

    def test_notice_leaves_at_night_and_marketing_waits_for_the_morning(self):
        night = fields.Datetime.to_datetime("2026-05-06 15:00:00")  # 23:00
        notice = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        marketing = self._write_sms(self.member)
        self._run_queue(night)
        self.assertEqual((notice.state, marketing.state), ("pending", "outgoing"))
        self.assertEqual(marketing.not_before, fields.Datetime.to_datetime("2026-05-07 01:00:00"))
        self._run_queue(fields.Datetime.to_datetime("2026-05-07 00:59:00"))
        self.assertEqual(marketing.state, "outgoing")
        self._run_queue(fields.Datetime.to_datetime("2026-05-07 01:00:00"))
        self.assertEqual(marketing.state, "pending")

    def test_consent_is_asked_for_when_the_message_leaves(self):
        sms = self._write_sms(self.member)
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type, self.provider.sent), ("canceled", "sms_optout", []))

    def test_who_never_agreed_gets_notices_and_no_marketing(self):
        stranger = self._create_member()
        marketing, notice = self._write_sms(stranger), self._write_sms(stranger, "尊敬的王小红，您的包裹已签收")
        self._run_queue()
        self.assertEqual((marketing.state, notice.state), ("canceled", "pending"))

    def test_member_gets_no_more_than_the_limit_over_all_campaigns(self):
        self.company.write({"sms_cap_count": 2, "sms_cap_days": 7})
        messages = [self._write_sms(self.member) for _number in range(3)]
        self._run_queue()
        self.assertEqual([sms.state for sms in messages], ["pending", "pending", "canceled"])
        later = self._write_sms(self.member)
        self._run_queue(NOON + timedelta(days=6))
        self.assertEqual(later.state, "canceled")
        last = self._write_sms(self.member)
        self._run_queue(NOON + timedelta(days=8))
        self.assertEqual(last.state, "pending")

    def test_limit_holds_when_each_message_is_in_a_slice_of_its_own(self):
        self.company.write({"sms_cap_count": 1, "sms_rate": 1})
        messages = [self._write_sms(self.member) for _number in range(2)]
        with patch("odoo.addons.cosmetics_crm_mailing.models.sms_sms_queue.time.sleep"):
            self._run_queue()
        self.assertEqual([sms.state for sms in messages], ["pending", "canceled"])

    def test_queue_keeps_the_speed_of_the_provider(self):
        self.company.sms_rate = 2
        for _number in range(4):
            self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        with patch("odoo.addons.cosmetics_crm_mailing.models.sms_sms_queue.time.sleep") as sleep:
            self._run_queue()
        waits = [call.args[0] for call in sleep.call_args_list]
        self.assertEqual((len(self.provider.sent), len(waits)), (4, 2))
        self.assertTrue(all(0 < wait <= 1 for wait in waits))

    def test_what_the_provider_wants_later_is_sent_later_and_five_times_at_most(self):
        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        self.provider.answers[sms.number] = SmsAnswer(failure_type="sms_server", reason="稍后再试", is_retry=True)
        self._run_queue()
        self.assertEqual((sms.state, sms.attempt_count, sms.reason), ("outgoing", 1, "稍后再试"))
        moment = NOON
        for attempt in range(2, 6):
            moment += timedelta(hours=3)
            self._run_queue(moment)
            self.assertEqual(sms.attempt_count, attempt)
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_server"))
        self._run_queue(moment + timedelta(hours=3))
        self.assertEqual(sms.attempt_count, 5)

    def test_what_the_provider_refuses_is_not_tried_again(self):
        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        self.provider.answers[sms.number] = SmsAnswer(failure_type="sms_credit", reason="余额不足")
        self._run_queue()
        self._run_queue(NOON + timedelta(days=1))
        self.assertEqual((sms.state, sms.attempt_count, sms.reason), ("error", 1, "余额不足"))

    def test_message_leaves_from_the_queue_only(self):
        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        sms.send()
        self.assertEqual((sms.state, self.provider.sent), ("outgoing", []))

    def test_one_purpose_is_one_message(self):
        self._write_sms(self.member, dedupe_key="mailing,1,x,1")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._write_sms(self.member, dedupe_key="mailing,1,x,1")

    # ------------------------------------------------------------------ after a crash
    def _lose(self):
        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        sms.write({"state": "process", "claimed_at": NOON - timedelta(hours=1), "attempt_count": 1})
        return sms

    def test_lost_message_that_left_is_not_sent_again(self):
        sms = self._lose()
        self.provider.looked_up[sms.uuid] = SmsAnswer(provider_ref="found")
        self._run_queue()
        self.assertEqual((sms.state, sms.provider_ref, self.provider.sent), ("pending", "found", []))

    def test_lost_message_that_surely_did_not_leave_is_sent(self):
        sms = self._lose()
        self.provider.looked_up[sms.uuid] = None
        self._run_queue()
        self.assertEqual((sms.state, len(self.provider.sent)), ("pending", 1))

    def test_lost_message_of_which_nobody_knows_is_told_and_not_sent_again(self):
        sms = self._lose()
        self._run_queue()
        self.assertEqual((sms.state, self.provider.sent), ("error", []))
        self.assertTrue(sms.reason)

    def test_claim_of_a_process_that_still_works_is_left_alone(self):
        sms = self._lose()
        sms.claimed_at = NOON - timedelta(minutes=5)
        self._run_queue()
        self.assertEqual((sms.state, self.provider.sent), ("process", []))

    def test_claim_is_committed_before_the_message_is_handed_over(self):
        """At the moment of handing over, every message is already marked; a crash then cannot bring it back into the queue."""
        states = []
        submit = self.provider._submit

        def watch(gateway, request):
            states.append(gateway.env["sms.sms"].search([("uuid", "=", request.out_id)]).state)
            return submit(gateway, request)

        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        with patch.object(self.provider, "_submit", watch):
            self._run_queue()
        self.assertEqual((states, sms.state), (["process"], "pending"))

    # ------------------------------------------------------------------ none
    def test_without_a_provider_nothing_leaves_and_a_sentence_says_why(self):
        self.patch(type(self.company), "_get_sms_api_class", lambda company: SmsApiGateway)
        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))
        self.assertTrue(sms.reason)

    def test_messages_are_kept_for_a_year(self):
        old, young = self._write_sms(self.member), self._write_sms(self.member)
        old.submitted_at = fields.Datetime.now() - timedelta(days=400)
        young.submitted_at = fields.Datetime.now() - timedelta(days=200)
        self.env["sms.sms"]._gc_old_messages()
        self.assertEqual((old.exists(), young.exists()), (self.env["sms.sms"], young))
