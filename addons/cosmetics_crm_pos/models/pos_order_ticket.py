"""A till order as the plain ticket of `tools/ticket_points.py`."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from odoo import models

from ..tools import ticket_points as ticket

STORED_VALUE = ("gift_card", "ewallet")


@dataclass(slots=True)
class Redemption:
    """Reward lines of one tap on a reward: they have one code in common."""

    lines: Any
    reward: Any
    card: Any
    amount: float = 0.0
    points: float = 0.0


@dataclass(slots=True)
class Ticket:
    """What of an order points look at."""

    goods: list = field(default_factory=list)
    discounts: list = field(default_factory=list)
    redemptions: list = field(default_factory=list)
    parts: dict = field(default_factory=dict)


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _get_points_ticket(self, programs):
        """Return the Ticket of this order: goods sold, what they cost less, and the points that were redeemed.

        :param programs: points programs whose rules are looked up for the goods
        """
        self.ensure_one()
        excluded = self._get_points_excluded_products()
        goods = self.lines.filtered(lambda line: line._is_points_goods(excluded))
        found = Ticket([line._prepare_points_goods(programs) for line in goods])
        for code, lines in self._get_points_reward_lines().items():
            reward, amount = lines[:1].reward_id, -sum(line._get_points_signed() for line in lines)
            if reward.program_id.program_type in STORED_VALUE:
                continue
            found.discounts.append(lines._prepare_points_discount(code, amount))
            if reward.program_id._is_points_ledger():
                found.redemptions.append(Redemption(lines, reward, lines.coupon_id[:1], amount, lines._get_points_cost(amount)))
        other = sum(line._get_points_signed() for line in self.lines if line._is_points_rebate())
        if other < 0:
            found.discounts.append(ticket.Discount("rebate", _cents(-other)))
        found.parts = ticket.allocate(found.goods, found.discounts)
        return found

    def _get_points_reward_lines(self):
        """Return {code: lines} of the rewards that were redeemed; what a return brings back is none."""
        by_code = defaultdict(self.env["pos.order.line"].browse)
        for line in self.lines.filtered(lambda line: line.reward_id and not line.refunded_orderline_id and line._get_points_signed() < 0):
            by_code[line.reward_identifier_code or f"line {line.id}"] |= line
        return by_code

    def _get_points_excluded_products(self):
        """Return products that are no goods: charging stored value, tips."""
        programs = self.env["loyalty.program"].with_context(active_test=False).search([("program_type", "in", STORED_VALUE)])
        return programs.trigger_product_ids | self.config_id.tip_product_id

    def _get_points_rules(self, program):
        """Return the Rules of a program; those that need a code are none: nobody types one for points."""
        return [
            ticket.Rule(
                rule.reward_point_mode,
                rule.reward_point_amount,
                rule.id,
                rule.minimum_qty,
                _cents(rule.minimum_amount),
                rule.minimum_amount_tax_mode == "excl",
            )
            for rule in program.rule_ids.filtered(lambda rule: rule.mode == "auto")
        ]

    def _get_points_weights(self, program, found):
        """Return {order line id: units}: how many points each line of goods earns in a program, before the multiplier."""
        return ticket.weigh(found.goods, found.parts, self._get_points_rules(program), found.discounts)


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _is_points_goods(self, excluded):
        """Return whether the line is goods that are sold here for money; a settled order earns where it was written."""
        self.ensure_one()
        return (
            not self.reward_id
            and not self.refunded_orderline_id
            and not self.combo_parent_id
            and not self._is_points_settled()
            and self.qty > 0
            and self._get_points_amount() > 0
            and self.product_id not in excluded
        )

    def _is_points_settled(self):
        """Return whether the line settles an order of another channel (pos_sale)."""
        return "sale_order_origin_id" in self._fields and bool(self.sudo().sale_order_origin_id)  # sudo: shops see no orders

    def _is_points_rebate(self):
        """Return whether the line makes the ticket cheaper without being a reward."""
        self.ensure_one()
        return not self.reward_id and not self.refunded_orderline_id and not self._is_points_settled() and self._get_points_signed() < 0

    def _get_points_signed(self):
        """Return what the line costs; on a return the till stores its lines with the sign turned."""
        self.ensure_one()
        return math.copysign(self.price_subtotal_incl, self.qty * self.price_unit)

    def _get_points_amount(self, untaxed=False):
        """Return what the line costs; a combination costs what its parts cost."""
        lines = self | self.combo_line_ids
        return sum(lines.mapped("price_subtotal" if untaxed else "price_subtotal_incl"))

    def _prepare_points_goods(self, programs):
        self.ensure_one()
        rules = programs.rule_ids.filtered(lambda rule: rule.any_product or self.product_id in rule.valid_product_ids)
        return ticket.Goods(
            self.id,
            _cents(self._get_points_amount()),
            self.qty,
            self.product_id.id,
            _cents(self._get_points_amount(untaxed=True)),
            frozenset(rules.ids),
        )

    def _prepare_points_discount(self, code, amount):
        """Return the Discount of the lines of one reward."""
        reward = self[:1].reward_id
        products = None
        if reward.reward_type == "product":
            products = frozenset(reward.reward_product_ids.ids)
        elif reward.discount_applicability == "specific":
            products = frozenset(reward.all_discount_product_ids.ids)
        return ticket.Discount(code, _cents(amount), products, sum(self.mapped("qty")) if reward.reward_type == "product" else 0)

    def _get_points_cost(self, amount):
        """Return the points that the lines of one reward cost, whatever the till says."""
        reward = self[:1].reward_id
        asked = sum(self.mapped("points_cost"))
        if reward.clear_wallet:
            return max(asked, reward.required_points, self.coupon_id[:1].points)
        mode = "product" if reward.reward_type == "product" else reward.discount_mode
        return ticket.cost(
            mode, amount, sum(self.mapped("qty")), asked, reward.required_points, reward.discount, reward.reward_product_qty or 1, len(self)
        )


def _cents(amount):
    return ticket.half_up(amount * 100)
