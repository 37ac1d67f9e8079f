"""Lists of the tax platform: all invoices (全量发票查询导出) and confirmed uses (用途确认信息). Plain Python.

The first has one row per line of an invoice, its table may stand on the second sheet, and one workbook may tell of the
same invoices twice (a summary and their lines): the sheet with lines counts.
"""

from collections import namedtuple
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from odoo.addons.cosmetics_base.tools.cell import CellProblem, clean, header_key, moment, money, number_text, status_key, text_of
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

from . import kinds
from .money import CENT, ZERO
from .record import Content, Record, RecordLine, Rejected, number_of

# Platforms rename columns between versions; the first name is the one of 2026.
COLUMNS = {
    "digital": ("数电发票号码", "数电票号码", "全电发票号码"),
    "code": ("发票代码",),
    "number": ("发票号码",),
    "seller_vat": ("销方识别号", "销售方纳税人识别号", "销售方识别号", "销方税号"),
    "seller_name": ("销方名称", "销售方纳税人名称", "销售方名称"),
    "buyer_vat": ("购方识别号", "购买方纳税人识别号", "购买方识别号", "购方税号"),
    "buyer_name": ("购买方名称", "购方名称", "购买方纳税人名称"),
    "day": ("开票日期",),
    "class_code": ("税收分类编码",),
    "name": ("货物或应税劳务名称", "货物或应税劳务、服务名称", "项目名称"),
    "spec": ("规格型号",),
    "unit": ("单位",),
    "quantity": ("数量",),
    "unit_price": ("单价",),
    "amount": ("金额",),
    "rate": ("税率", "税率/征收率"),
    "tax": ("税额",),
    "total": ("价税合计",),
    "kind": ("发票票种", "票种", "发票类型"),
    "state": ("发票状态",),
    "drawer": ("开票人",),
    "remark": ("备注",),
    "check": ("勾选状态",),
    "deductible": ("有效抵扣税额",),
    "checked_on": ("勾选时间",),
}
KEYS = {header_key(name): column for column, names in COLUMNS.items() for name in names}
INVOICES = {"day", "seller_vat", "buyer_vat", "amount", "tax"}
USES = {"day", "seller_vat", "check", "amount", "tax"}
CHECKED = {"已勾选": True, "已确认": True, "是": True, "未勾选": False, "未确认": False, "否": False}
Table = namedtuple("Table", "kind columns rows first")


def read_sheets(sheets, name):
    """Return the `Content` of the sheets of a file; raises FileProblem unknown_format when none is a list of the platform."""
    tables = [table for sheet in sheets if (table := find_table(list(sheet.rows)))]
    if not tables:
        raise FileProblem("unknown_format", name=name)
    tables.sort(key=lambda table: "name" not in table.columns)
    content = Content(tables[0].kind, [], [])
    seen = set()
    for table in tables:
        if table.kind == content.kind:
            seen |= _read_table(table, content, frozenset(seen))
    return content


def find_table(rows):
    """Return the `Table` of a sheet: what list it is, where its columns are; None when its header is not among the first rows.

    >>> header = ["数电发票号码", "开票日期", "销方识别号", "购方识别号", "金额", "税额"]
    >>> table = find_table([["全量发票"], header, ["26612000000000012345"]])
    >>> table.kind, table.columns["tax"], table.first, table.rows
    ('invoices', 5, 3, [['26612000000000012345']])
    >>> find_table([["订单号", "金额"]]) is None
    True
    """
    for index, row in enumerate(rows[:30]):
        columns = {}
        for position, cell in enumerate(row):
            if (column := KEYS.get(header_key(cell))) and column not in columns:
                columns[column] = position
        if not {"digital", "number"} & columns.keys():
            continue
        kind = "uses" if columns.keys() >= USES else "invoices" if columns.keys() >= INVOICES else None
        if kind:
            return Table(kind, columns, rows[index + 1 :], index + 2)
    return None


def _read_table(table, content, seen):
    """Add the records and rejected rows of a table; return the numbers it holds. A number of another sheet is repeated there."""
    groups, faults, spoiled = {}, {}, []
    for row_no, cells in enumerate(table.rows, table.first):
        row = {column: cells[place] for column, place in table.columns.items() if place < len(cells)}
        if not any(clean(cell) for cell in cells) or _is_total(row, cells):
            continue
        number = _number(row)
        if number in seen:
            content.repeated += 1
            continue
        try:
            part = _read_row(row, number, row_no)
        except CellProblem as problem:
            fault = Rejected(row_no, problem.code, problem.text, number or "", *_sums(row))
            faults.setdefault(number, []).append(fault) if number else spoiled.append(fault)
            continue
        groups.setdefault(number, []).append(part)
    content.rejected += spoiled
    for number, parts in groups.items():
        if number not in faults:
            content.records.append(_join(parts))
            continue
        # Never half an invoice: its good rows are shown with the bad one.
        content.rejected += [Rejected(part.rows[0], "other_row", "", number, part.amount, part.tax) for part in parts]
    content.rejected += [fault for found in faults.values() for fault in found]
    content.rejected.sort(key=lambda fault: fault.row)
    return groups.keys() | faults.keys()


def _is_total(row, cells):
    """Tell whether a row is the sum below the table."""
    return not any(clean(row.get(name)) for name in ("digital", "number")) and any(clean(cell).startswith("合计") for cell in cells)


def _number(row):
    try:
        return number_of(*(number_text(row.get(name)) for name in ("digital", "code", "number")))
    except CellProblem:
        return None


def _sums(row):
    """Return (amount, tax) of a bad row as far as they can be read, so that the file still adds up."""
    found = []
    for name in ("amount", "tax"):
        try:
            found.append(money(row.get(name)) or ZERO)
        except CellProblem:
            found.append(ZERO)
    return found


def _read_row(row, number, row_no):
    """Return one row as a record of one line."""
    if not number:
        for name in ("digital", "code", "number"):
            number_text(row.get(name))  # a number that a spreadsheet has rounded is told as such
        raise CellProblem("no_number", text_of(row.get("digital")) or text_of(row.get("number")))
    amount, tax = (_needed(row, name) for name in ("amount", "tax"))
    total = money(row.get("total"))
    if total is not None and abs(amount + tax - total) > CENT:
        raise CellProblem("sum", f"{amount} + {tax} ≠ {total}")
    state = kinds.state_of(text_of(row.get("state")))
    if not state:
        raise CellProblem("state", text_of(row.get("state")))
    texts = {name: text_of(row.get(name)) for name in ("seller_vat", "seller_name", "buyer_vat", "buyer_name", "remark", "drawer")}
    texts |= {name: texts[name].upper() for name in ("seller_vat", "buyer_vat")}
    record = Record(number, _day(row, "day"), kind=kinds.kind_of(text_of(row.get("kind"))), state=state, rows=[row_no], **texts)
    if "check" in row:
        _read_use(row, record, amount, tax)
    else:
        record.lines = [_read_line(row, amount, tax)]
    return record


def _read_line(row, amount, tax):
    texts = {name: text_of(row.get(name)) for name in ("spec", "unit", "quantity", "unit_price")}
    return RecordLine(text_of(row.get("name")), amount, tax, rate_of(row.get("rate")), text_of(row.get("class_code")), **texts)


def _read_use(row, record, amount, tax):
    label = status_key(text_of(row["check"]))
    if label not in CHECKED:
        raise CellProblem("check", label)
    record.total_amount, record.total_tax, record.certified = amount, tax, CHECKED[label]
    if record.certified:
        deductible = money(row.get("deductible"))
        record.deductible = tax if deductible is None else deductible
        record.certified_on = _day(row, "checked_on")


def _needed(row, name):
    amount = money(row.get(name))
    if amount is None:
        # "***" and an empty cell stand for no tax; an amount is always there.
        if name == "tax":
            return ZERO
        raise CellProblem("no_amount", "")
    return amount


def _day(row, name):
    """Return the day in China; the platform writes its own local time."""
    found = moment(row.get(name))
    if not found:
        raise CellProblem("no_day", text_of(row.get(name)))
    return china_day(found)


def china_day(utc):
    """Return the day in China of a naive UTC moment.

    >>> from datetime import datetime
    >>> china_day(datetime(2026, 11, 19, 16, 0))
    datetime.date(2026, 11, 20)
    """
    return (utc + timedelta(hours=8)).date()


def rate_of(cell):
    """Return a tax rate as a share, None where none applies.

    >>> rate_of("13%"), rate_of(0.13), rate_of("0.01"), rate_of("免税"), rate_of("***"), rate_of("3")
    (Decimal('0.13'), Decimal('0.13'), Decimal('0.01'), None, None, Decimal('0.03'))
    """
    text = status_key(cell)
    try:
        rate = Decimal(text.rstrip("%"))
    except InvalidOperation:
        return None
    if not rate.is_finite():
        return None
    return (rate / 100).normalize() if text.endswith("%") or rate >= 1 else rate


def _join(parts):
    """Return the record of all rows of one invoice; the first row speaks for its head."""
    first = parts[0]
    first.lines = [line for part in parts for line in part.lines]
    first.rows = [row for part in parts for row in part.rows]
    first.remark = next((part.remark for part in parts if part.remark), "")
    if first.total_amount is not None:
        first.total_amount = sum(part.total_amount for part in parts)
        first.total_tax = sum(part.total_tax for part in parts)
        first.deductible = sum(part.deductible or ZERO for part in parts) if first.certified else None
    return first
