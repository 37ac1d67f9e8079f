"""The running balance of a bank's file: which row is the first, and whether one follows from the other. Plain Python."""

from .bank_row import RowProblem


def first_break(rows):
    """Return the first row whose balance does not follow from the row before, None when all do."""
    before = None
    for row in rows:
        if before is not None and before + row.amount != row.balance:
            return row
        before = row.balance
    return None


def in_order(rows):
    """Return the rows, the oldest first; banks list them either way round.

    Raises RowProblem: no_balance when only some rows have one, balance when they do not follow from each other.

    >>> from decimal import Decimal as D
    >>> from .bank_row import BankRow
    >>> row = lambda number, minute, amount, balance: BankRow(number, None, minute, D(amount), balance and D(balance))
    >>> [each.row_no for each in in_order([row(1, 9, 5, "105"), row(2, 8, -10, "100"), row(3, 7, 10, "110")])]
    [3, 2, 1]
    >>> [each.row_no for each in in_order([row(1, 9, 5, None), row(2, 8, -10, None)])]
    [2, 1]
    >>> in_order([row(1, 1, 5, "105"), row(2, 2, 5, "111")])
    Traceback (most recent call last):
    ...
    odoo.addons.cosmetics_finance_bank.tools.bank_row.RowProblem: balance: '111'
    """
    newest_first = rows[0].at > rows[-1].at
    by_time = rows[::-1] if newest_first else rows
    missing = [row for row in rows if row.balance is None]
    if len(missing) == len(rows):
        return by_time
    if missing:
        raise RowProblem("no_balance", row_no=missing[0].row_no)
    for order in (by_time, by_time[::-1]):
        if first_break(order) is None:
            return order
    broken = first_break(by_time)
    raise RowProblem("balance", str(broken.balance), broken.row_no)
