from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.cash_flow import HOPS, Book, Classifier, Line

BATCH = 10_000


class CosmeticsCashFlow(models.Model):
    """What the cash of an entry belongs to, worked out once and kept until something it depends on changes.

    Worked out when a statement is asked for (and each night), not when entries are posted. Posting, reconciling and changes of an entry
    only drop what was known (``_forget``). In a closed period nothing is dropped: the statement stays as it was handed in.
    """

    _name = "cosmetics.cash.flow"
    _description = "Cash Flow of an Entry"
    _order = "date desc, move_id desc"
    _log_access = False
    _rec_name = "move_id"

    move_id = fields.Many2one("account.move", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    row_id = fields.Many2one("cosmetics.statement.row", readonly=True, ondelete="cascade", help="Empty when cash only changed its place.")
    amount = fields.Monetary(readonly=True, help="Positive when money came in.")
    is_unmatched = fields.Boolean(string="No Rule", readonly=True, help="No rule names the account: the money counts as other cash.")

    _uniq = models.UniqueIndex("(move_id, row_id, is_unmatched) NULLS NOT DISTINCT")
    _company_date_idx = models.Index("(company_id, date)")
    _row_idx = models.Index("(row_id, date)")

    # ------------------------------------------------------------------ figures
    @api.model
    def _get_figures(self, statement, company, spans):
        """Return {row code: [Decimal of each span]}; payments are positive in rows of the credit side."""
        self._fill(statement, company, max(end for _begin, end in spans))
        definition = statement._get_definition()
        figures = {code: [Decimal(0)] * len(spans) for code, row in definition.rows.items() if row.kind != "heading"}
        flows = self._sum_flows(company, spans)
        opening = statement._get_row("opening_cash")
        for row in statement.row_ids:
            amounts = flows.get(row.id)
            if amounts:
                figures[row.code] = [-amount for amount in amounts] if row.is_credit else amounts
        if opening:
            figures[opening.code] = self._get_opening_cash(company, [begin for begin, _end in spans])
        for code, row in definition.rows.items():
            if row.kind == "total":
                figures[code] = [definition._sum(code, figures, column, ()) for column in range(len(spans))]
        return figures

    def _sum_flows(self, company, spans):
        sums = [SQL("COALESCE(SUM(amount) FILTER (WHERE date BETWEEN %s AND %s), 0)::text", begin, end) for begin, end in spans]
        rows = self.env.execute_query(
            SQL(
                "SELECT row_id, %s FROM cosmetics_cash_flow WHERE company_id IN %s AND date BETWEEN %s AND %s GROUP BY row_id",
                SQL(", ").join(sums),
                tuple(self.env["cosmetics.statement"]._get_companies(company).ids),
                min(begin for begin, _end in spans),
                max(end for _begin, end in spans),
            )
        )
        return {row: [Decimal(amount) for amount in amounts] for row, *amounts in rows}

    def _get_opening_cash(self, company, days):
        """Return the cash of the balance sheet on the evening before each day."""
        balance = self.env["cosmetics.statement"]._get_of_company(company, "balance")
        figures, _unmapped = balance._get_figures(company, [(None, fields.Date.subtract(day, days=1)) for day in days])
        return figures[balance._get_row("cash").code]

    # ------------------------------------------------------------------ working out
    @api.model
    def _fill(self, statement, company, end):
        """Work out the entries with cash up to a day that are not known yet, oldest first."""
        codes = self.env["cosmetics.statement"]._get_codes(company)
        cash = self._get_cash_accounts(company, codes)
        if not cash:
            return
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        classifier = Classifier(statement._get_rules())
        moves = self._get_unknown_moves(company, cash, end)
        for start in range(0, len(moves), BATCH):
            batch = moves[start : start + BATCH]
            book = self._get_book([move for move, _company, _date in batch], codes, set(cash), company)
            self._store(batch, classifier, book, company.currency_id.decimal_places)

    def _get_cash_accounts(self, company, codes):
        """Return the ids of the accounts that the balance sheet shows as cash."""
        balance = self.env["cosmetics.statement"]._get_of_company(company, "balance")
        row, definition = balance._get_row("cash"), balance._get_definition()
        return [account for account, code in codes.items() if row.code in definition.rows_of(code)]

    def _get_unknown_moves(self, company, cash, end):
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT line.move_id, line.company_id, line.date
                  FROM account_move_line line
                 WHERE line.company_id IN %s AND line.parent_state = 'posted' AND line.account_id IN %s AND line.date <= %s
                   AND NOT EXISTS (SELECT 1 FROM cosmetics_cash_flow flow WHERE flow.move_id = line.move_id)
                 ORDER BY line.date, line.move_id
                """,
                tuple(self.env["cosmetics.statement"]._get_companies(company).ids),
                tuple(cash),
                end,
            )
        )

    def _get_book(self, moves, codes, cash, company):
        """Return the entries and what they are reconciled with, as far as the classifier goes."""
        book, fresh = Book({}, defaultdict(list)), set(moves)
        for hop in range(HOPS + 1):
            lines = self._read_lines(fresh, codes, cash, company.currency_id.decimal_places)
            for move, line in lines:
                book.entries.setdefault(move, []).append(line)
            if hop == HOPS or not lines:
                break
            open_lines = [line.id for _move, line in lines if not line.is_cash]
            for line, match in self._read_matches(open_lines, company):
                book.matches[line].append(match)
                fresh.add(match[0])
            fresh -= set(book.entries)
        return book

    def _read_lines(self, moves, codes, cash, digits):
        if not moves:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move_id, id, account_id, round(balance * power(10::numeric, %s))::bigint, tax_line_id IS NOT NULL,
                       display_type = 'cogs', cash_flow_row_id
                  FROM account_move_line WHERE move_id IN %s AND account_id IS NOT NULL ORDER BY id
                """,
                digits,
                tuple(moves),
            )
        )
        return [
            (move, Line(line, codes.get(account, ""), cents, account in cash, is_tax, is_cost, override))
            for move, line, account, cents, is_tax, is_cost, override in rows
        ]

    def _read_matches(self, lines, company):
        """Return [(line id, (other entry, other line, cents))]; exchange differences move no money and are left out."""
        if not lines:
            return []
        halves = [
            SQL(
                "SELECT part.%(own)s, other.move_id, other.id, round(part.amount * power(10::numeric, %(digits)s))::bigint"
                "  FROM account_partial_reconcile part JOIN account_move_line other ON other.id = part.%(other)s"
                " WHERE part.%(own)s IN %(lines)s AND other.journal_id IS DISTINCT FROM %(exchange)s AND part.amount > 0",
                own=SQL.identifier(own),
                other=SQL.identifier(other),
                digits=company.currency_id.decimal_places,
                lines=tuple(lines),
                exchange=company.root_id.currency_exchange_journal_id.id or None,
            )
            for own, other in (("debit_move_id", "credit_move_id"), ("credit_move_id", "debit_move_id"))
        ]
        rows = self.env.execute_query(SQL("%s UNION ALL %s ORDER BY 1, 3", *halves))
        return [(line, (move, other, cents)) for line, move, other, cents in rows]

    def _store(self, batch, classifier, book, digits):
        rows = [
            (move, company, date, row, Decimal(cents).scaleb(-digits), unmatched)
            for move, company, date in batch
            for (row, unmatched), cents in classifier.classify(move, book).items()
        ]
        # Two users may work out the same entries at once: PostgreSQL then makes the second one begin anew.
        self.env.cr.execute_values(
            "INSERT INTO cosmetics_cash_flow (move_id, company_id, date, row_id, amount, is_unmatched) VALUES %s ON CONFLICT DO NOTHING",
            rows,
        )
        self.invalidate_model()

    # ------------------------------------------------------------------ forgetting
    @api.model
    def _forget(self, moves):
        """Drop what is known of entries and of all they are reconciled with, except in closed periods."""
        if not moves:
            return
        self.env["account.partial.reconcile"].flush_model()
        self.env["cosmetics.period.close"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH RECURSIVE near(move_id, hop) AS (
                    SELECT unnest(%s), 0
                  UNION
                    SELECT other.move_id, near.hop + 1
                      FROM near
                      JOIN account_move_line line ON line.move_id = near.move_id
                      JOIN LATERAL (
                            SELECT credit_move_id AS id FROM account_partial_reconcile WHERE debit_move_id = line.id
                             UNION ALL
                            SELECT debit_move_id FROM account_partial_reconcile WHERE credit_move_id = line.id
                           ) match ON TRUE
                      JOIN account_move_line other ON other.id = match.id
                     WHERE near.hop < %s
                )
                DELETE FROM cosmetics_cash_flow flow WHERE flow.move_id IN (SELECT move_id FROM near) AND %s
                """,
                list(moves.ids),
                HOPS,
                self._get_open_sql(),
            )
        )
        self.invalidate_model()

    @api.model
    def _forget_all(self):
        """Drop everything outside closed periods: rules or accounts have changed."""
        self.env["cosmetics.period.close"].flush_model()
        self.env.cr.execute(SQL("DELETE FROM cosmetics_cash_flow flow WHERE %s", self._get_open_sql()))
        self.invalidate_model()

    @api.model
    def _get_open_sql(self):
        """Return the condition under which ``flow`` lies in no closed period."""
        return SQL(
            "NOT EXISTS (SELECT 1 FROM cosmetics_period_close period JOIN res_company company ON company.id = flow.company_id"
            " WHERE period.state = 'closed' AND period.date_end >= flow.date"
            " AND company.parent_path LIKE period.company_id || '/%%')"
        )

    @api.model
    def _cron_fill(self):
        """Each night: work out what the day has brought, so that the statements open at once."""
        for company in self.env["res.company"].search([("parent_id", "=", False)]):
            statement = self.env["cosmetics.statement"].search(
                [("chart", "=", company.chart_template), ("kind", "=", "cash_flow")], limit=1
            )
            if statement:
                self._fill(statement, company, fields.Date.context_today(self))
