"""Orders are reviewed before they are confirmed: what is found, who must approve, and the gate before the state of an order."""

import hashlib

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from ..tools import review
from ..tools.still_there import still_there

# What a reviewer has seen of an order. Whoever changes it withdraws the approval; every other field stays writable.
REVIEWED_FIELDS = frozenset(
    {
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "pricelist_id",
        "payment_term_id",
        "company_id",
        "channel_id",
        "order_line",
        "receiver_name",
        "receiver_phone",
        "receiver_district_id",
        "receiver_street",
        "receiver_address",
    }
)
# What moves something a reviewer has seen without being it: the channel follows the team, the price list the channel.
INDIRECT_FIELDS = frozenset({"team_id", "user_id", "fiscal_position_id", "currency_id", "date_order"})
# Written by the review alone: over RPC they would be an approval without an approver.
MACHINE_FIELDS = frozenset(
    {
        "review_state",
        "review_fingerprint",
        "review_discount",
        "review_amount",
        "review_free_amount",
        "review_author_ids",
        "review_note",
        "review_reason",
        "is_first_order",
        "finding_ids",
        "review_ids",
        "validation_status",
    }
)
NO_NOTE = {"review_note": False, "review_reason": False}


class SaleOrder(models.Model):
    _inherit = "sale.order"
    # The form has buttons of its own, which also work on a phone.
    _tier_validation_manual_config = True

    review_state = fields.Selection(
        [
            ("none", "Not Reviewed"),
            ("passed", "Passed"),
            ("warned", "Passed with Warnings"),
            ("blocked", "Blocked"),
            ("approval", "Waiting for Approval"),
        ],
        string="Review",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    finding_ids = fields.One2many("cosmetics.review.finding", "order_id", string="Findings", readonly=True, copy=False)
    review_fingerprint = fields.Char(readonly=True, copy=False, groups="base.group_system")
    review_discount = fields.Float(
        string="Discount (%)",
        readonly=True,
        copy=False,
        digits=(6, 2),
        help="What the order gives away of its usual price: the highest of one line, or of the whole order.",
    )
    review_amount = fields.Float(
        string="Amount in Company Currency", readonly=True, copy=False, digits="Product Price", help="Total with tax at the last review."
    )
    review_free_amount = fields.Float(
        string="Given Away by Hand",
        readonly=True,
        copy=False,
        digits="Product Price",
        help="Usual price of the goods on the order that cost nothing and that no promotion gives, in the currency of the company.",
    )
    is_first_order = fields.Boolean(string="First Order", readonly=True, copy=False, help="The customer has no other confirmed order.")
    review_note = fields.Char(string="Why It Stays, as First Told", readonly=True, copy=False, help="Why the order was not confirmed.")
    review_reason = fields.Json(readonly=True, copy=False, help="What the note is made of: findings, approval nodes, or the allocation.")
    review_sentence = fields.Text(
        string="Why It Stays",
        compute="_compute_review_sentence",
        help="Why the order was not confirmed, in the language of the reader.",
    )
    review_author_ids = fields.Many2many(
        "res.users",
        "sale_order_review_author_rel",
        string="Changed by",
        readonly=True,
        copy=False,
        help="Who changed prices, quantities, lines or the customer: they cannot approve the order.",
    )

    @api.depends("review_reason", "review_note", "allocation_sentence", "finding_ids.message")
    @api.depends_context("lang")
    def _compute_review_sentence(self):
        for order in self:
            reason = order.review_reason or {}
            told = order.allocation_sentence if reason.get("allocation") else order._render_review(reason)
            order.review_sentence = told or order.review_note

    # ------------------------------------------------------------------ gates
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | MACHINE_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create([{name: value for name, value in vals.items() if name not in MACHINE_FIELDS} for vals in vals_list])
        orders.filtered(lambda order: order.state == "sale")._check_review_gate()
        return orders

    def unlink(self):
        self.check_access("unlink")
        # sudo: approvals are nobody's to delete, but they go with their quotation
        self.sudo().review_ids.unlink()
        return super().unlink()

    def write(self, vals):
        if MACHINE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(self.env._("What a review found is written by the review alone. Review the order again."))
        reviewed = {name: value for name, value in vals.items() if name in REVIEWED_FIELDS}
        if reviewed and vals.get("state") == "sale":
            # The change first, or it would slip in behind the review.
            self.write(reviewed)
            vals = {name: value for name, value in vals.items() if name not in reviewed}
        res = super().write(vals)
        if reviewed:
            self._after_review_change()
        elif INDIRECT_FIELDS & vals.keys():
            self._after_indirect_change()
        return res

    def _tier_validation_check_state_on_write(self, vals):
        """Every path to a confirmed order ends here: buttons, RPC, signature, payment, till. Approvals are part of the review."""
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._check_review_gate()

    def _tier_validation_check_write_allowed(self, vals):
        """An order under approval stays writable, or no job could set its warehouse: who changes what was approved withdraws it."""

    def _tier_validation_check_write_remove_reviews(self, vals):
        """Cancelled, or a quotation again: what was found and approved is history."""
        res = super(SaleOrder, self.sudo())._tier_validation_check_write_remove_reviews(vals)
        if vals.get("state") in ("cancel", "draft"):
            gone = self.sudo().filtered(lambda order: order.state != vals["state"] and order.review_state != "none")
            gone.finding_ids.unlink()
            gone.with_context(tracking_disable=True).write({"review_state": "none", "review_fingerprint": False, **NO_NOTE})
        return res

    def _check_review_gate(self):
        """Raise unless each of these orders may be confirmed now."""
        asked = self - self._get_review_exempt()
        stopped = asked - asked._judge()
        if stopped:
            raise UserError(
                self.env._(
                    "Not confirmed:\n%(reasons)s\nPress Review to put the order before a reviewer.",
                    reasons="\n".join(f"{order.name}: {order.review_sentence}" for order in stopped),
                )
            )

    def _check_confirmed_change(self):
        """Raise when confirmed orders, changed for the worse, are now such that somebody has to approve them."""
        if not self:
            return
        # sudo: nodes and figures bind whoever sells
        judged = self.sudo().with_context(tracking_disable=True)
        judged._write_review_figures(judged._get_review_facts())
        for order, nodes in judged._get_approval_nodes().items():
            if nodes - order._get_given_approvals():
                raise UserError(
                    self.env._(
                        "%(order)s is confirmed, and this change needs an approval (%(nodes)s). Cancel it, set it back to quotation, "
                        "change it there and have it approved, or enter the rest as another order.",
                        order=order.name,
                        nodes=format_list(self.env, nodes.mapped("name")),
                    )
                )

    # ------------------------------------------------------------------ review
    def _review(self):
        """Evaluate every active rule on these orders, store what was found, and return the orders that may be confirmed now.

        Orders that are not quotations are returned as they are. Asks for the approvals the nodes demand.
        """
        orders = self._get_quotations()
        return self - (orders - orders._judge())

    def _judge(self):
        """Review these orders whatever their state, and return those that may be confirmed."""
        if not self:
            return self
        orders = self
        # sudo: what a customer owes, what goods cost and the orders of colleagues are judged for the salesperson, never shown.
        judged = orders.sudo().with_context(tracking_disable=True, lang=orders._get_review_lang())
        self.env.flush_all()
        rules = self.env["cosmetics.review.rule"]._get_active_rules()
        facts = judged._get_review_facts()
        judged._write_review_figures(facts)
        found = review.decide(rules, facts, judged._get_review_others(facts, rules))
        judged._store_findings(found)
        judged._request_approvals()
        judged._update_review_state()
        allowed = judged.filtered(lambda order: order.review_state in ("passed", "warned"))
        return self.browse(allowed.ids)

    def _get_review_exempt(self):
        """Return orders that must become orders whatever a review says, because money and goods have changed hands already."""
        return self.browse()

    def _get_review_lang(self):
        """Return the language of stored sentences: that of the reader at work, of the company when a job runs."""
        return self.company_id[:1].partner_id.lang if self.env.uid == SUPERUSER_ID else self.env.lang

    def _write_review_figures(self, facts):
        orders = {order.id: order for order in self}
        for fact in facts:
            order = orders[fact.order_id]
            vals = {
                "review_amount": round(fact.amount, 2),
                "review_discount": review.given_away(fact.lines),
                "review_free_amount": review.free_worth(fact.lines),
                "is_first_order": fact.is_first,
                "review_fingerprint": order._get_fingerprint(),
            }
            changed = {name: value for name, value in vals.items() if order[name] != value}
            if changed:
                order.write(changed)

    def _store_findings(self, found):
        """Keep one row for each finding; what was waived stays waived as long as the order is the one that was waived."""
        findings = self.env["cosmetics.review.finding"]
        there = {(finding.order_id.id, finding.rule_id.id): finding for finding in findings.search([("order_id", "in", self.ids)])}
        new = []
        for hit in found:
            sentence = findings._get_sentence(hit.rule.kind, hit.figures)
            vals = {"level": hit.rule.level, "sentence": sentence, "figures": hit.figures}
            finding = there.pop((hit.order_id, hit.rule.id), None)
            if finding is None:
                new.append({"order_id": hit.order_id, "rule_id": hit.rule.id, **vals})
                continue
            if finding.waived_by_id and finding.waived_fingerprint != finding.order_id.review_fingerprint:
                vals.update(waived_by_id=False, waived_at=False, waived_reason=False, waived_fingerprint=False)
            changed = {name: value for name, value in vals.items() if finding[name] != value}
            if changed:
                finding.write(changed)
        findings.union(*there.values()).unlink()
        findings.create(new)

    def _update_review_state(self):
        """Write what findings and approvals add up to."""
        nodes = self._get_approval_nodes()
        by_state = {}
        for order in self:
            findings = order.finding_ids.filtered(lambda finding: not finding.waived_by_id)
            if "block" in findings.mapped("level"):
                state = "blocked"
            elif nodes[order] - order._get_given_approvals():
                state = "approval"
            else:
                state = "warned" if findings else "passed"
            if order.review_state != state:
                by_state[state] = by_state.get(state, self.browse()) | order
        for state, orders in by_state.items():
            orders.write({"review_state": state})
        stopped = self.filtered(lambda order: order.review_state in ("blocked", "approval"))
        for order in self:
            vals = order._prepare_review_note(nodes[order]) if order in stopped else NO_NOTE
            if any((order[name] or False) != value for name, value in vals.items()):
                order.write(vals)
        self.browse().union(*by_state.values()).filtered(lambda order: order in stopped)._record_review()

    def _record_review(self):
        """Put on the timeline why these orders wait."""
        self._record_event("review", sentence={order.id: order.review_note for order in self})

    def _after_review_change(self):
        """Orders have changed: whoever changed them cannot approve them, and what was approved or waived is so no longer."""
        orders = self.filtered(lambda order: order.state in ("draft", "sent")).sudo().with_context(tracking_disable=True)
        for order in orders:
            user = self.env.user
            if user.id != SUPERUSER_ID and user not in order.create_uid | order.user_id | order.review_author_ids:
                order.write({"review_author_ids": [fields.Command.link(user.id)]})
            if order.review_fingerprint and order.review_fingerprint != order._get_fingerprint():
                order._withdraw_review()

    def _after_indirect_change(self):
        """Something was written that may have moved what a reviewer has seen: where it did, it counts like a change of that."""
        reviewed = self.filtered(lambda order: order.state in ("draft", "sent")).sudo().filtered("review_fingerprint")
        changed = reviewed.filtered(lambda order: order.review_fingerprint != order._get_fingerprint())
        self.browse(changed.ids)._after_review_change()

    def _withdraw_review(self):
        """Take back approvals and waivers of this order; the log says so when there was something to take back."""
        self.ensure_one()
        waived = self.finding_ids.filtered("waived_by_id")
        lost = waived or self.review_ids.filtered(lambda tier: tier.status in ("approved", "rejected"))
        self.review_ids.unlink()
        waived.write({"waived_by_id": False, "waived_at": False, "waived_reason": False, "waived_fingerprint": False})
        self.write({"review_state": "none", "review_fingerprint": False})
        if lost:
            self.message_post(body=self.env._("The order has changed: approvals and waived findings no longer hold. Review it again."))

    # ------------------------------------------------------------------ helpers
    def _get_fingerprint(self):
        """Return a text that changes with everything a reviewer has seen: customer, addresses, terms, lines, prices."""
        self.ensure_one()
        head = [
            self.partner_id.id,
            self.partner_invoice_id.id,
            self.partner_shipping_id.id,
            self.pricelist_id.id,
            self.payment_term_id.id,
            self.company_id.id,
            self.channel_id.id,
            self.receiver_name or "",
            self.receiver_phone or "",
            self.receiver_district_id.id,
            self.receiver_street or "",
            self.receiver_address or "",
        ]
        lines = sorted(
            (
                line.product_id.id,
                line.product_uom_id.id,
                round(line.product_uom_qty, 6),
                round(line.price_unit, 6),
                round(line.discount or 0.0, 4),
                sorted(line.tax_ids.ids),
                bool(line.is_gift),
            )
            for line in self.order_line
            if line.product_id and not line.is_downpayment
        )
        return hashlib.sha256(repr((head, lines)).encode()).hexdigest()

    def _prepare_review_note(self, nodes):
        """Return the values that say why this order may not be confirmed; ``nodes`` are those it has to pass."""
        self.ensure_one()
        findings = self.finding_ids.filtered(lambda finding: finding.level == "block" and not finding.waived_by_id)
        reason = {"findings": findings.ids, "nodes": (nodes - self._get_given_approvals()).ids}
        return {"review_reason": reason, "review_note": self._render_review(reason)}

    def _render_review(self, reason):
        """Return why the order may not be confirmed, in one line and the language of the environment; empty without a reason."""
        self.ensure_one()
        stopping = self.finding_ids.filtered(lambda finding: finding.id in reason.get("findings", ()))
        sentences = stopping.mapped("message")
        # sudo: the names of those who are asked, whoever reads; a node may be gone
        nodes = still_there(self.env["tier.definition"].sudo().browse(reason.get("nodes", ())))
        if nodes:
            sentences.append(self.env._("Needs an approval: %(nodes)s.", nodes=format_list(self.env, nodes.mapped("name"))))
        return " ".join(sentences)
