"""Statement files as the banks write them, for the tests. Movements are (time, amount, partner, account, memo, number)."""

import csv
import io
from decimal import Decimal

import xlsxwriter

OWN = "61001234567890123456"
OPENING = Decimal("1000.00")
MOVEMENTS = (
    ("2026-08-01 09:00:00", Decimal("500.00"), "西安晨光商贸", "6100222233334444", "货款", "2026080100001"),
    ("2026-08-01 15:24:03", Decimal("-12.50"), "", "", "手续费", "2026080100002"),
    ("2026-08-03 10:00:00", Decimal("-300.00"), "上海丽颜供应链", "3100555566667777", "采购款", "2026080300003"),
    ("2026-08-05 11:30:00", Decimal("0.88"), "", "", "结息", "2026080500004"),
)


def balances(movements, opening=OPENING):
    """Return the balance after each movement."""
    found = []
    for _at, amount, *_rest in movements:
        opening += amount
        found.append(opening)
    return found


def split(amount):
    """Return (out, in) as texts, the other one empty."""
    return (f"{-amount:.2f}", "") if amount < 0 else ("", f"{amount:.2f}")


def rows(movements=MOVEMENTS, opening=OPENING):
    """Yield (time, out, in, balance, partner, account, memo, number)."""
    for movement, balance in zip(movements, balances(movements, opening), strict=True):
        at, amount, partner, account, memo, number = movement
        yield at, *split(amount), f"{balance:.2f}", partner, account, memo, number


def text(table, encoding="gb18030"):
    """Return the bytes of a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(table)
    return stream.getvalue().encode(encoding)


def workbook(table):
    """Return the bytes of an XLSX file; numbers stay numbers."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        for row_no, cells in enumerate(table):
            for column, value in enumerate(cells):
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(row_no, column, value)
    return raw.getvalue()


def ccb(movements=MOVEMENTS, opening=OPENING, own=OWN):
    """Construction bank: its title and account come before the header."""
    header = "账号 账户名称 交易时间 记账日期 借方发生额（支取） 贷方发生额（收入） 余额 币种 对方户名 对方账号 对方开户机构"
    header += " 摘要 备注 账户明细编号-交易流水号"
    body = [
        [
            own,
            "长安丽人",
            at.replace("-", ""),
            at[:10].replace("-", ""),
            out,
            came,
            left,
            "人民币元",
            partner,
            account,
            "",
            memo,
            "",
            number,
        ]
        for at, out, came, left, partner, account, memo, number in rows(movements, opening)
    ]
    return [["中国建设银行活期账户全部交易明细"], ["账号：", own], header.split(" "), *body]


def icbc(movements=MOVEMENTS, opening=OPENING):
    """ICBC: a mark in the first cell; the voucher number is no key."""
    body = [
        ["0", at, partner, account, came, out, left, memo, ""]
        for at, out, came, left, partner, account, memo, _no in rows(movements, opening)
    ]
    return [["[HISTORYDETAIL]"], ["凭证号", "交易时间", "对方单位", "对方账号", "转入金额", "转出金额", "余额", "摘要", "附言"], *body]


def pingan(movements=MOVEMENTS, opening=OPENING):
    """Ping An: the newest movement first."""
    header = "交易时间 账号 收入 支出 账户余额 对方户名 对方账号 对方账号开户行 摘要 交易流水号 核心唯一流水号 交易用途 币种"
    body = [
        [at, OWN, came, out, left, partner, account, "", memo, number, "C" + number, "", "RMB"]
        for at, out, came, left, partner, account, memo, number in rows(movements, opening)
    ]
    return [header.split(" "), *body[::-1]]


def ceb(movements=MOVEMENTS, opening=OPENING):
    """Everbright: four rows of meta with totals, day and time in two columns."""
    came = sum((amount for _at, amount, *_rest in movements if amount > 0), Decimal(0))
    went = sum((-amount for _at, amount, *_rest in movements if amount < 0), Decimal(0))
    meta = [["中国光大银行对公账户明细"], [f"账号：{OWN}"], [f"借方合计：{went:.2f}"], [f"贷方合计：{came:.2f}"]]
    header = "交易日期 交易时间 借方发生额（元） 贷方发生额（元） 账户余额（元） 对方账号 对方名称 摘要"
    body = [
        [at[:10], at[11:], out, cr, left, account, partner, memo]
        for at, out, cr, left, partner, account, memo, _no in rows(movements, opening)
    ]
    return [*meta, header.split(" "), *body]


def cmbc(movements=MOVEMENTS, opening=OPENING):
    """Minsheng: one row of meta, a row of totals at the end."""
    header = "交易时间 交易流水号 借方发生额 贷方发生额 账户余额 对方账号 对方账号名称 对方开户行 客户附言"
    body = [
        [at, number, out, came, left, account, partner, "", memo]
        for at, out, came, left, partner, account, memo, number in rows(movements, opening)
    ]
    went, came = (sum((sign * amount for _at, amount, *_rest in movements if amount * sign > 0), Decimal(0)) for sign in (-1, 1))
    return [[f"账号：{OWN[:4]}****{OWN[-4:]}"], header.split(" "), *body, ["合计", "", f"{went:,.2f}", f"{came:,.2f}"]]


def cmb(movements=MOVEMENTS, opening=OPENING):
    """Merchants bank: day and time apart, the account in each row."""
    header = "账号 账号名称 币种 交易日 交易时间 起息日 交易类型 借方金额 贷方金额 余额 摘要 流水号 收(付)方名称 收(付)方账号"
    body = [
        [OWN, "长安丽人", "人民币", at[:10].replace("-", ""), at[11:], "", "转账", out, came, left, memo, number, partner, account]
        for at, out, came, left, partner, account, memo, number in rows(movements, opening)
    ]
    return [header.split(" "), *body]


def other(movements=MOVEMENTS, opening=OPENING):
    """A bank that nobody knows: one amount, its side in another column."""
    header = ["交易日期", "交易时间", "借贷标志", "交易金额", "余额", "对方户名", "对方账号", "附言"]
    body = [
        [at[:10], at[11:], "借" if out else "贷", out or came, left, partner, account, memo]
        for at, out, came, left, partner, account, memo, _no in rows(movements, opening)
    ]
    return [header, *body]


BANKS = {"ccb": ccb, "icbc": icbc, "pingan": pingan, "ceb": ceb, "cmbc": cmbc, "cmb": cmb, "generic": other}
