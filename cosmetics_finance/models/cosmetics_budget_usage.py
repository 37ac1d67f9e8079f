"""What is committed and spent against budgets, and the check of documents that want to spend."""

import json
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# What each query of spending selects, in this order, with these types.
PIECE = {
    "company_id": "integer",  # without branches: that of the books
    "day": "date",
    "code": "text",  # of the account
    "store_id": "integer",
    "department_id": "integer",
    "distribution": "jsonb",  # analytic distribution, {"12": 50.0, "3,4": 50.0}
    "amount": "numeric",  # in the currency of the company
}


class CosmeticsBudget(models.Model):
    _inherit = "cosmetics.budget"

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_commitment_queries(self):
        """Return a list of :class:`odoo.tools.SQL`: SELECTs of what documents have committed and the books do not hold yet.

        Each selects the columns of :data:`PIECE` in that order. A row must vanish in the transaction that posts its entry.
        """
        return []

    @api.model
    def _get_match_conditions(self):
        """Return conditions (list of :class:`odoo.tools.SQL`) under which a ``line`` counts a ``piece``; joins add dimensions."""
        return [
            SQL("piece.company_id = line.company_id"),
            SQL("piece.code LIKE line.account_prefix || '%%'"),
            SQL("(line.store_id IS NULL OR line.store_id = piece.store_id)"),
            SQL("(line.analytic_account_id IS NULL OR %s > 0)", self._get_share_sql()),
        ]

    @api.model
    def _get_actual_department_sql(self):
        """Return the department (:class:`odoo.tools.SQL`) of a posted journal item ``item``; the join with employees knows it."""
        return SQL("NULL::integer")

    @api.model
    def _get_user_department_sql(self, user, company):
        """Return the department (:class:`odoo.tools.SQL`) in which a user works in a company; the join with employees knows it."""
        return SQL("NULL::integer")

    @api.model
    def _get_user_department(self, user, company):
        """Return the id of the department in which a user works in a company, as the query above finds it; False without one."""
        return False

    # ------------------------------------------------------------------ queries
    @api.model
    def _get_share_sql(self):
        """Return the share of a piece that its analytic distribution gives to the analytic account of a line."""
        return SQL(
            "COALESCE((SELECT sum(share.value::numeric) / 100 FROM jsonb_each_text(piece.distribution) share"
            " WHERE line.analytic_account_id::text = ANY(string_to_array(share.key, ','))), 0)"
        )

    @api.model
    def _get_closing_moves_query(self):
        """Return the SELECT of ids of entries that close a year (结转本年利润): they spend nothing."""
        # sudo: which accounts close a year is no secret
        statements = self.env["cosmetics.statement"].sudo().search([("profit_accounts", "!=", False)])
        profit = " ".join(statements.mapped("profit_accounts")).split()
        return SQL(
            """SELECT closed.move_id FROM account_move_line closed
                 JOIN res_company holder ON holder.id = closed.company_id
                 JOIN account_account closing ON closing.id = closed.account_id
                WHERE closing.code_store->>split_part(holder.parent_path, '/', 1) LIKE ANY(%s)""",
            [f"{prefix}%" for prefix in profit],
        )

    @api.model
    def _get_actual_query(self, lines=None):
        """Return the SELECT of posted journal items, summed by month: of accounts and years that these budget lines look at, or any."""
        looking = SQL("TRUE") if lines is None else SQL("line.id IN %s", tuple(lines.ids) or (0,))
        year = SQL("SELECT budget.year::integer FROM cosmetics_budget budget JOIN cosmetics_budget_line line ON line.budget_id = budget.id")
        years = SQL("%s WHERE %s", year, looking)
        return SQL(
            """SELECT split_part(company.parent_path, '/', 1)::integer, date_trunc('month', item.date)::date,
                      account.code_store->>split_part(company.parent_path, '/', 1), item.store_id, %s AS department_id,
                      item.analytic_distribution, sum(item.balance)
                 FROM account_move_line item
                 JOIN res_company company ON company.id = item.company_id
                 JOIN account_account account ON account.id = item.account_id
                WHERE item.parent_state = 'posted'
                  AND item.account_id IN (
                      SELECT looked.id FROM account_account looked, jsonb_each_text(looked.code_store) store(company, code)
                       WHERE EXISTS (SELECT FROM cosmetics_budget_line line WHERE store.code LIKE line.account_prefix || '%%' AND %s))
                  AND item.date BETWEEN (SELECT make_date(min(year), 1, 1) FROM (%s) looked_at(year))
                                    AND (SELECT make_date(max(year), 12, 31) FROM (%s) looked_at(year))
                  AND item.move_id NOT IN (%s)
                GROUP BY 1, 2, 3, 4, 5, 6""",
            self._get_actual_department_sql(),
            looking,
            years,
            years,
            self._get_closing_moves_query(),
        )

    @api.model
    def _get_usage_query(self, lines=None):
        """Return the SELECT of ``line_id, month, committed, actual``, of all lines or of these."""
        columns = SQL(", ").join(map(SQL.identifier, PIECE))
        pieces = SQL(" UNION ALL ").join(
            [
                SQL("SELECT TRUE, * FROM (%s) spent(%s)", self._get_actual_query(lines), columns),
                *(SQL("SELECT FALSE, * FROM (%s) held(%s)", query, columns) for query in self._get_commitment_queries()),
            ]
        )
        share = SQL("CASE WHEN line.analytic_account_id IS NULL THEN piece.amount ELSE piece.amount * %s END", self._get_share_sql())
        return SQL(
            """SELECT counted.line_id, counted.month,
                      COALESCE(sum(counted.amount) FILTER (WHERE NOT counted.is_actual), 0) AS committed,
                      COALESCE(sum(counted.amount) FILTER (WHERE counted.is_actual), 0) AS actual
                 FROM (SELECT COALESCE(target.line_id, line.id) AS line_id, piece.is_actual, %s AS amount,
                              extract(month FROM COALESCE(target.day, piece.day))::integer AS month
                         FROM cosmetics_budget_line line
                         JOIN cosmetics_budget budget ON budget.id = line.budget_id
                         JOIN (%s) piece(is_actual, %s)
                           ON piece.day BETWEEN make_date(budget.year::integer, 1, 1) AND make_date(budget.year::integer, 12, 31) AND %s
                         -- What is committed in a month that was carried forward counts where it was carried to.
                    LEFT JOIN cosmetics_budget_month own ON NOT piece.is_actual AND own.line_id = line.id
                              AND own.day = date_trunc('month', piece.day)::date AND own.carried_to_id IS NOT NULL
                    LEFT JOIN cosmetics_budget_month target ON target.id = own.carried_to_id
                        WHERE (target.id IS NULL OR budget.state = 'approved') AND %s) counted
                WHERE %s
                GROUP BY counted.line_id, counted.month""",
            share,
            pieces,
            columns,
            SQL(" AND ").join(self._get_match_conditions()),
            *self._get_usage_limits(lines),
        )

    @api.model
    def _get_usage_limits(self, lines):
        """Return the conditions on lines whose pieces are read, and on lines that are told."""
        if lines is None:
            return SQL("TRUE"), SQL("TRUE")
        ids = tuple(lines.ids) or (0,)
        carried = SQL(
            """line.id IN %s OR line.id IN (
                   SELECT own.line_id FROM cosmetics_budget_month own JOIN cosmetics_budget_month target ON target.id = own.carried_to_id
                    WHERE target.line_id IN %s)""",
            ids,
            ids,
        )
        return SQL("(%s)", carried), SQL("counted.line_id IN %s", ids)

    @api.model
    def _get_usage(self, lines):
        """Return {(line id, month): (committed, actual)}, amounts as Decimal, zero where missing."""
        self.env.flush_all()
        rows = self.env.execute_query(self._get_usage_query(lines))
        return {(line, month): (Decimal(str(committed)), Decimal(str(actual))) for line, month, committed, actual in rows}

    # ------------------------------------------------------------------ check
    @api.model
    def _find_lines(self, pieces):
        """Return {line: {month: amount}} of budgets in force that count these pieces (dicts with the keys of :data:`PIECE`).

        Pieces that give money back are not looked at: what lowers the spending is never refused.
        """
        values = [
            SQL("(%s)", SQL(", ").join(SQL("%s::" + kind, self._get_sql_value(piece.get(name))) for name, kind in PIECE.items()))
            for piece in pieces
            if piece["amount"] > 0
        ]
        if not values:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.id, extract(month FROM piece.day)::integer,
                          sum(CASE WHEN line.analytic_account_id IS NULL THEN piece.amount ELSE piece.amount * %s END)
                     FROM cosmetics_budget_line line
                     JOIN cosmetics_budget budget ON budget.id = line.budget_id AND budget.state = 'approved'
                     JOIN (VALUES %s) piece(%s) ON extract(year FROM piece.day)::text = budget.year AND %s
                    GROUP BY line.id, extract(month FROM piece.day)
                    ORDER BY line.id""",
                self._get_share_sql(),
                SQL(", ").join(values),
                SQL(", ").join(map(SQL.identifier, PIECE)),
                SQL(" AND ").join(self._get_match_conditions()),
            )
        )
        found = {}
        for line, month, amount in rows:
            # sudo: whoever spends is judged by budgets that only the books show
            found.setdefault(self.env["cosmetics.budget.line"].sudo().browse(line), {})[month] = Decimal(str(amount))
        return found

    @api.model
    def _get_sql_value(self, value):
        return json.dumps(value) if isinstance(value, dict) else value or None

    @api.model
    def _check_spending(self, pieces, is_commitment=False):
        """Refuse documents that exceed a budget line which stops; call it after they are written, in the same transaction.

        The lines are held first: of many who want the last of a line at once, each sees what the one before has taken.

        :param pieces: what the documents commit or spend, dicts with the keys of :data:`PIECE`
        :param is_commitment: whether they are committed only, which counts where a month that was carried forward went
        :return: sentences about lines that only warn
        :raises UserError: names the lines that stop, and what is missing
        """
        found = self._find_lines(pieces)
        if is_commitment:
            found = self._follow_carried(found)
        lines = self.env["cosmetics.budget.line"].sudo().union(*found).filtered(lambda line: line.control != "none")
        if not lines:
            return []
        lines.sorted("id")._hold()
        available = lines._get_available()
        over = [
            (line, month, available[line][month - 1])
            for line in lines
            for month in sorted(found[line])
            if line.currency_id.compare_amounts(float(available[line][month - 1]), 0) < 0
        ]
        if stops := [item for item in over if item[0].control == "stop"]:
            raise UserError(
                self.env._(
                    "The budget does not allow it: %s. Lower the amount, or have a transfer or supplement of the budget approved first.",
                    "; ".join(self._describe(*item) for item in stops),
                )
            )
        return [self._describe(*item) for item in over]

    @api.model
    def _describe(self, line, month, available):
        """Return a part of a sentence: what a line lacks in a month."""
        return self.env._(
            "%(line)s in %(year)s-%(month)s is exceeded by %(amount)s",
            line=line.name,
            year=line.budget_id.year,
            month=f"{month:02d}",
            amount=line.currency_id.format(float(-available)),
        )

    @api.model
    def _describe_pieces(self, pieces, is_counted):
        """Return a text for a form: what budgets leave once these pieces are spent.

        :param is_counted: whether the figures hold the pieces already, as those of a document that was submitted
        """
        found = self._find_lines(pieces)
        lines = self.env["cosmetics.budget.line"].sudo().union(*found)
        available = lines._get_available()
        parts = []
        for line in lines:
            for month, amount in sorted(found[line].items()):
                left = available[line][month - 1] - (0 if is_counted else amount)
                if line.currency_id.compare_amounts(float(left), 0) < 0:
                    parts.append(self._describe(line, month, left))
                else:
                    text = self.env._("%(line)s leaves %(amount)s", line=line.name, amount=line.currency_id.format(float(left)))
                    parts.append(text)
        return "; ".join(parts)
