"""One way to join, for the shop floor, the till and online."""

from odoo import api, fields, models
from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone
from odoo.exceptions import UserError

from ..tools.gate import join_gate
from .cosmetics_consent import HOW
from .res_partner_consent import MEMBERSHIP
from .res_partner_member import PERSONAL


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Nothing is stored: the consent itself is.
    join_consent_how = fields.Selection(
        HOW,
        string="Consent Given",
        store=False,
        copy=False,
        groups="cosmetics_crm.group_member_manager",
        help="For a file of members: how each of them agreed to the membership. The consent is written down with it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        hows = [vals.get("join_consent_how") for vals in vals_list]
        if any(vals.get("is_member") for vals in vals_list):
            self._check_may_join([how for vals, how in zip(vals_list, hows, strict=True) if vals.get("is_member")])
        partners = super().create([{name: value for name, value in vals.items() if name != "join_consent_how"} for vals in vals_list])
        for how in set(filter(None, hows)):
            joined = partners.browse(partner.id for partner, own in zip(partners, hows, strict=True) if own == how and partner.is_member)
            joined._give_consent([MEMBERSHIP], how)
        return partners

    def write(self, vals):
        if "join_consent_how" not in vals and not vals.get("is_member"):
            return super().write(vals)
        how = vals.get("join_consent_how")
        joining = self.filtered(lambda partner: not partner.is_member) if vals.get("is_member") else self.browse()
        if joining:
            self._check_may_join([how])
        res = super().write({name: value for name, value in vals.items() if name != "join_consent_how"})
        if how:
            joining._give_consent([MEMBERSHIP], how)
        return res

    @api.model
    def _get_machine_fields(self):
        """Nobody is a member by default."""
        return super()._get_machine_fields() | {"is_member"}

    @api.model
    def _check_may_join(self, hows):
        """Refuse members without a consent (PIPL art. 13, 14), from a form, a file or over RPC.

        :param hows: how each of them agreed, as the caller says
        """
        if self.env.su or join_gate.is_marked(self):
            return
        if not self.env.user.has_group("cosmetics_crm.group_member_manager"):
            raise UserError(self.env._("Customers become members by the button Join, which asks for their consent."))
        if not all(hows):
            raise UserError(
                self.env._(
                    "Nobody becomes a member without agreeing to it. Use the button Join; in a file, say in the column Consent Given "
                    "how each of them agreed, e.g. On Paper."
                )
            )

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
            member = join_gate.mark(self).create(vals).with_env(self.env)
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
