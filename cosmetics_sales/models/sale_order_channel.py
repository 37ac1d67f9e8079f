"""What an order of a platform says: its number there, its buyer's words, and whom to ship to."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.order_intake import ENDED

CHANNEL_STATES = [
    ("unpaid", "Not Paid"),
    ("paid", "Paid"),
    ("shipped", "Shipped"),
    ("done", "Completed"),
    ("cancelled", "Cancelled"),
    ("refunded", "Refunded"),
]

UNCONFIRMABLE = ("unpaid", "cancelled", "refunded")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    channel_order_ref = fields.Char(
        string="Platform Order No.",
        copy=False,
        index="trigram",
        help="Number of the order on the platform; a shop has each number once, however often its files are imported.",
    )
    channel_state = fields.Selection(
        CHANNEL_STATES, string="State on the Platform", copy=False, help="As the last file of the platform said."
    )
    channel_ordered_at = fields.Datetime(string="Ordered on the Platform", copy=False)
    channel_paid_at = fields.Datetime(string="Paid on the Platform", copy=False)
    channel_buyer = fields.Char(string="Buyer's Nickname", copy=False)
    receiver_name = fields.Char(string="Receiver", copy=False, index="trigram")
    receiver_phone = fields.Char(string="Receiver's Phone", copy=False, index="trigram")
    receiver_district_id = fields.Many2one(
        "l10n_cn_xian.district", string="Receiver's District", copy=False, index="btree_not_null", ondelete="restrict"
    )
    receiver_street = fields.Char(string="Receiver's Street", copy=False)
    receiver_address = fields.Char(string="Receiver's Address", copy=False, help="The whole address in one line, as the platform wrote it.")
    is_receiver_masked = fields.Boolean(
        string="Receiver Hidden",
        copy=False,
        help="The platform hides the name, the telephone or the address: the waybill is printed with the platform's own tool.",
    )
    buyer_note = fields.Text(string="Buyer's Note", copy=False)
    seller_note = fields.Text(string="Note on the Platform", copy=False, help="What the shop noted on the platform.")
    channel_amount_receivable = fields.Monetary(
        string="Receivable from the Platform", copy=False, help="What the company gets before fees: paid by the buyer and by the platform."
    )
    channel_amount_paid = fields.Monetary(string="Paid by the Buyer", copy=False)
    ship_by_at = fields.Datetime(string="Promised Dispatch", copy=False, index="btree_not_null")
    import_id = fields.Many2one(
        "cosmetics.order.import", string="Order Import", copy=False, readonly=True, index="btree_not_null", ondelete="set null"
    )

    _channel_order_ref_uniq = models.UniqueIndex(
        "(channel_id, channel_order_ref) WHERE channel_order_ref IS NOT NULL",
        "The channel has an order with this platform number already. Open that order, or correct the number.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._strip_channel_ref(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._strip_channel_ref(vals))

    # ------------------------------------------------------------------ hooks
    def _get_receiver(self):
        """Return whom to ship to: dict(name, phone, district, street, address, is_masked).

        ``district`` is a record of l10n_cn_xian.district, the rest is text. A platform order has it in its own fields; any other
        order is shipped to its delivery address.
        """
        self.ensure_one()
        if self.receiver_name or self.receiver_phone or self.receiver_address:
            return {
                "name": self.receiver_name or "",
                "phone": self.receiver_phone or "",
                "district": self.receiver_district_id,
                "street": self.receiver_street or "",
                "address": self.receiver_address or self.receiver_street or "",
                "is_masked": self.is_receiver_masked,
            }
        partner = self.partner_shipping_id
        address = partner._display_address(without_company=True)
        return {
            "name": partner.name or partner.commercial_partner_id.name or "",
            "phone": partner.phone or partner.commercial_partner_id.phone or "",
            "district": partner.district_id,
            "street": partner.street or "",
            "address": "".join(line.strip() for line in address.splitlines()),
            "is_masked": False,
        }

    # ------------------------------------------------------------------ helpers
    @api.model
    def _strip_channel_ref(self, vals):
        """Return the values with the platform number as it is compared: without blanks around, never an empty text."""
        if "channel_order_ref" not in vals:
            return vals
        return {**vals, "channel_order_ref": (vals["channel_order_ref"] or "").strip() or False}

    # ------------------------------------------------------------------ news of the platform
    @api.constrains("state")
    def _check_channel_state(self):
        """An order the buyer has not paid for, or has taken back, is not confirmed by any path."""
        for order in self:
            if order.state == "sale" and order.channel_state in UNCONFIRMABLE:
                states = dict(order._fields["channel_state"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "Order %(order)s is “%(state)s” on the platform and cannot be confirmed. Import a newer file first.",
                        order=order.channel_order_ref or order.name,
                        state=states[order.channel_state],
                    )
                )

    def _after_channel_update(self, changes, intakes=None):
        """React to what the platform reports: ``changes`` is {order id: {field: value, "tracking": courier numbers}}.

        ``intakes`` ({order id: Intake}) takes warnings for the clerk and the name of the courier.
        """
        intakes = intakes or {}

        def warn(order, sentence):
            if order.id in intakes:
                intakes[order.id].warnings.append(sentence)

        numbers = {order.id: changes[order.id]["tracking"] for order in self if changes.get(order.id, {}).get("tracking")}
        if numbers:
            names = {key: intakes[key].payload["carrier"] for key in numbers if key in intakes}
            for key, sentence in self.browse(numbers)._set_tracking(numbers, names).items():
                warn(self.browse(key), sentence)
        ended = self.filtered(lambda order: changes.get(order.id, {}).get("channel_state") in ENDED and order.state != "cancel")
        shipped = ended.filtered(lambda order: order.state == "sale" and order._get_done_deliveries())
        (ended - shipped)._action_cancel()
        sentence = self.env._("The platform cancelled or refunded this order after it was shipped: get the goods back or claim them.")
        shipped._record_event("problem", sentence)
        for order in shipped:
            warn(order, sentence)
