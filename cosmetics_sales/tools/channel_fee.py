"""What a channel is expected to keep of an order; plain Python, no database.

Money is `Decimal` or anything `Decimal(str(…))` understands; results are `Decimal` in whole cents.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .spread import spread

CENT = Decimal("0.01")


class Rule(NamedTuple):
    """One rate. ``path`` is the path of a product category ("1/7/"), empty: all goods; days are those of China, None: no border.

    ``single`` tells that there is one rate of this kind at a time, so the rate of a category takes the place of the general one.
    """

    kind: str
    percent: object
    amount: object = 0
    date_from: object = None
    date_to: object = None
    path: str = ""
    single: bool = True


def is_valid(rule, day):
    """Tell whether a rate holds on a day; both borders belong to it.

    >>> from datetime import date
    >>> rule = Rule("commission", 5, date_from=date(2026, 11, 1), date_to=date(2026, 11, 30))
    >>> [is_valid(rule, date(2026, *day)) for day in ((10, 31), (11, 1), (11, 30), (12, 1))]
    [False, True, True, False]
    """
    return (not rule.date_from or rule.date_from <= day) and (not rule.date_to or day <= rule.date_to)


def expected_fees(rules, paid, parts):
    """Return the fee of each rule in whole cents; a rule that meets no goods takes nothing, also not its fixed amount.

    :param paid: what the buyer paid and did not get back; nothing is kept of nothing
    :param parts: [(path of the product category, price)] of the goods; `paid` is spread over them by price

    >>> general, cream = Rule("commission", 5, 1), Rule("commission", 3, path="1/7/")
    >>> [str(fee) for fee in expected_fees([general, cream], 100, [("1/7/9/", 60), ("1/8/", 40)])]
    ['3.00', '1.80']
    >>> [str(fee) for fee in expected_fees([general, cream], 100, [("1/7/", 1)])]
    ['0.00', '3.00']
    >>> [str(fee) for fee in expected_fees([general, Rule("payment", "0.6")], 12.5, [])]
    ['1.63', '0.08']
    >>> [str(fee) for fee in expected_fees([general, cream], 0, [])]
    ['0.00', '0.00']
    """
    if paid <= 0:
        return [Decimal("0.00") for _rule in rules]
    parts = [(path, price) for path, price in parts if price > 0] or [("", 1)]
    shares = spread(Decimal(str(paid)).quantize(CENT, ROUND_HALF_UP), [price for _path, price in parts])
    bases = [[] for _rule in rules]
    for (path, _price), base in zip(parts, shares, strict=True):
        for place in _rules_of(rules, path):
            bases[place].append(base)
    return [_fee(rule, base) for rule, base in zip(rules, bases, strict=True)]


def _rules_of(rules, path):
    """Return the places of the rates for goods of this category: of each kind the one that names it most closely."""
    met = [place for place, rule in enumerate(rules) if path.startswith(rule.path)]
    return [
        place
        for place in met
        if not rules[place].single
        or not any(rules[other].kind == rules[place].kind and len(rules[other].path) > len(rules[place].path) for other in met)
    ]


def _fee(rule, bases):
    if not bases:
        return Decimal("0.00")
    share = sum(bases, Decimal(0)) * Decimal(str(rule.percent)) / 100 + Decimal(str(rule.amount))
    return share.quantize(CENT, ROUND_HALF_UP)
