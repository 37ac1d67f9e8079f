"""From sheets to rows that say which order they belong to, still as text: plain Python, no database.

A :class:`RawRow` is what a staging record keeps, what a clerk mends and what is read again: everything after it works
from its cells alone.
"""

import re
from dataclasses import dataclass, field

from odoo.addons.cosmetics_base.tools.cell import CellProblem, clean, header_key, number_text
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.sheet_reader import read_files

from .platform_profiles import LINE_FIELDS, PROFILES, nearest, recognise

FOOTER_WORDS = ("合计", "总计", "小计", "导出时间", "共计")
SWALLOWED = 3
"""So many separators and a line break in one cell: an unclosed quotation mark has swallowed other rows."""


@dataclass(slots=True)
class RawRow:
    """One row of a file as text.

    ``cells``: header -> text, empty cells left out; a header that occurs again is ``header#2``.
    ``row_no`` counts from 1 as a spreadsheet does (rows of the file, not lines of text). ``sheet_key`` tells the tables
    of one drop apart. ``problem`` is the fault of the row as such (row_cut, row_shifted, row_swallowed, row_broken).
    """

    file: str
    sheet: str
    row_no: int
    profile: str
    order_no: str
    cells: dict
    problem: str = ""
    sheet_key: int = 0

    def to_dict(self):
        """Plain data for a staging record; ``RawRow(**data)`` reads it back."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass
class FileReading:
    """What became of one dropped file: ``sheets`` [(sheet, profile key, header row number, rows)], or ``problem``."""

    name: str
    sheets: list = field(default_factory=list)
    problem: FileProblem | None = None

    @property
    def row_count(self):
        return sum(rows for _sheet, _profile, _header, rows in self.sheets)


def read_rows(files, profiles=PROFILES, limits=None, profile_key=None):
    """Read dropped ``files`` [(name, bytes)]: ([FileReading], [RawRow]).

    A file that cannot be read leaves no rows and never stops the others. ``profile_key`` forces a profile that a clerk
    has chosen, for a file whose header fits several.

    >>> data = "主订单编号,子订单编号,选购商品,商品数量\\n\\t6901234567890123,\\t1,口红,2\\n".encode("utf-8-sig")
    >>> readings, rows = read_rows([("抖店.csv", data), ("x.csv", b"a,b\\n1,2\\n")])
    >>> readings[0].sheets, rows[0].order_no, rows[0].cells["选购商品"]
    ([('', 'douyin', 1, 1)], '6901234567890123', '口红')
    >>> readings[1].problem
    FileProblem("unknown_format: name='x.csv', nearest='', missing=[]")
    """
    if profile_key:
        profiles = tuple(profile for profile in profiles if profile.key == profile_key)
    readings, rows = [], []
    for name, raw in files:
        reading, found = _read_one(name, raw, profiles, limits, len(rows))
        readings.append(reading)
        rows.extend(found)
    return readings, rows


def _read_one(name, raw, profiles, limits, key):
    reading, rows, guess = FileReading(name), [], None
    try:
        for sheet in read_files(name, raw, limits):
            head = sheet.head()
            recognised = recognise(head, profiles)
            if not recognised:
                guess = guess or nearest(head, profiles)
                continue
            profile, header = recognised
            # The key differs from sheet to sheet and from file to file: it counts the rows before.
            found = list(_rows_of(sheet, profile, header, key + len(rows)))
            _blame_swallowed(found)
            reading.sheets.append((sheet.name, profile.key, header + 1, len(found)))
            rows.extend(found)
        if not reading.sheets:
            profile, missing = guess or (None, [])
            raise FileProblem("unknown_format", name=name, nearest=profile.key if profile else "", missing=missing)
    except FileProblem as problem:
        return FileReading(name, problem=problem), []
    return reading, rows


def _rows_of(sheet, profile, header, sheet_key):
    """The rows below the header. The last two wait until it is known whether the file ends in the middle of one."""
    texts = {}
    names, waiting, is_after_footer = [], [], False
    for index, row in enumerate(sheet.rows):
        if index == header:
            names = _header_names(row)
        if index <= header:
            continue
        cells = [_text(value, texts) for value in row]
        if not any(cells):
            continue
        found = _raw_row(sheet, profile, index + 1, sheet_key, names, cells)
        is_after_footer = is_after_footer or _is_footer(cells, profile)
        if is_after_footer and not found[0].order_no:
            continue
        waiting.append(found)
        _continue_order(waiting, profile)
        _blame_broken(waiting)
        if len(waiting) > 2:
            yield waiting.pop(0)[0]
    if waiting and sheet.table:
        _blame_cut(waiting, sheet.table)
    yield from (row for row, _width in waiting)


def _text(value, texts):
    """The cell as text, equal texts kept once: a column of states or shops costs nothing."""
    text = clean(value)
    return texts.setdefault(text, text) if len(text) < 40 else text


def _header_names(row):
    """Headers, made unique: Youzan writes 分销员 twice.

    >>> _header_names(["分销员", "运费 ", "", "分销员", ""])
    ['分销员', '运费', '', '分销员#2']
    """
    seen, names = {}, []
    for cell in row:
        name = clean(cell)
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 or not name else f"{name}#{seen[name]}")
    while names and not names[-1]:
        names.pop()
    return names


def _is_footer(cells, profile):
    """Whether totals begin: rows from here on are read only if they carry an order number.

    >>> jd = next(profile for profile in PROFILES if profile.key == "jd")
    >>> _is_footer(["", "合计：3笔", "99.00"], jd), _is_footer(["合计洗面奶", "12345678"], jd)
    (True, False)
    """
    first = next(cell for cell in cells if cell)
    word = next((word for word in (*FOOTER_WORDS, *profile.footer) if first.startswith(word)), None)
    if word and not re.match(r"\s*(?:$|[:：(（\d])", first[len(word) :]):
        word = None
    return bool(word) or first.startswith(("#", "导出时间"))


def _raw_row(sheet, profile, row_no, sheet_key, names, cells):
    filled = {name: cell for name, cell in zip(names, cells, strict=False) if cell and name}
    problem = ""
    if any(cells[len(names) :]):
        problem = "row_shifted"
    elif sheet.table and any("\n" in cell and cell.count(sheet.table.delimiter) >= SWALLOWED for cell in cells):
        problem = "row_swallowed"
    row = RawRow(sheet.file, sheet.name, row_no, profile.key, order_number(profile, filled), filled, problem, sheet_key)
    return row, len(names) - len(cells)


def order_number(profile, cells):
    """The order number of a row as text, empty when there is none that can be one."""
    try:
        number = number_text(value_of(profile, keyed(cells), "order_no"))
    except CellProblem:
        return ""
    return number if re.search(profile.key_pattern, number) else ""


def number_fault(profile, cells):
    """Why a row has no order number: (code, facts)."""
    text = value_of(profile, keyed(cells), "order_no")
    try:
        return ("bad_order_no", {"text": text[:60]}) if number_text(text) else ("no_order_no", {})
    except CellProblem:
        return "rounded_number", {"column": profile.columns["order_no"][0], "text": text[:60]}


def keyed(cells):
    """Cells by the compared form of their header.

    >>> keyed({"收货地址 ": "雁塔区", "商品数量（件）": "2"})
    {'收货地址': '雁塔区', '商品数量(件)': '2'}
    """
    return {header_key(name): text for name, text in cells.items()}


def value_of(profile, cells, name):
    """The first filled text of a canonical field; ``cells`` by compared header."""
    return next((cells[header] for header in profile.columns.get(name, ()) if cells.get(header)), "")


def _continue_order(waiting, profile):
    """A row that names goods and nothing else belongs to the order above it: merged cells, saved as text.

    A row without a number that says more than that leaves in doubt whose it is, and the order above whether it is whole.
    """
    if len(waiting) < 2:
        return
    (before, _missing), (row, _row_missing) = waiting[-2:]
    if row.order_no or row.problem:
        return
    cells = keyed(row.cells)
    goods = {header for name in LINE_FIELDS for header in profile.columns.get(name, ())}
    if value_of(profile, cells, "order_no") or not goods.intersection(cells):
        return
    heads = {header for name, headers in profile.columns.items() if name not in LINE_FIELDS for header in headers}
    if heads.isdisjoint(cells) and before.order_no:
        row.order_no = before.order_no
    else:
        row.problem = "row_broken"
        before.problem = before.problem or "row_broken"


def _blame_broken(waiting):
    """A line break inside a cell that is not quoted tears a row in two: the second half has no number of an order.

    Then the first half, short as it is, must not pass for a whole order either.
    """
    if len(waiting) < 2:
        return
    (before, missing), (row, _missing) = waiting[-2:]
    if not row.order_no and not row.problem and missing > 0:
        before.problem = before.problem or "row_broken"
        row.problem = "row_broken"


def _blame_swallowed(rows):
    """Orders of which a row has disappeared inside a cell of another: what is left of them is not whole."""
    swallowed = "\n".join(text for row in rows if row.problem for text in row.cells.values() if "\n" in text)
    if swallowed:
        for row in rows:
            if row.order_no and row.order_no in swallowed:
                row.problem = row.problem or "row_swallowed"


def _blame_cut(waiting, table):
    """The last row of a file that ends in the middle of it, and the order before: its next line may be that very row."""
    last, missing = waiting[-1]
    is_torn = table.is_cut or any("\n" in cell for cell in last.cells.values())
    if missing > 0 and is_torn:
        for row, _missing in waiting[-2:]:
            row.problem = row.problem or "row_cut"
