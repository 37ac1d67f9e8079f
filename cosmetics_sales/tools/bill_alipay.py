"""Bills of Alipay (支付宝): fund ledger 账务明细, business detail 业务明细 and the ledger of its web site. Plain Python, no database.

Lines with ``#`` are meta, values end with a tab. Taobao orders stand there as T200P and their number.
"""

import csv
import re
from decimal import Decimal

from odoo.addons.cosmetics_base.tools.cell import clean, moment
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

from .settlement_line import SettlementLine, cents, check_total, exact, finish, index_of, kind_of, order_of

LEDGER_NEEDS = ("账务流水号", "商户订单号", "发生时间", "收入金额(+元)", "支出金额(-元)")
WEB_NEEDS = ("入账时间", "支付宝流水号", "商户订单号", "收入(+元)", "支出(-元)")
DETAIL_NEEDS = ("支付宝交易号", "商户订单号", "业务类型", "商家实收(元)")
SUMMARY_NEEDS = ("类型", "收入笔数", "总金额(元)")
SUM = re.compile(r"#(支出|收入|交易|退款)合计[::]?\s*(\d+)\s*笔[,,]?.*?共\s*(-?[\d.,]+)\s*元".replace("::", ":：").replace(",,", ",，"))


def footer_of(line):
    """What a line of totals says: its name, the number of movements and the amount.

    >>> footer_of("#支出合计：3笔，共-12.50元"), footer_of("#交易合计：2笔，商家实收共180.00元，商家优惠共5.00元")
    (('支出', 3, Decimal('-12.50')), ('交易', 2, Decimal('180.00')))
    >>> footer_of("#导出时间：[2026年06月01日 09:00:00]")
    """
    match = SUM.match(line)
    return match and (match[1], int(match[2]), exact(match[3]))


def is_alipay(text):
    """Whether this text is a bill of Alipay.

    >>> is_alipay("#支付宝账务明细查询\\n#账号：[2088]"), is_alipay("序号,入账时间,支付宝交易号,支付宝流水号"), is_alipay("订单号")
    (True, True, False)
    """
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    return head.startswith("#支付宝") or ("入账时间" in head and "支付宝流水号" in head)


def is_summary(text):
    """Whether this is the sheet of sums that lies beside the ledger in the zip; it holds nothing of its own."""
    return text.lstrip("\ufeff").startswith(("#支付宝账务汇总", "#支付宝业务汇总"))


def read_bill(text, name=""):
    """Read one bill; its totals are held against its rows where it has any."""
    content = text.lstrip("\ufeff").splitlines()
    footers = {found[0]: found[1:] for found in map(footer_of, content) if found}
    rows = [[clean(value) for value in row] for row in csv.reader(line for line in content if line.strip() and line[0] != "#")]
    if not rows:
        raise FileProblem("empty", name=name)
    header = index_of(rows[0])
    is_closed = any("列表结束" in line for line in content)
    if content[0].lstrip().startswith("#") and not (is_closed and footers):
        raise FileProblem("no_footer", name=name)
    broken = next((place for place, row in enumerate(rows[1:], start=2) if len(row) < len(header)), None)
    if broken:
        raise FileProblem("row_broken", name=name, row=broken)
    body = [{column: row[place] for column, place in header.items()} for row in rows[1:]]
    for needs, reader in ((DETAIL_NEEDS, _read_detail), (LEDGER_NEEDS, _read_ledger), (WEB_NEEDS, _read_ledger)):
        if all(need in header for need in needs):
            return reader(body, footers, name)
    raise FileProblem("unknown_format", name=name)


def _read_ledger(body, footers, name):
    earned = [exact(row.get("收入金额(+元)", row.get("收入(+元)", ""))) for row in body]
    # An expense is written with its minus sign or without, by the age of the export.
    spent = [-abs(exact(row.get("支出金额(-元)", row.get("支出(-元)", "")))) for row in body]
    for title, amounts in (("收入", earned), ("支出", spent)):
        if title in footers:
            count, amount = footers[title]
            check_total(name, count, sum(1 for value in amounts if value), f"{title}笔数")
            check_total(name, abs(amount), abs(sum(amounts, Decimal(0))), f"{title}合计")
    lines = []
    for row, plus, minus in zip(body, earned, spent, strict=True):
        if amount := cents(plus + minus):
            lines.append(_ledger_line(row, amount))
    return finish("alipay_ledger", lines, is_checked=bool(footers))


def _ledger_line(row, amount):
    words = [row.get(column, "") for column in ("业务类型", "账务类型", "业务描述", "备注", "商品名称")]
    kind = kind_of(" ".join(words[:4]), amount)
    if not any(words[:2]):
        raise FileProblem("row_broken", name=row.get("账务流水号", ""), row=0)
    # The base order is the order a fee or a refund belongs to; the trade number of Alipay stands in for it.
    order = row.get("商户订单号") or row.get("业务基础订单号") or row.get("业务订单号") or ""
    number = row.get("账务流水号") or row.get("支付宝流水号")
    at = moment(row.get("发生时间") or row.get("入账时间"))
    return SettlementLine(kind, "" if kind == "payout" else order_of(order), amount, at, number, "-", " ".join(filter(None, words)))


def _read_detail(body, footers, name):
    sums = {"交易": [], "退款": []}
    lines = []
    for row in body:
        is_refund = "退款" in row["业务类型"]
        got, fee = exact(row["商家实收(元)"]), exact(row.get("服务费(元)", ""))
        sums["退款" if is_refund else "交易"].append(got)
        # A sale costs a fee, a refund gives it back, whatever sign the export writes.
        amounts = (("refund", -abs(got), "-"), ("fee", abs(fee), "fee")) if is_refund else (("sale", got, "-"), ("fee", -abs(fee), "fee"))
        number = row["支付宝交易号"] + (f"/{row['退款批次号/请求号']}" if is_refund and row.get("退款批次号/请求号") else "")
        at, order = moment(row.get("完成时间") or row.get("创建时间")), order_of(row["商户订单号"])
        lines += [
            SettlementLine(kind, order, cents(amount), at, number, part, row.get("商品名称", ""))
            for kind, amount, part in amounts
            if cents(amount)
        ]
    for title, amounts in sums.items():
        if title in footers:
            count, amount = footers[title]
            check_total(name, count, len(amounts), f"{title}笔数")
            check_total(name, abs(amount), abs(sum(amounts, Decimal(0))), f"{title}合计")
    return finish("alipay_detail", lines, is_checked=bool(footers))
