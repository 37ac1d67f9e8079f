"""Sales of the system before, as a sheet of it tells them: which columns, which period, how many. Plain Python, no database, no clock."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.cosmetics_base.tools.cell import COUNT_UNIT, CellProblem, clean, header_key, moment, money, number_text, text_of
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.sheet_reader import Limits, read_files

LIMITS = Limits(file_bytes=32 << 20, rows=100_000)
# Headers as 管家婆, Kingdee, Yonyou and hand-made sheets write them.
COLUMNS = {
    "code": "商品编码 商品编号 商品代码 货号 存货编码 存货编号 产品编码 物料编码 商家编码 编码 编号 sku sku编码 code productcode",
    "barcode": "条码 条形码 商品条码 商品条形码 国际条码 69码 barcode",
    "name": "商品名称 品名 商品 产品名称 存货名称 物料名称 名称 product productname",
    "shop": "门店 门店名称 门店编码 店铺 店铺名称 分店 机构 仓库 仓库名称 仓库编码 shop store warehouse",
    "year": "年 年份 年度 year",
    "day": "日期 销售日期 单据日期 业务日期 制单日期 出库日期 date",
    "week": "周 周次 销售周 week",
    "month": "月 月份 年月 销售月份 会计期间 month",
    "period": "期间 统计期间 时间 period",
    "quantity": "数量 销售数量 销量 基本数量 实发数量 出库数量 件数 quantity qty",
    "amount": "金额 销售金额 销售额 价税合计 实收 实收金额 amount",
}
KEYS = {header_key(title): column for column, titles in COLUMNS.items() for title in titles.split()}
# Nobody forecasts from older sales: such a date is a slip.
OLDEST = date(2000, 1, 1)
PERIODS = ("day", "week", "month", "period")
TOTAL = ("合计", "总计", "total")

# Without a sign between them a month has two digits: 20251 is the number of a day in a spreadsheet.
MONTH = re.compile(r"(20\d\d)(?:\s*[-/.年]\s*(\d{1,2})|(\d\d))\s*月?")
WEEK = re.compile(r"(\d{4})\s*[-/.年]?\s*[W第]\s*(\d{1,2})\s*周?", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:~|至|到|—+|\s-\s)\s*")
UNITS = re.compile(r"-?\d{1,8}(?:\.\d{1,3})?")


class Row(NamedTuple):
    """A row of the file. ``problem`` is (code, text) of what is wrong with it; then the period or the units may be missing."""

    number: int
    code: str
    barcode: str
    name: str
    shop: str
    kind: str | None
    first: date | None
    last: date | None
    units: Decimal
    amount: Decimal
    problem: tuple | None

    @property
    def told(self):
        """What the row calls its product."""
        return self.code or self.barcode or self.name


@dataclass
class Table:
    """The rows of one sheet; ``total`` is what its own total row says, None without one."""

    name: str
    rows: list = field(default_factory=list)
    total: Decimal | None = None

    @property
    def units(self):
        """What the rows come to."""
        return sum((row.units for row in self.rows), Decimal(0))


def read(name, raw, period="auto"):
    """Return the `Table` of each sheet that holds sales.

    :param period: what a date stands for: day, week or month; auto: what its column says
    :raises FileProblem: those of the reader of sheets, unknown_format, no_rows, and total (said, found) when a sheet is not whole
    """
    tables = []
    for sheet in read_files(name, raw, LIMITS):
        found = find_columns(sheet.head())
        if found:
            tables.append(_read_table(f"{sheet.file} {sheet.name}".strip(), sheet.rows, *found, period))
    if not tables:
        raise FileProblem("unknown_format", name=name)
    return tables


def find_columns(head):
    """Return (number of the header row, {column: position}), None when no row says product, period and quantity.

    >>> find_columns([["2025年销售"], ["货号", "门店", "月份", "数量"]])
    (2, {'code': 0, 'shop': 1, 'month': 2, 'quantity': 3})
    >>> find_columns([["货号", "单价"]]) is None
    True
    """
    for number, cells in enumerate(head, 1):
        columns = {}
        for position, cell in enumerate(cells):
            if column := KEYS.get(header_key(cell)):
                columns.setdefault(column, position)
        if "quantity" in columns and {"code", "barcode", "name"} & columns.keys() and set(PERIODS) & columns.keys():
            return number, columns
    return None


def _read_table(name, rows, header, columns, period):
    table = Table(name)
    for number, cells in enumerate(rows, 1):
        if number <= header or not any(text_of(cell) for cell in cells):
            continue
        row = {column: cells[place] for column, place in columns.items() if place < len(cells)}
        if any(clean(cell).lower().startswith(TOTAL) for cell in cells[:3]) and not text_of(row.get("barcode")):
            table.total = _units_or_none(row.get("quantity"))
            continue
        table.rows.append(_read_row(number, row, period))
    if not table.rows:
        raise FileProblem("no_rows", name=name)
    if table.total is not None and table.total != table.units:
        raise FileProblem("total", name=name, said=f"{table.total:f}", found=f"{table.units:f}")
    return table


def _read_row(number, row, period):
    problem, kind, first, last, amount = None, None, None, None, None
    units = _units_or_none(row.get("quantity"))
    texts = {"code": "", "barcode": "", "name": text_of(row.get("name")), "shop": text_of(row.get("shop"))}
    try:
        texts |= {column: number_text(row.get(column)) for column in ("code", "barcode")}
        kind, first, last = period_of(row, period)
        amount = money(row.get("amount"))
        if units is None:
            raise CellProblem("not_units", text_of(row.get("quantity")))
    except CellProblem as fault:
        problem = (fault.code, fault.text)
    return Row(number, *texts.values(), kind, first, last, units or Decimal(0), amount or Decimal(0), problem)


def _units_or_none(value):
    """Return units as Decimal; what was taken back is below zero. None when the cell is none.

    >>> [_units_or_none(cell) for cell in ("12", "-1", "3瓶", 4.0, "1,200.00", "两瓶", "")]
    [Decimal('12'), Decimal('-1'), Decimal('3'), Decimal('4'), Decimal('1200.00'), None, None]
    """
    text = COUNT_UNIT.sub("", unicodedata.normalize("NFKC", text_of(value))).strip().replace(",", "")
    return Decimal(text) if UNITS.fullmatch(text) else None


def period_of(row, period="auto"):
    """Return (kind, first day, last day) of a row: day, week (from Monday) or month.

    >>> for row in ({"day": "2025-3-14"}, {"month": "202503"}, {"year": "2025", "month": "3月"}, {"period": "2025年第11周"}):
    ...     print(*period_of(row))
    day 2025-03-14 2025-03-14
    month 2025-03-01 2025-03-31
    month 2025-03-01 2025-03-31
    week 2025-03-10 2025-03-16
    >>> print(*period_of({"day": "2025-3-14"}, "week")), print(*period_of({"period": "2025.3.10 至 2025.3.16"}))
    week 2025-03-10 2025-03-16
    week 2025-03-10 2025-03-16
    (None, None)

    A number 2025.1 is January or, its nought lost in a spreadsheet, October:

    >>> period_of({"month": 2025.1})
    Traceback (most recent call last):
    ...
    odoo.addons.cosmetics_base.tools.cell.CellProblem: not_period: '2025.1'
    """
    column = next((column for column in PERIODS if text_of(row.get(column))), None)
    if not column:
        raise CellProblem("no_period", "")
    cell = row[column]
    text = unicodedata.normalize("NFKC", text_of(cell))
    if text_of(row.get("year")) and column in ("month", "week") and len(text) <= 4:
        year, number = (re.sub(r"\D", "", part) for part in (text_of(row["year"]), text))
        text = f"{year}{'-' if column == 'month' else 'W'}{number}"
    if isinstance(cell, float) and "." in text:
        raise CellProblem("not_period", text)
    try:
        return _from_text(text) or _around(_day_of(cell), column if period == "auto" else period)
    except (CellProblem, ValueError):
        raise CellProblem("not_period", text) from None


def _from_text(text):
    """Return (kind, first, last) of a text that says more than a day; None when it is a day."""
    if match := MONTH.fullmatch(text):
        return _around(date(int(match[1]), int(match[2] or match[3]), 1), "month")
    if match := WEEK.fullmatch(text):
        return _around(date.fromisocalendar(int(match[1]), int(match[2]), 1), "week")
    parts = BETWEEN.split(text)
    if len(parts) != 2:
        return None
    first, last = map(_day_of, parts)
    for kind in ("day", "week", "month"):
        if _around(first, kind)[1:] == (first, last):
            return kind, first, last
    raise CellProblem("not_period", text)


def _day_of(cell):
    found = moment(cell.replace(".", "-") if isinstance(cell, str) and cell.count(".") == 2 else cell)
    day = (found + timedelta(hours=8)).date() if found else OLDEST
    if day <= OLDEST:
        raise CellProblem("not_period", clean(cell))
    return day


def _around(day, kind):
    """Return (kind, first day, last day) of the day, week or month a day lies in."""
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return kind, first, first + timedelta(days=6)
    if kind == "month":
        first = day.replace(day=1)
        return kind, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return "day", day, day
