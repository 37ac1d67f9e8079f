"""Points pay at most a part of an order."""

from odoo import models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _discountable_order(self, reward):
        return self._cap_points(reward, *super()._discountable_order(reward))

    def _discountable_specific(self, reward):
        return self._cap_points(reward, *super()._discountable_specific(reward))

    def _discountable_cheapest(self, reward):
        return self._cap_points(reward, *super()._discountable_cheapest(reward))

    def _cap_points(self, reward, discountable, per_tax):
        """Return what of it points may pay. A discount in percent has its own limit and is checked when the order is confirmed."""
        program = reward.program_id
        if not discountable or reward.discount_mode == "percent" or not program._is_points_ledger() or program.points_redeem_cap >= 100:
            return discountable, per_tax
        limit = max(self._get_points_limit(program) - self._get_points_paid_by(program, reward), 0.0)
        if discountable <= limit:
            return discountable, per_tax
        return limit, {tax: amount * limit / discountable for tax, amount in per_tax.items()}

    def _get_points_limit(self, program):
        """Return the money that points of this program may pay of the order: a part of the goods, coupons taken off, without freight."""
        self.ensure_one()
        ticket = sum(
            line.price_total
            for line in self.order_line
            if line._is_points_goods() or (line._is_points_discount() and not line.reward_id.program_id._is_points_ledger())
        )
        return self.currency_id.round(max(ticket, 0.0) * program.points_redeem_cap / 100)

    def _get_points_paid_by(self, program, except_reward=None):
        """Return the money that rewards of this program take off."""
        lines = self.order_line.filtered(lambda line: line.reward_id.program_id == program and line.reward_id.reward_type == "discount")
        return -sum(lines.filtered(lambda line: line.reward_id != except_reward).mapped("price_total"))

    def _check_points_cap(self):
        """Refuse orders that pay more by points than their program allows."""
        for order in self:
            programs = order.order_line.coupon_id.filtered("in_ledger").program_id
            for program in programs.filtered(lambda program: program.points_redeem_cap < 100):
                limit, paid = order._get_points_limit(program), order._get_points_paid_by(program)
                if order.currency_id.compare_amounts(paid, limit) > 0:
                    raise ValidationError(
                        self.env._(
                            "%(order)s: points pay %(paid).2f, at most %(limit).2f may be (%(cap)g%% of the goods). Spend fewer points.",
                            order=order.name,
                            paid=paid,
                            limit=limit,
                            cap=program.points_redeem_cap,
                        )
                    )
