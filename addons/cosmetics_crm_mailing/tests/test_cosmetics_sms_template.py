"""Approved texts: what was approved is what is sent."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import MailingCommon


@tagged("post_install", "-at_install")
class TestSmsTemplate(MailingCommon):
    def _new(self, **vals):
        vals = {"name": "Test", "text": "您好${name}", **vals}
        return self.env["cosmetics.sms.template"].with_user(self.manager).create(vals)

    def test_text_on_the_phone_has_signature_and_the_words_how_to_refuse(self):
        template = self._new(kind="marketing", text="春日八折")
        self.assertEqual(template.full_text, "【西安美妆】春日八折，拒收请回复R")
        template.text = "春日八折，回T退订"
        self.assertEqual(template.full_text, "【西安美妆】春日八折，回T退订")
        template.kind = "notice"
        template.text = "您的包裹已到"
        self.assertEqual(template.full_text, "【西安美妆】您的包裹已到")

    def test_own_signature_goes_first(self):
        self.assertEqual(self._new(text="您好", signature="品牌").full_text, "【品牌】您好")

    def test_change_of_what_was_approved_has_to_be_approved_again(self):
        for name, value in (("text", "再见${name}"), ("code", "SMS_9"), ("kind", "marketing"), ("signature", "别名")):
            with self.subTest(name=name):
                template = self._create_template("您好${name}", "notice")
                template[name] = value
                self.assertEqual(template.state, "draft")

    def test_writing_the_same_text_changes_nothing(self):
        template = self._create_template("您好${name}", "notice")
        template.write({"text": "您好${name}", "name": "Other Name"})
        self.assertEqual(template.state, "approved")

    def test_approval_needs_a_code(self):
        with self.assertRaises(ValidationError):
            self._new().action_approve()
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._new().write({"state": "approved"})

    def test_one_code_is_one_template(self):
        self._new(code="SMS_7")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._new(code="SMS_7")

    def test_text_that_no_provider_would_take_is_refused(self):
        for text in ("您好{name}", "您好${姓名}", "【西安美妆】您好", "您好${name"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self._new(text=text)

    def test_exact_template_goes_before_the_one_of_variables_alone(self):
        self._create_template("${a}", "notice")
        exact = self._create_template("您的包裹${number}已发出", "notice")
        found, values = self.env["cosmetics.sms.template"]._find_by_text(self.company, "您的包裹SF1已发出")
        self.assertEqual((found, values), (exact, {"number": "SF1"}))

    def test_templates_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Second"})
        self._create_template("独一无二的话", "notice")
        self.assertFalse(self.env["cosmetics.sms.template"]._find_by_text(other, "独一无二的话")[0])

    def test_signature_and_hours_of_a_company_are_checked(self):
        for vals in ({"sms_signature": "【美妆】"}, {"sms_opens": 7}, {"sms_closes": 22}, {"sms_opens": 20, "sms_closes": 9}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.company.write(vals)

    # ------------------------------------------------------------------ what gives a text
    def _find(self, body):
        return self.env["cosmetics.sms.template"]._find_by_text(self.company, body)

    def test_template_that_waits_for_its_review_gives_no_text(self):
        template = self._new(text="独一无二的话", code="SMS_8")
        template.action_submit()
        self.assertEqual((template.state, self._find("独一无二的话")[0]), ("submitted", template.browse()))

    def test_refused_template_gives_no_text(self):
        template = self._create_template("独一无二的话", "notice")
        template.action_refuse()
        self.assertFalse(self._find("独一无二的话")[0])

    def test_archived_template_gives_no_text(self):
        template = self._create_template("独一无二的话", "notice")
        template.active = False
        self.assertFalse(self._find("独一无二的话")[0])

    def test_one_word_more_is_another_text(self):
        self._create_template("独一无二的话", "notice")
        self.assertEqual(self._find("独一无二的话了"), (self.env["cosmetics.sms.template"], None))

    def test_whoever_sends_finds_a_template_without_seeing_it(self):
        template = self._create_template("独一无二的话", "notice")
        found, values = self.env["cosmetics.sms.template"].with_user(self.adviser)._find_by_text(self.company, "独一无二的话")
        self.assertEqual((found, values), (template, {}))

    # ------------------------------------------------------------------ approval
    def test_change_during_the_review_begins_anew(self):
        template = self._new(code="SMS_8")
        template.action_submit()
        template.text = "再见${name}"
        self.assertEqual(template.state, "draft")

    def test_approval_strikes_out_why_it_was_refused(self):
        template = self._new(code="SMS_8", refusal_reason="签名不符")
        template.action_refuse()
        self.assertEqual(template.refusal_reason, "签名不符")
        template.action_approve()
        self.assertEqual((template.state, template.refusal_reason), ("approved", False))

    def test_copy_has_to_be_approved_on_its_own(self):
        template = self._create_template("您好${name}", "notice")
        self.assertEqual(template.copy({"code": False}).state, "draft")

    def test_one_code_may_stand_in_two_companies(self):
        other = self.env["res.company"].create({"name": "Second"})
        self._new(code="SMS_7")
        second = self.env["cosmetics.sms.template"].create({"name": "Theirs", "text": "您好", "code": "SMS_7", "company_id": other.id})
        second.flush_recordset()
        self.assertTrue(second.exists())

    def test_templates_without_a_code_may_be_many(self):
        drafts = self._new() + self._new()
        drafts.flush_recordset()
        self.assertEqual(drafts.mapped("code"), [False, False])

    def test_names_of_variables_are_told_in_their_order(self):
        self.assertEqual(self._new(text="${b}您好${a}").variable_names, "b、a")

    def test_own_words_how_to_refuse_are_those_on_the_phone(self):
        self.company.sms_opt_out_text = "回T退订"
        self.assertEqual(self._new(kind="marketing", text="春日八折").full_text, "【西安美妆】春日八折，回T退订")
