"""Provision for goods that will bring less than they cost: one entry a month, by batch."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.exceptions import UserError

FIGURES = ("needed", "used_sales", "used_disposals", "change")


class CosmeticsStockWritedown(models.Model):
    """A month of the provision for stock (存货跌价准备, CAS 1 art. 15–19).

    What is needed is counted by batch for the last day of the month; the entry books the way to it from the provision of the last booked
    month. So booking twice does nothing, a month that was left out comes with the next one, and a disposal that is undone brings its part
    back. The small-business standard knows no provision: its sheet is counted for the owner's eyes and never booked.
    """

    _name = "cosmetics.stock.writedown"
    _inherit = ["cosmetics.month.sheet"]
    _description = "Provision for Stock"
    _order = "month desc, id desc"
    _rec_name = "month"

    month = fields.Date(required=True, default=lambda self: self._default_month(), help="Any day of the month.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    has_provision = fields.Boolean(compute="_compute_has_provision")
    state = fields.Selection([("draft", "Not Booked"), ("posted", "Booked")], default="draft", required=True, readonly=True, copy=False)
    previous_id = fields.Many2one("cosmetics.stock.writedown", string="Month Before", readonly=True, ondelete="restrict", copy=False)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, ondelete="restrict", copy=False, index="btree_not_null")
    line_ids = fields.One2many("cosmetics.stock.writedown.line", "writedown_id", string="Batches", readonly=True, copy=False)
    cost = fields.Monetary(readonly=True, copy=False)
    needed = fields.Monetary(string="Provision Needed", readonly=True, copy=False)
    used_sales = fields.Monetary(string="Used by Sales", readonly=True, copy=False, help="Lessens the cost of sales.")
    used_disposals = fields.Monetary(string="Used by Disposals", readonly=True, copy=False, help="Lessens the loss of disposals.")
    change = fields.Monetary(readonly=True, copy=False, help="Impairment loss of the month; negative: worth has come back.")
    account_balance = fields.Monetary(compute="_compute_account_balance", help="Of account 1471 at the end of the month.")
    difference = fields.Monetary(compute="_compute_account_balance", help="Account less sheet: nothing when they agree.")

    _month_unique = models.UniqueIndex("(company_id, month)", "This month has a sheet already. Open that one.")
    _chain_unique = models.UniqueIndex(
        "(company_id, coalesce(previous_id, 0)) WHERE state = 'posted'", "Somebody else booked a month just now. Reload the page."
    )
    _month_check = models.Constraint("CHECK (extract(day FROM month) = 1)", "A sheet stands on the first day of its month.")

    @api.model
    def _default_month(self):
        return (china_day(fields.Datetime.now()).replace(day=1) - timedelta(days=1)).replace(day=1)

    @api.depends("company_id")
    def _compute_has_provision(self):
        for sheet in self:
            sheet.has_provision = sheet.company_id._has_stock_provision()

    @api.depends("month", "company_id", "state", "needed")
    def _compute_account_balance(self):
        for sheet in self:
            if sheet.state != "posted":
                sheet.account_balance = sheet.difference = 0
                continue
            lines = [
                ("account_id", "=", sheet.company_id._get_stock_account("provision").id),
                ("company_id", "=", sheet.company_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", sheet._get_last_day()),
            ]
            [(balance,)] = self.env["account.move.line"].sudo()._read_group(lines, [], ["balance:sum"])  # sudo: a sum for who reads sheets
            sheet.account_balance = -balance
            sheet.difference = sheet.account_balance - sheet.needed

    def write(self, vals):
        if self._asked & set(vals) and "posted" in self.mapped("state"):
            raise UserError(self.env._("A booked month stays what it is. Undo it first."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        if "posted" in self.mapped("state"):
            raise UserError(self.env._("A booked month stays what it is. Undo it first."))

    @api.model
    def _get_figures_refusal(self):
        return self.env._("Choose the month only: the figures come from stock and prices.")

    # ------------------------------------------------------------------ actions
    def action_count(self):
        """Count what the batches of the month's end will bring."""
        self.check_access("write")
        for sheet in self.filtered(lambda sheet: sheet.state == "draft"):
            sheet._count_lines(sheet._get_last())

    def action_post(self):
        """Count and book these months, the oldest first; a booked one is left alone."""
        self.check_access("write")
        for sheet in self.sorted("month"):
            sheet._book()

    def action_reopen(self):
        """Reverse the entry of the last booked month, so that it can be counted and booked anew."""
        self.check_access("write")
        for sheet in self.sorted("month", reverse=True):
            sheet._reopen()

    # ------------------------------------------------------------------ booking
    def _book(self):
        self.ensure_one()
        hold_rows(self)
        self.invalidate_recordset(["state"])
        if self.state == "posted":
            return
        self._check_standard()
        previous = self._get_last()
        if self._get_last_day() >= china_day(fields.Datetime.now()):
            raise UserError(self.env._("%s is not over yet. Book it when it is.", self.display_name))
        if previous and previous.month >= self.month:
            raise UserError(self.env._("Provisions are booked up to %s. Book a later month.", previous.display_name))
        self._count_lines(previous)
        move = self.env["account.move"]
        if lines := self._prepare_entry_lines():
            # As the accountant, with the accountant's rights: lock dates and numbers hold.
            move = move.create(self._prepare_entry_vals(lines))
            move.action_post()
            self._check_day(move)
        # sudo: state and entry are nobody's to type
        self.sudo().write({"state": "posted", "previous_id": previous.id, "move_id": move.id})

    def _check_standard(self):
        if not self.company_id._has_stock_provision():
            raise UserError(
                self.env._(
                    "%s keeps its books by 小企业会计准则, which measures stock at cost and knows no provision: the loss counts when"
                    " the goods are sold below cost or disposed of. Nothing is booked.",
                    self.company_id.name,
                )
            )

    def _reopen(self):
        self.ensure_one()
        hold_rows(self)
        self.invalidate_recordset(["state"])
        if self.state != "posted":
            return
        if self._get_last() != self:
            raise UserError(self.env._("A later month is booked. Undo the last one first."))
        if self.move_id:
            label = self.env._("Undone: %s", self.move_id.ref)
            reversal = self.move_id._reverse_moves([{"date": self.move_id.date, "ref": label}], cancel=True)
            reversal.filtered(lambda move: move.state == "draft").action_post()
            self._check_day(reversal)
        # sudo: state and entry are nobody's to type
        self.sudo().write({"state": "draft", "previous_id": False, "move_id": False})

    def _get_last(self):
        """Return the last booked month of the company."""
        return self.search([("company_id", "=", self.company_id.id), ("state", "=", "posted")], order="month desc", limit=1)

    def _get_last_day(self):
        return fields.Date.end_of(self.month, "month")

    def _check_day(self, move):
        """Refuse an entry that a lock date pushed out of the month: the account would not tie."""
        if move.date != self._get_last_day():
            raise UserError(
                self.env._("The books of %s are locked. Unlock them, or book a later month: it brings what is missing.", self.display_name)
            )

    def _prepare_entry_vals(self, lines):
        # sudo: which journal there is decides, not who reads them
        journals = self.env["account.journal"].sudo()
        journal = journals.search([*journals._check_company_domain(self.company_id), ("type", "=", "general")], limit=1)
        if not journal:
            raise UserError(self.env._("There is no journal for general entries. Make one first."))
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "company_id": self.company_id.id,
            "date": self._get_last_day(),
            "ref": self.env._("Provision for stock %s", self.display_name),
            "line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_entry_lines(self):
        """Return the lines of the entry. What comes back stands on the same side in red, as is the habit here."""
        account = self.company_id._get_stock_account
        steps = [
            (self.change, account("impairment"), account("provision"), self.env._("Stock worth less than it cost")),
            (self.used_sales, account("provision"), account("cost"), self.env._("Provision of goods sold")),
            (self.used_disposals, account("provision"), account("loss"), self.env._("Provision of goods disposed of")),
        ]
        lines = []
        for amount, debit, credit, label in steps:
            if not self.currency_id.is_zero(amount):
                lines += [
                    {"account_id": debit.id, "name": label, "balance": amount, "is_storno": amount < 0},
                    {"account_id": credit.id, "name": label, "balance": -amount, "is_storno": amount < 0},
                ]
        return lines
