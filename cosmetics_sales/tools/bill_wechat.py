"""Bills of WeChat Pay (微信支付对账单): trade bills ALL, SUCCESS and REFUND, and the fund flow. Plain Python, no database.

Every value starts with a backtick and nothing is quoted, so a row is split at ``,` `` - a goods name may hold commas.
"""

from decimal import Decimal

from odoo.addons.cosmetics_base.tools.cell import moment
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

from .settlement_line import SettlementLine, cents, check_total, exact, finish, index_of, kind_of

TRADE_NEEDS = ("交易时间", "微信订单号", "商户订单号")
FLOW_NEEDS = ("记账时间", "资金流水单号", "收支类型")
# What the bill called these columns before 2018.
OLD_NAMES = {"总金额": "应结订单金额", "企业红包退款金额": "充值券退款金额", "企业红包金额": "代金券金额"}
TRADE_FOOTER = {
    "应结订单总金额": "应结订单金额",
    "总交易额": "应结订单金额",
    "退款总金额": "退款金额",
    "总退款金额": "退款金额",
    "充值券退款总金额": "充值券退款金额",
    "手续费总金额": "手续费",
    "订单总金额": "订单金额",
    "申请退款总金额": "申请退款金额",
}


def is_wechat(text):
    """Whether this text is a bill of WeChat Pay.

    >>> is_wechat("交易时间,公众账号ID,商户号,微信订单号,商户订单号"), is_wechat("订单号,金额")
    (True, False)
    """
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    return all(name in head for name in TRADE_NEEDS) or all(name in head for name in FLOW_NEEDS)


def split_row(line):
    """The values of a row without their backticks.

    >>> split_row("`2026-05-17 10:00:00,`wx1,`口红,正红,`0.60%")
    ['2026-05-17 10:00:00', 'wx1', '口红,正红', '0.60%']
    """
    return [value.strip(" \t") for value in line.removeprefix("`").split(",`")]


def read_bill(text, name=""):
    """Read one bill; the totals at its end are held against its rows."""
    rows = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    titles = rows[0].replace("`", "").split(",")
    header = index_of(titles)
    header = {OLD_NAMES.get(column, column): place for column, place in header.items()}
    # The footer is a line of names without a backtick and a line of values: no row of data lacks its backtick.
    end = next((place for place, row in enumerate(rows) if place and not row.startswith("`")), None)
    if end is None or end + 1 >= len(rows):
        raise FileProblem("no_footer", name=name)
    body = [split_row(row) for row in rows[1:end]]
    short = next((place for place, row in enumerate(body, start=2) if len(row) != len(titles)), None)
    if short:
        raise FileProblem("row_broken", name=name, row=short)
    footer = dict(zip(rows[end].replace("`", "").split(","), split_row(rows[end + 1]), strict=False))
    reader = _read_trades if "微信订单号" in header else _read_flow
    return reader(header, body, {key.strip(): exact(value) for key, value in footer.items()}, name)


def _read_trades(header, body, footer, name):
    check_total(name, footer.get("总交易单数"), len(body), "总交易单数")
    for title, column in TRADE_FOOTER.items():
        if title in footer and column in header:
            found = sum((exact(row[header[column]]) for row in body), Decimal(0))
            check_total(name, footer[title], found, title)
    lines = []
    for row in body:
        lines += _trade_lines({column: row[place] for column, place in header.items()})
    return finish("wechat_trade", lines, is_checked=True)


def _trade_lines(row):
    """The movements of one trade: the money, its return, the fee. A refund brings a part of the fee back (negative fee)."""
    paid, back, fee = (exact(row.get(column, "")) for column in ("应结订单金额", "退款金额", "手续费"))
    if row["交易状态"] == "SUCCESS" or not back:
        back = Decimal(0)
    elif row["交易状态"] in ("REFUND", "REVOKED"):
        paid = Decimal(0) if row.get("微信退款单号") else paid
    if row.get("退款状态") == "FAIL":
        back, fee = Decimal(0), Decimal(0)
    number = (back and row.get("微信退款单号")) or row["微信订单号"]
    at = moment((back and row.get("退款成功时间")) or row["交易时间"])
    order, goods = row["商户订单号"], row.get("商品名称", "")
    movements = (("sale", paid, "-"), ("refund", -back, "-"), ("fee", -fee, "fee"))
    return [SettlementLine(kind, order, cents(amount), at, number, part, goods) for kind, amount, part in movements if cents(amount)]


def _read_flow(header, body, footer, name):
    amounts = [exact(row[header["收支金额(元)"]]) * (1 if row[header["收支类型"]] == "收入" else -1) for row in body]
    earned, spent = [amount for amount in amounts if amount > 0], [-amount for amount in amounts if amount < 0]
    found = {
        "资金流水总笔数": len(body),
        "收入笔数": sum(row[header["收支类型"]] == "收入" for row in body),
        "收入金额": sum(earned, Decimal(0)),
        "支出笔数": sum(row[header["收支类型"]] != "收入" for row in body),
        "支出金额": sum(spent, Decimal(0)),
    }
    for title, value in found.items():
        check_total(name, footer.get(title), value, title)
    lines = [_flow_line({c: row[place] for c, place in header.items()}, amount) for row, amount in zip(body, amounts, strict=True)]
    return finish("wechat_flow", lines, is_checked=True, counted=True)


def _flow_line(row, amount):
    """A flow is named by its business number, as the trade bill names it: both bills of a day give the same movements."""
    what = row.get("业务类型", "") + " " + row.get("业务名称", "")
    kind = kind_of(what, amount)
    number = row["微信支付业务单号"] or row["资金流水单号"]
    order = row.get("业务凭证号", "") if kind in ("sale", "refund", "fee") else ""
    return SettlementLine(kind, order, cents(amount), moment(row["记账时间"]), number, "fee" if kind == "fee" else "-", what.strip())
