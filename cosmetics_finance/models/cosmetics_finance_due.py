"""What customers owe and what is owed to vendors, by due date."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.due import BANDS

ACCOUNT_TYPES = {"receivable": "asset_receivable", "payable": "liability_payable"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Open items are few among many: the due list reads these only. The predicate must match the query below.
    _open_item_idx = models.Index("(partner_id, date_maturity) WHERE amount_residual != 0 AND parent_state = 'posted'")


class CosmeticsFinanceDue(models.Model):
    """An open item of a receivable or payable account: a posted journal item that is not fully matched. Read only, as of today.

    Amounts are in the currency of the company. On receivables positive is owed by the partner, on payables positive is owed to the partner;
    credit notes and payments that are not matched yet are negative. The id is that of the journal item.
    """

    _name = "cosmetics.finance.due"
    _description = "Open Item by Due Date"
    _auto = False
    _order = "due_on, id"
    _rec_name = "move_name"
    _depends = {
        "account.move": ["invoice_user_id", "is_disputed", "ref"],
        "account.move.line": [
            "account_id", "amount_residual", "company_id", "date", "date_maturity", "journal_id", "move_id", "move_name",
            "parent_state", "partner_id",
        ],
    }  # fmt: skip

    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    move_id = fields.Many2one("account.move", string="Journal Entry", readonly=True)
    move_name = fields.Char(string="Document", readonly=True)
    ref = fields.Char(string="Reference", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    date = fields.Date(string="Accounting Date", readonly=True)
    due_on = fields.Date(string="Due Date", readonly=True)
    days_overdue = fields.Integer(readonly=True, aggregator="max", help="Days since the due date; negative: not due yet.")
    band = fields.Selection(
        [
            ("not_due", "Not Due"),
            ("1_30", "1–30 Days"),
            ("31_60", "31–60 Days"),
            ("61_90", "61–90 Days"),
            ("91_180", "91–180 Days"),
            ("over_180", "Over 180 Days"),
        ],
        string="Age",
        readonly=True,
    )
    is_disputed = fields.Boolean(string="Disputed", readonly=True)
    amount = fields.Monetary(string="Open Amount", readonly=True)
    amount_overdue = fields.Monetary(string="Overdue Amount", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    @property
    def _table_query(self):
        columns = SQL(", ").join(SQL("%s AS %s", column, SQL.identifier(name)) for name, column in self._get_columns().items())
        return SQL(
            """SELECT %s
                 FROM account_move_line line
                 JOIN account_account account ON account.id = line.account_id
                 JOIN account_move move ON move.id = line.move_id
                 %s
                WHERE line.amount_residual != 0 AND line.parent_state = 'posted' AND account.account_type IN %s""",
            columns,
            self._get_joins(),
            tuple(ACCOUNT_TYPES.values()),
        )

    def action_open(self):
        """Open the entry behind an item."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "account.move", "res_id": self.move_id.id, "view_mode": "form"}

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_columns(self):
        """Return {field: :class:`odoo.tools.SQL`}; glue adds its own, from `line`, `account`, `move` and what it joins."""
        due_on = SQL("COALESCE(line.date_maturity, line.date)")
        days = SQL("(%s::date - %s)", fields.Date.context_today(self), due_on)
        amount = SQL("(CASE WHEN account.account_type = %s THEN line.amount_residual ELSE -line.amount_residual END)", "asset_receivable")
        whens = SQL(" ").join(SQL("WHEN %s <= %s THEN %s", days, last, code) for code, last in BANDS if last is not None)
        return {
            "id": SQL("line.id"),
            "kind": SQL("CASE WHEN account.account_type = %s THEN 'receivable' ELSE 'payable' END", "asset_receivable"),
            "partner_id": SQL("line.partner_id"),
            "move_id": SQL("line.move_id"),
            "move_name": SQL("line.move_name"),
            "ref": SQL("move.ref"),
            "journal_id": SQL("line.journal_id"),
            "account_id": SQL("line.account_id"),
            "user_id": SQL("move.invoice_user_id"),
            "date": SQL("line.date"),
            "due_on": due_on,
            "days_overdue": days,
            "band": SQL("(CASE %s ELSE %s END)", whens, BANDS[-1][0]),
            "is_disputed": SQL("COALESCE(move.is_disputed, false)"),
            "amount": amount,
            "amount_overdue": SQL("(CASE WHEN %s > 0 THEN %s ELSE 0 END)", days, amount),
            "company_id": SQL("line.company_id"),
        }

    @api.model
    def _get_joins(self):
        """Return the joins (:class:`odoo.tools.SQL`) that columns of glue need; none may multiply the items."""
        return SQL()
