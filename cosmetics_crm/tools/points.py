"""How points move on an account: which batches are fed and emptied, without a database.

Amounts are whole hundredths of a point ("units"), so that parts always add up. A function changes the account it is given and returns the
rows that say so; whoever keeps the account stores both. What no batch can pay is a debt: a row without a batch.

>>> from datetime import date
>>> today = date(2026, 5, 1)
>>> account = Account([Batch("a", 300, date(2026, 1, 1), date(2026, 12, 31)), Batch("b", 500, date(2026, 1, 1), date(2026, 6, 30))])
>>> [(row.batch.ref, row.units) for row in spend(account, 600, today)]
[('b', -500), ('a', -100)]
>>> account.spendable(today), account.debt
(200, 0)
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

VALIDITIES = ("never", "months", "year", "next_year")
FAR = date.max


@dataclass(slots=True)
class Batch:
    """What is left of one earning.

    :param ref: what the keeper of the account calls it
    :param available_on: first day on which it may be spent; None: not known yet
    :param expires_on: last day on which it may be spent; None: never expires
    :param origin: what it was earned by
    :param is_new: not stored yet
    """

    ref: object
    remaining: int
    available_on: date | None = None
    expires_on: date | None = None
    origin: object = None
    is_new: bool = False

    def is_expired(self, today):
        return self.expires_on is not None and self.expires_on < today

    def is_spendable(self, today):
        """Return whether its points may be spent.

        >>> batch = Batch("a", 1, date(2026, 5, 1), date(2026, 5, 31))
        >>> [batch.is_spendable(date(2026, month, day)) for month, day in ((4, 30), (5, 1), (5, 31), (6, 1))]
        [False, True, True, False]
        >>> Batch("b", 1).is_spendable(date(2026, 5, 1))
        False
        """
        return self.available_on is not None and self.available_on <= today and not self.is_expired(today)


@dataclass(slots=True)
class Account:
    """The batches of a card and what its holder owes."""

    batches: list = field(default_factory=list)
    debt: int = 0

    def spendable(self, today):
        return sum(batch.remaining for batch in self.batches if batch.is_spendable(today))

    def pending(self, today):
        """Return what is there but counts later, or has run out and waits for its row.

        >>> account = Account([Batch("a", 7, None), Batch("b", 5, date(2026, 1, 1))])
        >>> account.spendable(date(2026, 5, 1)), account.pending(date(2026, 5, 1)), account.balance()
        (5, 7, 12)
        """
        return sum(batch.remaining for batch in self.batches if not batch.is_spendable(today))

    def balance(self):
        return sum(batch.remaining for batch in self.batches) - self.debt


@dataclass(frozen=True, slots=True)
class Row:
    """One movement: what it feeds (+) or empties (-); without a batch it lowers (+) or raises (-) the debt."""

    units: int
    batch: Batch | None = None


def to_units(points):
    """Return points as whole hundredths, half a hundredth away from zero.

    >>> to_units(12.345), to_units(-0.1), to_units(1.005), to_units(0.1 + 0.2)
    (1235, -10, 101, 30)
    """
    # One more digit first: 1.005 is a little less than it says.
    units = round(abs(points) * 100, 6)
    return int(units + 0.5) * (1 if points >= 0 else -1)


def to_points(units):
    """Return whole hundredths as points.

    >>> to_points(1235)
    12.35
    """
    return units / 100


def share(total, part, whole, before=0):
    """Return this part's share of a total, so that the shares of all parts add up to the total.

    The share is the difference of two rounded running shares; a part is never below zero or beyond the whole.

    >>> [share(100, 1, 3, before) for before in (0, 1, 2)]
    [33, 34, 33]
    >>> share(100, 5, 3), share(100, 1, 0), share(100, -1, 3)
    (100, 100, 0)
    """
    return _running_share(total, before + part, whole) - _running_share(total, before, whole) if whole > 0 else total


def _running_share(total, part, whole):
    part = min(max(part, 0), whole)
    return (2 * total * part + whole) // (2 * whole)


def expiry(validity, months, day):
    """Return the last day of points that count from `day` on; None: they never expire.

    >>> [expiry(validity, 12, date(2026, 5, 31)) for validity in ("never", "year", "next_year")]
    [None, datetime.date(2026, 12, 31), datetime.date(2027, 12, 31)]
    >>> expiry("months", 12, date(2026, 5, 31)), expiry("months", 1, date(2026, 1, 31))
    (datetime.date(2027, 5, 30), datetime.date(2026, 2, 28))
    """
    if validity == "year":
        return date(day.year, 12, 31)
    if validity == "next_year":
        return date(day.year + 1, 12, 31)
    if validity == "months":
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, last) if day.day > last else date(year, month + 1, day.day) - timedelta(days=1)
    return None


def add(account, units, batch):
    """Feed an account: the debt is paid first, the rest is put into `batch`, new and empty.

    >>> account = Account(debt=30)
    >>> [(row.batch and row.batch.ref, row.units) for row in add(account, 100, Batch("a", 0))]
    [(None, 30), ('a', 70)]
    >>> account.debt, account.balance()
    (0, 70)
    """
    rows = _pay_debt(account, units)
    if rest := units - sum(row.units for row in rows):
        if not any(batch is other for other in account.batches):
            account.batches.append(batch)
        rows.append(_feed(batch, rest))
    return rows


def spend(account, units, today):
    """Take spendable points, those that expire first before the others; return the rows of what was there, perhaps less than asked.

    >>> account = Account([Batch(2, 5, date(2026, 1, 1)), Batch(1, 5, date(2026, 1, 1))])
    >>> [(row.batch.ref, row.units) for row in spend(account, 20, date(2026, 5, 1))]
    [(1, -5), (2, -5)]
    """
    return _take(_in_order(batch for batch in account.batches if batch.is_spendable(today)), units)


def take_back(account, units, today, origin=None):
    """Take points back: from what this origin earned first, then what may be spent, then what is pending; the rest is owed.

    >>> account = Account([Batch("a", 10, date(2026, 1, 1)), Batch("b", 10, None, None, "order 2")])
    >>> [(row.batch and row.batch.ref, row.units) for row in take_back(account, 25, date(2026, 5, 1), "order 2")]
    [('b', -10), ('a', -10), (None, -5)]
    >>> account.debt
    5
    """
    own = [batch for batch in account.batches if origin is not None and batch.origin == origin]
    others = [batch for batch in account.batches if batch not in own]
    ordered = (
        _in_order(own) + _in_order(b for b in others if b.is_spendable(today)) + _in_order(b for b in others if not b.is_spendable(today))
    )
    rows = _take(ordered, units)
    if rest := units + sum(row.units for row in rows):
        account.debt += rest
        rows.append(Row(-rest))
    return rows


def give_back(account, units, today, taken, grace_on, spare):
    """Give spent points back to the batches they were taken from, the last one taken first; a debt is paid before.

    :param taken: [(batch, units still out)], in the order in which they were taken
    :param grace_on: last day of what is given back to a batch that has expired
    :param spare: new and empty batch for what came from a batch of another account
    :raises ValueError: when more is given back than was taken

    >>> old, young = Batch("a", 0, date(2025, 1, 1), date(2025, 12, 31)), Batch("b", 4, date(2026, 1, 1))
    >>> account = Account([old, young])
    >>> taken = [(old, 10), (young, 6)]
    >>> [(row.batch.ref, row.units) for row in give_back(account, 8, date(2026, 5, 1), taken, date(2026, 5, 31), Batch("c", 0))]
    [('b', 6), ('a', 2)]
    >>> old.expires_on
    datetime.date(2026, 5, 31)
    """
    if units > sum(out for _batch, out in taken):
        raise ValueError("more points given back than were spent")
    rows = _pay_debt(account, units)
    rest = units - sum(row.units for row in rows)
    for batch, out in reversed(taken):
        part = min(rest, out)
        if not part:
            continue
        rest -= part
        if not any(batch is other for other in account.batches):
            batch = _adopt(account, batch, spare)
        if batch.is_expired(today):
            batch.expires_on = grace_on
        rows.append(_feed(batch, part))
    return rows


def _adopt(account, batch, spare):
    """Return the batch of this account that stands for one of another."""
    if not any(spare is other for other in account.batches):
        spare.available_on, spare.expires_on, spare.origin = batch.available_on, batch.expires_on, batch.origin
        account.batches.append(spare)
    elif spare.expires_on and (batch.expires_on is None or batch.expires_on > spare.expires_on):
        spare.expires_on = batch.expires_on
    return spare


def expire(account, today):
    """Empty what has run out.

    >>> account = Account([Batch("a", 5, date(2025, 1, 1), date(2026, 4, 30)), Batch("b", 5, date(2025, 1, 1), date(2026, 5, 1))])
    >>> [(row.batch.ref, row.units) for row in expire(account, date(2026, 5, 1))]
    [('a', -5)]
    """
    over = [batch for batch in account.batches if batch.remaining and batch.is_expired(today)]
    return _take(over, sum(batch.remaining for batch in over))


def empty(account):
    """Close an account: return the rows that empty every batch and settle the debt.

    >>> account = Account([Batch("a", 5)], debt=0)
    >>> [row.units for row in empty(account)], account.balance()
    ([-5], 0)
    """
    rows = _take(_in_order(account.batches), sum(batch.remaining for batch in account.batches))
    return rows + (_pay_debt(account, account.debt) if account.debt else [])


def _in_order(batches):
    return sorted(batches, key=lambda batch: (batch.expires_on or FAR, batch.is_new, batch.ref))


def _take(batches, units):
    rows = []
    for batch in batches:
        part = min(batch.remaining, units)
        if part > 0:
            batch.remaining -= part
            units -= part
            rows.append(Row(-part, batch))
    return rows


def _feed(batch, units):
    batch.remaining += units
    return Row(units, batch)


def _pay_debt(account, units):
    part = min(account.debt, units)
    account.debt -= part
    return [Row(part)] if part else []
