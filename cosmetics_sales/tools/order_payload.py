"""The one shape an order of a platform has on its way in, whether a file, a clerk or an interface wrote it. Plain Python, no database.

An order is a dict that JSON can hold: ``order_no`` and ``lines`` are needed, everything else may be missing. Amounts are texts or
numbers in yuan, tax included; moments are ``YYYY-MM-DD HH:MM:SS`` in UTC or ISO 8601 with a zone.
"""

import math
import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

STATES = ("unpaid", "paid", "shipped", "done", "cancelled", "refunded")
TEXTS = (
    *("order_no", "status", "buyer", "receiver", "phone", "province", "city", "district", "street", "address"),
    *("buyer_note", "seller_note", "carrier", "tracking_no", "shop"),
)
MOMENTS = ("created_at", "paid_at", "shipped_at", "done_at", "ship_by")
AMOUNTS = ("freight", "paid", "receivable", "refund")
LINE_TEXTS = ("sub_no", "merchant_sku", "platform_sku", "barcode", "title", "spec")
LINE_AMOUNTS = ("unit_price", "amount")
LONGEST = 2000
MOST_LINES = 200
LARGEST = Decimal(10) ** 9
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What JSON can write but no database can hold: NUL and halves of characters."""


class PayloadProblem(ValueError):
    """An order that cannot be taken: ``code`` (see :func:`read_payload`) and the ``field`` and ``value`` that are wrong."""

    def __init__(self, code, field, value=None):
        super().__init__(f"{code}: {field}={value!r}")
        self.code, self.field, self.value = code, field, value


def read_payload(values):
    """Return the order as plain values: texts, amounts as text with two digits or None, moments as text in UTC or None.

    Raises :class:`PayloadProblem` with code shape, missing, text, amount, moment, state, quantity, lines or twice.

    >>> order = read_payload({"order_no": " 42 ", "receivable": "99.9", "state": "paid", "paid_at": "2026-11-11T08:00:00+08:00",
    ...     "lines": [{"merchant_sku": "A1", "qty": 2}]})
    >>> order["order_no"], order["receivable"], order["paid_at"], order["freight"], order["lines"][0]["qty"]
    ('42', '99.90', '2026-11-11 00:00:00', None, 2.0)
    >>> def problem(values):
    ...     try:
    ...         read_payload(values)
    ...     except PayloadProblem as found:
    ...         return found.code, found.field
    >>> line = {"merchant_sku": "A1", "qty": 1}
    >>> problem([]), problem({}), problem({"order_no": "1", "lines": []}), problem({"order_no": "1", "lines": [{"qty": 1}]})
    (('shape', 'order'), ('missing', 'order_no'), ('lines', 'lines'), ('missing', 'merchant_sku'))
    >>> problem({"order_no": "1", "paid": "ten", "lines": [line]}), problem({"order_no": "1", "state": "odd", "lines": [line]})
    (('amount', 'paid'), ('state', 'state'))
    >>> problem({"order_no": "1", "lines": [{**line, "qty": 0}]}), problem({"order_no": "1", "paid_at": "soon", "lines": [line]})
    (('quantity', 'qty'), ('moment', 'paid_at'))
    >>> problem({"order_no": "1", "paid_at": "0001-01-01T00:00:00+14:00", "lines": [line]})
    ('moment', 'paid_at')
    >>> read_payload({"order_no": "4\\0\\ud8002", "lines": [line]})["order_no"]
    '42'
    >>> problem({"order_no": "1", "receivable": "NaN", "lines": [line]})
    ('amount', 'receivable')
    >>> problem({"order_no": "1", "lines": [{**line, "sub_no": "7"}, {**line, "sub_no": "7"}]})
    ('twice', 'sub_no')
    """
    if not isinstance(values, dict):
        raise PayloadProblem("shape", "order", type(values).__name__)
    order = {name: _text(values, name) for name in TEXTS}
    if not order["order_no"]:
        raise PayloadProblem("missing", "order_no")
    order["state"] = values.get("state") or None
    if order["state"] is not None and order["state"] not in STATES:
        raise PayloadProblem("state", "state", order["state"])
    order.update({name: _moment(values, name) for name in MOMENTS})
    order.update({name: _amount(values, name) for name in AMOUNTS})
    order["is_masked"] = bool(values.get("is_masked"))
    lines = values.get("lines")
    if not isinstance(lines, list) or not 0 < len(lines) <= MOST_LINES:
        raise PayloadProblem("lines", "lines")
    order["lines"] = [_line(line) for line in lines]
    references = [line["sub_no"] for line in order["lines"] if line["sub_no"]]
    if len(references) != len(set(references)):
        raise PayloadProblem("twice", "sub_no", max(references, key=references.count))
    return order


def receivable_of(order):
    """Return what the company gets for the order, before fees: as told, else what the buyer paid, else what the lines cost.

    >>> receivable_of({"receivable": None, "paid": None, "freight": "5", "lines": [{"amount": None, "unit_price": "2", "qty": 3}]})
    Decimal('11')
    """
    for name in ("receivable", "paid"):
        if order.get(name) is not None:
            return Decimal(order[name])
    lines = (Decimal(line["amount"] or 0) or Decimal(line["unit_price"] or 0) * Decimal(str(line["qty"])) for line in order["lines"])
    return Decimal(order.get("freight") or 0) + sum(lines, Decimal(0))


def _line(values):
    if not isinstance(values, dict):
        raise PayloadProblem("shape", "line", type(values).__name__)
    line = {name: _text(values, name) for name in LINE_TEXTS}
    if not (line["merchant_sku"] or line["platform_sku"] or line["barcode"] or line["title"]):
        raise PayloadProblem("missing", "merchant_sku")
    line.update({name: _amount(values, name) for name in LINE_AMOUNTS})
    line["qty"] = _quantity(values.get("qty"))
    line["is_gift"] = bool(values.get("is_gift"))
    return line


def _text(values, name):
    value = values.get(name)
    if value is None or value is False:
        return ""
    if isinstance(value, bool | float | dict | list):  # a long number in JSON has lost digits already
        raise PayloadProblem("text", name, value)
    text = UNSTORABLE.sub("", str(value)).strip()
    if len(text) > LONGEST:
        raise PayloadProblem("text", name, text[:40] + "…")
    return text


def _amount(values, name):
    value = values.get(name)
    if value is None or value == "" or value is False:
        return None
    try:
        amount = Decimal(str(value))
        if not amount.is_finite() or abs(amount) > LARGEST or isinstance(value, bool):
            raise PayloadProblem("amount", name, value)
    except InvalidOperation:
        raise PayloadProblem("amount", name, value) from None
    return str(amount.quantize(Decimal("0.01")))


def _quantity(value):
    try:
        quantity = float(value)
    except (TypeError, ValueError):
        raise PayloadProblem("quantity", "qty", value) from None
    if isinstance(value, bool) or not math.isfinite(quantity) or not 0 < quantity <= 1e6:
        raise PayloadProblem("quantity", "qty", value)
    return quantity


def _moment(values, name):
    value = values.get(name)
    if not value:
        return None
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise PayloadProblem("moment", name, value) from None
    # The year first: a zone moves the first and the last day of the calendar out of it.
    if not 2000 <= moment.year <= 2100:
        raise PayloadProblem("moment", name, value)
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.strftime("%Y-%m-%d %H:%M:%S")
