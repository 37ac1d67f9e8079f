"""What of an order may come back, what was paid for it, and by which way."""

from zoneinfo import ZoneInfo

from odoo import fields, models

from ..tools import aftersale as rules

CHINA = ZoneInfo("Asia/Shanghai")


def china_day(moment):
    """Return the day in China of a moment without a time zone in UTC."""
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(CHINA).date()


class SaleOrder(models.Model):
    _inherit = "sale.order"

    aftersale_ids = fields.One2many("cosmetics.aftersale", "order_id", string="After-Sales", readonly=True)
    aftersale_count = fields.Integer(compute="_compute_aftersale_count")

    def _compute_aftersale_count(self):
        counts = dict(self.env["cosmetics.aftersale"]._read_group([("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.aftersale_count = counts.get(order, 0)

    def action_view_aftersales(self):
        """Open the after-sales of the order, or a new one with everything that may still come back."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_sales.cosmetics_aftersale_action")
        context = {"default_order_id": self.id}
        if not self.aftersale_count:
            return {**action, "context": context, "view_mode": "form", "views": [(False, "form")]}
        return {**action, "domain": [("order_id", "=", self.id)], "context": context}

    # ------------------------------------------------------------------ hooks
    def _get_refund_ways(self):
        """Return {order: "platform" | "original" | "credit"}: who gives the money back, by the way it was paid.

        A marketplace pays its buyers itself; wholesale customers have an account with us; the others get it where it came from.
        """
        ways = {"marketplace": "platform", "wholesale": "credit"}
        return {order: ways.get(order.channel_id.kind, "original") for order in self}

    def _get_received_on(self):
        """Return the day in China on which the buyer got the last goods: signed for, else delivered; None before."""
        self.ensure_one()
        # sudo: whoever handles the after-sale need not read parcels and transfers
        order = self.sudo()
        signed = [parcel.signed_at for parcel in order.parcel_ids if parcel.signed_at]
        done = [picking.date_done for picking in order.picking_ids if picking.state == "done" and picking.picking_type_code == "outgoing"]
        moments = signed or [moment for moment in done if moment]
        return china_day(max(moments)) if moments else None

    def _open_aftersale_from_channel(self, refund_amount, state):
        """Open or update the after-sale that a platform file tells of; the same call again changes nothing.

        :param float refund_amount: what the platform gives back to the buyer, in the currency of the order; 0 means all of it
        :param str state: "refunding" (the case is open), "refunded" (the buyer has the money) or "cancelled" (the case was dropped)
        :return: the after-sales, one an order
        """
        if state not in ("refunding", "refunded", "cancelled"):
            raise ValueError(f"unknown state of an after-sale: {state}")
        found = self.env["cosmetics.aftersale"]
        for order in self:
            # sudo: the mark that the import opened it is nobody's to type
            aftersale = order.sudo().aftersale_ids.filtered("is_from_channel")
            if not aftersale and state == "cancelled":
                continue
            aftersale = aftersale or order._create_aftersale_from_channel(refund_amount)
            aftersale._follow_channel(refund_amount, state)
            found |= aftersale
        return found.sudo(self.env.su)

    def _create_aftersale_from_channel(self, refund_amount):
        """Return a new after-sale of everything that is left; goods that have not left the house need not come back."""
        lines = self._prepare_aftersale_line_vals()
        kind = "return" if lines else "refund"
        lines = lines or self._prepare_aftersale_line_vals(is_delivered=False)
        return (
            self.env["cosmetics.aftersale"]
            .sudo()  # sudo: as above
            .create(
                {
                    "order_id": self.id,
                    "kind": kind,
                    "is_from_channel": True,
                    "refund_way": "platform",
                    "reason_id": self.env.ref("cosmetics_sales.aftersale_reason_platform").id,
                    "refund_freight": not refund_amount,
                    "line_ids": [fields.Command.create(vals) for vals in lines],
                }
            )
        )

    # ------------------------------------------------------------------ goods and money
    def _prepare_aftersale_line_vals(self, is_delivered=True):
        """Return the values of after-sale lines with everything that may still come back, by batch."""
        self.ensure_one()
        vals_list = []
        for line in self.order_line.filtered(lambda line: line._is_aftersale_goods()):
            left = line._get_returnable_quantity() if is_delivered else line.product_uom_qty - line._get_aftersale_used()[0]
            batches = line._get_delivered_lots() if is_delivered else {}
            for lot, delivered in batches.items():
                if (quantity := min(delivered, left)) > 0:
                    vals_list.append({"order_line_id": line.id, "quantity": quantity, "lot_id": lot.id})
                    left -= quantity
            if left > 0:
                vals_list.append({"order_line_id": line.id, "quantity": left})
        return vals_list

    def _get_paid_amounts(self):
        """Return ({order line: what was paid for it}, what was paid for freight); they sum to the total of the order.

        Discounts on the whole order and differences of rounding are spread over the goods by their price.
        """
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: not line.display_type)
        goods = lines.filtered(lambda line: line._is_aftersale_goods())
        freight = sum(lines.filtered(lambda line: line._is_freight()).mapped("price_total"))
        rest = self.amount_total - freight - sum(goods.mapped("price_total"))
        carried = {line: line.aftersale_carried for line in goods}
        parts = rules.spread(rest, goods.mapped("price_total"))
        return {
            line: self.currency_id.round(line.price_total + part + carried[line]) for line, part in zip(goods, parts, strict=True)
        }, freight

    def _get_freight_left(self, aftersale=None):
        """Return the freight that no other after-sale gives back."""
        self.ensure_one()
        others = self.sudo().aftersale_ids - (aftersale or self.env["cosmetics.aftersale"])._origin  # sudo: money given back by anybody
        given = sum(others.filtered(lambda other: other.state not in ("refused", "cancelled")).mapped("freight_amount"))
        return max(self._get_paid_amounts()[1] - given, 0.0) if self else 0.0
