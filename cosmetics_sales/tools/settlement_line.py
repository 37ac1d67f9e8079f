"""What every payout file comes down to: movements of money, signed from our side. Plain Python, no database."""

import re
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.cosmetics_base.tools.cell import header_key
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
KINDS = ("sale", "refund", "fee", "payout", "adjust")

PAYOUT_WORDS = re.compile(r"提现|结算到银行|打款到银行|划款到银行")
FEE_WORDS = re.compile(r"手续费|服务费|佣金|收费|扣费|保险|运费险|推广|软件|技术费|积分返点|淘宝客|淘客|达人")
REFUND_WORDS = re.compile(r"退款|退货|售后|返还买家")
SALE_WORDS = re.compile(r"交易|收款|在线支付|货款|订单|收入|结算|优惠券结算|平台补贴|销售")
TAOBAO_ORDER = re.compile(r"^T\d{3}P(\d{15,})$")


class SettlementLine(NamedTuple):
    """One movement: ``amount`` is what our account gained (negative: lost), ``at`` naive UTC.

    ``reference`` is the number of the flow, ``part`` tells apart what one flow is made of (goods, commission …): both
    together are unique for a channel. ``order_ref`` is the order number of the platform, empty when there is none.
    """

    kind: str
    order_ref: str
    amount: Decimal
    at: object
    reference: str
    part: str = "-"
    text: str = ""


class SettlementFile(NamedTuple):
    """What one file says: ``totals`` per kind, ``repeated`` counts flows that stood in the file twice (taken once)."""

    format: str
    lines: list
    totals: dict
    is_checked: bool
    repeated: int = 0

    @property
    def total(self):
        """Sum of all movements of the file."""
        return sum(self.totals.values(), ZERO)


def kind_of(text, amount):
    """The kind of a ledger row by the words of the platform and the sign of its amount.

    >>> kind_of("在线支付", Decimal(10)), kind_of("交易退款", Decimal(-10)), kind_of("收费 交易服务费", Decimal("-0.6"))
    ('sale', 'refund', 'fee')
    >>> kind_of("提现", Decimal(-500)), kind_of("佣金退款", Decimal(3)), kind_of("保证金", Decimal(-9)), kind_of("交易", Decimal(-1))
    ('payout', 'fee', 'adjust', 'adjust')
    """
    for kind, words in (("payout", PAYOUT_WORDS), ("fee", FEE_WORDS), ("refund", REFUND_WORDS)):
        if words.search(text):
            return kind
    return "sale" if amount > 0 and SALE_WORDS.search(text) else "adjust"


def order_of(text):
    """The order number behind the trade number of Alipay: Taobao writes T200P before it.

    >>> order_of("T200P2605171234567890123"), order_of("S00012"), order_of("T200P12")
    ('2605171234567890123', 'S00012', 'T200P12')
    """
    match = TAOBAO_ORDER.match(text)
    return match[1] if match else text


def exact(text):
    """An amount with any number of decimals (WeChat writes fees with five), zero when empty.

    >>> exact("-0.60000"), exact(""), exact("￥1,200.5")
    (Decimal('-0.60000'), Decimal('0.00'), Decimal('1200.5'))
    >>> exact("abc")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    cosmetics_base.tools.file_problem.FileProblem: not_money: text='abc'
    """
    bare = text.strip(" \t`¥￥元").replace(",", "")
    if bare in ("", "-", "--", "/"):
        return ZERO
    if not re.fullmatch(r"[+-]?\d{1,12}(\.\d+)?", bare):
        raise FileProblem("not_money", text=text)
    return Decimal(bare)


def cents(amount):
    """Round to whole cents, the way the services book it.

    >>> cents(Decimal("0.60500")), cents(Decimal("-0.59400"))
    (Decimal('0.60'), Decimal('-0.59'))
    """
    return amount.quantize(CENT)


def index_of(header):
    """The place of each column by its compared name; of columns that stand there twice the first counts."""
    places = {}
    for place, name in enumerate(header):
        places.setdefault(header_key(name), place)
    return places


def check_total(name, said, found, what):
    """Refuse a file whose footer says something else than its rows: it is cut off or was changed."""
    if said != found:
        raise FileProblem("totals_differ", name=name, what=what, said=str(said), found=str(found))


def finish(file_format, lines, is_checked=False, counted=False):
    """Return the file: flows that repeat are taken once, or numbered when the format has no flow number (`counted`).

    >>> line = SettlementLine("sale", "1", Decimal(5), None, "F1")
    >>> finish("x", [line, line]).totals["sale"], finish("x", [line, line]).repeated
    (Decimal('5.00'), 1)
    >>> [each.part for each in finish("x", [line, line], counted=True).lines]
    ['-', '-#2']
    """
    seen, kept = defaultdict(int), []
    for line in lines:
        key = (line.reference, line.part)
        seen[key] += 1
        if seen[key] == 1:
            kept.append(line)
        elif counted:
            kept.append(line._replace(part=f"{line.part}#{seen[key]}"))
    totals = dict.fromkeys(KINDS, ZERO)
    for line in kept:
        totals[line.kind] += line.amount
    return SettlementFile(file_format, kept, totals, is_checked, len(lines) - len(kept))
