"""Who was not reached, why, and what to do."""

from datetime import timedelta

from odoo import api, fields, models

from ..tools.recall_text import reason_of


class CosmeticsRecallLine(models.Model):
    _inherit = "cosmetics.recall.line"

    unreached_reason = fields.Selection(
        [
            ("todo", "Not Told Yet"),
            ("no_contact", "No Contact"),
            ("failed", "Failed"),
            ("no_answer", "No Answer"),
            ("unknown", "Unknown Buyer"),
        ],
        string="Not Reached",
        compute="_compute_unreached",
        search="_search_unreached_reason",
        help="A buyer is reached who was told by phone, whose carrier reports the SMS as delivered, who answered, or who brought all back.",
    )
    next_step = fields.Char(compute="_compute_unreached")

    @api.depends("notice_ids.state", "notice_ids.delivered_at", "notice_ids.at", "open_quantity", "recall_id.state")
    def _compute_unreached(self):
        answered = self._get_answered_partners()
        for line in self:
            notices = line.notice_ids
            live = notices.filtered(lambda notice: notice.state in ("sent", "queued"))
            days = timedelta(days=line.company_id.recall_answer_days)
            reason = reason_of(
                is_known=bool(line.partner_id),
                is_back=line.open_quantity <= 0,
                states=set(notices.mapped("state")),
                is_heard=line.partner_id in answered or any(notice._is_heard() for notice in notices),
                is_late=bool(live) and max(live.mapped("at")) + days <= fields.Datetime.now(),
                has_address=bool(line.partner_id.recall_phone or line.partner_id.email),
            )
            line.unreached_reason = reason or False
            line.next_step = line._get_next_step(reason)

    @api.model
    def _search_unreached_reason(self, operator, value):
        """Answer by looking at the lines of recalls whose buyers are being told: the days go on without anybody writing."""
        if operator != "in":
            return NotImplemented
        lines = self.search([("recall_id.state", "in", ("notifying", "closed"))])
        return [("id", "in", lines.filtered(lambda line: line.unreached_reason in value).ids)]

    def _get_answered_partners(self):
        """Return the buyers from whose number an SMS came after one of the recall had gone there."""
        told = self.notice_ids.filtered(lambda notice: notice.channel == "sms" and notice.state == "sent" and notice.address)
        if not told:
            return self.partner_id.browse()
        # sudo: that somebody answered is no secret to who runs the recall; what they wrote stays with the members
        replies = self.env["cosmetics.sms.reply"].sudo()
        last = dict(replies._read_group([("number", "in", told.mapped("address"))], ["number"], ["received_at:max"]))
        return told.filtered(lambda notice: notice.address in last and last[notice.address] >= notice.at).partner_id

    def _get_next_step(self, reason):
        """Return what to do for a buyer who was not reached, as a sentence."""
        self.ensure_one()
        if not reason:
            return False
        if reason == "unknown":
            return self.env._("Put up a notice in the store and show it to who comes back.")
        if reason == "todo":
            return self.env._("Tell by SMS and e-mail.")
        phone = self.partner_id.recall_phone or self.phone
        if phone:
            return self.env._("Call %s, then mark as called.", phone)
        return self.env._("No number is known: write to the buyer where %s was bought.", self.document or self.partner_id.name)


class CosmeticsRecallNotice(models.Model):
    _inherit = "cosmetics.recall.notice"

    def _is_heard(self):
        """Return whether the buyer has surely heard: on the phone, or the carrier says that the SMS arrived. An e-mail proves nothing."""
        self.ensure_one()
        return bool(self.delivered_at) or (self.channel == "phone" and self.state == "sent")
