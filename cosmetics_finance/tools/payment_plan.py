"""Which bills are paid with the money there is, and the file that a bank's batch transfer reads."""

import csv
import io
from decimal import Decimal
from typing import NamedTuple

HEADINGS = ("No", "Payee", "Account Number", "Bank", "Amount", "Memo")


class Transfer(NamedTuple):
    """One transfer: `amount` is a Decimal of two places in the currency of the company."""

    payee: str
    account_number: str
    bank: str
    amount: Decimal
    memo: str


def choose(items, cash=None):
    """Return the keys of the items, triples (due day, key, amount), that `cash` pays in whole, oldest first; None: all of them.

    An item that is too large is left for the next plan; smaller ones behind it are still paid.

    >>> choose([(3, "c", 50), (1, "a", 80), (2, "b", 40)], 130)
    ['a', 'b']
    >>> choose([(1, "a", 80), (2, "b", 40)], 50), choose([(1, "a", 80)]), choose([(1, "a", 80)], -5)
    (['b'], ['a'], [])
    """
    chosen = []
    for _day, key, amount in sorted(items):
        if cash is None or amount <= cash:
            chosen.append(key)
            cash = None if cash is None else cash - amount
    return chosen


def write_csv(transfers, headings=HEADINGS, total="Total"):
    """Return the file as bytes, in UTF-8 with a mark that spreadsheets know; the last row has the number and sum of the transfers.

    >>> print(write_csv([Transfer("Rose Ltd", "0612 34", "ICBC", Decimal("10.50"), "B1")]).decode("utf-8-sig").replace(chr(13), ""))
    No,Payee,Account Number,Bank,Amount,Memo
    1,Rose Ltd,061234,ICBC,10.50,B1
    Total,1,,,10.50,
    <BLANKLINE>
    """
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(headings)
    for number, transfer in enumerate(transfers, start=1):
        payee, bank, memo = (plain(text) for text in (transfer.payee, transfer.bank, transfer.memo))
        writer.writerow([number, payee, digits(transfer.account_number), bank, f"{transfer.amount:.2f}", memo])
    writer.writerow([total, len(transfers), "", "", f"{control_total(transfers):.2f}", ""])
    return page.getvalue().encode("utf-8-sig")


def control_total(transfers):
    """Return the sum of the transfers.

    >>> control_total([])
    Decimal('0')
    """
    return sum((transfer.amount for transfer in transfers), Decimal(0))


def digits(account_number):
    """Return an account number without the blanks people read it by."""
    return "".join((account_number or "").split())


def plain(text):
    """Return a text no spreadsheet takes for a formula.

    >>> plain("=1+1"), plain("+86 Rose"), plain(None)
    ('1+1', '86 Rose', '')
    """
    return " ".join((text or "").split()).lstrip("=+-@ ")
