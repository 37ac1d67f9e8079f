"""Where the goods come from: first from a place of our own that has too much, then from the vendor. Plain Python, one product at a time.

Shops that a centre fills get everything from there, so the centre buys for all of them together: their demand, their stock and their doubts
are added up, and one safety stock for all is smaller than one for each.
"""

import math
from dataclasses import dataclass, field, replace

from .order_quantity import CRUMB, Curve, Decision, decide, shortfall, target_of, unsold


@dataclass(frozen=True)
class Place:
    """One product at one warehouse.

    :param int root: the warehouse that buys for it: a centre, or itself
    :param batches: (days on which it may be sold or None, free quantity) of what lies there
    :param float on_hand: all that may be sold, reserved or not
    :param float incoming: what is on its way or asked for already
    """

    key: int
    root: int
    curve: Curve
    spread: float = 1.0
    batches: tuple = field(default=())
    on_hand: float = 0.0
    incoming: float = 0.0

    @property
    def position(self):
        """Return what is there and on its way and will be sold in time."""
        return max(self.on_hand - unsold(self.batches, self.curve), 0.0) + self.incoming


@dataclass(frozen=True)
class Step:
    """One thing to do.

    :param str kind: "transfer" or "buy"
    :param int source: the place that gives, 0 when bought
    :param float on_hand, incoming: what `decision` took into account; of a centre with its shops
    """

    kind: str
    place: int
    decision: Decision
    source: int = 0
    on_hand: float = 0.0
    incoming: float = 0.0
    lead_days: int = 0
    places: int = 1


def plan(places, terms_of, policy, transfer_days, may_buy=True):
    """Return the steps for one product: transfers first, then what is left to buy.

    :param terms_of: {root: Terms} of the vendor, days until the goods are at the root
    :param bool may_buy: False when its life cycle only lets what is there be moved

    >>> from odoo.addons.cosmetics_inventory_forecast.tools.order_quantity import Policy, Terms
    >>> week = [7.0] * 60
    >>> rich, poor = Place(1, 1, Curve(week), on_hand=200, batches=((None, 200),)), Place(2, 2, Curve(week))
    >>> calm = Policy(service=0.5)
    >>> [(step.kind, step.source, step.place, step.decision.quantity) for step in plan([rich, poor], {}, calm, 2)]
    [('transfer', 1, 2, 30.0)]
    >>> [(step.kind, step.place, step.decision.quantity) for step in plan([poor], {2: Terms(lead_days=7)}, calm, 2)]
    [('buy', 2, 35.0)]
    """
    transfers, moved = _transfers(places, terms_of, policy, transfer_days)
    buys = []
    if may_buy:
        for root in sorted({place.root for place in places}):
            if root in terms_of:
                family = [place for place in places if place.root == root]
                step = _buy(root, family, terms_of[root], policy, transfer_days, moved)
                if step:
                    buys.append(step)
    return transfers + buys


def _transfers(places, terms_of, policy, transfer_days):
    """Return (steps, {place: what it got less what it gave}), the place that runs out first served first."""
    spare = {place.key: _spare(place, terms_of, policy, transfer_days) for place in places}
    by_key = {place.key: place for place in places}
    steps, moved = [], dict.fromkeys(by_key, 0.0)
    wants = [(place, *shortfall(place.curve, place.spread, place.position, policy, transfer_days)) for place in places]
    for place, missing, expected, safety in sorted(wants, key=lambda want: (_cover(want[0]), want[0].key)):
        givers = sorted((key for key in spare if key != place.key), key=lambda key: (key != place.root, -spare[key], key))
        for giver in givers:
            quantity = math.floor(min(math.ceil(missing - CRUMB), spare[giver]) + CRUMB)
            # A shop of a centre is filled by it; the centre itself does not live on its shops.
            if quantity < 1 or (by_key[giver].root == place.key and giver != place.key):
                continue
            spare[giver] -= quantity
            missing -= quantity
            moved[giver] -= quantity
            moved[place.key] += quantity
            decision = Decision(float(quantity), "needed", expected, safety, float(quantity))
            steps.append(Step("transfer", place.key, decision, giver, place.on_hand, place.incoming, transfer_days))
    return steps, moved


def _spare(place, terms_of, policy, transfer_days):
    """Return what a place can give away: fresh enough to be sold elsewhere, and not needed here."""
    lead = terms_of[place.root].lead_days if place.root in terms_of else transfer_days
    if place.root != place.key:
        lead = transfer_days
    keep = sum(target_of(place.curve, place.spread, policy, lead + max(policy.cover_days, policy.review_days)))
    fresh = sum(quantity for days, quantity in place.batches if days is None or days > transfer_days + policy.cover_days)
    return max(min(fresh, place.on_hand - keep), 0.0)


def _cover(place):
    """Return for how many weeks the place has goods, roughly."""
    weekly = place.curve.between(0, 28) / 4
    return place.position / weekly if weekly > 0 else math.inf


def _buy(root, family, terms, policy, transfer_days, moved):
    """Return the step that buys for a root and the places it fills, or None."""
    curve = family[0].curve
    for place in family[1:]:
        curve += place.curve
    days = terms.lead_days + policy.cover_days
    expected = sum(place.curve.between(0, days) for place in family)
    spread = sum(place.spread * place.curve.between(0, days) for place in family) / expected if expected > 0 else 1.0
    position = sum(place.position for place in family) + sum(moved[place.key] for place in family)
    on_the_road = transfer_days if len(family) > 1 else 0
    sell_days = terms.sell_days if terms.sell_days is None else max(terms.sell_days - on_the_road, 0)
    decision = decide(curve, spread, position, policy, replace(terms, lead_days=terms.lead_days + on_the_road, sell_days=sell_days))
    if decision.quantity <= 0 and decision.code != "unsaleable":
        return None
    return Step(
        "buy",
        root,
        decision,
        on_hand=sum(place.on_hand for place in family),
        incoming=sum(place.incoming for place in family) + sum(moved[place.key] for place in family),
        lead_days=terms.lead_days + on_the_road,
        places=len(family),
    )
