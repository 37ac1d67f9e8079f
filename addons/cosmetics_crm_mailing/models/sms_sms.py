"""What is known of an outgoing SMS, and the log of those that left."""

from odoo import api, fields, models

from ..tools import sms_text
from ..tools.sms_api import sendable_number


class SmsSms(models.Model):
    """Messages of a Chinese provider stay as the log: what a member got, when, at what price, under which template."""

    _inherit = "sms.sms"

    sms_company_id = fields.Many2one("res.company", string="Company", index=True, ondelete="restrict", readonly=True)
    cosmetics_template_id = fields.Many2one(
        "cosmetics.sms.template", string="Approved Template", ondelete="restrict", readonly=True, index="btree_not_null"
    )
    template_params = fields.Json(string="Values", readonly=True, copy=False)
    is_marketing = fields.Boolean(string="Marketing", readonly=True)
    dedupe_key = fields.Char(readonly=True, copy=False, help="What this message is for; nobody gets it twice.")
    provider_ref = fields.Char(string="Receipt", readonly=True, copy=False, index="btree_not_null")
    reason = fields.Char(readonly=True, copy=False)
    not_before = fields.Datetime(readonly=True, copy=False)
    claimed_at = fields.Datetime(readonly=True, copy=False)
    attempt_count = fields.Integer(string="Attempts", readonly=True, copy=False)
    submitted_at = fields.Datetime(string="Sent At", readonly=True, copy=False)
    delivered_at = fields.Datetime(readonly=True, copy=False)
    part_count = fields.Integer(string="Billed As", readonly=True)
    price = fields.Float(digits=(16, 4), readonly=True, help="In the company's currency, once the provider has taken the message.")

    _dedupe_key_uniq = models.UniqueIndex("(dedupe_key) WHERE dedupe_key IS NOT NULL", "This message has been written already.")
    _due_idx = models.Index("(sms_company_id, is_marketing, id) WHERE state = 'outgoing'")
    # The page of a member lists all of them, not only marketing.
    _partner_idx = models.Index("(partner_id) WHERE partner_id IS NOT NULL")
    # How many a member got lately: read for each marketing message.
    _marketing_idx = models.Index("(partner_id, submitted_at) WHERE is_marketing")

    @api.model_create_multi
    def create(self, vals_list):
        prepared = [self._prepare_gateway_vals(dict(vals)) for vals in vals_list]
        return super().create(prepared)

    @api.model
    def _prepare_gateway_vals(self, vals):
        """Return vals with company, template, number in E.164 and length. A text finds its template by itself."""
        message = self.env["mail.message"].sudo().browse(vals.get("mail_message_id") or ())
        company = self.env["res.company"].browse(vals.get("sms_company_id") or message.record_company_id.id or self.env.company.id)
        vals["sms_company_id"] = company.id
        if not company._has_sms_gateway():
            return vals
        template = self.env["cosmetics.sms.template"].sudo().browse(vals.get("cosmetics_template_id") or ())
        if not template:
            template, params = template._find_by_text(company, vals.get("body"))
            vals.update(cosmetics_template_id=template.id, template_params=params)
        vals["number"] = sendable_number(vals.get("number")) or vals.get("number")
        # A mailing is advertising unless its template says otherwise.
        vals["is_marketing"] = template._is_bulk() if template else bool(vals.get("mailing_id"))
        vals["part_count"] = sms_text.parts(template._compose(vals.get("body")) if template else vals.get("body"))
        return vals

    def _get_sms_company(self):
        return self.sms_company_id or super()._get_sms_company()

    def send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Messages of a Chinese provider leave from the queue only: a transaction that is rolled back cannot call an SMS back."""
        ours = self.filtered(lambda sms: sms.sms_company_id._has_sms_gateway() if sms.sms_company_id else False)
        if ours:
            self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()._trigger()
        others = self - ours
        return super(SmsSms, others).send(unlink_failed, unlink_sent, raise_exception) if others else None

    def _handle_call_result_hook(self, results):
        """Keep receipt, price and reason of what the provider answered; put back what the provider wants later."""
        answers = {result["uuid"]: result["answer"] for result in results if "answer" in result}
        for sms in self.filtered(lambda sms: sms.uuid in answers):
            sms.write(sms._prepare_answer_vals(answers[sms.uuid]))
        return super()._handle_call_result_hook(results)

    @api.autovacuum
    def _gc_old_messages(self):
        """The log keeps a year: carriers ask for the proof of consent five months back."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), years=1)
        old = self.sudo().search([("submitted_at", "<", limit)], limit=10_000)
        old.unlink()
        return len(old), len(old) == 10_000
