"""Where the units of a batch are, worked out from its movements alone: no database, no Odoo.

A recall is closed when every unit that came in is accounted for (CSAR art. 44 lets the authority ask for exactly that).
Quantities are in the unit of measure of the product; moments are naive UTC.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime

DIGITS = 6

# Places a unit can be in. Own stock and goods between two own warehouses are both "stock".
PLACES = ("supplier", "stock", "customer", "scrap", "count", "gift", "tester", "made")


@dataclass(frozen=True)
class Flow:
    """A quantity that went from one place to another (see `PLACES`)."""

    source: str
    target: str
    quantity: float


@dataclass(frozen=True)
class Balance:
    """The terms of received + counted = delivered + to_supplier + scrapped + used + on_hand.

    `delivered` is net: what came back from customers is taken off. `counted` is what counting found (+) or missed (-).
    `on_hand` is what the stock says today, from another source than the movements, so that the equation proves something.
    """

    received: float = 0.0
    counted: float = 0.0
    shipped: float = 0.0
    returned: float = 0.0
    to_supplier: float = 0.0
    scrapped: float = 0.0
    used: float = 0.0
    on_hand: float = 0.0

    @property
    def delivered(self):
        """Units that customers hold."""
        return round(self.shipped - self.returned, DIGITS)

    @property
    def difference(self):
        """Units that came in and are nowhere to be found; negative when more is accounted for than came in."""
        out = self.delivered + self.to_supplier + self.scrapped + self.used + self.on_hand
        return round(self.received + self.counted - out, DIGITS) + 0.0

    @property
    def is_balanced(self):
        """Whether every unit is accounted for."""
        return not self.difference


def place_of(usage, shelf_life_use=None, is_count=False):
    """Return the place of a location: its `usage`, its use for gifts or testers, and whether the movement is a count.

    >>> place_of("internal"), place_of("transit"), place_of("customer")
    ('stock', 'stock', 'customer')
    >>> place_of("inventory"), place_of("inventory", is_count=True), place_of("inventory", "tester")
    ('scrap', 'count', 'tester')
    >>> place_of("production"), place_of("view")
    ('made', 'stock')
    """
    if usage in ("supplier", "customer"):
        return usage
    if usage == "production":
        return "made"
    if usage == "inventory":
        return shelf_life_use or ("count" if is_count else "scrap")
    return "stock"


def balance_of(flows, on_hand):
    """Return the `Balance` of these flows and of the stock that is there.

    A batch of 100: 60 sold, 5 came back, 2 testers, 1 gift, 10 destroyed, 20 sent back, 3 missed at a count, 9 on the shelf.

    >>> flows = [Flow("supplier", "stock", 100), Flow("stock", "customer", 60), Flow("customer", "stock", 5),
    ...          Flow("stock", "tester", 2), Flow("stock", "gift", 1), Flow("stock", "scrap", 10),
    ...          Flow("stock", "supplier", 20), Flow("stock", "count", 3), Flow("stock", "stock", 40)]
    >>> found = balance_of(flows, 9)
    >>> found.received, found.delivered, found.used, found.counted, found.difference, found.is_balanced
    (100, 55, 3, -3, 0.0, True)

    One unit that nobody can find is seen, and so is one too many:

    >>> balance_of(flows, 8).difference, balance_of(flows, 10).difference
    (1.0, -1.0)

    Goods sent from the supplier straight to the customer are received and delivered; what was delivered may also
    go straight back:

    >>> found = balance_of([Flow("supplier", "customer", 4), Flow("customer", "supplier", 1)], 0)
    >>> found.received, found.shipped, found.returned, found.to_supplier, found.is_balanced
    (4, 4, 1, 1, True)

    A tester that is thrown away leaves neither the books nor the equation; nothing at all balances:

    >>> balance_of([Flow("supplier", "stock", 1), Flow("stock", "tester", 1), Flow("tester", "scrap", 1)], 0).difference
    0.0
    >>> balance_of([], 0).is_balanced
    True
    """
    entered, left = defaultdict(float), defaultdict(float)
    for flow in flows:
        left[flow.source] += flow.quantity
        entered[flow.target] += flow.quantity

    def net(*places):
        return round(sum(entered[place] - left[place] for place in places), DIGITS) + 0.0

    def gross(quantities, place):
        return round(quantities[place], DIGITS)

    return Balance(
        received=_plain(round(left["supplier"] + max(-net("made"), 0.0), DIGITS)),
        counted=_plain(-net("count")),
        shipped=_plain(gross(entered, "customer")),
        returned=_plain(gross(left, "customer")),
        to_supplier=_plain(gross(entered, "supplier")),
        scrapped=_plain(net("scrap")),
        used=_plain(net("gift", "tester") + max(net("made"), 0.0)),
        on_hand=on_hand,
    )


def _plain(quantity):
    """Return whole quantities as whole numbers, and no minus zero."""
    return int(quantity) if quantity == int(quantity) else quantity


@dataclass
class Sale:
    """A sale that may get goods back: its key, who bought where and when, and what of it is known to have come back."""

    key: object
    partner: object
    store: object
    at: datetime
    quantity: float
    returned: float = field(default=0.0)


@dataclass(frozen=True)
class Comeback:
    """Goods of a batch that a customer brought back; `key` names the sale when the return says which one it was."""

    key: object
    partner: object
    store: object
    at: datetime
    quantity: float


def spread_returns(sales, comebacks):
    """Write on each sale what came back of it and return the quantity that belongs to no sale.

    The sale a return names comes first, then the oldest earlier sales of the same customer, then, for someone unknown, the
    oldest earlier sales of the shop to unknown people. No sale gets back more than it sold.

    >>> day = lambda number: datetime(2026, 11, number)
    >>> sales = [Sale("S1", "Li", 1, day(1), 3), Sale("S2", "Li", 1, day(2), 2), Sale("S3", None, 1, day(3), 5)]
    >>> spread_returns(sales, [Comeback("S2", "Li", 1, day(5), 1), Comeback(None, "Li", 2, day(6), 4),
    ...                        Comeback(None, None, 1, day(7), 2)])
    0.0
    >>> [sale.returned for sale in sales]
    [3.0, 2.0, 2.0]

    What nobody bought here stays over: bought later, bought elsewhere, or more than was sold.

    >>> sales = [Sale("S1", None, 1, day(2), 1)]
    >>> spread_returns(sales, [Comeback(None, None, 1, day(1), 1), Comeback(None, None, 2, day(3), 1), Comeback("S1", None, 1, day(4), 3)])
    4.0
    """
    by_key, by_buyer = defaultdict(list), defaultdict(deque)
    for sale in sorted(sales, key=lambda sale: sale.at):
        by_key[sale.key].append(sale)
        by_buyer[sale.partner or ("store", sale.store)].append(sale)
    over = 0.0
    # Returns that name their sale take their place first, whatever the order of the days.
    for comeback in sorted(comebacks, key=lambda comeback: (comeback.key not in by_key, comeback.at)):
        left = comeback.quantity
        for sale in by_key.get(comeback.key, ()):
            left = _take_back(sale, left)
        earlier = by_buyer[comeback.partner or ("store", comeback.store)]
        while left and earlier and earlier[0].at <= comeback.at:
            left = _take_back(earlier[0], left)
            if earlier[0].returned >= earlier[0].quantity:
                earlier.popleft()  # nothing more to come: 100,000 sales stay one walk, not one walk per return
        over += left
    return round(over, DIGITS)


def _take_back(sale, quantity):
    """Note on the sale what it can take of what came back; return what is left."""
    taken = max(min(quantity, sale.quantity - sale.returned), 0.0)
    sale.returned = round(sale.returned + taken, DIGITS)
    return round(quantity - taken, DIGITS)
