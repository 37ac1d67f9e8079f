"""Between queue and provider: what a company sets, what a connector is handed, and what it says when something is missing."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..tools.sms_api import SmsAnswer, SmsApiGateway
from .common import NOON, MailingCommon

NOTICE = "尊敬的王小红，您的包裹已签收"


@tagged("post_install", "-at_install")
class TestSmsGateway(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls._create_template("尊敬的${member}，您的包裹已签收", "notice")
        with freeze_time(NOON):
            cls.member = cls._create_reachable()

    def _send(self, body=NOTICE, **vals):
        sms = self._write_sms(self.member, body, **vals)
        self._run_queue()
        return sms

    # ------------------------------------------------------------------ what a company sets
    def test_new_company_sends_nothing(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.assertEqual(company.sms_gateway, "none")

    def test_two_companies_have_two_words_for_their_providers(self):
        companies = self.env["res.company"].create([{"name": "Second"}, {"name": "Third"}])
        words = companies.mapped("sms_webhook_token")
        self.assertEqual(len(set(words)), 2)
        self.assertGreater(min(map(len, words)), 30)

    def test_without_a_provider_there_is_no_address_for_reports(self):
        self.assertFalse(self.company.sms_webhook_url)

    def test_speed_lies_between_one_and_a_thousand(self):
        for rate in (0, 1001):
            with self.subTest(rate=rate), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.company.sms_rate = rate
                self.company.flush_recordset()

    def test_limits_and_prices_are_not_negative(self):
        for vals in ({"sms_cap_count": -1}, {"sms_cap_days": 0}, {"sms_price": -0.01}):
            with self.subTest(vals=vals), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.company.write(vals)
                self.company.flush_recordset()

    def test_widest_hours_of_the_carriers_are_allowed(self):
        self.company.write({"sms_opens": 8, "sms_closes": 21})
        with self.assertRaises(ValidationError):
            self.company.sms_closes = 21.25

    # ------------------------------------------------------------------ what is handed over
    def test_connector_gets_number_signature_code_and_values(self):
        sms = self._send()
        (request,) = self.provider.sent
        self.assertEqual(request, (sms.number, "西安美妆", self.notice.code, {"member": "王小红"}, sms.uuid))

    def test_signature_of_the_template_goes_before_that_of_the_company(self):
        template = self._create_template("您的积分已到账", "notice", signature="长安妆集")
        self._send("您的积分已到账")
        self.assertEqual([(request.signature, request.code) for request in self.provider.sent], [("长安妆集", template.code)])

    def test_without_a_signature_nothing_is_handed_over(self):
        self.company.sms_signature = False
        sms = self._send()
        self.assertEqual((sms.state, sms.failure_type, self.provider.sent), ("error", "sms_acc", []))
        self.assertTrue(sms.reason)

    def test_number_from_abroad_is_handed_over(self):
        sms = self._send(number="+85291234567")
        self.assertEqual((sms.state, self.provider.sent[0].phone), ("pending", "+85291234567"))

    def test_message_that_was_cancelled_does_not_leave(self):
        sms = self._write_sms(self.member, NOTICE)
        sms.action_set_canceled()
        self._run_queue()
        self.assertEqual((sms.state, self.provider.sent), ("canceled", []))

    def test_message_leaves_once_however_often_the_queue_runs(self):
        self._send()
        for hours in range(1, 4):
            self._run_queue(NOON + timedelta(hours=hours))
        self.assertEqual(len(self.provider.sent), 1)

    def test_long_text_costs_as_many_messages_as_it_is(self):
        self._create_template("您好${text}", "notice")
        sms = self._send("您好" + "字" * 80)
        self.assertEqual((sms.part_count, round(sms.price, 4)), (2, 0.1))

    # ------------------------------------------------------------------ what comes back
    def test_refused_message_costs_nothing(self):
        number = self._write_sms(self.member, NOTICE).number
        self.provider.answers[number] = SmsAnswer(failure_type="sms_blacklist", reason="黑名单")
        sms = self._send()
        self.assertEqual((sms.state, sms.price, sms.submitted_at, sms.provider_ref), ("error", 0, False, False))

    def test_one_refused_number_does_not_hold_up_the_next(self):
        other = self._create_reachable("李二")
        first, second = self._write_sms(self.member, NOTICE), self._write_sms(other, NOTICE)
        self.provider.answers[first.number] = SmsAnswer(failure_type="sms_credit", reason="余额不足")
        self._run_queue()
        self.assertEqual((first.state, second.state), ("error", "pending"))

    def test_second_attempt_waits_a_minute_and_the_third_five(self):
        sms = self._write_sms(self.member, NOTICE)
        self.provider.answers[sms.number] = SmsAnswer(failure_type="sms_server", reason="稍后再试", is_retry=True)
        self._run_queue()
        self.assertEqual(sms.not_before, NOON + timedelta(minutes=1))
        self._run_queue(NOON + timedelta(minutes=1))
        self.assertEqual(sms.not_before, NOON + timedelta(minutes=6))

    def test_connector_that_reads_no_posts_refuses_them(self):
        gateway = SmsApiGateway(self.env)
        for read in (gateway._read_reports, gateway._read_replies):
            with self.subTest(read=read.__name__), self.assertRaises(ValueError):
                read([])

    def test_connector_that_cannot_ask_knows_nothing(self):
        gateway = SmsApiGateway(self.env)
        self.assertEqual((gateway._fetch_reports(self.env["sms.sms"]), gateway._fetch_replies()), ([], []))
        self.assertTrue(gateway._look_up(self.env["sms.sms"]).is_uncertain)
