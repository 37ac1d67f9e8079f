"""How much of an order has gone back."""

from odoo import models
from odoo.addons.cosmetics_sales.models.cosmetics_aftersale import MONEY_BACK


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_points_refunded(self):
        """Return {order: (part, whole)}: the greater one of the goods that came back and the money that was given back."""
        # Read all at once what is asked of each order below.
        moves, _lines = self.order_line.move_ids, self.order_line.invoice_lines.move_id
        moves.mapped("to_refund")
        return {order: order._get_points_refunded_share() for order in self}

    def _get_points_refunded_share(self):
        self.ensure_one()
        goods = self.order_line.filtered(lambda line: line._is_points_goods())
        amounts = self._get_points_paid()
        paid = sum(amounts.values())
        # What was wholly paid by points goes back in the share of its price.
        worth = amounts if paid else {line.id: line.price_total for line in goods}
        value = sum(worth.values())
        back = min(sum(worth[line.id] * line._get_points_returned_share() for line in goods), value)
        money = min(self._get_points_money_back(), paid)
        # a / b < c / d without dividing by what may be nothing
        if money * value > back * paid:
            return money, paid
        return (back, value) if value else (0, 1)

    def _get_points_money_back(self):
        """Return the money that was given back for goods, in the currency of the order: credit notes and after-sales."""
        self.ensure_one()
        credits = self._get_points_credit_lines().filtered(
            lambda line: line.parent_state == "posted" and line.move_type == "out_refund" and not line.move_id.aftersale_id
        )
        money = 0.0
        for line in credits:
            sold = line.sale_line_ids
            if not any(item._is_freight() or item.is_downpayment or item.reward_id.program_id.is_payment_program for item in sold):
                money += line.price_total
        done = self.aftersale_ids.filtered(
            lambda aftersale: (
                aftersale.kind in MONEY_BACK
                and aftersale.state not in ("refused", "cancelled")
                and (aftersale.state == "done" or aftersale.refunded_at)
            )
        )
        return money + sum(aftersale.refund_amount - aftersale.freight_amount for aftersale in done)

    def _get_points_credit_lines(self):
        """Return the lines of invoices and credit notes of the order, with those credit notes that name an invoice but no line of it."""
        lines = self.order_line.invoice_lines
        loose = lines.move_id.filtered(lambda move: move.move_type == "out_invoice").reversal_move_ids - lines.move_id
        return lines | loose.invoice_line_ids.filtered(lambda line: line.display_type == "product")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_points_returned_share(self):
        """Return which part of the line came back for money, between 0 and 1."""
        self.ensure_one()
        moves = self.move_ids.filtered(
            lambda move: move.state == "done" and move.to_refund and move.location_id.usage == "customer" and not move.scrap_id
        )
        if not moves or not self.product_uom_qty:
            return 0.0
        returned = sum(move.product_uom._compute_quantity(move.quantity, self.product_uom_id, round=False) for move in moves)
        return min(returned / self.product_uom_qty, 1.0)
