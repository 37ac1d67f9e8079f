"""What a pack holds ties with the ledger, file by file."""

import hashlib
import io
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from python_calamine import CalamineWorkbook

from ..tools.audit_pack import TableWriter
from .common_audit_pack import AuditPackCommon

# By hand: 113.50 + 40.25 + 300 + 80 of the first quarter.
TURNOVER = Decimal("533.75")
DATA = ("01_", "02_", "03_", "04_", "05_", "06_", "09_", "10_", "11_")


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPack(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        statements = type(cls.env["cosmetics.audit.pack"])
        # Paper is tested in test_audit_pack_papers.
        cls.startClassPatcher(patch.object(statements, "_add_statement", lambda *args: None))

    def test_entries_are_those_posted_in_the_period(self):
        rows = self._read(self._build(), "02_")
        self.assertEqual({row["Voucher Date"] for row in rows}, {"2026-01-10", "2026-02-05", "2026-02-20", "2026-03-31"})
        self.assertEqual((len(rows), self._sum(rows, "Debit Amount"), self._sum(rows, "Credit Amount")), (8, TURNOVER, TURNOVER))

    def test_an_entry_names_what_the_standard_asks_for(self):
        self.env["account.move"].with_user(self.accountant)._number_vouchers(self.company, self.sale.date, self.sale.date)
        row = self._read(self._build(), "02_")[0]
        self.assertEqual(
            [row[name] for name in ("Voucher Date", "Accounting Year", "Accounting Period No.", "Voucher Type", "Voucher No.", "Line No.")],
            ["2026-01-10", "2026", "1", "记", "1", "1"],
        )
        self.assertEqual((row["Account Code"][:4], row["Currency Code"], row["Document"]), ("1002", "CNY", self.sale.name))
        self.assertEqual((row["Debit Amount"], row["Credit Amount"], row["Debit in Currency"]), ("113.50", "0.00", "113.50"))
        self.assertEqual(row["Made by"], self.accountant.name)

    def test_a_storno_stays_on_its_side_with_a_minus(self):
        self._create_invoice("2026-03-20", 50, move_type="out_refund")
        rows = [row for row in self._read(self._build(), "02_") if row["Voucher Date"] == "2026-03-20"]
        self.assertEqual(sorted((row["Debit Amount"], row["Credit Amount"]) for row in rows), [("-50.00", "0.00"), ("0.00", "-50.00")])

    def test_general_ledger_has_each_month_with_its_opening(self):
        bank = [row for row in self._read(self._build(), "03_") if row["Account Code"].startswith("1002")]
        columns = ("Month", "Opening Balance", "Debit Amount", "Credit Amount", "Closing Balance")
        self.assertEqual(
            [[row[name] for name in columns] for row in bank],
            [
                ["2026-01", "1000.00", "113.50", "0.00", "1113.50"],
                ["2026-02", "1113.50", "0.00", "40.25", "1073.25"],
                ["2026-03", "1073.25", "0.00", "0.00", "1073.25"],
            ],
        )

    def test_detail_ledger_carries_the_balance_from_item_to_item(self):
        bank = [row for row in self._read(self._build(), "04_") if row["Account Code"].startswith("1002")]
        self.assertEqual([row["Balance"] for row in bank], ["1000.00", "1113.50", "1073.25"])
        self.assertEqual((bank[0]["Summary"], bank[0]["Debit Amount"], bank[0]["Direction"]), ("Opening Balance", "", "Dr"))

    def test_trial_balance_ties_on_all_three_pairs(self):
        rows = self._read(self._build(), "05_")
        sums = [self._sum(rows, f"{name} {side}") for name in ("Opening",) for side in ("Debit", "Credit")]
        self.assertEqual(sums, [1000, 1000])
        self.assertEqual([self._sum(rows, "Debit Amount"), self._sum(rows, "Credit Amount")], [TURNOVER, TURNOVER])
        self.assertEqual(self._sum(rows, "Closing Debit"), self._sum(rows, "Closing Credit"))
        self.assertEqual(self._sum(rows, "Closing Debit"), Decimal("1493.50"))

    def test_open_items_are_those_of_the_last_day_whatever_was_paid_since(self):
        self._pay(self.invoice, 120, "2026-03-20")
        self._pay(self.invoice, 180, "2026-04-10")
        (row,) = [row for row in self._read(self._build(), "06_") if row["Voucher Date"] == "2026-02-05"]
        self.assertEqual((row["Open Debit"], row["Open Credit"], row["Days Overdue"]), ("180.00", "0.00", "26"))
        self.assertEqual(row["Partner Name"], "Test Customer")

    def test_chart_has_every_account_of_the_company(self):
        codes = [row["Account Code"] for row in self._read(self._build(), "01_")]
        self.assertEqual(codes, sorted(self.accounts))

    def test_control_page_shows_both_counts_of_every_file(self):
        pack = self._build()
        lines = pack.file_ids
        self.assertEqual({line.name[:3] for line in lines}, set(DATA))
        self.assertEqual(lines.mapped("item_count"), lines.mapped("ledger_count"))
        self.assertEqual(lines.filtered(lambda line: line.name == "02_Journal Entries.csv").debit, float(TURNOVER))
        with self._open(pack) as file:
            page = CalamineWorkbook.from_filelike(io.BytesIO(file.read("00_Control Page.xlsx"))).get_sheet_by_index(0).to_python()
        (row,) = [row for row in page if row[0] == "02_Journal Entries.xlsx"]
        self.assertEqual(row[1:8], [8, 8, 533.75, 533.75, 533.75, 533.75, "Yes"])

    def test_spreadsheet_holds_the_same_items_as_the_text(self):
        pack = self._build()
        with self._open(pack) as file:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.read("02_Journal Entries.xlsx"))).get_sheet_by_index(0).to_python()
        place = sheet[0].index("Debit Amount")
        self.assertEqual([f"{row[place]:.2f}" for row in sheet[1:]], [row["Debit Amount"] for row in self._read(pack, "02_")])

    def test_listed_sums_are_those_of_the_files(self):
        pack = self._build()
        self.assertEqual(pack.sha256, hashlib.sha256(pack.attachment_id.raw).hexdigest())
        self.assertEqual(pack.size, len(pack.attachment_id.raw))
        with self._open(pack) as file:
            listed = dict(reversed(line.split("  ", 1)) for line in file.read("SHA256SUMS.txt").decode().splitlines())
            self.assertEqual(listed, {name: hashlib.sha256(file.read(name)).hexdigest() for name in file.namelist()[:-1]})
        entries = pack.file_ids.filtered(lambda line: line.name == "02_Journal Entries.csv")
        self.assertEqual(entries.sha256, listed["02_Journal Entries.csv"])

    def test_same_books_give_the_same_bytes(self):
        first = self._build()
        with freeze_time("2026-04-25 09:30:00"):
            second = self._build(user=self.accountant)
        with self._open(first) as one, self._open(second) as two:
            names = [name for name in one.namelist() if name.startswith(DATA) and not name.startswith("10_")]
            self.assertEqual(names, [name for name in two.namelist() if name in names])
            self.assertGreater(len(names), 10)
            for name in names:
                self.assertEqual(one.read(name), two.read(name), name)

    # ------------------------------------------------------------------ what does not tie
    def test_a_row_lost_on_the_way_is_found(self):
        add = TableWriter.add

        def lose(writer, row):
            if not (writer.table.name.startswith("02_") and writer.totals.count == 3 and not getattr(writer, "is_lost", False)):
                return add(writer, row)
            writer.is_lost = True
            return None

        with patch.object(TableWriter, "add", lose):
            problem = self._build_without("entries")
        self.assertIn("02_Journal Entries.csv does not agree with the ledger: 7 lines", problem)
        self.assertIn("8 lines, debit 533.75, credit 533.75 in the ledger", problem)

    def test_a_changed_amount_in_the_file_is_found(self):
        recount = "odoo.addons.cosmetics_finance.models.cosmetics_audit_pack_control.recount"

        def spoil(table, path):
            path.write_bytes(path.read_bytes().replace(b"113.50", b"113.51", 1))
            return original(table, path)

        from ..models.cosmetics_audit_pack_control import recount as original

        with patch(recount, spoil):
            self.assertIn("debit 533.76", self._build_without("entries"))

    def test_items_that_do_not_follow_their_entry_are_found(self):
        line = self.sale.line_ids[0]
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move_line SET date = '2026-04-02' WHERE id = %s", [line.id])
        self.assertIn("does not agree with the ledger", self._build_without("ledger"))

    def test_a_ledger_out_of_balance_of_open_items_is_found(self):
        self._pay(self.invoice, 120, "2026-03-20")
        self.env.flush_all()
        spoil = "UPDATE account_partial_reconcile SET credit_move_id = %s WHERE debit_move_id IN %s"
        sales = self.sale.line_ids.filtered(lambda line: line.credit)
        self.env.cr.execute(spoil, [sales.id, tuple(self.invoice.line_ids.ids)])
        self.assertIn("The open items come to", self._build_without("open items"))
