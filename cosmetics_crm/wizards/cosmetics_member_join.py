"""A customer joins: on a phone, in ten seconds."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.res_partner_consent import MEMBERSHIP


class CosmeticsMemberJoin(models.TransientModel):
    """Asks for what joining needs and nothing else: only the telephone number must be given (PIPL art. 16)."""

    _name = "cosmetics.member.join"
    _description = "Join"

    phone = fields.Char(string="Mobile Number", required=True)
    name = fields.Char(required=True)
    birthday = fields.Date()
    birthday_has_year = fields.Boolean(string="Year of Birth Known", default=True)
    store_id = fields.Many2one("cosmetics.store", default=lambda self: self.env["res.partner"]._default_join_store())
    adviser_id = fields.Many2one("res.users", string="Beauty Adviser", default=lambda self: self.env.uid)
    guardian_name = fields.Char()
    guardian_phone = fields.Char()
    purpose_ids = fields.Many2many("cosmetics.consent.purpose", string="The Customer Agrees To", domain=[("is_asked_on_join", "=", True)])
    consent_text = fields.Text(compute="_compute_consent_text", help="Read it to the customer, or show the screen.")
    found_message = fields.Char(compute="_compute_found_message")
    is_under_14 = fields.Boolean(compute="_compute_is_under_14")

    @api.depends("purpose_ids")
    def _compute_consent_text(self):
        asked = self.env["cosmetics.consent.purpose"].search([("is_asked_on_join", "=", True)])
        for wizard in self:
            wizard.consent_text = "\n\n".join(f"【{purpose.name}】{purpose.text_id.body}" for purpose in asked if purpose.text_id)

    @api.depends("phone")
    def _compute_found_message(self):
        for wizard in self:
            member, contact = self.env["res.partner"]._find_by_phone(wizard.phone)
            wizard.found_message = member._member_exists_message() if member else False
            if contact:
                wizard.found_message = self.env._("Has bought before: earlier orders become those of the member.")

    @api.depends("birthday", "birthday_has_year")
    def _compute_is_under_14(self):
        for wizard in self:
            wizard.is_under_14 = self.env["res.partner"]._age_needs_guardian(wizard.birthday, wizard.birthday_has_year)

    def action_join(self):
        """Make the customer a member and open the record."""
        self.ensure_one()
        member = self.env["res.partner"]._join_member(self._prepare_join_vals(), self.purpose_ids.mapped("code"), "till")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.res_partner_action")
        form = self.env.ref("cosmetics_crm.res_partner_member_view_form")
        return {**action, "views": [(form.id, "form")], "view_mode": "form", "res_id": member.id, "domain": [], "target": "current"}

    def _prepare_join_vals(self):
        """Return the values of the new member."""
        if MEMBERSHIP not in self.purpose_ids.mapped("code"):
            raise UserError(
                self.env._("Nobody becomes a member without agreeing to it. Read the text to the customer and tick the consent.")
            )
        vals = {
            "name": self.name.strip(),
            "phone": self.phone,
            "birthday": self.birthday,
            "birthday_has_year": self.birthday_has_year,
            "adviser_id": self.adviser_id.id,
            "guardian_name": self.guardian_name,
            "guardian_phone": self.guardian_phone,
        }
        return {**vals, "member_store_id": self.store_id.id} if self.store_id else vals
