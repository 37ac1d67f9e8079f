"""What is open by partner at the end of the period (往来): as of that day, whatever was matched since."""

from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.audit_pack import Table, split_sides


class CosmeticsAuditPack(models.Model):
    _inherit = "cosmetics.audit.pack"

    def _pack_open_items(self, pack):
        """往来未清项: items of all accounts whose items are matched, by partner."""
        headings = [
            self.env._("Account Code"), self.env._("Account Name"), self.env._("Partner Code"), self.env._("Partner Name"),
            self.env._("Voucher Date"), self.env._("Due Date"), self.env._("Voucher No."), self.env._("Document"), self.env._("Summary"),
            self.env._("Debit Amount"), self.env._("Credit Amount"), self.env._("Open Debit"), self.env._("Open Credit"),
            self.env._("Days Overdue"),
        ]  # fmt: skip
        table = Table("06_" + self.env._("Open Items"), headings, money=frozenset({9, 10, 11, 12}), sides=(11, 12))
        rows = ([*row[:-2], *split_sides(Decimal(row[-2])), row[-1]] for row in self._fetch(self._get_open_sql()))
        expected = self._count_open_items()
        self._check_open_balance(expected)
        return self._add_table(pack, table, rows, expected), []

    def _get_open_sql(self):
        """An item less what was matched with it up to the end of the period."""
        return SQL(
            """
            SELECT %(code)s, %(account)s, COALESCE(NULLIF(partner.ref, ''), partner.id::text), partner.complete_name, line.date::text,
                   line.date_maturity::text, %(voucher)s, move.name, COALESCE(line.name, move.ref, move.name),
                   ROUND(line.debit, %(digits)s)::text, ROUND(line.credit, %(digits)s)::text,
                   ROUND(line.balance - COALESCE(paid.amount, 0) + COALESCE(used.amount, 0), %(digits)s)::text,
                   GREATEST(%(end)s::date - COALESCE(line.date_maturity, line.date), 0)
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
         LEFT JOIN res_partner partner ON partner.id = line.partner_id
         LEFT JOIN (SELECT debit_move_id AS id, SUM(amount) AS amount FROM account_partial_reconcile
                     WHERE max_date <= %(end)s GROUP BY 1) paid ON paid.id = line.id
         LEFT JOIN (SELECT credit_move_id AS id, SUM(amount) AS amount FROM account_partial_reconcile
                     WHERE max_date <= %(end)s GROUP BY 1) used ON used.id = line.id
             WHERE line.company_id IN %(companies)s AND line.parent_state = 'posted' AND line.date <= %(end)s AND %(matched)s
               AND ROUND(line.balance - COALESCE(paid.amount, 0) + COALESCE(used.amount, 0), %(digits)s) != 0
             ORDER BY %(code)s, line.account_id, partner.complete_name, line.partner_id, line.date, line.id
            """,
            code=self._get_code_sql(),
            account=self._get_name_sql("account"),
            voucher=self._get_voucher_sql(),
            digits=self.currency_id.decimal_places,
            end=self.date_end,
            companies=self._get_company_ids(),
            matched=self._get_matched_sql(),
        )

    def _get_matched_sql(self):
        """Return the condition that an account's items are matched with each other; money in the bank is owed by nobody."""
        kinds = ("asset_receivable", "liability_payable")
        return SQL("(account.account_type IN %s OR (account.reconcile AND account.account_type != 'asset_cash'))", kinds)

    def _count_open_items(self):
        """Return the totals of the open items, added up piece by piece: each item, then what each match took off either side."""
        return self._sum_up(
            SQL(
                """
                SELECT COUNT(*), SUM(GREATEST(rest, 0))::text, SUM(GREATEST(-rest, 0))::text
                  FROM (SELECT SUM(piece.amount) AS rest
                          FROM (SELECT id, debit - credit AS amount FROM account_move_line
                                 UNION ALL SELECT debit_move_id, -amount FROM account_partial_reconcile WHERE max_date <= %(end)s
                                 UNION ALL SELECT credit_move_id, amount FROM account_partial_reconcile WHERE max_date <= %(end)s) piece
                          JOIN account_move_line line ON line.id = piece.id
                          JOIN account_move move ON move.id = line.move_id
                          JOIN account_account account ON account.id = line.account_id
                         WHERE move.state = 'posted' AND move.date <= %(end)s AND move.company_id IN %(companies)s AND %(matched)s
                         GROUP BY line.id HAVING ROUND(SUM(piece.amount), %(digits)s) != 0) item
                """,
                end=self.date_end,
                companies=self._get_company_ids(),
                matched=self._get_matched_sql(),
                digits=self.currency_id.decimal_places,
            )
        )

    def _check_open_balance(self, totals):
        """What is open must come to the balance of the accounts in the ledger."""
        [(balance,)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(line.debit) - SUM(line.credit), 0)::text
                  FROM account_move move
                  JOIN account_move_line line ON line.move_id = move.id
                  JOIN account_account account ON account.id = line.account_id
                 WHERE move.state = 'posted' AND move.date <= %s AND move.company_id IN %s AND %s
                """,
                self.date_end,
                self._get_company_ids(),
                self._get_matched_sql(),
            )
        )
        found, balance = totals.debit - totals.credit, Decimal(balance)
        if found != balance.quantize(found):
            raise UserError(
                self.env._(
                    "The open items come to %(found)s, the balance of their accounts to %(balance)s. No pack is handed out; "
                    "look at the matched items of this period, then build it again.",
                    found=f"{found:,.2f}",
                    balance=f"{balance:,.2f}",
                )
            )
