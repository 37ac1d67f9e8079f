"""Any payout file or bill, as it was downloaded: found out what it is, read, its totals checked. Plain Python, no database.

`read` takes CSV in any Chinese encoding, XLSX and zip archives of them. What is wrong with a file is a `FileProblem`.
"""

import csv
import io
import struct
import zipfile
import zlib

from odoo.addons.cosmetics_base.tools.cell import CellProblem
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from python_calamine import CalamineError, CalamineWorkbook

from . import bill_alipay, bill_wechat, settlement_platform

# What zipfile raises for damaged archives: RuntimeError is the password, NotImplementedError an unknown way of packing,
# the others come from lengths and places that point nowhere.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError, EOFError, ValueError, OverflowError)
LARGEST_FILE = 200 * 1024 * 1024
MOST_MEMBERS = 50
# Files that tell of the same money: a channel is settled by one of each family, else each sale would count twice.
FAMILIES = {
    "wechat_trade": "wechat",
    "wechat_flow": "wechat",
    "alipay_ledger": "alipay_ledger",
    "alipay_detail": "alipay_detail",
    "taobao": "taobao",
    "douyin": "douyin",
    "xiaohongshu": "xiaohongshu",
    "pinduoduo": "pinduoduo",
}


def read(data, name=""):
    """Return the `SettlementFile`s of a file; a zip may hold several.

    >>> bill = "交易时间,微信订单号,商户订单号,交易状态,应结订单金额,手续费\\n"
    >>> bill += "`2026-05-17 10:00:00,`42001,`E1,`SUCCESS,`100.00,`0.60000\\n"
    >>> bill += "总交易单数,应结订单总金额,手续费总金额\\n`1,`100.00,`0.60000\\n"
    >>> found = read(bill.encode())[0]
    >>> found.format, found.total, [(line.kind, str(line.amount)) for line in found.lines]
    ('wechat_trade', Decimal('99.40'), [('sale', '100.00'), ('fee', '-0.60')])
    >>> try:
    ...     read(bill.replace("`100.00,`0.60000\\n总", "`90.00,`0.60000\\n总").encode())
    ... except FileProblem as problem:
    ...     problem.code, problem.facts["said"], problem.facts["found"]
    ('totals_differ', '100.00', '90.00')
    """
    try:
        found = [_read_one(content, member) for member, content in _members(data, name)]
    except CellProblem as problem:
        raise FileProblem(problem.code, name=name, text=problem.text) from None
    except (KeyError, IndexError, csv.Error):
        raise FileProblem("unknown_format", name=name) from None
    found = [each for each in found if each]
    if not found:
        raise FileProblem("empty", name=name)
    return found


def decode(data):
    """Text of a file of a Chinese platform.

    >>> decode("订单号".encode("gbk")), decode("\\ufeff订单号".encode("utf-8"))
    ('订单号', '订单号')
    """
    ways = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in ways:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileProblem("encoding")


def _members(data, name):
    """Give name and content of each file: a zip that is no workbook is opened, once."""
    if len(data) > LARGEST_FILE:
        raise FileProblem("too_big", name=name, limit=LARGEST_FILE)
    if data[:2] != b"PK":
        yield name, data
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ZIP:
        raise FileProblem("broken", name=name) from None
    with archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.filename == "[Content_Types].xml" for info in members):
            yield name, data
            return
        if len(members) > MOST_MEMBERS or sum(info.file_size for info in members) > LARGEST_FILE:
            raise FileProblem("too_big", name=name, limit=LARGEST_FILE)
        for info in members:
            try:
                content = archive.read(info)
            except DAMAGED_ZIP:
                raise FileProblem("broken", name=name) from None
            yield _member_name(info), content


def _member_name(info):
    """Alipay names the members in GBK without saying so; zip then takes them for cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return info.filename


def _read_one(data, name):
    """Read one file that is no archive; None for a sheet of sums that repeats what another file says."""
    if not data.strip():
        raise FileProblem("empty", name=name)
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return _read_workbook(data, name)
    text = decode(data)
    if bill_wechat.is_wechat(text):
        return bill_wechat.read_bill(text, name)
    if bill_alipay.is_summary(text):
        return None
    if bill_alipay.is_alipay(text):
        return bill_alipay.read_bill(text, name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        raise FileProblem("unknown_format", name=name) from None
    return settlement_platform.read_rows(rows, name)


def _read_workbook(data, name):
    """Read the first sheet that holds a format we know."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in workbook.sheet_names]
    except CalamineError:
        raise FileProblem("broken", name=name) from None
    for rows in sheets:
        if settlement_platform.find_format(rows)[0]:
            return settlement_platform.read_rows(rows, name)
    raise FileProblem("unknown_format", name=name)
