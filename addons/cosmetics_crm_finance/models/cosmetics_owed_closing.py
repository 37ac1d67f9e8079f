"""A month of something that is owed to members: one entry, one tie."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_crm.tools.days import first_moment
from odoo.exceptions import UserError

CHINA = "Asia/Shanghai"


class CosmeticsOwedClosing(models.AbstractModel):
    """A closed month: totals are counted from the first movement on, and the entry books what is new since the month closed before.

    So a month that was left out, or what was there before the first closing, comes with the next one.
    """

    _name = "cosmetics.owed.closing"
    _inherit = ["cosmetics.month.sheet"]
    _description = "Closing of What Is Owed to Members"
    _order = "month desc, id desc"
    _rec_name = "month"

    month = fields.Date(required=True, default=lambda self: self._default_month(), help="Any day of the month.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("draft", "Not Closed Yet"), ("posted", "Books Closed")], required=True, readonly=True, default="draft", copy=False
    )
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, ondelete="restrict", copy=False, index="btree_not_null")
    liability = fields.Monetary(string="Open in the Ledger", readonly=True, copy=False, help="At the end of the month.")
    account_balance = fields.Monetary(compute="_compute_account_balance", help="Of the account of what is owed, at the end of the month.")
    difference = fields.Monetary(compute="_compute_account_balance", help="Account less ledger: nothing when they agree.")

    _month_unique = models.UniqueIndex("(company_id, month)", "This month is closed already. Open that closing.")
    _chain_unique = models.UniqueIndex(
        "(company_id, coalesce(previous_id, 0)) WHERE state = 'posted'", "Somebody else closed a month just now. Reload the page."
    )
    _month_check = models.Constraint("CHECK (extract(day FROM month) = 1)", "A closing stands on the first day of its month.")

    # ------------------------------------------------------------------ default, compute
    @api.model
    def _default_month(self):
        return (self.env["loyalty.card"]._points_today().replace(day=1) - timedelta(days=1)).replace(day=1)

    @api.depends("month", "company_id", "state", "liability")
    def _compute_account_balance(self):
        accounts = {closing: closing._get_owed_account() for closing in self}
        lines = [
            ("account_id", "in", [account.id for account in accounts.values()]), ("parent_state", "=", "posted"),
            ("company_id", "in", self.company_id.ids), ("date", "<=", max(closing._get_last_day() for closing in self)),
        ]  # fmt: skip
        # sudo: sums, shown to who reads closings
        months = self.env["account.move.line"].sudo()._read_group(lines, ["company_id", "account_id", "date:month"], ["balance:sum"])
        for closing, account in accounts.items():
            own, last = (closing.company_id, account), closing._get_last_day()
            closing.account_balance = -sum(balance for *key, month, balance in months if tuple(key) == own and month <= last)
            closing.difference = closing.account_balance - closing.liability

    def write(self, vals):
        if self._asked & set(vals) and "posted" in self.mapped("state"):
            raise UserError(self.env._("A closed month stays what it is. Reopen it first."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        if "posted" in self.mapped("state"):
            raise UserError(self.env._("A closed month stays what it is. Reopen it first."))

    @api.model
    def _get_figures_refusal(self):
        return self.env._("Choose the month only: the figures come from the ledger.")

    # ------------------------------------------------------------------ actions
    def action_post(self):
        """Post the entries of these months, the oldest first."""
        self.check_access("write")
        for closing in self.sorted("month"):
            closing._close()

    def action_reopen(self):
        """Reverse the entry of the last closed month, so that it can be closed anew."""
        self.check_access("write")
        for closing in self.sorted("month", reverse=True):
            closing._reopen()

    # ------------------------------------------------------------------ hooks
    def _get_owed_account(self):
        """Return the account of what is owed (company settings, in sudo); empty: none is chosen."""
        raise NotImplementedError  # abstract: points and stored value have an account each

    def _check_settings(self):
        """Refuse to close before the company decided how."""
        raise NotImplementedError  # abstract: to close without a check would be no default

    def _get_figures(self):
        """Return {field: total at the end of the month}, `liability` among them."""
        raise NotImplementedError  # abstract: each ledger counts its own rows

    def _get_changes(self, figures, previous):
        """Return {field: what the entry of this month books}; `previous` is the month closed before, maybe empty."""
        raise NotImplementedError  # abstract: goes with _get_figures()

    def _get_steps(self, changes):
        """Return [(amount, account to debit, account to credit, label)] of the entry."""
        raise NotImplementedError  # abstract: goes with _get_changes()

    def _get_entry_ref(self):
        """Return what the entry is called."""
        raise NotImplementedError  # abstract: an entry that does not say what it books helps nobody

    def _after_reopen(self):
        """Forget what this closing decided (in sudo)."""

    # ------------------------------------------------------------------ closing
    def _close(self):
        self.ensure_one()
        hold_rows(self)
        if self.state == "posted":
            return
        self._check_settings()
        previous = self._get_last()
        self._check_turn(previous)
        # sudo: figures follow from the ledger and are nobody's to type; reading what all documents are worth needs no right to each
        closing = self.sudo()
        figures = closing._get_figures()
        changes = {name: self.currency_id.round(amount) for name, amount in closing._get_changes(figures, previous.sudo()).items()}
        closing.write({**figures, **changes, "previous_id": previous.id, "state": "posted"})
        if lines := self._prepare_entry_lines(closing._get_steps(changes)):
            # As the accountant, with the accountant's rights: lock dates and numbers hold.
            move = self.env["account.move"].create(self._prepare_entry_vals(lines))
            move.action_post()
            self._check_day(move)
            closing.move_id = move

    def _get_last(self):
        """Return the last closed month of the company."""
        return self.search([("company_id", "=", self.company_id.id), ("state", "=", "posted")], order="month desc", limit=1)

    def _check_turn(self, previous):
        if self._get_last_day() >= self.env["loyalty.card"]._points_today():
            raise UserError(self.env._("%s is not over yet. Close it when it is.", self.display_name))
        if previous and previous.month >= self.month:
            raise UserError(self.env._("Months are closed up to %s. Close a later one.", previous.display_name))

    def _check_day(self, move):
        """Refuse an entry that a lock date pushed out of the month: Odoo would date it later and the account would not tie."""
        if move.date != self._get_last_day():
            raise UserError(
                self.env._("The books of %s are locked. Unlock them, or close a later month: it brings what is missing.", self.display_name)
            )

    def _get_last_day(self):
        return fields.Date.end_of(self.month, "month") if self.month else fields.Date.today()

    def _get_end(self):
        """Return the first moment after the month in China, as a naive UTC datetime."""
        return first_moment(self._get_last_day() + timedelta(days=1), CHINA)

    # ------------------------------------------------------------------ entry
    def _prepare_entry_vals(self, lines):
        # sudo: which journal there is decides, not who reads them
        journal = self.env["account.journal"].sudo().search(
            [*self.env["account.journal"]._check_company_domain(self.company_id), ("type", "=", "general")], limit=1
        )  # fmt: skip
        if not journal:
            raise UserError(self.env._("There is no journal for general entries. Make one first."))
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "company_id": self.company_id.id,
            "date": self._get_last_day(),
            "ref": self._get_entry_ref(),
            "line_ids": [fields.Command.create(line) for line in lines],
        }

    @staticmethod
    def _prepare_entry_lines(steps):
        """Return the lines of the entry. What goes the other way in a month stands on the same side in red, as is the habit here."""
        lines = []
        for amount, debit, credit, label in steps:
            if amount:
                lines += [
                    {"account_id": debit.id, "name": label, "balance": amount, "is_storno": amount < 0},
                    {"account_id": credit.id, "name": label, "balance": -amount, "is_storno": amount < 0},
                ]
        return lines

    def _reopen(self):
        self.ensure_one()
        hold_rows(self)
        if self.state != "posted":
            return
        if self._get_last() != self:
            raise UserError(self.env._("A later month is closed. Reopen the last one first."))
        if self.move_id:
            label = self.env._("Reopened: %s", self.move_id.ref)
            reversal = self.move_id._reverse_moves([{"date": self.move_id.date, "ref": label}], cancel=True)
            reversal.filtered(lambda move: move.state == "draft").action_post()
            self._check_day(reversal)
        # sudo: figures are nobody's to type
        closing = self.sudo()
        closing._after_reopen()
        figures = [name for name, field in self._fields.items() if field.store and field.readonly and field.type in ("monetary", "float")]
        closing.write({**dict.fromkeys(figures, 0), "move_id": False, "previous_id": False, "state": "draft"})
