"""The rule of the block: may these goods take this way?

Selling cosmetics past their use-by date is fined under CSAR art. 60; goods held or recalled must not move on (art. 44).
The rule knows nothing of Odoo: models turn a move line into `Facts`, this file says why it is refused, or that it is not.
"""

from dataclasses import dataclass
from datetime import date

SALE = "sale"
INTERNAL = "internal"
DISPOSE = "dispose"
RETURN = "return"

EXPIRED = "expired"
STOPPED = "stopped"
NO_BATCH = "no_batch"
PROMISE = "promise"

# What two persons may let through together; a lot that is expired, held, rejected or recalled is let through by nobody.
OVERRIDE_OF = {STOPPED: "stop", PROMISE: "promise"}

# Held for what they may do to a person: they go to nobody. Too old is too old to be sold (CSAR art. 60), not to be owned.
UNSAFE = ("quarantine", "rejected", "recalled")

# From these places to nobody's shelf: goods that leave them have reached, or may reach, a person.
_OUTSIDE = ("customer", "transit", "production")


@dataclass(frozen=True)
class Place:
    """Where goods come from or go to.

    :param str usage: usage of the stock location: internal, customer, supplier, inventory, transit, production, view
    :param str use: "gift" or "tester" when a location of usage inventory consumes goods for people, else empty
    :param warehouse: any key of the warehouse, None outside of all warehouses
    :param bool is_shop: the warehouse belongs to a store that sells
    """

    usage: str
    use: str = ""
    warehouse: object = None
    is_shop: bool = False


@dataclass(frozen=True)
class Facts:
    """What the rule must know of a line. `final` is the end of the chain the move belongs to (pick, pack, ship)."""

    source: Place
    destination: Place
    final: Place | None = None
    is_managed: bool = True
    has_lot: bool = True
    obstacle: str = ""
    breaks_promise: bool = False
    is_receivers_own: bool = False
    overrides: frozenset = frozenset()


@dataclass(frozen=True)
class Need:
    """What a move may be given from stock.

    :param str kind: "sale", "internal" or "dispose"
    :param min_expiration_on: earliest use-by date that keeps the promise to the customer, or None
    :param band_id: only goods of this band, or None
    :param day: the day in China on which the goods are planned to leave
    """

    kind: str
    min_expiration_on: date | None
    band_id: int | None
    day: date


def kind_of(source, destination, final=None):
    """Return "sale", "internal", "dispose" or "return" for a way from `source` to `destination`.

    >>> stock, shelf = Place("internal", warehouse=1), Place("internal", warehouse=2, is_shop=True)
    >>> kind_of(stock, Place("customer")), kind_of(stock, shelf), kind_of(shelf, stock), kind_of(shelf, shelf)
    ('sale', 'sale', 'internal', 'internal')
    >>> kind_of(stock, Place("inventory")), kind_of(stock, Place("inventory", use="tester")), kind_of(stock, Place("supplier"))
    ('dispose', 'sale', 'dispose')
    >>> kind_of(stock, stock, final=Place("customer")), kind_of(Place("customer"), shelf)
    ('sale', 'return')
    """
    kinds = [_kind_of_leg(source, place) for place in (destination, final) if place]
    return SALE if SALE in kinds else kinds[0]


def _kind_of_leg(source, destination):
    """Return the kind of one way, not looking further than its destination."""
    if destination.usage in _OUTSIDE or destination.use:
        return SALE
    if destination.usage in ("supplier", "inventory"):
        return DISPOSE
    if source.usage == "customer" or source.usage == "inventory":
        return RETURN  # goods come home, or are found on the shelf: where they are is a fact, their state keeps them there
    if destination.is_shop and source.warehouse != destination.warehouse:
        return SALE
    return INTERNAL


def refusal_of(facts):
    """Return why a line is refused, as a code, or None when the goods may go.

    >>> stock, customer, scrap = Place("internal", warehouse=1), Place("customer"), Place("inventory")
    >>> refusal_of(Facts(stock, customer)), refusal_of(Facts(stock, customer, obstacle="expired"))
    (None, 'expired')
    >>> refusal_of(Facts(stock, scrap, obstacle="expired")), refusal_of(Facts(customer, stock, obstacle="recalled"))
    (None, None)

    Two persons let a stopped batch through, an expired one nobody:

    >>> both = frozenset({"stop", "promise"})
    >>> refusal_of(Facts(stock, customer, obstacle="stopped")), refusal_of(Facts(stock, customer, obstacle="stopped", overrides=both))
    ('stopped', None)
    >>> refusal_of(Facts(stock, customer, obstacle="expired", overrides=both))
    'expired'

    What belongs to the customer already is given back, not sold; what may do harm stays, whosever it is:

    >>> [refusal_of(Facts(stock, customer, obstacle=code, is_receivers_own=True)) for code in ("expired", "stopped", "", "recalled")]
    [None, None, None, 'recalled']

    Cosmetics without a batch cannot be proved to be fresh; a supplier may deliver what waits for inspection to a shop:

    >>> refusal_of(Facts(stock, customer, has_lot=False)), refusal_of(Facts(stock, customer, has_lot=False, is_managed=False))
    ('no_batch', None)
    >>> shelf = Place("internal", warehouse=2, is_shop=True)
    >>> [refusal_of(Facts(Place("supplier"), shelf, obstacle=code)) for code in ("quarantine", "expired")]
    [None, 'expired']
    """
    if kind_of(facts.source, facts.destination, facts.final) != SALE:
        return None
    if facts.is_receivers_own and facts.obstacle not in UNSAFE:
        return None
    if not facts.has_lot:
        return NO_BATCH if facts.is_managed else None
    if facts.obstacle == "quarantine" and is_receipt(facts):
        return None
    if facts.obstacle and not _is_overridden(facts.obstacle, facts.overrides):
        return facts.obstacle
    if facts.breaks_promise and goes_to_customer(facts.destination, facts.final) and not _is_overridden(PROMISE, facts.overrides):
        return PROMISE
    return None


def is_receipt(facts):
    """Return whether goods come from a supplier onto our own shelves; what waits for inspection must be able to arrive."""
    return facts.source.usage == "supplier" and all(place.usage == "internal" for place in (facts.destination, facts.final) if place)


def goes_to_customer(destination, final=None):
    """Return whether the goods are on their way to a customer.

    >>> goes_to_customer(Place("customer")), goes_to_customer(Place("internal"), Place("customer")), goes_to_customer(Place("transit"))
    (True, True, False)
    """
    return any(place.usage == "customer" for place in (destination, final) if place)


def _is_overridden(code, overrides):
    """Return whether two persons have let this obstacle through."""
    return OVERRIDE_OF.get(code) in overrides
