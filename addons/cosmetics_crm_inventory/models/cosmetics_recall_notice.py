"""Notices by SMS: sent once to a number, and followed."""

from collections import Counter

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools import sms_text
from odoo.exceptions import UserError

# What the provider took counts as sent; the report of the carrier sets the time of delivery beside it.
STATES = {
    "outgoing": "queued",
    "process": "queued",
    "pending": "sent",
    "sent": "sent",
    "error": "failed",
    "canceled": "failed",
}


class CosmeticsRecallNotice(models.Model):
    _inherit = "cosmetics.recall.notice"

    sms_id = fields.Many2one(
        "sms.sms", string="SMS", readonly=True, index="btree_not_null", groups="base.group_system", ondelete="set null"
    )
    delivered_at = fields.Datetime(compute="_compute_state", store=True, help="When the carrier said that the SMS is on the phone.")
    sms_reason = fields.Char(string="Remark", compute="_compute_state", store=True, help="Why the SMS waits or has failed.")

    @api.depends("sms_id.state", "sms_id.delivered_at", "sms_id.reason", "sms_id.failure_type")
    def _compute_state(self):
        """Follow the SMS; when its log is cleaned away after a year, what is known of it stays."""
        res = super()._compute_state()
        failures = dict(self.env["sms.sms"]._fields["failure_type"]._description_selection(self.env))
        for notice in self:
            sms = notice.sms_id
            notice.state = STATES.get(sms.state, notice.state)
            notice.delivered_at = sms.delivered_at if sms else notice.delivered_at
            notice.sms_reason = (sms.reason or failures.get(sms.failure_type, False)) if sms else notice.sms_reason
        return res

    def _send_by_sms(self):
        """Queue one message for each number, of however many contacts; the queue sends it and hears what became of it."""
        for recall, notices in self.grouped("recall_id").items():
            template = recall.company_id._get_recall_template()
            by_number = notices.grouped("address")
            messages, attempts = recall._find_messages(list(by_number))
            fresh = [number for number in by_number if number not in messages]
            vals_list = [recall._prepare_sms_vals(template, by_number[number][:1], attempts.get(number, 0)) for number in fresh]
            # sudo: who runs a recall sends this message and no other; the log of messages is not theirs
            created = self.env["sms.sms"].sudo().create(vals_list)
            messages.update(zip(fresh, created, strict=True))
            for number, same in by_number.items():
                same.sudo().sms_id = messages[number]  # sudo: notices are evidence, nobody writes them by hand
            created.send()

    def _get_sms_values(self):
        """Return the values of the template for one buyer: goods, batches, and where to ask."""
        self.ensure_one()
        recall = self.recall_id
        phone = next(filter(None, self.line_ids.store_id.mapped("phone")), recall.company_id.phone)
        if not phone:
            raise UserError(
                self.env._("Buyers ask back by phone: enter the phone of %s, or of its stores.", recall.company_id.display_name)
            )
        return {**recall._get_sms_goods(), "phone": phone}


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    def _find_messages(self, numbers):
        """Return ({number: message} that left or will, {number: how many were written}) of this recall.

        Whoever has a number of the first is not written to again.
        """
        # sudo: as where they are written
        messages = self.env["sms.sms"].sudo().search([("recall_id", "=", self.id), ("number", "in", numbers)], order="id")
        live = {sms.number: sms for sms in messages if STATES.get(sms.state) in ("queued", "sent")}
        return live, Counter(messages.mapped("number"))

    def _prepare_sms_vals(self, template, notice, attempt):
        """Return the values of the message; its key lets two users who press the button at once send one."""
        values = notice._get_sms_values()
        return {
            "partner_id": notice.partner_id.id,
            "number": notice.address,
            "body": sms_text.render(template.text, values),
            "cosmetics_template_id": template.id,
            "template_params": {name: values[name] for name in sms_text.variables(template.text)},
            "sms_company_id": self.company_id.id,
            "recall_id": self.id,
            "dedupe_key": f"recall,{self.id},{notice.address},{attempt}",
        }
