"""A confirmed settlement becomes an entry: it pays invoices of its orders, fees await the platform's bill, payouts are on their way."""

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_sales.models.cosmetics_settlement_read import CHINA_OFFSET
from odoo.exceptions import AccessError, UserError

FEE_ACCOUNT = "xian_account_560104"
OF_ORDERS = ("sale", "refund")


class CosmeticsSettlement(models.Model):
    _inherit = "cosmetics.settlement"

    move_ids = fields.One2many("account.move", "settlement_id", string="Entries", groups="account.group_account_readonly")
    posted_move_id = fields.Many2one(
        "account.move", string="Entry", compute="_compute_posted_move_id", groups="account.group_account_readonly"
    )

    @api.depends("move_ids.state", "move_ids.reversal_move_ids")
    def _compute_posted_move_id(self):
        for settlement in self:
            settlement.posted_move_id = settlement._get_live_moves()[:1]

    def write(self, vals):
        """A settlement that is opened again takes its entry back: what it says is no longer settled."""
        reopened = self.browse()
        if vals.get("state", "confirmed") != "confirmed":
            reopened = self.filtered(lambda settlement: settlement.state == "confirmed")
        res = super().write(vals)
        # sudo: a reviewer may reopen without rights to the books, where the entry must not outlive what it says.
        moves = reopened.sudo()._get_live_moves()
        if moves:
            today = fields.Date.context_today(self)
            moves._reverse_moves([{"date": max(today, move.date), "ref": move.name} for move in moves], cancel=True)
        return res

    def action_post(self):
        """Post confirmed settlements, each once, and reconcile the invoices of their orders."""
        if not self.env.user.has_group("cosmetics_finance.group_accountant"):
            raise AccessError(self.env._("Only an accountant posts settlements. Ask one."))
        self.check_access("write")
        # Two people at once: the second waits, and finds the entry of the first.
        hold_rows(self)
        for settlement in self:
            if settlement.state != "confirmed":
                raise UserError(self.env._("%s is not confirmed yet. Confirm it first, then post it.", settlement.name))
            if settlement._get_live_moves():
                raise UserError(self.env._("%s is posted already. Open its entry.", settlement.name))
        for entry in self._prepare_settlement_entries():
            move = self.env["account.move"].create(self._prepare_settlement_move_vals(entry))
            move.sudo().settlement_id = entry["settlement"]  # sudo: nobody types it
            move.action_post()
            self._reconcile_settlement_orders(move, entry)

    def action_open_move(self):
        """Open the entry of a settlement."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "account.move", "res_id": self.posted_move_id.id, "view_mode": "form"}

    def _get_live_moves(self):
        return self.move_ids.filtered(lambda move: move.state == "posted" and not move.reversal_move_ids)

    # ------------------------------------------------------------------ the entry
    def _prepare_settlement_move_vals(self, entry):
        """Return the values of the entry for what `_prepare_settlement_entries` says of one settlement."""
        settlement, journal = entry["settlement"], entry["journal"]
        if not journal:
            raise UserError(
                self.env._("Where does %s pay out? Choose the settlement account of the channel first.", settlement.channel_id.name)
            )
        words = dict(self.env["cosmetics.settlement.line"]._fields["kind"]._description_selection(self.env))
        wallet = [
            {"account_id": journal.default_account_id.id, "name": words[kind], "balance": amount}
            for kind, amount in entry["amounts"].items()
            if not entry["currency"].is_zero(amount)
        ]
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": entry["date"],
            "ref": settlement.name,
            "line_ids": [Command.create(vals) for vals in wallet + self._prepare_counterparts(entry, words)],
        }

    def _prepare_counterparts(self, entry, words):
        """Return values of journal items: one for each order and for each payout, one for each other kind without orders."""
        company, counterparts = entry["settlement"].company_id, {}
        for part in self._split_payouts(entry):
            order, kind = part["order"], part["kind"]
            if kind in OF_ORDERS and order:
                partner = order.partner_invoice_id.commercial_partner_id
                account = partner.with_company(company).property_account_receivable_id
                key = (account.id, partner.id, order.name, False)
            else:
                partner = self._get_counterpart_partner(kind, entry)
                name = f"{words[kind]} {part.get('reference', '')}".strip()
                key = (self._get_counterpart_account(kind, entry).id, partner.id, name, part.get("day", False))
            counterparts[key] = counterparts.get(key, 0.0) - part["amount"]
        return [
            {"account_id": account, "partner_id": partner, "name": name, "date_maturity": day, "balance": entry["currency"].round(balance)}
            for (account, partner, name, day), balance in counterparts.items()
            if not entry["currency"].is_zero(balance)
        ]

    def _split_payouts(self, entry):
        """Return the parts of an entry with its payouts one by one: the bank shows each of them, by its number, soon after its day.

        The day is that in China; the entry has the last day of the settlement.
        """
        settlement, lines = entry["settlement"], self.env["cosmetics.settlement.line"]
        domain = [("settlement_id", "=", settlement.id), ("kind", "=", "payout")]
        return [part for part in entry["orders"] if part["kind"] != "payout"] + [
            {
                "order": self.env["sale.order"],
                "kind": "payout",
                "reference": reference,
                "day": at and (at + CHINA_OFFSET).date(),
                "amount": settlement.currency_id.round(amount),
            }
            for reference, amount, at in lines._read_group(domain, ["reference"], ["amount:sum", "at:max"])
        ]

    def _get_counterpart_partner(self, kind, entry):
        """Return who keeps fees and pays out; nobody when the channel names no company."""
        if kind not in ("fee", "payout"):
            return self.env["res.partner"]
        return entry["settlement"].channel_id.platform_partner_id.commercial_partner_id

    def _get_counterpart_account(self, kind, entry):
        """Return the account of what belongs to no order: fees, payouts; the rest waits for the accountant in the suspense account.

        A platform that bills its fees (with VAT that may be deducted) is owed nothing more by then: what it has kept stands against
        that bill. Where none is named, fees are expenses at once.
        """
        company = entry["settlement"].company_id
        if kind == "payout" and company.transfer_account_id:
            return company.transfer_account_id
        if kind == "fee" and (platform := self._get_counterpart_partner(kind, entry)):
            return platform.with_company(company).property_account_payable_id
        if kind == "fee":
            chart = self.env["account.chart.template"].with_company(company)
            if account := chart.ref(FEE_ACCOUNT, raise_if_not_found=False) or self._find_fee_account(company):
                return account
        return entry["journal"].suspense_account_id

    def _find_fee_account(self, company):
        domain = [("company_ids", "in", company.ids), ("account_type", "=", "expense")]
        accounts = self.env["account.account"].with_company(company).search(domain)
        return accounts.filtered(lambda account: account.code.startswith(("5601", "6601")))[:1]

    def _reconcile_settlement_orders(self, move, entry):
        """Match what came in for an order with its invoices and credit notes."""
        orders = {part["order"].name: part["order"] for part in entry["orders"] if part["order"]}
        for line in move.line_ids.filtered(lambda item: item.name in orders and item.account_id.account_type == "asset_receivable"):
            invoices = orders[line.name].invoice_ids.filtered(lambda invoice: invoice.state == "posted")
            open_items = invoices.line_ids.filtered(
                lambda item, line=line: item.account_id == line.account_id and item.partner_id == line.partner_id and not item.reconciled
            )
            if open_items:
                (open_items | line).reconcile()
