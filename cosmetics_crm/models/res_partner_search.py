"""Find a member by what one has: the tail of a number, a spelled name, a name, a card."""

import re

from odoo import api, fields, models
from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone
from odoo.fields import Domain

LIKE_SPECIAL = re.compile(r"([\\%_])")
# Fewer digits than that are in everybody's number.
SHORTEST_TAIL = 3


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_search = fields.Char(string="Phone, Name or Number", compute="_compute_member_search", search="_search_member_search")

    def _compute_member_search(self):
        """Only searched for."""
        self.member_search = False

    def _search_member_search(self, operator, value):
        """Search as a person at the till types; any way of comparing means the same."""
        if operator in ("in", "not in"):
            domain = Domain.OR(self._get_member_search_domain(text) for text in value if text)
            return ~domain if operator == "not in" else domain
        if operator not in ("=", "like", "ilike", "=like", "=ilike") or not isinstance(value, str):
            return NotImplemented
        return self._get_member_search_domain(value)

    @api.model
    def _search_display_name(self, operator, value):
        """Where a customer is chosen, the tail of a number and a spelled name find members too."""
        domain = super()._search_display_name(operator, value)
        text = value.strip() if operator == "ilike" and isinstance(value, str) else ""
        if re.fullmatch(r"\+?\d{3,}|[A-Za-z]{2,}", text):
            return Domain(domain) | self._get_member_search_domain(text)
        return domain

    @api.model
    def _get_member_search_domain(self, text):
        """Return the domain of the members that a typed text can mean; each part of it has an index.

        Digits: the end of the telephone number, or the end of a member number. Letters: initials or the whole spelling of the
        name, or a member number. Anything else: a part of the name.
        """
        text = text.strip()
        member = Domain("is_member", "=", True)
        digits = re.sub(r"[\s-]", "", text)
        if re.fullmatch(r"\+?\d+", digits):
            return member & self._get_member_digits_domain(digits)
        number = Domain("member_number", "=", text.upper())
        if re.fullmatch(r"[A-Za-z][A-Za-z ']*", text):
            start = LIKE_SPECIAL.sub(r"\\\1", re.sub(r"[ ']", "", text).lower()) + "%"
            return member & (Domain("member_initials", "=like", start) | Domain("member_pinyin", "=like", start) | number)
        return member & (number | Domain("name", "ilike", LIKE_SPECIAL.sub(r"\\\1", text)))

    @api.model
    def _get_member_digits_domain(self, digits):
        number = Domain("member_number", "=", digits)
        whole = normalize_phone(digits).e164
        if whole:
            return Domain("member_phone", "=", whole) | number
        if len(digits) < SHORTEST_TAIL:
            return number
        return Domain("member_phone_reversed", "=like", digits.lstrip("+")[::-1] + "%") | number
