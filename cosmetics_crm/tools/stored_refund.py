"""What a customer gets back for a stored-value card: 法释〔2025〕4号 (in force 2025-05-01), art. 14 to 20; plain Python, no database.

Each top-up is judged on its own, as a contract with a day and rates of its own: what one has lost takes nothing off another, and the
customer never owes anything. Amounts are whole cents, rates percent a year.

Interest is simple, for the days from the payment to the day of the refund, with 360 days a year: that is how the People's Bank has deposits
and loans turned into days (银发〔2005〕129号), and between 360 and 365 it is the one that favours the customer.

Paid 1,000, given 200, spent 600. Not the customer's fault: 600 × 1000 / 1200 = 500 are used.

>>> from datetime import date
>>> day = date(2026, 5, 1)
>>> topped = TopUp(day, 100000, 20000, 60000, lpr=3.0, deposit=1.5)
>>> refund(topped, OPERATOR, day).principal
50000

For reasons of the customer's own what was consumed counts without the bonus: 1,000 − 600.

>>> refund(topped, CONSUMER, day).principal
40000

A discount card: paid 1,000, 20 % off, goods of 600 bought for 480.

>>> discount = TopUp(day, 100000, 0, 48000, listed=60000, lpr=3.0, deposit=1.5)
>>> refund(discount, OPERATOR, day).principal, refund(discount, CONSUMER, day).principal
(52000, 40000)

Interest: one year's LPR, or the deposit rate for reasons of the customer's own.

>>> later = date(2026, 8, 29)
>>> refund(discount, OPERATOR, later).interest, refund(discount, CONSUMER, later).interest
(520, 200)

Within seven days the whole principal, nothing consumed, no interest.

>>> refund(TopUp(day, 100000, 20000), SEVEN_DAYS, date(2026, 5, 8))
Refund(principal=100000, interest=0, used=0, days=7, rate=0.0)
>>> may_return_in_seven_days([TopUp(day, 100000, 20000)], date(2026, 5, 9))
False
>>> may_return_in_seven_days([topped], day)
False
"""

from dataclasses import dataclass
from datetime import date

from .stored import running

SEVEN_DAYS, OPERATOR, CONSUMER = "seven_days", "operator", "consumer"
DAYS_A_YEAR = 360
DAYS_OF_REGRET = 7


@dataclass(frozen=True, slots=True)
class TopUp:
    """One payment.

    :param paid_on: day of the payment
    :param paid: principal
    :param given: bonus
    :param spent: what was paid with it until now, principal and bonus
    :param listed: what the same goods cost without the card; left out: what was paid for them
    :param lpr: LPR of one year on that day
    :param deposit: deposit rate of one year on that day
    """

    paid_on: date
    paid: int
    given: int = 0
    spent: int = 0
    listed: int | None = None
    lpr: float = 0.0
    deposit: float = 0.0


@dataclass(frozen=True, slots=True)
class Refund:
    """What of one payment goes back.

    :param used: what counts as consumed
    :param days: for which interest is due
    :param rate: percent a year
    """

    principal: int
    interest: int
    used: int
    days: int
    rate: float

    @property
    def amount(self):
        return self.principal + self.interest


def refund(topped, reason, day):
    """Return the Refund of one top-up: never more than was paid, never less than nothing.

    >>> refund(TopUp(date(2026, 5, 1), 100000, 20000, 110000), CONSUMER, date(2026, 5, 1)).principal
    0
    >>> refund(TopUp(date(2026, 5, 1), 0, 20000), OPERATOR, date(2026, 5, 1)).principal
    0
    """
    used, rate = _used(topped, reason)
    principal = min(max(topped.paid - used, 0), topped.paid)
    days = max((day - topped.paid_on).days, 0)
    return Refund(principal, interest(principal, rate, days), used, days, rate)


def _used(topped, reason):
    """Return (what counts as consumed, the rate of the interest)."""
    if reason == SEVEN_DAYS:
        return 0, 0.0
    if reason == OPERATOR:
        # Rounded as the ledger rounds: pro rata, what is left of the principal is what goes back.
        return running(topped.paid, topped.spent, topped.paid + topped.given), topped.lpr
    return (topped.spent if topped.listed is None else max(topped.listed, topped.spent)), topped.deposit


def interest(cents, rate, days):
    """Return simple interest, rounded half up.

    >>> interest(100000, 3.0, 360), interest(100000, 3.0, 0), interest(100000, 1.5, 30)
    (3000, 0, 125)
    """
    # Rates have at most four digits after the point: whole numbers keep the last cent.
    return running(cents, round(rate * 10000) * days, DAYS_A_YEAR * 100 * 10000)


def may_return_in_seven_days(topped, day):
    """Return whether nothing was consumed and every payment is at most seven days old (art. 14)."""
    return bool(topped) and all(not one.spent and (day - one.paid_on).days <= DAYS_OF_REGRET for one in topped)
