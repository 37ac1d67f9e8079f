"""What is open between bank and books, by age."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.age import BANDS


class CosmeticsBankOpen(models.Model):
    """A movement of a bank without its counterpart in the books, a payment that no bank has shown yet, or money between own accounts.

    Read only, as of today. Amounts are positive when money came or comes in. The id tells the three sources apart: 3·id, 3·id+1, 3·id+2.
    """

    _name = "cosmetics.bank.open"
    _description = "Open at the Bank"
    _auto = False
    _order = "date, id"
    _rec_name = "name"
    _depends = {
        "account.bank.statement.line": ["amount", "company_id", "is_reconciled", "journal_id", "move_id", "partner_id", "payment_ref"],
        "account.move": ["date", "name", "state"],
        "account.move.line": ["account_id", "amount_residual", "date", "name", "partner_id", "parent_state", "reconciled"],
        "account.payment": [
            "amount",
            "company_id",
            "date",
            "is_matched",
            "journal_id",
            "move_id",
            "name",
            "partner_id",
            "payment_type",
            "state",
        ],
        "res.company": ["transfer_account_id"],
        "account.journal": ["type"],
    }

    kind = fields.Selection(
        [
            ("bank_in", "Received by the Bank, not in the Books"),
            ("bank_out", "Paid by the Bank, not in the Books"),
            ("book_in", "Received by the Books, not at the Bank"),
            ("book_out", "Paid by the Books, not at the Bank"),
            ("between", "Between Own Accounts"),
        ],
        readonly=True,
    )
    journal_id = fields.Many2one("account.journal", string="Bank Account", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    move_id = fields.Many2one("account.move", string="Journal Entry", readonly=True)
    name = fields.Char(string="Memo", readonly=True)
    date = fields.Date(readonly=True)
    days = fields.Integer(string="Days Open", readonly=True, aggregator="max")
    band = fields.Selection(
        [("0_7", "0–7 Days"), ("8_30", "8–30 Days"), ("31_90", "31–90 Days"), ("over_90", "Over 90 Days")], string="Age", readonly=True
    )
    amount = fields.Monetary(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        days = SQL("(%s::date - open.date)", fields.Date.context_today(self))
        whens = SQL(" ").join(SQL("WHEN %s <= %s THEN %s", days, last, code) for last, code in BANDS if last is not None)
        return SQL(
            "SELECT open.*, %s AS days, CASE %s ELSE %s END AS band FROM (%s UNION ALL %s UNION ALL %s) open",
            days,
            whens,
            BANDS[-1][1],
            self._get_movements(),
            self._get_payments(),
            self._get_between(),
        )

    @api.model
    def _get_movements(self):
        """Return the query of bank movements that nothing is matched with."""
        return SQL(
            """SELECT 3 * line.id AS id, CASE WHEN line.amount > 0 THEN 'bank_in' ELSE 'bank_out' END AS kind, line.journal_id,
                      line.partner_id, line.move_id, line.payment_ref AS name, move.date, line.amount, line.company_id, line.currency_id
                 FROM account_bank_statement_line line
                 JOIN account_move move ON move.id = line.move_id AND move.state = 'posted'
                 JOIN account_journal journal ON journal.id = line.journal_id AND journal.type = 'bank'
                WHERE line.is_reconciled IS NOT TRUE"""
        )

    @api.model
    def _get_payments(self):
        """Return the query of payments that no bank movement shows yet, with an entry or without."""
        return SQL(
            """SELECT 3 * payment.id + 1, CASE WHEN payment.payment_type = 'inbound' THEN 'book_in' ELSE 'book_out' END, payment.journal_id,
                      payment.partner_id, payment.move_id, COALESCE(payment.memo, payment.name), payment.date,
                      CASE WHEN payment.payment_type = 'inbound' THEN payment.amount ELSE -payment.amount END,
                      payment.company_id, payment.currency_id
                 FROM account_payment payment
                 JOIN account_journal journal ON journal.id = payment.journal_id AND journal.type = 'bank'
                WHERE payment.state IN ('in_process', 'paid') AND payment.is_matched IS NOT TRUE"""
        )

    @api.model
    def _get_between(self):
        """Return the query of money that has left one own account and not reached the other."""
        return SQL(
            """SELECT 3 * item.id + 2, 'between', item.journal_id, item.partner_id, item.move_id, item.name, item.date,
                      item.amount_residual, item.company_id, company.currency_id
                 FROM account_move_line item
                 JOIN res_company company ON company.id = item.company_id AND company.transfer_account_id = item.account_id
                WHERE item.parent_state = 'posted' AND item.reconciled IS NOT TRUE AND item.amount_residual != 0"""
        )

    def action_open(self):
        """Open the entry behind an item, or the payment that has none."""
        self.ensure_one()
        target = {"type": "ir.actions.act_window", "view_mode": "form", "res_model": "account.move", "res_id": self.move_id.id}
        return target if self.move_id else {**target, "res_model": "account.payment", "res_id": self.id // 3}
