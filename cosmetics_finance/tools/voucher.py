"""Accounting vouchers (记账凭证) on paper, without a database. Amounts are Decimal, red ink is negative."""

from decimal import Decimal
from typing import NamedTuple

from cn2an import an2cn

LINES = 8


class Page(NamedTuple):
    """A page of a voucher: its lines, the blank lines that fill it up, its number, and the totals on the last page only."""

    lines: list
    blanks: int
    number: int
    count: int
    debit: Decimal | None
    credit: Decimal | None


def in_capitals(amount):
    """Return an amount in the capitals of Chinese vouchers.

    >>> in_capitals(Decimal("1005.30")), in_capitals(Decimal("-100")), in_capitals(Decimal(0))
    ('壹仟零伍元叁角', '负壹佰元整', '零元整')
    """
    return an2cn(f"{amount:.2f}", "rmb")


def paginate(lines, size=LINES):
    """Divide the lines (debit, credit, …) of a voucher into pages; the totals stand on the last.

    >>> [(len(page.lines), page.blanks, page.debit) for page in paginate([(Decimal(5), Decimal(0))] * 3, 2)]
    [(2, 0, None), (1, 1, Decimal('15'))]
    """
    count = max(-(-len(lines) // size), 1)
    debit, credit = (sum((line[side] for line in lines), Decimal(0)) for side in (0, 1))
    pages = []
    for number in range(1, count + 1):
        part = lines[(number - 1) * size : number * size]
        totals = (debit, credit) if number == count else (None, None)
        pages.append(Page(part, size - len(part), number, count, *totals))
    return pages


def find_gaps(numbers):
    """Return the numbers that are missing from 1 to the highest.

    >>> find_gaps([1, 2, 5])
    [3, 4]
    """
    return sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
