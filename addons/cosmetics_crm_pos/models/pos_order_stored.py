"""What a till order does to stored-value cards: decided here from the order, never by the till."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.cosmetics_crm.tools.stored_act import StoredAct


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "cosmetics.stored.payable"]

    stored_paid = fields.Float(
        string="Paid With Card", digits=(16, 2), readonly=True, copy=False,
        help="What stored-value cards paid of this sale; negative: given back by this return.",
    )  # fmt: skip

    @api.model
    def _load_pos_data_fields(self, config):
        names = super()._load_pos_data_fields(config)
        return [*names, "stored_paid"] if names else names

    def _post_stored(self):
        """Post what this paid order gives back, pays and tops up; a second time does nothing.

        The customer has gone: what cannot be done goes to the conflict list, and the sale stands.
        """
        self.ensure_one()
        # sudo: money follows from the order; the clerk neither reads the ledger nor other shops' returns of the same sale
        order = self.sudo()
        programs = order._get_stored_programs()
        if not programs:
            return
        faults = []
        acts = [
            *order._prepare_stored_backs(programs),
            *order._prepare_stored_spends(faults),
            *order._prepare_stored_top_ups(programs, faults),
        ]
        results = order.env["loyalty.card"]._stored_post(acts)
        if acts and all(result.is_replay for result in results):
            return
        for act, result in zip(acts, results, strict=True):
            if result.missing:
                faults.append(order._prepare_stored_conflict("stored", act.card, result.missing, " ".join(result.broken)))
            elif result.broken:
                faults.append(order._prepare_stored_conflict("stored_rule", act.card, act.amount, " ".join(result.broken)))
        order.env["cosmetics.points.conflict"]._record(faults)
        paid = -sum(
            result.principal + result.bonus for act, result in zip(acts, results, strict=True) if act.kind in ("spend", "give_back")
        )
        if acts:
            order.stored_paid = paid

    @api.model
    def _get_stored_programs(self):
        return self.env["loyalty.program"].with_context(active_test=False).search([("stored_kind", "!=", False)])

    def _prepare_stored_act(self, card, kind, amount, origin, **vals):
        reason = self.env._("Till %s", self.pos_reference or self.name)
        card = card._points_root()
        key = f"pos.order,{self.id},stored,{kind},{card.id},{origin.id}"
        return StoredAct(card, kind, amount, key, origin, reason, is_partial=True, buyer=self.partner_id, **vals)

    def _prepare_stored_conflict(self, kind, card, value, detail):
        return {**self._prepare_points_conflict(kind, card, 0, value), "detail": detail}

    # ------------------------------------------------------------------ paying
    def _prepare_stored_spends(self, faults):
        """Return the acts that take what cards paid; a named card pays for its holder only."""
        paid = defaultdict(float)
        for line in self.lines.filtered(lambda line: line.reward_id.program_id.stored_kind and not line.refunded_orderline_id):
            amount, card = -line._get_points_signed(), line.coupon_id
            if amount <= 0:
                continue
            root = card._points_root() if card else card
            is_own = (
                root
                and root.program_id == line.reward_id.program_id
                and (root.stored_kind == "bearer" or root.partner_id == self.partner_id)
            )
            if is_own:
                paid[root] += amount
            else:
                faults.append(self._prepare_stored_conflict("stored", root, amount, self.env._("The card is not the customer's.")))
        return [self._prepare_stored_act(card, "spend", self.currency_id.round(amount), self) for card, amount in paid.items()]

    # ------------------------------------------------------------------ going back
    def _prepare_stored_backs(self, programs):
        """Return the acts that undo what this return brings back: payments with a card, and top-ups."""
        given, undone = defaultdict(float), defaultdict(float)
        for line in self.lines.filtered("refunded_orderline_id"):
            sold = line.refunded_orderline_id
            if sold.reward_id.program_id.stored_kind and sold.coupon_id:
                given[sold.coupon_id._points_root(), sold.order_id] += line._get_points_signed()
            elif program := self._get_stored_program_of(sold, programs):
                card = self.env["loyalty.card"]._find_stored_card(program, sold.order_id.partner_id)
                undone[card, sold.order_id] -= line._get_points_signed()
        return [
            self._prepare_stored_act(card, kind, self.currency_id.round(amount), sale)
            for kind, amounts in (("give_back", given), ("take_back", undone))
            for (card, sale), amount in amounts.items()
            if card and amount > 0
        ]

    @staticmethod
    def _get_stored_program_of(line, programs):
        """Return the program whose top-up a line sells; bearer cards are sold with their codes, see `confirm_coupon_programs`."""
        if line.reward_id:
            return programs.browse()
        return programs.filtered(lambda program: line.product_id in program.trigger_product_ids and program.stored_kind == "named")[:1]

    # ------------------------------------------------------------------ topping up
    def _prepare_stored_top_ups(self, programs, faults):
        """Return the acts that top up the customer's named cards, as far as money was paid for it."""
        topped = defaultdict(float)
        for line in self.lines.filtered(lambda line: line.qty > 0 and not line.refunded_orderline_id):
            if (program := self._get_stored_program_of(line, programs)) and line._get_points_signed() > 0:
                topped[program] += line._get_points_signed()
        acts, money = [], self._get_stored_money()
        for program, wanted in topped.items():
            amount = self.currency_id.round(min(wanted, money))
            card = self._get_stored_card(program) if amount > 0 else self.env["loyalty.card"]
            missing = wanted if not card else wanted - amount
            if self.currency_id.compare_amounts(missing, 0) > 0:
                text = self.env._("No money was paid for it.") if self.partner_id else self.env._("There is no customer.")
                faults.append(self._prepare_stored_conflict("stored_rule", card, missing, text))
            if card:
                money -= amount
                acts.append(self._prepare_stored_act(card, "top_up", amount, self, **self._get_stored_payment(wanted)))
        return acts

    def _get_stored_card(self, program):
        """Return the card of the customer, made by the first top-up; a lost card is topped up, too, it only pays nothing."""
        cards = self.env["loyalty.card"]
        if not self.partner_id:
            return cards
        card = cards._find_stored_card(program, self.partner_id)
        vals = {"program_id": program.id, "partner_id": self.partner_id.id, "source_pos_order_id": self.id}
        return card or cards.with_context(loyalty_no_mail=True).create([vals])

    def _get_stored_money(self):
        """Return what was paid in money, with what a return is worth: neither a discount nor a card pays for a top-up."""
        returned = sum(line._get_points_signed() for line in self.lines.filtered("refunded_orderline_id"))
        return max(self.amount_total - returned, 0)

    def _get_stored_payment(self, total):
        """Return how a top-up was paid; what a return is worth earns no bonus."""
        is_return = bool(self.lines.refunded_orderline_id)
        is_cash = any(payment.payment_method_id.is_cash_count for payment in self.payment_ids)
        return {"total": total, "is_cash": is_cash, "bonus": 0.0 if is_return else None}

    def _post_stored_bearer(self, coupon_data):
        """Top up the bearer cards that this order sold, by the codes the till scanned, as far as the order paid for them."""
        self.ensure_one()
        order = self.sudo()  # sudo: as in _post_stored
        for vals in coupon_data.values():
            program = order.env["loyalty.program"].browse(vals["program_id"])
            code, amount = vals.get("code") or vals.get("barcode"), vals.get("points") or 0
            if program.stored_kind != "bearer" or amount <= 0:
                continue
            sold = sum(
                line._get_points_signed()
                for line in order.lines
                if line.product_id in program.trigger_product_ids and not line.reward_id and line.qty > 0
            )
            done = order.env["cosmetics.stored.batch"].search([("origin_model", "=", order._name), ("origin_id", "=", order.id)])
            rest = min(sold, order._get_stored_money()) - sum(done.mapped("principal_paid"))
            cards = order.env["loyalty.card"].with_context(loyalty_no_mail=True)
            card = cards.search([("code", "=", code), ("program_id", "=", program.id)]) if code else cards
            card = card or cards.create([{"program_id": program.id, "source_pos_order_id": order.id, **({"code": code} if code else {})}])
            if order.currency_id.compare_amounts(rest, 0) > 0:
                act = order._prepare_stored_act(card, "top_up", min(amount, rest), order, **order._get_stored_payment(sold))
                result = order.env["loyalty.card"]._stored_post([act])[0]
                if result.broken:
                    fault = order._prepare_stored_conflict("stored_rule", card, act.amount, " ".join(result.broken))
                    order.env["cosmetics.points.conflict"]._record([fault])

    # ------------------------------------------------------------------ asked by the till
    @api.model
    def check_stored_top_up(self, config_id, partner_id, products, is_cash):
        """Return why these top-ups may not be sold, an empty list when they may; the till asks before it takes the money.

        :param products: [[product, yuan]]
        """
        partners = self.env["res.partner"]
        partners._get_till_config(config_id)
        # sudo: what a card may hold is asked for who stands at the till; only sentences go out
        partner = partners.search([("id", "=", partner_id)]).sudo()
        cards, found = self.env["loyalty.card"].sudo(), []
        programs, topped = self.sudo()._get_stored_programs(), defaultdict(float)
        for product_id, amount in products:
            if program := next((one for one in programs if product_id in one.trigger_product_ids.ids), None):
                topped[program] += amount
        for program, amount in topped.items():
            if program.stored_kind == "named":
                card = cards._find_stored_card(program, partner)
                holder = card or cards.new({"program_id": program.id, "partner_id": partner.id, "code": "+"})
                found += holder._get_stored_refusals(card.points + amount + program._get_stored_bonus(amount), amount, is_cash, partner)
            else:
                card = cards.new({"program_id": program.id, "code": "+"})
                largest = max(value for product_id, value in products if product_id in program.trigger_product_ids.ids)
                found += card._get_stored_refusals(largest, amount, is_cash, partner)
        return found
