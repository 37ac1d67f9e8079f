"""Messages leave through Aliyun, against a stand-in that recomputes the signature of each request."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.addons.cosmetics_crm_mailing.tests.common import NOON, MailingCommon
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.sms_api import FAULTS, SmsApiAliyun
from .stand_in import KEY_ID, KEY_SECRET, Aliyun


@tagged("post_install", "-at_install")
class TestAliyun(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("尊敬的${name}，礼券${coupon}已备好", "notice", code="SMS_1001")
        with freeze_time(NOON):
            cls.member = cls._create_reachable(phone="13912345678")

    def setUp(self):
        super().setUp()
        self.service = Aliyun()
        self.addCleanup(self.service.close)
        self.patch(type(self.company), "_get_sms_api_class", lambda company: SmsApiAliyun)
        account = {"aliyun_sms_key_id": KEY_ID, "aliyun_sms_key_secret": KEY_SECRET, "aliyun_sms_url": self.service.url}
        self.company.write({"sms_gateway": "aliyun", **account})

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Odoo's guard compares the timeout with a number; the SDK gives one for the connection and one for the answer."""
        return super()._request_handler(session, request, **{**options, "timeout": max(options["timeout"])})

    def _sms(self, **vals):
        return self._write_sms(self.member, "尊敬的王小红，礼券A&1=已备好", **vals)

    def test_request_carries_a_good_signature_and_what_the_template_needs(self):
        sms = self._sms()
        self._run_queue()
        self.assertEqual(self.service.refused, [])
        (sent,) = self.service.sent
        self.assertEqual((sent["PhoneNumbers"], sent["SignName"], sent["TemplateCode"]), ("13912345678", "西安美妆", "SMS_1001"))
        self.assertEqual(sent["TemplateParam"], {"name": "王小红", "coupon": "A&1="})
        self.assertEqual((sms.state, sms.provider_ref, sent["OutId"]), ("pending", "biz-1^0", sms.uuid))

    def test_wrong_secret_is_refused_by_the_signature_and_told(self):
        self.company.aliyun_sms_key_secret = "another"
        sms = self._sms()
        self._run_queue()
        self.assertEqual((self.service.refused, self.service.sent), (["SignatureDoesNotMatch"], []))
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))
        self.assertIn("AccessKey Secret", sms.reason)

    def test_unknown_key_is_told(self):
        self.company.aliyun_sms_key_id = "LTAInobody"
        sms = self._sms()
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))

    def test_every_fault_has_its_sentence_and_only_some_are_tried_again(self):
        for code, (failure_type, sentence, is_retry) in FAULTS.items():
            with self.subTest(code=code):
                self.service.codes["13912345678"] = code
                sms = self._sms()
                self._run_queue()
                self.assertEqual(sms.state, "outgoing" if is_retry else "error")
                self.assertEqual(sms.failure_type, False if is_retry else failure_type)
                self.assertEqual(sms.reason, sentence._translate(self.company.partner_id.lang or "en_US"))
                sms.unlink()

    def test_fault_nobody_has_a_sentence_for_is_quoted(self):
        self.service.codes["13912345678"] = "isv.SOMETHING_NEW"
        sms = self._sms()
        self._run_queue()
        self.assertIn("isv.SOMETHING_NEW", sms.reason)
        self.assertIn("原因", sms.reason)

    def test_no_connection_is_tried_again(self):
        self.service.close()
        sms = self._sms()
        with mute_logger("urllib3.connectionpool"):
            self._run_queue()
        self.assertEqual((sms.state, sms.attempt_count), ("outgoing", 1))

    def test_lost_answer_is_not_sent_a_second_time(self):
        self.service.hang_up = True
        sms = self._sms()
        self._run_queue()
        self.assertEqual((len(self.service.sent), sms.state, sms.failure_type), (1, "error", "sms_server"))
        self.service.hang_up = False
        self._run_queue(NOON + timedelta(hours=3))
        self.assertEqual(len(self.service.sent), 1)

    def test_rubbish_instead_of_an_answer_is_uncertain(self):
        for fault in ((200, b"<html>"), (500, {"Code": "X"}), (502, b"")):
            with self.subTest(fault=fault):
                self.service.fault = fault
                sms = self._sms()
                self._run_queue()
                self.assertEqual((sms.state, sms.failure_type), ("error", "sms_server"))

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
        for rubbish in ({}, ["x"], "x", [1]):
            with self.subTest(rubbish=rubbish), self.assertRaises(ValueError):
                gateway._read_reports(rubbish)

    def test_account_is_for_administrators_only(self):
        for name in ("aliyun_sms_key_id", "aliyun_sms_key_secret", "aliyun_sms_url", "sms_webhook_token"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.company.with_user(self.manager).read([name])

    def test_log_holds_neither_secret_nor_number(self):
        self._sms()
        with self.assertLogs(level="DEBUG") as log:
            self._run_queue()
            self.service.hang_up = True
            self._sms()
            self._run_queue(NOON + timedelta(hours=1))
        text = "\n".join(line for line in log.output if "odoo.sql_db" not in line)
        self.assertEqual(len(self.service.sent), 2)
        self.assertNotIn(KEY_SECRET, text)
        self.assertNotIn("13912345678", text)

    def test_secret_travels_encrypted_or_stays_on_the_machine(self):
        for url in ("http://dysmsapi.aliyuncs.com", "http://127.0.0.1.evil.example", "nonsense", "https://a.example/path"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.company.aliyun_sms_url = url
