"""What waits to be told in a group chat, and what became of it."""

from datetime import timedelta

from odoo import api, fields, models

from .cosmetics_notify_channel import PER_MINUTE, REST, TOPICS

ATTEMPTS = 5
KEEP = timedelta(days=60)


class CosmeticsNotifyMessage(models.Model):
    _name = "cosmetics.notify.message"
    _description = "Message to a Group Chat"
    _order = "id desc"
    _rec_name = "title"

    channel_id = fields.Many2one("cosmetics.notify.channel", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    topic = fields.Selection(TOPICS, required=True, readonly=True)
    title = fields.Char(required=True, readonly=True)
    text = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [("queued", "Waiting"), ("sent", "Sent"), ("failed", "Failed")], required=True, readonly=True, default="queued", index=True
    )
    attempts = fields.Integer(readonly=True)
    try_at = fields.Datetime(readonly=True, default=fields.Datetime.now, help="Not before this moment.")
    sent_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if messages:
            # sudo: whoever makes the news need not see jobs
            self.env.ref("cosmetics_inventory_chat.cron_notify").sudo()._trigger()
        return messages

    @api.model
    def _cron_send(self):
        """Send what waits, oldest first; each robot gets what it may have in a minute. One run at a time: the scheduler sees to that."""
        now = fields.Datetime.now()
        waiting = self.search([("state", "=", "queued"), ("try_at", "<=", now)], order="id")
        for channel, messages in waiting.grouped("channel_id").items():
            if not channel.active or (channel.rests_until and channel.rests_until > now):
                continue
            room = PER_MINUTE - self.search_count([("channel_id", "=", channel.id), ("sent_at", ">", now - timedelta(minutes=1))])
            for message in messages[: max(room, 0)]:
                if not message._send(channel):
                    break
        self.search([("state", "!=", "queued"), ("create_date", "<", now - KEEP)]).unlink()
        if self.search_count([("state", "=", "queued"), ("channel_id.active", "=", True)], limit=1):
            self.env.ref("cosmetics_inventory_chat.cron_notify")._trigger(now + timedelta(minutes=1))

    def _send(self, channel):
        """Send this message and note the answer; return whether the robot may be asked for more."""
        self.ensure_one()
        now = fields.Datetime.now()
        answer = channel._send(self.title, self.text.split("\n"))
        if answer.is_sent:
            self.write({"state": "sent", "sent_at": now, "attempts": self.attempts + 1, "error": False})
            return True
        if answer.is_too_fast:
            channel.rests_until = now + REST
            self.write({"error": answer.error, "try_at": now + REST})
            return False
        attempts = self.attempts + 1
        is_over = answer.is_final or attempts >= ATTEMPTS
        self.write(
            {
                "attempts": attempts,
                "error": answer.error,
                "state": "failed" if is_over else "queued",
                "try_at": now + timedelta(minutes=2**attempts),
            }
        )
        return False

    def action_retry(self):
        """Try again what has failed."""
        self.check_access("write")
        failed = self.filtered(lambda message: message.state == "failed")
        failed.write({"state": "queued", "attempts": 0, "try_at": fields.Datetime.now()})
        if failed:
            self.env.ref("cosmetics_inventory_chat.cron_notify").sudo()._trigger()  # sudo: a job is nobody's to see
