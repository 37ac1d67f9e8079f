"""Decides what is wrong with an order: plain Python, facts in, findings out, no database.

Amounts are in the currency of the company; prices are of one unit of the line; percentages are of 100.
A finding carries the kind and its figures; the sentence is made where languages are known.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

CENT = 0.005
UNUSABLE_PHONES = frozenset({"empty", "unknown", "malformed", "masked"})


@dataclass(frozen=True)
class Rule:
    """A review rule as plain data; ids are those of the database."""

    id: int
    kind: str
    level: str = "warn"
    company_id: int | None = None
    channel_ids: frozenset = frozenset()
    channel_kind: str = ""
    margin: float = 0.0
    discount: float = 0.0
    amount: float = 0.0
    hours: int = 24
    state_ids: frozenset = frozenset()
    district_ids: frozenset = frozenset()


@dataclass(frozen=True)
class Line:
    """A product line: ``net`` is the price without tax, ``gross`` with tax, ``usual`` the price before any discount.

    ``control`` is the lowest price with tax the brand allows, 0 for none; ``missing`` is what stock cannot give. A gift costs
    nothing; ``is_by_hand`` tells that no promotion gives it, but whoever wrote the order.
    """

    product_id: int = 0
    name: str = ""
    quantity: float = 1.0
    net: float = 0.0
    gross: float = 0.0
    usual: float = 0.0
    discount: float = 0.0
    cost: float = 0.0
    control: float = 0.0
    missing: float = 0.0
    is_gift: bool = False
    is_by_hand: bool = False
    is_sellable: bool = True
    is_goods: bool = True


@dataclass(frozen=True)
class Facts:
    """What is known of one order when it is reviewed.

    ``owed`` is what the customer owes with its other confirmed orders, ``limit`` its credit limit or None; ``days_late`` is the age
    of its oldest open item, ``days_allowed`` how old it may be or None, ``is_stopped`` that dunning stopped the customer; ``buyers``
    are the keys of the customer (id, telephone) that duplicates are found by; ``receiver`` is name, street, district id, province id.
    """

    order_id: int = 0
    company_id: int = 0
    channel_id: int = 0
    channel_kind: str = ""
    amount: float = 0.0
    lines: tuple = ()
    owed: float = 0.0
    limit: float | None = None
    days_late: int = 0
    days_allowed: int | None = None
    is_stopped: bool = False
    customer_id: int = 0
    buyers: frozenset = frozenset()
    ordered_at: datetime | None = None
    is_first: bool = False
    receiver: dict[str, Any] = field(default_factory=dict)
    phone_kind: str = "mobile"
    phone: str = ""

    @property
    def has_goods(self):
        """True when something has to be sent."""
        return any(line.is_goods and line.quantity > 0 for line in self.lines)

    @property
    def basket(self):
        """What was ordered: pairs of product and quantity, as a set."""
        counted = Counter()
        for line in self.lines:
            if line.quantity > 0 and not line.is_gift:
                counted[line.product_id] += line.quantity
        return frozenset(counted.items())


@dataclass(frozen=True)
class Other:
    """Another order a duplicate may be of."""

    order_id: int
    name: str
    buyers: frozenset
    basket: frozenset
    ordered_at: datetime


class Finding(NamedTuple):
    """A hit: the rule, the order and the figures of the sentence."""

    rule: Rule
    order_id: int
    figures: dict


def decide(rules, orders, others=()):
    """Return the findings of ``orders`` (facts, in the order in which they would be confirmed) by ``rules``.

    Orders of one customer share its credit limit: each is judged as if those before it were confirmed.

    >>> cheap = Facts(order_id=7, company_id=1, amount=10.0, lines=(Line(name="Lipstick", net=8, gross=9, cost=10, usual=9),))
    >>> [(found.order_id, found.figures["product"]) for found in decide([Rule(1, "floor", "block")], [cheap])]
    [(7, 'Lipstick')]
    >>> decide([Rule(1, "floor", company_id=2), Rule(2, "floor", channel_ids=frozenset({5}))], [cheap])
    []
    """
    owed_before = Counter()
    found = []
    for facts in orders:
        for rule in rules:
            if applies(rule, facts):
                figures = CHECKS[rule.kind](rule, facts, Situation(others, owed_before[facts.company_id, facts.customer_id]))
                if figures:
                    found.append(Finding(rule, facts.order_id, figures))
        owed_before[facts.company_id, facts.customer_id] += facts.amount
    return found


class Situation(NamedTuple):
    """What stands around an order: other orders, and what those before it in the batch will make the customer owe."""

    others: tuple
    owed_before: float


def applies(rule, facts):
    """Tell if the rule looks at this order: its company, its channel and the kind of it."""
    if rule.company_id not in (None, facts.company_id) or rule.channel_kind not in ("", facts.channel_kind):
        return False
    return not rule.channel_ids or facts.channel_id in rule.channel_ids


def given_away(lines):
    """Return how many percent of their usual price these lines give away: the highest of one line, or of the whole order.

    A discount by hand on the price and lines with a negative amount count as the discount column does. A gift is no discount: what
    a promotion gives is its own affair, and what is given by hand is a question of its own (`_check_free`).

    >>> given_away([Line(usual=100, gross=80)])
    20.0
    >>> given_away([Line(usual=100, gross=100, discount=0), Line(quantity=1, gross=-30, usual=-30)])
    30.0
    >>> given_away([Line(usual=100, gross=100), Line(usual=100, gross=0, is_gift=True)])
    0.0
    >>> given_away([Line(usual=0, gross=50, discount=15.0)]), given_away([])
    (15.0, 0.0)
    """
    lines = [line for line in lines if not line.is_gift]
    highest = max((_line_discount(line) for line in lines), default=0.0)
    usual = sum(max(line.usual, line.gross) * line.quantity for line in lines if line.gross >= 0 and line.quantity > 0)
    paid = sum(line.gross * line.quantity for line in lines if line.quantity > 0)
    whole = 100 * (1 - paid / usual) if usual > CENT else 0.0
    return round(max(highest, whole, 0.0), 2)


def free_worth(lines):
    """Return what the goods are usually worth that are given by hand and cost nothing.

    >>> free_worth([Line(usual=30, quantity=2, is_gift=True, is_by_hand=True), Line(usual=99, is_gift=True), Line(usual=10, gross=10)])
    60.0
    """
    return round(float(sum(line.usual * line.quantity for line in lines if _is_free_by_hand(line))), 2)


def _is_free_by_hand(line):
    return line.is_gift and line.is_by_hand and line.quantity > 0


def _line_discount(line):
    if line.gross < 0 or line.quantity <= 0:
        return 0.0
    # A price list may show its own discount in the column: what counts is the distance from its price.
    return 100 * (1 - line.gross / line.usual) if line.usual > CENT else line.discount


def _sold(facts):
    """Lines sold for money: no gifts, nothing taken back, no discount lines."""
    return [line for line in facts.lines if not line.is_gift and line.quantity > 0 and line.gross >= 0]


def _name(line):
    """Figures that name a product: as it was called, and its id for readers of another language."""
    return {"product": line.name, "product_id": line.product_id}


def _check_floor(rule, facts, _situation):
    for line in _sold(facts):
        floor = line.cost * (1 + rule.margin / 100)
        if line.is_goods and line.net < floor - CENT:
            return {**_name(line), "price": line.net, "floor": floor}
    return None


def _check_control(_rule, facts, _situation):
    for line in _sold(facts):
        if line.control and line.gross < line.control - CENT:
            return {**_name(line), "price": line.gross, "control": line.control}
    return None


def _check_discount(rule, facts, _situation):
    discount = given_away(facts.lines)
    return {"discount": discount, "limit": rule.discount} if discount > rule.discount + CENT else None


def _check_free(rule, facts, _situation):
    worth = free_worth(facts.lines)
    if worth <= rule.amount + CENT:
        return None
    dearest = max(filter(_is_free_by_hand, facts.lines), key=lambda line: line.usual * line.quantity)
    return {**_name(dearest), "worth": worth, "limit": rule.amount}


def _check_stock(_rule, facts, _situation):
    short = [line for line in facts.lines if line.missing > 0]
    return {**_name(short[0]), "quantity": short[0].quantity, "missing": short[0].missing} if short else None


def _check_credit(_rule, facts, situation):
    """A limit of 0 is a limit; None is none. Who pays too late gets nothing, whatever the limit."""
    if facts.is_stopped:
        return {"stopped": True}
    if facts.days_allowed is not None and facts.days_late > facts.days_allowed:
        return {"days": facts.days_late, "allowed": facts.days_allowed}
    if facts.limit is None:
        return None
    total = facts.owed + situation.owed_before + facts.amount
    return {"total": total, "limit": facts.limit} if total > facts.limit + CENT else None


def _check_duplicate(rule, facts, situation):
    """The same buyer ordered the same goods before, within the hours of the rule; the earlier order is no duplicate."""
    if not facts.basket or not facts.ordered_at:
        return None
    since = facts.ordered_at - timedelta(hours=rule.hours)
    for other in situation.others:
        earlier = since <= other.ordered_at <= facts.ordered_at and other.order_id < facts.order_id
        if earlier and other.buyers & facts.buyers and other.basket == facts.basket:
            return {"order": other.name, "hours": rule.hours}
    return None


def _check_address(_rule, facts, _situation):
    """Goods need a name, a street and a place that is known: a district, else a province and a city."""
    if not facts.has_goods:
        return None
    receiver = facts.receiver
    for part in ("name", "street", "place"):
        if not receiver.get(part):
            return {"part": part, "address": receiver.get("address") or ""}
    return None


def _check_phone(_rule, facts, _situation):
    if facts.has_goods and facts.phone_kind in UNUSABLE_PHONES:
        return {"phone_kind": facts.phone_kind, "phone": facts.phone}
    return None


def _check_lifecycle(_rule, facts, _situation):
    for line in facts.lines:
        if not line.is_sellable:
            return _name(line)
    return None


def _check_region(rule, facts, _situation):
    receiver = facts.receiver
    blocked = receiver.get("district_id") in rule.district_ids or receiver.get("state_id") in rule.state_ids
    return {"region": receiver.get("region") or receiver.get("address") or ""} if facts.has_goods and blocked else None


def _check_first(_rule, facts, _situation):
    return {"amount": facts.amount} if facts.is_first else None


def _check_amount(rule, facts, _situation):
    return {"amount": facts.amount, "limit": rule.amount} if facts.amount > rule.amount + CENT else None


CHECKS = {
    "floor": _check_floor,
    "control": _check_control,
    "discount": _check_discount,
    "free": _check_free,
    "stock": _check_stock,
    "credit": _check_credit,
    "duplicate": _check_duplicate,
    "address": _check_address,
    "phone": _check_phone,
    "lifecycle": _check_lifecycle,
    "region": _check_region,
    "first": _check_first,
    "amount": _check_amount,
}
