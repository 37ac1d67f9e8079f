"""Which row of the cash-flow statement money belongs to, without a database. Amounts are whole cents; money that comes in is positive.

The money of an entry belongs to the entry's other lines: those that stand opposite to it, in proportion to their amounts. A line that
is reconciled (receivable, payable) stands for the entry it is reconciled with, at most ``HOPS`` entries away: a payment of a bill
belongs to what the bill bought. Lines of tax follow the lines that are taxed; the cost of goods in an invoice moves no money.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

HOPS = 2


class Line(NamedTuple):
    """A journal item: account is its code; override the row somebody has chosen for it."""

    id: int
    account: str
    amount: int
    is_cash: bool = False
    is_tax: bool = False
    is_cost: bool = False
    override: int | None = None


class Rule(NamedTuple):
    """A row of the statement: the prefixes of accounts it takes when money comes in and when it goes out."""

    row: int
    inflow: str = ""
    outflow: str = ""
    is_other: bool = False
    is_credit: bool = False


class Book(NamedTuple):
    """Entries by id, and the matches of a line: {line id: [(id of the other entry, id of the other line, cents)]}."""

    entries: dict
    matches: dict


def split(amount, weights):
    """Divide cents in proportion to weights; the parts sum up exactly, equal weights differ by a cent at most.

    >>> split(100, [1, 1, 1])
    [34, 33, 33]
    >>> split(-100, [2, 1])
    [-67, -33]
    """
    total, done, before = sum(weights), 0, 0
    parts = []
    for weight in weights:
        before += weight
        upto = -(-abs(amount) * before // total)
        parts.append(upto - done)
        done = upto
    return parts if amount >= 0 else [-part for part in parts]


class Classifier:
    """Places the money of entries by the rules of one statement.

    >>> rules = [Rule(1, "1122 5001", "1122 5001"), Rule(2, "", "", True), Rule(3, "2202", "2202 1405"), Rule(6, "", "5602", True, True)]
    >>> bill = [Line(1, "220200", -11300), Line(2, "140500", 5000), Line(3, "560200", 5000), Line(4, "222101", 1300, is_tax=True)]
    >>> payment = [Line(5, "220200", 5650), Line(6, "100200", -5650, is_cash=True)]
    >>> book = Book({1: bill, 2: payment}, {5: [(1, 1, 5650)]})
    >>> Classifier(rules).classify(2, book)
    {(3, False): -2825, (6, False): -2825}
    >>> Classifier(rules).classify(2, Book({2: payment}, {}))
    {(3, False): -5650}
    >>> Classifier(rules).classify(3, Book({3: [Line(7, "100100", -9, is_cash=True), Line(8, "100200", 9, is_cash=True)]}, {}))
    {(None, False): 0}
    """

    def __init__(self, rules):
        self.places = {True: {}, False: {}}
        self.others = {}
        for rule in rules:
            for inward, text in ((True, rule.inflow), (False, rule.outflow)):
                self.places[inward].update(dict.fromkeys((text or "").split(), rule.row))
            if rule.is_other:
                self.others[not rule.is_credit] = rule.row

    def find(self, account, inward):
        """Return (row, whether no rule names the account): then it is other money of that direction."""
        places, account = self.places[inward], account or ""
        for length in range(len(account), 0, -1):
            if row := places.get(account[:length]):
                return row, False
        return self.others.get(inward), True

    def classify(self, entry, book):
        """Return {(row, whether no rule fitted): cents} of an entry; {(None, False): 0} when money only changed its place."""
        result, rest = Counter(), 0
        for line in book.entries[entry]:
            if line.is_cash and line.override:
                result[line.override, False] += line.amount
            elif line.is_cash:
                rest += line.amount
        if rest:
            targets = _opposite(book.entries[entry], rest)
            for target, part in targets:
                self._trace(target, part, book, (entry,), result)
            if not targets:
                result[self.others.get(rest > 0), True] += rest
        return {key: cents for key, cents in result.items() if cents} or {(None, False): 0}

    def _trace(self, line, amount, book, path, result):
        """Follow a line to what it is reconciled with, and add its part of the money to the result."""
        matches = [match for match in book.matches.get(line.id, ()) if match[0] not in path] if len(path) <= HOPS else []
        rest = amount
        if matches:
            matched = sum(cents for _entry, _line, cents in matches)
            parts = split(amount, [*(cents for _entry, _line, cents in matches), max(abs(line.amount) - matched, 0)])
            for (entry, other, _cents), part in zip(matches, parts, strict=False):
                targets = _opposite([item for item in book.entries.get(entry, ()) if item.id != other], part)
                for target, piece in targets:
                    self._trace(target, piece, book, (*path, entry), result)
                rest -= part if targets else 0
        if rest:
            result[self.find(line.account, rest > 0)] += rest


def _opposite(lines, amount):
    """Return [(line, part of the amount)] of the lines that stand opposite to it; tax only where nothing is taxed."""
    lines = [line for line in lines if not line.is_cash and not line.is_cost and line.amount * amount < 0]
    lines = [line for line in lines if not line.is_tax] or lines
    return list(zip(lines, split(amount, [abs(line.amount) for line in lines]), strict=True)) if amount and lines else []


def find_faults(rules):
    """Return prefixes that two rows claim for the same direction, or that are no digits.

    >>> find_faults([Rule(1, "1122", "1122"), Rule(2, "1122 x")])
    [('twice', '1122'), ('accounts', 'x')]
    """
    faults, claims = [], defaultdict(list)
    for rule in rules:
        for inward, text in ((True, rule.inflow), (False, rule.outflow)):
            for prefix in (text or "").split():
                claims[inward, prefix].append(rule.row)
    for (_inward, prefix), rows in claims.items():
        if not prefix.isdigit():
            faults.append(("accounts", prefix))
        elif len(rows) > 1:
            faults.append(("twice", prefix))
    return faults
