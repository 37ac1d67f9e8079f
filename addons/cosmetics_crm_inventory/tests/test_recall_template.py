"""The SMS of a recall: shipped, approved by the provider, and fit for it."""

from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsApiGateway
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import RestrictViolation

from .common import RecallNoticeCommon


@tagged("post_install", "-at_install")
class TestRecallTemplate(RecallNoticeCommon):
    def test_every_company_has_a_text_to_have_approved(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        template = company.recall_template_id
        self.assertEqual((template.company_id, template.kind, template.state), (company, "notice", "draft"))
        self.assertEqual(template.variable_names, "product、batch、phone")
        self.assertFalse(self.env["res.company"].search([("recall_template_id", "=", False)]))

    def test_data_of_the_module_make_no_second_text(self):
        before = self.template
        self.env["res.company"]._create_missing_recall_templates()
        self.assertEqual(self.company.recall_template_id, before)

    def test_text_that_is_not_approved_sends_nothing_and_says_so(self):
        recall = self._start(self.member)
        self.template.with_user(self.manager).action_draft()
        with self.assertRaisesRegex(UserError, "not approved yet"):
            recall.action_tell_buyers()
        self.assertFalse(recall.notice_ids)

    def test_text_in_the_archive_sends_nothing(self):
        recall = self._start(self.member)
        self.template.with_user(self.manager).active = False
        with self.assertRaisesRegex(UserError, "not approved yet"):
            recall.action_tell_buyers()

    def test_without_a_provider_nothing_is_sent_and_a_sentence_says_so(self):
        recall = self._start(self.member)
        self.patch(type(self.company), "_get_sms_api_class", lambda company: SmsApiGateway)
        with self.assertRaisesRegex(UserError, "No SMS provider"):
            recall.action_tell_buyers()
        self.assertFalse(recall.notice_ids)

    def test_marketing_text_is_refused(self):
        marketing = self._create_template("您购买的${product}正在召回", "marketing")
        with self.assertRaisesRegex(ValidationError, "not marketing"):
            self.company.recall_template_id = marketing

    def test_text_with_values_that_a_recall_does_not_know_is_refused(self):
        foreign = self._create_template("尊敬的${member}，您购买的${product}正在召回", "notice")
        with self.assertRaisesRegex(ValidationError, r"\$\{member\}"):
            self.company.recall_template_id = foreign

    def test_text_changed_and_approved_again_is_looked_at_when_it_is_sent(self):
        recall = self._start(self.member)
        self.template.with_user(self.manager).text = "尊敬的${member}，请立即停止使用"
        self.template.with_user(self.manager).action_approve()
        with self.assertRaisesRegex(UserError, r"\$\{member\}"):
            recall.action_tell_buyers()

    def test_shorter_text_of_the_shop_serves(self):
        self.template.with_user(self.manager).text = "批号${batch}正在召回，请停止使用"
        self.template.with_user(self.manager).action_approve()
        recall = self._tell(self.member)
        self.assertEqual(self._messages(recall).template_params, {"batch": "R2601"})

    def test_text_of_a_recall_is_not_deleted(self):
        with self.assertRaises(RestrictViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.template.with_user(self.manager).unlink()

    def test_buyers_need_a_phone_to_ask_back(self):
        self.company.phone = False
        recall = self._start(self.member)
        with self.assertRaisesRegex(UserError, "enter the phone"), self.cr.savepoint():
            recall.action_tell_buyers()
        self.assertFalse(recall.notice_ids)
