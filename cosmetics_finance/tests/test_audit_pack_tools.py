"""Tables and zip of a pack, without a database."""

import csv
import hashlib
import io
import tempfile
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged
from python_calamine import CalamineWorkbook

from ..tools import audit_pack
from ..tools.audit_pack import Pack, Table, TableWriter, Totals, list_balances, make_safe, recount

TABLE = Table("items", ["name", "debit", "credit"], money=frozenset({1, 2}), sides=(1, 2))
CENTS = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number).scaleb(-2))
# A CSV keeps no NUL and reads a lone carriage return as the end of a line.
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@tagged("post_install", "-at_install")
class TestAuditPackTools(BaseCase):
    def _write(self, rows, table=TABLE, folder=None):
        with tempfile.TemporaryDirectory() as new:
            with TableWriter(table, Path(folder or new)) as writer:
                for row in rows:
                    writer.add(row)
            return writer.totals, recount(table, writer.csv_path), writer.csv_path.read_bytes(), writer.xlsx_path.read_bytes()

    @given(rows=st.lists(st.tuples(TEXTS, CENTS, CENTS).map(list), max_size=20))
    @settings(max_examples=20, deadline=None)
    def test_what_is_written_is_what_is_counted_and_read(self, rows):
        written, read, text, _sheet = self._write(rows)
        self.assertEqual(written, read)
        self.assertEqual(written, (len(rows), sum(row[1] for row in rows), sum(row[2] for row in rows)))
        lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
        self.assertEqual([line[0] for line in lines[1:]], [row[0] for row in rows])

    def test_same_rows_give_the_same_bytes(self):
        rows = [["合同", Decimal("1.10"), None], ["=1+1", None, Decimal("1.10")]]
        self.assertEqual(self._write(rows), self._write(rows))

    def test_text_that_looks_like_a_formula_is_none(self):
        _written, _read, _text, sheet = self._write([["=1+1", Decimal("2"), None]])
        self.assertEqual(CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()[1], ["=1+1", 2, ""])

    def test_rows_beyond_a_sheet_go_on_in_the_next(self):
        with patch.object(audit_pack, "SHEET_ROWS", 3):
            _written, _read, _text, sheet = self._write([[f"{number}", None, Decimal(number)] for number in range(7)])
        book = CalamineWorkbook.from_filelike(io.BytesIO(sheet))
        pages = [book.get_sheet_by_index(place).to_python() for place in range(len(book.sheet_names))]
        self.assertEqual([len(page) for page in pages], [4, 4, 2])
        self.assertEqual([row[2] for page in pages for row in page[1:]], list(range(7)))

    def test_a_table_without_rows_has_its_headings(self):
        written, read, text, sheet = self._write([])
        self.assertEqual((written, read), (Totals(), Totals()))
        self.assertEqual(text.decode("utf-8-sig"), "name,debit,credit\r\n")
        self.assertEqual(CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python(), [TABLE.headings])

    def test_memory_does_not_grow_with_the_rows(self):
        def peak(count):
            tracemalloc.start()
            self._write_quietly([f"摘要 {number}", Decimal(number), None] for number in range(count))
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return most

        peak(200)  # what is loaded once
        self.assertLess(peak(12_000), 1.2 * peak(4_000))

    def _write_quietly(self, rows):
        """Write rows as they come and keep nothing of the files."""
        with tempfile.TemporaryDirectory() as folder, TableWriter(TABLE, Path(folder)) as writer:
            for row in rows:
                writer.add(row)
        return writer.totals

    def test_a_row_without_amounts_is_no_item(self):
        written, read, text, _sheet = self._write([["期初余额", None, None], ["收款", Decimal("0.00"), Decimal("5.00")]])
        self.assertEqual((written, read), (Totals(1, Decimal(0), Decimal(5)),) * 2)
        self.assertEqual(text.decode("utf-8-sig").splitlines()[1:], ["期初余额,,", "收款,0.00,5.00"])

    def test_a_table_without_amounts_counts_its_rows(self):
        table = Table("users", ["login", "name"])
        self.assertEqual(self._write([["a", "b"], ["c", ""], ["", None]], table)[:2], (Totals(3), Totals(3)))

    def test_a_file_of_many_blocks_is_read_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a")
            path.write_bytes(b"0123456789")
            with patch.object(audit_pack, "BLOCK", 4):
                self.assertEqual(list(audit_pack.read_blocks(path)), [b"0123", b"4567", b"89"])
                self.assertEqual(audit_pack.compute_digest(path), (10, hashlib.sha256(b"0123456789").hexdigest()))

    def test_zip_lists_what_it_holds(self):
        with tempfile.TemporaryDirectory() as folder, Pack(Path(folder, "a.zip")) as pack:
            for name in ("one", "two"):
                pack.add(name, [name.encode()])
        self.assertEqual(list(pack.listing), ["one", "two"])
        self.assertEqual(pack.listing["two"], (3, hashlib.sha256(b"two").hexdigest()))

    def test_zip_says_nothing_of_the_day_it_was_made(self):
        contents = []
        with tempfile.TemporaryDirectory() as folder:
            for name in ("one.zip", "two.zip"):
                path = Path(folder, name)
                with Pack(path) as pack:
                    self.assertEqual(
                        pack.add("账/a.txt", [b"ab", b"c"]), (3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                    )
                contents.append(path.read_bytes())
            self.assertEqual(zipfile.ZipFile(path).read("账/a.txt"), b"abc")
        self.assertEqual(*contents)

    @given(name=st.text(max_size=300))
    @settings(max_examples=50, deadline=None)
    def test_names_stay_within_their_folder(self, name):
        safe = make_safe(name)
        self.assertTrue(0 < len(safe) <= 80)
        self.assertFalse(set(safe) & set('/\\:*?"<>|\x00\n'))
        self.assertNotIn(safe, (".", ".."))

    @given(opening=CENTS, turnovers=st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=12))
    @settings(max_examples=20, deadline=None)
    def test_each_month_opens_with_the_closing_before(self, opening, turnovers):
        months = [f"2026-{number:02d}" for number in range(1, len(turnovers) + 1)]
        sums = {"1002": {None: (opening, Decimal(0)), **dict(zip(months, turnovers, strict=True))}}
        rows = list(list_balances(sums, months))
        self.assertEqual([row[2] for row in rows], [opening, *(row[5] for row in rows[:-1])])
        self.assertEqual(rows[-1][5], opening + sum(debit - credit for debit, credit in turnovers))
