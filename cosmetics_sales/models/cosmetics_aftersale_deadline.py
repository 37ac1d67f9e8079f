"""Days of the law that are near: somebody is told before they pass."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .sale_order_aftersale import china_day

NEAR_DAYS = 2
MONEY_DUE = ("received", "inspected", "refunding")


class CosmeticsAftersale(models.Model):
    _inherit = "cosmetics.aftersale"

    @api.model
    def _get_near_domain(self):
        """Return the domain of the after-sales with a day of the law that is near or past: an answer or a refund."""
        until = china_day(fields.Datetime.now()) + timedelta(days=NEAR_DAYS)
        money = Domain("state", "in", MONEY_DUE) & Domain("refund_due_on", "<=", until)
        return money | (Domain("state", "=", "draft") & Domain("answer_due_on", "<=", until))

    def _get_deadline(self):
        """Return the day that comes next by law."""
        self.ensure_one()
        return self.answer_due_on if self.state == "draft" else self.refund_due_on

    def _get_deadline_responsible(self):
        """Return who is told: the clerk of the after-sale, else the responsible of its channel."""
        self.ensure_one()
        clerk = self.user_id if self.user_id.active else self.user_id.browse()
        return clerk or self.channel_id.user_id

    @api.model
    def _cron_tell_deadlines(self, limit=1000):
        """Remind once of each day that is near, and take the reminder back when the day is met or the case is closed."""
        kind = self.env.ref("cosmetics_sales.mail_activity_aftersale_deadline")
        near = self.search(self._get_near_domain(), order="refund_due_on, answer_due_on, id", limit=limit)
        reminders = self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_model", "=", self._name)])
        days = {aftersale.id: aftersale._get_deadline() for aftersale in near}
        stale = reminders.filtered(lambda reminder: days.get(reminder.res_id) != reminder.date_deadline)
        told = set((reminders - stale).mapped("res_id"))
        stale.unlink()
        near.filtered(lambda aftersale: aftersale.id not in told)._tell_deadline(kind)

    def _tell_deadline(self, kind):
        """Create one reminder for each of these, in the language of who reads it."""
        model = self.env["ir.model"]._get(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model.id,
                    "res_id": aftersale.id,
                    "user_id": user.id,
                    "date_deadline": aftersale._get_deadline(),
                    "summary": aftersale.with_context(lang=user.lang).deadline_sentence,
                }
                for aftersale in self
                for user in aftersale._get_deadline_responsible()
            ]
        )
