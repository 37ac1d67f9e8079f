"""Orders and the points ledger: whatever an order goes through, the ledger is brought to what the order is now."""

from collections import defaultdict

from odoo import api, models
from odoo.addons.cosmetics_crm.tools import points as rules
from odoo.addons.cosmetics_crm.tools.gate import points_gate
from odoo.addons.cosmetics_crm.tools.points_act import Act
from odoo.tools import SQL


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # ------------------------------------------------------------------ flows of core
    def action_confirm(self):
        """Spend and earn the points once the orders are confirmed; core's own way to change the cards is closed for ledger cards."""
        # sudo: which cards there are decides, not who reads them. Whoever spends the same points waits here, before much is done.
        self.sudo()._get_points_cards()._points_lock()
        res = super().action_confirm()
        self._check_points_cap()
        self._sync_points()
        return res

    def _action_cancel(self):
        res = super()._action_cancel()
        self._sync_points()
        return res

    def _get_point_changes(self):
        """Leave ledger cards out: `_sync_points` posts them."""
        return {card: change for card, change in super()._get_point_changes().items() if not card.sudo().in_ledger}

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Return what of a ledger card this order may spend: nothing that it earns itself, which may be taken back."""
        points = super()._get_real_points_for_coupon(coupon, post_confirm=post_confirm)
        if coupon.sudo().in_ledger and self.state != "sale":
            points -= sum(self.coupon_point_ids.filtered(lambda entry: entry.coupon_id == coupon).mapped("points"))
            points = coupon.currency_id.round(points)
        return points

    def _add_points_for_coupon(self, coupon_points):
        if self.state != "sale":
            return super()._add_points_for_coupon(coupon_points)
        res = super(SaleOrder, points_gate.mark(self))._add_points_for_coupon(coupon_points)
        self._sync_points()
        return res

    def _update_programs_and_rewards(self):
        if self.state != "sale":
            return super()._update_programs_and_rewards()
        res = super(SaleOrder, points_gate.mark(self))._update_programs_and_rewards()
        self._sync_points()
        return res

    def _add_loyalty_history_lines(self):
        """The ledger writes the history of its cards."""
        return super(SaleOrder, points_gate.mark(self))._add_loyalty_history_lines()

    def _update_loyalty_history(self, coupon_id, points):
        return None if coupon_id.sudo().in_ledger else super()._update_loyalty_history(coupon_id, points)

    # ------------------------------------------------------------------ ledger
    def _sync_points(self):
        """Post the difference between what these orders earn and spend by now and what the ledger has of them; none, none is posted.

        The order decides alone: confirmed, changed, cancelled, returned, credited, in whatever sequence and how often ever.
        """
        if not self or points_gate.is_marked(self):
            # Half way through a flow of core; who marked it comes back when it is over.
            return
        # sudo: points follow from the order; who changes it need not read cards and invoices
        orders = self.sudo()
        posted = orders._read_points_posted()
        # Read all at once what is asked of each order below.
        orders._get_points_cards()
        involved = orders.filtered(lambda order: order.id in posted or order._get_points_cards())
        if not involved:
            return
        cards = involved._get_points_cards() | self.env["loyalty.card"].sudo().browse({card for of in posted.values() for card in of})
        # What others did since this transaction began would be overlooked below: with the lock, Odoo starts over instead.
        cards._points_lock()
        refunded = involved._get_points_refunded()
        acts = [act for order in involved for act in order._prepare_points_acts(posted[order.id], refunded[order])]
        if acts:
            self.env["loyalty.card"]._points_post(acts)

    def _get_points_cards(self):
        """Return the ledger cards that the orders name."""
        return (self.coupon_point_ids.coupon_id | self.order_line.coupon_id).filtered("in_ledger")

    def _read_points_posted(self):
        """Return {order id: {card id: (units earned, units spent, units of these that expired, number of acts)}}, less what went back."""
        query = SQL(
            """
            SELECT origin_id, card_id, coalesce(sum(points) FILTER (WHERE kind IN ('earn', 'take_back')), 0),
                   -coalesce(sum(points) FILTER (WHERE kind IN ('spend', 'give_back')), 0),
                   -coalesce(sum(points) FILTER (WHERE kind = 'expire'), 0), count(DISTINCT act)
              FROM cosmetics_points_move WHERE origin_model = %s AND origin_id = ANY(%s) AND kind <> 'transfer' GROUP BY 1, 2
            """,
            self._name, list(self.ids),
        )  # fmt: skip
        return self._sum_posted(query, 4)

    @api.model
    def _sum_posted(self, query, width):
        """Return {order id: {card id: facts}} of a query for (order, card, sums …, number of acts), by the card that stands for it by now.

        :param width: number of facts; sums become units
        """
        posted = defaultdict(lambda: defaultdict(lambda: (0,) * width))
        cards = self.env["loyalty.card"].sudo()  # sudo: which card stands for another is no secret
        for order_id, card_id, *sums, count in self.env.execute_query(query):
            root = cards.browse(card_id)._points_root().id
            facts = [*map(rules.to_units, sums), count]
            posted[order_id][root] = tuple(old + new for old, new in zip(posted[order_id][root], facts, strict=True))
        return posted

    def _prepare_points_acts(self, posted, refunded):
        """Return the acts that bring the ledger to this order.

        :param posted: {card id: (units earned, units spent, units that expired, number of acts)}
        :param refunded: (part, whole) of what was given back
        """
        self.ensure_one()
        wanted = self._get_points_wanted()
        part, whole = (rules.to_units(amount) for amount in refunded)
        acts = []
        for card in self.env["loyalty.card"].browse(sorted(set(posted) | set(wanted))):
            earns, spends = (total - rules.share(total, part, whole) for total in wanted.get(card.id, (0, 0)))
            earned, spent, expired, count = posted[card.id]
            # What has expired cannot be taken back any more.
            earns = max(earns, min(earned, expired))
            # Spending and giving back come first: an order never spends what it earns, and a debt is not made only to be paid at once.
            for kind, undo, units in (("spend", "give_back", spends - spent), ("earn", "take_back", earns - earned)):
                if units:
                    acts.append(self._prepare_points_act(card, kind if units > 0 else undo, abs(units), count))
                    count += 1
        return acts

    def _prepare_points_act(self, card, kind, units, count):
        waits = kind == "earn" and card.program_id.points_start == "delivery"
        act = Act(card, kind, rules.to_points(units), f"{self._name},{self.id},{card.id},{count},{kind}", self)
        act.reason = self.env._("Order %s", self.name)
        if waits:
            act.available_on = None
        return act

    def _get_points_wanted(self):
        """Return {card id: (units the order earns, units it spends)} before refunds; nothing unless it is confirmed."""
        self.ensure_one()
        wanted = defaultdict(lambda: (0, 0))
        if self.state == "sale":
            for entry in self.coupon_point_ids.filtered("coupon_id.in_ledger"):
                card = entry.coupon_id._points_root().id
                wanted[card] = (wanted[card][0] + rules.to_units(entry.points), wanted[card][1])
            for line in self.order_line.filtered("coupon_id.in_ledger"):
                card = line.coupon_id._points_root().id
                wanted[card] = (wanted[card][0], wanted[card][1] + rules.to_units(line.points_cost))
        return wanted
