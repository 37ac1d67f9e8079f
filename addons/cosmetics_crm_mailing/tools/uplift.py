"""Did a campaign change anything? Two groups compared: plain Python, no database.

The interval for the difference of two shares is Newcombe's (1998, method 10), built from the two intervals of Wilson; unlike the
textbook formula it stays within -1 and 1 and holds for small groups and for shares near 0.
"""

from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054


class Uplift(NamedTuple):
    """Share of buyers among those addressed and among the hold-out, their difference, and where it lies with 95 % confidence."""

    share: float
    base: float
    difference: float
    low: float
    high: float

    @property
    def is_proven(self):
        """Whether the interval leaves out zero: the campaign did something, good or bad."""
        return self.low > 0 or self.high < 0


def wilson(hits, size, z=Z95):
    """Return the interval of a share.

    >>> tuple(round(value, 4) for value in wilson(10, 100))
    (0.0552, 0.1744)
    >>> wilson(0, 10)[0], round(wilson(10, 10)[1], 10)
    (0.0, 1.0)
    """
    share, square = hits / size, z * z
    middle = (share + square / (2 * size)) / (1 + square / size)
    half = z / (1 + square / size) * sqrt(share * (1 - share) / size + square / (4 * size * size))
    return max(0.0, middle - half), min(1.0, middle + half)


def compare(hits, size, base_hits, base_size, z=Z95):
    """Return the :class:`Uplift`, None when one of the groups is empty.

    >>> found = compare(56, 70, 48, 80)                # Newcombe's own example
    >>> [round(value, 4) for value in found]
    [0.8, 0.6, 0.2, 0.0524, 0.3339]
    >>> found.is_proven, compare(12, 100, 10, 100).is_proven, compare(1, 10, 0, 0)
    (True, False, None)
    >>> compare(41, 41, 0, 351).high, compare(0, 351, 41, 41).low
    (1.0, -1.0)
    """
    if not size or not base_size:
        return None
    share, base = hits / size, base_hits / base_size
    (low, high), (base_low, base_high) = wilson(hits, size, z), wilson(base_hits, base_size, z)
    difference = share - base
    return Uplift(
        share,
        base,
        difference,
        # Cut off: rounding of the two intervals may lead past the ends by a hair.
        max(-1.0, difference - sqrt((share - low) ** 2 + (base_high - base) ** 2)),
        min(1.0, difference + sqrt((high - share) ** 2 + (base - base_low) ** 2)),
    )


def extra(total, size, base_total, base_size):
    """Return how much more the addressed brought than they would have at the rate of the hold-out; all of it without a hold-out.

    >>> extra(9000.0, 900, 500.0, 100)
    4500.0
    >>> extra(9000.0, 900, 0.0, 0)
    9000.0
    """
    return total - (base_total / base_size * size if base_size else 0.0)
