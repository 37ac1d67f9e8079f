"""The values of one row, and of the rows of one order together: plain Python, no database."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.cosmetics_base.tools import cell

from .order_rows import keyed, value_of
from .platform_profiles import ADDED_FIELDS, DATE_FIELDS, LINE_MONEY_FIELDS, MONEY_FIELDS, NUMBER_FIELDS
from .receiver import is_masked

NUMBER_TEXTS = ("sub_no", "tracking_no", "merchant_sku", "platform_sku", "barcode")
LATEST_FIELDS = ("status_text", "shipped_at", "done_at", "carrier", "tracking_no", "seller_note")
"""Of two files the later one knows these better."""

FIRST_FIELDS = (
    *("created_at", "paid_at", "ship_by", "buyer", "receiver", "phone", "province", "city", "district", "street", "address"),
    "buyer_note",
)
SHEET_FIELDS = (*FIRST_FIELDS, *LATEST_FIELDS)
PROGRESS = ("unpaid", "paid", "shipped", "done", "refunded", "cancelled")
CARRIER_NAME = re.compile(r"^[A-Za-z0-9]+-[A-Za-z0-9]*-?")


class OrderFault(Exception):
    """What keeps an order as a whole from being taken over."""

    def __init__(self, code, facts):
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(slots=True)
class ParsedRow:
    """``values``: canonical field -> typed value; ``faults``: [(code, facts)] of cells that cannot be read."""

    profile: object
    row: object
    values: dict = field(default_factory=dict)
    unreadable: set = field(default_factory=set)
    faults: list = field(default_factory=list)


def parse_row(profile, row):
    """Type the cells of a RawRow by its profile."""
    parsed = ParsedRow(profile, row)
    cells = keyed(row.cells)
    for name in profile.columns:
        if name == "order_no":
            continue
        try:
            parsed.values[name] = _value(profile, cells, name)
        except cell.CellProblem as problem:
            column = next((header for header in profile.columns[name] if cells.get(header)), "")
            parsed.unreadable.add(name)
            parsed.faults.append((problem.code, {"column": column, "text": problem.text[:60]}))
    _complete(parsed)
    return parsed


def _value(profile, cells, name):
    if name in ADDED_FIELDS:
        return _added(profile.columns[name], cells)
    text = _filled(profile, cells, name)
    if name in DATE_FIELDS:
        return cell.moment(text)
    if name in ("qty", "unit_price") and profile.joined_by and profile.joined_by in text.replace("；", ";"):
        # Goods that share one cell are counted and priced when the cell is taken apart.
        return text
    if name in MONEY_FIELDS or name in LINE_MONEY_FIELDS:
        return cell.money(text)
    if name in NUMBER_FIELDS:
        return cell.quantity(text)
    if name == "is_gift":
        return cell.is_gift(text)
    return cell.number_text(text) if name in NUMBER_TEXTS else cell.text_of(text)


def _filled(profile, cells, name):
    """The first header whose cell says something: 联系手机 "-" gives way to 联系电话."""
    texts = (cells.get(header, "") for header in profile.columns[name])
    return next((text for text in texts if cell.text_of(text)), "") or value_of(profile, cells, name)


def _added(summands, cells):
    total = None
    for summand in summands:
        text = next((cells[header] for header in summand.split("|") if cell.text_of(cells.get(header))), "")
        amount = cell.money(text)
        if amount is not None:
            # Some exports write a discount as a negative number; it is the size that counts.
            total = (total or Decimal("0.00")) + abs(amount)
    return total


def _complete(parsed):
    """Faults of a row that has no cell in the wrong, but not enough of them."""
    values, profile = parsed.values, parsed.profile
    if profile.kind != "orders" and "qty" in values and values["qty"] is None:
        parsed.faults.append(("missing", {"column": profile.columns["qty"][0]}))
    for name in (*MONEY_FIELDS, *LINE_MONEY_FIELDS):
        amount = values.get(name)
        if isinstance(amount, Decimal) and amount < 0 and name not in ("refund", "line_refund"):
            column = profile.columns[name][0]
            parsed.unreadable.add(name)
            parsed.faults.append(("negative", {"column": column, "text": str(amount)}))
    if values.get("shipping_info") and not values.get("carrier"):
        # Douyin writes code, service and name in one: SF-A-顺丰速运.
        values["carrier"] = CARRIER_NAME.sub("", values["shipping_info"])


def receivable_of(parsed, survivors):
    """What the seller gets for the order before fees; None when its rows do not say so or cannot be read.

    The platform's own figure first; else what the buyer paid and what the platform bears of the discount. An order that
    nobody has paid yet counts with what is due. ``survivors`` see :func:`order_money`.
    """
    names = ("receivable", "paid", "platform_discount", "total", "freight")
    if any(part.row.problem or part.unreadable.intersection(names) for part in parsed):
        return None
    money = {name: order_money(parsed, name, survivors) for name in names}
    amount = money["receivable"]
    if amount is None and money["paid"] is not None:
        amount = money["paid"] + (money["platform_discount"] or 0)
    if not amount and money["total"] and _state(parsed) in ("unpaid", None):
        amount = money["total"]
    return money["total"] if amount is None else amount


def order_money(parsed, name, survivors):
    """An amount of the order: once where the platform repeats it on each row, added up where each row has its own.

    Of several files the latest that has the amount counts; ``survivors`` are the rows (by ``id``) whose lines no later
    file has repeated, so that a row that stands in two files is added once.
    """
    repeated, own = {}, []
    for part in parsed:
        amount = part.values.get(name)
        if amount is None:
            continue
        if name in part.profile.order_level:
            repeated.setdefault(part.row.sheet_key, set()).add(amount)
        elif survivors is None or id(part) in survivors or part.profile.kind == "orders":
            own.append(amount)
    if repeated:
        amounts = repeated[max(repeated)]
        if len(amounts) > 1:
            raise OrderFault("amounts_differ", {"field": name, "amounts": sorted(str(amount) for amount in amounts)})
        return amounts.pop()
    return sum(own, Decimal("0.00")) if own else None


def _state(parsed):
    """The state of the order: of its latest file; of lines in several states the one that is least far."""
    heads = [part for part in parsed if "status" in part.profile.columns and part.values.get("status")]
    if not heads:
        return None
    last = heads[-1].row.sheet_key
    states = [part.profile.state_of(part.values["status"]) for part in heads if part.row.sheet_key == last]
    if None in states:
        return None
    return min(states, key=PROGRESS.index)


def merge_heads(parsed, survivors):
    """(fields of the order, warnings) from all its rows. Raises OrderFault."""
    head = {name: _chosen(parsed, name) for name in SHEET_FIELDS if name != "status_text"}
    head["street"] = (_chosen(parsed, "town") or "") + (head["street"] or "")
    for name in ("buyer", "receiver", "phone", "province", "city", "district", "address", *LATEST_FIELDS[3:], "buyer_note"):
        head[name] = head[name] or ""
    head["status"], head["status_text"] = _state(parsed), _chosen(parsed, "status") or ""
    head["freight"] = order_money(parsed, "freight", survivors) or Decimal("0.00")
    head["paid"] = order_money(parsed, "paid", survivors)
    head["refund"] = _refund(parsed, survivors)
    head["item_count"] = _chosen(parsed, "item_count")
    whole = head["address"] or "".join(head[name] for name in ("province", "city", "district", "street"))
    head["is_masked"] = is_masked(head["receiver"], head["phone"], whole) or is_masked(head["district"], "", head["street"])
    warnings = []
    if head["status"] is None:
        warnings.append(("unknown_status" if head["status_text"] else "no_status", {"text": head["status_text"]}))
    if not head["created_at"]:
        warnings.append(("no_created_at", {}))
    if not whole or not head["receiver"]:
        warnings.append(("no_receiver", {}))
    return head, warnings


def _refund(parsed, survivors):
    amount = order_money(parsed, "refund", survivors)
    if amount is None:
        amount = sum((part.values.get("line_refund") or Decimal(0) for part in parsed if id(part) in survivors), Decimal("0.00"))
    return abs(amount)


def _chosen(parsed, name):
    values = [part.values[name] for part in parsed if part.values.get(name) not in (None, "")]
    if not values:
        return None
    return values[-1] if name in LATEST_FIELDS or name == "status" else values[0]
