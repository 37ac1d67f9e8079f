"""What a platform or payment service has paid out, against the orders it belongs to."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import AccessError, UserError

from ..tools.settlement_line import KINDS

FROM_FILES = {"file_total", "repeated_total", "date_from", "date_to", "read_attachment_ids"}
OPEN_WHEN_CONFIRMED = {"state", "reopen_reason", "message_main_attachment_id", "activity_ids", "message_ids", "message_follower_ids"}


class CosmeticsSettlement(models.Model):
    """One payout period of one channel: its files, the lines read from them and what every order should have brought."""

    _name = "cosmetics.settlement"
    _description = "Settlement"
    _inherit = ["mail.thread", "mail.activity.mixin", "cosmetics.uploads.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True)
    channel_id = fields.Many2one(
        "cosmetics.channel", string="Sales Channel", required=True, index=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="From", readonly=True, help="Day of the first movement, in China.")
    date_to = fields.Date(string="Until", readonly=True, help="Day of the last movement, in China.")
    state = fields.Selection(
        [("draft", "Draft"), ("matched", "Matched"), ("confirmed", "Confirmed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    reopen_reason = fields.Char(copy=False, tracking=True, help="Why a confirmed settlement is opened again.")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, help="Payout files and bills as they were downloaded.")
    read_attachment_ids = fields.Many2many("ir.attachment", "cosmetics_settlement_read_rel", copy=False, readonly=True)
    line_ids = fields.One2many("cosmetics.settlement.line", "settlement_id", string="Lines")
    match_ids = fields.One2many("cosmetics.settlement.match", "settlement_id", string="Orders")
    # ------------------------------------------------------------------ the sums at the top
    file_total = fields.Monetary(string="Sum of the Files", readonly=True, copy=False)
    repeated_total = fields.Monetary(string="Read Before", readonly=True, copy=False, help="Movements an earlier file brought already.")
    sale_total = fields.Monetary(string="Sales", compute="_compute_totals", store=True)
    refund_total = fields.Monetary(string="Refunds", compute="_compute_totals", store=True)
    fee_total = fields.Monetary(string="Fees", compute="_compute_totals", store=True)
    payout_total = fields.Monetary(string="Payouts", compute="_compute_totals", store=True)
    adjust_total = fields.Monetary(string="Adjustments", compute="_compute_totals", store=True)
    file_difference = fields.Monetary(
        string="Files against Lines", compute="_compute_totals", store=True, help="What the files say less what the lines say: must be 0."
    )
    line_count = fields.Integer(compute="_compute_totals", store=True)
    open_count = fields.Integer(string="To Explain", compute="_compute_open_count")

    @api.depends("channel_id", "date_from", "date_to")
    def _compute_name(self):
        for settlement in self:
            days = [str(day) for day in (settlement.date_from, settlement.date_to) if day]
            settlement.name = " ".join(filter(None, [settlement.channel_id.name, " – ".join(dict.fromkeys(days))])) or self.env._("New")

    @api.depends("line_ids.amount", "line_ids.kind", "file_total", "repeated_total")
    def _compute_totals(self):
        """Sum the lines set-wise; the files hold what was read now and what was there before."""
        self.env["cosmetics.settlement.line"].flush_model()
        groups = self.env["cosmetics.settlement.line"]._read_group(
            [("settlement_id", "in", self.ids)], ["settlement_id", "kind"], ["amount:sum", "__count"]
        )
        sums = {(settlement.id, kind): (amount, count) for settlement, kind, amount, count in groups}
        for settlement in self:
            found = {kind: sums.get((settlement.id, kind), (0.0, 0)) for kind in KINDS}
            for kind in KINDS:
                settlement[f"{kind}_total"] = found[kind][0]
            total = sum(amount for amount, _count in found.values())
            settlement.line_count = sum(count for _amount, count in found.values())
            settlement.file_difference = settlement.file_total - settlement.repeated_total - total

    @api.depends("match_ids.explanation", "match_ids.difference", "match_ids.order_id")
    def _compute_open_count(self):
        groups = self.env["cosmetics.settlement.match"]._read_group(
            [("settlement_id", "in", self.ids), *self._get_open_domain()], ["settlement_id"], ["__count"]
        )
        counts = {settlement.id: count for settlement, count in groups}
        for settlement in self:
            settlement.open_count = counts.get(settlement.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """A settlement begins as an empty draft, whatever is sent."""
        empty = dict.fromkeys(FROM_FILES, False)
        settlements = super().create([{**vals, **empty, "state": "draft"} for vals in vals_list])
        settlements._check_files()
        return settlements

    def write(self, vals):
        """A confirmed settlement stays as it is; a reviewer or accountant opens it again, with a reason."""
        if not self.env.su and FROM_FILES & vals.keys():
            raise UserError(self.env._("The sums and days of a settlement come from its files. Add a file and read it."))
        if confirmed := self.filtered(lambda settlement: settlement.state == "confirmed"):
            if set(vals) - OPEN_WHEN_CONFIRMED:
                raise UserError(self.env._("%s is confirmed and stays as it is. Let an accountant reopen it.", confirmed[0].name))
            if vals.get("state", "confirmed") != "confirmed":
                self._check_may_reopen(vals)
        elif vals.get("state") == "confirmed":
            self._check_explained()
        res = super().write(vals)
        if {"attachment_ids", "channel_id"} & vals.keys():
            self._check_files()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if any(settlement.state == "confirmed" for settlement in self):
            raise UserError(self.env._("A confirmed settlement is not deleted. Let an accountant reopen it first."))

    def _check_may_reopen(self, vals):
        if not (self.env.su or self._is_settlement_reviewer()):
            raise AccessError(self.env._("Only an order reviewer or an accountant reopens a settlement. Ask one of them."))
        if not (vals.get("reopen_reason") or "").strip():
            raise UserError(self.env._("Say why the settlement is opened again, then reopen it."))

    def _check_explained(self):
        """Every difference has its explanation and the lines sum up to the files, under a lock: nobody adds a line meanwhile."""
        hold_rows(self)
        for settlement in self:
            if not settlement.line_count:
                raise UserError(self.env._("%s has no lines. Read its files first.", settlement.name))
            if settlement.currency_id.compare_amounts(settlement.file_difference, 0):
                raise UserError(self.env._("The lines of %s do not sum up to its files. Read the files again.", settlement.name))
            if settlement.open_count:
                raise UserError(
                    self.env._(
                        "%(count)s differences of %(name)s are not explained. Explain each, or accept what is suggested.",
                        count=settlement.open_count,
                        name=settlement.name,
                    )
                )

    def action_confirm(self):
        """Confirm, and tell the timeline of every order that is settled by it."""
        self.filtered(lambda settlement: settlement.state != "confirmed").write({"state": "confirmed", "reopen_reason": False})
        matches = self.match_ids.filtered(lambda match: match.order_id and match._get_order_state() == "settled")
        matches.order_id._record_event("settled")

    def action_accept_suggestions(self):
        """Take the suggested explanation wherever a difference has none."""
        for code, matches in self.match_ids.filtered(lambda match: match._is_open()).grouped("suggestion").items():
            matches.write({"explanation": code})

    def action_reopen(self):
        """Open a confirmed settlement again for the reason that was filled in."""
        for settlement in self:
            settlement.write({"state": "matched", "reopen_reason": settlement.reopen_reason})

    def action_open_lines(self):
        """Show the movements."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlement Lines"),
            "res_model": "cosmetics.settlement.line",
            "view_mode": "list,pivot",
            "domain": [("settlement_id", "in", self.ids)],
        }

    def _is_settlement_reviewer(self):
        groups = ("account.group_account_invoice", "cosmetics_sales.group_order_reviewer")
        return any(self.env.user.has_group(group) for group in groups)

    @api.model
    def _get_open_domain(self):
        """Return the domain of the orders of a settlement that need an explanation."""
        return [("explanation", "=", False), "|", ("difference", "!=", 0), ("order_id", "=", False)]

    def _prepare_settlement_entries(self):
        """Return what finance posts for confirmed settlements, one dict per settlement; nothing is posted here.

        Keys: settlement (record), journal (account.journal or empty), date (Date), currency, amounts {kind: signed float, from
        our side, a payout is negative}, orders [{order (record, may be empty), order_ref, kind, amount}] summed per order
        and kind. The amounts equal the sums of `orders`.
        """
        entries = []
        for settlement in self.filtered(lambda each: each.state == "confirmed"):
            groups = self.env["cosmetics.settlement.line"]._read_group(
                [("settlement_id", "=", settlement.id)], ["order_id", "order_ref", "kind"], ["amount:sum"]
            )
            entries.append(
                {
                    "settlement": settlement,
                    "journal": settlement.channel_id.settlement_journal_id,
                    "date": settlement.date_to,
                    "currency": settlement.currency_id,
                    "amounts": {kind: settlement[f"{kind}_total"] for kind in KINDS},
                    "orders": [
                        {"order": order, "order_ref": ref or "", "kind": kind, "amount": settlement.currency_id.round(amount)}
                        for order, ref, kind, amount in groups
                    ],
                }
            )
        return entries
