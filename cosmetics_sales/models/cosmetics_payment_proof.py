"""Evidence that a customer has paid: a transfer slip, a screenshot, a signed receipt."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.mimetypes import guess_mimetype

FROZEN = {"state", "refusal_reason", "message_ids", "message_follower_ids", "message_main_attachment_id", "activity_ids"}


class CosmeticsPaymentProof(models.Model):
    """One payment with its evidence, for one or several orders. Whoever submits it does not confirm it."""

    _name = "cosmetics.payment.proof"
    _description = "Payment Confirmation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "reference"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("cosmetics.payment.proof.line", "proof_id", string="Orders", copy=False)
    amount = fields.Monetary(compute="_compute_amount", store=True)
    way = fields.Selection(
        [("bank", "Bank Transfer"), ("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("cash", "Cash")], required=True, default="bank"
    )
    reference = fields.Char(required=True, copy=False, tracking=True, help="Number on the slip: of the transfer, the trade or the receipt.")
    payer = fields.Char(required=True, help="Who paid, as the slip says.")
    paid_on = fields.Date(required=True, default=fields.Date.context_today)
    evidence = fields.Binary(required=True, attachment=True, copy=False, help="Picture or PDF of the slip.")
    evidence_name = fields.Char(string="File Name")
    state = fields.Selection(
        [("submitted", "Submitted"), ("confirmed", "Confirmed"), ("refused", "Refused")],
        required=True,
        default="submitted",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    refusal_reason = fields.Char(copy=False, tracking=True, help="Why the payment is not accepted.")

    _reference_uniq = models.UniqueIndex(
        "(company_id, lower(reference), lower(payer)) WHERE state != 'refused'",
        "This payment was submitted already: the same number from the same payer. Look it up in the list.",
    )

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for proof in self:
            proof.amount = sum(proof.line_ids.mapped("amount"))

    @api.constrains("evidence")
    def _check_evidence(self):
        """The bytes decide: a file name can say anything."""
        for proof in self:
            kind = guess_mimetype(base64.b64decode(proof.with_context(bin_size=False).evidence or b""))
            if kind not in ("image/png", "image/jpeg", "image/webp", "application/pdf"):
                raise ValidationError(self.env._("The evidence is neither a picture nor a PDF. Add a photo or a PDF of the slip."))

    @api.constrains("line_ids")
    def _check_lines(self):
        if any(not proof.line_ids for proof in self):
            raise ValidationError(self.env._("A payment belongs to an order. Add the order and the amount."))

    @api.model_create_multi
    def create(self, vals_list):
        """A payment is submitted by whoever enters it, whatever is sent."""
        proofs = super().create([{**vals, "state": "submitted"} for vals in vals_list])
        proofs._check_lines()
        return proofs

    def write(self, vals):
        """Only an accountant or reviewer decides, never on what they submitted; what is decided stays."""
        if "state" in vals:
            self._check_may_decide(vals)
        if vals.keys() - FROZEN:
            self._check_own_entry()
        if any(proof.state != "submitted" for proof in self) and (set(vals) - FROZEN or "state" in vals):
            raise UserError(self.env._("This payment is decided already and stays as it is. Submit a new one."))
        if vals.get("state") == "confirmed":
            self.line_ids.order_id.sudo().lock_for_update()  # sudo: a lock, nothing is read
        result = super().write(vals)
        if "state" in vals:
            self.line_ids._check_not_overpaid()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(proof.state != "submitted" for proof in self):
            raise UserError(self.env._("This payment is decided already and stays as it is."))
        self._check_own_entry()

    def _check_own_entry(self):
        """Whoever decides changes nothing of what they decide on: else they would confirm an entry of their own."""
        if not self.env.su and any(proof.create_uid != self.env.user for proof in self):
            raise AccessError(self.env._("Only who submitted a payment changes it. Refuse it with a reason and let it be submitted again."))

    def _check_may_decide(self, vals):
        if self.env.su:
            return
        if not any(self.env.user.has_group(group) for group in ("account.group_account_invoice", "cosmetics_sales.group_order_reviewer")):
            raise AccessError(self.env._("Only an accountant or an order reviewer decides on a payment. Ask one of them."))
        if self.env.user in self.create_uid:
            raise AccessError(self.env._("You submitted this payment: somebody else confirms it."))
        if vals["state"] == "refused" and any(not (vals.get("refusal_reason") or proof.refusal_reason or "").strip() for proof in self):
            raise UserError(self.env._("Say why the payment is refused, then refuse it."))

    def action_confirm(self):
        """The money is there."""
        self.write({"state": "confirmed"})

    def action_refuse(self):
        """The money is not there, or the slip does not show it."""
        self.write({"state": "refused"})
