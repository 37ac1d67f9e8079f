"""Reports and replies that the provider is asked for, company by company."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged

from ..tools.sms_api import SmsReply, SmsReport
from .common import NOON, MailingCommon

FETCH = "cosmetics_crm_mailing.ir_cron_sms_fetch"


@tagged("post_install", "-at_install")
class TestSmsFetch(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls._create_template("尊敬的${member}，您的包裹已签收", "notice")
        with freeze_time(NOON - timedelta(days=1)):
            cls.member = cls._create_reachable()
        # A provider is chosen; its name does not matter here.
        cls.env.cr.execute("UPDATE res_company SET sms_gateway = 'test' WHERE id = %s", [cls.company.id])
        cls.company.invalidate_recordset()

    def _sent(self, at=NOON):
        """Return a message that the provider has taken."""
        sms = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        self._run_queue(at)
        return sms

    def _fetch(self, reports=(), replies=(), at=NOON):
        """Let the scheduler ask a provider that answers this; return the messages it was asked about."""
        asked = []

        def fetch(gateway, messages):
            asked.extend(messages)
            return list(reports)

        with (
            patch.object(self.provider, "_fetch_reports", fetch),
            patch.object(self.provider, "_fetch_replies", lambda gateway: list(replies)),
        ):
            self._run_cron(FETCH, at)
        return self.env["sms.sms"].union(*asked)

    def test_provider_is_asked_about_what_it_has_taken_and_not_reported(self):
        sms = self._sent()
        waiting = self._write_sms(self.member, "尊敬的王小红，您的包裹已签收")
        self.assertEqual(self._fetch(), sms)
        self._fetch([SmsReport(sms.uuid, "r", True)])
        self.assertEqual((sms.state, sms.delivered_at, waiting.state), ("sent", NOON, "outgoing"))
        self.assertFalse(self._fetch())

    def test_provider_is_not_asked_for_ever(self):
        sms = self._sent()
        self.assertEqual(self._fetch(at=NOON + timedelta(days=2)), sms)
        self.assertFalse(self._fetch(at=NOON + timedelta(days=4)))

    def test_failure_is_told_with_the_words_of_the_provider(self):
        sms = self._sent()
        self._fetch([SmsReport("", sms.provider_ref, False, "空号")])
        self.assertEqual((sms.state, sms.reason), ("error", "空号"))

    def test_refusal_that_is_fetched_works_like_one_that_is_posted(self):
        self._fetch(replies=[SmsReply(self.member.member_phone, "TD", NOON, "1")])
        self.assertFalse(self.member._has_consent("sms")[self.member.id])

    def test_reply_fetched_twice_is_one_reply(self):
        reply = SmsReply(self.member.member_phone, "谢谢", NOON, "1")
        self._fetch(replies=[reply])
        self._fetch(replies=[reply])
        self.assertEqual(self.env["cosmetics.sms.reply"].search_count([("number", "=", self.member.member_phone)]), 1)

    def test_company_without_a_provider_asks_nobody(self):
        self._sent()
        self.company.sms_gateway = "none"
        self.assertFalse(self._fetch())
