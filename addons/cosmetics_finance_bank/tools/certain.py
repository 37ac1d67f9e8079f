"""Which open items a movement of the bank settles beyond doubt: plain Python, no database. Amounts are whole cents."""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9/_.\-]*[A-Za-z0-9])?")
SHORTEST = 5


class Movement(NamedTuple):
    """A movement of the bank: ``amount`` positive when money came in, ``text`` memo and reference, ``day`` a number that counts days."""

    id: int
    amount: int
    partner: int
    text: str
    day: int = 0


class Item(NamedTuple):
    """An open item: ``residual`` has the sign of the movement that settles it, ``names`` the numbers people write into a memo.

    Money on its way (``days``: from the first day to the last one it may arrive) is told by its amount on these days only, and may
    come in parts that name it.
    """

    id: int
    residual: int
    partner: int
    names: tuple
    days: tuple = ()


def numbers_in(text):
    """Numbers in a text that can name a document: five signs at least, a digit among them.

    >>> sorted(numbers_in("付INV/2026/00012货款, 单号S00042 第3笔"))
    ['INV/2026/00012', 'S00042']
    """
    return {token.upper() for token in TOKEN.findall(text or "") if len(token) >= SHORTEST and any(sign.isdigit() for sign in token)}


def certain(movements, items):
    """Return {movement id: [item ids]} of what belongs together beyond doubt.

    First by the numbers in the memo, when the items named come to the amount; then the one item of the partner with just this
    amount, when no other movement of the partner has it and the memo names nothing else. What two movements claim belongs to neither.

    >>> move = lambda id, amount, partner=0, text="": Movement(id, amount, partner, text)
    >>> invoices = [Item(1, 500, 7, ("INV/2026/00001",)), Item(2, 300, 7, ("INV/2026/00002",)), Item(3, 300, 8, ("INV/2026/00003",))]
    >>> certain([move(10, 800, 7, "INV/2026/00001 INV/2026/00002")], invoices)
    {10: [1, 2]}
    >>> certain([move(10, 300, 8), move(11, 500, 7)], invoices)
    {10: [3], 11: [1]}
    >>> certain([move(10, 500, 7, "INV/2026/00001")], [*invoices, Item(4, -500, 7, ("BILL INV/2026/00001",))])
    {10: [1]}
    >>> certain([move(10, 300)], invoices), certain([move(10, 400, text="INV/2026/00001")], invoices)
    ({}, {})
    >>> certain([move(10, 300, 8), move(11, 300, 8)], invoices)
    {}
    >>> certain([move(10, 500, 9, "INV/2026/00001")], invoices)
    {}
    >>> certain([move(10, 300, 7, "INV/2026/00001")], invoices)
    {}
    """
    named = _named(movements, items)
    found = _by_number(movements, named)
    taken = {item for group in found.values() for item in group}
    found |= _by_amount([each for each in movements if each.id not in found], [item for item in items if item.id not in taken])
    claims = Counter(item for group in found.values() for item in group)
    return {
        key: group for key, group in found.items() if all(claims[item] == 1 and (item in named[key] or not named[key]) for item in group)
    }


def _named(movements, items):
    """Return {movement id: {item id: item}} of the items of its direction that a movement names."""
    by_number = defaultdict(list)
    for item in items:
        for number in numbers_in(" ".join(item.names)):
            by_number[number].append(item)
    return {
        movement.id: {
            item.id: item
            for number in numbers_in(movement.text)
            for item in by_number.get(number, ())
            if (item.residual > 0) == (movement.amount > 0)
        }
        for movement in movements
    }


def _by_number(movements, named):
    found = {}
    for movement in movements:
        group = named[movement.id]
        partners = {item.partner for item in group.values()} | ({movement.partner} if movement.partner else set())
        if group and len(partners) == 1 and sum(item.residual for item in group.values()) == movement.amount:
            found[movement.id] = sorted(group)
    return found


def _by_amount(movements, items):
    of_items, candidates = defaultdict(list), {}
    for item in items:
        of_items[item.partner, item.residual].append(item)
    for movement in movements:
        found = of_items.get((movement.partner, movement.amount), ()) if movement.partner else ()
        candidates[movement.id] = [item.id for item in found if not item.days or item.days[0] <= movement.day <= item.days[1]]
    claims = Counter(item for group in candidates.values() for item in group)
    return {key: group for key, group in candidates.items() if len(group) == 1 and claims[group[0]] == 1}


def in_parts(movements, items):
    """Return {movement id: item id} of movements that name money on its way and bring a part of it each, together no more than all of it.

    >>> way = [Item(1, 1000, 7, ("PO20260001",), (10, 17))]
    >>> in_parts([Movement(20, 400, 7, "PO20260001"), Movement(21, 600, 0, "PO20260001 二")], way)
    {20: 1, 21: 1}
    >>> in_parts([Movement(20, 400, 7, "PO20260001"), Movement(21, 700, 7, "PO20260001")], way)
    {}
    >>> in_parts([Movement(20, 400, 8, "PO20260001"), Movement(21, -400, 7, "PO20260001")], way)
    {}
    >>> in_parts([Movement(20, 400, 7, "PO20260001 INV/2026/00001")], [*way, Item(2, 500, 7, ("INV/2026/00001",))])
    {}
    """
    parts = defaultdict(list)
    named = _named(movements, items)
    for movement in movements:
        group = list(named[movement.id].values())
        if len(group) == 1 and group[0].days and movement.partner in (0, group[0].partner):
            parts[group[0]].append(movement)
    fits = {item: group for item, group in parts.items() if abs(sum(each.amount for each in group)) <= abs(item.residual)}
    return {movement.id: item.id for item, group in fits.items() for movement in group}
