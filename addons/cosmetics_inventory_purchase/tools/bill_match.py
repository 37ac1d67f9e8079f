"""Does a vendor bill say what was ordered and received? Plain Python: no database."""

from dataclasses import dataclass

EPSILON = 1e-6


@dataclass(frozen=True)
class Line:
    """What is compared for one line of an order; quantities in its unit, prices without tax after discount, in its currency.

    ``billable`` is what was received, or ordered for what is billed without receipt; ``billed`` counts this bill and those before it.
    """

    billable: float
    billed: float
    ordered_price: float
    billed_price: float


def compare(line, tolerance=0.0):
    """Return what is wrong with a line as a set of "quantity" and "price"; ``tolerance`` is a share, 0.01 for 1 %.

    A price below the order is no reason to hold a bill, and neither is a quantity that is still to be billed.

    >>> compare(Line(10, 10, 30, 30)), compare(Line(10, 4, 30, 29))
    (set(), set())
    >>> compare(Line(10, 11, 30, 30)), compare(Line(10, 10, 30, 30.5))
    ({'quantity'}, {'price'})
    >>> compare(Line(10, 10, 30, 30.3), tolerance=0.01), sorted(compare(Line(0, 1, 30, 31)))
    (set(), ['price', 'quantity'])
    """
    wrong = set()
    if line.billed > line.billable + EPSILON:
        wrong.add("quantity")
    if line.billed_price > line.ordered_price * (1 + tolerance) + EPSILON:
        wrong.add("price")
    return wrong
