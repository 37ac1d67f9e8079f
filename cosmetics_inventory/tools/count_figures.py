"""What the figures of a stock count mean, without a database."""

from typing import NamedTuple


class Tolerance(NamedTuple):
    """How large a difference may be before somebody else counts again; quantity in the unit of the product, value in money."""

    quantity: float = 0.0
    value: float = 0.0


class Figures(NamedTuple):
    """One line of a count. All quantities in the unit of the product.

    :param book: on the books when the figures were frozen
    :param moved: what came (+) or went (−) between then and the moment the line was counted
    :param counted: what lay there
    """

    book: float
    moved: float
    counted: float

    @property
    def expected(self):
        """What should have been there when it was counted.

        >>> Figures(10, -2, 8).expected
        8
        """
        return self.book + self.moved

    @property
    def difference(self):
        """What is missing (−) or too many (+): selling during a count is no difference.

        >>> Figures(10, -2, 8).difference, Figures(10, -2, 7).difference, Figures(0, 0, 3).difference
        (0, -1, 3)
        """
        return self.counted - self.expected


def needs_recount(difference, unit_cost, tolerance, is_disturbed=False):
    """Tell whether a difference must be counted again by somebody else.

    :param float difference: quantity missing or too many
    :param float unit_cost: money a unit
    :param bool is_disturbed: goods moved while several people counted this line: no difference of it can be trusted

    >>> needs_recount(-2, 30, Tolerance(2, 100)), needs_recount(-3, 30, Tolerance(2, 100)), needs_recount(1, 200, Tolerance(2, 100))
    (False, True, True)
    >>> needs_recount(-1, 0, Tolerance(2, 100), is_disturbed=True), needs_recount(0, 0, Tolerance(), is_disturbed=True)
    (True, False)
    """
    if not difference:
        return False
    return is_disturbed or abs(difference) > tolerance.quantity or round(abs(difference) * unit_cost, 2) > tolerance.value
