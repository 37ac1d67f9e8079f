"""Files of an audit pack: tables as CSV and spreadsheet, row by row, counted as they are written; plain Python, no database.

The same rows give the same bytes: nothing in a file says when or by whom it was written.
"""

import csv
import hashlib
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter

BLOCK = 1 << 20
# A spreadsheet ends here; what is longer goes on in a further sheet.
SHEET_ROWS = 1_048_575
# The oldest moment a zip and a spreadsheet can name.
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - written as it stands, it means no moment
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
LONGEST_NAME = 80
ZERO = Decimal("0.00")
NOTHING = ZERO, ZERO


class Totals(NamedTuple):
    """What a table holds: how many items, their debit and credit."""

    count: int = 0
    debit: Decimal = ZERO
    credit: Decimal = ZERO


class Table(NamedTuple):
    """A table to be written: the name of its files without ending, headings, widths, which columns are amounts.

    `money` holds the places of amounts (Decimal); `sides` the two of them that are summed as debit and credit, or nothing. A row without
    both is no item: an opening balance.
    """

    name: str
    headings: list
    money: frozenset = frozenset()
    sides: tuple = ()

    def add(self, totals, row):
        """Return the totals with one more row.

        >>> Table("t", ["a", "b"], sides=(0, 1)).add(Totals(), [Decimal("1.5"), ZERO])
        Totals(count=1, debit=Decimal('1.50'), credit=Decimal('0.00'))
        >>> Table("t", ["a", "b"], sides=(0, 1)).add(Totals(), [None, None])
        Totals(count=0, debit=Decimal('0'), credit=Decimal('0'))
        """
        if not self.sides:
            return totals._replace(count=totals.count + 1)
        debit, credit = (row[place] for place in self.sides)
        if debit in (None, "") and credit in (None, ""):
            return totals
        return Totals(totals.count + 1, totals.debit + Decimal(debit or 0), totals.credit + Decimal(credit or 0))


class TableWriter:
    """Writes a table as CSV and as a spreadsheet at once; memory does not grow with the rows."""

    def __init__(self, table, folder):
        self.table = table
        self.totals = Totals()
        self.csv_path, self.xlsx_path = (folder / f"{table.name}.{ending}" for ending in ("csv", "xlsx"))
        # Excel reads Chinese in a CSV only with this mark before it.
        self._file = self.csv_path.open("w", encoding="utf-8-sig", newline="")
        self._lines = csv.writer(self._file)
        self._lines.writerow(table.headings)
        # No cell is a formula or a link: the texts come from others.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(folder)}
        self._book = xlsxwriter.Workbook(self.xlsx_path, options)
        self._book.set_properties({"created": LONG_AGO})
        self._amount = self._book.add_format({"num_format": "#,##0.00"})
        self._bold = self._book.add_format({"bold": True})
        self._page, self._place = None, SHEET_ROWS + 1

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self._page is None:
            self._add_page()
        self._file.close()
        self._book.close()

    def add(self, row):
        """Write one row; its texts, dates (ISO) and amounts are in the order of the headings."""
        self._lines.writerow(["" if cell is None else cell for cell in row])
        if self._place > SHEET_ROWS:
            self._add_page()
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if column in self.table.money:
                self._page.write_number(self._place, column, float(cell), self._amount)
            elif isinstance(cell, int):
                self._page.write_number(self._place, column, cell)
            else:
                self._page.write_string(self._place, column, str(cell)[:32_767])
        self._place += 1
        self.totals = self.table.add(self.totals, row)

    def _add_page(self):
        self._page = self._book.add_worksheet()
        self._page.freeze_panes(1, 0)
        for column, heading in enumerate(self.table.headings):
            self._page.set_column(column, column, 16 if column in self.table.money else 14)
            self._page.write_string(0, column, heading, self._bold)
        self._place = 1


def recount(table, path):
    """Return the totals of a CSV as they stand in the file."""
    totals = Totals()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            totals = table.add(totals, row)
    return totals


def make_safe(name):
    """Return a name that every system can unpack.

    >>> make_safe("../发票: 5月?.pdf")
    '_发票_ 5月_.pdf'
    >>> make_safe(" . ")
    '_'
    >>> len(make_safe("长" * 300 + ".pdf")), make_safe("长" * 300 + ".pdf")[-4:]
    (80, '.pdf')
    """
    name = FORBIDDEN.sub("_", name or "").strip(" .") or "_"
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 8 else ""
    return name[: LONGEST_NAME - len(ending)] + ending


class Pack:
    """The zip: files come in one after the other; `listing` names each with its size and SHA-256.

    `folder` is for files in between; `tell(share)` shows how much (0 to 1) of the part at work is done.
    """

    def __init__(self, path):
        self.folder = path.parent
        self.listing = {}
        self.tell = lambda share: None
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._zip.close()

    def add(self, name, blocks):
        """Add a file of these blocks of bytes; return (size, SHA-256)."""
        info = zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            for block in blocks:
                target.write(block)
                digest.update(block)
                size += len(block)
        self.listing[name] = (size, digest.hexdigest())
        return self.listing[name]


def read_blocks(path):
    """Yield the bytes of a file, a block at a time."""
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def compute_digest(path):
    """Return (size, SHA-256) of a file."""
    digest, size = hashlib.sha256(), 0
    for block in read_blocks(path):
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


def list_balances(sums, months):
    """Yield (account, month, opening, debit, credit, closing) of every account and month.

    :param sums: {account: {month or None: (debit, credit)}}; None: all before the first month. Accounts come as they stand.
    :param months: the months of the period in order

    >>> sums = {("1002", "Bank"): {None: (Decimal(9), Decimal(4)), "2026-02": (Decimal(2), Decimal(1))}}
    >>> for account, month, *amounts in list_balances(sums, ["2026-01", "2026-02"]):
    ...     print(account, month, *amounts)
    ('1002', 'Bank') 2026-01 5 0.00 0.00 5.00
    ('1002', 'Bank') 2026-02 5.00 2 1 6.00
    """
    for account, by_month in sums.items():
        debit, credit = by_month.get(None, NOTHING)
        balance = debit - credit
        for month in months:
            opening = balance
            debit, credit = by_month.get(month, NOTHING)
            balance += debit - credit
            yield account, month, opening, debit, credit, balance


def split_sides(balance):
    """Return a balance as (debit, credit).

    >>> split_sides(Decimal("-2.50"))
    (Decimal('0.00'), Decimal('2.50'))
    """
    return (balance, ZERO) if balance > 0 else (ZERO, -balance)
