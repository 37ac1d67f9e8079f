from odoo import api, models
from odoo.exceptions import UserError


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    def action_send_mails(self):
        """Write to every buyer who has not been told yet."""
        self.check_access("write")
        self._check_notifying()
        for recall in self:
            recall._send_notices("mail", recall.line_ids.filtered(lambda line: line.notice_state == "todo").partner_id)

    def _check_notifying(self):
        """Refuse to write to buyers of goods that are still sold, or of a recall that is over."""
        for recall in self:
            if recall.state in ("closed", "cancelled"):
                raise UserError(self.env._("%s is over. Enter a new recall.", recall.name))
            if recall.state != "notifying":
                raise UserError(self.env._("Freeze the batches and list the buyers first."))

    @api.model
    def _get_notice_channels(self):
        """Return the ways to tell a buyer, as dicts: code, name, field (of the partner, with the address), send.

        `send` names a method of cosmetics.recall.notice that sends the notices it is called on, or is False when a person does
        it. A module that sends text messages appends its own dict.
        """
        return [
            {"code": "mail", "name": self.env._("E-Mail"), "field": "email", "send": "_send_by_mail"},
            {"code": "phone", "name": self.env._("Phone"), "field": "phone", "send": False},
        ]

    def _send_notices(self, code, partners):
        """Tell these buyers by a channel; who has no address there is recorded as such. Nobody is told twice by one channel."""
        self.ensure_one()
        channel = next(channel for channel in self._get_notice_channels() if channel["code"] == code)
        told = self.notice_ids.filtered(lambda notice: notice.channel == code and notice.state in ("queued", "sent")).partner_id
        partners -= told
        reachable = partners.filtered(channel["field"])
        missed = partners - reachable - self.notice_ids.filtered(lambda notice: notice.channel == code).partner_id
        self._create_notices(code, missed, {"state": "no_contact"})
        notices = self._create_notices(code, reachable, {"state": "queued"})
        if notices:
            getattr(notices, channel["send"])()
        return notices

    def _create_notices(self, code, partners, vals):
        """Record one notice a buyer, for all purchases of the buyer on this recall."""
        self.ensure_one()
        field = next(channel["field"] for channel in self._get_notice_channels() if channel["code"] == code)
        lines = self.line_ids.grouped("partner_id")
        vals_list = [
            {
                "recall_id": self.id,
                "channel": code,
                "partner_id": partner.id,
                "address": partner[field],
                "line_ids": [(6, 0, lines[partner].ids)],
                **vals,
            }
            for partner in partners
        ]
        # sudo: notices are evidence; nobody enters them by hand, not even whoever runs the recall.
        return self.env["cosmetics.recall.notice"].sudo().create(vals_list).with_env(self.env)
