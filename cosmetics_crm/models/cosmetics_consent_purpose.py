"""What a person can agree to."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsConsentPurpose(models.Model):
    """A purpose of using personal data (PIPL art. 13, 14); each has its own consent and its own text."""

    _name = "cosmetics.consent.purpose"
    _description = "Consent Purpose"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="What programs ask for, e.g. sms.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_sensitive = fields.Boolean(
        string="Sensitive Data", help="Data such as health needs a consent of its own and only few see it (PIPL art. 28 to 30)."
    )
    is_asked_on_join = fields.Boolean(
        string="Asked When Joining", help="Stands on the form with which a member joins; never ticked beforehand."
    )
    text_ids = fields.One2many("cosmetics.consent.text", "purpose_id", string="Texts")
    text_id = fields.Many2one("cosmetics.consent.text", string="Current Text", compute="_compute_text_id")

    _code_uniq = models.UniqueIndex("(code)", "A purpose with this code exists already.")

    @api.depends("text_ids.valid_from")
    def _compute_text_id(self):
        today = fields.Date.context_today(self)
        for purpose in self:
            valid = purpose.text_ids.filtered(lambda text: text.valid_from <= today)
            purpose.text_id = valid.sorted(lambda text: (text.valid_from, text.id))[-1:]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.text_ids:
            raise UserError(self.env._("This purpose has texts that members may have agreed to. Archive it instead of deleting it."))
