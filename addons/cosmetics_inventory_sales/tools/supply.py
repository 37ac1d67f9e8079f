"""Which batches an order line may get: who comes first, and what is left for the others.

Plain Python: no database, no clock. Quantities are in the unit of the product.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Batch:
    """What lies free of one batch in one place.

    :param key: names the batch for the caller
    :param shelf: product and place, or whatever a demand must have in common with the batch
    :param expiration_on: last usable day, None for goods without one
    :param sale_stop_on: first day on which it may not be sold, None when it never stops
    :param band: key of its band
    """

    key: object
    shelf: object
    free: float
    expiration_on: date | None = None
    sale_stop_on: date | None = None
    band: object = None


@dataclass(frozen=True)
class Demand:
    """What one order line wants.

    :param day: day in China on which the goods are to leave
    :param min_expiration_on: earliest use-by date that keeps the promise to the customer, or None
    :param band: only goods of this band, or None
    """

    key: object
    shelf: object
    day: date
    quantity: float
    min_expiration_on: date | None = None
    band: object = None


@dataclass(frozen=True)
class Supply:
    """What there is for one demand.

    :param free: quantity it may get, after the demands before it took theirs
    :param withheld: quantity that may be sold on that day, but not to this customer or not from this band
    :param batch: key of the batch that would go first, None when there is none
    :param first_on: its use-by date
    """

    free: float = 0.0
    withheld: float = 0.0
    batch: object = None
    first_on: date | None = None


def may_sell(batch, day):
    """Return whether the sale of a batch has not stopped on a day.

    >>> stop = date(2027, 1, 14)
    >>> may_sell(Batch("A", "p", 1, sale_stop_on=stop), date(2027, 1, 13)), may_sell(Batch("A", "p", 1, sale_stop_on=stop), stop)
    (True, False)
    >>> may_sell(Batch("A", "p", 1), stop)
    True
    """
    return batch.sale_stop_on is None or batch.sale_stop_on > day


def suits(batch, demand):
    """Return whether a demand may be given this batch.

    >>> near = Batch("A", "p", 5, date(2027, 2, 28), date(2027, 1, 14), band="near")
    >>> day = date(2026, 11, 23)
    >>> suits(near, Demand(1, "p", day, 5)), suits(near, Demand(1, "p", day, 5, min_expiration_on=date(2027, 5, 22)))
    (True, False)
    >>> suits(near, Demand(1, "p", day, 5, band="near")), suits(near, Demand(1, "p", day, 5, band="clearance"))
    (True, False)
    >>> suits(near, Demand(1, "p", date(2027, 1, 14), 5, band="near"))
    False
    """
    if not may_sell(batch, demand.day) or (demand.band is not None and batch.band != demand.band):
        return False
    return not (demand.min_expiration_on and batch.expiration_on) or batch.expiration_on >= demand.min_expiration_on


def allocate(batches, demands):
    """Return {key of the demand: `Supply`}; each demand takes the first-expiring batches that suit it, in the given order.

    >>> day = date(2026, 11, 23)
    >>> near = Batch("A", "p", 18, date(2027, 2, 28), date(2027, 1, 14), band="near")
    >>> fresh = Batch("B", "p", 32, date(2029, 2, 28), date(2029, 1, 14), band="normal")
    >>> promised = Demand(1, "p", day, 50, min_expiration_on=date(2027, 5, 22))
    >>> for key, supply in allocate([fresh, near], [promised, Demand(2, "p", day, 20), Demand(3, "p", day, 1, band="near")]).items():
    ...     print(key, supply.free, supply.withheld, supply.batch, supply.first_on)
    1 32.0 18.0 B 2029-02-28
    2 18.0 0.0 A 2027-02-28
    3 0.0 0.0 None None
    >>> allocate([], [promised])
    {1: Supply(free=0.0, withheld=0.0, batch=None, first_on=None)}
    """
    shelves = defaultdict(list)
    for batch in sorted(batches, key=lambda batch: batch.sale_stop_on or date.max):
        shelves[batch.shelf].append(batch)
    left = {id(batch): max(batch.free, 0.0) for shelf in shelves.values() for batch in shelf}
    return {demand.key: _serve(shelves[demand.shelf], demand, left) for demand in demands}


def _serve(shelf, demand, left):
    """Return the `Supply` of a demand and take its quantity out of what is left."""
    open_batches = [batch for batch in shelf if left[id(batch)] > 0 and may_sell(batch, demand.day)]
    suitable = [batch for batch in open_batches if suits(batch, demand)]
    free = sum(left[id(batch)] for batch in suitable)
    withheld = sum(left[id(batch)] for batch in open_batches) - free
    first = suitable[0] if suitable else None
    wanted = demand.quantity
    for batch in suitable:
        taken = min(wanted, left[id(batch)])
        left[id(batch)] -= taken
        wanted -= taken
    return Supply(
        free=round(float(free), 6),
        withheld=round(float(withheld), 6),
        batch=first.key if first else None,
        first_on=first.expiration_on if first else None,
    )
