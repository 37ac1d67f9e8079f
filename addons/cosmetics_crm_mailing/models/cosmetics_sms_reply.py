"""What members write back, and what became of messages."""

from odoo import api, fields, models

from ..tools import sms_text
from ..tools.sms_api import sendable_number


class CosmeticsSmsReply(models.Model):
    """A reply to an SMS. One that refuses works at once; the row proves when it came."""

    _name = "cosmetics.sms.reply"
    _description = "Reply by SMS"
    _order = "received_at desc, id desc"
    _rec_name = "number"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    number = fields.Char(required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Member", readonly=True, index="btree_not_null", ondelete="set null")
    text = fields.Char(readonly=True)
    received_at = fields.Datetime(required=True, readonly=True)
    is_refusal = fields.Boolean(string="Refuses Marketing", readonly=True)
    key = fields.Char(required=True, readonly=True)

    _key_uniq = models.UniqueIndex("(company_id, key)", "This reply has been received already.")

    @api.model
    def _receive(self, company, replies):
        """Write down replies (:class:`SmsReply`) of a company, once each, and carry out refusals; return the new rows."""
        replies = {reply.key: reply for reply in replies if sendable_number(reply.phone)}
        known = set(self.search([("company_id", "=", company.id), ("key", "in", list(replies))]).mapped("key"))
        numbers = {key: sendable_number(reply.phone) for key, reply in replies.items()}
        partners = self.env["res.partner"].sudo().search([("member_phone", "in", list(numbers.values()))]).grouped("member_phone")
        rows = self.create(
            [
                {
                    "company_id": company.id,
                    "key": key,
                    "number": numbers[key],
                    "partner_id": partners[numbers[key]].id if numbers[key] in partners else False,
                    "text": reply.text,
                    "received_at": reply.received_at,
                    "is_refusal": sms_text.is_refusal(reply.text),
                }
                for key, reply in replies.items()
                if key not in known
            ]
        )
        refusing = rows.filtered("is_refusal")
        if refusing:
            self.env["sms.sms"]._refuse_marketing(list(set(refusing.mapped("number"))))
        return rows

    # ------------------------------------------------------------------ reports
    @api.model
    def _receive_reports(self, company, reports):
        """Note what became of messages (:class:`SmsReport`); a report of a message that is not ours is left alone. Return how many fit."""
        messages = (
            self.env["sms.sms"]
            .sudo()
            .search(
                [
                    ("sms_company_id", "=", company.id),
                    "|",
                    ("uuid", "in", [report.out_id for report in reports if report.out_id]),
                    ("provider_ref", "in", [report.provider_ref for report in reports if report.provider_ref]),
                ]
            )
        )
        by_uuid, by_ref = messages.grouped("uuid"), messages.grouped("provider_ref")
        count = 0
        for report in reports:
            sms = by_uuid.get(report.out_id) or by_ref.get(report.provider_ref)
            if sms:
                self._note_report(sms[:1], report)
                count += 1
        return count

    @api.model
    def _note_report(self, sms, report):
        if sms.delivered_at or (sms.state == "error" and not report.is_delivered):
            return
        ref = {"provider_ref": report.provider_ref or sms.provider_ref}
        if report.is_delivered:
            sms.write({**ref, "state": "sent", "failure_type": False, "reason": False, "delivered_at": fields.Datetime.now()})
            sms.sms_tracker_id._action_update_from_sms_state("sent")
            return
        sms.write({**ref, "state": "error", "failure_type": "unknown", "reason": report.reason})
        tracker = sms.sms_tracker_id.with_context(sms_known_failure_reason=report.reason)
        tracker._action_update_from_provider_error("not_delivered")

    @api.model
    def _cron_fetch(self):
        """Ask the providers of all companies for reports and replies."""
        for company in self.env["res.company"].search([("sms_gateway", "not in", ("none", "iap"))]):
            gateway = company._open_sms_api()
            since = fields.Datetime.subtract(fields.Datetime.now(), days=3)
            open_messages = self.env["sms.sms"].search(
                [("sms_company_id", "=", company.id), ("state", "=", "pending"), ("submitted_at", ">", since)],
                limit=200,
                order="submitted_at",
            )
            self._receive_reports(company, gateway._fetch_reports(open_messages))
            self._receive(company, gateway._fetch_replies())
            self.env["ir.cron"]._commit_progress(1)
