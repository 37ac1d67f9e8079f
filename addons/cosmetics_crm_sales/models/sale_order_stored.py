"""Orders and stored-value cards: whatever an order goes through, the ledger is brought to what the order is now."""

from collections import defaultdict

from odoo import models
from odoo.addons.cosmetics_crm.tools import points as rules
from odoo.addons.cosmetics_crm.tools.gate import points_gate
from odoo.addons.cosmetics_crm.tools.stored_act import StoredAct
from odoo.exceptions import UserError
from odoo.tools import SQL


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "cosmetics.stored.payable"]

    # ------------------------------------------------------------------ flows of core
    def action_confirm(self):
        """Lock the cards first: whoever spends the same money waits here, before much is done."""
        # sudo: which cards there are decides, not who reads them
        self.sudo()._get_stored_cards()._points_lock()
        return super().action_confirm()

    def _action_cancel(self):
        # Core deletes bearer cards with the order that made them; one with movements is kept, empty.
        # sudo: the order decides, not who may change cards
        cards = self.sudo().coupon_point_ids.coupon_id.filtered(lambda card: card.stored_kind == "bearer" and card.stored_move_ids)
        cards.order_id = False
        return super()._action_cancel()

    def _get_point_changes(self):
        """Leave stored-value cards out: `_sync_stored` posts them."""
        return {card: change for card, change in super()._get_point_changes().items() if not card.sudo().stored_kind}

    def _update_loyalty_history(self, coupon_id, points):
        return None if coupon_id.sudo().stored_kind else super()._update_loyalty_history(coupon_id, points)

    def _sync_points(self):
        """Every flow that moves points moves money, too."""
        res = super()._sync_points()
        self._sync_stored()
        return res

    # ------------------------------------------------------------------ ledger
    def _sync_stored(self):
        """Post the difference between what these orders top up and pay by now and what the ledger has of them; none, none is posted."""
        if not self or points_gate.is_marked(self):
            # Half way through a flow of core; who marked it comes back when it is over.
            return
        # sudo: the money follows from the order; who changes it need not read cards and invoices
        orders = self.sudo()
        posted = orders._read_stored_posted()
        involved = orders.filtered(lambda order: order.id in posted or order._get_stored_cards())
        if not involved:
            return
        cards = involved._get_stored_cards() | self.env["loyalty.card"].sudo().browse({card for of in posted.values() for card in of})
        # What others did since this transaction began would be overlooked below: with the lock, Odoo starts over instead.
        cards._points_lock()
        acts = [act for order in involved for act in order._prepare_stored_acts(posted[order.id])]
        if acts:
            self.env["loyalty.card"]._stored_post(acts)

    def _get_stored_cards(self):
        """Return the stored-value cards that the orders name."""
        return (self.coupon_point_ids.coupon_id | self.order_line.coupon_id).filtered("stored_kind")

    def _read_stored_posted(self):
        """Return {order id: {card id: (cents topped up, cents paid with it, number of acts)}}, less what went back."""
        query = SQL(
            """
            SELECT origin_id, card_id, coalesce(sum(principal) FILTER (WHERE kind IN ('top_up', 'take_back')), 0),
                   -coalesce(sum(amount) FILTER (WHERE kind IN ('spend', 'give_back')), 0), count(DISTINCT act)
              FROM cosmetics_stored_move WHERE origin_model = %s AND origin_id = ANY(%s) GROUP BY 1, 2
            """,
            self._name, list(self.ids),
        )  # fmt: skip
        return self._sum_posted(query, 3)

    def _prepare_stored_acts(self, posted):
        """Return the acts that bring the ledger to this order.

        :param posted: {card id: (cents topped up, cents paid with it, number of acts)}
        """
        self.ensure_one()
        wanted = self._get_stored_wanted()
        total = rules.to_points(sum(topped for topped, _paid in wanted.values()))
        acts = []
        for card in self.env["loyalty.card"].browse(sorted(set(posted) | set(wanted))):
            topped, paid = wanted.get(card.id, (0, 0))
            was_topped, was_paid, count = posted[card.id]
            # What is given back comes first, and an order never pays with what it tops up.
            for kind, undo, cents in (("spend", "give_back", paid - was_paid), ("top_up", "take_back", topped - was_topped)):
                if cents:
                    act = self._prepare_stored_act(card, kind if cents > 0 else undo, abs(cents), count)
                    act.total = total
                    acts.append(act)
                    count += 1
        return acts

    def _prepare_stored_act(self, card, kind, cents, count):
        key = f"{self._name},{self.id},{card.id},{count},{kind}"
        return StoredAct(card, kind, rules.to_points(cents), key, self, self.env._("Order %s", self.name), buyer=self.partner_id)

    def _get_stored_wanted(self):
        """Return {card id: (cents the order tops up, cents it pays with it)} by now; nothing unless it is confirmed."""
        self.ensure_one()
        wanted = defaultdict(lambda: (0, 0))
        if self.state != "sale":
            return wanted
        self._check_stored_top_up_lines()
        for entry in self.coupon_point_ids.filtered("coupon_id.stored_kind"):
            card = entry.coupon_id._points_root()
            topped = rules.to_units(entry.points)
            topped -= min(rules.to_units(self._get_stored_credited(self._get_stored_top_up_lines(card.program_id))), topped)
            wanted[card.id] = (wanted[card.id][0] + topped, wanted[card.id][1])
        for card, lines in self.order_line.filtered("coupon_id.stored_kind").grouped("coupon_id").items():
            paid = rules.to_units(-sum(lines.mapped("price_total")))
            root = card._points_root().id
            wanted[root] = (wanted[root][0], wanted[root][1] + paid - self._get_stored_given_back(lines, paid))
        return wanted

    # ------------------------------------------------------------------ what went back
    def _get_stored_given_back(self, lines, paid):
        """Return the cents of these card payments that went back.

        Once there is an invoice, what credit notes credit of the payment: the rest of a credit note is owed in money. Before, the share of
        the goods that came back.
        """
        if lines.invoice_lines.filtered(lambda line: line.parent_state == "posted" and line.move_type == "out_invoice"):
            return min(rules.to_units(self._get_stored_credited(lines)), paid)
        part, whole = (rules.to_units(amount) for amount in self._get_points_refunded()[self])
        return rules.share(paid, part, whole)

    def _get_stored_credited(self, lines):
        """Return the money of posted credit notes of these lines."""
        credits = lines.invoice_lines.filtered(lambda line: line.parent_state == "posted" and line.move_type == "out_refund")
        return abs(sum(credits.mapped("price_total")))

    # ------------------------------------------------------------------ top-ups
    def _get_stored_top_up_lines(self, program=None):
        """Return the lines that sell top-ups of a program, or of any."""
        products = self.env["loyalty.program"]._get_stored_products()
        wanted = products.get(program.id, ()) if program else frozenset().union(*products.values())
        return (
            self.order_line.filtered(lambda line: line.product_id.id in wanted and not line.reward_id)
            if wanted
            else self.order_line.browse()
        )

    def _check_stored_top_up_lines(self):
        """A top-up is not taxed, and is paid with money: a card that pays for a card would earn bonus on bonus."""
        lines = self._get_stored_top_up_lines()
        if lines.filtered("tax_ids"):
            raise UserError(self.env._("%s: take the tax off the top-up. The goods are taxed when they are bought (601).", self.name))
        paid = -sum(self.order_line.filtered("coupon_id.stored_kind").mapped("price_total"))
        goods = sum((self.order_line - lines).filtered(lambda line: not line.coupon_id.stored_kind).mapped("price_total"))
        if lines and self.currency_id.compare_amounts(paid, max(goods, 0)) > 0:
            raise UserError(self.env._("%s: a top-up is paid with money, not with a stored-value card.", self.name))

    def _get_no_effect_on_threshold_lines(self):
        """Coupons and offers are for goods: a top-up is not made cheaper, and does not help to reach an offer."""
        return super()._get_no_effect_on_threshold_lines() | self._get_stored_top_up_lines()

    def _discountable_order(self, reward):
        discountable, per_tax = super()._discountable_order(reward)
        if discountable and reward.program_id.stored_kind:
            discountable -= sum(self._get_stored_top_up_lines().mapped("price_total"))
        return max(discountable, 0), per_tax

    def _program_check_compute_points(self, programs):
        """A yuan paid for a top-up is a yuan on the card, whatever else is on the order."""
        result = super()._program_check_compute_points(programs)
        for program in programs.filtered(lambda program: program.stored_kind == "named"):
            if "points" in result.get(program, {}):
                result[program]["points"] = [sum(self._get_stored_top_up_lines(program).mapped("price_total"))]
        return result


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_points_goods(self):
        return super()._is_points_goods() and self not in self.order_id._get_stored_top_up_lines()

    def _get_points_orders(self):
        """Orders with stored-value cards are brought to what they are by the same steps."""
        confirmed = self.order_id.filtered(lambda order: order.state == "sale")
        return super()._get_points_orders() | confirmed.filtered(lambda order: order.sudo()._get_stored_cards())  # sudo: as for points
