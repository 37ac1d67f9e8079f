"""Money of stock: input VAT transferred out, provisions for goods that will not bring back what they cost."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount):
    """Return the amount as a decimal of whole cents, halves away from zero.

    >>> cents(1.005), cents(-2.345)
    (Decimal('1.01'), Decimal('-2.35'))
    """
    return Decimal(repr(amount) if isinstance(amount, float) else amount).quantize(CENT, ROUND_HALF_UP)


def input_vat(value, rate):
    """Return the input VAT of goods that cost `value` without it; `rate` in percent.

    >>> input_vat(300.0, 13.0)
    Decimal('39.00')
    >>> input_vat(-0.35, 13.0)
    Decimal('-0.05')
    """
    return cents(Decimal(repr(float(value))) * Decimal(repr(float(rate))) / 100)


def provision(cost, price, selling_percent=0.0):
    """Return what goods will bring less than they cost, nothing when they bring more (CAS 1 art. 15).

    :param cost: of all of them
    :param price: expected for all of them, without VAT
    :param selling_percent: percent of the price that selling costs

    >>> provision(100.0, 80.0, 5.0)
    Decimal('24.00')
    >>> provision(100.0, 300.0), provision(100.0, 0.0)
    (Decimal('0.00'), Decimal('100.00'))
    """
    brings = Decimal(repr(float(price))) * (100 - Decimal(repr(float(selling_percent)))) / 100
    return max(cents(Decimal(repr(float(cost))) - brings), Decimal("0.00"))


def provision_steps(before, before_quantity, quantity, disposed, needed):
    """Return (used by sales, used by disposals, change) of a provision: before - sales - disposals + change = needed.

    What leaves takes its part of the provision along; what stays is judged anew.

    :param before: provision at the last closing, and `before_quantity` the quantity it stood for
    :param quantity: on hand now
    :param disposed: quantity that was disposed of in between
    :param needed: provision now

    >>> provision_steps(Decimal("40"), 10.0, 5.0, 2.0, Decimal("25"))
    (Decimal('12.00'), Decimal('8.00'), Decimal('5.00'))
    >>> provision_steps(Decimal("40"), 10.0, 12.0, 0.0, Decimal("0"))
    (Decimal('0.00'), Decimal('0.00'), Decimal('-40.00'))
    >>> provision_steps(Decimal("0"), 0.0, 3.0, 0.0, Decimal("7"))
    (Decimal('0.00'), Decimal('0.00'), Decimal('7.00'))
    """
    gone = max(before_quantity - quantity, 0.0)
    used = cents(before * Decimal(repr(gone)) / Decimal(repr(before_quantity))) if before_quantity else Decimal("0.00")
    by_disposal = cents(used * Decimal(repr(min(max(disposed, 0.0), gone))) / Decimal(repr(gone))) if gone else Decimal("0.00")
    return used - by_disposal, by_disposal, needed - before + used
