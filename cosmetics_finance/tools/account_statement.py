"""Statement of account (对账单): a running balance.

Amounts are Decimal; a credit note in red ink is a negative increase, a refund a negative decrease.
"""

from decimal import Decimal
from typing import NamedTuple


class Account(NamedTuple):
    """The totals of a period and the balance after each movement, in their order."""

    increase: Decimal
    decrease: Decimal
    closing: Decimal
    balances: list


def balance_account(opening, movements):
    """Return the account of a period from its opening balance and its movements (increase, decrease).

    >>> balance_account(Decimal(100), [(Decimal(50), Decimal(0)), (Decimal(0), Decimal(120)), (Decimal(-5), Decimal(0))])
    Account(increase=Decimal('45'), decrease=Decimal('120'), closing=Decimal('25'), balances=[Decimal('150'), Decimal('30'), Decimal('25')])
    """
    balance, balances = opening, []
    for increase, decrease in movements:
        balance += increase - decrease
        balances.append(balance)
    totals = [sum((movement[side] for movement in movements), Decimal(0)) for side in (0, 1)]
    return Account(*totals, balance, balances)
