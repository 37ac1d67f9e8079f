"""Entries and ledgers of an audit pack. Columns bear the names of the data elements of GB/T 24589.1 where it has them."""

from collections import defaultdict
from decimal import Decimal
from itertools import count

from odoo import models
from odoo.tools import SQL

from ..tools.audit_pack import NOTHING, ZERO, Table, list_balances, split_sides
from .account_move_voucher import WORD

PAGE = 2_000


class CosmeticsAuditPack(models.Model):
    _inherit = "cosmetics.audit.pack"

    # ------------------------------------------------------------------ parts
    def _pack_accounts(self, pack):
        """会计科目."""
        headings = [self.env._("Account Code"), self.env._("Account Name"), self.env._("Account Type"), self.env._("Reconciled")]
        types = dict(self.env["account.account"]._fields["account_type"]._description_selection(self.env))
        yes = self.env._("Yes")
        rows = (
            [code, name, types.get(kind), yes if is_matched else ""]
            for code, name, kind, is_matched in self._fetch(
                SQL(
                    "SELECT %(code)s, %(name)s, account.account_type, account.reconcile FROM account_account account"
                    " WHERE %(code)s IS NOT NULL ORDER BY %(code)s, account.id",
                    code=self._get_code_sql(),
                    name=self._get_name_sql("account"),
                )
            )
        )
        return self._add_table(pack, Table("01_" + self.env._("Chart of Accounts"), headings), rows, self._count_accounts()), []

    def _pack_entries(self, pack):
        """记账凭证: every journal item."""
        headings = [
            self.env._("Voucher Date"), self.env._("Accounting Year"), self.env._("Accounting Period No."),
            self.env._("Voucher Type"), self.env._("Voucher No."), self.env._("Line No."), self.env._("Summary"),
            self.env._("Account Code"), self.env._("Account Name"), self.env._("Partner Code"), self.env._("Partner Name"),
            self.env._("Currency Code"), self.env._("Debit in Currency"), self.env._("Credit in Currency"), self.env._("Debit Amount"),
            self.env._("Credit Amount"), self.env._("Number of Attachments"), self.env._("Made by"), self.env._("Document"),
            self.env._("Journal"), self.env._("Company"),
        ]  # fmt: skip
        table = Table("02_" + self.env._("Journal Entries"), headings, money=frozenset({12, 13, 14, 15}), sides=(14, 15))
        expected = self._count_items(self.date_begin, self.date_end)
        rows = self._watch(pack, self._fetch(self._get_entries_sql()), expected.count)
        return self._add_table(pack, table, rows, expected), self._get_number_notes()

    def _pack_ledgers(self, pack):
        """总账, 明细账 and 科目余额表."""
        accounts, months = self._get_sums()
        lines = self._pack_general(pack, accounts, months)
        lines += self._pack_detail(pack, accounts)
        return lines + self._pack_balances(pack, accounts, months), []

    def _pack_general(self, pack, accounts, months):
        headings = [
            self.env._("Account Code"), self.env._("Account Name"), self.env._("Month"), self.env._("Opening Balance"),
            self.env._("Debit Amount"), self.env._("Credit Amount"), self.env._("Closing Balance"),
        ]  # fmt: skip
        table = Table("03_" + self.env._("General Ledger"), headings, money=frozenset({3, 4, 5, 6}), sides=(4, 5))
        rows = ([*account, *amounts] for account, *amounts in list_balances(accounts, months))
        expected = self._count_items(self.date_begin, self.date_end)
        return self._add_table(pack, table, rows, expected._replace(count=self._count_accounts_in_use() * len(months)))

    def _pack_detail(self, pack, accounts):
        headings = [
            self.env._("Account Code"), self.env._("Account Name"), self.env._("Voucher Date"), self.env._("Voucher No."),
            self.env._("Summary"), self.env._("Partner Name"), self.env._("Debit Amount"), self.env._("Credit Amount"),
            self.env._("Direction"), self.env._("Balance"), self.env._("Document"),
        ]  # fmt: skip
        table = Table("04_" + self.env._("Detail Ledger"), headings, money=frozenset({6, 7, 9}), sides=(6, 7))
        expected = self._count_items(self.date_begin, self.date_end)
        rows = self._watch(pack, self._list_detail(accounts), expected.count)
        return self._add_table(pack, table, rows, expected)

    def _list_detail(self, accounts):
        """Yield the rows of the detail ledger: an opening row for each account with items, then the items with the balance so far."""
        word = {1: self.env._("Dr"), -1: self.env._("Cr"), 0: self.env._("Flat")}
        opening, current, balance = self.env._("Opening Balance"), None, None
        for code, name, date, voucher, summary, partner, debit, credit, document in self._fetch(self._get_detail_sql()):
            if (code, name) != current:
                current = code, name
                before, spent = accounts[current].get(None, NOTHING)
                balance = before - spent
                yield [code, name, f"{self.date_begin}", "", opening, "", None, None, word[(balance > 0) - (balance < 0)], abs(balance), ""]
            balance += Decimal(debit) - Decimal(credit)
            yield [code, name, date, voucher, summary, partner, debit, credit, word[(balance > 0) - (balance < 0)], abs(balance), document]

    def _pack_balances(self, pack, accounts, months):
        headings = [
            self.env._("Account Code"), self.env._("Account Name"), self.env._("Opening Debit"), self.env._("Opening Credit"),
            self.env._("Debit Amount"), self.env._("Credit Amount"), self.env._("Closing Debit"), self.env._("Closing Credit"),
        ]  # fmt: skip
        table = Table("05_" + self.env._("Trial Balance"), headings, money=frozenset(range(2, 8)), sides=(6, 7))
        rows = []
        for account, by_month in accounts.items():
            before, spent = by_month.get(None, NOTHING)
            debit, credit = (sum((by_month[month][side] for month in months if month in by_month), ZERO) for side in (0, 1))
            closing = before - spent + debit - credit
            rows.append([*account, *split_sides(before - spent), debit, credit, *split_sides(closing)])
        return self._add_table(pack, table, rows, self._count_balances())

    # ------------------------------------------------------------------ queries
    def _get_entries_sql(self):
        """Items in the order of the vouchers; a storno stands as a negative amount on its own side."""
        return SQL(
            """
            SELECT line.date::text, EXTRACT(YEAR FROM line.date)::int, EXTRACT(MONTH FROM line.date)::int, %(word)s,
                   COALESCE(move.voucher_number, 0),
                   row_number() OVER (PARTITION BY line.move_id ORDER BY line.balance < 0, line.sequence, line.id)::int,
                   COALESCE(line.name, move.ref, move.name), %(code)s, %(account)s, COALESCE(NULLIF(partner.ref, ''), partner.id::text),
                   partner.complete_name, currency.name,
                   ROUND(CASE WHEN %(is_debit)s THEN line.amount_currency ELSE 0 END, currency.decimal_places)::text,
                   ROUND(CASE WHEN %(is_debit)s THEN 0 ELSE -line.amount_currency END, currency.decimal_places)::text,
                   ROUND(line.debit, %(digits)s)::text, ROUND(line.credit, %(digits)s)::text,
                   (SELECT COUNT(*)::int FROM ir_attachment file WHERE file.res_model = 'account.move' AND file.res_id = line.move_id),
                   maker.complete_name, move.name, %(journal)s, company.name
              %(source)s
             ORDER BY line.date, line.company_id, move.voucher_number, line.move_id, line.balance < 0, line.sequence, line.id
            """,
            word=WORD,
            code=self._get_code_sql(),
            account=self._get_name_sql("account"),
            journal=self._get_name_sql("journal"),
            is_debit=SQL("(line.debit != 0 OR (line.credit = 0 AND line.amount_currency >= 0))"),
            digits=self.currency_id.decimal_places,
            source=self._get_items_source(),
        )

    def _get_detail_sql(self):
        return SQL(
            """
            SELECT %(code)s, %(account)s, line.date::text, %(voucher)s, COALESCE(line.name, move.ref, move.name), partner.complete_name,
                   ROUND(line.debit, %(digits)s)::text, ROUND(line.credit, %(digits)s)::text, move.name
              %(source)s
             ORDER BY %(code)s, line.account_id, line.date, line.company_id, move.voucher_number, line.move_id, line.sequence, line.id
            """,
            code=self._get_code_sql(),
            account=self._get_name_sql("account"),
            voucher=self._get_voucher_sql(),
            digits=self.currency_id.decimal_places,
            source=self._get_items_source(),
        )

    def _get_items_source(self):
        """Return FROM and WHERE of the posted items of the period."""
        return SQL(
            """
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
              JOIN account_journal journal ON journal.id = line.journal_id
              JOIN res_company company ON company.id = line.company_id
              JOIN res_currency currency ON currency.id = line.currency_id
         LEFT JOIN res_partner partner ON partner.id = line.partner_id
         LEFT JOIN res_users login ON login.id = move.create_uid
         LEFT JOIN res_partner maker ON maker.id = login.partner_id
             WHERE line.company_id IN %s AND line.parent_state = 'posted' AND line.date BETWEEN %s AND %s
            """,
            self._get_company_ids(),
            self.date_begin,
            self.date_end,
        )

    def _get_sums(self):
        """Return ({(code, name): {month or None: (debit, credit)}}, months): None is all before the period."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(code)s, %(name)s, sums.month, ROUND(sums.debit, %(digits)s)::text, ROUND(sums.credit, %(digits)s)::text
                  FROM (SELECT account_id, CASE WHEN date >= %(begin)s THEN to_char(date, 'YYYY-MM') END AS month,
                               SUM(debit) AS debit, SUM(credit) AS credit
                          FROM account_move_line
                         WHERE company_id IN %(companies)s AND parent_state = 'posted' AND account_id IS NOT NULL AND date <= %(end)s
                         GROUP BY 1, 2) sums
                  JOIN account_account account ON account.id = sums.account_id
                 ORDER BY %(code)s, account.id, sums.month
                """,
                code=self._get_code_sql(),
                name=self._get_name_sql("account"),
                digits=self.currency_id.decimal_places,
                begin=self.date_begin,
                end=self.date_end,
                companies=self._get_company_ids(),
            )
        )
        accounts = defaultdict(dict)
        for code, name, month, debit, credit in rows:
            accounts[code, name][month] = Decimal(debit), Decimal(credit)
        first, last = (day.year * 12 + day.month - 1 for day in (self.date_begin, self.date_end))
        return accounts, [f"{number // 12}-{number % 12 + 1:02d}" for number in range(first, last + 1)]

    def _get_company_ids(self):
        return tuple(self.env["cosmetics.statement"]._get_companies(self.company_id).ids)

    def _get_code_sql(self):
        return SQL("account.code_store ->> %s", str(self.company_id.root_id.id))

    def _get_name_sql(self, table):
        """Return the name of an account or a journal in the language of the company."""
        column = SQL.identifier(table, "name")
        return SQL("COALESCE(%s ->> %s, %s ->> 'en_US')", column, self.env.lang or "en_US", column)

    def _get_voucher_sql(self):
        number = SQL("lpad(move.voucher_number::text, GREATEST(4, length(move.voucher_number::text)), '0')")
        return SQL("CASE WHEN move.voucher_number > 0 THEN %s || %s ELSE '' END", f"{WORD}-", number)

    def _fetch(self, query, numbers=count()):  # noqa: B008 - one sequence for all: two cursors need two names
        """Yield the rows of a query through a cursor of the database, so that memory holds a page of them."""
        name = SQL.identifier(f"audit_pack_{next(numbers)}")
        self.env.cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, query))
        while True:
            self.env.cr.execute(SQL("FETCH %s FROM %s", PAGE, name))
            if not (rows := self.env.cr.fetchall()):
                break
            yield from rows
        self.env.cr.execute(SQL("CLOSE %s", name))

    def _watch(self, pack, rows, expected):
        """Yield the rows and show how many of the expected ones are over."""
        step = max(expected // 50, 50)
        for number, row in enumerate(rows):
            if number and not number % step:
                pack.tell(min(number / expected, 1))
            yield row
