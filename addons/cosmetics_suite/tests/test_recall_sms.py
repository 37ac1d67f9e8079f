"""A recall from the button to the phone, over a provider whose stand-in checks each request: told, delivered, called."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo.addons.cosmetics_crm_aliyun.tests import stand_in
from odoo.addons.cosmetics_crm_aliyun.tests.common import AliyunService
from odoo.addons.cosmetics_crm_inventory.tests.common import MORNING, RecallNoticeCommon
from odoo.tests import tagged

FETCH = "cosmetics_crm_mailing.ir_cron_sms_fetch"
DELIVERED, UNDELIVERED = 3, 2


@tagged("post_install", "-at_install")
class TestRecallSms(AliyunService, RecallNoticeCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(stand_in.TEMPLATES, {"SMS_RECALL": {"product", "batch", "phone"}}))

    def _out_id(self, recall, partner):
        return self._notices(recall).filtered(lambda notice: notice.partner_id == partner).sudo().sms_id.uuid

    def test_buyers_are_told_the_carrier_reports_and_the_rest_is_called(self):
        reached, absent = self._create_member("李晓梅"), self._create_member("陈静")
        wrong = self.env["res.partner"].create({"name": "Wrong", "phone": "13911110000"})
        self.service.codes["13911110000"] = "isv.MOBILE_NUMBER_ILLEGAL"
        recall = self._tell(reached, absent, wrong)
        self._run_queue(MORNING)
        self.assertEqual(self.service.refused, [])
        told = {sent["PhoneNumbers"]: sent["TemplateParam"] for sent in self.service.sent}
        values = {"product": "保湿霜", "batch": "R2601", "phone": "029-88888888"}
        self.assertEqual(told, {member.member_phone.removeprefix("+86"): values for member in (reached, absent)})
        self.assertEqual(self._line(recall, wrong).unreached_reason, "failed")

        self.service.states = {self._out_id(recall, reached): DELIVERED, self._out_id(recall, absent): UNDELIVERED}
        self._run_cron(FETCH, MORNING + timedelta(hours=1))
        lines = {partner: self._line(recall, partner).unreached_reason for partner in (reached, absent, wrong)}
        self.assertEqual(lines, {reached: False, absent: "failed", wrong: "failed"})

        with freeze_time(MORNING + timedelta(days=1)):
            found = self.env["cosmetics.recall.line"].with_user(self.quality).search(recall.action_view_unreached()["domain"])
            self.assertEqual(found.partner_id, absent | wrong)
            found.action_mark_called()
            self.env.invalidate_all()
            self.assertEqual(recall.unreached_count, 0)

    def test_broken_connection_before_the_message_left_is_tried_again_by_day(self):
        self._tell(self.member)
        self.company.aliyun_sms_url = "http://127.0.0.1:9"
        self._run_queue(MORNING.replace(hour=12, minute=59))  # 20:59 in Xi'an
        sms = self.env["sms.sms"].search([("partner_id", "=", self.member.id)])
        self.assertEqual((sms.state, sms.attempt_count), ("outgoing", 1))
        self.company.aliyun_sms_url = self.service.url
        self._run_queue(MORNING.replace(hour=13, minute=5))
        self.assertEqual((sms.not_before, self.service.sent), (MORNING.replace(day=3, hour=0), []))
        self._run_queue(MORNING.replace(day=3, hour=0))
        self.assertEqual((sms.state, len(self.service.sent)), ("pending", 1))
