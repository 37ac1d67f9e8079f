"""Arithmetic of the VAT declaration: plain Python, Decimals, cents rounded half up.

Law: VAT law in force 2026-01-01 (art. 9-11, 22, 30), surcharges by the urban construction tax law and the rules on the
education surcharges. Rates and thresholds are arguments: they have dates and live in a table.
"""

from dataclasses import dataclass
from decimal import Decimal

from .money import ZERO, half_up


@dataclass(frozen=True)
class General:
    """What a general taxpayer owes for a month. ``balance`` is what account 222101 must show before the month-end entry."""

    payable: Decimal
    unpaid: Decimal
    overpaid: Decimal
    credit_after: Decimal

    @property
    def balance(self):
        return self.unpaid - self.overpaid - self.credit_after


def general(output, deduction=ZERO, input_tax=ZERO, transferred_out=ZERO, credit_before=ZERO, relief=ZERO, paid=ZERO):
    """Return what a general taxpayer owes.

    :param output: tax on sales; refunds count negative
    :param deduction: reduction of output tax
    :param input_tax: certified tax on purchases
    :param transferred_out: part of it that is not deductible after all
    :param credit_before: credit left over from the period before
    :param relief: tax that the law waives
    :param paid: tax paid in advance within the period

    >>> owed = general(output=Decimal("13000"), input_tax=Decimal("9500"), transferred_out=Decimal("130"), credit_before=Decimal("630"))
    >>> owed.payable, owed.unpaid, owed.credit_after
    (Decimal('3000.00'), Decimal('3000.00'), Decimal('0.00'))
    >>> owed = general(output=Decimal("100"), input_tax=Decimal("130"), paid=Decimal("10"))
    >>> owed.unpaid, owed.overpaid, owed.credit_after, owed.balance
    (Decimal('0.00'), Decimal('10.00'), Decimal('30.00'), Decimal('-40.00'))
    """
    due = output - deduction - (input_tax - transferred_out) - credit_before
    credit_after = max(-due, ZERO)
    # Relief beyond what is owed is no credit: it waits in its account.
    payable = max(due, ZERO) - min(relief, max(due, ZERO))
    return General(payable, max(payable - paid, ZERO), max(paid - payable, ZERO), credit_after)


@dataclass(frozen=True)
class Small:
    """What a small-scale taxpayer owes; ``exempt_tax`` was entered on sales that stay below the threshold."""

    payable: Decimal
    exempt_tax: Decimal
    is_exempt: bool


def small(sales, tax, special_tax, threshold):
    """Return what a small-scale taxpayer owes: nothing up to the threshold, except on special invoices.

    :param sales: all taxable sales of the period without tax
    :param tax: tax entered on them
    :param special_tax: the part of it on special invoices, which the buyer deducts
    :param threshold: for the period, 100,000 a month or 300,000 a quarter in 2026

    >>> small(Decimal("300000"), Decimal("3000"), ZERO, Decimal("300000"))
    Small(payable=Decimal('0.00'), exempt_tax=Decimal('3000.00'), is_exempt=True)
    >>> small(Decimal("300000.01"), Decimal("3000"), ZERO, Decimal("300000"))
    Small(payable=Decimal('3000'), exempt_tax=Decimal('0.00'), is_exempt=False)
    >>> small(Decimal("80000"), Decimal("800"), Decimal("100"), Decimal("100000"))
    Small(payable=Decimal('100'), exempt_tax=Decimal('700'), is_exempt=True)
    """
    if sales > threshold:
        return Small(tax, ZERO, False)
    return Small(special_tax, tax - special_tax, True)


def surcharges(vat, rates, share=1):
    """Return {name: amount} of the surcharges on the VAT that is owed.

    :param rates: {name: rate}, for example 0.07 urban construction in a city district, 0.03 education, 0.02 local education
    :param share: what a relief leaves, 0.5 for small companies

    >>> rates = {"urban": Decimal("0.07"), "education": Decimal("0.03"), "local": Decimal("0.02")}
    >>> list(surcharges(Decimal("3000"), rates).values()), sum(surcharges(Decimal("3000"), rates).values())
    ([Decimal('210.00'), Decimal('90.00'), Decimal('60.00')], Decimal('360.00'))
    >>> sum(surcharges(Decimal("3000"), rates, Decimal("0.5")).values())
    Decimal('180.00')
    >>> sum(surcharges(Decimal("-5"), rates).values())
    Decimal('0.00')
    """
    return {name: half_up(max(vat, ZERO) * rate * share) for name, rate in rates.items()}


def reclassified(ledger_input, certified, waiting):
    """Return how much input tax of the ledger moves to "to be certified" (negative: back, at most what waits there).

    :param ledger_input: input tax that bills of the period have entered
    :param certified: input tax that was certified for the period
    :param waiting: tax that waits in "to be certified"

    >>> reclassified(Decimal("130"), Decimal("100"), ZERO), reclassified(Decimal("100"), Decimal("150"), Decimal("30"))
    (Decimal('30'), Decimal('-30'))
    """
    return max(ledger_input - certified, -max(waiting, ZERO))
