"""The chain of purchase inspection records: what is sealed, how it is checked, how long it is kept.

Each sealed record carries the SHA-256 of its content, its number and the seal of the record before it. Whoever changes or
removes one record behind the system's back breaks the chain at that number, and printed records show what stood there.
"""

import hashlib
import json
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

GENESIS = "0" * 64  # stands for the seal before the first record
SHORT_LIFE_DAYS = 365


class Entry(NamedTuple):
    """One sealed record as it is stored."""

    number: int
    content: dict
    previous_seal: str
    seal: str


class Break(NamedTuple):
    """Where a chain breaks, and how: missing | changed | unlinked | surplus."""

    number: int
    kind: str


def canonical(content):
    """Return the one way to write content: sorted keys, no blanks, dates in ISO form, numbers with six decimals.

    >>> canonical({"b": date(2026, 3, 1), "a": 12.0, "c": ["批", None], "d": False})
    '{"a":"12.000000","b":"2026-03-01","c":["批",""],"d":""}'
    >>> canonical({"a": 12}) == canonical({"a": 12.0000000001})
    True
    """
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal_of(content, number, previous_seal):
    """Return the seal of a record: 64 hexadecimal digits.

    >>> first = seal_of({"name": "面霜"}, 1, GENESIS)
    >>> len(first), first == seal_of({"name": "面霜"}, 1, GENESIS), first == seal_of({"name": "面霜 "}, 1, GENESIS)
    (64, True, False)
    >>> first == seal_of({"name": "面霜"}, 2, GENESIS) or first == seal_of({"name": "面霜"}, 1, first)
    False
    """
    text = canonical({"content": content, "number": str(number), "previous": previous_seal})
    return hashlib.sha256(text.encode()).hexdigest()


def content_hash(raw):
    """Return the SHA-256 of the bytes of a file.

    >>> content_hash(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(raw).hexdigest()


def first_break(entries, first_number, last_number, last_seal):
    """Return the first `Break` of a chain, None when it is whole.

    :param entries: iterable of `Entry` by number; read once, so it may come from a cursor
    :param int first_number: number the chain begins with; 0 for an empty chain
    :param int last_number: number of its last record
    :param str last_seal: seal of its last record

    >>> one = Entry(1, {"q": 1}, GENESIS, seal_of({"q": 1}, 1, GENESIS))
    >>> two = Entry(2, {"q": 2}, one.seal, seal_of({"q": 2}, 2, one.seal))
    >>> first_break([one, two], 1, 2, two.seal) is None and first_break([], 0, 0, GENESIS) is None
    True
    >>> first_break([one._replace(content={"q": 9}), two], 1, 2, two.seal)
    Break(number=1, kind='changed')
    >>> first_break([two], 1, 2, two.seal), first_break([one], 1, 2, two.seal)
    (Break(number=1, kind='missing'), Break(number=2, kind='missing'))
    >>> first_break([one, two], 1, 1, one.seal)
    Break(number=2, kind='surplus')
    >>> forged = Entry(1, {"q": 9}, GENESIS, seal_of({"q": 9}, 1, GENESIS))
    >>> first_break([forged, two], 1, 2, two.seal)
    Break(number=2, kind='unlinked')
    >>> first_break([one, two], 1, 2, one.seal)
    Break(number=2, kind='changed')
    """
    expected, previous = first_number, None
    for entry in entries:
        if entry.number > last_number:
            return Break(entry.number, "surplus")
        if entry.number != expected:
            return Break(expected, "missing")
        linked = GENESIS if entry.number == 1 else previous
        if linked is not None and entry.previous_seal != linked:
            return Break(entry.number, "unlinked")
        if seal_of(entry.content, entry.number, entry.previous_seal) != entry.seal:
            return Break(entry.number, "changed")
        expected, previous = entry.number + 1, entry.seal
    if last_number and expected <= last_number:
        return Break(expected, "missing")
    if last_number and previous != last_seal:
        return Break(last_number, "changed")
    return None


def keep_until(expiration_on, recorded_on, total_days):
    """Return the last day on which a record must still be there.

    CSAR art. 31 and 38: one year after the use-by period; two years where that period is shorter than a year. The law does not
    say from which day the two years run, so they run from the record, and never end before the year after the use-by date.
    An unknown length of life is treated as short.

    :param int|None total_days: days from production to use-by date

    >>> keep_until(date(2028, 6, 30), date(2026, 3, 1), 1095)
    datetime.date(2029, 6, 30)
    >>> keep_until(date(2026, 8, 31), date(2026, 3, 1), 183)
    datetime.date(2028, 3, 1)
    >>> keep_until(date(2026, 8, 31), date(2026, 3, 1), None), keep_until(None, date(2026, 3, 1), None)
    (datetime.date(2028, 3, 1), datetime.date(2028, 3, 1))
    >>> keep_until(date(2028, 2, 29), date(2026, 3, 1), 1095)
    datetime.date(2029, 2, 28)
    """
    after_record = recorded_on + relativedelta(years=2)
    if not expiration_on:
        return after_record
    after_use = expiration_on + relativedelta(years=1)
    return after_use if total_days and total_days >= SHORT_LIFE_DAYS else max(after_use, after_record)


def _plain(value):
    """Return value made of texts, lists and dicts only, so that a database cannot give it back in another guise."""
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or value is False:
        return ""
    if isinstance(value, int | float):
        return f"{value:.6f}"
    return str(value)
