"""The price of goods near their use-by date."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal


def marked_down(price, percent, cost, floor_margin, digits=2):
    """Return (price less percent, whether the floor held it up).

    The price never goes below cost + floor margin, and never above the price it started from: goods that are sold
    below that floor already are not marked down, and not marked up either.

    :param float price: price of one unit
    :param float percent: markdown, 0 to 100
    :param float cost: cost of one unit on the same terms as the price (with or without tax); 0 when not known
    :param float floor_margin: percent over cost below which the price must not fall
    :param int digits: decimals of a price

    >>> marked_down(100.0, 30, 40.0, 10)
    (70.0, False)
    >>> marked_down(100.0, 70, 40.0, 10)
    (44.0, True)
    >>> marked_down(40.0, 30, 40.0, 10)
    (40.0, True)
    >>> marked_down(9.99, 50, 0.0, 10), marked_down(100.0, 0, 40.0, 10), marked_down(10.0, 90, 3.333, 0)
    ((5.0, False), (100.0, False), (3.34, True))
    """
    unit = Decimal(1).scaleb(-digits)
    full = Decimal(str(price))
    wanted = (full * (100 - Decimal(str(percent))) / 100).quantize(unit, ROUND_HALF_UP)
    floor = (Decimal(str(cost)) * (100 + Decimal(str(floor_margin))) / 100).quantize(unit, ROUND_CEILING)
    if not percent or wanted >= full:
        return price, False
    if wanted >= floor:
        return float(wanted), False
    return float(min(floor, full)), True
