"""Which batches a ticket takes out of a shop. Plain Python, no database."""

from dataclasses import dataclass, field

EPSILON = 1e-6


@dataclass
class Batch:
    """One batch in the shop.

    key: what the caller knows it by; on_hand: pieces in the shop; free: pieces no other document has reserved;
    obstacle: why it may not be sold, or None.
    """

    key: object
    name: str
    on_hand: float
    free: float
    obstacle: str | None = None


@dataclass
class Want:
    """One line of the ticket: a positive quantity, and the names of the batches on it, if any."""

    quantity: float
    names: tuple = ()


@dataclass
class Choice:
    """What a line takes: pairs of batch key and quantity; or why it takes nothing, and the name of the batch at fault."""

    parts: list = field(default_factory=list)
    fault: str | None = None
    name: str = ""


def choose(wants, batches):
    """Return a `Choice` for each line of a ticket for one product.

    :param wants: list of `Want`, in the order of the ticket; earlier lines take first.
    :param batches: list of `Batch`, first-expiring first.

    A line without a batch takes the first-expiring sellable ones; what other documents have reserved comes last.

    >>> shop = [Batch(1, "A", 3, 3), Batch(2, "B", 5, 5)]
    >>> choose([Want(4)], shop)[0].parts
    [(1, 3), (2, 1)]

    A batch on the ticket is taken as it stands there, and lines share what there is:

    >>> [choice.parts for choice in choose([Want(2, ("B",)), Want(4, ("B", "A"))], shop)]
    [[(2, 2)], [(2, 3), (1, 1)]]

    Unknown, blocked or short batches are never taken, not even in part:

    >>> choose([Want(1, ("X",))], shop)[0]
    Choice(parts=[], fault='unknown', name='X')
    >>> choose([Want(1, ("A",))], [Batch(1, "A", 3, 3, "expired")])[0]
    Choice(parts=[], fault='expired', name='A')
    >>> choose([Want(4, ("A",))], shop)[0]
    Choice(parts=[], fault='short', name='A')
    >>> choose([Want(9)], shop)[0].fault
    'short'
    >>> choose([Want(1)], [Batch(1, "A", 3, 3, "expired")])[0].fault
    'none'
    """
    left = {batch.key: batch.on_hand for batch in batches}
    choices = []
    for want in wants:
        choice = _choose_named(want, batches, left) if want.names else _choose_first(want, batches, left)
        for key, quantity in choice.parts:
            left[key] -= quantity
        choices.append(choice)
    return choices


def _choose_named(want, batches, left):
    """Take the batches that stand on the line, in their order."""
    by_name = {batch.name: batch for batch in batches}
    for name in want.names:
        if name not in by_name:
            return Choice(fault="unknown", name=name)
        if by_name[name].obstacle:
            return Choice(fault=by_name[name].obstacle, name=name)
    named = [by_name[name] for name in dict.fromkeys(want.names)]
    return _take(want.quantity, [(batch, left[batch.key]) for batch in named], named[-1].name)


def _choose_first(want, batches, left):
    """Take the first-expiring batches; free pieces before those another document waits for."""
    sellable = [batch for batch in batches if not batch.obstacle and left[batch.key] > EPSILON]
    if not sellable:
        return Choice(fault="none")
    free = [(batch, min(left[batch.key], max(batch.free - (batch.on_hand - left[batch.key]), 0))) for batch in sellable]
    reserved = [(batch, left[batch.key] - quantity) for batch, quantity in free]
    return _take(want.quantity, free + reserved, "")


def _take(quantity, offers, name):
    """Fill a quantity from (batch, pieces) in this order; all or nothing."""
    taken = {}
    for batch, pieces in offers:
        part = min(pieces, quantity)
        if part > EPSILON:
            taken[batch.key] = taken.get(batch.key, 0) + part
            quantity -= part
    if quantity > EPSILON:
        return Choice(fault="short", name=name)
    return Choice(parts=list(taken.items()))
