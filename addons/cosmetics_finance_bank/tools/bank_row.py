"""One movement in a bank's file: plain Python, no database."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.cosmetics_base.tools.cell import CellProblem, clean, moment, money, number_text, text_of

CHINA_OFFSET = timedelta(hours=8)
ZERO = Decimal("0.00")
OUT_WORDS = frozenset(("借", "借方", "d", "dr", "支", "支出", "往账", "付", "付款", "转出", "-"))
IN_WORDS = frozenset(("贷", "贷方", "c", "cr", "收", "收入", "来账", "收款", "转入", "+"))
CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.\d+)?)?|(\d{2})(\d{2})(\d{2})")


class BankRow(NamedTuple):
    """A movement: ``amount`` is positive when money came in; ``at`` is naive UTC, ``day`` the day in China on which the bank booked it."""

    row_no: int
    day: date
    at: datetime
    amount: Decimal
    balance: Decimal | None = None
    partner: str = ""
    account: str = ""
    memo: str = ""
    reference: str = ""


class RowProblem(ValueError):
    """A row that cannot be read: ``code``, the ``text`` that was found, and the number of the row where it is known."""

    def __init__(self, code, text="", row_no=0):
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text
        self.row_no = row_no


def cells_of(row, layout, role):
    """The cells of a role, empty ones left out."""
    places = layout.places.get(role, ())
    return [row[place] for place in places if place < len(row) and text_of(row[place])]


def cell_of(row, layout, role):
    """The cell of a role, "" when there is none."""
    return next(iter(cells_of(row, layout, role)), "")


def clock_of(value):
    """A time of day, None when the cell is none.

    >>> clock_of("15:24:03"), clock_of("9:05"), clock_of("152403"), clock_of(time(8)), clock_of("25:00:00"), clock_of("")
    (datetime.time(15, 24, 3), datetime.time(9, 5), datetime.time(15, 24, 3), datetime.time(8, 0), None, None)
    """
    if isinstance(value, time):
        return value.replace(microsecond=0)
    match = CLOCK.fullmatch(clean(value))
    if not match:
        return None
    hour, minute, second = (int(part or 0) for part in (match.groups()[:3] if match[1] else match.groups()[3:]))
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def when_of(day_cell, time_cell):
    """The moment of a movement, as naive UTC, from a day with or without a time and a second cell that may hold the time.

    >>> when_of("2026-08-01", "15:24:03"), when_of("20260801 15:24:03", ""), when_of("2026年8月1日", "2026-08-01 08:00")
    (datetime.datetime(2026, 8, 1, 7, 24, 3), datetime.datetime(2026, 8, 1, 7, 24, 3), datetime.datetime(2026, 8, 1, 0, 0))
    >>> when_of("合计", "")
    Traceback (most recent call last):
    ...
    odoo.addons.cosmetics_base.tools.cell.CellProblem: not_date: '合计'
    """
    found = moment(day_cell)
    if found is None:
        raise CellProblem("not_date", clean(day_cell))
    clock = clock_of(time_cell)
    if clock:
        day = (found + CHINA_OFFSET).date()
        return datetime.combine(day, clock) - CHINA_OFFSET
    return (text_of(time_cell) and moment(time_cell)) or found


def amount_of(row, layout):
    """The signed amount of a row; the bank's debit is our expense. A reversal stands with a minus in its own column.

    Raises RowProblem: no_amount, two_amounts, not_side; CellProblem: not_money.
    """
    if "amount" in layout.places:
        return _one_amount(row, layout)
    came, went = (money(cell_of(row, layout, role)) for role in ("in", "out"))
    if came is None and went is None:
        raise RowProblem("no_amount")
    if came and went:
        raise RowProblem("two_amounts", f"{came} / {went}")
    if went and layout.profile.out_negative:
        went = -went
    return (came or ZERO) - (went or ZERO)


def _one_amount(row, layout):
    amount = money(cell_of(row, layout, "amount"))
    if amount is None:
        raise RowProblem("no_amount")
    if "side" not in layout.places:
        return amount
    side = clean(cell_of(row, layout, "side")).casefold()
    if side in IN_WORDS:
        return amount
    if side in OUT_WORDS:
        return amount if amount < 0 else -amount
    raise RowProblem("not_side", side)


def read_row(row, layout, row_no):
    """Return the :class:`BankRow`; raises CellProblem and RowProblem."""
    at = when_of(cell_of(row, layout, "date"), cell_of(row, layout, "time"))
    booked = cell_of(row, layout, "booked")
    day = moment(booked) if booked else None
    return BankRow(
        row_no,
        ((day or at) + CHINA_OFFSET).date(),
        at,
        amount_of(row, layout),
        money(cell_of(row, layout, "balance")),
        text_of(cell_of(row, layout, "partner")),
        re.sub(r"\s", "", number_text(cell_of(row, layout, "account"))),
        " ".join(dict.fromkeys(text_of(cell) for cell in cells_of(row, layout, "memo"))),
        number_text(cell_of(row, layout, "reference")),
    )
