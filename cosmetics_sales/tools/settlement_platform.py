"""Payout files of the platforms, as rows of cells: Douyin, Xiaohongshu, Taobao, Pinduoduo. Plain Python, no database.

Two shapes: a *ledger* writes one movement a row; a *statement* writes one row per order with its parts in columns.
"""

import hashlib
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.cosmetics_base.tools.cell import moment, number_text, text_of
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

from .settlement_line import ZERO, SettlementLine, cents, exact, finish, index_of, kind_of, order_of


class Ledger(NamedTuple):
    """Names of the columns of a ledger; ``number`` is empty where the platform gives its flows none."""

    name: str
    needs: tuple
    order: str
    at: tuple
    earned: str
    spent: str
    words: tuple
    number: str = ""


class Statement(NamedTuple):
    """Names of the columns of a statement: the amount that moved and the parts it is made of."""

    name: str
    needs: tuple
    order: str
    at: tuple
    amount: str
    sale: tuple
    refund: tuple
    fee: tuple
    words: tuple
    number: str = ""
    suborder: str = ""
    direction: str = ""


LEDGERS = (
    Ledger(
        "taobao",
        ("支付流水号", "主订单id", "收入金额(元)", "支出金额(元)"),
        "主订单id",
        ("入帐日期", "入帐时间"),
        "收入金额(元)",
        "支出金额(元)",
        ("入帐类型", "业务描述", "备注"),
        "支付流水号",
    ),
    Ledger(
        "pinduoduo",
        ("商户订单号", "发生时间", "收入金额(+元)", "支出金额(-元)", "账务类型"),
        "商户订单号",
        ("发生时间",),
        "收入金额(+元)",
        "支出金额(-元)",
        ("账务类型", "业务描述", "备注"),
    ),
)
STATEMENTS = (
    Statement(
        "douyin",
        ("动账时间", "动账金额", "订单号"),
        "订单号",
        ("动账时间",),
        "动账金额",
        ("订单实付应结", "运费实付", "实际平台补贴"),
        ("订单退款",),
        ("平台服务费", "佣金", "达人佣金", "渠道分成", "招商服务费", "站外推广费", "其他分成"),
        ("动账场景", "计费类型", "备注"),
        "动帐流水号",
        "子订单号",
        "动账方向",
    ),
    Statement(
        "xiaohongshu",
        ("订单号", "结算时间", "交易类型", "动账金额"),
        "订单号",
        ("结算时间",),
        "动账金额",
        ("商品实付/实退", "运费实付/实退", "平台优惠补贴"),
        (),
        ("佣金", "支付渠道费", "分销佣金", "代运营服务费", "花呗分期手续费"),
        ("交易类型", "备注"),
        "",
        "售后单号",
    ),
)
FOOTER_WORDS = ("合计", "总计", "汇总", "小计")
ALIASES = {"动账流水号": "动帐流水号", "入账日期": "入帐日期", "入账时间": "入帐时间", "入账类型": "入帐类型"}
LOOK_FOR_HEADER = 30


def find_format(rows):
    """Return the format and the place of its header, or (None, 0).

    >>> rows = [["拼多多店铺账务明细查询"], [], ["商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "账务类型", "备注"]]
    >>> found, place = find_format(rows)
    >>> found.name, place
    ('pinduoduo', 2)
    >>> find_format([["a", "b"]])
    (None, 0)
    """
    for place, row in enumerate(rows[:LOOK_FOR_HEADER]):
        header = _header(row)
        for found in LEDGERS + STATEMENTS:
            if all(need in header for need in found.needs):
                return found, place
    return None, 0


def read_rows(rows, name=""):
    """Read the rows of one sheet of a platform."""
    found, place = find_format(rows)
    if not found:
        raise FileProblem("unknown_format", name=name)
    header = _header(rows[place])
    body = [_Row(header, row, number) for number, row in enumerate(rows[place + 1 :], start=place + 2) if any(map(text_of, row))]
    said = None
    # The older Douyin file repeats a row of column names under its header; a row of sums ends some files.
    if body and not _is_money(body[0][_amount_column(found)]):
        body.pop(0)
    if body and any(text_of(cell).startswith(FOOTER_WORDS) for cell in body[-1].cells[:2]):
        said = body.pop()
    read = _ledger_lines if isinstance(found, Ledger) else _statement_lines
    lines = [line for row in body for line in read(found, row)]
    result = finish(found.name, lines, is_checked=said is not None, counted=not found.number)
    if said is not None:
        _check_sums(found, said, body, name)
    return result


class _Row:
    """A row of cells read by the names of its columns; a cell that is not there is empty."""

    def __init__(self, header, cells, number):
        self.header, self.cells, self.number = header, cells, number

    def __getitem__(self, column):
        place = self.header.get(column)
        return text_of(self.cells[place]) if place is not None and place < len(self.cells) else ""

    def number_of(self, column):
        """An order or flow number: text whose digits are all there."""
        place = self.header.get(column)
        return number_text(self.cells[place]) if place is not None and place < len(self.cells) else ""

    def amount(self, column):
        return cents(exact(self[column]))

    def words(self, columns):
        return " ".join(filter(None, (self[column] for column in columns)))

    def at(self, columns):
        """Date and time stand in one column or in two."""
        parts = [self[column] for column in columns]
        # A date column that a spreadsheet made a full time brings midnight along.
        return moment(" ".join([parts[0].split(" ")[0], parts[1].split(" ")[-1]]) if len(parts) > 1 and parts[1] else parts[0])


def _header(row):
    return {ALIASES.get(column, column): place for column, place in index_of(row).items() if column}


def _is_money(text):
    try:
        exact(text)
    except FileProblem:
        return False
    return True


def _amount_column(found):
    return found.earned if isinstance(found, Ledger) else found.amount


def _check_sums(found, said, body, name):
    columns = (found.earned, found.spent) if isinstance(found, Ledger) else (found.amount,)
    for column in columns:
        if said[column] and said.amount(column) != sum((row.amount(column) for row in body), ZERO):
            facts = {"said": str(said.amount(column)), "found": str(sum((row.amount(column) for row in body), ZERO))}
            raise FileProblem("totals_differ", name=name, what=column, **facts)


def _reference(found, row, *facts):
    """The flow number, else a fingerprint of what makes the row this row: the same row of another file gives the same."""
    number = row.number_of(found.number) if found.number else ""
    return number or "row:" + hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:24]


def _ledger_lines(found, row):
    amount = abs(row.amount(found.earned)) - abs(row.amount(found.spent))
    if not amount:
        return
    words, order, at = row.words(found.words), order_of(row.number_of(found.order)), row.at(found.at)
    kind = kind_of(words, amount)
    yield SettlementLine(kind, order, amount, at, _reference(found, row, order, at, amount, words), "-", words)


def _statement_lines(found, row):
    """Split what moved into its parts; the parts of a row always sum to the amount that moved."""
    amount = row.amount(found.amount)
    if found.direction and row[found.direction].startswith("出"):
        amount = -abs(amount)
    order, at, words = row.number_of(found.order), row.at(found.at), row.words(found.words)
    after_sale = row.number_of(found.suborder) if found.suborder else ""
    reference = _reference(found, row, order, after_sale, at, amount, words)
    is_refund = "退" in words or (found.name == "xiaohongshu" and bool(after_sale))
    parts = _parts(found, row, amount, is_refund)
    if not any(value for _kind, value, _part in parts):
        parts = [(("refund" if is_refund else kind_of(words, amount)), amount, "-")]
    rest = amount - sum((value for _kind, value, _part in parts), ZERO)
    parts.append(("adjust", rest, "rest"))
    for kind, value, part in parts:
        if value:
            yield SettlementLine(kind, order, value, at, reference, part, words)


def _parts(found, row, amount, is_refund):
    """The columns of a row as kinds; some exports write what is taken off with its sign, some without: take what sums up."""
    goods = [("refund" if is_refund else "sale", row.amount(column), column) for column in found.sale]
    taken = [("refund", row.amount(column), column) for column in found.refund]
    taken += [("fee", row.amount(column), column) for column in found.fee]
    signed = goods + taken
    turned = goods + [(kind, -value, part) for kind, value, part in taken]
    return min(signed, turned, key=lambda parts: abs(amount - sum((part[1] for part in parts), Decimal(0))))
