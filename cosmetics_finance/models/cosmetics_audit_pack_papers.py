"""Statements and vouchers on paper, and the documents attached to entries."""

import os

import xlsxwriter
from odoo import models
from odoo.tools import SQL

from ..tools.audit_pack import LONG_AGO, Table, Totals, make_safe, read_blocks

CHUNK = 100
"""Vouchers of one PDF: the browser that prints them holds a file at a time."""
KINDS = ("balance", "income", "cash_flow")


class CosmeticsAuditPack(models.Model):
    _inherit = "cosmetics.audit.pack"

    # ------------------------------------------------------------------ statements
    def _pack_statements(self, pack):
        """The three statements of each year of the period, as PDF and spreadsheet; the last year up to the last month."""
        folder, notes = "07_" + self.env._("Statements"), []
        years = range(self.date_begin.year, self.date_end.year + 1)
        for number, year in enumerate(years):
            month = 12 if year < self.date_end.year else self.date_end.month
            chosen = {"period_kind": "year" if month == 12 else "month", "year": str(year), "month": str(month)}
            for place, kind in enumerate(KINDS):
                report = self.env["cosmetics.statement.report"].create({"kind": kind, "company_id": self.company_id.id, **chosen})
                self._add_statement(pack, folder, report)
                if kind == KINDS[0]:
                    notes += [check["text"] for check in report._get_checks() if not check["is_met"]]
                pack.tell((number + (place + 1) / len(KINDS)) / len(years))
        return [], notes

    def _add_statement(self, pack, folder, report):
        name = make_safe(report._get_file_name())
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("cosmetics_finance.cosmetics_statement_report_action_pdf", report.ids)
        pack.add(f"{folder}/{name}.pdf", [pdf])
        path = pack.folder / "statement.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.set_properties({"created": LONG_AGO})
            self.env["report.cosmetics_finance.statement_xlsx"].generate_xlsx_report(book, {}, report)
        pack.add(f"{folder}/{name}.xlsx", read_blocks(path))
        path.unlink()

    # ------------------------------------------------------------------ vouchers
    def _get_move_domain(self):
        """Return the domain of the entries of the period."""
        dates = [("date", ">=", self.date_begin), ("date", "<=", self.date_end)]
        return [("company_id", "in", self._get_company_ids()), ("state", "=", "posted"), *dates]

    def _pack_vouchers(self, pack):
        """Vouchers as PDF, a hundred in a file; none when there are too many."""
        expected = Totals(self._count_moves())
        if expected.count > self.voucher_limit:
            sentence = self.env._(
                "Vouchers as PDF are left out: %(count)s entries, printed are up to %(limit)s. Print them month by month "
                "under Number and Print Vouchers.",
                count=expected.count,
                limit=self.voucher_limit,
            )
            return [], [sentence]
        moves = self.env["account.move"].search(self._get_move_domain(), order="date, company_id, voucher_number, id")
        folder = "08_" + self.env._("Vouchers")
        for start in range(0, len(moves), CHUNK):
            chunk = moves[start : start + CHUNK]
            name = f"{folder}/{start + 1:06d}-{start + len(chunk):06d} {chunk[0].date} – {chunk[-1].date}.pdf"
            pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("cosmetics_finance.account_move_action_report_voucher", chunk.ids)
            pack.add(name, [pdf])
            self.env.invalidate_all()
            pack.tell((start + len(chunk)) / len(moves))
        return [self._compare(folder, Totals(len(moves)), expected)], []

    def _count_moves(self):
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT COUNT(DISTINCT move_id) FROM account_move_line"
                " WHERE company_id IN %s AND date BETWEEN %s AND %s AND parent_state = 'posted'",
                self._get_company_ids(),
                self.date_begin,
                self.date_end,
            )
        )
        return count

    def _get_number_notes(self):
        """Say that entries have no voucher number yet, when it is so."""
        count = self.env["account.move"].search_count([*self._get_move_domain(), ("voucher_number", "=", 0)])
        return [self.env._("%s entries have no voucher number yet; they stand with number 0.", count)] if count else []

    # ------------------------------------------------------------------ attachments
    def _pack_attachments(self, pack):
        """Attached documents under the number of their voucher, with an index."""
        headings = [
            self.env._("Voucher No."), self.env._("Voucher Date"), self.env._("Document"), self.env._("File"),
            self.env._("Path in the Pack"), self.env._("Size (Bytes)"), self.env._("SHA-256"), self.env._("Attached by"),
            self.env._("Attached at"), self.env._("Remark"),
        ]  # fmt: skip
        table = Table("09_" + self.env._("Index of Attachments"), headings)
        folder = "09_" + self.env._("Attachments")
        expected = self._count_attachments()
        missing = []
        found = self._watch(pack, self._fetch(self._get_attachments_sql()), expected)
        rows = (self._add_attachment(pack, folder, missing, row) for row in found)
        lines = self._add_table(pack, table, rows, Totals(expected))
        notes = [self.env._("Attachments whose file is gone: %s. The index names them.", len(missing))] if missing else []
        return lines, notes

    def _get_attachments_sql(self):
        return SQL(
            """
            SELECT file.id, %(voucher)s, move.date::text, move.name, file.name, file.type, file.url, maker.complete_name,
                   to_char(file.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')
              FROM account_move move
              JOIN ir_attachment file ON file.res_model = 'account.move' AND file.res_id = move.id
         LEFT JOIN res_users login ON login.id = file.create_uid
         LEFT JOIN res_partner maker ON maker.id = login.partner_id
             WHERE move.company_id IN %(companies)s AND move.state = 'posted' AND move.date BETWEEN %(begin)s AND %(end)s
             ORDER BY move.date, move.company_id, move.voucher_number, move.id, file.id
            """,
            voucher=self._get_voucher_sql(),
            companies=self._get_company_ids(),
            begin=self.date_begin,
            end=self.date_end,
        )

    def _add_attachment(self, pack, folder, missing, row):
        """Put one document into the zip; return its row of the index."""
        number, voucher, date, document, name, kind, url, maker, made_at = row
        head = [voucher, date, document, name]
        if kind == "url":
            return [*head, "", "", "", maker, made_at, self.env._("A link: %s", url)]
        # sudo: core hides the printed form of an invoice from searches; the books of the company are all this user's to read
        blocks = self._read_attachment(self.env["ir.attachment"].sudo().browse(number))
        if blocks is None:
            missing.append(number)
            return [*head, "", "", "", maker, made_at, self.env._("The file is gone")]
        path = f"{folder}/{date[:7]}/{make_safe(voucher or document)}/{number}_{make_safe(name)}"
        return [*head, path, *pack.add(path, blocks), maker, made_at, ""]

    def _read_attachment(self, attachment):
        """Return the blocks of a document, or None when its file is gone."""
        if not attachment.store_fname:
            return [attachment.db_datas or b""]
        path = attachment._full_path(attachment.store_fname)
        return read_blocks(path) if os.path.isfile(path) else None

    def _count_attachments(self):
        moves = self.env["account.move"]._search(self._get_move_domain())
        # sudo: core hides the printed form of an invoice from searches; it is counted only
        attachments = self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
        return attachments.search_count([("res_model", "=", "account.move"), ("res_id", "in", moves)])
