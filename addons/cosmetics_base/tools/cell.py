"""Single cells of the files that Chinese platforms export: plain Python, no database.

Times come without a zone and mean Asia/Shanghai; they are given back as naive UTC, as Odoo stores them.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
UTC = ZoneInfo("UTC")

INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
EXCEL_TEXT = re.compile(r'^="(?P<text>.*)"$', re.DOTALL)
SPACES = " \t\r\n\u00a0\u3000"
NOTHING = frozenset(("", "-", "--", "—", "——", "/", "\\N", "null", "NULL", "None", "#N/A"))
SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+?\d+")
NOTE = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")
MONEY = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])|(?:元|圆|RMB|CNY)$", re.IGNORECASE)
COUNT_UNIT = re.compile(r"[件个瓶支盒套片只]$")
LARGEST_MONEY = Decimal(10) ** 12
LARGEST_COUNT = 10**7
EXACT_DIGITS = 15
"""A spreadsheet keeps 15 digits of a number; the rest of a longer order number has become zeros."""

EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=CHINA)
EXCEL_DAYS = (20000, 80000)
"""Serials of 1954 to 2119: whatever lies outside is no date of an order."""

DATE_TEXT = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]?\s*(?P<month>\d{1,2})\s*[-/.月]?\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*[:：时]\s*(?P<minute>\d{1,2})\s*分?(?:\s*[:：]?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?"
    r"(?:\s*(?:\+08:?00|CST))?"
)
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
GIFT_WORDS = frozenset(("是", "赠品", "y", "yes", "true", "1"))


class CellProblem(ValueError):
    """A cell that cannot be what its column says: ``code`` and the ``text`` that was found."""

    def __init__(self, code, text):
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


def clean(value):
    """A cell as text, freed of what exports wrap around it.

    >>> clean('="2605171234567890123"'), clean("'13912345678"), clean("`0.60%"), clean("\\t9001\\t ")
    ('2605171234567890123', '13912345678', '0.60%', '9001')
    >>> clean("\\ufeff订单编号 　"), clean(None), clean(3.0), clean(12.5)
    ('订单编号', '', '3', '12.5')

    What looks like a formula stays the text it is; nobody evaluates it:

    >>> clean("=cmd|' /C calc'!A0")
    "=cmd|' /C calc'!A0"
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    text = str(value).strip(SPACES)
    if not text.isprintable():
        text = INVISIBLE.sub("", text).strip(SPACES)
    if text[:2] == '="' and (wrapped := EXCEL_TEXT.match(text)):
        text = wrapped["text"].replace('""', '"').strip(SPACES)
    if text[:1] in ("'", "`"):
        text = text[1:].strip(SPACES)
    return text


def _plain_number(value):
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if abs(value) >= 10**EXACT_DIGITS:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


@lru_cache(maxsize=4096)
def header_key(value):
    """A header as it is compared: full-width signs made half-width, no spaces at all.

    >>> header_key("收货地址 "), header_key("商品总价（元）"), header_key("sku净重(KG)")
    ('收货地址', '商品总价(元)', 'sku净重(kg)')
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(value))).casefold()


@lru_cache(maxsize=4096)
def status_key(value):
    """A status as it is compared.

    >>> status_key("买家已付款，等待卖家发货 ")
    '买家已付款,等待卖家发货'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(value)))


def text_of(value):
    """Text, empty when the platform writes a sign for nothing.

    >>> text_of("-"), text_of(" -- "), text_of("a-b")
    ('', '', 'a-b')
    """
    text = clean(value)
    return "" if text in NOTHING else text


def number_text(value):
    """A number that names something (order, parcel, code): text, never a rounded number.

    >>> number_text('="260517-607198974342268"'), number_text(12345678.0)
    ('260517-607198974342268', '12345678')
    >>> for broken in ("1.23457E+18", 1.2345678901234567e18, "2.60E+17", 1234567890123456.0):
    ...     try:
    ...         number_text(broken)
    ...     except CellProblem as problem:
    ...         problem.code
    'rounded_number'
    'rounded_number'
    'rounded_number'
    'rounded_number'
    """
    text = text_of(value)
    if SCIENTIFIC.fullmatch(text) and "+" in text:
        raise CellProblem("rounded_number", text)
    return text


def money(value):
    """An amount as Decimal, None when the cell says nothing.

    >>> money("￥1,299.50"), money("128.00元"), money("499.00（系统计算中，该值仅供参考）"), money(19.9)
    (Decimal('1299.50'), Decimal('128.00'), Decimal('499.00'), Decimal('19.90'))
    >>> money("-"), money("--"), money(""), money("-5.00")
    (None, None, None, Decimal('-5.00'))
    >>> money("１２.５０"), money("0")
    (Decimal('12.50'), Decimal('0.00'))
    >>> for wrong in ("免费", "1.2.3", "12.345", "(12.00)", "1,2", "9e99", "NaN"):
    ...     try:
    ...         money(wrong)
    ...     except CellProblem as problem:
    ...         problem.code
    'not_money'
    'not_money'
    'not_money'
    'not_money'
    'not_money'
    'not_money'
    'not_money'
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _cents(Decimal(str(round(value, 6))) if abs(value) < LARGEST_MONEY else None, value)
    text = unicodedata.normalize("NFKC", text_of(value)).strip(SPACES)
    if not text:
        return None
    bare = CURRENCY.sub("", NOTE.sub("", text).strip()).strip()
    bare = CURRENCY.sub("", bare).replace(" ", "")
    if not bare or not MONEY.fullmatch(bare):
        raise CellProblem("not_money", text)
    try:
        return _cents(Decimal(bare.replace(",", "")), text)
    except InvalidOperation:
        raise CellProblem("not_money", text) from None


def _cents(amount, source):
    """Whole cents, no rounding: a third decimal is a fault of the file, except the dust a spreadsheet leaves."""
    if amount is None or not amount.is_finite() or abs(amount) >= LARGEST_MONEY:
        raise CellProblem("not_money", clean(source))
    rounded = amount.quantize(Decimal("0.01"))
    if abs(rounded - amount) > Decimal("0.000001"):
        raise CellProblem("not_money", clean(source))
    return rounded


def quantity(value):
    """A number of pieces, None when the cell says nothing.

    >>> quantity("3"), quantity("3.00"), quantity("2件"), quantity(""), quantity(4.0)
    (3, 3, 2, None, 4)
    >>> for wrong in ("两个", "1.5", "0", "-1", "1e9"):
    ...     try:
    ...         quantity(wrong)
    ...     except CellProblem as problem:
    ...         problem.code
    'not_quantity'
    'not_quantity'
    'not_quantity'
    'not_quantity'
    'not_quantity'
    """
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text:
        return None
    match = re.fullmatch(r"(\d{1,8})(?:\.0*)?", COUNT_UNIT.sub("", text).strip().replace(",", ""))
    if not match or not 0 < int(match[1]) <= LARGEST_COUNT:
        raise CellProblem("not_quantity", text)
    return int(match[1])


def moment(value):
    """A time as naive UTC, None when the cell says nothing.

    >>> moment("2026-05-17 08:30:00"), moment("2026/5/7 8:05"), moment("20260517 00:00:01")
    (datetime.datetime(2026, 5, 17, 0, 30), datetime.datetime(2026, 5, 7, 0, 5), datetime.datetime(2026, 5, 16, 16, 0, 1))
    >>> moment("2026年05月17日 20:00:00"), moment("2026-05-17T12:00:00+08:00"), moment(46159.5)
    (datetime.datetime(2026, 5, 17, 12, 0), datetime.datetime(2026, 5, 17, 4, 0), datetime.datetime(2026, 5, 17, 4, 0))
    >>> moment("0001-01-01 00:00:00"), moment("-"), moment("2026-05-17"), moment("46159.5")
    (None, None, datetime.datetime(2026, 5, 16, 16, 0), datetime.datetime(2026, 5, 17, 4, 0))
    >>> for wrong in ("2026-13-01", "昨天", "17/05/2026", "2026-05-17 25:00", 12):
    ...     try:
    ...         moment(wrong)
    ...     except CellProblem as problem:
    ...         problem.code
    'not_date'
    'not_date'
    'not_date'
    'not_date'
    'not_date'
    """
    local = _local_moment(value)
    return local and local.replace(tzinfo=CHINA).astimezone(UTC).replace(tzinfo=None)


def _local_moment(value):
    if isinstance(value, date):
        local = value if isinstance(value, datetime) else datetime.combine(value, time())
        return None if local.year <= 1900 else local.replace(tzinfo=None)
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text or text.startswith(("0001-01-01", "0001/01/01", "0001/1/1", "0000-00-00", "1970-01-01", "0")):
        return None
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _excel_moment(text)
    match = DATE_TEXT.fullmatch(text)
    if not match:
        raise CellProblem("not_date", text)
    parts = {name: int(part or 0) for name, part in match.groupdict().items()}
    try:
        local = datetime(**parts, tzinfo=CHINA)
    except ValueError:
        raise CellProblem("not_date", text) from None
    if not 1990 <= local.year <= 2200:
        raise CellProblem("not_date", text)
    return local


def _excel_moment(text):
    days = float(text)
    if not EXCEL_DAYS[0] <= days <= EXCEL_DAYS[1]:
        raise CellProblem("not_date", text)
    # Wall clock plus days: China had another offset in 1899, which must not show.
    return EXCEL_EPOCH.replace(tzinfo=None) + timedelta(seconds=round(days * 86400))


def is_gift(value):
    """Whether a cell of a column like 是否为赠品 says yes.

    >>> is_gift("是"), is_gift("否"), is_gift("-"), is_gift("赠品")
    (True, False, False, True)
    """
    return text_of(value).casefold() in GIFT_WORDS


def safe_cell(text):
    """Text for a file that a spreadsheet will open: what would run as a formula is quoted.

    >>> safe_cell("=cmd|' /C calc'!A0"), safe_cell("-5"), safe_cell("@SUM(A1)"), safe_cell("口红")
    ("'=cmd|' /C calc'!A0", "'-5", "'@SUM(A1)", '口红')
    """
    text = "" if text is None else str(text)
    return f"'{text}" if text.startswith(FORMULA_START) else text
