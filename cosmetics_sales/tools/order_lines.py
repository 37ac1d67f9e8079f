"""The lines of one order: taken apart, numbered, priced. Plain Python, no database."""

from decimal import Decimal

from odoo.addons.cosmetics_base.tools import cell

from .order_values import OrderFault
from .spread import spread

JOINED = ("merchant_sku", "platform_sku", "barcode", "title", "spec", "unit_price", "sub_no")
LINE_FIELDS = ("merchant_sku", "platform_sku", "barcode", "title", "spec", "after_sale_state")
SAME_LINE = ("merchant_sku", "platform_sku", "barcode", "qty", "is_gift", "unit_price")
ORDER_OF_EQUALS = ("spec", "unit_price", "amount", "qty", "is_gift", "title")


def number_lines(parsed):
    """The lines of one order as dicts (fields of ``order_file.Line``), each with its own ``sub_no``; and the rows they
    come from, by ``id``: (lines, survivors).

    The same line in two files is one line, the later file's. Raises OrderFault: joined_mismatch, duplicate_line,
    files_disagree.
    """
    sheets = {}
    for part in parsed:
        if part.profile.kind != "orders":
            sheets.setdefault(part.row.sheet_key, []).extend(_lines_of(part))
    merged = {}
    for lines in sheets.values():
        for line in _numbered(lines):
            before = merged.get(line["sub_no"])
            if before and any(before[name] != line[name] for name in SAME_LINE):
                raise OrderFault("files_disagree", {"line": line["sub_no"]})
            merged[line["sub_no"]] = line
    lines = [merged[key] for key in sorted(merged)]
    return lines, {line.pop("part") for line in lines}


def _lines_of(part):
    """The line of a row, or the lines where a platform has put several goods into one cell."""
    values = part.values
    sign = part.profile.joined_by
    if not isinstance(values["qty"], str):
        if sign and sign in values.get("merchant_sku", ""):
            raise OrderFault("joined_mismatch", {"goods": values["merchant_sku"].count(sign) + 1, "counts": 1})
        return [_line(part, values, values["qty"])]
    counts = _split(values["qty"], sign)
    columns = {name: _shares(name, values.get(name), sign, len(counts)) for name in JOINED}
    lines = []
    for index, count in enumerate(counts):
        share = {name: column[index] for name, column in columns.items()}
        try:
            qty = cell.quantity(count)
            if isinstance(share["unit_price"], str):
                share["unit_price"] = cell.money(share["unit_price"])
        except cell.CellProblem as problem:
            raise OrderFault(problem.code, {"column": part.profile.columns["qty"][0], "text": problem.text}) from None
        if qty is None:
            raise OrderFault("missing", {"column": part.profile.columns["qty"][0]})
        lines.append(_line(part, {**values, **share}, qty, is_joined=True))
    return lines


def _split(text, sign):
    return text.replace("；", ";").split(sign)


def _shares(name, value, sign, count):
    """The share of each good in a cell: by the sign where it gives as many, else the cell's whole text for all."""
    if not isinstance(value, str) or not value:
        # One price for several goods is the price of none of them.
        return [None if name == "unit_price" else value or ""] * count
    parts = [part.strip() for part in _split(value, sign)]
    if len(parts) == count:
        return parts
    if name == "merchant_sku" and len(parts) > 1:
        raise OrderFault("joined_mismatch", {"goods": len(parts), "counts": count})
    if name == "sub_no":
        return [f"{value}-{index}" for index in range(1, count + 1)]
    return [None if name == "unit_price" else value] * count


def _line(part, values, qty, is_joined=False):
    line = {name: values.get(name) or "" for name in LINE_FIELDS}
    status = values.get("line_status") or (values.get("status") if "sub_no" in part.profile.columns else "")
    line |= {
        "sub_no": values.get("sub_no") or "",
        "qty": qty,
        "unit_price": values.get("unit_price"),
        "amount": None if is_joined else _own_amount(part, values),
        # What a platform lists at nothing is given away, also where it has no column for it.
        "is_gift": bool(values.get("is_gift")) or values.get("unit_price") == 0,
        "refund": abs(values.get("line_refund") or Decimal("0.00")),
        "status": part.profile.state_of(status) if status else None,
        "source": (part.row.file, part.row.sheet, part.row.row_no),
        "raw": part.row.cells,
        "part": id(part),
    }
    return line


def _own_amount(part, values):
    """What a row says it brought in: its amount, or the row's own payment where the platform pays by row (Douyin)."""
    if "amount" in part.profile.columns or "paid" in part.profile.order_level or values.get("paid") is None:
        return values.get("amount")
    return max(values["paid"] + (values.get("platform_discount") or 0) - (values.get("freight") or 0), Decimal("0.00"))


def _numbered(lines):
    """Give each line of one file a number: the platform's, else its goods and a running number among equals.

    The running number does not depend on where the line stands, so that a file sorted another way gives the same.
    """
    named = [line for line in lines if line["sub_no"]]
    if len({line["sub_no"] for line in named}) < len(named):
        numbers = sorted(line["sub_no"] for line in named)
        raise OrderFault("duplicate_line", {"line": next(a for a, b in zip(numbers, numbers[1:], strict=False) if a == b)})
    counters = {}
    for line in sorted((line for line in lines if not line["sub_no"]), key=_place_of_equal):
        goods = line["merchant_sku"] or line["platform_sku"] or line["barcode"] or f"{line['title'][:40]}/{line['spec'][:40]}"
        counters[goods] = counters.get(goods, 0) + 1
        line["sub_no"] = f"{goods}#{counters[goods]}"
    return lines


def _place_of_equal(line):
    return [str(line[name]) for name in ORDER_OF_EQUALS]


def price_lines(lines, amount):
    """Share ``amount`` (what the seller gets for the goods) over the lines in place; gifts get nothing.

    By the amounts of the lines where every line has one, else by listed price times quantity, else by quantity.
    """
    goods = [line for line in lines if not line["is_gift"]] or lines
    if all(line["amount"] is not None for line in goods):
        weights = [line["amount"] for line in goods]
    elif all(line["unit_price"] is not None for line in goods):
        weights = [line["unit_price"] * line["qty"] for line in goods]
    else:
        weights = [0]
    if not sum(weights):
        weights = [line["qty"] for line in goods]
    for line in lines:
        line["amount"] = Decimal("0.00")
    for line, share in zip(goods, spread(amount, weights), strict=True):
        line["amount"] = share
