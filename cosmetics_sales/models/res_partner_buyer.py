"""Buyers of the platforms among the customers."""

from odoo import api, models
from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone

from ..tools.receiver import is_hidden

MASKS = ("*", "##", "$$", "＊")


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _is_hidden(self, *texts):
        """Tell if a platform has hidden one of these texts, by stars or dots, or as cipher text.

        A single star is enough here, where it is about taking somebody for a customer: better one customer less than a wrong one.
        """
        return any(is_hidden(text) or any(mask in (text or "") for mask in MASKS) for text in texts)

    @api.model
    def _match_buyers(self, receivers):
        """Return a customer for each receiver, empty for one who is not fully known: [res.partner].

        ``receivers`` are dicts with name, phone, is_masked and the values of an address. Only a whole name with a whole mobile
        number is somebody: masked people and relay numbers (a number of one order) never become or match a customer. A number
        that is known keeps its customer, the same name going first; unknown ones are created together.
        """
        keys = [self._buyer_key(receiver) for receiver in receivers]
        phones = {phone for phone in keys if phone}
        known = {}
        domain = [("phone", "in", list(phones)), ("is_company", "=", False), ("company_id", "in", (False, self.env.company.id))]
        # Ordered so that the oldest record of a number is the one that stays.
        for partner in self.search(domain, order="id") if phones else self:
            known.setdefault(partner.phone, []).append(partner)
        fresh = {}
        for phone, receiver in zip(keys, receivers, strict=True):
            if phone and phone not in known:
                fresh.setdefault(phone, receiver)
        for phone, partner in zip(fresh, self.create([self._prepare_buyer_vals(r) for r in fresh.values()]), strict=True):
            known[phone] = [partner]
        return [self._best_buyer(known.get(phone, []), receiver["name"]) for phone, receiver in zip(keys, receivers, strict=True)]

    @api.model
    def _buyer_key(self, receiver):
        """Return the mobile number as it is stored, or nothing when the receiver is not fully known."""
        if receiver["is_masked"] or not receiver["name"] or self._is_hidden(receiver["name"], receiver["phone"]):
            return ""
        phone = normalize_phone(receiver["phone"])
        return phone.display if phone.kind == "mobile" else ""

    @api.model
    def _best_buyer(self, partners, name):
        return next((partner for partner in partners if partner.name == name), partners[0] if partners else self.browse())

    @api.model
    def _prepare_buyer_vals(self, receiver):
        """Return the values of a new customer."""
        return {
            "name": receiver["name"],
            "phone": normalize_phone(receiver["phone"]).display,
            "country_id": self.env.ref("base.cn").id,
            "street": receiver["street"],
            "city": receiver["city"],
            "state_id": receiver["district"].state_id.id,
            "city_id": receiver["district"].city_id.id,
        }
