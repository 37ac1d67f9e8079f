"""Orders out of the files of Chinese platforms: plain Python, no database.

    files -> read_rows -> rows as text -> build_orders -> whole orders, rejected orders, orders that wait for a half

An order is whole or it is not there: one bad row puts all rows of its order among the rejected, with the reason, and
touches no other. Times are naive UTC, money is Decimal in yuan.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from .order_lines import number_lines, price_lines
from .order_rows import number_fault, read_rows
from .order_values import OrderFault, merge_heads, parse_row, receivable_of
from .platform_profiles import PROFILES

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class Problem:
    """``code`` names the fault, ``facts`` hold the values for the sentence; ``row_no`` 0 means the order as a whole."""

    code: str
    facts: dict = field(default_factory=dict)
    file: str = ""
    sheet: str = ""
    row_no: int = 0


@dataclass(slots=True)
class Line:
    """One line. ``sub_no`` is unique in the order and stays the same from file to file. ``amount`` is the share of what
    the seller gets (freight left out); ``unit_price`` what the platform lists. ``status`` is the state of this line where
    the platform has one (a closed sub-order of a living order), else None. ``source`` = (file, sheet, row number)."""

    sub_no: str
    merchant_sku: str = ""
    platform_sku: str = ""
    barcode: str = ""
    title: str = ""
    spec: str = ""
    qty: int = 1
    unit_price: Decimal | None = None
    amount: Decimal = NOTHING
    is_gift: bool = False
    refund: Decimal = NOTHING
    status: str | None = None
    after_sale_state: str = ""
    source: tuple = ()
    raw: dict = field(default_factory=dict)


@dataclass(slots=True)
class Order:
    """One order. sum(line.amount) + freight == receivable, always. ``status`` is one of the canonical states or None when
    the platform's word (``status_text``) is unknown. ``problems`` are warnings; ``rows`` what it was read from."""

    platform: str
    order_no: str
    status: str | None = None
    status_text: str = ""
    created_at: datetime | None = None
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    done_at: datetime | None = None
    ship_by: datetime | None = None
    buyer: str = ""
    receiver: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    address: str = ""
    is_masked: bool = False
    buyer_note: str = ""
    seller_note: str = ""
    freight: Decimal = NOTHING
    paid: Decimal | None = None
    receivable: Decimal = NOTHING
    refund: Decimal = NOTHING
    carrier: str = ""
    tracking_no: str = ""
    lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    rows: list = field(default_factory=list)


@dataclass(slots=True)
class Rejected:
    """The rows of an order that is not taken over, and why. ``receivable`` is None when it cannot be read."""

    platform: str
    order_no: str
    rows: list
    problems: list
    receivable: Decimal | None = None


@dataclass(slots=True)
class Totals:
    """The check of a drop. ``file_sum`` is added up from the rows, once per order; the others from what became of them.

    ``unreadable`` counts rejected orders whose amount cannot be read: they are in no sum.
    """

    rows: int = 0
    orders: int = 0
    rejected: int = 0
    waiting: int = 0
    unreadable: int = 0
    file_sum: Decimal = NOTHING
    order_sum: Decimal = NOTHING
    rejected_sum: Decimal = NOTHING
    waiting_sum: Decimal = NOTHING

    @property
    def is_balanced(self):
        return self.file_sum == self.order_sum + self.rejected_sum + self.waiting_sum


@dataclass
class Result:
    """``orders`` whole, ``rejected`` with reasons, ``waiting`` [Rejected] halves of which the other file (orders or
    lines) is missing: keep their rows and give them to ``build_orders`` again together with the other file's."""

    orders: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    files: list = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)


def read_orders(files, profiles=PROFILES, limits=None, profile_key=None, waiting_rows=()):
    """Read dropped ``files`` [(name, bytes)] into a :class:`Result`; ``waiting_rows`` are RawRows kept from before.

    >>> text = "订单号,商品,订单状态,邮费(元),用户实付金额(元),商家实收金额(元),商品数量(件),商家编码-规格维度\\n"
    >>> text += "260517-607198974342268\\t,口红,待发货,0.00,95.00,99.00,2,KH01\\n260517-607198974342269,眼影,待发货,0,9,9,两,YY\\n"
    >>> result = read_orders([("拼多多.csv", text.encode("gbk"))])
    >>> order = result.orders[0]
    >>> order.order_no, order.status, order.receivable, order.lines[0].qty, order.lines[0].amount
    ('260517-607198974342268', 'paid', Decimal('99.00'), 2, Decimal('99.00'))
    >>> problem = result.rejected[0].problems[0]
    >>> problem.code, problem.facts, problem.row_no
    ('not_quantity', {'column': '商品数量(件)', 'text': '两'}, 3)
    >>> result.totals.file_sum, result.totals.is_balanced
    (Decimal('108.00'), True)
    """
    readings, rows = read_rows(files, profiles, limits, profile_key)
    newest = max((row.sheet_key for row in waiting_rows), default=0)
    # What has waited is older than all that comes now.
    kept = [replace(row, sheet_key=row.sheet_key - newest - 1) for row in waiting_rows]
    result = build_orders([*kept, *rows], profiles)
    result.files = readings
    return result


def build_orders(rows, profiles=PROFILES):
    """Make orders of RawRows, in whatever order they come; rows of one order need not stand together.

    ``sheet_key`` must differ from table to table and be larger the newer the table: of one order in two files the newer counts.
    """
    profiles = {profile.key: profile for profile in profiles}
    result = Result(totals=Totals(rows=len(rows)))
    groups = defaultdict(list)
    for position, row in enumerate(rows):
        profile = profiles.get(row.profile)
        if profile and row.order_no:
            groups[profile.platform, row.order_no].append(row)
        else:
            # Nobody can say whose row this is, so it stands alone.
            groups[profile.platform if profile else "", position].append(row)
    for (platform, number), members in groups.items():
        _build_one(result, profiles, platform, number if isinstance(number, str) else "", members)
    return result


def _build_one(result, profiles, platform, number, rows):
    """One group of rows into an order, a rejected order, or one that waits; and its amount into the totals."""
    rows = sorted(rows, key=lambda row: row.sheet_key)
    problems, parsed = _parse_rows(profiles, rows, number)
    kinds = {profiles[row.profile].kind for row in rows if row.profile in profiles}
    lines, survivors, receivable, order = [], None, None, None
    try:
        if not problems:
            lines, survivors = number_lines(parsed)
        receivable = receivable_of(parsed, survivors)
        if not problems and kinds not in ({"orders"}, {"lines"}):
            order = _assemble(platform, number, rows, parsed, lines, survivors, receivable)
    except OrderFault as fault:
        problems.append(Problem(fault.code, fault.facts))
    if order:
        result.orders.append(order)
    elif problems:
        result.rejected.append(Rejected(platform, number, rows, problems, receivable))
    else:
        missing = "lines" if "orders" in kinds else "orders"
        result.waiting.append(Rejected(platform, number, rows, [Problem(f"waiting_for_{missing}")], receivable))
    _add_up(result.totals, order, problems, receivable)


def _add_up(totals, order, problems, receivable):
    totals.file_sum += receivable or NOTHING
    if order:
        totals.orders += 1
        totals.order_sum += sum((line.amount for line in order.lines), order.freight)
    elif problems:
        totals.rejected += 1
        totals.rejected_sum += receivable or NOTHING
        totals.unreadable += receivable is None
    else:
        totals.waiting += 1
        totals.waiting_sum += receivable or NOTHING


def _parse_rows(profiles, rows, number):
    """(problems, parsed rows): a row whose amount can be read is parsed even when its neighbour is bad."""
    problems, parsed = [], []
    for row in rows:
        profile = profiles.get(row.profile)
        faults = [(row.problem, {})] if row.problem else []
        if profile:
            values = parse_row(profile, row)
            parsed.append(values)
            faults += values.faults if number else [number_fault(profile, row.cells)]
        else:
            faults.append(("unknown_profile", {"profile": row.profile}))
        problems.extend(Problem(code, facts, row.file, row.sheet, row.row_no) for code, facts in faults)
    return problems, parsed


def _assemble(platform, number, rows, parsed, lines, survivors, receivable):
    head, warnings = merge_heads(parsed, survivors)
    expected = head.pop("item_count")
    found = sum(line["qty"] for line in lines)
    if expected is not None and expected != found:
        raise OrderFault("lines_incomplete", {"expected": expected, "found": found})
    if receivable is None:
        raise OrderFault("no_amount", {})
    # Where nothing comes in, nothing comes in for the freight either.
    freight = head.pop("freight") * bool(receivable)
    if freight > receivable:
        raise OrderFault("freight_above_amount", {"freight": str(freight), "amount": str(receivable)})
    price_lines(lines, receivable - freight)
    order = Order(platform, number, freight=freight, receivable=receivable, rows=rows, **head)
    order.lines = [Line(**line) for line in lines]
    order.problems = [Problem(code, facts) for code, facts in warnings]
    return order
