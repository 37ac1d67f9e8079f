"""What makes a movement of a bank account the same in two files: plain Python, no database."""

import hashlib
from collections import Counter


def base_of(row):
    """The number of the bank with the amount (a payment and its fee may share a number); else all that the bank tells.

    Another export may word the memo differently, so that it is not part of it.

    >>> from decimal import Decimal as D
    >>> from .bank_row import BankRow
    >>> base_of(BankRow(1, None, "t", D("5.00"), reference="A7"))
    'n:A7:5.00'
    >>> one, two = (BankRow(n, None, "t", D("5.00"), D(b), "n", "62") for n, b in ((1, "9.00"), (2, "14.00")))
    >>> base_of(one) == base_of(one._replace(row_no=9, memo="x")), base_of(one) == base_of(two)
    (True, False)
    """
    if row.reference:
        return f"n:{row.reference}:{row.amount}"
    facts = (row.at, row.amount, row.balance, row.account or row.partner)
    return "h:" + hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:40]


def with_keys(rows):
    """Return [(key, row)], unique in the file: equal movements are numbered.

    A row that stands there twice to the last sign, with a number of the bank, is taken once.

    >>> from decimal import Decimal as D
    >>> from .bank_row import BankRow
    >>> numbered, plain = BankRow(1, None, "t", D(5), reference="A7"), BankRow(1, None, "t", D(5))
    >>> [key for key, _row in with_keys([numbered, numbered._replace(row_no=2), numbered._replace(row_no=3, partner="x")])]
    ['n:A7:5', 'n:A7:5#2']
    >>> [key[-2:] for key, _row in with_keys([plain, plain])][1]
    '#2'
    """
    seen, whole, kept = Counter(), set(), []
    for row in rows:
        facts = row._replace(row_no=0)
        if row.reference and facts in whole:
            continue
        whole.add(facts)
        base = base_of(row)
        seen[base] += 1
        kept.append((base if seen[base] == 1 else f"{base}#{seen[base]}", row))
    return kept


def same_account(told, own):
    """Whether an account number of a file, whole, masked or its end, is the own one.

    >>> same_account("6100000012345678", "6100 0000 1234 5678"), same_account("6100****5678", "6100000012345678")
    (True, True)
    >>> same_account("5678", "6100000012345678"), same_account("6100****9999", "6100000012345678"), same_account("", "61")
    (True, False, False)
    """
    told, own = ("".join(sign for sign in text if sign.isalnum() or sign == "*") for text in (told, own))
    if not told or not own:
        return False
    if "*" not in told:
        return own.endswith(told) if len(told) >= 4 else False
    head, tail = told.split("*", 1)[0], told.rsplit("*", 1)[1]
    return len(head) + len(tail) >= 4 and own.startswith(head) and own.endswith(tail)
