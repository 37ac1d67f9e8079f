"""A vendor bill is matched with order and receipt before it is posted."""

import hashlib

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import bill_match

MACHINE_FIELDS = frozenset({"match_released_id", "match_released_at", "match_reason", "match_fingerprint", "match_author_ids"})
# What a match compares of a line.
LINE_FIELDS = frozenset({"quantity", "price_unit", "discount", "purchase_line_id", "product_uom_id", "move_id"})


class AccountMove(models.Model):
    _inherit = "account.move"

    match_note = fields.Text(
        string="Why the Bill Is Held",
        compute="_compute_match_note",
        help="Where the bill says more than the order and the receipt. It is posted once somebody else has released it.",
    )
    match_released_id = fields.Many2one("res.users", string="Released By", readonly=True, copy=False)
    match_released_at = fields.Datetime(string="Released On", readonly=True, copy=False)
    match_reason = fields.Char(string="Reason for the Release", readonly=True, copy=False)
    match_author_ids = fields.Many2many(
        "res.users",
        "account_move_match_author_rel",
        string="Bill Changed By",
        readonly=True,
        copy=False,
        help="Who changed prices or quantities of the bill: they do not release it.",
    )
    match_fingerprint = fields.Char(readonly=True, copy=False, groups="base.group_system", help="The differences that were released.")

    @api.depends(
        "state",
        "move_type",
        "invoice_line_ids.quantity",
        "invoice_line_ids.price_unit",
        "invoice_line_ids.discount",
        "invoice_line_ids.purchase_line_id",
        "invoice_line_ids.product_uom_id",
        "match_released_id",
    )
    @api.depends_context("lang")
    def _compute_match_note(self):
        for move in self:
            move.match_note = "\n".join(move._get_match_sentences()) if move.state == "draft" and not move._is_match_released() else False

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | MACHINE_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: value for name, value in vals.items() if name not in MACHINE_FIELDS} for vals in vals_list])

    def write(self, vals):
        if MACHINE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(self.env._("A held bill is released with the button Release, by somebody who did not enter it."))
        return super().write(vals)

    def _post(self, soft=True):
        """Every path to a posted bill ends here."""
        for move in self.filtered(lambda move: move.move_type == "in_invoice"):
            sentences = [] if move._is_match_released() else move._get_match_sentences()
            if sentences:
                raise UserError(
                    self.env._(
                        "The bill is held:\n%(differences)s\nCorrect it, or have it released by somebody else (button Release).",
                        differences="\n".join(sentences),
                    )
                )
        return super()._post(soft=soft)

    def action_match_release(self):
        """Ask for the reason of the release."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release Bill"),
            "res_model": "cosmetics.bill.release",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    # ------------------------------------------------------------------ helpers
    def _release_match(self, reason):
        """Release the differences of this bill; whoever entered or changed it does not.

        :raises AccessError: for who may not release bills, or had a hand in this one.
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not user.has_group("cosmetics_inventory_purchase.group_bill_release"):
            raise AccessError(self.env._("You may not release bills. Ask somebody with the right Release of Held Bills."))
        # sudo: authors are known whoever asks, and releasing needs no right to write bills
        move = self.sudo()
        if user in move.create_uid | move.match_author_ids | move.invoice_line_ids.create_uid:
            raise AccessError(self.env._("Nobody releases a bill that one entered or changed. Ask somebody else."))
        move.write(
            {
                "match_released_id": user.id,
                "match_released_at": fields.Datetime.now(),
                "match_reason": reason,
                "match_fingerprint": move._get_match_fingerprint(),
            }
        )
        move.message_post(
            body=self.env._("%(user)s released the differences of the bill: %(reason)s", user=user.name, reason=reason),
            author_id=user.partner_id.id,
        )

    def _add_match_author(self):
        """Remember who changes draft bills; who entered them is known."""
        user = self.env.user
        # sudo: written for whoever changes the bill, who cannot write it otherwise
        for move in self.sudo():
            if move.move_type == "in_invoice" and move.state == "draft" and user not in move.create_uid | move.match_author_ids:
                move.write({"match_author_ids": [Command.link(user.id)]})

    def _is_match_released(self):
        """Tell if what differs now is what was released."""
        self.ensure_one()
        move = self.sudo()
        return bool(move.match_released_id) and move.match_fingerprint == move._get_match_fingerprint()

    def _get_match_fingerprint(self):
        self.ensure_one()
        seen = [self.partner_id.id, self.currency_id.id]
        facts = self._get_match_facts()
        lines = sorted((line.id, round(fact.billed, 6), round(fact.billed_price, 6)) for line, fact in facts.items())
        return hashlib.sha256(repr((seen, lines)).encode()).hexdigest()

    def _get_match_facts(self):
        """Return {purchase line: :class:`tools.bill_match.Line`} of what this bill takes from orders."""
        facts = {}
        # sudo: who enters bills need not read receipts
        billed = self.sudo().invoice_line_ids.filtered(lambda line: line.purchase_line_id.product_id and line.quantity > 0)
        for line, bills in billed.grouped("purchase_line_id").items():
            by_order = line.product_id.purchase_method == "purchase"
            day = self.invoice_date or self.date or fields.Date.context_today(self)
            prices = [
                bill.currency_id._convert(
                    bill.product_uom_id._compute_price(bill.price_unit * (1 - (bill.discount or 0.0) / 100), line.product_uom_id),
                    line.currency_id,
                    self.company_id,
                    day,
                    round=False,
                )
                for bill in bills
            ]
            facts[line] = bill_match.Line(
                billable=line.product_qty if by_order else line.qty_received,
                billed=line.qty_invoiced,
                ordered_price=line.price_unit * (1 - (line.discount or 0.0) / 100),
                billed_price=max(prices),
            )
        return facts

    def _get_match_sentences(self):
        """Return one sentence for each difference that holds this bill."""
        self.ensure_one()
        if self.move_type != "in_invoice":
            return []
        sentences = []
        for line, fact in self._get_match_facts().items():
            wrong = bill_match.compare(fact, self.company_id.bill_price_tolerance)
            about = {"order": line.order_id.name, "product": line.product_id.display_name}
            if "quantity" in wrong:
                sentences.append(
                    self.env._(
                        "%(order)s, %(product)s: %(billed)g billed in all, %(received)g received.",
                        billed=fact.billed,
                        received=fact.billable,
                        **about,
                    )
                )
            if "price" in wrong:
                sentences.append(
                    self.env._(
                        "%(order)s, %(product)s: billed at %(billed).2f, ordered at %(ordered).2f.",
                        billed=fact.billed_price,
                        ordered=fact.ordered_price,
                        **about,
                    )
                )
        return sentences


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        if not LINE_FIELDS & vals.keys():
            return super().write(vals)
        moves = self.move_id
        res = super().write(vals)
        (moves | self.move_id)._add_match_author()
        return res
