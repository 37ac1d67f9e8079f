"""What is wrong with the stock of one product at one place, decided from facts; models gather the facts and tell people.

Plain Python: no database, no clock, no words. Quantities are in the product's own unit, times in days.
"""

import math
from dataclasses import dataclass, field

# One open alert per cause: a shortage is a shortage, whether something is left or not.
CAUSES = {"out": "shortage", "minimum": "shortage", "idle": "surplus", "overstock": "surplus", "expiry": "expiry"}


@dataclass(frozen=True)
class Limits:
    """What is watched; 0 watches nothing.

    :param minimum: less than this is too little.
    :param warns_out: nothing left is told even without a minimum.
    :param cover_days: stock for more days than this, at the present pace of sale, is too much.
    :param idle_days: goods that lie here and did not sell for so many days.
    :param expiry_days: batches with no more days than this until their sale stops are looked at.
    """

    minimum: float = 0.0
    warns_out: bool = True
    cover_days: int = 0
    idle_days: int = 0
    expiry_days: int = 0


@dataclass(frozen=True)
class Batch:
    """What lies here of one batch and may be sold; `days_left` days of sale remain, today included."""

    key: int
    days_left: int
    quantity: float


@dataclass(frozen=True)
class Facts:
    """One product at one place.

    :param on_hand: what may be sold: neither expired, stopped nor held by quality.
    :param free: that less what is reserved.
    :param daily_sales: units sold a day, returns taken off.
    :param idle_days: days since the last sale, or since the goods arrived when that was later.
    :param is_carried: the place has sold the product, or a rule or an own threshold wants it there.
    :param may_replenish: its life cycle stage allows buying; what is on its way out runs out on purpose.
    """

    on_hand: float = 0.0
    free: float = 0.0
    daily_sales: float = 0.0
    idle_days: int = 0
    is_carried: bool = True
    may_replenish: bool = True
    batches: tuple[Batch, ...] = field(default=())


@dataclass(frozen=True)
class Finding:
    """Something to tell: `quantity` is what it is about, `limit` what it was measured by, `batch` its key or 0."""

    kind: str
    quantity: float
    limit: float
    batch: int = 0


def find(facts, limits):
    """Return the findings of one product at one place, at most one of each cause (and batch).

    >>> find(Facts(free=0), Limits(minimum=5)), find(Facts(free=4), Limits(minimum=5))
    ([Finding(kind='out', quantity=0, limit=5, batch=0)], [Finding(kind='minimum', quantity=4, limit=5, batch=0)])
    >>> find(Facts(free=5), Limits(minimum=5)), find(Facts(free=0, is_carried=False), Limits())
    ([], [])
    >>> find(Facts(free=0, may_replenish=False), Limits(minimum=5))
    []
    """
    return [*_shortage(facts, limits), *_surplus(facts, limits), *_expiry(facts, limits)]


def cover_of(on_hand, daily_sales):
    """Return for how many days the stock lasts, None when nothing sells.

    >>> cover_of(30, 0.5), cover_of(30, 0)
    (60.0, None)
    """
    return on_hand / daily_sales if daily_sales > 0 else None


def unsold_by_batch(batches, daily_sales):
    """Return {key: how many of the batch will not be sold before its sale stops}, when the first to expire leaves first.

    What a batch cannot sell in time is off the shelf by then, so it does not stand in the way of the next one.

    >>> unsold_by_batch([Batch(2, 30, 20.0), Batch(1, 10, 8.0)], 1.0)
    {1: 0.0, 2: 0.0}
    >>> unsold_by_batch([Batch(1, 10, 18), Batch(2, 30, 25)], 1.0)  # ten of the first sell, then twenty of the second
    {1: 8.0, 2: 5.0}
    >>> unsold_by_batch([Batch(1, 10, 5)], 0.0)
    {1: 5.0}
    """
    unsold, sold = {}, 0.0
    for batch in sorted(batches, key=lambda batch: (batch.days_left, batch.key)):
        room = max(0.0, daily_sales * max(batch.days_left, 0) - sold)
        sells = min(batch.quantity, room)
        sold += sells
        unsold[batch.key] = round(batch.quantity - sells, 6)
    return unsold


def _shortage(facts, limits):
    if not facts.may_replenish or not facts.is_carried:
        return []
    if facts.free <= 0 and (limits.warns_out or limits.minimum > 0):
        return [Finding("out", max(facts.free, 0), limits.minimum)]
    if facts.free < limits.minimum:
        return [Finding("minimum", facts.free, limits.minimum)]
    return []


def _surplus(facts, limits):
    """What does not sell at all is told as that, not as a stock that lasts for ever.

    >>> _surplus(Facts(on_hand=9, idle_days=60), Limits(idle_days=60, cover_days=90))
    [Finding(kind='idle', quantity=9, limit=60, batch=0)]
    >>> _surplus(Facts(on_hand=100, daily_sales=1.0), Limits(cover_days=90))
    [Finding(kind='overstock', quantity=100, limit=90, batch=0)]
    >>> _surplus(Facts(on_hand=90, daily_sales=1.0), Limits(cover_days=90)), _surplus(Facts(idle_days=900), Limits(idle_days=9))
    ([], [])
    """
    if facts.on_hand <= 0:
        return []
    if limits.idle_days and facts.idle_days >= limits.idle_days:
        return [Finding("idle", facts.on_hand, limits.idle_days)]
    cover = cover_of(facts.on_hand, facts.daily_sales)
    if limits.cover_days and cover is not None and cover > limits.cover_days:
        return [Finding("overstock", facts.on_hand, limits.cover_days)]
    return []


def _expiry(facts, limits):
    """Return batches that will not be sold in time, in whole units; a part of a unit is nobody's trouble.

    >>> _expiry(Facts(daily_sales=1.0, batches=(Batch(7, 10, 10.9), Batch(8, 500, 900))), Limits(expiry_days=180))
    []
    >>> _expiry(Facts(daily_sales=1.0, batches=(Batch(7, 10, 18),)), Limits(expiry_days=180))
    [Finding(kind='expiry', quantity=8, limit=10, batch=7)]
    >>> _expiry(Facts(daily_sales=0.533, batches=(Batch(7, 10, 8),)), Limits(expiry_days=180))
    [Finding(kind='expiry', quantity=2, limit=10, batch=7)]
    """
    if not limits.expiry_days:
        return []
    unsold = {key: math.floor(left) for key, left in unsold_by_batch(facts.batches, facts.daily_sales).items()}
    return [
        Finding("expiry", unsold[batch.key], batch.days_left, batch.key)
        for batch in facts.batches
        if batch.days_left <= limits.expiry_days and unsold[batch.key] >= 1
    ]
