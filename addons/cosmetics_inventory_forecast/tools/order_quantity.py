"""How much to get of one product, decided from figures; models gather them. Plain Python: no database, no clock, no words.

Quantities are in the product's own unit, times in days from today.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from statistics import NormalDist

# How far the level of a forecast is usually off: part of the doubt grows with the demand itself, and does not even out over days.
LEVEL_ERROR = 0.15
CRUMB = 1e-6


class Curve:
    """Expected demand as a function of time: weeks, the first one begun already; after the last one it goes on at their mean.

    >>> curve = Curve([7, 14, 7], elapsed=2)
    >>> curve.between(0, 5), curve.between(0, 12), curve.between(5, 7)
    (5.0, 19.0, 4.0)
    >>> round(curve.between(19, 29), 2)  # beyond the known weeks: 28 in 21 days
    13.33
    """

    def __init__(self, weeks, elapsed=0):
        self.weeks = tuple(float(units) for units in weeks)
        self.elapsed = elapsed
        self._sums = (0.0, *accumulate(self.weeks))

    def _until(self, day):
        week, rest = divmod(day + self.elapsed, 7)
        week = int(week)
        if week >= len(self.weeks):
            return self._sums[-1] + (day + self.elapsed - 7 * len(self.weeks)) * self._sums[-1] / max(7 * len(self.weeks), 1)
        return self._sums[week] + self.weeks[week] * rest / 7

    def between(self, first, last):
        """Return what is expected to sell from the start of day `first` to the start of day `last`."""
        return self._until(last) - self._until(first) if last > first else 0.0

    def __add__(self, other):
        return Curve([mine + theirs for mine, theirs in zip(self.weeks, other.weeks, strict=True)], self.elapsed)


@dataclass(frozen=True)
class Policy:
    """How careful the shop is.

    :param float service: share of the time between two deliveries in which nothing runs out, 0.5 to below 1
    :param int review_days: how long until somebody orders again
    :param int cover_days: how long what is ordered should last
    """

    service: float = 0.95
    review_days: int = 7
    cover_days: int = 28

    @property
    def factor(self):
        """Return how many standard deviations the safety stock holds."""
        return max(NormalDist().inv_cdf(self.service), 0.0)


@dataclass(frozen=True)
class Terms:
    """How a vendor delivers.

    :param int lead_days: from the order until the goods can be sold
    :param float pack: only whole multiples are sold to us
    :param float minimum: less than this is not delivered
    :param breaks: (from this quantity, price of one), ascending
    :param sell_days: days on which goods may be sold after they came; None: they keep for ever
    """

    lead_days: int = 7
    pack: float = 1.0
    minimum: float = 0.0
    breaks: tuple = field(default=())
    sell_days: int | None = None

    def price_of(self, quantity):
        """Return the price of one at this quantity, 0 when no price is known; below the first break the first price holds.

        >>> terms = Terms(breaks=((1, 10.0), (100, 8.0)))
        >>> terms.price_of(99), terms.price_of(100), Terms().price_of(5)
        (10.0, 8.0, 0.0)
        """
        if not self.breaks:
            return 0.0
        return self.breaks[max(bisect_right([start for start, _price in self.breaks], quantity + CRUMB) - 1, 0)][1]


@dataclass(frozen=True)
class Decision:
    """What to get and why.

    :param code: enough, needed, minimum, price_break, capped or unsaleable (what can be sold in time is below what the vendor delivers)
    :param uncapped: what it would be if goods kept for ever
    :param cap: what can be sold before it is too old; None: no limit
    """

    quantity: float
    code: str
    expected: float = 0.0
    safety: float = 0.0
    uncapped: float = 0.0
    cap: float | None = None


def safety_of(expected, spread, factor):
    """Return the safety stock for a time in which so much is expected.

    >>> safety_of(0, 1, 1.64), round(safety_of(25, 1, 1.64), 2), round(safety_of(25, 4, 1.64), 2)
    (0.0, 10.25, 17.52)
    """
    return factor * math.sqrt(max(spread * expected + (LEVEL_ERROR * expected) ** 2, 0.0))


def target_of(curve, spread, policy, days):
    """Return (expected demand, safety stock) of so many days."""
    expected = curve.between(0, days)
    return expected, safety_of(expected, spread, policy.factor)


def shortfall(curve, spread, position, policy, lead_days):
    """Return (what is missing, expected demand, safety stock); nothing is missing as long as one may wait for the next round.

    :param position: what is there and on its way and will be sold in time

    >>> week = Curve([7.0] * 60)
    >>> shortfall(week, 0, 40, Policy(service=0.5), 7)[0], shortfall(week, 0, 13, Policy(service=0.5), 7)[0]
    (0.0, 22.0)
    """
    trigger = sum(target_of(curve, spread, policy, lead_days + policy.review_days))
    expected, safety = target_of(curve, spread, policy, lead_days + max(policy.cover_days, policy.review_days))
    missing = expected + safety - position if position < trigger - CRUMB else 0.0
    return max(missing, 0.0), expected, safety


def cap_of(curve, position, terms):
    """Return how much of a delivery will be sold before it is too old, when what is there is sold first; None: no limit.

    >>> week = Curve([7.0] * 60)
    >>> cap_of(week, 17, Terms(lead_days=7, sell_days=30)), cap_of(week, 0, Terms(lead_days=7, sell_days=30)), cap_of(week, 99, Terms())
    (20.0, 30.0, None)
    """
    if terms.sell_days is None:
        return None
    left_over = max(position - curve.between(0, terms.lead_days), 0.0)
    return max(curve.between(terms.lead_days, terms.lead_days + max(terms.sell_days, 0)) - left_over, 0.0)


def decide(curve, spread, position, policy, terms):
    """Return the `Decision`: never negative, never more than can be sold in time, and no less when more is asked for.

    >>> week, calm = Curve([7.0] * 60), Policy(service=0.5)
    >>> decide(week, 0, 0, calm, Terms(pack=12)).quantity, decide(week, 0, 0, calm, Terms(pack=12, sell_days=30)).quantity
    (36.0, 24.0)
    >>> decide(week, 0, 0, calm, Terms(minimum=100)).code, decide(week, 0, 0, calm, Terms(minimum=100, sell_days=30)).code
    ('minimum', 'unsaleable')
    """
    missing, expected, safety = shortfall(curve, spread, position, policy, terms.lead_days)
    cap = cap_of(curve, position, terms)
    facts = {"expected": expected, "safety": safety, "cap": cap}
    if missing <= CRUMB:
        return Decision(0.0, "enough", **facts)
    wanted, code = _wanted(missing, terms, math.inf)
    if cap is None:
        return Decision(wanted, code, uncapped=wanted, **facts)
    chosen, chosen_code = _wanted(missing, terms, cap)
    room = _down(cap, terms.pack)
    if chosen > room + CRUMB:
        chosen, chosen_code = room, "capped"
    if chosen < _up(terms.minimum, terms.pack) - CRUMB or chosen <= CRUMB:
        return Decision(0.0, "unsaleable", uncapped=wanted, **facts)
    return Decision(chosen, chosen_code, uncapped=wanted, **facts)


def _wanted(missing, terms, cap):
    """Return (quantity, code): whole packs, the vendor's minimum, and a larger quantity where that costs less in all."""
    quantity = _up(missing, terms.pack)
    code = "needed"
    minimum = _up(terms.minimum, terms.pack)
    if minimum > quantity + CRUMB:
        quantity, code = minimum, "minimum"
    for start, price in terms.breaks:
        larger = _up(start, terms.pack)
        if quantity < larger <= cap + CRUMB and larger * price <= quantity * terms.price_of(quantity) + CRUMB:
            quantity, code = larger, "price_break"
    return quantity, code


def _up(quantity, pack):
    """Return the next multiple of a pack.

    >>> _up(13, 12), _up(12.0000001, 12), _up(0.3, 1), _up(5, 0)
    (24.0, 12.0, 1.0, 5.0)
    """
    return math.ceil((quantity - CRUMB) / pack) * float(pack) if pack > 0 else float(quantity)


def _down(quantity, pack):
    """Return the multiple of a pack below.

    >>> _down(23.9, 12), _down(23.9999999, 12)
    (12.0, 24.0)
    """
    return math.floor((quantity + CRUMB) / pack) * float(pack) if pack > 0 else float(quantity)


def unsold(batches, curve):
    """Return how much of these batches will not be sold before their sale stops, the first to expire leaving first.

    :param batches: (days on which it may be sold, quantity) pairs; None days: for ever

    >>> week = Curve([7.0] * 60)
    >>> unsold([(10, 18), (30, 25)], week), unsold([(None, 500)], week), unsold([(30, 5), (10, 8)], week)
    (13.0, 0.0, 0.0)
    """
    sold, lost = 0.0, 0.0
    for days, quantity in sorted(((math.inf if days is None else days), quantity) for days, quantity in batches):
        if days == math.inf:
            break
        sells = min(quantity, max(curve.between(0, max(days, 0)) - sold, 0.0))
        sold += sells
        lost += quantity - sells
    return round(lost, 6)
