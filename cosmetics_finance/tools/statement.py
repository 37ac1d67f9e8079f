"""Rows of a statutory statement from account balances, without a database.

Accounts of a row are prefixes of account codes, divided by blanks. The longest prefix that fits an account wins, so each account
belongs to one row of a statement:

* ``1001``      the balance of all accounts that begin with 1001
* ``D2221``     that balance when it is a debit balance; a row with ``C2221`` takes it when it is a credit balance
* ``D1122*``    the same partner by partner: customers who owe here, customers who have paid in advance in the row with ``C1122*``

A balance is debit minus credit. A row of the debit side shows it as it is, a row of the credit side with the opposite sign.
"""

import re
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

PART = re.compile(r"([DC]?)(\d+)(\*?)")
TERM = re.compile(r"\s*([+-]?)\s*([0-9A-Za-z_.]+)\s*")


class Part(NamedTuple):
    """A piece of the accounts of a row: code prefix, side ("", "D" or "C"), and whether each partner is judged alone."""

    prefix: str
    side: str = ""
    by_partner: bool = False


class Row(NamedTuple):
    """A row: kind is heading, amount, of_which (a piece of a row above, counted once there) or total; is_credit gives its sign."""

    code: str
    kind: str
    is_credit: bool = False
    accounts: str = ""
    total: str = ""


def parse_accounts(text):
    """Return the parts of a text.

    >>> parse_accounts("1001 D2221 C1122*")
    [Part(prefix='1001', side='', by_partner=False), Part(prefix='2221', side='D', by_partner=False), \
Part(prefix='1122', side='C', by_partner=True)]
    >>> parse_accounts("1001 *")
    Traceback (most recent call last):
    ValueError: *
    """
    parts = []
    for word in (text or "").split():
        found = PART.fullmatch(word)
        if not found or (found[3] and not found[1]):
            raise ValueError(word)
        parts.append(Part(found[2], found[1], bool(found[3])))
    return parts


def parse_total(text):
    """Return (sign, code) of the rows that make up a total.

    >>> parse_total("18 - 19 + a1")
    [(1, '18'), (-1, '19'), (1, 'a1')]
    >>> parse_total("1 +")
    Traceback (most recent call last):
    ValueError: 1 +
    """
    terms, end = [], 0
    while end < len(text or ""):
        found = TERM.match(text, end)
        if not found or (terms and not found[1]):
            raise ValueError(text)
        terms.append((-1 if found[1] == "-" else 1, found[2]))
        end = found.end()
    return terms


class Definition:
    """The rows of one statement, ready to place accounts and to sum up.

    >>> small = Definition([
    ...     Row("1", "amount", accounts="1001 1002"),
    ...     Row("4", "amount", accounts="D1122*"),
    ...     Row("15", "total", total="1+4"),
    ...     Row("34", "amount", True, accounts="C1122*"),
    ... ])
    >>> balances = [("100101", None, [Decimal(5)]), ("112200", 7, [Decimal(9)]), ("112201", 8, [Decimal(-2)]), ("9", None, [Decimal(3)])]
    >>> figures, unmapped = small.compute(balances, 1)
    >>> [(code, *map(str, amounts)) for code, amounts in figures.items()]
    [('1', '5'), ('4', '9'), ('15', '14'), ('34', '2')]
    >>> unmapped
    {'9': [Decimal('3')]}
    """

    def __init__(self, rows):
        self.rows = {row.code: row for row in rows}
        # {prefix: {side: row code}}; an of-which row counts nothing of its own.
        self.places, self.by_partner = defaultdict(dict), set()
        for row in rows:
            for part in parse_accounts(row.accounts) if row.kind == "amount" else ():
                self.places[part.prefix][part.side] = row.code
                if part.by_partner:
                    self.by_partner.add(part.prefix)
        self.longest = max(map(len, self.places), default=0)

    def find(self, account):
        """Return the prefix that places an account code, or None.

        >>> Definition([Row("1", "amount", accounts="1001 10"), Row("2", "amount", accounts="5")]).find("100100")
        '1001'
        """
        account = account or ""
        lengths = range(min(self.longest, len(account)), 0, -1)
        return next((account[:length] for length in lengths if account[:length] in self.places), None)

    def rows_of(self, account):
        """Return the codes of the rows an account can appear in: one, or the two of a divided account."""
        return list(self.places.get(self.find(account), {}).values())

    def is_by_partner(self, account):
        """Return whether the balance of an account is divided partner by partner."""
        return self.find(account) in self.by_partner

    def compute(self, balances, columns):
        """Return ({row code: [amount of each column]}, {account code: [balance]} of accounts no row has).

        :param balances: iterable of (account code, partner or None, [balance of each column]), balances as Decimal
        """
        groups, unmapped = defaultdict(lambda: _zeros(columns)), defaultdict(lambda: _zeros(columns))
        pieces = defaultdict(lambda: _zeros(columns))
        for account, partner, amounts in balances:
            prefix = self.find(account)
            _add(pieces[account], amounts)
            if prefix is None:
                _add(unmapped[account], amounts)
            else:
                _add(groups[prefix, partner if prefix in self.by_partner else None], amounts)
        figures = {code: _zeros(columns) for code, row in self.rows.items() if row.kind != "heading"}
        self._place(groups, figures)
        self._pieces(pieces, figures)
        for code, row in self.rows.items():
            if row.kind == "total":
                figures[code] = [self._sum(code, figures, column, ()) for column in range(columns)]
        return figures, {account: amounts for account, amounts in unmapped.items() if any(amounts)}

    def _place(self, groups, figures):
        for (prefix, _partner), amounts in groups.items():
            for column, amount in enumerate(amounts):
                sides = self.places[prefix]
                code = sides.get("", sides.get("D" if amount > 0 else "C"))
                if code is not None:
                    figures[code][column] += -amount if self.rows[code].is_credit else amount

    def _pieces(self, pieces, figures):
        for code, row in self.rows.items():
            if row.kind != "of_which":
                continue
            prefixes = tuple(part.prefix for part in parse_accounts(row.accounts))
            for account, amounts in pieces.items():
                if prefixes and (account or "").startswith(prefixes):
                    _add(figures[code], [-amount if row.is_credit else amount for amount in amounts])

    def _sum(self, code, figures, column, above):
        """Return the total of a row; rows it is made of that are totals themselves are summed first."""
        row = self.rows[code]
        if row.kind != "total":
            return figures[code][column]
        if code in above:
            raise ValueError(code)
        return sum((sign * self._sum(part, figures, column, (*above, code)) for sign, part in parse_total(row.total)), Decimal(0))


def find_faults(rows):
    """Return what is wrong with the rows of a statement: pairs (fault, what it is about); nothing when all is well.

    >>> find_faults([Row("1", "amount", accounts="D1122"), Row("2", "amount", accounts="1001"), Row("3", "amount", accounts="1001")])
    [('one_sided', '1122'), ('twice', '1001')]
    >>> find_faults([Row("1", "total", total="1+7"), Row("2", "amount", accounts="x")])
    [('accounts', 'x'), ('unknown_row', '7'), ('circle', '1')]
    """
    faults, used = [], defaultdict(list)
    for row in rows:
        try:
            for part in parse_accounts(row.accounts) if row.kind in ("amount", "of_which") else ():
                if row.kind == "amount":
                    used[part.prefix].append((part.side, part.by_partner))
        except ValueError as problem:
            faults.append(("accounts", str(problem)))
    for prefix, uses in used.items():
        sides = sorted(side for side, _by_partner in uses)
        if sides in (["C"], ["D"]) or len({by_partner for _side, by_partner in uses}) > 1:
            faults.append(("one_sided", prefix))
        elif sides not in ([""], ["C", "D"]):
            faults.append(("twice", prefix))
    return faults + _total_faults({row.code: row for row in rows})


def _total_faults(rows):
    faults = []
    parts = {}
    for code, row in rows.items():
        try:
            parts[code] = [part for _sign, part in parse_total(row.total)] if row.kind == "total" else []
        except ValueError as problem:
            faults.append(("total", str(problem)))
    faults += [("unknown_row", part) for used in parts.values() for part in used if part not in rows]
    for code in parts:
        below, fresh = set(), set(parts[code])
        while fresh:
            below |= fresh
            fresh = {part for name in fresh for part in parts.get(name, ())} - below
        if code in below:
            faults.append(("circle", code))
    return faults


def _zeros(columns):
    return [Decimal(0)] * columns


def _add(sums, amounts):
    for column, amount in enumerate(amounts):
        sums[column] += amount
