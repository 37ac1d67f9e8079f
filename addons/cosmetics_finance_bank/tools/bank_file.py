"""A bank's file from bytes to movements whose sums tie: plain Python, no database."""

from decimal import Decimal
from typing import NamedTuple

from odoo.addons.cosmetics_base.tools.cell import CellProblem, clean, header_key, text_of
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.sheet_reader import Limits, read_files

from . import told
from .bank_row import RowProblem, cell_of, cells_of, read_row
from .identity import with_keys
from .profile import Profile, find_layout
from .running import in_order

LIMITS = Limits(file_bytes=32 << 20, rows=100_000)
YUAN = frozenset(("人民币", "人民币元", "cny", "rmb", "156", "01"))


class Content(NamedTuple):
    """One account's movements, the oldest first: ``keyed`` [(key, row)], ``told`` what the bank says of them and what was checked.

    ``opening`` and ``closing`` are None when the file tells no balance; ``accounts`` are the own account numbers it names.
    """

    name: str
    profile: Profile
    accounts: frozenset
    currencies: frozenset
    keyed: list
    opening: Decimal | None
    closing: Decimal | None
    told: dict
    repeated: int

    def total(self, sign):
        """Sum of what came in (1) or went out (-1), as a positive amount."""
        return sum((sign * row.amount for _key, row in self.keyed if row.amount * sign > 0), Decimal(0))


def read(name, raw, profiles):
    """Return the :class:`Content` of each table of a file that is a bank statement; never a part of one.

    Raises FileProblem: those of the reader of sheets, unknown_format, no_rows, cut, told_differs, and with a row number
    not_date, not_money, rounded_number, no_amount, two_amounts, not_side, no_balance, balance.
    """
    contents = []
    for sheet in read_files(name, raw, LIMITS):
        title = f"{sheet.file} {sheet.name}".strip()
        found = _find_header(sheet.head(), profiles)
        if found:
            contents.append(_read_table(title, sheet, *found))
    if not contents:
        raise FileProblem("unknown_format", name=name)
    return contents


def _find_header(head, profiles):
    """Return (number of the header row, layout) of the best header among the first rows."""
    found = [(number, layout) for number, cells in enumerate(head, 1) if (layout := find_layout(cells, profiles))]
    return max(found, key=lambda pair: len(pair[1].profile.signature), default=None)


def _read_table(name, sheet, header_no, layout):
    rows, notes, told_facts, accounts, currencies, last = [], [], {}, set(), set(), ()
    for number, cells in enumerate(sheet.rows, 1):
        if number <= header_no or not any(text_of(cell) for cell in cells):
            notes += [cells] if number < header_no else []
            continue
        if tuple(header_key(cell) for cell in cells) == layout.header:
            continue
        last = cells
        row = _read_movement(name, cells, layout, number)
        if row is None:
            notes.append(cells)
            told_facts |= told.read_total_row(cells, layout)
            continue
        rows.append(row)
        accounts.update(clean(cell) for cell in cells_of(cells, layout, "own_account"))
        currencies.update(clean(cell).casefold() for cell in cells_of(cells, layout, "currency"))
    _check_whole(name, sheet, rows, last, layout)
    accounts = accounts or told.own_accounts(notes[: header_no - 1])
    return _finish(name, layout, rows, {**told.read_told(notes), **told_facts}, accounts, currencies - YUAN)


def _read_movement(name, cells, layout, number):
    """Return the movement in a row, None when it is a remark of the bank."""
    try:
        return read_row(cells, layout, number)
    except (CellProblem, RowProblem) as problem:
        if told.is_note(cells) and (problem.code == "not_date" or not text_of(cell_of(cells, layout, "date"))):
            return None
        raise FileProblem(problem.code, name=name, row=number, text=problem.text) from None


def _check_whole(name, sheet, rows, last, layout):
    """Refuse a text that ends in the middle of what names its last movement."""
    if not rows:
        raise FileProblem("no_rows", name=name)
    if sheet.table is None or not sheet.table.is_cut or told.is_note(last[:1]):
        return
    row, others = rows[-1], rows[:-1]
    filled = max(place for place, cell in enumerate(last) if text_of(cell))
    role = next((role for role, places in layout.places.items() if filled in places), None)
    shorter = role in ("reference", "account") and len(getattr(row, role)) not in {len(getattr(each, role)) for each in others}
    unchecked = role in ("in", "out", "amount") and row.balance is None
    if len(last) < layout.width or shorter or unchecked:
        raise FileProblem("cut", name=name)


def _finish(name, layout, rows, facts, accounts, currencies):
    try:
        ordered = in_order(rows)
    except RowProblem as problem:
        raise FileProblem(problem.code, name=name, text=problem.text, row=problem.row_no) from None
    opening = ordered[0].balance - ordered[0].amount if ordered[0].balance is not None else None
    closing = ordered[-1].balance
    for what, said, found in told.differences(facts, rows, opening, closing):
        raise FileProblem("told_differs", name=name, what=what, said=str(said), found=str(found))
    if opening is None and "opening" in facts:
        opening, closing = facts["opening"], facts["opening"] + sum((row.amount for row in rows), Decimal(0))
    moved = [pair for pair in with_keys(ordered) if pair[1].amount]
    repeated = len([row for row in rows if row.amount]) - len(moved)
    return Content(name, layout.profile, frozenset(accounts), frozenset(currencies), moved, opening, closing, facts, repeated)
