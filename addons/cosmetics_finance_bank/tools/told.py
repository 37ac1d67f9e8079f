"""What a bank says about its own file before and after the movements: totals, counts, balances. Plain Python."""

import re
from decimal import Decimal

from odoo.addons.cosmetics_base.tools.cell import CellProblem, clean, money

SUM_WORDS = re.compile(r"合计|总计|总额|总金额|累计|发生额")
NOTE_WORDS = re.compile(
    r"合计|总计|小计|累计|总额|总金额|笔数|本页|期初|期末|余额|以上|以下|打印|导出|下载|备注|说明|注[:：]|制表|第.*页|截止"
)
OUT = re.compile(r"借方|支出|付款|支取|转出")
IN = re.compile(r"贷方|收入|收款|存入|转入")
OPENING = re.compile(r"期初|上期|起始余额|承前")
CLOSING = re.compile(r"期末|本期余额")
AMOUNT = re.compile(r"(?P<label>[^\t:：,，;；]{2,24})[:：\t]\s*\t*(?P<sum>[¥￥]?-?[\d,]+\.\d{1,2})")
PIECES = re.compile(r"\d+笔[，,]\s*共")
COUNT = re.compile(r"(?P<label>[^\t:：,，;；]{0,20}笔数)[:：\t]\s*\t*(?P<count>\d{1,7})(?![\d.])")
ACCOUNT = re.compile(r"(?:账号|帐号|账户号|卡号)[^\d*]{0,12}(?P<account>[\d*]{4,32})")


def is_note(row):
    """Whether a row without a date is a remark of the bank and no broken movement.

    >>> is_note(["合计", "", "12.00"]), is_note(["2026-13-01", "5.00"]), is_note(["导出时间：2026-08-01"])
    (True, False, True)
    """
    return bool(NOTE_WORDS.search("\t".join(clean(cell) for cell in row)))


def read_told(rows):
    """Return {in, out, opening, closing, in_count, out_count: what the rows around the movements say}.

    >>> told = read_told([["期初余额：1,000.00", "期末余额", "900.00"], ["借方合计：100.00", "贷方合计:", "0.00", "借方笔数：2"]])
    >>> sorted((name, str(value)) for name, value in told.items())
    [('closing', '900.00'), ('in', '0.00'), ('opening', '1000.00'), ('out', '100.00'), ('out_count', '2')]
    """
    told = {}
    for row in rows:
        text = "\t".join(filter(None, (clean(cell) for cell in row)))
        for match in AMOUNT.finditer(PIECES.sub("", text)):
            kind = _kind_of(match["label"])
            if kind:
                told[kind] = money(match["sum"])
        for match in COUNT.finditer(text):
            side = _side_of(match["label"])
            if side:
                told[f"{side}_count"] = int(match["count"])
    return told


def read_total_row(row, layout):
    """Return {in, out} of a row of totals that stand under their columns.

    Only a row that says 合计 or 总计 of itself is one; totals of one page (本页) are not those of the file.
    """
    text = "".join(clean(cell) for cell in row)
    if not re.search(r"合计|总计", text) or re.search(r"本页|小计", text):
        return {}
    found = {}
    for role in ("in", "out"):
        for place in layout.places.get(role, ()):
            try:
                amount = money(row[place]) if place < len(row) else None
            except CellProblem:
                continue
            if amount is not None:
                found[role] = abs(amount) if role == "out" and layout.profile.out_negative else amount
    return found


def own_accounts(rows):
    """Account numbers in the rows above the header.

    >>> sorted(own_accounts([["账号：6100 0000 1234", "户名：西安"], ["查询账号", "6222****1234"]]))
    ['610000001234', '6222****1234']
    """
    texts = ("\t".join(filter(None, (clean(cell) for cell in row))) for row in rows)
    return {match["account"] for text in texts for match in ACCOUNT.finditer(re.sub(r"(?<=[\d*])[ \-](?=[\d*])", "", text))}


def _side_of(label):
    return "out" if OUT.search(label) else "in" if IN.search(label) else None


def _kind_of(label):
    if OPENING.search(label):
        return "opening"
    if CLOSING.search(label):
        return "closing"
    return _side_of(label) if SUM_WORDS.search(label) else None


def differences(told, rows, opening, closing):
    """Return [(what, told, found)] of what the bank says and its movements do not.

    `opening` and `closing` are None when the file has no balance.
    """
    came = [row.amount for row in rows if row.amount > 0]
    went = [-row.amount for row in rows if row.amount < 0]
    found = {
        "in": sum(came, Decimal(0)),
        "out": sum(went, Decimal(0)),
        "in_count": len(came),
        "out_count": len(went),
        "opening": opening,
        "closing": closing,
    }
    if opening is None and {"opening", "closing"} <= told.keys():
        found |= {"opening": told["opening"], "closing": told["opening"] + found["in"] - found["out"]}
    return [(what, said, found[what]) for what, said in told.items() if found[what] is not None and said != found[what]]
