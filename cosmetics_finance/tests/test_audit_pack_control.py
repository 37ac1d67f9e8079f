"""Whatever goes wrong on the way into a file, the control page stops it."""

import csv
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..tools.audit_pack import TableWriter, Totals
from .common_audit_pack import AuditPackCommon

TABLES = ("01_", "02_", "03_", "04_", "05_", "06_", "09_", "10_", "11_")
WITH_AMOUNTS = ("02_", "03_", "04_", "05_", "06_")
CONTROL = "odoo.addons.cosmetics_finance.models.cosmetics_audit_pack_control"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPackControl(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        packs = type(cls.env["cosmetics.audit.pack"])
        cls.startClassPatcher(patch.object(packs, "_add_statement", lambda *args: None))
        vals = {"name": "a.txt", "raw": b"a", "res_model": "account.move", "res_id": cls.sale.id}
        cls.books["ir.attachment"].create(vals)
        cls.books["cosmetics.period.close"].create({"company_id": cls.company.id, "year": "2026", "month": "1"})

    def _spoil(self, prefix, change):
        """Have a pack built whose table with this number is written by `change(add, writer, row)`; return what the job says."""
        add = TableWriter.add

        def write(writer, row):
            # The last row of a detail ledger is an item, the first one is not.
            if not writer.table.name.startswith(prefix) or getattr(writer, "is_spoilt", False) or not self._is_item(writer.table, row):
                return add(writer, row)
            writer.is_spoilt = True
            return change(add, writer, row)

        with patch.object(TableWriter, "add", write):
            return self._build_without(prefix)

    def _is_item(self, table, row):
        return not table.sides or any(row[place] not in (None, "") for place in table.sides)

    def test_every_table_of_the_pack_is_in_the_tests_below(self):
        lines = self._build().file_ids.filtered(lambda line: line.name.endswith(".csv"))
        self.assertEqual(tuple(line.name[:3] for line in lines), TABLES)
        self.assertEqual(tuple(line.name[:3] for line in lines if line.has_amounts), WITH_AMOUNTS)
        self.assertTrue(all(lines.mapped("item_count")), "each has a row to lose")

    def test_a_row_that_is_lost_stops_the_pack(self):
        for prefix in TABLES:
            with self.subTest(prefix):
                self.assertIn(f"{prefix}", self._spoil(prefix, lambda add, writer, row: None))

    def test_a_row_that_is_doubled_stops_the_pack(self):
        def change(add, writer, row):
            add(writer, row)
            add(writer, row)

        for prefix in TABLES:
            with self.subTest(prefix):
                self.assertIn("does not agree with the ledger", self._spoil(prefix, change))

    def test_a_cent_too_much_stops_the_pack(self):
        def change(add, writer, row):
            place = writer.table.sides[0]
            add(writer, [f"{float(cell or 0) + 0.01:.2f}" if column == place else cell for column, cell in enumerate(row)])

        for prefix in WITH_AMOUNTS:
            with self.subTest(prefix):
                self.assertIn("does not agree with the ledger", self._spoil(prefix, change))

    def test_amounts_on_the_wrong_side_stop_the_pack(self):
        def change(add, writer, row):
            debit, credit = writer.table.sides
            row = list(row)
            row[debit], row[credit] = row[credit], row[debit]
            add(writer, row)

        for prefix in WITH_AMOUNTS:
            with self.subTest(prefix):
                self.assertIn("does not agree with the ledger", self._spoil(prefix, change))

    def test_a_spreadsheet_that_differs_from_the_text_stops_the_pack(self):
        close = TableWriter.__exit__

        def miscount(writer, *error):
            close(writer, *error)
            if writer.table.name.startswith("02_"):
                writer.totals = writer.totals._replace(count=writer.totals.count - 1)

        with patch.object(TableWriter, "__exit__", miscount):
            self.assertIn("02_Journal Entries.xlsx does not agree", self._build_without("spreadsheet"))

    def test_a_text_cut_short_on_the_disk_stops_the_pack(self):
        from ..tools.audit_pack import recount

        def cut(table, path):
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(rows[:-1])
            return recount(table, path)

        with patch(f"{CONTROL}.recount", cut):
            self.assertIn("01_Chart of Accounts.csv does not agree", self._build_without("text"))

    def test_vouchers_that_are_not_all_printed_stop_the_pack(self):
        packs = type(self.env["cosmetics.audit.pack"])
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(reports, "_render_qweb_pdf", lambda *args, **kwargs: (b"%PDF", "pdf")),
            patch.object(packs, "_count_moves", lambda pack: 5),
        ):
            self.assertIn("08_Vouchers does not agree with the ledger: 4 lines", self._build_without("vouchers", voucher_limit=10))

    def test_a_pack_that_was_stopped_is_complete_once_the_books_are(self):
        pack = self._ask()
        packs = type(self.env["cosmetics.audit.pack"])
        with patch.object(packs, "_count_accounts", lambda pack: Totals(1)):
            self._run_job()
        self.assertEqual(pack.state, "failed")
        pack.action_build_again()
        self._run_job()
        self.assertEqual((pack.state, pack.problem, len(pack.file_ids)), ("done", False, 2 * len(TABLES)))
