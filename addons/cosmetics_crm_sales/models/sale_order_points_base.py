"""What an order earns points on: what is actually paid for goods."""

from odoo import models
from odoo.addons.cosmetics_sales.tools.aftersale import spread
from odoo.tools import float_round


class Paid(dict):
    """{order line: what is paid for it}; a class of its own, which no caller from outside can put into a context."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _program_check_compute_points(self, programs):
        """Let ledger programs keep their rules, but count money as it is paid, and multiply what comes out."""
        ledger = programs.filtered(lambda program: program._is_points_ledger())
        result = super()._program_check_compute_points(programs - ledger) if programs - ledger else {}
        if ledger:
            own = self.with_context(points_paid=Paid(self._get_points_paid()))
            result.update(super(SaleOrder, own)._program_check_compute_points(ledger))
            day = self.env["loyalty.card"]._points_today()
            for program in ledger:
                factor = program._get_points_multiplier(self.partner_id, day)
                if factor != 1 and "points" in result[program]:
                    result[program]["points"] = [
                        float_round(points * factor, precision_digits=2, rounding_method="HALF-UP") for points in result[program]["points"]
                    ]
        return result

    def _get_order_line_price(self, order_line, price_type):
        paid = self.env.context.get("points_paid")
        if isinstance(paid, Paid) and price_type == "price_total":
            return sum(paid.get(line.id, 0.0) for line in order_line._get_lines_with_price())
        return super()._get_order_line_price(order_line, price_type)

    def _get_points_paid(self):
        """Return {id of an order line: what is paid for it} of the goods that earn points.

        Coupons, points and other discounts are spread over the goods they are for, by price; gifts, freight and down payments earn
        nothing. What a gift card or a wallet pays was paid when it was bought, so it takes nothing off. Buying one is a service here and
        earns nothing.
        """
        self.ensure_one()
        goods = self.order_line.filtered(lambda line: line._is_points_goods())
        paid = {line.id: line.price_total for line in goods}
        for reward, lines in self.order_line.filtered(lambda line: line._is_points_discount()).grouped("reward_id").items():
            chosen = (goods & self._get_points_discounted(reward)) or goods
            parts = spread(sum(lines.mapped("price_total")), [max(paid[line.id], 0.0) for line in chosen])
            for line, part in zip(chosen, parts, strict=True):
                paid[line.id] += part
        return {line_id: max(self.currency_id.round(amount), 0.0) for line_id, amount in paid.items()}

    def _get_points_discounted(self, reward):
        """Return the lines that a reward is for."""
        if reward.discount_applicability == "specific":
            return self._get_specific_discountable_lines(reward)
        if reward.discount_applicability == "cheapest":
            return self._cheapest_line(reward) or self.order_line
        return self.order_line


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_points_goods(self):
        """Return whether the line is goods that are paid for."""
        self.ensure_one()
        return (
            bool(self.product_id)
            and not self.display_type
            and not self.is_downpayment
            and not self.reward_id
            and not self.is_gift
            and not self._is_freight()
            and self.price_total > 0
        )

    def _is_points_discount(self):
        """Return whether the line lowers what is paid for the goods."""
        self.ensure_one()
        if self.reward_id:
            return self.reward_id.reward_type == "discount" and not self.reward_id.program_id.is_payment_program
        return not self.display_type and not self.is_downpayment and self.price_total < 0
