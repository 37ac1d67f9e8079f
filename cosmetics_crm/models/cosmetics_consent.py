"""Who agreed to what, when, how, and until when."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

HOW = [("till", "At the Till"), ("paper", "On Paper"), ("online", "Online"), ("phone", "By Phone"), ("import", "Imported")]
WITHDRAWAL = {"withdrawn_at", "withdrawn_how", "withdrawn_by_id"}


class CosmeticsConsent(models.Model):
    """A consent (PIPL art. 14 to 16, 29, 31): never changed, but for the withdrawal, which is final. Agreeing again is a new row.

    Times are UTC. The row outlives the withdrawal and the membership: it proves what the company was allowed to do and when.
    """

    _name = "cosmetics.consent"
    _description = "Consent"
    _order = "id desc"
    _rec_name = "purpose_id"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, index=True, ondelete="restrict")
    purpose_id = fields.Many2one("cosmetics.consent.purpose", required=True, index=True, ondelete="restrict")
    text_id = fields.Many2one("cosmetics.consent.text", string="Text Version", ondelete="restrict")
    text_digest = fields.Char(string="SHA-256 of the Text", readonly=True)
    given_at = fields.Datetime(required=True, default=fields.Datetime.now)
    how = fields.Selection(HOW, required=True, default="till")
    user_id = fields.Many2one("res.users", string="Taken By", default=lambda self: self.env.uid, ondelete="restrict")
    guardian_name = fields.Char(help="Who agreed for a child under 14.")
    guardian_phone = fields.Char()
    withdrawn_at = fields.Datetime(copy=False)
    withdrawn_how = fields.Selection(HOW, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", copy=False, ondelete="restrict", help="Who of the staff wrote the withdrawal down.")
    is_active = fields.Boolean(string="In Force", compute="_compute_is_active", search="_search_is_active")

    _partner_purpose_idx = models.Index("(purpose_id, partner_id) WHERE withdrawn_at IS NULL")
    _withdrawn_later = models.Constraint(
        "CHECK(withdrawn_at IS NULL OR withdrawn_at >= given_at)", "A consent cannot be withdrawn before it was given."
    )

    @api.depends("withdrawn_at")
    def _compute_is_active(self):
        for consent in self:
            consent.is_active = not consent.withdrawn_at

    def _search_is_active(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("withdrawn_at", "=" if True in value else "!=", False)]

    @api.constrains("text_id", "purpose_id")
    def _check_text(self):
        for consent in self:
            if consent.text_id.purpose_id != consent.purpose_id:
                raise ValidationError(self.env._("The text belongs to another purpose. Choose a version of %s.", consent.purpose_id.name))

    @api.constrains("partner_id", "guardian_name")
    def _check_guardian(self):
        for consent in self:
            # sudo: the rule reads the birthday whoever takes the consent.
            if consent.partner_id.sudo()._needs_guardian(consent.given_at.date()) and not consent.guardian_name:
                raise ValidationError(
                    self.env._(
                        "%(name)s is under 14: only the guardian can agree. Enter the guardian of the member first.",
                        name=consent.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepare_consent_vals(vals) for vals in vals_list])

    @api.model
    def _prepare_consent_vals(self, vals):
        """Fix the words and the guardian at the moment of agreeing."""
        purpose = self.env["cosmetics.consent.purpose"].browse(vals.get("purpose_id"))
        text = self.env["cosmetics.consent.text"].browse(vals.get("text_id")) or purpose.text_id
        if not text:
            raise UserError(
                self.env._("%s has no text yet. Write what the member agrees to first.", purpose.name or self.env._("The purpose"))
            )
        partner = self.env["res.partner"].browse(vals.get("partner_id")).sudo()  # the guardian is hidden from most
        guardian = {name: vals.get(name) or partner[name] for name in ("guardian_name", "guardian_phone")} if partner.is_under_14 else {}
        fixed = dict.fromkeys(WITHDRAWAL, False)
        return {**vals, **guardian, **fixed, "text_id": text.id, "text_digest": text.digest}

    def write(self, vals):  # pylint: disable=method-required-super; nothing is ever written
        raise UserError(self.env._("A consent is not changed. Withdraw it; the member may agree again."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A consent is not removed: it proves what was agreed. Withdraw it instead."))

    # ------------------------------------------------------------------ withdrawal
    def action_withdraw(self):
        """Withdraw consents on behalf of the member who asked for it: at once and for good (PIPL art. 15)."""
        self.check_access("read")
        self.partner_id.check_access("write")
        self._withdraw("till")

    def _withdraw(self, how):
        """Withdraw what is in force; what the consent allowed to keep goes (``_after_withdraw``)."""
        # sudo: nobody may write on a consent; the withdrawal is the one change there is.
        consents = self.sudo().filtered(lambda consent: not consent.withdrawn_at)
        if not consents:
            return
        values = {"withdrawn_at": fields.Datetime.now(), "withdrawn_how": how, "withdrawn_by_id": self.env.uid}
        super(CosmeticsConsent, consents).write(values)  # pylint: disable=super-method-mismatch; write refuses
        consents._after_withdraw()

    def _after_withdraw(self):
        """What follows from a withdrawal (records in sudo); an override calls super.

        Without the consent of purpose ``health`` the health data are deleted (PIPL art. 47).
        """
        health = self.filtered(lambda consent: consent.purpose_id.code == "health")
        self.env["cosmetics.member.health"].sudo().search([("partner_id", "in", health.partner_id.ids)]).unlink()
