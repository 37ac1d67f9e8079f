"""First expired, first out: which stock entries cover a need."""

# A reservation marks its lines with this very object: what comes in by RPC is JSON and can never be it.
PROPOSED = object()


class WaitingLines(list):
    """Values of move lines that a reservation keeps until all its moves know theirs; JSON cannot be one either."""


def cover(rows, need):
    """Return how much to take of which entry: [(key, quantity)], first entry first, never more than `need`.

    :param rows: iterable of (key, free quantity) in the order in which goods shall leave
    :param float need: quantity wanted, in the unit of the rows

    >>> cover([("a", 3.0), ("b", 0.0), ("c", 5.0), ("d", 9.0)], 6.0)
    [('a', 3.0), ('c', 3.0)]
    >>> cover([("a", 3.0)], 6.0), cover([], 6.0), cover([("a", 3.0)], 0.0)
    ([('a', 3.0)], [], [])
    """
    taken = []
    for key, free in rows:
        quantity = min(free, need)
        if quantity > 0:
            taken.append((key, quantity))
            need -= quantity
    return taken
