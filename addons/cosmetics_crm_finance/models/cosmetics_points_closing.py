"""Points of a month in the books."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.cosmetics_crm.tools.days import first_moment
from odoo.exceptions import UserError

from ..tools import points_value as rules

CHINA = "Asia/Shanghai"
ASKED = {"month", "company_id"}
FIGURES = ("sale_total", "gift_total", "liability", "open_points")


class CosmeticsPointsClosing(models.Model):
    """The entry of a month: what is put aside for points given, what becomes revenue of points spent or run out.

    Totals are counted from the first point on and the entry books what is new since the month before, so a month that was left out,
    or points given before the first closing, come with the next one.
    """

    _name = "cosmetics.points.closing"
    _description = "Closing of Points"
    _order = "month desc, id desc"
    _rec_name = "month"

    month = fields.Date(required=True, default=lambda self: self._default_month(), help="Any day of the month.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection([("draft", "Open"), ("posted", "Closed")], required=True, readonly=True, default="draft", copy=False)
    previous_id = fields.Many2one("cosmetics.points.closing", string="Month Before", readonly=True, ondelete="restrict", copy=False)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, ondelete="restrict", copy=False, index="btree_not_null")
    earned_amount = fields.Monetary(string="Put Aside", readonly=True, copy=False, help="Less revenue for points given, less those taken back.")
    gift_amount = fields.Monetary(string="Given for Nothing", readonly=True, copy=False, help="Opening points and adjustments: an expense.")
    released_amount = fields.Monetary(string="Spent or Run Out", readonly=True, copy=False, help="Becomes revenue.")
    sale_total = fields.Monetary(string="Put Aside by Sales, All Months", readonly=True, copy=False)
    gift_total = fields.Monetary(string="Given for Nothing, All Months", readonly=True, copy=False)
    open_points = fields.Float(digits=(16, 2), readonly=True, copy=False, help="Of the ledger at the end of the month, pending ones too.")
    liability = fields.Monetary(string="Value of Open Points", readonly=True, copy=False)
    account_balance = fields.Monetary(compute="_compute_account_balance", help="Of the account of open points, at the end of the month.")
    difference = fields.Monetary(compute="_compute_account_balance", help="Account less value of open points: nothing when they agree.")
    value_ids = fields.One2many("cosmetics.points.value", "closing_id", string="New Values", readonly=True)

    _month_unique = models.UniqueIndex("(company_id, month)", "The points of this month are closed already. Open that closing.")
    _chain_unique = models.UniqueIndex(
        "(company_id, coalesce(previous_id, 0)) WHERE state = 'posted'", "Somebody else closed points just now. Reload the page."
    )
    _month_check = models.Constraint("CHECK (extract(day FROM month) = 1)", "A closing stands on the first day of its month.")

    # ------------------------------------------------------------------ default, compute
    @api.model
    def _default_month(self):
        return (self.env["loyalty.card"]._points_today().replace(day=1) - timedelta(days=1)).replace(day=1)

    @api.depends("month", "company_id", "state", "liability")
    def _compute_account_balance(self):
        for closing in self:
            account = closing.company_id.sudo().points_liability_account_id  # sudo: a setting of the company
            lines = [
                ("account_id", "=", account.id), ("parent_state", "=", "posted"), ("company_id", "=", closing.company_id.id),
                ("date", "<=", closing._get_last_day()),
            ]  # fmt: skip
            # sudo: a sum, shown to who reads closings
            [(balance,)] = self.env["account.move.line"].sudo()._read_group(lines, [], ["balance:sum"])
            closing.account_balance = -balance
            closing.difference = closing.account_balance - closing.liability

    @api.depends("month")
    def _compute_display_name(self):
        for closing in self:
            closing.display_name = closing.month and f"{closing.month:%Y-%m}"

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_asked(vals)
        return super().create([self._on_first_day(vals) for vals in vals_list])

    def write(self, vals):
        self._check_asked(vals)
        if ASKED & set(vals) and "posted" in self.mapped("state"):
            raise UserError(self.env._("A closed month stays what it is. Reopen it first."))
        return super().write(self._on_first_day(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        if "posted" in self.mapped("state"):
            raise UserError(self.env._("A closed month stays what it is. Reopen it first."))

    def _check_asked(self, vals):
        """People choose company and month; all figures follow from the ledger."""
        if not self.env.su and set(vals) - ASKED:
            raise UserError(self.env._("Choose the month only: the figures come from the points ledger."))

    @staticmethod
    def _on_first_day(vals):
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals

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

    def action_view_values(self):
        """Open the values that this closing fixed."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_finance.cosmetics_points_value_action")
        return {**action, "domain": [("closing_id", "=", self.id)]}

    # ------------------------------------------------------------------ closing
    def _close(self):
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if self.state == "posted":
            return
        company = self.company_id.sudo()  # sudo: settings of the company
        company._check_points_accounting()
        previous = self._get_last()
        self._check_turn(previous)
        # sudo: figures follow from the ledger and are nobody's to type; reading all documents' values needs no right to each
        closing = self.sudo()
        figures = closing._get_figures()
        changes = {
            "earned_amount": figures["sale_total"] - previous.sale_total,
            "gift_amount": figures["gift_total"] - previous.gift_total,
        }
        changes["released_amount"] = sum(changes.values()) - (figures["liability"] - previous.liability)
        changes = {name: self.currency_id.round(amount) for name, amount in changes.items()}
        closing.write({**figures, **changes, "previous_id": previous.id, "state": "posted"})
        if lines := self._prepare_entry_lines(company, changes):
            # As the accountant, with the accountant's rights: lock dates and numbers hold.
            move = self.env["account.move"].create(self._prepare_entry_vals(lines))
            move.action_post()
            closing.move_id = move

    def _get_last(self):
        """Return the last closed month of the company."""
        return self.search([("company_id", "=", self.company_id.id), ("state", "=", "posted")], order="month desc", limit=1)

    def _check_turn(self, previous):
        if self._get_last_day() >= self.env["loyalty.card"]._points_today():
            raise UserError(self.env._("%s is not over yet. Close its points when it is.", self.display_name))
        if previous and previous.month >= self.month:
            raise UserError(self.env._("Points are closed up to %s. Close a later month.", previous.display_name))

    def _get_figures(self):
        """Return the totals at the end of the month; new documents get their value."""
        groups = self._get_points_groups()
        values = self.env["cosmetics.points.value"]._get_values(self, groups)
        totals = {"sale_total": rules.NOTHING, "gift_total": rules.NOTHING, "liability": rules.NOTHING}
        for key, points in groups.items():
            if value := values.get(key):
                amount, valued, percent = (Decimal(repr(number)) for number in (value.amount, value.points, value.percent))
                totals["gift_total" if value.is_gift else "sale_total"] += rules.credited(amount, valued, points)
                totals["liability"] += rules.open_value(amount, valued, points, percent)
        open_points = sum((points.remaining for points in groups.values()), Decimal(0))
        return {name: float(total) for name, total in (totals | {"open_points": open_points}).items()}

    def _get_points_groups(self):
        moment = first_moment(self._get_last_day() + timedelta(days=1), CHINA)
        return self.env["cosmetics.points.value"]._read_points_groups(self.company_id, moment)

    def _get_last_day(self):
        return fields.Date.end_of(self.month, "month") if self.month else fields.Date.today()

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
            "ref": self.env._("Points of members %s", self.display_name),
            "line_ids": [fields.Command.create(line) for line in lines],
        }

    def _prepare_entry_lines(self, company, changes):
        """Return the lines of the entry: points given, points for nothing, points spent or run out; each against the liability.

        What goes the other way in a month (more taken back than given) stands on the same side in red, as is the habit here.
        """
        liability, revenue = company.points_liability_account_id, company.points_revenue_account_id
        steps = [
            ("earned_amount", revenue, liability, self.env._("Points given with sales, less those taken back")),
            ("gift_amount", company.points_expense_account_id, liability, self.env._("Points given for nothing")),
            ("released_amount", liability, revenue, self.env._("Points spent or run out")),
        ]
        lines = []
        for name, debit, credit, label in steps:
            if amount := changes[name]:
                lines += [
                    {"account_id": debit.id, "name": label, "balance": amount, "is_storno": amount < 0},
                    {"account_id": credit.id, "name": label, "balance": -amount, "is_storno": amount < 0},
                ]
        return lines

    def _reopen(self):
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if self.state != "posted":
            return
        if self._get_last() != self:
            raise UserError(self.env._("A later month is closed. Reopen the last one first."))
        if self.move_id:
            label = self.env._("Reopened: %s", self.move_id.ref)
            self.move_id._reverse_moves([{"date": self.move_id.date, "ref": label}], cancel=True).filtered(
                lambda move: move.state == "draft"
            ).action_post()
        # sudo: figures are nobody's to type; values that this closing fixed go with it, so that new settings count
        closing = self.sudo()
        closing.value_ids.unlink()
        empty = dict.fromkeys(("earned_amount", "gift_amount", "released_amount", *FIGURES), 0)
        closing.write({**empty, "move_id": False, "previous_id": False, "state": "draft"})
