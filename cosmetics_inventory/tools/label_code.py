"""What a code on a pack, or a row of a delivery sheet, says: product, batch, production date, use-by date, quantity.

Read here: GS1 element strings (with brackets, or already cut up by core's barcode nomenclature), GS1 Digital Links, QR codes
of Chinese labels (an address with query parameters, or plain text such as "生产批号:A1 限期使用日期:2029-02-28"), and rows
pasted from a spreadsheet. Nothing is guessed: a date that cannot be read stays empty and is named.
"""

import calendar
import csv
import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

# GS1 application identifiers and the field of a label they fill.
GS1_FIELDS = {
    "01": "code",
    "02": "code",
    "10": "batch",
    "11": "production_on",
    "15": "best_before_on",
    "17": "expiration_on",
    "37": "quantity",
}

# Words of headers, query parameters and label texts, narrowed and in lower case. The first that is contained wins, so longer
# words stand before shorter ones: "生产批号" is a batch and "生产日期" a date.
WORDS = {
    "batch": ("生产批号", "生产批次", "批号", "批次", "batchno", "batch", "lotno", "lot", "scph"),
    "production_on": ("生产日期", "制造日期", "生产时间", "productiondate", "production", "mfgdate", "mfg", "prod", "scrq"),
    "expiration_on": (
        "限期使用日期",
        "限用日期",
        "使用期限",
        "有效期至",
        "有效期",
        "失效日期",
        "到期日期",
        "到期日",
        "保质期至",
        "效期",
        "expirydate",
        "expirationdate",
        "expiry",
        "expiration",
        "useby",
        "exp",
        "xqsyrq",
    ),
    "quantity": ("数量", "件数", "实收", "quantity", "qty"),
    "code": (
        "商品条码",
        "产品条码",
        "条形码",
        "条码",
        "商品编码",
        "产品编码",
        "商品编号",
        "产品编号",
        "商品货号",
        "货号",
        "编码",
        "barcode",
        "gtin",
        "ean",
        "sku",
        "productcode",
        "product",
        "code",
    ),
}
COLUMNS = ("code", "batch", "production_on", "expiration_on", "quantity")
DATES = ("production_on", "expiration_on")

# Day 0 of Excel's calendar, shifted by its leap day of 1900 that never was; good for every date since 1900-03-01.
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31; other numbers are no dates of goods


class Label(NamedTuple):
    """One label or row. Dates are calendar days as printed; quantity is None where none is given."""

    code: str = ""  # barcode, GTIN without leading zeros, or internal reference
    batch: str = ""
    production_on: date | None = None
    expiration_on: date | None = None
    quantity: float | None = None
    unreadable: tuple = ()  # names of the fields that hold text which cannot be read


class Row(NamedTuple):
    """One row of a pasted sheet."""

    line: int  # as the person counts: 1 is the first line pasted
    label: Label


def narrow(text):
    """Return text half-width and without blanks at its ends.

    >>> narrow(" Ａ１：２ "), narrow(None)
    ('A1:2', '')
    """
    return re.sub(r"[\u200b\ufeff]+", "", unicodedata.normalize("NFKC", str(text or ""))).strip()


def read_date(text):
    """Return the day a text names, or None.

    >>> [str(read_date(text)) for text in ("2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日", "46082")]
    ['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01']
    >>> read_date("2026-03-01 00:00:00"), read_date("２０２６年３月１号")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))
    >>> [read_date(text) for text in ("2026-02-30", "2026年3月", "01/03/2026", "12", "soon", "", None)]
    [None, None, None, None, None, None, None]
    """
    text = narrow(text)
    if re.fullmatch(r"\d{5}(\.0+)?", text):
        serial = int(float(text))
        return EXCEL_EPOCH + timedelta(days=serial) if serial in EXCEL_SERIALS else None
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text) or re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T]+[\d:.]+)?", text
    )
    return _day(*map(int, match.groups())) if match else None


def read_quantity(text):
    """Return the number a text names, or None.

    >>> read_quantity("1,200"), read_quantity("12件"), read_quantity("2.5"), read_quantity("x"), read_quantity("-3")
    (1200.0, 12.0, 2.5, None, None)
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[件个支瓶盒箱片]?", narrow(text).replace(",", ""))
    return float(match[1]) if match else None


def gs1_date(text):
    """Return the day of a GS1 date YYMMDD of this century; day 00 is the last day of the month.

    >>> gs1_date("290228"), gs1_date("280200"), gs1_date("291301"), gs1_date("29022")
    (datetime.date(2029, 2, 28), datetime.date(2028, 2, 29), None, None)
    """
    if not re.fullmatch(r"\d{6}", text or "", re.ASCII):
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    if not 1 <= month <= 12:
        return None
    return _day(year, month, day or calendar.monthrange(year, month)[1])


def gs1_elements(text):
    """Return [(identifier, value)] of an element string with brackets or of a GS1 Digital Link, None for anything else.

    A string with FNC1 signs is for core's nomenclature to cut up.

    >>> gs1_elements("(01)06901234567892(17)290228(10)A1(B)")
    [('01', '06901234567892'), ('17', '290228'), ('10', 'A1(B)')]
    >>> gs1_elements("（10）A1")
    [('10', 'A1')]
    >>> gs1_elements("https://id.example.cn/01/06901234567892/10/A%2F1?17=290228")
    [('01', '06901234567892'), ('10', 'A/1'), ('17', '290228')]
    >>> gs1_elements("0106901234567892") is None and gs1_elements("https://example.cn/p?code=1") is None
    True
    """
    text = narrow(text)
    if re.match(r"https?://", text, re.I):
        return _digital_link(text)
    if not re.match(r"\(\d{2,4}\)", text):
        return None
    parts = re.split(r"\((\d{2,4})\)", text)
    return [(identifier, value.strip()) for identifier, value in zip(parts[1::2], parts[2::2], strict=True)]


def is_element_string(text):
    """Tell whether a scanned text is a GS1 element string without brackets, as scanners send it.

    >>> is_element_string("0106901234567892" + "17290228" + "10A1"), is_element_string("]C110A1"), is_element_string("10A1\x1d3724")
    (True, True, True)
    >>> is_element_string("6901234567892"), is_element_string("16901234567899"), is_element_string("0106901234567892")
    (False, False, True)
    """
    return bool(re.match(r"\](C1|e0|d2|Q3|J1)", text or "") or "\x1d" in (text or "") or re.match(r"0[12]\d{14}", text or ""))


def label_of_elements(elements):
    """Return the `Label` of GS1 elements [(identifier, value)]; unknown identifiers are passed over.

    A use-by date (17) wins over a best-before date (15).

    >>> label_of_elements([("01", "06901234567892"), ("11", "260301"), ("17", "290228"), ("10", "A1"), ("37", "24")])
    Label(code='6901234567892', batch='A1', production_on=datetime.date(2026, 3, 1), expiration_on=datetime.date(2029, 2, 28), \
quantity=24.0, unreadable=())
    >>> label_of_elements([("15", "290228"), ("17", "290131")]).expiration_on
    datetime.date(2029, 1, 31)
    >>> label_of_elements([("10", "A1"), ("17", "291331"), ("21", "9")]).unreadable
    ('expiration_on',)
    """
    found, unreadable = {}, []
    for identifier, value in elements:
        name = GS1_FIELDS.get(identifier)
        if not name or not value:
            continue
        target = "expiration_on" if name == "best_before_on" else name
        read = gs1_date(value) if target in DATES else _READERS[target](value)
        if read is None:
            unreadable.append(target)
        elif name != "best_before_on" or "expiration_on" not in found:
            found[target] = read
    if "code" in found:
        found["code"] = found["code"].lstrip("0")
    return Label(**found, unreadable=tuple(unreadable))


def label_of_text(text):
    """Return the `Label` of a Chinese QR code (address with parameters or labelled text), None when nothing in it is known.

    >>> label_of_text("https://qr.example.cn/t?code=6901234567892&batch=A1&exp=20290228")
    Label(code='6901234567892', batch='A1', production_on=None, expiration_on=datetime.date(2029, 2, 28), quantity=None, unreadable=())
    >>> label_of_text("生产批号：A1 限期使用日期：2029年2月28日").expiration_on
    datetime.date(2029, 2, 28)
    >>> label_of_text("条码:6901234567892;批号:B2;生产日期:2026/3/1;数量:12")[:3]
    ('6901234567892', 'B2', datetime.date(2026, 3, 1))
    >>> label_of_text("批号:A1 有效期至:2029年13月1日").unreadable
    ('expiration_on',)
    >>> label_of_text("6901234567892") is None and label_of_text("https://example.cn/?id=7") is None and label_of_text("") is None
    True
    """
    text = narrow(text)
    if re.match(r"https?://", text, re.I):
        split = _split_address(text)
        pairs = parse_qsl(split.query) or parse_qsl(split.fragment.partition("?")[2])
    else:
        pairs = re.findall(r"([^\s:;,=]{1,16})\s*[:=]\s*(.*?)(?=[;,\n]|\s+[^\s:;,=]{2,16}\s*[:=]|$)", text)
    label = _label_of_pairs((field_of(word), value) for word, value in pairs)
    return label if label != Label() else None


def field_of(word):
    """Return the field a header, parameter or printed word stands for, None for a word without meaning here.

    >>> [field_of(word) for word in ("商品条码", "生产批号", "生产日期", "限期使用日期*", "数量(件)", "Batch No.", "exp", "备注")]
    ['code', 'batch', 'production_on', 'expiration_on', 'quantity', 'batch', 'expiration_on', None]
    >>> field_of("export")
    """
    word = re.sub(r"[\s_.*-]+|\(.*?\)", "", narrow(word).lower())
    for name, known in WORDS.items():
        if any(word == entry or (not entry.isascii() and entry in word) for entry in known):
            return name
    return None


def read_sheet(text):
    """Return [Row] of pasted text: tabs, semicolons or commas between the columns, with or without a line of headers.

    Without headers the columns are product, batch, production date, use-by date, quantity. Empty lines are passed over.

    >>> rows = read_sheet("条码\\t批号\\t限期使用日期\\t数量\\n6901234567892\\tA1\\t2029-02-28\\t24\\n\\n6901234567892\\tA2\\t？\\t6")
    >>> rows[0].label
    Label(code='6901234567892', batch='A1', production_on=None, expiration_on=datetime.date(2029, 2, 28), quantity=24.0, unreadable=())
    >>> rows[1].line, rows[1].label.unreadable
    (4, ('expiration_on',))
    >>> read_sheet("YLX-01,A1,2026/3/1,,12")[0].label[:4]
    ('YLX-01', 'A1', datetime.date(2026, 3, 1), None)
    >>> read_sheet("") == read_sheet("条码,批号") == []
    True
    """
    lines = [(number, line) for number, line in enumerate((text or "").splitlines(), start=1) if line.strip()]
    if not lines:
        return []
    delimiter = next((sign for sign in "\t;" if sign in lines[0][1]), ",")
    cells = [(number, _cells(line, delimiter)) for number, line in lines]
    headers = [field_of(cell) for cell in cells[0][1]]
    if any(headers):
        cells = cells[1:]
    else:
        headers = list(COLUMNS)
    return [Row(number, _label_of_pairs(zip(headers, values, strict=False))) for number, values in cells]


def _cells(line, delimiter):
    """Return the cells of one line; a comma typed full-width separates as well."""
    if delimiter == ",":
        line = line.replace("，", ",")
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]


def _label_of_pairs(pairs):
    """Return the `Label` of (field, text) pairs; the first filled value of a field counts."""
    found, unreadable = {}, []
    for name, text in pairs:
        if not name or name in found or not (text or "").strip():
            continue
        value = _READERS[name](text)
        if value is None:
            unreadable.append(name)
        else:
            found[name] = value
    return Label(**found, unreadable=tuple(unreadable))


def _digital_link(address):
    """Return the GS1 elements of an address, None when its path names no article number."""
    split = _split_address(address)
    steps = [unquote(step) for step in split.path.split("/") if step]
    if "01" not in steps[:-1]:
        return None
    steps = steps[steps.index("01") :]
    return [*zip(steps[::2], steps[1::2], strict=False), *((key, value) for key, value in parse_qsl(split.query) if key.isdigit())]


def _split_address(address):
    """Return the parts of an address, those of an empty one where it is none: damaged codes are scanned as well."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _day(year, month, day):
    """Return the date, None when the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


_READERS = {
    "code": narrow,
    "batch": narrow,
    "production_on": read_date,
    "expiration_on": read_date,
    "quantity": read_quantity,
}
