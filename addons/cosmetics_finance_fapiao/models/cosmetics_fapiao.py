from odoo import api, fields, models
from odoo.addons.l10n_cn_xian.tools.fapiao import normalize_fapiao
from odoo.exceptions import UserError, ValidationError

from ..tools.kinds import KINDS, SPECIAL, STATE_RANK, STATES

RED_REASONS = [("1", "Goods Returned"), ("2", "Issued by Mistake"), ("3", "Service Ended"), ("4", "Sales Allowance")]


class CosmeticsFapiao(models.Model):
    """A tax invoice (发票), issued or received. The tax platform issues it and makes its number; here it meets invoices and bills."""

    _name = "cosmetics.fapiao"
    _description = "Tax Invoice"
    _inherit = ["mail.thread", "cosmetics.counted.document"]
    _order = "day desc, number desc, id desc"
    _rec_name = "number"
    _rec_names_search = ("number", "seller_name", "buyer_name")

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    direction = fields.Selection([("issued", "Issued"), ("received", "Received")], required=True, index=True)
    number = fields.Char(required=True, tracking=True, help="20 digits; older ones: the code, a hyphen and 8 digits.")
    kind = fields.Selection(KINDS, required=True, default="digital_normal", tracking=True)
    is_special = fields.Boolean(string="Special Invoice", compute="_compute_is_special", store=True)
    state = fields.Selection(STATES, required=True, default="normal", tracking=True, index=True)
    day = fields.Date(string="Issued On", required=True, index=True)
    seller_name = fields.Char(string="Seller")
    seller_vat = fields.Char(string="Tax Number of the Seller", index=True)
    buyer_name = fields.Char(string="Buyer")
    buyer_vat = fields.Char(string="Tax Number of the Buyer", index=True)
    party_name = fields.Char(string="Other Side", compute="_compute_party_name")
    amount = fields.Monetary(string="Amount without Tax", required=True)
    tax = fields.Monetary()
    total = fields.Monetary(string="Total with Tax", compute="_compute_total", store=True)
    line_ids = fields.One2many("cosmetics.fapiao.line", "fapiao_id", string="Lines")
    remark = fields.Text()
    drawer = fields.Char(string="Issued by")
    origin_number = fields.Char(
        string="Reverses Invoice", help="Number of the invoice that this red letter reverses.", index="btree_not_null"
    )
    red_confirm_no = fields.Char(string="Confirmation of the Red Letter")
    red_reason = fields.Selection(RED_REASONS, string="Reason of the Red Letter")
    certified_month = fields.Date(
        string="Certified for", help="First day of the tax period in which the tax is deducted.", index="btree_not_null"
    )
    deductible_tax = fields.Monetary(help="Tax that is deducted; at most the tax of the invoice.")
    import_id = fields.Many2one("cosmetics.fapiao.import", string="Last Import", index="btree_not_null", readonly=True, ondelete="set null")
    link_ids = fields.One2many("cosmetics.fapiao.link", "fapiao_id", string="Invoices and Bills")
    matched = fields.Monetary(compute="_compute_matched", store=True)
    difference = fields.Monetary(compute="_compute_matched", store=True, help="What no invoice or bill stands for yet.")
    match_state = fields.Selection(
        [("open", "Not Matched"), ("partial", "Partly Matched"), ("matched", "Matched")],
        compute="_compute_matched",
        store=True,
        index=True,
    )
    proposed_move_id = fields.Many2one("account.move", string="Proposal", readonly=True, index="btree_not_null", ondelete="set null")
    proposal_reason = fields.Selection(
        [("number", "Names the Number"), ("amount_day", "Only One of This Amount"), ("nearest_day", "Several, the Nearest Day")],
        readonly=True,
    )

    _number_unique = models.UniqueIndex(
        "(company_id, number)", "This tax invoice is in the list already. Look for its number, for example 26612000000000012345."
    )
    _certified_first_day = models.Constraint(
        "CHECK(extract(day from certified_month) = 1)", "Enter the first day of the tax period, for example 2026-11-01."
    )

    @api.depends("kind")
    def _compute_is_special(self):
        for fapiao in self:
            fapiao.is_special = fapiao.kind in SPECIAL

    @api.depends("direction", "seller_name", "buyer_name")
    def _compute_party_name(self):
        for fapiao in self:
            fapiao.party_name = fapiao.buyer_name if fapiao.direction == "issued" else fapiao.seller_name

    @api.depends("amount", "tax")
    def _compute_total(self):
        for fapiao in self:
            fapiao.total = fapiao.amount + fapiao.tax

    @api.depends("total", "link_ids.amount")
    def _compute_matched(self):
        for fapiao in self:
            fapiao.matched = sum(fapiao.link_ids.mapped("amount"))
            fapiao.difference = fapiao.total - fapiao.matched
            is_done = fapiao.link_ids and fapiao.company_id.currency_id.is_zero(fapiao.difference)
            fapiao.match_state = "matched" if is_done else "partial" if fapiao.link_ids else "open"

    @api.constrains("number")
    def _check_number(self):
        for fapiao in self:
            if normalize_fapiao(fapiao.number) != fapiao.number or len(fapiao.number) == 8:
                raise ValidationError(
                    self.env._(
                        "%(number)s is not the whole number of a tax invoice. Enter the 20 digits (for example 26612000000000012345), or"
                        " the code and the 8 digits of an older one (for example 6100231130-01234567).",
                        number=fapiao.number,
                    )
                )

    @api.constrains("certified_month", "deductible_tax", "kind", "direction", "state")
    def _check_certified(self):
        """Only a general taxpayer deducts, and only a valid special invoice that was received; tickets are certified as other."""
        for fapiao in self.filtered("certified_month"):
            if fapiao.direction != "received" or not (fapiao.is_special or fapiao.kind == "other"):
                raise ValidationError(
                    self.env._("Invoice %s is no special invoice that was received: its tax is not deductible.", fapiao.number)
                )
            if fapiao.company_id.vat_taxpayer_kind != "general":
                raise ValidationError(
                    self.env._("%s is a small-scale taxpayer and deducts no tax. Leave the month empty.", fapiao.company_id.name)
                )
            if fapiao.currency_id.compare_amounts(abs(fapiao.deductible_tax), abs(fapiao.tax)) > 0:
                raise ValidationError(
                    self.env._("Invoice %s has less tax than is to be deducted. Enter at most the tax of the invoice.", fapiao.number)
                )

    @api.constrains("amount", "tax", "state")
    def _check_links(self):
        """What it stands for still fits when it is corrected, or valid again."""
        self.link_ids._check_amounts()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalize_vals(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalize_vals(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for fapiao in self:
            if fapiao.link_ids or fapiao.certified_month:
                raise UserError(
                    self.env._("Invoice %s stands for an invoice or a deduction. Undo that first; a wrong one is reversed.", fapiao.number)
                )

    @api.model
    def _normalize_vals(self, vals):
        """Return vals with the number and tax numbers as they are stored."""
        vals = dict(vals)
        if vals.get("number"):
            vals["number"] = normalize_fapiao(vals["number"]) or vals["number"].strip()
        for name in ("seller_vat", "buyer_vat"):
            if vals.get(name):
                vals[name] = vals[name].strip().upper()
        return vals

    def action_open_moves(self):
        """Open the invoices or bills that this one stands for."""
        self.ensure_one()
        moves = self.link_ids.move_id
        action = {"type": "ir.actions.act_window", "res_model": "account.move", "name": self.number}
        if len(moves) == 1:
            return {**action, "view_mode": "form", "res_id": moves.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", moves.ids)]}

    def _is_newer_state(self, state):
        """Tell whether a state lies after the present one: an older file brings no reversed invoice back."""
        return STATE_RANK[state] > STATE_RANK[self.state]
