"""One order in a settlement: what it should bring and what it brought."""

from odoo import api, fields, models
from odoo.exceptions import UserError

EXPLANATIONS = [
    ("fee", "Fee Rate Differs"),
    ("refund", "Partial Refund"),
    ("pending", "Not Yet Settled in Full"),
    ("unknown", "Unknown Order"),
    ("duplicate", "Duplicate Line"),
    ("rounding", "Rounding"),
    ("other", "Other"),
]
ROUNDING = 0.05
EXPLAINING = {"explanation", "note"}


class CosmeticsSettlementMatch(models.Model):
    """Expected and received money of one order number, counted over all settlements up to this one."""

    _name = "cosmetics.settlement.match"
    _description = "Order in a Settlement"
    _order = "settlement_id, order_ref, id"
    _rec_name = "order_ref"

    settlement_id = fields.Many2one("cosmetics.settlement", required=True, index=True, ondelete="cascade")
    channel_id = fields.Many2one(related="settlement_id.channel_id", store=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="settlement_id.state", store=True)
    date_to = fields.Date(related="settlement_id.date_to", store=True)
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="restrict")
    order_ref = fields.Char(string="Order Number", required=True)
    receivable = fields.Monetary(help="What the order should bring before fees.")
    expected_refund = fields.Monetary(string="Refunds Known", help="After-sales and credit notes of the order.")
    expected_fee = fields.Monetary(string="Fees Expected", help="By the fees of the channel.")
    received_sale = fields.Monetary(string="Received")
    received_refund = fields.Monetary(string="Refunds Taken")
    received_fee = fields.Monetary(string="Fees Taken")
    received_adjust = fields.Monetary(string="Adjusted")
    expected_total = fields.Monetary(string="Should Bring", compute="_compute_sides", help="What is due less refunds and fees.")
    received_total = fields.Monetary(string="Has Brought", compute="_compute_sides", help="All that came in so far less what was taken.")
    difference = fields.Monetary(help="Received in all less expected in all; 0 is as it should be.")
    difference_sentence = fields.Text(string="What Differs", compute="_compute_difference_sentence")
    suggestion = fields.Selection(EXPLANATIONS, string="Probable Reason")
    explanation = fields.Selection(EXPLANATIONS)
    note = fields.Char(help="What the clerk found out.")

    _order_uniq = models.UniqueIndex("(settlement_id, order_ref)", "This order is in the settlement already.")

    @api.depends("receivable", "expected_refund", "expected_fee", "received_sale", "received_refund", "received_fee", "received_adjust")
    def _compute_sides(self):
        for match in self:
            match.expected_total = match.receivable - match.expected_refund - match.expected_fee
            match.received_total = match.received_sale + match.received_refund + match.received_fee + match.received_adjust

    @api.depends("order_id", "expected_total", "received_total", "currency_id")
    @api.depends_context("lang")
    def _compute_difference_sentence(self):
        for match in self:
            match.difference_sentence = match._get_difference_sentence()

    @api.model_create_multi
    def create(self, vals_list):
        matches = super().create(vals_list)
        matches._check_open()
        return matches

    def write(self, vals):
        """People explain; what came in and what should have come in is counted, not typed."""
        self._check_open()
        if not self.env.su and not vals.keys() <= EXPLAINING:
            raise UserError(self.env._("The amounts of a settlement are counted from its files. Explain a difference, or match again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self._check_open()

    def _check_open(self):
        if any(settlement.state == "confirmed" for settlement in self.settlement_id):
            raise UserError(self.env._("The orders of a confirmed settlement stay as they are. Let an accountant reopen it."))

    def _get_difference_parts(self):
        """Return [(kind, came in, should have come in)] where both differ, signed from our side; the gaps sum to the difference."""
        self.ensure_one()
        sides = (
            ("sale", self.received_sale, self.receivable),
            ("refund", self.received_refund, -self.expected_refund),
            ("fee", self.received_fee, -self.expected_fee),
            ("adjust", self.received_adjust, 0.0),
        )
        return [side for side in sides if self.currency_id.compare_amounts(side[1], side[2])]

    def _get_difference_sentence(self):
        """Return what differs in words, False when nothing does."""
        if not self.order_id:
            return self.env._("No order of this shop has this number.")
        words = {
            "sale": self.env._("%(came).2f came in, %(due).2f is due"),
            "refund": self.env._("%(came).2f given back, %(due).2f by the after-sales"),
            "fee": self.env._("fees %(came).2f, by the rules %(due).2f"),
            "adjust": self.env._("adjusted by %(came).2f"),
        }
        parts = self._get_difference_parts()
        signs = {"refund": -1, "fee": -1}
        told = [words[kind] % {"came": signs.get(kind, 1) * came + 0.0, "due": signs.get(kind, 1) * due + 0.0} for kind, came, due in parts]
        return "\n".join(told) if told and self.currency_id.compare_amounts(self.difference, 0) else False

    def _is_open(self):
        return not self.explanation and (not self.order_id or bool(self.currency_id.compare_amounts(self.difference, 0)))

    def _get_order_state(self):
        """Return the settlement state of the order whose last settlement this is."""
        self.ensure_one()
        if not self.currency_id.compare_amounts(self.difference, 0):
            return "settled"
        if (self.explanation or self.suggestion) == "pending":
            return "partial"
        return "settled" if self.state == "confirmed" and self.explanation else "difference"

    @api.model
    def _rebuild(self, settlement):
        """Count again what each order of the settlement brought; explanations of the clerk stay."""
        lines = self.env["cosmetics.settlement.line"]
        groups = lines._read_group(
            [("settlement_id", "=", settlement.id), ("order_ref", "not in", (False, ""))], ["order_ref"], ["order_id:recordset"]
        )
        orders = dict(groups)
        every = settlement.env["sale.order"].union(*orders.values()) if orders else self.env["sale.order"]
        expected, received = self._get_expected(every, settlement.channel_id), self._get_received(settlement, every, list(orders))
        known = {match.order_ref: match for match in settlement.match_ids}
        fresh = []
        for ref, order in orders.items():
            vals = self._prepare_vals(settlement, ref, order, expected.get(order.id), received[order.id or ref])
            if ref in known:
                known[ref].sudo().write(vals)  # sudo: counted from the lines, nobody types it
            else:
                fresh.append(vals)
        self.sudo().create(fresh)  # sudo: as above

    def _prepare_vals(self, settlement, ref, order, expected, received):
        receivable, refund, fee = expected or (0.0, 0.0, 0.0)
        total = sum(amount for kind, amount in received.items() if kind != "payout")
        difference = settlement.currency_id.round(total - (receivable - refund - fee)) if order else settlement.currency_id.round(total)
        vals = {
            "settlement_id": settlement.id,
            "order_ref": ref,
            "order_id": order.id,
            "receivable": receivable,
            "expected_refund": refund,
            "expected_fee": fee,
            "difference": difference,
            **{f"received_{kind}": received.get(kind, 0.0) for kind in ("sale", "refund", "fee", "adjust")},
        }
        return {**vals, "suggestion": self._suggest(vals, settlement.currency_id)}

    @api.model
    def _suggest(self, vals, currency):
        """Return the likely reason of a difference: the part of the sum that alone explains it."""
        if not vals["order_id"]:
            return "unknown"
        if currency.is_zero(vals["difference"]):
            return False
        if abs(vals["difference"]) <= ROUNDING:
            return "rounding"
        if not currency.compare_amounts(vals["received_sale"], 2 * vals["receivable"]):
            return "duplicate"
        if currency.compare_amounts(vals["received_sale"], vals["receivable"]) < 0:
            return "pending"
        if currency.compare_amounts(-vals["received_refund"], vals["expected_refund"]) > 0:
            return "refund"
        return "fee" if currency.compare_amounts(-vals["received_fee"], vals["expected_fee"]) else "other"

    def _get_received(self, settlement, orders, refs):
        """Return {order id, or number without an order: {kind: amount}} over all settlements so far."""
        lines = self.env["cosmetics.settlement.line"]
        received = {key: {} for key in [*orders.ids, *refs]}
        for order, kind, amount in lines._read_group([("order_id", "in", orders.ids)], ["order_id", "kind"], ["amount:sum"]):
            received[order.id][kind] = amount
        loose = [("settlement_id", "=", settlement.id), ("order_id", "=", False), ("order_ref", "in", refs)]
        for ref, kind, amount in lines._read_group(loose, ["order_ref", "kind"], ["amount:sum"]):
            received[ref][kind] = amount
        return received

    def _get_expected(self, orders, channel):
        """Return {order id: (receivable, refunds, fees)}, all positive."""
        refunds = self._get_expected_refunds(orders)
        expected = {}
        for order in orders:
            day = fields.Date.context_today(order.with_context(tz="Asia/Shanghai"), order.channel_paid_at or order.date_order)
            back = refunds.get(order.id, 0.0)
            fee = channel.fee_ids._get_expected_fee(order, day, back)
            expected[order.id] = (order.channel_amount_receivable or order.amount_total, back, fee)
        return expected

    def _get_expected_refunds(self, orders):
        """Return {order id: amount} of what was given back; an override adds other ways of giving money back."""
        cases = self.env["cosmetics.aftersale"].sudo()  # sudo: only sums are read; an accountant need not see each case
        domain = [("order_id", "in", orders.ids), ("state", "=", "done")]
        return {order.id: amount for order, amount in cases._read_group(domain, ["order_id"], ["refund_amount:sum"])}
