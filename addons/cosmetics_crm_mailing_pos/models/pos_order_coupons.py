"""What a paid sale does to its coupons: decided here from the order, whatever the till did or left out."""

from odoo import models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def action_pos_order_paid(self):
        """Use the coupons in the transaction that stores the sale."""
        res = super().action_pos_order_paid()
        self._use_coupons()
        return res

    def _use_coupons(self):
        """Take the coupons of this paid sale off their cards and list what broke a rule; a second time does nothing.

        The customer has gone, so the sale stands.
        """
        self.ensure_one()
        # sudo: what a sale uses follows from the sale; the clerk sees the coupons of the own customer only
        order = self.sudo()
        rewards = order._get_coupon_rewards()
        if not rewards or order._get_used_coupons():
            return
        cards = order.env["loyalty.card"].browse(sorted({lines.coupon_id.id for lines in rewards.values() if lines.coupon_id}))
        cards._lock_use()
        costs = {}
        for lines in rewards.values():
            card = lines.coupon_id[:1]
            costs[card] = costs.get(card, 0.0) + lines._get_points_cost(-sum(line._get_points_signed() for line in lines))
        conflicts = order._get_coupon_faults(rewards, costs)
        order._take_coupons(costs)
        if conflicts:
            order.env["cosmetics.points.conflict"]._record(conflicts)

    def _get_coupon_rewards(self):
        """Return {code: lines} of rewards of coupons; what a return brings back is none."""
        return {
            code: lines for code, lines in self._get_points_reward_lines().items() if lines.reward_id.program_id[:1]._has_coupon_rules()
        }

    def _get_used_coupons(self):
        """Return the coupons of which it is written down that this order used them."""
        domain = [("order_model", "=", "pos.order"), ("order_id", "=", self.id), ("used", ">", 0)]
        history = self.env["loyalty.history"].sudo().search(domain)  # sudo: clerks read no history
        return history.card_id.filtered(lambda card: card.program_id._has_coupon_rules())

    def _take_coupons(self, costs):
        """Take {card: points} off the cards, as far as they go, and write every use down."""
        vals_list = [
            {
                "card_id": card.id,
                "order_model": self._name,
                "order_id": self.id,
                "description": self.env._("Till %s", self.pos_reference or self.name),
                "used": points,
                "issued": 0,
            }
            for card, points in costs.items()
            if card
        ]
        for card, points in costs.items():
            if card:
                card.points = max(card.points - points, 0)
        self.env["loyalty.history"].create(vals_list)

    # ------------------------------------------------------------------ what went wrong
    def _get_coupon_faults(self, rewards, costs):
        """Return conflicts: one for each coupon that may not be used as it was, one for rules that the coupons break together."""
        faults, good = [], self.env["loyalty.card"].browse()
        for card, points in costs.items():
            lines = self.lines.browse().union(*(lines for lines in rewards.values() if lines.coupon_id[:1] == card))
            rule = self._get_coupon_fault(card, lines.reward_id.program_id, points)
            if rule:
                faults.append(self._prepare_coupon_conflict(card, lines, rule))
            else:
                good |= card
        refusal = good and good._get_use_refusal(self, self.config_id.store_id, self.partner_id)
        if refusal:
            lines = self.lines.browse().union(*(lines for lines in rewards.values() if lines.coupon_id[:1] in good))
            faults.append(self._prepare_coupon_conflict(good[:1], lines, refusal))
        return faults

    def _get_coupon_fault(self, card, program, points):
        """Return the sentence what is wrong with one coupon on this sale, None when nothing is."""
        if not card:
            return self.env._("The reward of %s was given without a coupon.", program[:1].name)
        if card.program_id != program:
            return self.env._("The coupon %s does not belong to the reward that was given.", card.code)
        if card.partner_id and card.partner_id.commercial_partner_id != self.partner_id.commercial_partner_id:
            return self.env._("The coupon %s belongs to somebody else.", card.code)
        if card.points < points:
            return self.env._("The coupon %s had been used already.", card.code)
        if card.expiration_date and card.expiration_date < self._get_points_day():
            return self.env._("The coupon %s had expired.", card.code)
        return None

    def _prepare_coupon_conflict(self, card, lines, rule):
        value = -sum(line._get_points_signed() for line in lines)
        return {**self._prepare_points_conflict("coupon", card, 0, value), "rule": rule}

    # ------------------------------------------------------------------ what core's till reports
    def confirm_coupon_programs(self, coupon_data):
        """Leave out coupons that the sale itself has used: the till's figures are not looked at."""
        used = {card.id for order in self for card in order._get_used_coupons()}
        return super().confirm_coupon_programs({key: vals for key, vals in coupon_data.items() if int(key) not in used})
