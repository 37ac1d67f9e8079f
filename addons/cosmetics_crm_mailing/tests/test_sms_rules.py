"""The gate of the queue: each rule alone, at its edge, and what it leaves alone."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.tests import tagged

from .common import NOON, MailingCommon

NOTICE = "尊敬的王小红，您的包裹已签收"


@tagged("post_install", "-at_install")
class TestSmsRules(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template()
        cls.notice = cls._create_template("尊敬的${member}，您的包裹已签收", "notice")
        cls.company.write({"sms_cap_count": 0, "sms_cap_days": 7, "sms_opens": 9, "sms_closes": 20})
        with freeze_time(NOON - timedelta(days=30)):
            cls.member = cls._create_reachable()
            cls.other = cls._create_reachable("李二")

    def _block(self, member):
        """Write a number on the list of those who refused, as the member manager does."""
        return self.env["phone.blacklist"].with_user(self.manager).create({"number": member.member_phone})

    def _at(self, text):
        """Return a moment of the wall clock in Xi'an as naive UTC."""
        return fields.Datetime.to_datetime(f"2026-05-06 {text}:00") - timedelta(hours=8)

    def _sent_before(self, days, member=None, **vals):
        """Let a member have had marketing so many days before noon."""
        sms = self._write_sms(member or self.member)
        sms.write({"state": "sent", "submitted_at": NOON - timedelta(days=days), **vals})
        return sms

    # ------------------------------------------------------------------ consent
    def test_who_agreed_gets_marketing(self):
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual((sms.state, len(self.provider.sent)), ("pending", 1))

    def test_consent_to_emails_is_none_to_sms(self):
        reader = self._create_reachable("张三", ("email",))
        sms = self._write_sms(reader)
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type), ("canceled", "sms_optout"))

    def test_consent_given_again_counts(self):
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self.member.with_user(self.manager)._give_consent(["sms"], "paper")
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual(sms.state, "pending")

    def test_number_without_a_member_gets_no_marketing(self):
        sms = self.env["sms.sms"].create({"number": "13912345678", "body": "尊敬的王小红，礼券A1，拒收请回复R"})
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type, self.provider.sent), ("canceled", "sms_optout", []))

    def test_one_member_s_withdrawal_does_not_stop_the_others(self):
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        messages = [self._write_sms(member) for member in (self.member, self.other)]
        self._run_queue()
        self.assertEqual([sms.state for sms in messages], ["canceled", "pending"])

    # ------------------------------------------------------------------ refused numbers
    def test_refused_number_gets_no_marketing(self):
        sms = self._write_sms(self.member)
        self._block(self.member)
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type, self.provider.sent), ("canceled", "sms_blacklist", []))

    def test_refused_number_gets_its_notices(self):
        self._block(self.member)
        sms = self._write_sms(self.member, NOTICE)
        self._run_queue()
        self.assertEqual(sms.state, "pending")

    def test_number_taken_off_the_list_gets_marketing_again(self):
        self._block(self.member).active = False
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual(sms.state, "pending")

    def test_refused_number_goes_before_a_missing_consent(self):
        self._block(self.member)
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual(sms.failure_type, "sms_blacklist")

    def test_refusal_at_night_cancels_what_waits_for_the_morning(self):
        sms = self._write_sms(self.member)
        self._run_queue(self._at("23:00"))
        self.env["sms.sms"]._refuse_marketing([self.member.member_phone])
        self._run_queue(self._at("09:00") + timedelta(days=1))
        self.assertEqual((sms.state, self.provider.sent), ("canceled", []))

    def test_refusal_leaves_notices_in_the_queue(self):
        sms = self._write_sms(self.member, NOTICE)
        self.env["sms.sms"]._refuse_marketing([self.member.member_phone])
        self.assertEqual(sms.state, "outgoing")

    def test_refusal_leaves_the_consent_to_emails(self):
        self.member.with_user(self.manager)._give_consent(["email"], "paper")
        self.env["sms.sms"]._refuse_marketing([self.member.member_phone])
        agreed = {code: self.member._has_consent(code)[self.member.id] for code in ("sms", "email")}
        self.assertEqual(agreed, {"sms": False, "email": True})

    # ------------------------------------------------------------------ limit
    def test_without_a_limit_every_message_leaves(self):
        messages = [self._write_sms(self.member) for _number in range(5)]
        self._run_queue()
        self.assertEqual({sms.state for sms in messages}, {"pending"})

    def test_message_of_exactly_the_last_day_counts_and_an_older_one_does_not(self):
        self.company.sms_cap_count = 1
        for days, state in ((7, "canceled"), (7.01, "pending")):
            with self.subTest(days=days):
                before, sms = self._sent_before(days), self._write_sms(self.member)
                self._run_queue()
                self.assertEqual(sms.state, state)
                (before + sms).unlink()

    def test_notices_do_not_use_up_the_limit(self):
        self.company.sms_cap_count = 1
        notice, sms = self._write_sms(self.member, NOTICE), self._write_sms(self.member)
        self._run_queue()
        self.assertEqual((notice.state, sms.state), ("pending", "pending"))

    def test_limit_does_not_stop_notices(self):
        self.company.sms_cap_count = 1
        self._sent_before(1)
        notice = self._write_sms(self.member, NOTICE)
        self._run_queue()
        self.assertEqual(notice.state, "pending")

    def test_limit_is_one_member_s_own(self):
        self.company.sms_cap_count = 1
        self._sent_before(1, self.other)
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual(sms.state, "pending")

    def test_message_that_never_left_does_not_count(self):
        self.company.sms_cap_count = 1
        self._sent_before(1, state="canceled", submitted_at=False)
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual(sms.state, "pending")

    def test_message_that_is_just_being_handed_over_counts(self):
        self.company.sms_cap_count = 1
        self._sent_before(0, state="process", submitted_at=False, claimed_at=NOON - timedelta(minutes=1))
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual((sms.state, self.provider.sent), ("canceled", []))

    def test_reason_names_the_limit_and_its_days(self):
        self.company.write({"sms_cap_count": 1, "sms_cap_days": 14})
        self._sent_before(10)
        sms = self._write_sms(self.member)
        self._run_queue()
        self.assertEqual(sms.state, "canceled")
        self.assertTrue("1" in sms.reason and "14" in sms.reason, sms.reason)

    # ------------------------------------------------------------------ hours
    def test_marketing_leaves_from_the_first_minute_to_the_last(self):
        for text, state in (("08:59", "outgoing"), ("09:00", "pending"), ("19:59", "pending"), ("20:00", "outgoing")):
            with self.subTest(text=text):
                sms = self._write_sms(self.member)
                self._run_queue(self._at(text))
                self.assertEqual(sms.state, state)
                sms.unlink()

    def test_before_the_opening_it_waits_for_the_same_morning(self):
        sms = self._write_sms(self.member)
        self._run_queue(self._at("03:00"))
        self.assertEqual(sms.not_before, self._at("09:00"))
        self.assertTrue(sms.reason)

    def test_queue_is_called_in_the_morning_for_what_waits(self):
        self._write_sms(self.member)
        self._run_queue(self._at("23:00"))
        morning = self._at("09:00") + timedelta(days=1)
        cron = self.env.ref("sms.ir_cron_sms_scheduler_action")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id), ("call_at", "=", morning)]))

    def test_hours_are_those_of_the_company(self):
        self.company.write({"sms_opens": 10.5, "sms_closes": 12})
        sms = self._write_sms(self.member)
        self._run_queue(self._at("12:00"))
        self.assertEqual(sms.not_before, self._at("10:30") + timedelta(days=1))

    def test_what_waited_is_judged_again_in_the_morning(self):
        sms = self._write_sms(self.member)
        self._run_queue(self._at("23:00"))
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self._run_queue(self._at("09:00") + timedelta(days=1))
        self.assertEqual((sms.state, self.provider.sent), ("canceled", []))

    def test_a_template_may_ask_for_another_consent_than_that_of_advertising(self):
        self.patch(type(self.env["cosmetics.sms.template"]), "_get_consent_code", lambda template: "share")
        other = self._create_reachable("陈静", codes=("share",))
        refused, sent = self._write_sms(self.member), self._write_sms(other)
        self._run_queue()
        self.assertEqual((refused.state, refused.failure_type), ("canceled", "sms_optout"))
        self.assertEqual(sent.state, "pending")

    def test_what_must_not_be_sent_at_all_does_not_wait_for_the_morning(self):
        self._block(self.member)
        sms = self._write_sms(self.member)
        self._run_queue(self._at("23:00"))
        self.assertEqual((sms.state, sms.not_before), ("canceled", False))

    # ------------------------------------------------------------------ order
    def test_notices_leave_before_marketing_written_earlier(self):
        marketing, notice = self._write_sms(self.member), self._write_sms(self.other, NOTICE)
        self._run_queue()
        self.assertEqual([request.out_id for request in self.provider.sent], [notice.uuid, marketing.uuid])
