"""A partner is customer and vendor: what each owes the other is set off (对冲)."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.netting import allocate
from ..tools.voucher import in_capitals
from .cosmetics_finance_due import ACCOUNT_TYPES

DECIDED = {"company_id", "partner_id", "journal_id", "date", "line_ids"}


class CosmeticsNetting(models.Model):
    """A netting: items of both sides over the same amount. Its entry matches each item by exactly what was agreed of it.

    Amounts are in the currency of the company.
    """

    _name = "cosmetics.netting"
    _description = "Netting"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", check_company=True,
        domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]",
    )  # fmt: skip
    journal_id = fields.Many2one(
        "account.journal", required=True, check_company=True, ondelete="restrict", domain="[('type', '=', 'general')]",
        default=lambda self: self._default_journal(),
    )  # fmt: skip
    date = fields.Date(required=True, default=lambda self: fields.Date.context_today(self))
    line_ids = fields.One2many("cosmetics.netting.line", "netting_id")
    amount = fields.Monetary(string="Set Off", compute="_compute_amounts", store=True, help="Of the receivables.")
    amount_payable = fields.Monetary(string="Of the Payables", compute="_compute_amounts", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("posted", "Posted"), ("cancelled", "Cancelled")],
        required=True, readonly=True, default="draft", copy=False, index=True, tracking=True,
    )  # fmt: skip
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, copy=False, ondelete="restrict", index="btree_not_null")

    @api.model
    def _default_journal(self):
        return self.env["account.journal"].search([("type", "=", "general"), ("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("line_ids.amount", "line_ids.kind")
    def _compute_amounts(self):
        for netting in self:
            sides = netting.line_ids.grouped("kind")
            for kind, name in (("receivable", "amount"), ("payable", "amount_payable")):
                netting[name] = sum(sides.get(kind, netting.line_ids.browse()).mapped("amount"))

    # ------------------------------------------------------------------ create, write
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (self._fields.keys() - DECIDED)

    @api.model_create_multi
    def create(self, vals_list):
        nettings = super().create([{name: value for name, value in vals.items() if name in DECIDED} for vals in vals_list])
        for netting in nettings:
            # sudo: numbers are nobody's to choose
            netting.sudo().name = self.env["ir.sequence"].next_by_code("cosmetics.netting") or "/"
        return nettings

    def write(self, vals):
        if not self.env.su and (kept := vals.keys() - DECIDED):
            self._refuse_fields(kept)
        if DECIDED & vals.keys():
            self._check_state("draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_state("draft")

    # ------------------------------------------------------------------ actions
    def action_propose(self):
        """Put in the oldest items of both sides, up to what the smaller side has."""
        self.check_access("write")
        self._check_state("draft")
        for netting in self:
            netting.line_ids.unlink()
            sides = netting._get_items()
            total = min(sum(amount for _item, amount in items) for items in sides.values())
            if netting.currency_id.compare_amounts(total, 0) <= 0:
                message = self.env._("%s does not owe us and is not owed at once: there is nothing to set off.", netting.partner_id.name)
                raise UserError(message)
            lines = [
                {"netting_id": netting.id, "move_line_id": item.id, "amount": part}
                for items in sides.values()
                for (item, _amount), part in zip(items, allocate([amount for _item, amount in items], total), strict=True)
                if part
            ]
            self.env["cosmetics.netting.line"].create(lines)

    def action_post(self):
        """Post the entry and match it with the items of both sides."""
        self.check_access("write")
        # A second click waits, then finds the netting posted.
        hold_rows(self)
        self._check_state("draft")
        for netting in self:
            netting._check_lines()
            move = self.env["account.move"].create(netting._prepare_entry_vals())
            move.action_post()
            for line, counter in zip(netting.line_ids, move.line_ids.sorted("id"), strict=True):
                (line.move_line_id + counter).reconcile()
            # sudo: the buttons alone set state and entry; see write()
            netting.sudo().write({"state": "posted", "move_id": move.id})

    def action_cancel(self):
        """Reverse the entry: both sides are open again."""
        self.check_access("write")
        hold_rows(self)
        self._check_state("posted")
        for netting in self:
            label = self.env._("Cancelled: %s", netting.name)
            netting.move_id.line_ids.remove_move_reconcile()
            netting.move_id._reverse_moves([{"date": netting.date, "ref": label}], cancel=True)
            # sudo: see action_post()
            netting.sudo().write({"state": "cancelled"})

    def action_print(self):
        """Print the agreements."""
        return self.env.ref("cosmetics_finance.cosmetics_netting_action_pdf").report_action(self)

    # ------------------------------------------------------------------ helpers
    def _get_items(self):
        """Return {kind: [(journal item, open amount)]} of what may be set off, oldest first; disputed items are cleared first."""
        self.ensure_one()
        domain = [
            ("partner_id", "child_of", self.partner_id.id), ("company_id", "=", self.company_id.id), ("amount", ">", 0),
            ("is_disputed", "=", False),
        ]  # fmt: skip
        sides = {kind: [] for kind in ACCOUNT_TYPES}
        for due in self.env["cosmetics.finance.due"].search(domain, order="due_on, id"):
            item = self.env["account.move.line"].browse(due.id)
            if item.currency_id == item.company_currency_id:
                sides[due.kind].append((item, due.amount))
        return sides

    def _check_lines(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Nothing is set off yet. Press Propose."))
        if self.currency_id.compare_amounts(self.amount, self.amount_payable):
            raise UserError(
                self.env._(
                    "%(receivable).2f of the receivables and %(payable).2f of the payables: both sides must be the same.",
                    receivable=self.amount,
                    payable=self.amount_payable,
                )
            )
        self.line_ids._check_open()

    def _prepare_entry_vals(self):
        self.ensure_one()
        lines = [
            Command.create(
                {
                    "name": self.env._("Netting of %s", line.move_line_id.move_name),
                    "account_id": line.move_line_id.account_id.id,
                    "partner_id": line.move_line_id.partner_id.id,
                    "balance": -line.amount if line.kind == "receivable" else line.amount,
                }
            )
            for line in self.line_ids
        ]
        journal, company = self.journal_id.id, self.company_id.id
        return {
            "move_type": "entry", "journal_id": journal, "company_id": company, "date": self.date, "ref": self.name, "line_ids": lines,
        }  # fmt: skip

    def _check_state(self, *states):
        names = dict(self._fields["state"]._description_selection(self.env))
        for netting in self:
            if netting.state not in states:
                message = self.env._("Netting %(name)s is in state %(state)s: this needs %(needed)s.")
                needed = " / ".join(names[state] for state in states)
                raise UserError(message % {"name": netting.name, "state": names[netting.state], "needed": needed})

    def _get_language(self):
        """Return the language of the paper: that of the company, whoever prints it."""
        self.ensure_one()
        return self.company_id.partner_id.lang or self.env.lang

    def _get_capitals(self):
        """Return the amount in the capitals of Chinese documents."""
        self.ensure_one()
        return in_capitals(Decimal(f"{self.amount:.2f}"))


class CosmeticsNettingLine(models.Model):
    """An item, or a part of one, that is set off."""

    _name = "cosmetics.netting.line"
    _description = "Line of a Netting"
    _order = "kind desc, due_on, id"
    _check_company_auto = True

    netting_id = fields.Many2one("cosmetics.netting", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="netting_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_line_id = fields.Many2one(
        "account.move.line", string="Open Item", required=True, index=True, ondelete="restrict", check_company=True
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Document")
    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], compute="_compute_kind", store=True)
    due_on = fields.Date(related="move_line_id.date_maturity", string="Due Date", store=True)
    open_amount = fields.Monetary(compute="_compute_open_amount", help="What is open of it now.")
    amount = fields.Monetary(string="Set Off", required=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Set off more than nothing. Correct the amount, or take the line out.")
    _item_unique = models.UniqueIndex("(netting_id, move_line_id)", "This item stands in the netting already.")

    @api.depends("move_line_id.account_id")
    def _compute_kind(self):
        kinds = {account_type: kind for kind, account_type in ACCOUNT_TYPES.items()}
        for line in self:
            line.kind = kinds.get(line.move_line_id.account_id.account_type)

    @api.depends("move_line_id.amount_residual", "kind")
    def _compute_open_amount(self):
        for line in self:
            sign = 1 if line.kind == "receivable" else -1
            line.open_amount = sign * line.move_line_id.amount_residual

    @api.constrains("move_line_id")
    def _check_item(self):
        for line in self:
            item, partner = line.move_line_id, line.netting_id.partner_id
            if not line.kind or item.parent_state != "posted" or item.partner_id.commercial_partner_id != partner.commercial_partner_id:
                raise UserError(self.env._("%(item)s is no open item of %(partner)s.", item=item.move_name, partner=partner.name))
            if item.currency_id != item.company_currency_id:
                raise UserError(self.env._("%s is in a foreign currency: it cannot be set off here.", item.move_name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.netting_id._check_state("draft")
        return lines

    def write(self, vals):
        self.netting_id._check_state("draft")
        res = super().write(vals)
        self.netting_id._check_state("draft")
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self.netting_id._check_state("draft")

    def _check_open(self):
        """Raise unless so much of each item is open still."""
        for line in self:
            if line.currency_id.compare_amounts(line.amount, line.open_amount) > 0:
                raise UserError(self.env._("Less of %s is open than is set off. Press Propose again.", line.move_line_id.move_name))
