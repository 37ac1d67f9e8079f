"""One box that finds an order by whatever the clerk has in hand."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.order_search import meanings, phone_key

SEARCHED = {
    "number": ("name", "client_order_ref", "channel_order_ref", "parcel_ids.tracking_no"),
    "text": ("name", "client_order_ref", "receiver_name", "channel_buyer", "partner_id.name"),
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_order_ref = fields.Char(index="trigram")
    channel_buyer = fields.Char(index="trigram")
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
        # What is searched in below is searched by the app, so who may not know receivers is stopped here.
        self._check_field_access(self._fields["any_number"], "read")
        texts = value if operator == "in" else [value]
        domains = [domain for text in texts for what, found in meanings(text) for domain in self._get_search_domains(what, found)]
        if not domains:
            return Domain.FALSE
        # A union lets each way of finding use its own index; conditions joined by OR would read every order.
        # sudo: what is found is searched once more, with the rights of the user.
        orders = self.sudo().with_context(active_test=False)
        return Domain("id", "in", SQL("(%s)", SQL(" UNION ").join(orders._search(domain).select() for domain in domains)))

    @api.model
    def _get_search_domains(self, what, value):
        """Return the domains of the orders that ``value`` may mean, one for each way of finding; a module adds its own to the list.

        :param str what: "phone", "phone_tail", "number" or "text", see tools/order_search.py
        """
        if what == "phone":
            return [Domain("phone_key", "=", value)]
        if what == "phone_tail":
            return [Domain("phone_key", "=like", f"%{value}")]
        conditions = self._get_text_conditions(value) if what == "text" else [("ilike", value)]
        return [Domain(name, *condition) for name in SEARCHED[what] for condition in conditions]

    @api.model
    def _get_text_conditions(self, value):
        """Return [(operator, value)]: two characters are the beginning or the end of a name, for an index knows nothing shorter inside."""
        if len(value) > 2:
            return [("ilike", value)]
        plain = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return [("=ilike", f"{plain}%"), ("=ilike", f"%{plain}")][: len(value)]
