"""The account of the company at its bank, as the bank writes it."""

import csv
import io

ACCOUNT = "61001234567890123456"
HEAD = [
    "账号",
    "账户名称",
    "交易时间",
    "记账日期",
    "借方发生额（支取）",
    "贷方发生额（收入）",
    "余额",
    "币种",
    "对方户名",
    "对方账号",
    "对方开户机构",
    "摘要",
    "备注",
    "账户明细编号-交易流水号",
]
# What the bank itself books: (days ago, amount, memo).
BANKS_OWN = ((12, -35.0, "对公账户管理费"), (6, 218.4, "结息"))
# What comes in on the day of the set-up, left to be reconciled: money nobody knows, and what an open invoice asks for.
UNKNOWN = ("西安某某商贸有限公司", 500.0, "往来款")


def statement(owner, opening, movements):
    """Return a file of the construction bank, in the encoding of its web site.

    Movements are (day, amount, other side, memo), the oldest first.

    >>> from datetime import date
    >>> file = statement("长安妆集", 100.0, [(date(2026, 8, 1), -12.5, "", "手续费")]).decode("gb18030").splitlines()
    >>> file[3].split(",")[2:7]
    ['20260801 09:01:00', '20260801', '12.50', '', '87.50']
    """
    table, balance = [["中国建设银行活期账户全部交易明细"], ["账号：", ACCOUNT], HEAD], opening
    for number, (day, amount, partner, memo) in enumerate(movements, start=1):
        balance += amount
        at = f"{day:%Y%m%d} 09:{number:02d}:00"
        out, came = (f"{-amount:.2f}", "") if amount < 0 else ("", f"{amount:.2f}")
        key = f"{day:%Y%m%d}{number:05d}"
        table.append([ACCOUNT, owner, at, f"{day:%Y%m%d}", out, came, f"{balance:.2f}", "人民币元", partner, "", "", memo, "", key])
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(table)
    return stream.getvalue().encode("gb18030")
