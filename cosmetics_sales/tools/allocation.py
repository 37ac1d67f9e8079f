"""Which place gives the goods of which order.

Plain Python: no database, no clock. Quantities are in the unit of the product. All orders of a run are decided from one look
at the stock, and what one takes is gone for the next, so that two of them never count on the same last piece. Orders that wait
since an earlier run take their turn as well, or whoever came later would take what they wait for.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

ALLOCATED, PARTIAL, WAITING = "allocated", "partial", "waiting"
CRITERIA = ("full", "priority", "nearest", "load", "expiry")
EPSILON = 1e-6


@dataclass(frozen=True)
class Batch:
    """What lies free of one batch in one place.

    :param key: names the batch for the caller
    :param expiration_on: last usable day, None for goods without one
    :param facts: whatever `Need.accepts` wants to know of it
    """

    key: object
    quantity: float
    expiration_on: date | None = None
    facts: object = None


@dataclass(frozen=True)
class Place:
    """A warehouse or shop an order may be given from, as a rule sees it.

    :param priority: position in the rule, the smaller the better
    :param distance: anything that compares, the smaller the nearer
    :param reserve: units of each product that stay there for walk-in customers
    """

    key: object
    priority: int = 0
    distance: tuple = (0, 0)
    reserve: float = 0.0


@dataclass(frozen=True)
class Need:
    """What one order line still wants.

    :param accepts: function of (key of the place, batch) that tells whether the batch keeps what was promised, or None
    """

    key: object
    product: object
    quantity: float
    accepts: object = field(default=None, compare=False)


@dataclass(frozen=True)
class Order:
    """An order with what its rule says.

    :param places: the candidate `Place`s
    :param criteria: names of `CRITERIA`, the first decides first
    :param max_places: how many places may give together: 1 when the order must not be split
    :param partial: whether what is there may leave before the rest
    :param ship_by: promised dispatch
    :param held: {(place, product): [Batch]} of what is reserved for this very order
    :param priority: the smaller goes first, whatever the dates say
    :param firm: whether somebody wants it delivered; a mere quotation has its turn after those and keeps nothing from anybody
    :param keeps: whether goods that come in are put aside for it while it waits for the rest
    :param asked: False for an order of an earlier run that only has its turn: what it would be given is left to it
    """

    key: object
    needs: tuple
    places: tuple
    criteria: tuple = CRITERIA
    max_places: int = 1
    partial: bool = False
    ship_by: datetime | None = None
    ordered_at: datetime | None = None
    held: dict = field(default_factory=dict, compare=False)
    priority: int = 1
    firm: bool = True
    keeps: bool = True
    asked: bool = True


@dataclass(frozen=True)
class Part:
    """A quantity of a need that one place gives."""

    need: object
    place: object
    quantity: float


@dataclass(frozen=True)
class Decision:
    """What was decided for an order, and why.

    :param state: `ALLOCATED`, `PARTIAL` or `WAITING`
    :param places: keys of the places that give, the first one is that of the order
    :param parts: what each place gives
    :param code: reason, one of single, only, split, partial, short, kept, scattered, no_place or a name of `CRITERIA`
    :param missing: ((key of the need, wanted, there), …) of what no place could give
    :param kept_for: keys of the orders that had their turn before and have what is missing here
    """

    state: str
    places: tuple = ()
    parts: tuple = ()
    code: str = ""
    missing: tuple = ()
    kept_for: tuple = ()


class _Row:
    """A batch on a shelf and what is left of it."""

    __slots__ = ("batch", "is_held", "left")

    def __init__(self, batch, is_held=False):
        self.batch, self.left, self.is_held = batch, max(batch.quantity, 0.0), is_held


@dataclass
class _Offer:
    """What one place could give of the open needs; nothing is taken from the shelf yet."""

    place: Place
    takes: list
    missing: float
    first_on: date

    @property
    def is_empty(self):
        return not self.takes


def decide(orders, stock, loads=None):
    """Return {key of the order: `Decision`} of those that are asked; the promised dispatch goes first, then the order placed first.

    :param stock: {(key of the place, product): [Batch]} of what is free
    :param loads: {key of the place: open deliveries}; every order given to a place is one more

    >>> shop, centre = Place("shop", 1, (0, 0)), Place("centre", 0, (1, 9))
    >>> stock = {("centre", "cream"): [Batch("A", 3)], ("shop", "cream"): [Batch("B", 2)]}
    >>> def order(key, quantity, **more):
    ...     return Order(key, (Need(f"{key}-1", "cream", quantity),), (centre, shop), **more)
    >>> def show(decisions):
    ...     for key, made in sorted(decisions.items()):
    ...         print(key, made.state, made.code, *(f"{part.place}:{part.quantity:g}" for part in made.parts))

    The first in the order of dispatch gets the last pieces of the centre, the second goes to the shop, the third waits:

    >>> day = datetime(2026, 11, 24)
    >>> show(decide([order("c", 2), order("b", 2, ordered_at=day), order("a", 2, ship_by=day)], stock))
    a allocated priority centre:2
    b allocated only shop:2
    c waiting kept
    >>> show(decide([order("a", 2, criteria=("nearest",))], stock))
    a allocated nearest shop:2

    Five are not in one place: the order waits, or is split, or what is there leaves:

    >>> show(decide([order("a", 5)], stock))
    a waiting scattered
    >>> show(decide([order("a", 5, max_places=2)], stock))
    a allocated split centre:3 shop:2
    >>> show(decide([order("a", 9, max_places=2, partial=True)], stock))
    a partial partial centre:3 shop:2
    >>> decide([order("a", 9, max_places=2)], stock)["a"].missing
    (('a-1', 9, 5.0),)

    One that waits since yesterday is left what came in, unless it keeps nothing from those behind it:

    >>> early = {"ordered_at": day, "asked": False}
    >>> made = decide([order("early", 4, **early), order("late", 2)], stock)["late"]
    >>> made.state, made.places, decide([order("early", 4, **early), order("late", 3)], stock)["late"].kept_for
    ('allocated', ('shop',), ('early',))
    >>> show(decide([order("early", 4, keeps=False, **early), order("late", 2)], stock))
    late allocated priority centre:2
    """
    shelves = Shelves(stock, loads)
    turns = sorted(orders, key=_turn)
    while turns and not turns[-1].asked:
        turns.pop()
    decisions = {order.key: (order.asked, shelves.decide(order)) for order in turns}
    return {key: decision for key, (asked, decision) in decisions.items() if asked}


def _turn(order):
    """Return the turn of an order; the key settles what dates do not, so that a run gives the same answer again."""
    dates = (order.ship_by is None, order.ship_by or 0, order.ordered_at is None, order.ordered_at or 0)
    return (not order.firm, order.priority, *dates, order.key)


class Shelves:
    """The stock of all places during a run."""

    def __init__(self, stock, loads=None):
        self._rows = defaultdict(list, {key: _in_expiry_order(map(_Row, batches)) for key, batches in stock.items()})
        self._loads = defaultdict(int, loads or {})
        self._taken = defaultdict(dict)  # {(place, product): {key of an order: quantity}}

    def decide(self, order):
        """Return the `Decision` for one order and take its goods from the shelves."""
        if not order.places:
            return Decision(WAITING, code="no_place", missing=tuple((need.key, need.quantity, 0.0) for need in order.needs))
        held = {key: [_Row(batch, is_held=True) for batch in batches] for key, batches in order.held.items()}
        offers, reason = self._choose(order, held)
        missing = offers[-1].missing if offers else sum(need.quantity for need in order.needs)
        if not offers or (missing > EPSILON and not order.partial):
            return self._wait(order, held)
        for offer in offers:
            self._loads[offer.place.key] += 1
            self._take(order, offer)
        for key, rows in held.items() if order.asked else ():  # what is not needed there any more is free for the next
            self._rows[key] = _in_expiry_order([*self._rows[key], *(_release(row) for row in rows if row.left > EPSILON)])
        is_full = missing <= EPSILON
        code = ("split" if len(offers) > 1 else reason) if is_full else "partial"
        places = tuple(offer.place.key for offer in offers)
        return Decision(ALLOCATED if is_full else PARTIAL, places, _parts(offers), code, _missing(order, offers))

    def _take(self, order, offer, needs=None):
        """Take what an offer gives, of all needs or of those with the given keys, and remember who has it."""
        for need, row, quantity in offer.takes:
            if needs is None or need.key in needs:
                row.left -= quantity
                if not row.is_held:
                    taken = self._taken[offer.place.key, need.product]
                    taken[order.key] = taken.get(order.key, 0.0) + quantity

    def _choose(self, order, held):
        """Return ([offers], reason) that cover the order best; the last offer says what is still missing.

        Places are added one by one by the criteria. Where that ends short, those that give most are tried first: the nearest
        shop with one piece must not use up a parcel that another place would fill.
        """
        offers, reason = self._gather(order, held, order.criteria)
        if order.max_places > 1 and (not offers or offers[-1].missing > EPSILON):
            most = self._gather(order, held, ("full", *order.criteria))
            if most[0] and (not offers or most[0][-1].missing < offers[-1].missing - EPSILON):
                return most
        return offers, reason

    def _gather(self, order, held, criteria):
        open_needs = {need: need.quantity for need in order.needs}
        chosen, reason = [], "single"
        while len(chosen) < order.max_places and (open_needs or not chosen):
            used = {offer.place.key for offer in chosen}
            offers = [self._offer(place, open_needs, held) for place in order.places if place.key not in used]
            offers = [offer for offer in offers if not (offer.is_empty and open_needs)]
            if len(chosen) + 1 == order.max_places:  # the last place must bring the rest, if any can
                offers = [offer for offer in offers if offer.missing <= EPSILON] or (offers if order.partial else [])
            if not offers:
                break
            offers.sort(key=lambda offer: self._rank(offer, criteria))
            if not chosen:
                reason = self._reason(order, offers, criteria)
            chosen.append(offers[0])
            for need, _row, quantity in offers[0].takes:
                open_needs[need] -= quantity
            open_needs = {need: quantity for need, quantity in open_needs.items() if quantity > EPSILON}
        return chosen, reason

    def _offer(self, place, open_needs, held):
        """Return what a place could give, first-expiring first; what is kept for walk-in customers stays."""
        taken, takes, spare = defaultdict(float), [], {}
        missing, first_on = 0.0, date.max
        for need, wanted in open_needs.items():
            shelf = place.key, need.product
            rows = self._rows.get(shelf, ())
            spare.setdefault(need.product, max(sum(row.left for row in rows) - place.reserve, 0.0))
            for row in (*held.get(shelf, ()), *rows):
                if wanted <= EPSILON:
                    break
                if need.accepts and not need.accepts(place.key, row.batch):
                    continue
                limit = row.left - taken[row] if row.is_held else min(row.left - taken[row], spare[need.product])
                quantity = min(wanted, limit)
                if quantity <= EPSILON:
                    continue
                taken[row] += quantity
                wanted -= quantity
                if not row.is_held:
                    spare[need.product] -= quantity
                takes.append((need, row, quantity))
                first_on = min(first_on, row.batch.expiration_on or date.max)
            missing += max(wanted, 0.0)
        return _Offer(place, takes, missing, first_on)

    def _rank(self, offer, criteria):
        """Return the offer's place in the order of the criteria; the place's priority and key settle a tie."""
        return (*(self._measure(offer, name) for name in criteria), offer.place.priority, offer.place.key)

    def _measure(self, offer, criterion):
        place = offer.place
        if criterion == "full":
            return round(offer.missing, 6)
        if criterion == "nearest":
            return place.distance
        if criterion == "load":
            return self._loads[place.key]
        return offer.first_on if criterion == "expiry" else place.priority

    def _reason(self, order, offers, criteria):
        """Return why the first of the sorted offers goes before the others."""
        if len(order.places) == 1:
            return "single"
        if len(offers) == 1:
            return "only"
        first, second = offers[:2]
        return next((name for name in criteria if self._measure(first, name) != self._measure(second, name)), "priority")

    def _wait(self, order, held):
        """Return the `Decision` of an order that waits, with what lies in all its places together."""
        offers, open_needs = [], {need: need.quantity for need in order.needs}
        for place in order.places:
            offer = self._offer(place, open_needs, held)
            offers.append(offer)
            for need, _row, quantity in offer.takes:
                open_needs[need] -= quantity
        missing, code = _missing(order, offers), "short"
        if not missing:
            # all of it is there, in too many places: name the needs that the best single place cannot give
            best = min((self._offer(place, {n: n.quantity for n in order.needs}, held) for place in order.places), key=lambda o: o.missing)
            missing, code = _missing(order, [best]), "scattered"
        kept_for = self._find_earlier(order, missing)
        if order.keeps and order.firm:
            self._put_aside(order, held, {key for key, _wanted, _there in missing})
        return Decision(WAITING, code="kept" if kept_for else code, missing=missing, kept_for=kept_for)

    def _find_earlier(self, order, missing):
        """Return the orders that have had their turn and hold goods this one misses, in that turn."""
        keys = {key for key, _wanted, _there in missing}
        products = dict.fromkeys(need.product for need in order.needs if need.key in keys)
        return tuple(dict.fromkeys(key for product in products for place in order.places for key in self._taken[place.key, product]))

    def _put_aside(self, order, held, missing):
        """Keep of the missing goods what lies where the order will be given from, or it would never be complete."""
        open_needs, left = {need: need.quantity for need in order.needs}, list(order.places)
        for _number in range(min(order.max_places, len(left))):
            offers = [self._offer(place, open_needs, held) for place in left]
            best = min(offers, key=lambda offer: self._rank(offer, ("full", *order.criteria)))
            left.remove(best.place)
            for need, _row, quantity in best.takes:
                open_needs[need] -= quantity
            self._take(order, best, missing)


def _release(row):
    row.is_held = False
    return row


def _in_expiry_order(rows):
    return sorted(rows, key=lambda row: row.batch.expiration_on or date.max)


def _parts(offers):
    """Return one `Part` for each need and place, whatever batches it is made of."""
    quantities = defaultdict(float)
    for offer in offers:
        for need, _row, quantity in offer.takes:
            quantities[need.key, offer.place.key] += quantity
    return tuple(Part(need, place, round(quantity, 6)) for (need, place), quantity in quantities.items())


def _missing(order, offers):
    """Return ((key of the need, wanted, there), …) of what the offers do not cover."""
    there = defaultdict(float)
    for part in _parts(offers):
        there[part.need] += part.quantity
    return tuple((need.key, need.quantity, round(there[need.key], 6)) for need in order.needs if need.quantity - there[need.key] > EPSILON)
