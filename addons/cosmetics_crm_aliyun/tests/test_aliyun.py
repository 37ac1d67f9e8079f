"""Messages leave through Aliyun, against a stand-in that recomputes the signature of each request."""

from datetime import timedelta

from odoo import fields
from odoo.addons.cosmetics_crm_mailing.tests.common import NOON, MailingCommon
from odoo.addons.cosmetics_crm_mailing.tests.common_provider import ProviderTests
from odoo.tests import tagged

from .common import AliyunService


@tagged("post_install", "-at_install")
class TestAliyun(AliyunService, ProviderTests, MailingCommon):
    template_code, coupon = "SMS_1001", "A&1="
    secret_field, secret_name = "aliyun_sms_key_secret", "AccessKey Secret"
    secret_fault = "SignatureDoesNotMatch"
    rubbish = ((200, b"<html>"), (500, {"Code": "X"}), (502, b""))
    foreign_url = "http://dysmsapi.aliyuncs.com"

    def test_request_carries_a_good_signature_and_what_the_template_needs(self):
        sms = self._sms()
        self._run_queue()
        self.assertEqual(self.service.refused, [])
        (sent,) = self.service.sent
        self.assertEqual((sent["PhoneNumbers"], sent["SignName"], sent["TemplateCode"]), ("13912345678", "西安美妆", "SMS_1001"))
        self.assertEqual(sent["TemplateParam"], {"name": "王小红", "coupon": "A&1="})
        self.assertEqual((sms.state, sms.provider_ref, sent["OutId"]), ("pending", "biz-1^0", sms.uuid))

    def test_unknown_key_is_told(self):
        self.company.aliyun_sms_key_id = "LTAInobody"
        sms = self._sms()
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))

    def test_aliyun_is_asked_about_a_message_lost_in_a_crash(self):
        left, stayed = self._sms(), self._sms()
        (left + stayed).write({"state": "process", "claimed_at": NOON - timedelta(hours=1)})
        self.service.kept["13912345678"] = [(left.uuid, "biz-9^0")]
        self._run_queue()
        self.assertEqual((left.state, stayed.state), ("pending", "pending"))
        self.assertEqual([sent["OutId"] for sent in self.service.sent], [stayed.uuid])

    def test_delivery_is_asked_for(self):
        delivered, failed, waiting = (self._sms() for _number in range(3))
        self._run_queue()
        self.service.states.update({delivered.uuid: 3, failed.uuid: 2})
        self._run_cron("cosmetics_crm_mailing.ir_cron_sms_fetch", NOON + timedelta(minutes=10))
        self.assertEqual([sms.state for sms in (delivered, failed, waiting)], ["sent", "error", "pending"])
        self.assertTrue(failed.reason)
        self.assertTrue(delivered.delivered_at)

    def test_posts_of_aliyun_are_read(self):
        gateway = self.company._open_sms_api()
        report = {"phone_number": "13912345678", "success": True, "err_code": "DELIVERED", "biz_id": "b", "out_id": "u", "sms_size": "1"}
        self.assertEqual(gateway._read_reports([report])[0][:3], ("u", "b", True))
        reply = {"phone_number": "13912345678", "send_time": "2026-05-06 12:00:00", "content": "TD", "sequence_id": 7}
        (read,) = gateway._read_replies([reply])
        self.assertEqual((read.phone, read.text), ("13912345678", "TD"))
        self.assertEqual(read.received_at, fields.Datetime.to_datetime("2026-05-06 04:00:00"))

    def test_post_that_says_undelivered_tells_why(self):
        report = {"success": False, "err_code": "MOBILE_NOT_ON_SERVICE", "err_msg": "空号", "biz_id": "b", "out_id": "u"}
        (read,) = self.company._open_sms_api()._read_reports([report])
        self.assertFalse(read.is_delivered)
        self.assertRegex(read.reason, "空号 ?[(（]MOBILE_NOT_ON_SERVICE[)）]")

    def test_same_words_written_twice_are_two_replies(self):
        reply = {"phone_number": "13912345678", "send_time": "2026-05-06 12:00:00", "content": "TD"}
        replies = self.company._open_sms_api()._read_replies([{**reply, "sequence_id": number} for number in (7, 8, 8)])
        self.assertEqual(len({read.key for read in replies}), 2)

    def test_message_is_told_and_not_sent_again_while_aliyun_cannot_be_asked_about_it(self):
        sms = self._sms()
        sms.write({"state": "process", "claimed_at": NOON - timedelta(hours=1)})
        self.service.fault = (500, {"Code": "X"})
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type, self.service.sent), ("error", "sms_server", []))

    def test_reports_that_could_not_be_fetched_are_fetched_later(self):
        sms = self._sms()
        self._run_queue()
        self.service.states[sms.uuid] = 3
        self.service.fault = (502, b"")
        self._run_cron("cosmetics_crm_mailing.ir_cron_sms_fetch", NOON + timedelta(minutes=10))
        self.assertEqual(sms.state, "pending")
        self.service.fault = None
        self._run_cron("cosmetics_crm_mailing.ir_cron_sms_fetch", NOON + timedelta(minutes=20))
        self.assertEqual(sms.state, "sent")

    def test_half_an_account_asks_nothing(self):
        self.company.aliyun_sms_key_secret = False
        sms = self._sms()
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))
        self.assertEqual(self.company._open_sms_api()._fetch_reports(sms), [])
        self.assertEqual((self.service.sent, self.service.refused), ([], []))
