"""Messages leave through Tencent Cloud, against a stand-in that recomputes the signature of each request."""

from datetime import timedelta

from odoo import fields
from odoo.addons.cosmetics_crm_mailing.tests.common import NOON, MailingCommon
from odoo.addons.cosmetics_crm_mailing.tests.common_provider import ProviderTests
from odoo.tests import tagged

from ..tools.sms_api import SmsApiTencent
from .stand_in import APP_ID, SECRET_ID, SECRET_KEY, Tencent

NUMBER = "+8613912345678"


@tagged("post_install", "-at_install")
class TestTencent(ProviderTests, MailingCommon):
    gateway, api_class, stand_in_class = "tencent", SmsApiTencent, Tencent
    account = {"tencent_sms_secret_id": SECRET_ID, "tencent_sms_secret_key": SECRET_KEY, "tencent_sms_app_id": APP_ID}
    url_field = "tencent_sms_url"
    template_code, number = "2001", NUMBER
    secret_field, secret_name = "tencent_sms_secret_key", "SecretKey"
    secret_fault = "AuthFailure.SignatureFailure"
    rubbish = (
        (200, b"<html>"),
        (500, b""),
        (200, {"Response": {"RequestId": "R"}}),
        (200, {}),
        (200, {"Response": {"Error": {"Code": "InternalError.Timeout", "Message": "x"}, "RequestId": "R"}}),
    )
    foreign_url = "http://sms.tencentcloudapi.com"

    def test_request_carries_a_good_signature_and_the_values_in_their_order(self):
        sms = self._sms()
        self._run_queue()
        self.assertEqual(self.service.refused, [])
        (sent,) = self.service.sent
        self.assertEqual((sent["PhoneNumberSet"], sent["SignName"], sent["TemplateId"]), ([NUMBER], "西安美妆", "2001"))
        self.assertEqual(sent["TemplateParamSet"], ["王小红", "A1"])
        self.assertEqual((sms.state, sms.provider_ref, sent["SessionContext"]), ("pending", "serial-1", sms.uuid))

    def test_wrong_application_is_told(self):
        self.company.tencent_sms_app_id = "1400000000"
        sms = self._sms()
        self._run_queue()
        self.assertIn("SdkAppId", sms.reason)

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

    def test_post_that_says_undelivered_tells_why(self):
        report = {"sid": "s", "report_status": "FAIL", "errmsg": "UNDELIV", "description": "空号"}
        (read,) = self.company._open_sms_api()._read_reports([report])
        self.assertRegex(read.reason, "空号 ?[(（]UNDELIV[)）]")

    def test_same_reply_posted_twice_is_one(self):
        reply = {"nationcode": "86", "mobile": "13912345678", "text": "T", "time": 1778040000}
        replies = self.company._open_sms_api()._read_replies([reply, dict(reply), {**reply, "time": 1778040001}])
        self.assertEqual(len({read.key for read in replies}), 2)

    def test_reply_fetched_and_posted_is_one(self):
        gateway = self.company._open_sms_api()
        self.service.replies = [{"PhoneNumber": NUMBER, "ReplyContent": "T", "ReplyTime": 1778040000}]
        posted = gateway._read_replies({"nationcode": "86", "mobile": "13912345678", "text": "T", "time": 1778040000})
        self.assertEqual(gateway._fetch_replies(), posted)

    def test_reports_that_could_not_be_fetched_are_fetched_later(self):
        sms = self._sms()
        self._run_queue()
        self.service.reports = [{"SerialNo": sms.provider_ref, "ReportStatus": "SUCCESS", "Description": "", "PhoneNumber": NUMBER}]
        self.service.fault = (502, b"")
        self._run_cron("cosmetics_crm_mailing.ir_cron_sms_fetch", NOON + timedelta(minutes=10))
        self.assertEqual(sms.state, "pending")
        self.service.fault = None
        self._run_cron("cosmetics_crm_mailing.ir_cron_sms_fetch", NOON + timedelta(minutes=20))
        self.assertEqual(sms.state, "sent")

    def test_half_an_account_asks_nothing(self):
        self.company.tencent_sms_secret_key = False
        sms = self._sms()
        self._run_queue()
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))
        self.assertEqual(self.company._open_sms_api()._fetch_reports(sms), [])
        self.assertEqual((self.service.sent, self.service.refused), ([], []))
