"""What a member has agreed to."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner_member import ADVISER

# What the notice on paper names; the texts of these purposes are the notice.
MEMBERSHIP = "membership"


class ResPartner(models.Model):
    _inherit = "res.partner"

    consent_ids = fields.One2many("cosmetics.consent", "partner_id", string="Consents", groups=ADVISER)
    consent_summary = fields.Char(string="Agreed To", compute="_compute_consent_summary", groups=ADVISER)
    member_health_ids = fields.One2many(
        "cosmetics.member.health", "partner_id", string="Health Data", groups="cosmetics_crm.group_member_health"
    )
    has_membership_consent = fields.Boolean(
        compute="_compute_has_membership_consent", search="_search_has_membership_consent", groups=ADVISER
    )

    @api.depends("consent_ids.withdrawn_at")
    def _compute_consent_summary(self):
        """Sensitive purposes are left out: that there is such a consent says something already."""
        for partner in self:
            active = partner.consent_ids.filtered(lambda consent: consent.is_active and not consent.purpose_id.is_sensitive)
            partner.consent_summary = ", ".join(active.purpose_id.mapped("name"))

    @api.depends("consent_ids.withdrawn_at")
    def _compute_has_membership_consent(self):
        agreed = self._has_consent(MEMBERSHIP)
        for partner in self:
            partner.has_membership_consent = agreed[partner.id]

    def _search_has_membership_consent(self, operator, value):
        if operator != "in":
            return NotImplemented
        agreed = Domain("consent_ids", "any!", [("purpose_id.code", "=", MEMBERSHIP), ("withdrawn_at", "=", False)])
        return agreed if True in value else ~agreed

    def _has_consent(self, code):
        """Return {id of a partner: whether a consent of the purpose with this code is in force}, in one query."""
        # sudo: whether a message may be sent must not depend on who sends it.
        found = (
            self.env["cosmetics.consent"]
            .sudo()
            ._read_group([("partner_id", "in", self.ids), ("purpose_id.code", "=", code), ("withdrawn_at", "=", False)], ["partner_id"])
        )
        agreed = {partner.id for (partner,) in found}
        return {partner.id: partner.id in agreed for partner in self}

    def _hold_consent(self, code):
        """Return those whose consent of the purpose with this code is in force, and hold it until the transaction ends.

        Touching the consents makes who withdraws one at the same moment start over and find the new data to delete.
        """
        # Not by the ORM: it lets nobody write on a consent, and only the row version matters here.
        query = SQL(
            "UPDATE cosmetics_consent c SET write_date = now() AT TIME ZONE 'UTC' FROM cosmetics_consent_purpose p"
            " WHERE p.id = c.purpose_id AND p.code = %s AND c.withdrawn_at IS NULL AND c.partner_id = ANY(%s) RETURNING c.partner_id",
            code,
            self.ids,
        )
        self.env["cosmetics.consent"].flush_model()
        agreed = {row[0] for row in self.env.execute_query(query)}
        return self.filtered(lambda partner: partner.id in agreed)

    def _give_consent(self, codes, how):
        """Write down that these members have agreed to the purposes with these codes; what is in force already stays."""
        purposes = self.env["cosmetics.consent.purpose"].search([("code", "in", list(codes))])
        unknown = set(codes) - set(purposes.mapped("code"))
        if unknown:
            raise UserError(self.env._("There is no consent purpose with the code %s.", sorted(unknown)[0]))
        agreed = {purpose: self._has_consent(purpose.code) for purpose in purposes}
        vals = [
            {"partner_id": partner.id, "purpose_id": purpose.id, "how": how}
            for purpose in purposes
            for partner in self
            if not agreed[purpose][partner.id]
        ]
        return self.env["cosmetics.consent"].create(vals)
