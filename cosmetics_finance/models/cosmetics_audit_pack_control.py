"""The control page: every count and sum of a file beside what the ledger says, by queries that share nothing with those of the files."""

from decimal import Decimal

import xlsxwriter
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.audit_pack import TableWriter, Totals, read_blocks, recount


class CosmeticsAuditPack(models.Model):
    _inherit = "cosmetics.audit.pack"

    def _add_table(self, pack, table, rows, expected):
        """Write a table in both formats, compare it with the ledger, put it into the zip; return its lines of the control page.

        The CSV is read again as it stands in the file; the spreadsheet is counted row by row as it is written.
        """
        with TableWriter(table, pack.folder) as writer:
            for row in rows:
                writer.add(row)
        lines = []
        for path, found in ((writer.csv_path, recount(table, writer.csv_path)), (writer.xlsx_path, writer.totals)):
            lines.append(self._compare(path.name, found, expected, has_amounts=bool(table.sides)))
            size, digest = pack.add(path.name, read_blocks(path))
            lines[-1].update(size=size, sha256=digest)
            path.unlink()
        return lines

    def _compare(self, name, found, expected, has_amounts=False):
        """Return a line of the control page; a difference stops the pack."""
        if found != expected:
            raise UserError(
                self.env._(
                    "%(file)s does not agree with the ledger: %(found)s in the file, %(expected)s in the ledger. No pack is handed out; "
                    "run the check list of the period close, then build it again.",
                    file=name,
                    found=self._describe(found, has_amounts),
                    expected=self._describe(expected, has_amounts),
                )
            )
        return {
            "name": name, "item_count": found.count, "ledger_count": expected.count, "has_amounts": has_amounts,
            "debit": float(found.debit), "ledger_debit": float(expected.debit), "credit": float(found.credit),
            "ledger_credit": float(expected.credit),
        }  # fmt: skip

    def _describe(self, totals, has_amounts):
        if not has_amounts:
            return self.env._("%s lines", totals.count)
        debit, credit = (f"{amount:,.2f}" for amount in totals[1:])
        return self.env._("%(count)s lines, debit %(debit)s, credit %(credit)s", count=totals.count, debit=debit, credit=credit)

    # ------------------------------------------------------------------ what the ledger says
    def _sum_up(self, query):
        [(count, debit, credit)] = self.env.execute_query(query)
        digits = Decimal(1).scaleb(-self.currency_id.decimal_places)
        return Totals(count, *(Decimal(amount or 0).quantize(digits) for amount in (debit, credit)))

    def _count_items(self, begin, end):
        """Return the totals of the items of posted entries; by the entries, where the files go by what is stored in the items."""
        return self._sum_up(
            SQL(
                """
                SELECT COUNT(*), SUM(line.debit)::text, SUM(line.credit)::text
                  FROM account_move move JOIN account_move_line line ON line.move_id = move.id
                 WHERE move.state = 'posted' AND move.date BETWEEN %s AND %s AND move.company_id IN %s
                   AND line.display_type NOT IN ('line_section', 'line_subsection', 'line_note')
                """,
                begin,
                end,
                self._get_company_ids(),
            )
        )

    def _count_accounts(self):
        return Totals(self.env["account.account"].with_context(active_test=False).search_count([("code", "!=", False)]))

    def _count_accounts_in_use(self):
        return self._count_balances().count

    def _count_balances(self):
        """Return how many accounts have items up to the end, and the sums of their balances on either side."""
        return self._sum_up(
            SQL(
                """
                SELECT COUNT(*), SUM(GREATEST(balance, 0))::text, SUM(GREATEST(-balance, 0))::text
                  FROM (SELECT SUM(line.debit) - SUM(line.credit) AS balance
                          FROM account_move move JOIN account_move_line line ON line.move_id = move.id
                         WHERE move.state = 'posted' AND move.date <= %s AND move.company_id IN %s AND line.account_id IS NOT NULL
                         GROUP BY line.account_id) closing
                """,
                self.date_end,
                self._get_company_ids(),
            )
        )

    # ------------------------------------------------------------------ page
    def _pack_control(self, pack, files, notes):
        """控制表 and the list of SHA-256 sums of all files, as sha256sum reads it."""
        name = self.env._("Control Page")
        path = pack.folder / f"00_{name}.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            self._write_control(book, files, notes)
        pack.add(path.name, read_blocks(path))
        listing = "".join(f"{digest}  {name}\n" for name, (_size, digest) in sorted(pack.listing.items()))
        pack.add("SHA256SUMS.txt", [listing.encode()])

    def _write_control(self, book, files, notes):
        title, bold, amount = (
            book.add_format(kind) for kind in ({"bold": True, "font_size": 16}, {"bold": True}, {"num_format": "#,##0.00"})
        )
        page = book.add_worksheet(self.env._("Control Page"))
        page.write_string(0, 0, self.env._("Control Page of the Audit Pack"), title)
        heads = {
            self.env._("Company"): self.company_id.name,
            self.env._("Period"): f"{self.date_begin} – {self.date_end}",
            self.env._("Built by"): self.env.user.name,
            self.env._("Built at"): self._get_now_text(),
        }
        for place, (label, text) in enumerate(heads.items(), start=1):
            page.write_string(place, 0, label, bold)
            page.write_string(place, 1, text)
        place = 2 + len(heads)
        for column, (heading, width) in enumerate(self._get_control_columns()):
            page.set_column(column, column, width)
            page.write_string(place, column, heading, bold)
        for line in files:
            place += 1
            self._write_control_line(page, place, line, amount)
        for sentence in [self.env._("All counts and sums agree with the ledger."), *notes]:
            place += 2
            page.write_string(place, 0, sentence)

    def _get_control_columns(self):
        return [
            (self.env._("File"), 34), (self.env._("In the File"), 12), (self.env._("In the Ledger"), 12),
            (self.env._("Debit in the File"), 18), (self.env._("Debit in the Ledger"), 18),
            (self.env._("Credit in the File"), 18), (self.env._("Credit in the Ledger"), 18),
            (self.env._("Agrees"), 8), (self.env._("SHA-256"), 68),
        ]  # fmt: skip

    def _write_control_line(self, page, place, line, amount):
        page.write_string(place, 0, line["name"])
        page.write_number(place, 1, line["item_count"])
        page.write_number(place, 2, line["ledger_count"])
        if line["has_amounts"]:
            for column, key in enumerate(("debit", "ledger_debit", "credit", "ledger_credit"), start=3):
                page.write_number(place, column, line[key], amount)
        page.write_string(place, 7, self.env._("Yes"))
        page.write_string(place, 8, line.get("sha256") or "")
