"""Members at the till: found, joined, and what the clerk sees of them."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm.models.res_partner_member import ADVISER
from odoo.exceptions import AccessError, UserError

FOUND_AT_ONCE = 20
SHORTEST_TEXT = 2
JOIN_FIELDS = {"name", "phone", "birthday", "birthday_has_year"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    till_member = fields.Json(compute="_compute_till_member", help="What a till shows of a member, as far as its user may see it.")

    def _compute_till_member(self):
        is_adviser = self.env.user.has_group(ADVISER)
        day = self.env["loyalty.card"]._points_today()
        for partner in self:
            partner.till_member = partner._prepare_till_member(day, is_adviser) if partner.is_member else False

    def _prepare_till_member(self, day, is_adviser):
        """Return what the member bar shows; what stands in the record but not here, the till never gets. Never health data."""
        self.ensure_one()
        known = self.sudo()  # sudo: sums and the tier are for every clerk, the rest is asked for below
        shown = {
            "number": self.member_number or "",
            "phone": self.member_phone_masked or "",
            "initials": self.member_initials or "",
            "pinyin": self.member_pinyin or "",
            "tier": self.member_tier_id.name or "",
            "multiplier": self.env["loyalty.program"]._get_points_multiplier(self, day),
            "birthday": "",
            "is_birthday_month": known.birthday_month == day.month,
            "skin": "",
            "concerns": "",
            "brands": "",
        }
        if is_adviser:
            shown |= {
                "birthday": self.birthday.strftime("%m-%d") if self.birthday else "",
                "skin": self.skin_type_id.name or "",
                "concerns": ", ".join(self.skin_concern_ids.mapped("name")),
                "brands": ", ".join(self.preferred_brand_ids.mapped("name")),
            }
        return shown

    # ------------------------------------------------------------------ loaded by the till
    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "is_member", "till_member"]

    @api.model
    def _load_pos_data_read(self, records, config):
        """Send no more of the telephone number of a member than its user may see: the tail tells one from another."""
        rows = super()._load_pos_data_read(records, config)
        if not self.env.user.has_group(ADVISER):
            for row in rows:
                if row.get("is_member"):
                    row["phone"] = row["till_member"]["phone"]
        return rows

    # ------------------------------------------------------------------ asked by the till
    @api.model
    def find_till_members(self, config_id, text):
        """Return the members that a typed or scanned text can mean, with their cards, as the till loads records.

        Digits are the tail of a telephone or member number, letters the initials or the spelling of a name, anything else a part of it.
        """
        config = self._get_till_config(config_id)
        text = (text or "").strip()
        if len(text) < SHORTEST_TEXT:
            return {"res.partner": [], "loyalty.card": []}
        return self.search(self._get_member_search_domain(text), limit=FOUND_AT_ONCE)._load_till_members(config)

    @api.model
    def read_till_member(self, config_id, partner_id):
        """Return one customer with the cards as they are now."""
        config = self._get_till_config(config_id)
        return self.search([("id", "=", partner_id)])._load_till_members(config)

    @api.model
    def get_till_consents(self, config_id):
        """Return what is asked of who joins: [{code, name, text, is_required}]; nothing is ticked beforehand (PIPL art. 14)."""
        self._get_till_config(config_id)
        purposes = self.env["cosmetics.consent.purpose"].search([("is_asked_on_join", "=", True)])
        return [
            {"code": purpose.code, "name": purpose.name, "text": purpose.text_id.body or "", "is_required": purpose.code == "membership"}
            for purpose in purposes
        ]

    @api.model
    def join_till_member(self, config_id, vals, codes):
        """Make a customer a member, or say who has the number already.

        :param vals: name, phone and perhaps birthday, as the customer said
        :param codes: codes of the consents that were ticked
        :return: what the till loads, with ``is_new``; of a member of another company only ``message``
        """
        config = self._get_till_config(config_id)
        member, _contact = self._find_by_phone(vals.get("phone"))
        if member:
            seen = self.search([("id", "=", member.id)])
            return {**seen._load_till_members(config), "is_new": False, "message": member._member_exists_message()}
        if not (vals.get("name") or "").strip():
            raise UserError(self.env._("Enter the name the member wants to be called by."))
        clean = {key: value for key, value in vals.items() if key in JOIN_FIELDS and value}
        store = config.sudo().store_id  # sudo: the store of the till, also when the clerk helps out from another one
        # sudo: a clerk may not write contacts; joining writes what the customer has just said, and who took it down
        joined = self.sudo()._join_member({**clean, "member_store_id": store.id, "adviser_id": self.env.uid}, list(codes), "till")
        return {**self.browse(joined.id)._load_till_members(config), "is_new": True, "message": ""}

    def _get_till_config(self, config_id):
        """Return the till that asks; whoever has none gets nothing."""
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Only who works at a till may ask for members this way."))
        config = self.env["pos.config"].browse(config_id)
        config.check_access("read")
        return config

    def _load_till_members(self, config):
        """Return these partners and their points cards as the till loads records."""
        programs = config._get_program_ids().filtered(lambda program: program._is_kept())
        cards = self.env["loyalty.card"].search([("partner_id", "in", self.ids), ("program_id", "in", programs.ids)])
        return {
            "res.partner": self._load_pos_data_read(self, config),
            "loyalty.card": self.env["loyalty.card"]._load_pos_data_read(cards, config),
        }
