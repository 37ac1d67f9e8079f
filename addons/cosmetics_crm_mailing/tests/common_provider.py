"""What holds for every provider: its connector inherits :class:`ProviderTests`, and adds what is its protocol's own."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from .common import NOON

PHONE = "13912345678"


class ProviderService:
    """Mixed into a test of the queue: the company sends through a connector, the provider is a stand-in on this machine."""

    gateway, api_class, stand_in_class = None, None, None
    """Name in ``sms_gateway``, connector, stand-in (:class:`.stand_in.StandIn`)."""
    account = {}
    """Values of the company that open the account at the stand-in."""
    url_field = None

    def setUp(self):
        super().setUp()
        self.service = self.stand_in_class()
        self.addCleanup(self.service.close)
        self.patch(type(self.company), "_get_sms_api_class", lambda company: self.api_class)
        self.company.write({"sms_gateway": self.gateway, self.url_field: self.service.url, **self.account})


class ProviderTests(ProviderService):
    """Mixed into :class:`MailingCommon`; no TestCase of its own, so that it runs with a provider only."""

    template_code, coupon = None, "A1"
    number = PHONE
    """The number of the member as the provider has it."""
    secret_field, secret_name = None, None
    """Field of the company, and the provider's word for it."""
    secret_fault = None
    """The provider's code for a wrong signature."""
    rubbish = ()
    """(status, content) of answers that say nothing of the message."""
    foreign_url = None
    """The provider's address without encryption."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("尊敬的${name}，礼券${coupon}已备好", "notice", code=cls.template_code)
        with freeze_time(NOON):
            cls.member = cls._create_reachable(phone=PHONE)

    def _sms(self, **vals):
        return self._write_sms(self.member, f"尊敬的王小红，礼券{self.coupon}已备好", **vals)

    def test_wrong_secret_is_refused_by_the_signature_and_told(self):
        self.company[self.secret_field] = "another"
        sms = self._sms()
        self._run_queue()
        self.assertEqual((self.service.refused, self.service.sent), ([self.secret_fault], []))
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))
        self.assertIn(self.secret_name, sms.reason)

    def test_every_fault_has_its_sentence_and_only_some_are_tried_again(self):
        self.assertTrue(self.api_class.FAULTS)
        for code, (failure_type, sentence, is_retry) in self.api_class.FAULTS.items():
            with self.subTest(code=code):
                self.service.codes[self.number] = code
                sms = self._sms()
                self._run_queue()
                self.assertEqual(sms.state, "outgoing" if is_retry else "error")
                self.assertEqual(sms.failure_type, False if is_retry else failure_type)
                self.assertEqual(sms.reason, sentence._translate(self.company.partner_id.lang or "en_US"))
                sms.unlink()

    def test_fault_nobody_has_a_sentence_for_is_quoted(self):
        self.service.codes[self.number] = "isv.SOMETHING_NEW"
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
        self.assertTrue(self.rubbish)
        for fault in self.rubbish:
            with self.subTest(fault=fault):
                self.service.fault = fault
                sms = self._sms()
                self._run_queue()
                self.assertEqual((sms.state, sms.failure_type), ("error", "sms_server"))

    def test_posts_that_are_no_reports_are_refused(self):
        gateway = self.company._open_sms_api()
        for rubbish in ({}, ["x"], "x", [1]):
            with self.subTest(rubbish=rubbish), self.assertRaises(ValueError):
                gateway._read_reports(rubbish)

    def test_account_is_for_administrators_only(self):
        for name in (*self.account, self.url_field, "sms_webhook_token"):
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
        self.assertNotIn(self.account[self.secret_field], text)
        self.assertNotIn(PHONE, text)

    def test_secret_travels_encrypted_or_stays_on_the_machine(self):
        for url in (self.foreign_url, "http://127.0.0.1.evil.example", "nonsense", "https://a.example/path"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.company[self.url_field] = url
