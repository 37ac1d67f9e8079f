"""May a customer have more on account? Plain Python: figures in, a reason out.

Amounts are in the currency of the company, days are whole days since the due date (0: due today, not late).
"""

from dataclasses import dataclass

CENT = 0.005


@dataclass(frozen=True)
class Standing:
    """How a customer stands: `owed` in the books, `promised` by orders that are not invoiced yet, and what is allowed.

    A `limit` or `days_allowed` of 0 is none. `is_stopped` tells that dunning stopped the customer, `is_released` that an accountant lets
    the customer have goods all the same.
    """

    owed: float = 0.0
    promised: float = 0.0
    limit: float = 0.0
    days_late: int = 0
    days_allowed: int = 0
    is_stopped: bool = False
    is_released: bool = False


def find_hold(standing):
    """Return why nothing more goes to the customer: "stopped", "late", "limit", or None.

    >>> find_hold(Standing(owed=90, promised=20, limit=100)), find_hold(Standing(owed=90, promised=10, limit=100))
    ('limit', None)
    >>> find_hold(Standing(days_late=31, days_allowed=30)), find_hold(Standing(days_late=400))
    ('late', None)
    >>> find_hold(Standing(is_stopped=True)), find_hold(Standing(is_stopped=True, is_released=True))
    ('stopped', None)
    """
    if standing.is_released:
        return None
    if standing.is_stopped:
        return "stopped"
    if standing.days_allowed and standing.days_late > standing.days_allowed:
        return "late"
    if standing.limit and standing.owed + standing.promised > standing.limit + CENT:
        return "limit"
    return None


def uncover(items):
    """Return what is really open of `items`, pairs (days late, amount): money that is not matched yet pays the oldest items first.

    The answer is in the order of age, oldest first, and sums to the sum of the items where that is positive.

    >>> uncover([(40, 100.0), (10, 50.0), (-5, 30.0), (0, -120.0)])
    [(10, 30.0), (-5, 30.0)]
    >>> uncover([(40, 100.0), (3, -100.0)])
    []
    """
    money = -sum(amount for _days, amount in items if amount < 0)
    left = []
    for days, amount in sorted((item for item in items if item[1] > 0), reverse=True):
        paid = min(money, amount)
        money -= paid
        if amount - paid > CENT:
            left.append((days, round(amount - paid, 2)))
    return left
