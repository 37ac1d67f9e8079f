"""One box that finds an order by whatever the clerk has in hand."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.order_search import meanings, phone_key


class SaleOrder(models.Model):
    _inherit = "sale.order"

    phone_key = fields.Char(
        string="Telephone Digits",
        compute="_compute_phone_key",
        store=True,
        index="trigram",
        help="Digits of the telephone of whoever receives the goods; found by its last four.",
    )
    any_number = fields.Char(
        string="Order, Buyer, Telephone or Courier Number",
        compute="_compute_any_number",
        search="_search_any_number",
        help="Finds an order by its number, that of the platform, a courier number, the name or the end of a telephone number.",
    )

    @api.depends("receiver_phone", "partner_shipping_id.phone", "partner_id.phone")
    def _compute_phone_key(self):
        for order in self:
            order.phone_key = phone_key(order.receiver_phone, order.partner_shipping_id.phone, order.partner_id.phone)

    def _compute_any_number(self):
        """Only a box to search in."""
        self.any_number = False

    @api.model
    def _search_any_number(self, operator, value):
        if operator not in ("=", "ilike", "in"):
            return NotImplemented
        texts = value if operator == "in" else [value]
        return Domain.OR(self._get_search_domain(what, found) for text in texts for what, found in meanings(text))

    @api.model
    def _get_search_domain(self, what, value):
        """Return the domain of the orders that ``value`` may mean; a module that knows other numbers adds to it.

        :param str what: "phone", "phone_tail", "number" or "text", see tools/order_search.py
        """
        if what == "phone":
            return Domain("phone_key", "=", value)
        if what == "phone_tail":
            return Domain("phone_key", "=like", f"%{value}")
        if what == "number":
            names = ("name", "client_order_ref", "channel_order_ref")
            domain = Domain.OR(Domain(name, "ilike", value) for name in names)
            return domain | Domain("parcel_ids.tracking_no", "ilike", value)
        names = ("name", "client_order_ref", "receiver_name", "channel_buyer", "partner_id.name")
        return Domain.OR(Domain(name, "ilike", value) for name in names)
