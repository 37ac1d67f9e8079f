"""When open items are likely paid: on their due date, and as late as the partner usually is."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.tools import SQL

from .cosmetics_finance_due import ACCOUNT_TYPES
from .res_partner_credit import CHINA

DAYS_BACK = 365
# Credit notes and entries say nothing about when somebody pays.
MONEY = ("bank", "cash", "credit")


class CosmeticsFinancePunctuality(models.Model):
    """How many days after the due date a partner paid (receivable) or was paid (payable), over a year, weighted by the amounts.

    Negative: before the due date. Worked out each night.
    """

    _name = "cosmetics.finance.punctuality"
    _description = "Punctuality of a Partner"
    _order = "days_late desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], required=True, readonly=True)
    days_late = fields.Float(string="Average Days Late", digits=(16, 1), readonly=True, aggregator="avg")
    amount = fields.Monetary(string="Paid in a Year", readonly=True)
    payment_count = fields.Integer(string="Payments", readonly=True)

    _subject_unique = models.UniqueIndex("(company_id, partner_id, kind)")

    @api.model
    def _fill(self, company):
        """Work out the figures of a company anew; runs in sudo."""
        hold_rows(company)
        self.search([("company_id", "=", company.id)]).unlink()
        self.create(
            [
                {"company_id": company.id, "partner_id": partner, "kind": kind, "days_late": days, "amount": amount, "payment_count": count}
                for kind in ACCOUNT_TYPES
                for partner, days, amount, count in self._get_averages(company, kind)
            ]
        )

    @api.model
    def _get_averages(self, company, kind):
        """Return [(partner id, average days late, amount, number of payments)]; the id is that of the partner of the items."""
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        item, money = ("debit", "credit") if kind == "receivable" else ("credit", "debit")
        since = fields.Date.subtract(fields.Date.context_today(self), days=DAYS_BACK)
        return self.env.execute_query(
            SQL(
                """SELECT item.partner_id,
                          SUM((money.date - COALESCE(item.date_maturity, item.date)) * part.amount) / SUM(part.amount),
                          SUM(part.amount), COUNT(*)
                     FROM account_partial_reconcile part
                     JOIN account_move_line item ON item.id = part.%s
                     JOIN account_move_line money ON money.id = part.%s
                     JOIN account_account account ON account.id = item.account_id
                     JOIN account_journal journal ON journal.id = money.journal_id
                    WHERE account.account_type = %s AND journal.type IN %s AND item.company_id = %s AND item.partner_id IS NOT NULL
                      AND money.date >= %s AND part.amount > 0 AND item.parent_state = 'posted' AND money.parent_state = 'posted'
                    GROUP BY item.partner_id""",
                SQL.identifier(f"{item}_move_id"),
                SQL.identifier(f"{money}_move_id"),
                ACCOUNT_TYPES[kind],
                MONEY,
                company.id,
                since,
            )
        )


class CosmeticsFinanceForecast(models.Model):
    """An open item with the day on which its money is expected. Read only.

    Receipts are positive, payments negative, in the currency of the company. What should have come already is expected today.
    """

    _name = "cosmetics.finance.forecast"
    _description = "Expected Receipt or Payment"
    _auto = False
    _order = "expected_on, id"
    _rec_name = "move_name"
    _depends = {
        "cosmetics.finance.punctuality": ["company_id", "days_late", "kind", "partner_id"],
        "account.move": ["is_disputed"],
        "account.move.line": [
            "account_id", "amount_residual", "company_id", "date", "date_maturity", "move_id", "move_name", "parent_state", "partner_id",
        ],
    }  # fmt: skip

    kind = fields.Selection([("receivable", "Receipts"), ("payable", "Payments")], readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    move_id = fields.Many2one("account.move", string="Journal Entry", readonly=True)
    move_name = fields.Char(string="Document", readonly=True)
    due_on = fields.Date(string="Due Date", readonly=True)
    days_late = fields.Float(string="Average Days Late", digits=(16, 1), readonly=True, aggregator="avg")
    expected_on = fields.Date(string="Expected on", readonly=True)
    amount = fields.Monetary(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    @property
    def _table_query(self):
        today = fields.Date.context_today(self.with_context(tz=CHINA))
        return SQL(
            """SELECT line.id, %(kind)s AS kind, line.partner_id, line.move_id, line.move_name, line.company_id,
                      COALESCE(line.date_maturity, line.date) AS due_on, COALESCE(habit.days_late, 0) AS days_late,
                      GREATEST(COALESCE(line.date_maturity, line.date) + ROUND(COALESCE(habit.days_late, 0))::int, %(today)s::date)
                          AS expected_on,
                      line.amount_residual AS amount
                 FROM account_move_line line
                 JOIN account_account account ON account.id = line.account_id
                 JOIN account_move move ON move.id = line.move_id
            LEFT JOIN cosmetics_finance_punctuality habit
                   ON habit.partner_id = line.partner_id AND habit.company_id = line.company_id AND habit.kind = %(kind)s
                WHERE line.amount_residual != 0 AND line.parent_state = 'posted' AND account.account_type IN %(types)s
                  AND move.is_disputed IS NOT TRUE""",
            kind=SQL("(CASE WHEN account.account_type = 'asset_receivable' THEN 'receivable' ELSE 'payable' END)"),
            today=today,
            types=tuple(ACCOUNT_TYPES.values()),
        )

    def action_open(self):
        """Open the entry behind an item."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "account.move", "res_id": self.move_id.id, "view_mode": "form"}
