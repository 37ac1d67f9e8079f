"""What goes into the file from which the tax platform issues invoices, and what is checked before. Plain Python."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from odoo.addons.cosmetics_base.tools.cell import FORMULA_START

from .money import CENT, ZERO, half_up, split

NAME_MAX, REMARK_MAX = 100, 230
CLASS_CODE = re.compile(r"\d{19}")
SERIAL = re.compile(r"\bXA(\d{1,10})-(\d{1,4})\b")
STOPS = {"no_lines", "no_vat", "no_name", "name_long", "remark_long", "class_code", "formula", "discount", "totals", "tax_totals", "rate"}
"""Problems with which nothing is written; the others are warnings."""


@dataclass(frozen=True)
class IssueLine:
    """A row of the second sheet. ``amount`` is before ``discount`` (both ≥ 0), with or without tax as the invoice says.

    ``rate`` is a share, None for exempt goods.
    """

    name: str
    code: str
    amount: Decimal
    rate: Decimal | None
    quantity: Decimal | None = None
    price: Decimal | None = None
    discount: Decimal = ZERO
    spec: str = ""
    unit: str = ""
    is_default_code: bool = False

    @property
    def net(self):
        return self.amount - self.discount


@dataclass(frozen=True)
class Issue:
    """An invoice to be issued; ``total`` and ``tax`` are those of the books, both of which the lines must give."""

    serial: str
    is_special: bool
    is_tax_included: bool
    buyer_name: str
    buyer_vat: str
    remark: str
    lines: tuple
    total: Decimal
    tax: Decimal
    is_person: bool = False
    contact: tuple = ("", "")


def serial_of(move_id, attempt=1):
    """Return our key of an invoice on the platform: the same invoice always gets the same one.

    >>> serial_of(1234), serial_of(1234, 2)
    ('XA1234-1', 'XA1234-2')
    """
    return f"XA{move_id}-{attempt}"


def serials_in(text):
    """Return the keys that a remark names.

    >>> serials_in("感谢惠顾 XA1234-1"), serials_in("MXA12-1")
    (['XA1234-1'], [])
    """
    return [match[0] for match in SERIAL.finditer(text or "")]


def spread_discounts(lines):
    """Return lines without negative ones: the platform takes a discount only on a line of goods, at the same rate.

    A negative line is spread over the lines of its rate by what they come to. What finds no line stays negative.

    >>> goods = [IssueLine("A", "1", Decimal("200.00"), Decimal("0.13")), IssueLine("B", "1", Decimal("100.00"), Decimal("0.13"))]
    >>> spread = spread_discounts([*goods, IssueLine("满减", "1", Decimal("-10.00"), Decimal("0.13"))])
    >>> [(line.name, line.amount, line.discount) for line in spread]
    [('A', Decimal('200.00'), Decimal('6.67')), ('B', Decimal('100.00'), Decimal('3.33'))]
    """
    kept = [line for line in lines if line.net > ZERO]
    rest = []
    for rate in dict.fromkeys(line.rate for line in lines if line.net < ZERO):
        places = [index for index, line in enumerate(kept) if line.rate == rate]
        discount = -sum(line.net for line in lines if line.net < ZERO and line.rate == rate)
        if discount > sum((kept[index].net for index in places), ZERO):
            rest += [line for line in lines if line.net < ZERO and line.rate == rate]
            continue
        for index, part in zip(places, split(discount, [kept[index].net for index in places]), strict=True):
            kept[index] = replace(kept[index], discount=kept[index].discount + part)
    return tuple(kept + rest)


def line_tax(line, is_tax_included):
    """Return the tax that the platform computes for a line, half up.

    >>> line_tax(IssueLine("A", "1", Decimal("113.00"), Decimal("0.13")), True)
    Decimal('13.00')
    >>> line_tax(IssueLine("A", "1", Decimal("0.05"), Decimal("0.13")), False), line_tax(IssueLine("A", "1", Decimal("9"), None), True)
    (Decimal('0.01'), Decimal('0.00'))
    """
    if line.rate is None:
        return ZERO
    return half_up(line.net * line.rate / (1 + line.rate) if is_tax_included else line.net * line.rate)


def check(issue):
    """Return the codes of what is wrong with an invoice, the grave ones of `STOPS` first.

    >>> goods = IssueLine("面霜", "1" * 19, Decimal("113.00"), Decimal("0.13"))
    >>> good = Issue("XA1-1", True, True, "西安晨光商贸", "91610131MA6U0C0X2K", "", (goods,), Decimal("113.00"), Decimal("13.00"))
    >>> check(good), check(replace(good, buyer_vat="")), check(replace(good, buyer_vat="", is_special=False))
    ([], ['no_vat'], [])
    >>> check(replace(good, total=Decimal("113.01"))), check(replace(good, tax=Decimal("13.02")))
    (['totals'], ['tax_totals'])
    >>> check(replace(good, buyer_name="=1+1", remark="x" * 231, lines=(replace(goods, code="107"),)))
    ['remark_long', 'formula', 'class_code']
    """
    found = [code for code, wrong in _head_checks(issue) if wrong]
    if not issue.lines:
        return [*found, "no_lines"]
    lines = issue.lines
    is_rated = all(line.rate is None or ZERO <= line.rate < 1 for line in lines)
    net = sum((line.net for line in lines), ZERO)
    # Without a rate nobody knows the tax: what differs follows from it.
    gap = abs(sum((line_tax(line, issue.is_tax_included) for line in lines), ZERO) - issue.tax) if is_rated else ZERO
    checks = (
        ("class_code", any(not CLASS_CODE.fullmatch(line.code) for line in lines)),
        ("default_code", any(line.is_default_code for line in lines)),
        ("discount", any(line.net <= ZERO for line in lines)),
        ("rate", not is_rated),
        ("totals", net != (issue.total if issue.is_tax_included else issue.total - issue.tax)),
        ("tax_totals", gap > CENT * len(lines)),
        ("tax_cents", ZERO < gap <= CENT * len(lines)),
    )
    found += [code for code, wrong in checks if wrong]
    return sorted(found, key=lambda code: code not in STOPS)


def _head_checks(issue):
    texts = [issue.buyer_name, issue.remark, *issue.contact, *(text for line in issue.lines for text in (line.name, line.spec, line.unit))]
    return (
        ("no_vat", issue.is_special and not issue.buyer_vat),
        ("no_name", not issue.buyer_name),
        ("name_long", len(issue.buyer_name) > NAME_MAX or any(len(line.name) > NAME_MAX for line in issue.lines)),
        ("remark_long", len(issue.remark) > REMARK_MAX),
        ("formula", any(text.startswith(FORMULA_START) for text in texts if text)),
    )
