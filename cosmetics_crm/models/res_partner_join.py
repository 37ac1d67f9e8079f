"""One way to join, for the shop floor, the till and online."""

from odoo import api, fields, models
from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone
from odoo.exceptions import UserError

from .res_partner_consent import MEMBERSHIP
from .res_partner_member import PERSONAL


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _find_by_phone(self, text):
        """Return (member with this number, other person known by it): the contact of an earlier order becomes the member."""
        phone = normalize_phone(text)
        if phone.kind not in PERSONAL:
            return self.browse(), self.browse()
        # sudo: one number is one person, also when the person belongs to a store or company the user does not see.
        people = self.sudo().search([("member_phone", "=", phone.e164)], limit=1)
        domain = [("phone", "=", phone.display), ("is_company", "=", False), ("parent_id", "=", False), ("is_member", "=", False)]
        company = [("company_id", "in", (False, self.env.company.id)), ("user_ids", "=", False)]
        return people, self.browse() if people else self.sudo().search([*domain, *company], order="id", limit=1)

    @api.model
    def _join_member(self, vals, codes, how):
        """Make a person a member and return the record, as the user.

        :param vals: values of the member, with name and phone
        :param codes: codes of the consent purposes the person agreed to; ``membership`` must be among them (PIPL art. 13, 14)
        :param how: how the consent was given, a key of cosmetics.consent.how
        """
        if MEMBERSHIP not in codes:
            raise UserError(
                self.env._("Nobody becomes a member without agreeing to it. Read the text to the customer and tick the consent.")
            )
        member, contact = self._find_by_phone(vals["phone"])
        if member:
            raise UserError(member._member_exists_message())
        vals = {"member_store_id": self._default_join_store().id, "country_id": self.env.company.country_id.id, **vals, "is_member": True}
        if contact:
            # sudo: the contact belongs to an order of any shop; joining writes only what the person has just said.
            keep = {key: value for key, value in vals.items() if value and not (key in ("country_id", "name") and contact[key])}
            contact.write({**keep, "name": vals["name"]})
            member = contact.sudo(self.env.su)
        else:
            member = self.create(vals)
        member._give_consent(codes, how)
        return member

    @api.model
    def _default_join_store(self):
        stores = self.env.user.store_ids
        return stores if len(stores) == 1 else stores.browse()

    @api.model
    def _age_needs_guardian(self, birthday, has_year):
        """Tell if somebody with this birthday needs a guardian today."""
        return self.new({"birthday": birthday, "birthday_has_year": has_year})._needs_guardian(fields.Date.context_today(self))
