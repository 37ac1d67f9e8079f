"""Texts that a provider has approved."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import sms_text

FIXED = {"text", "code", "kind", "signature"}


class CosmeticsSmsTemplate(models.Model):
    """An SMS template (短信模板): providers send nothing else. What was approved is not changed; a change has to be approved again."""

    _name = "cosmetics.sms.template"
    _description = "Approved SMS Template"
    _inherit = ["mail.thread"]
    _order = "kind, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    kind = fields.Selection(
        [("notice", "Notice"), ("marketing", "Marketing")],
        required=True,
        default="notice",
        tracking=True,
        help="Marketing needs the member's consent, keeps to hours and limits, and says how to refuse.",
    )
    code = fields.Char(string="Template Code", tracking=True, help="As given by the provider, e.g. SMS_123456789 or 1234567.")
    signature = fields.Char(help="Left empty: the signature of the company.")
    text = fields.Text(required=True, help="As approved, with variables in the form ${name}, in the order of the provider's template.")
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Being Reviewed"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        string="Approval",
    )
    refusal_reason = fields.Char(copy=False)
    full_text = fields.Text(string="On the Phone", compute="_compute_full_text")
    variable_names = fields.Char(string="Variables", compute="_compute_full_text")
    part_count = fields.Integer(
        string="Billed As", compute="_compute_full_text", help="Messages of 70 characters, long ones in parts of 67."
    )

    _code_uniq = models.UniqueIndex("(company_id, code) WHERE code IS NOT NULL", "This code belongs to another template of the company.")
    _approved_has_code = models.Constraint(
        "CHECK(state <> 'approved' OR code IS NOT NULL)", "An approved template has the code that the provider gave it. Enter the code."
    )

    @api.depends("text", "signature", "kind", "company_id.sms_signature", "company_id.sms_opt_out_text")
    def _compute_full_text(self):
        for template in self:
            template.full_text = template._compose(template.text)
            template.part_count = sms_text.parts(template.full_text)
            template.variable_names = "、".join(sms_text.variables(template.text))

    @api.constrains("text")
    def _check_text(self):
        for template in self:
            bare = sms_text.VARIABLE.sub("", template.text)
            if "${" in bare or "{" in bare:
                raise ValidationError(self.env._("Write variables as ${name}: a dollar sign, braces, latin letters, e.g. ${points}."))
            if "【" in bare or "】" in bare:
                raise ValidationError(self.env._("The signature does not stand in the text; it is put in front by itself."))

    def write(self, vals):
        """What has been changed has not been approved."""
        if FIXED & vals.keys() and "state" not in vals:
            changed = self.filtered(lambda template: any(template[name] != vals[name] for name in FIXED & vals.keys()))
            approved = changed.filtered(lambda template: template.state in ("approved", "submitted"))
            super(CosmeticsSmsTemplate, approved).write({"state": "draft"})
        return super().write(vals)

    def action_submit(self):
        """Note that the provider has the text."""
        self.write({"state": "submitted"})

    def action_approve(self):
        """Note that the provider has approved the text."""
        missing = self.filtered(lambda template: not template.code)
        if missing:
            raise ValidationError(self.env._("Enter the code that the provider gave to %s first.", missing[0].name))
        self.write({"state": "approved", "refusal_reason": False})

    def action_refuse(self):
        """Note that the provider has refused the text."""
        self.write({"state": "refused"})

    def action_draft(self):
        """Begin anew."""
        self.write({"state": "draft"})

    # ------------------------------------------------------------------ hooks
    def _is_bulk(self):
        """Return whether consent, hours, limits and the words how to refuse hold for messages of this template."""
        return self.kind == "marketing"

    def _get_consent_code(self):
        """Return the code of the consent that a member must have given for messages of this template; none: advertising."""
        return "sms"

    # ------------------------------------------------------------------ texts
    def _compose(self, text):
        """Return what arrives on the phone, for a text of this template."""
        self.ensure_one()
        company = self.company_id
        opt_out = company.sms_opt_out_text if self._is_bulk() else ""
        return sms_text.compose(self.signature or company.sms_signature, text, opt_out)

    @api.model
    def _find_by_text(self, company, body):
        """Return (template, values) of the approved template of the company that gives this text; (none, None) when there is none.

        Odoo's own flows hand over finished texts. The longest template that fits is the most exact one.
        """
        # sudo: whoever sends a message uses the templates, only few see them
        templates = self.sudo().search([("company_id", "=", company.id), ("state", "=", "approved")])
        for template in templates.sorted(lambda template: (-len(sms_text.VARIABLE.sub("", template.text)), template.id)):
            values = sms_text.match(template.text, body)
            if values is not None:
                return template, values
        return self.browse(), None
