"""How money moves on a stored-value card: which top-ups pay, with how much principal and how much bonus; no database.

Amounts are whole cents, so that parts always add up. A function changes the top-ups it is given and returns the rows that say so; whoever
keeps the card stores both.

>>> first, second = Batch("a", 100000, 20000, 100000, 20000), Batch("b", 50000, 0, 50000, 0)
>>> [(row.batch.ref, row.principal, row.bonus) for row in spend([second, first], 132000)]
[('a', -100000, -20000), ('b', -12000, 0)]
>>> left([first, second])
38000
"""

from dataclasses import dataclass

PRO_RATA, PRINCIPAL_FIRST = "pro_rata", "principal_first"


@dataclass(slots=True)
class Batch:
    """One top-up.

    :param ref: what the keeper of the card calls it; smaller ones are older
    :param paid: principal it began with
    :param given: bonus it began with
    :param principal: principal that is left
    :param bonus: bonus that is left
    :param is_new: not stored yet
    """

    ref: object
    paid: int = 0
    given: int = 0
    principal: int = 0
    bonus: int = 0
    origin: object = None
    is_new: bool = False

    @property
    def left(self):
        return self.principal + self.bonus


@dataclass(frozen=True, slots=True)
class Row:
    """One movement: what it feeds (+) or empties (-)."""

    principal: int
    bonus: int
    batch: Batch

    @property
    def amount(self):
        return self.principal + self.bonus


def left(batches):
    return sum(batch.left for batch in batches)


def running(total, part, whole):
    """Return the part of a total, rounded half up; the differences of growing parts add up to the total.

    >>> [running(100, part, 3) for part in (0, 1, 2, 3)], running(100, 1, 0)
    ([0, 33, 67, 100], 0)
    """
    return (2 * total * part + whole) // (2 * whole) if whole else 0


def top_up(batch, principal, bonus):
    """Put money into a new top-up.

    >>> top_up(Batch("a"), 100000, 20000).amount
    120000
    """
    batch.paid += principal
    batch.given += bonus
    return _move(batch, principal, bonus)


def spend(batches, cents, use=PRO_RATA):
    """Take money, the oldest top-up first; return the rows of what was there, perhaps less than asked.

    Pro rata, the principal that a top-up has lost is always its share of what was spent of it: that is how a refund is judged later
    (法释〔2025〕4号 art. 18).

    >>> batch = Batch("a", 100000, 20000, 100000, 20000)
    >>> [(row.principal, row.bonus) for row in spend([batch], 60000)]
    [(-50000, -10000)]
    >>> batch = Batch("a", 100000, 20000, 100000, 20000)
    >>> [(row.principal, row.bonus) for row in spend([batch], 110000, PRINCIPAL_FIRST)]
    [(-100000, -10000)]
    >>> batch = Batch("a", 2, 1, 2, 1)
    >>> [[(row.principal, row.bonus) for row in spend([batch], 1)] for _time in range(4)]
    [[(-1, 0)], [(0, -1)], [(-1, 0)], []]
    """
    rows = []
    for batch in sorted(batches, key=lambda batch: (batch.is_new, batch.ref)):
        part = min(batch.left, cents)
        if part > 0:
            cents -= part
            principal = _principal_of(batch, part, use)
            rows.append(_move(batch, -principal, principal - part))
    return rows


def _principal_of(batch, cents, use):
    """Return how much of what is taken is principal."""
    if use == PRINCIPAL_FIRST:
        return min(batch.principal, cents)
    whole = batch.paid + batch.given
    gone = whole - batch.left
    wanted = running(batch.paid, gone + cents, whole) - (batch.paid - batch.principal)
    return min(max(wanted, cents - batch.bonus, 0), batch.principal, cents)


def give_back(out, cents):
    """Give spent money back to the top-ups it came from, principal and bonus in the proportion in which they were taken.

    :param out: [(batch, principal, bonus)] that are still out
    :raises ValueError: when more is given back than was spent

    >>> batch = Batch("a", 100000, 20000, 50000, 10000)
    >>> [(row.principal, row.bonus) for row in give_back([(batch, 50000, 10000)], 30000)]
    [(25000, 5000)]
    >>> batch.left
    90000
    """
    whole = sum(principal + bonus for _batch, principal, bonus in out)
    if cents > whole:
        raise ValueError("more money given back than was spent")
    rows, upto, given = [], 0, 0
    for batch, principal, bonus in out:
        parts = []
        for portion in (principal, bonus):
            upto += portion
            parts.append(running(cents, upto, whole) - given)
            given += parts[-1]
        if any(parts):
            rows.append(_move(batch, *parts))
    return rows


def take_back(batch, principal):
    """Undo a part of a top-up, with the bonus that was given for it; return the rows and what of the principal is gone already.

    >>> rows, missing = take_back(Batch("a", 100000, 20000, 100000, 20000), 50000)
    >>> [(row.principal, row.bonus) for row in rows], missing
    ([(-50000, -10000)], 0)
    >>> rows, missing = take_back(Batch("a", 100000, 20000, 30000, 6000), 50000)
    >>> [(row.principal, row.bonus) for row in rows], missing
    ([(-30000, -6000)], 20000)
    """
    part = min(principal, batch.principal)
    bonus = min(running(batch.given, principal, batch.paid), batch.bonus)
    return ([_move(batch, -part, -bonus)] if part or bonus else []), principal - part


def empty(batches):
    """Take everything.

    >>> [(row.principal, row.bonus) for row in empty([Batch("a", 5, 1, 3, 1), Batch("b", 5, 1)])]
    [(-3, -1)]
    """
    return [_move(batch, -batch.principal, -batch.bonus) for batch in batches if batch.left]


def _move(batch, principal, bonus):
    batch.principal += principal
    batch.bonus += bonus
    return Row(principal, bonus, batch)
