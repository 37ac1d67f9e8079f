"""A recalled batch, members who bought it, and a provider that takes their messages."""

from odoo import fields
from odoo.addons.cosmetics_crm_mailing.tests.common import MailingCommon
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsReport
from odoo.addons.cosmetics_inventory.tests.common_quality import NOW, QualityCommon

MORNING = fields.Datetime.to_datetime(NOW)
"""10:00 in Xi'an, UTC; the day of the recall."""


class RecallNoticeCommon(MailingCommon, QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.phone = "029-88888888"
        cls.template = cls.company.recall_template_id
        cls.template.with_user(cls.manager).code = "SMS_RECALL"
        cls.template.with_user(cls.manager).action_approve()
        cls.product.name = "保湿霜"
        cls._move(cls.lot, cls.supplier, cls.stock, 100)
        cls.member = cls._create_member("王小红", email="wang@example.com")

    def _start(self, *buyers, **vals):
        """Return a recall whose buyers, each of one piece, are listed."""
        for buyer in buyers:
            self._sell(self.lot, 1, buyer)
        recall = self._create_recall(**vals)
        recall.action_freeze()
        recall.action_notify()
        return recall

    def _tell(self, *buyers, **vals):
        """Return a recall whose buyers have been written to."""
        recall = self._start(*buyers, **vals)
        recall.action_tell_buyers()
        return recall

    def _notices(self, recall, channel="sms"):
        return recall.notice_ids.filtered(lambda notice: notice.channel == channel)

    def _messages(self, recall):
        """Return the messages of a recall as the member manager sees them in the log."""
        return self.env["sms.sms"].with_user(self.manager).search([("recall_id", "=", recall.id)], order="id")

    def _report(self, notice, is_delivered, reason=""):
        """Let the provider report what became of the message of a notice."""
        report = SmsReport(notice.sudo().sms_id.uuid, "", is_delivered, reason)
        self.env["cosmetics.sms.reply"]._receive_reports(self.company, [report])

    def _line(self, recall, partner):
        return recall.line_ids.filtered(lambda line: line.partner_id == partner)
