"""An invoice as a file tells of it: plain Python."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from odoo.addons.l10n_cn_xian.tools.fapiao import normalize_fapiao

from .money import ZERO


@dataclass(frozen=True)
class RecordLine:
    """One row of an invoice; discount rows are negative. ``tax_rate`` is a share (0.13), None where none applies."""

    name: str
    amount: Decimal
    tax: Decimal
    tax_rate: Decimal | None = None
    code: str = ""
    spec: str = ""
    unit: str = ""
    quantity: str = ""
    unit_price: str = ""


@dataclass
class Record:
    """An invoice. ``certified`` is None when the file does not tell; ``rows`` are the row numbers it was read from."""

    number: str
    day: date
    seller_vat: str = ""
    seller_name: str = ""
    buyer_vat: str = ""
    buyer_name: str = ""
    kind: str = "other"
    state: str = "normal"
    remark: str = ""
    drawer: str = ""
    lines: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    total_amount: Decimal | None = None
    total_tax: Decimal | None = None
    certified: bool | None = None
    certified_on: date | None = None
    deductible: Decimal | None = None

    @property
    def amount(self):
        """Amount without tax."""
        return self.total_amount if self.total_amount is not None else sum((line.amount for line in self.lines), ZERO)

    @property
    def tax(self):
        return self.total_tax if self.total_tax is not None else sum((line.tax for line in self.lines), ZERO)


@dataclass(frozen=True)
class Rejected:
    """A row that became no record: ``code`` names the reason, ``text`` is what stood there."""

    row: int
    code: str
    text: str = ""
    number: str = ""
    amount: Decimal = ZERO
    tax: Decimal = ZERO


@dataclass
class Content:
    """What a file holds. The sums of the file are those of its records and of its rejected rows."""

    kind: str
    records: list
    rejected: list
    repeated: int = 0

    @property
    def amount(self):
        return sum((item.amount for item in [*self.records, *self.rejected]), ZERO)

    @property
    def tax(self):
        return sum((item.tax for item in [*self.records, *self.rejected]), ZERO)


def number_of(digital, code, number):
    """Return the number as it is stored from the three columns of a list; None when it is not whole.

    >>> number_of("26612000000000012345", "", ""), number_of("", "6100231130", "01234567")
    ('26612000000000012345', '6100231130-01234567')
    >>> number_of("", "", "26612000000000012345"), number_of("", "", "01234567")
    ('26612000000000012345', None)
    """
    for text in (digital, f"{code} {number}".strip()):
        found = normalize_fapiao(text) if text else None
        if found and len(found) > 8:  # eight digits repeat under another code
            return found
    return None
