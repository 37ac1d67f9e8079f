"""Messages leave through Tencent Cloud, against a stand-in that recomputes the signature of each request."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.addons.cosmetics_crm_mailing.tests.common import NOON, MailingCommon
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.sms_api import FAULTS, SmsApiTencent
from .stand_in import APP_ID, SECRET_ID, SECRET_KEY, Tencent

NUMBER = "+8613912345678"


@tagged("post_install", "-at_install")
class TestTencent(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("尊敬的${name}，礼券${coupon}已备好", "notice", code="2001")
        with freeze_time(NOON):
            cls.member = cls._create_reachable(phone="13912345678")

    def setUp(self):
        super().setUp()
        self.service = Tencent()
        self.addCleanup(self.service.close)
        self.patch(type(self.company), "_get_sms_api_class", lambda company: SmsApiTencent)
        account = {"tencent_sms_secret_id": SECRET_ID, "tencent_sms_secret_key": SECRET_KEY, "tencent_sms_app_id": APP_ID}
        self.company.write({"sms_gateway": "tencent", "tencent_sms_url": self.service.url, **account})

    def _sms(self, **vals):
        return self._write_sms(self.member, "尊敬的王小红，礼券A1已备好", **vals)

    def test_request_carries_a_good_signature_and_the_values_in_their_order(self):
        sms = self._sms()
        self._run_queue()
        self.assertEqual(self.service.refused, [])
        (sent,) = self.service.sent
        self.assertEqual((sent["PhoneNumberSet"], sent["SignName"], sent["TemplateId"]), ([NUMBER], "西安美妆", "2001"))
        self.assertEqual(sent["TemplateParamSet"], ["王小红", "A1"])
        self.assertEqual((sms.state, sms.provider_ref, sent["SessionContext"]), ("pending", "serial-1", sms.uuid))

    def test_wrong_key_is_refused_by_the_signature_and_told(self):
        self.company.tencent_sms_secret_key = "another"
        sms = self._sms()
        self._run_queue()
        self.assertEqual((self.service.refused, self.service.sent), (["AuthFailure.SignatureFailure"], []))
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))
        self.assertIn("SecretKey", sms.reason)

    def test_wrong_application_is_told(self):
        self.company.tencent_sms_app_id = "1400000000"
        sms = self._sms()
        self._run_queue()
        self.assertIn("SdkAppId", sms.reason)

    def test_every_fault_has_its_sentence_and_only_some_are_tried_again(self):
        for code, (failure_type, sentence, is_retry) in FAULTS.items():
            with self.subTest(code=code):
                self.service.codes[NUMBER] = code
                sms = self._sms()
                self._run_queue()
                self.assertEqual(sms.state, "outgoing" if is_retry else "error")
                self.assertEqual(sms.failure_type, False if is_retry else failure_type)
                self.assertEqual(sms.reason, sentence._translate(self.company.partner_id.lang or "en_US"))
                sms.unlink()

    def test_fault_nobody_has_a_sentence_for_is_quoted(self):
        self.service.codes[NUMBER] = "FailedOperation.New"
        sms = self._sms()
        self._run_queue()
        self.assertIn("FailedOperation.New", sms.reason)
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
        internal = {"Response": {"Error": {"Code": "InternalError.Timeout", "Message": "x"}, "RequestId": "R"}}
        for fault in ((200, b"<html>"), (500, b""), (200, {"Response": {"RequestId": "R"}}), (200, {}), (200, internal)):
            with self.subTest(fault=fault):
                self.service.fault = fault
                sms = self._sms()
                self._run_queue()
                self.assertEqual((sms.state, sms.failure_type), ("error", "sms_server"))

    def test_message_lost_in_a_crash_is_told_and_not_sent_again(self):
        sms = self._sms()
        sms.write({"state": "process", "claimed_at": NOON - timedelta(hours=1)})
        self._run_queue()
        self.assertEqual((sms.state, self.service.sent), ("error", []))

    def test_reports_and_replies_are_fetched_and_a_refusal_works_at_once(self):
        delivered, failed = self._sms(), self._sms()
        self._run_queue()
        self.service.reports = [
            {"SerialNo": delivered.provider_ref, "ReportStatus": "SUCCESS", "Description": "", "PhoneNumber": NUMBER},
            {"SerialNo": failed.provider_ref, "ReportStatus": "FAIL", "Description": "空号", "PhoneNumber": NUMBER},
        ]
        self.service.replies = [{"PhoneNumber": NUMBER, "ReplyContent": "退订", "ReplyTime": 1778040000, "SignName": "西安美妆"}]
        self._run_cron("cosmetics_crm_mailing.ir_cron_sms_fetch", NOON + timedelta(minutes=10))
        self.assertEqual((delivered.state, failed.state), ("sent", "error"))
        self.assertIn("空号", failed.reason)
        self.assertTrue(self.env["phone.blacklist"].search([("number", "=", NUMBER)]))
        self.assertFalse(self.member._has_consent("sms")[self.member.id])

    def test_more_reports_than_fit_into_one_answer_are_all_fetched(self):
        self.service.reports = [{"SerialNo": f"s{number}", "ReportStatus": "SUCCESS"} for number in range(250)]
        self.assertEqual(len(self.company._open_sms_api()._fetch_reports(self.env["sms.sms"])), 250)

    def test_posts_of_tencent_are_read(self):
        gateway = self.company._open_sms_api()
        report = {
            "user_receive_time": "2026-05-06 12:00:00",
            "nationcode": "86",
            "mobile": "13912345678",
            "sid": "s",
            "report_status": "FAIL",
        }
        self.assertEqual(gateway._read_reports([{**report, "errmsg": "UNDELIV", "description": "空号"}])[0][:3], ("", "s", False))
        reply = {"nationcode": "86", "mobile": "13912345678", "text": "T", "sign": "西安美妆", "time": 1778040000, "extend": ""}
        (read,) = gateway._read_replies(reply)
        self.assertEqual((read.phone, read.text, read.received_at), (NUMBER, "T", fields.Datetime.to_datetime("2026-05-06 04:00:00")))
        for rubbish in ({}, ["x"], "x", [1]):
            with self.subTest(rubbish=rubbish), self.assertRaises(ValueError):
                gateway._read_reports(rubbish)

    def test_account_is_for_administrators_only(self):
        for name in ("tencent_sms_secret_id", "tencent_sms_secret_key", "tencent_sms_app_id", "tencent_sms_url"):
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
        self.assertNotIn(SECRET_KEY, text)
        self.assertNotIn("13912345678", text)

    def test_secret_travels_encrypted_or_stays_on_the_machine(self):
        for url in ("http://sms.tencentcloudapi.com", "http://127.0.0.1.evil.example", "nonsense", "https://a.example/path"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.company.tencent_sms_url = url
