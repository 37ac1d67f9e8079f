"""What to do with goods that near their expiry, decided from facts; models gather the facts and apply the decision.

Plain Python: no database, no clock, no words. Quantities are in the product's own unit; a decision never asks for more than is free.
"""

from dataclasses import dataclass, field

# A transfer takes a few days; goods that must leave the shelf before they arrive are not sent.
TRANSFER_DAYS = 3


@dataclass(frozen=True)
class Place:
    """Another place that sells the product."""

    key: int
    daily_sales: float
    # What is there already and may be sold: it goes first.
    stock: float


@dataclass(frozen=True)
class Facts:
    """One batch at one place.

    :param days_left: days on which it may still be sold, today included; 0 or less: its sale has stopped.
    :param free: quantity that nothing has reserved.
    :param daily_sales: what this place sells of the product a day.
    :param ahead: what lies here of the same product and goes first: earlier batches and what is reserved.
    :param needs_action: its band asks for one (near expiry or later).
    :param has_markdown: the band lowers the price.
    :param takes_back: the supplier accepts goods that near their expiry.
    """

    days_left: int
    free: float
    daily_sales: float = 0.0
    ahead: float = 0.0
    is_expired: bool = False
    is_held: bool = False
    needs_action: bool = True
    has_markdown: bool = False
    takes_back: bool = False
    places: tuple[Place, ...] = field(default=())


@dataclass(frozen=True)
class Action:
    """What to do.

    :param kind: none, keep, move, markdown, return or scrap.
    :param reason: code of the sentence that explains it, see `decide`.
    :param quantity: how many; 0 when nothing is to be done.
    :param place: the place to move to.
    """

    kind: str
    reason: str
    quantity: float = 0.0
    place: Place | None = None


def surplus(facts):
    """Return how many of the free units will not be sold here before their sale stops.

    >>> surplus(Facts(days_left=30, free=40, daily_sales=0.4))
    28.0
    >>> surplus(Facts(days_left=30, free=40, daily_sales=0.4, ahead=10))  # the earlier batch takes ten of the twelve sales
    38.0
    >>> surplus(Facts(days_left=100, free=40, daily_sales=2))
    0.0
    """
    sold = max(0.0, facts.daily_sales * max(facts.days_left, 0) - facts.ahead)
    return max(0.0, round(facts.free - sold, 6))


def best_place(facts):
    """Return the place that can sell most of the batch in time and how many that is, or (None, 0).

    >>> slow, fast = Place(1, 0.5, 0), Place(2, 2.1, 20)
    >>> best_place(Facts(days_left=33, free=40, places=(slow, fast)))
    (Place(key=2, daily_sales=2.1, stock=20), 43.0)
    >>> best_place(Facts(days_left=3, free=40, places=(fast,)))  # would arrive too late
    (None, 0.0)
    >>> best_place(Facts(days_left=33, free=40, daily_sales=3, places=(fast,)))  # sells better here
    (None, 0.0)
    """
    days = facts.days_left - TRANSFER_DAYS
    rooms = [(round(place.daily_sales * days - place.stock, 6), -place.key, place) for place in facts.places]
    room, _key, place = max(rooms, default=(0.0, 0, None))
    if days <= 0 or room < 1 or place.daily_sales <= facts.daily_sales:
        return None, 0.0
    return place, room


def whole(quantity):
    """Round down to whole units; less than one is left as it is.

    >>> whole(12.8), whole(0.5)
    (12.0, 0.5)
    """
    return float(int(quantity)) if quantity >= 1 else quantity


def decide(facts):
    """Return the `Action` for one batch at one place.

    What is expired is scrapped, what may no longer be sold goes back or is scrapped. Of what may be sold only the surplus is
    touched: first to where it sells, then back to the supplier, then cheaper.

    >>> near = dict(days_left=33, daily_sales=0.4, has_markdown=True)
    >>> decide(Facts(free=60, places=(Place(7, 2.1, 20),), **near))
    Action(kind='move', reason='sells_there', quantity=43.0, place=Place(key=7, daily_sales=2.1, stock=20))
    >>> decide(Facts(free=60, takes_back=True, **near))
    Action(kind='return', reason='supplier_takes_back', quantity=46.0, place=None)
    >>> decide(Facts(free=60, **near))
    Action(kind='markdown', reason='band_price', quantity=46.0, place=None)
    >>> decide(Facts(free=60, days_left=33, daily_sales=0.4)).reason  # the band has no price of its own
    'promote'
    >>> decide(Facts(free=10, **near)).reason
    'sells_in_time'
    >>> decide(Facts(free=60, days_left=300, needs_action=False)).reason
    'not_yet'
    >>> decide(Facts(free=60, days_left=0)), decide(Facts(free=60, days_left=0, takes_back=True)).kind
    (Action(kind='scrap', reason='stopped', quantity=60, place=None), 'return')
    >>> decide(Facts(free=60, days_left=-9, is_expired=True, takes_back=True))
    Action(kind='scrap', reason='expired', quantity=60, place=None)
    >>> decide(Facts(free=60, days_left=90, is_held=True)).reason, decide(Facts(free=0, days_left=9)).reason
    ('held', 'reserved')
    """
    if facts.is_held and not facts.is_expired:
        return Action("none", "held")
    if facts.free <= 0:
        return Action("none", "reserved")
    if facts.is_expired:
        return Action("scrap", "expired", facts.free)
    if facts.days_left <= 0:
        if facts.takes_back:
            return Action("return", "stopped_takes_back", facts.free)
        return Action("scrap", "stopped", facts.free)
    if not facts.needs_action:
        return Action("keep", "not_yet")
    return _decide_surplus(facts)


def _decide_surplus(facts):
    """Return the action for goods that may be sold: only what will not be sold in time is touched."""
    too_many = whole(surplus(facts))
    if too_many <= 0:
        return Action("keep", "sells_in_time")
    place, room = best_place(facts)
    if place:
        return Action("move", "sells_there", whole(min(too_many, room)), place)
    if facts.takes_back:
        return Action("return", "supplier_takes_back", too_many)
    return Action("markdown", "band_price" if facts.has_markdown else "promote", too_many)
