"""What of an order line may come back."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import ValidationError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    aftersale_id = fields.Many2one(
        "cosmetics.aftersale",
        string="Sent for After-Sale",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="These goods were sent instead of others, or once more: they are no sale of their own.",
    )
    aftersale_line_ids = fields.One2many("cosmetics.aftersale.line", "order_line_id", string="After-Sales", readonly=True)
    aftersale_carried = fields.Monetary(
        string="Value Carried Over", readonly=True, copy=False, help="What was paid for the goods that these were exchanged for."
    )

    def _is_aftersale_goods(self):
        """Tell whether the line holds goods a buyer may bring back."""
        self.ensure_one()
        return not self.display_type and not self.is_downpayment and self.product_id.type == "consu" and self.product_uom_qty > 0

    def _is_freight(self):
        """Tell whether the line is freight: a service that costs something. An override may know it better."""
        self.ensure_one()
        if "is_delivery" in self._fields:
            return self.is_delivery
        return self.product_id.type == "service" and self.price_total > 0 and not self.is_downpayment

    def _get_paid_amount(self):
        """Return what was paid for the line, its share of discounts of the whole order taken off."""
        self.ensure_one()
        return self.order_id._get_paid_amounts()[0].get(self, 0.0)

    def _get_delivered_lots(self):
        """Return {batch: quantity} that this line brought to the buyer, returns taken off, in the unit of the line."""
        self.ensure_one()
        found = defaultdict(float)
        # sudo: whoever handles the after-sale need not read the moves of the warehouse
        for row in self.sudo().move_ids.filtered(lambda move: move.state == "done").move_line_ids:
            if not row.lot_id:
                continue
            sign = (row.location_dest_id.usage == "customer") - (row.location_id.usage == "customer")
            found[row.lot_id] += sign * row.product_uom_id._compute_quantity(row.quantity, self.product_uom_id)
        return {lot.sudo(self.env.su): quantity for lot, quantity in found.items()}

    def _get_aftersale_live(self, without=()):
        """Return the after-sale lines of this line that are neither refused nor cancelled, whoever handles them."""
        # sudo: what another clerk has agreed counts as well
        lines = self.sudo().aftersale_line_ids
        return lines.filtered(lambda line: line.id not in set(without) and line._is_live())

    def _get_aftersale_used(self, without=()):
        """Return (units that come back, money given back or carried over) of the after-sales of this line.

        :param without: ids of after-sale lines that are judged just now
        """
        self.ensure_one()
        lines = self._get_aftersale_live(without)
        return sum(line._get_back_quantity() for line in lines), sum(line.amount for line in lines)

    def _get_returnable_quantity(self):
        """Return how much was delivered and is in no after-sale yet."""
        self.ensure_one()
        return max(self._get_gross_delivered() - self._get_aftersale_used()[0], 0.0)

    def _get_gross_delivered(self):
        """Return how much the buyer got, with what came back for money: an exchange leaves the delivered quantity as it is."""
        lines = self._get_aftersale_live().filtered(lambda line: line.kind == "return" and line.aftersale_id.received_at)
        return self.qty_delivered + sum(line._get_away_quantity() for line in lines)

    def _check_aftersale_quantities(self):
        """Raise when the after-sales of this line take back more than went out, or more money than came in."""
        self.ensure_one()
        lines = self._get_aftersale_live()
        delivered, unit = self._get_gross_delivered(), self.product_uom_id
        back = sum(line._get_back_quantity() for line in lines)
        names = {"product": self.product_id.display_name, "order": self.order_id.name}
        if unit.compare(back, delivered) > 0:
            raise ValidationError(
                self.env._(
                    "%(product)s on %(order)s: %(delivered)g were delivered, %(back)g would come back. Lower the quantity; "
                    "see the earlier after-sales of the order.",
                    delivered=delivered,
                    back=back,
                    **names,
                )
            )
        limit = max(delivered, self.qty_invoiced, self.product_uom_qty if self.order_id.channel_id.kind != "wholesale" else 0.0)
        if too_many := lines.filtered(lambda line: unit.compare(line.quantity, limit) > 0):
            raise ValidationError(
                self.env._(
                    "%(product)s on %(order)s: at most %(limit)g were delivered or invoiced, not %(wanted)g. Lower the quantity.",
                    limit=limit,
                    wanted=too_many[0].quantity,
                    **names,
                )
            )
        paid, given = self._get_paid_amount(), sum(lines.mapped("amount"))
        if self.currency_id.compare_amounts(given, paid) > 0:
            raise ValidationError(
                self.env._(
                    "%(product)s on %(order)s: %(paid).2f was paid, %(given).2f would be given back with the earlier after-sales. "
                    "Lower the amount.",
                    paid=paid,
                    given=given,
                    **names,
                )
            )
