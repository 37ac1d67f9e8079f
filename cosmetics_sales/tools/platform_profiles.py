"""Profiles: how each platform writes its order files, and which profile a sheet belongs to. Plain Python, no database.

A profile is data (``data/order_profiles.json``), so that a shop can follow a platform that renames a column without
waiting for a release. Headers are compared after :func:`~.cell.header_key`: ``商品总价（元）`` is ``商品总价(元)``.
"""

import json
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType

from odoo.addons.cosmetics_base.tools.cell import header_key, status_key
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

HEADER_SEARCH_ROWS = 30
"""Platforms write a title, the name of the shop and the period above the header; none needs more rows than this."""

KINDS = ("orders", "lines", "both")
STATES = ("unpaid", "paid", "shipped", "done", "cancelled", "refunded")

TEXT_FIELDS = (
    *("order_no", "sub_no", "status", "line_status", "buyer", "receiver", "phone", "province", "city", "district", "town"),
    *("street", "address", "buyer_note", "seller_note", "carrier", "tracking_no", "shipping_info"),
    *("merchant_sku", "platform_sku", "barcode", "title", "spec", "is_gift", "after_sale_state"),
)
DATE_FIELDS = ("created_at", "paid_at", "shipped_at", "done_at", "ship_by")
MONEY_FIELDS = ("freight", "paid", "receivable", "total", "platform_discount", "refund")
LINE_MONEY_FIELDS = ("unit_price", "amount", "line_refund")
NUMBER_FIELDS = ("qty", "item_count")
LINE_FIELDS = (
    *("sub_no", "line_status", "merchant_sku", "platform_sku", "barcode", "title", "spec", "is_gift", "after_sale_state", "qty"),
    *LINE_MONEY_FIELDS,
)
"""What belongs to the goods of a row; all else belongs to the order."""
CANONICAL = (*TEXT_FIELDS, *DATE_FIELDS, *MONEY_FIELDS, *LINE_MONEY_FIELDS, *NUMBER_FIELDS)

ADDED_FIELDS = ("platform_discount",)
"""Fields whose headers are added up; of any other field the first header that is filled counts.

Within one summand ``a|b`` means: ``a``, or ``b`` where ``a`` is empty.
"""


@dataclass(frozen=True)
class Profile:
    """One layout of one platform.

    key: unique technical name; platform: as ``cosmetics.channel.platform``; name: what a clerk reads.
    kind: ``orders`` (heads only), ``lines`` (goods only) or ``both``; ``partner`` is the key of the profile that holds
    the other half of kind orders or lines.
    signature: groups of headers; the layout is recognised when each group has at least one header in the row.
    columns: canonical field (see ``CANONICAL``) -> headers, the first filled one counts (but see ``ADDED_FIELDS``).
    order_level: money fields that a platform repeats on each row of an order: taken once. Other money is added up.
    statuses: text of the platform -> state of ``STATES``; ``*text*`` matches when the text is contained.
    key_pattern: what an order number looks like. joined_by: the sign between several goods in one cell, or empty.
    footer: a row whose first filled cell begins so ends the sheet.
    """

    key: str
    platform: str
    name: str
    kind: str
    signature: tuple
    columns: MappingProxyType
    order_level: frozenset = frozenset()
    statuses: MappingProxyType = field(default_factory=dict)
    key_pattern: str = r"^\S{3,64}$"
    partner: str = ""
    joined_by: str = ""
    footer: tuple = ()
    is_generic: bool = False
    notes: str = ""

    def state_of(self, text):
        """The canonical state of a platform's wording, or None when it is unknown.

        >>> taobao = by_key("taobao_orders")
        >>> taobao.state_of("买家已付款，等待卖家发货"), taobao.state_of("等待卖家发呆")
        ('paid', None)
        >>> by_key("pinduoduo").state_of("已发货，退款成功")
        'refunded'
        """
        wanted = status_key(text)
        if wanted in self.statuses:
            return self.statuses[wanted]
        parts = (key for key in self.statuses if len(key) > 2 and key[0] == key[-1] == "*")
        return next((self.statuses[part] for part in parts if wanted and part[1:-1] in wanted), None)


def profile_from_dict(values):
    """Make a :class:`Profile` of plain data (a shipped one, or a record that a shop has edited).

    Raises FileProblem("profile") with facts ``profile``, ``reason`` and ``value`` when the data cannot be used.

    >>> data = {"key": "x", "platform": "other", "name": "X", "kind": "both", "signature": [["单号"]]}
    >>> profile_from_dict({**data, "columns": {"order_no": ["单号 "], "qty": ["数量（件）"]}}).columns["qty"]
    ('数量(件)',)
    >>> try:
    ...     profile_from_dict({**data, "columns": {"colour": ["颜色"]}})
    ... except FileProblem as problem:
    ...     problem.facts
    {'profile': 'x', 'reason': 'field', 'value': 'colour'}
    """
    key = str(values.get("key") or "")
    known = {part.name for part in fields(Profile)}
    clean = {name: value for name, value in values.items() if name in known}
    columns = {name: _headers(headers) for name, headers in (values.get("columns") or {}).items() if headers}
    clean["signature"] = tuple(_headers([group] if isinstance(group, str) else group) for group in values.get("signature") or ())
    clean["columns"] = MappingProxyType(columns)
    clean["order_level"] = frozenset(values.get("order_level") or ())
    clean["statuses"] = MappingProxyType({status_key(text): state for text, state in (values.get("statuses") or {}).items()})
    clean["footer"] = tuple(values.get("footer") or ())
    for reason, value in _faults(clean, columns):
        raise FileProblem("profile", profile=key, reason=reason, value=value)
    return Profile(**clean)


def _headers(names):
    return tuple("|".join(header_key(part) for part in name.split("|")) for name in names)


def _faults(clean, columns):
    """Yield (reason, value) for each thing that keeps a profile from being used."""
    yield from (("missing", name) for name in ("key", "platform", "name", "kind", "signature") if not clean.get(name))
    yield from (("kind", clean["kind"]) for _ in (1,) if clean["kind"] not in KINDS)
    yield from (("field", name) for name in columns if name not in CANONICAL)
    yield from (("state", state) for state in clean["statuses"].values() if state not in STATES)
    yield from (("order_level", name) for name in clean["order_level"] if name not in MONEY_FIELDS)
    needed = ("order_no",) if clean["kind"] == "orders" else ("order_no", "qty")
    yield from (("column", name) for name in needed if name not in columns)
    try:
        re.compile(clean.get("key_pattern") or "")
    except re.error:
        yield "key_pattern", clean["key_pattern"]


def load_profiles(path):
    """The profiles in a JSON file, as plain data (what the editable records are created from)."""
    return tuple(json.loads(Path(path).read_text(encoding="utf-8")))


PROFILE_DATA = load_profiles(Path(__file__).parent.parent / "data" / "order_profiles.json")
"""The shipped profiles as plain dicts, ready for ``profile_from_dict``."""

PROFILES = tuple(profile_from_dict(values) for values in PROFILE_DATA)


def by_key(key, profiles=PROFILES):
    """The profile of that key, or None."""
    return next((profile for profile in profiles if profile.key == key), None)


def recognise(rows, profiles=PROFILES):
    """Find the header within the first rows of a sheet: (profile, index of the header row), or None.

    Of several profiles that fit, an exact platform goes before a generic one, then the one that knows more columns.

    >>> head = ["主订单编号", "子订单编号", "选购商品", "商品数量 "]
    >>> profile, index = recognise([["抖店订单导出"], [], head])
    >>> profile.key, index
    ('douyin', 2)
    >>> recognise([["姓名", "电话"]]) is None
    True
    """
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        found = {header_key(cell) for cell in row}
        fitting = [profile for profile in profiles if all(found.intersection(group) for group in profile.signature)]
        if fitting:
            return max(fitting, key=lambda profile: _fit(profile, found)), index
    return None


def _fit(profile, found):
    known = sum(any(part in found for name in names for part in name.split("|")) for names in profile.columns.values())
    return not profile.is_generic, known, len(profile.signature)


def nearest(rows, profiles=PROFILES):
    """What a sheet that is not recognised looks most like: (profile, missing headers) or None.

    >>> profile, missing = nearest([["订单号", "商品ID", "京东价"]])
    >>> profile.key, missing
    ('jd', ['订购数量'])
    """
    best = None
    for row in rows[:HEADER_SEARCH_ROWS]:
        found = {header_key(cell) for cell in row}
        for profile in profiles:
            missing = ["/".join(group) for group in profile.signature if not found.intersection(group)]
            share = 1 - len(missing) / len(profile.signature)
            if share >= 0.5 and (best is None or (share, *_fit(profile, found)) > best[0]):
                best = (share, *_fit(profile, found)), profile, missing
    return best[1:] if best else None
