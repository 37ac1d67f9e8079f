"""The label papers of Chinese couriers: plain Python, no database."""

from typing import NamedTuple


class LabelSize(NamedTuple):
    """Paper of a label: ``width`` and ``height`` in millimetres, ``goods`` the lines of goods that fit on it."""

    width: int
    height: int
    goods: int


# One-part waybills are 76 × 130 or 100 × 150; the two-part one of 180 mm ends in a stub that is torn off.
SIZES = {"76x130": LabelSize(76, 130, 6), "100x150": LabelSize(100, 150, 10), "100x180": LabelSize(100, 180, 8)}
SELECTION = [(key, f"{size.width} × {size.height} mm") for key, size in SIZES.items()]


def choose(*keys):
    """Return the key of the first size that is known.

    >>> choose(False, "76x130", "100x150"), choose("100x180"), choose(None, "a4")
    ('76x130', '100x180', '100x150')
    """
    return next((key for key in keys if key in SIZES), "100x150")
