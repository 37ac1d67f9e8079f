"""First expired, first out: which stock entries cover a need."""

# A reservation marks its lines with this very object: what comes in by RPC is JSON and can never be it.
PROPOSED = object()


class WaitingLines(list):
    """Values of move lines that a reservation keeps until all its moves know theirs; JSON cannot be one either."""


class HeldRows(set):
    """Ids of rows this transaction has locked already. One is never equal to another, and JSON cannot be one."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class FefoShelf:
    """What one reservation of many moves has found on the shelf and taken from it, before its lines are written.

    Valid only while everything taken is still waiting to be written; whoever writes clears it.

    :param wanted: {key of a shelf: quantity all moves together want from it}
    """

    def __init__(self, wanted):
        self.wanted = wanted
        self.clear()

    def clear(self):
        """Forget: what was taken is in the database now."""
        self._rows, self._taken = {}, {}

    def rows(self, key, need, quantity, find):
        """Return [(row, free quantity)] that cover `quantity`, or None when `find` does not know.

        :param key: of the shelf, as in `wanted`
        :param need: what may be given (hashable); another need looks at other rows of the same shelf
        :param find: function(quantity) -> [(row, free quantity as written)] that cover it, first to leave first, or None

        >>> def find(quantity):
        ...     print("asked for", quantity)
        ...     return [("a", 3.0), ("b", 4.0)]
        >>> shelf = FefoShelf({"cream": 5.0})
        >>> shelf.rows("cream", "fresh", 2.0, find)
        asked for 5.0
        [('a', 3.0), ('b', 4.0)]
        >>> shelf.take("cream", [("a", 2.0)])
        >>> shelf.rows("cream", "fresh", 3.0, find)
        [('a', 1.0), ('b', 4.0)]
        >>> shelf.rows("cream", "any", 3.0, find)  # other rows may fit, but what is taken is taken
        asked for 7.0
        [('a', 1.0), ('b', 4.0)]
        >>> shelf.rows("cream", "fresh", 9.0, find)  # more than all moves wanted: asked again
        asked for 11.0
        [('a', 1.0), ('b', 4.0)]
        """
        taken_here = self._taken.get(key, {})
        taken = sum(taken_here.values())
        found, reach = self._rows.get((key, need), (None, 0.0))
        if not reach or reach - taken < quantity:
            reach = max(self.wanted.get(key, 0.0), quantity) + taken
            found = find(reach)
            if found is None:
                return None
            self._rows[key, need] = found, reach
        return [(row, free - taken_here.get(row, 0.0)) for row, free in found]

    def take(self, key, rows):
        """Remember what was taken from a shelf: iterable of (row, quantity)."""
        taken = self._taken.setdefault(key, {})
        for row, quantity in rows:
            taken[row] = taken.get(row, 0.0) + quantity


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
