"""What a till ticket earns and what of it is undone by a return; plain Python, no database.

Money is whole cents, points are whole hundredths ("units"), so that parts always add up. `static/src/members/ticket_points.js` says the
same at the till; `static/tests/unit/ticket_cases.js` holds cases that both must answer alike.

>>> goods = [Goods("a", 10000), Goods("b", 5000)]
>>> parts = allocate(goods, [Discount("points", 3000)])
>>> parts["points"], paid(goods, parts)
({'a': 2000, 'b': 1000}, {'a': 8000, 'b': 4000})
>>> weigh(goods, parts, [Rule("money", 1.0)])
{'a': 8000.0, 'b': 4000.0}
"""

from dataclasses import dataclass

MONEY, UNIT, ORDER = "money", "unit", "order"


@dataclass(frozen=True, slots=True)
class Goods:
    """A line of goods that are paid for.

    :param amount: cents, tax included, discounts on the line taken off
    :param untaxed: cents without tax
    :param rules: refs of the rules that hold for the product; None: all of them
    """

    ref: object
    amount: int
    quantity: float = 1.0
    product: object = None
    untaxed: int | None = None
    rules: frozenset | None = None


@dataclass(frozen=True, slots=True)
class Discount:
    """Money that the whole ticket, or the goods of some products, cost less.

    :param pieces: how many pieces are free altogether, for a reward that gives goods away
    """

    ref: object
    amount: int
    products: frozenset | None = None
    pieces: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """When how many points are given; :param amount: points for a yuan, a piece or a ticket."""

    mode: str
    amount: float
    ref: object = None
    minimum_quantity: float = 0.0
    minimum_amount: int = 0
    is_minimum_untaxed: bool = False


def half_up(number):
    """Return a number of zero or more as a whole one; what is a hair below a half counts as a half.

    >>> half_up(0.5), half_up(1.4999999999), half_up(1.49)
    (1, 2, 1)
    """
    return int(round(number, 6) + 0.5)


def share(total, part, whole):
    """Return the part of a total, rounded; the differences of growing parts add up to the total.

    >>> [share(100, part, 3) for part in (0, 1, 2, 3, 4)], share(100, 1, 0)
    ([0, 33, 67, 100, 100], 0)
    """
    if whole <= 0:
        return 0
    return half_up(total * min(max(part, 0), whole) / whole)


def allocate(goods, discounts):
    """Return {ref of a discount: {ref of goods: cents}}: each discount is spread over its goods by what is still to be paid for them.

    What is meant for some products goes first; what finds none of them, or more than they cost, is spread over all.

    >>> goods = [Goods("a", 1000, product=1), Goods("b", 1000, product=2)]
    >>> allocate(goods, [Discount("all", 500), Discount("two", 1000, frozenset([2]))])
    {'two': {'b': 1000}, 'all': {'a': 500}}
    >>> allocate(goods, [Discount("three", 200, frozenset([3]))])
    {'three': {'a': 100, 'b': 100}}
    """
    left = {line.ref: line.amount for line in goods}
    parts = {}
    for discount in sorted(discounts, key=lambda one: one.products is None):
        own = [line for line in goods if discount.products is not None and line.product in discount.products]
        taken = _spread(discount.amount, own, left)
        rest = discount.amount - sum(taken.values())
        for ref, cents in _spread(rest, goods, left).items():
            taken[ref] = taken.get(ref, 0) + cents
        parts[discount.ref] = taken
    return parts


def _spread(total, lines, left):
    whole = sum(left[line.ref] for line in lines)
    total = min(total, whole)
    taken, upto, given = {}, 0, 0
    for line in lines if total > 0 else ():
        upto += left[line.ref]
        cents = share(total, upto, whole) - given
        given += cents
        if cents:
            taken[line.ref] = cents
    for ref, cents in taken.items():
        left[ref] -= cents
    return taken


def paid(goods, parts):
    """Return {ref: cents} that are paid for each line after the discounts."""
    return {line.ref: line.amount - sum(part.get(line.ref, 0) for part in parts.values()) for line in goods}


def weigh(goods, parts, rules, discounts=()):
    """Return {ref of goods: units}: how many points the line earns before any multiplier; their sum is what the ticket earns.

    >>> line = [Goods("a", 10000, quantity=3)]
    >>> weigh(line, {}, [Rule("unit", 2.0)]), weigh(line, {}, [Rule("order", 5.0)])
    ({'a': 600.0}, {'a': 500.0})
    >>> weigh(line, {}, [Rule("money", 1.0, minimum_amount=10001)]), weigh(line, {}, [Rule("unit", 1.0, minimum_quantity=4)])
    ({}, {})
    >>> gift = Discount("free", 3333, pieces=1)
    >>> weigh(line, allocate(line, [gift]), [Rule("unit", 2.0)], [gift])
    {'a': 400.0}
    """
    money = paid(goods, parts)
    free = _free_pieces(goods, parts, discounts)
    weights = {}
    for rule in rules:
        lines = [line for line in goods if line.rules is None or rule.ref in line.rules]
        if not _is_met(rule, lines, money):
            continue
        whole = sum(money[line.ref] for line in lines)
        for line in lines:
            if rule.mode == MONEY:
                weight = rule.amount * money[line.ref]
            elif rule.mode == UNIT:
                weight = rule.amount * (line.quantity - free.get(line.ref, 0)) * 100
            else:
                weight = rule.amount * 100 * money[line.ref] / whole if whole else 0
            if weight > 0:
                weights[line.ref] = weights.get(line.ref, 0) + weight
    return weights


def _is_met(rule, lines, money):
    if not lines or sum(line.quantity for line in lines) < rule.minimum_quantity:
        return False
    if not rule.is_minimum_untaxed:
        return sum(money[line.ref] for line in lines) >= rule.minimum_amount
    untaxed = sum(line.untaxed * money[line.ref] / line.amount for line in lines if line.amount)
    return round(untaxed, 6) >= rule.minimum_amount


def _free_pieces(goods, parts, discounts):
    """Return {ref: pieces} of goods that rewards give away."""
    free = {}
    quantity = {line.ref: line.quantity for line in goods}
    for discount in discounts:
        rest = discount.pieces
        for ref in parts.get(discount.ref, ()):
            pieces = min(rest, quantity[ref] - free.get(ref, 0))
            free[ref] = free.get(ref, 0) + pieces
            rest -= pieces
    return free


def earned(weights, multiplier=1.0):
    """Return the units that a ticket earns.

    >>> earned({"a": 8000.0, "b": 33.3}, 1.2)
    9640
    """
    return half_up(sum(weights.values()) * multiplier)


def undone(weights, fractions):
    """Return (part, whole): how much of the weights the returned goods stand for.

    :param fractions: {ref of goods: part of it that came back, 0 to 1}

    >>> undone({"a": 60.0, "b": 40.0}, {"a": 0.5})
    (30.0, 100.0)
    """
    whole = sum(weights.values())
    part = sum(weight * min(max(fractions.get(ref, 0), 0), 1) for ref, weight in weights.items())
    return part, whole


def cost(mode, amount, quantity, asked, required, discount=0.0, pieces=1, lines=1):
    """Return the points that a reward costs; what the till asked for is believed only within the rounding of its lines.

    :param mode: per_point, product, or anything else for a reward of a fixed price
    :param amount: yuan taken off
    :param quantity: pieces given away
    :param asked: points the till asked for
    :param required: points the reward costs once
    :param discount: yuan a point is worth
    :param pieces: pieces a product reward gives each time

    >>> cost("per_point", 20, 1, 2000, 100, discount=0.01), cost("per_point", 20, 1, 5, 100, discount=0.01)
    (2000, 2000.0)
    >>> cost("per_point", 19.99, 1, 2000, 100, discount=0.01)
    2000
    >>> cost("product", 50, 3, 0, 500, pieces=2), cost("percent", 50, 1, 1, 500)
    (1000, 500)
    """
    if mode == "per_point" and discount > 0:
        exact = round(amount / discount, 2)
        return asked if abs(exact - asked) <= lines * 0.01 / discount + 1e-6 else exact
    if mode == "product":
        return required * max(-int(-quantity // pieces), 1)
    return required
