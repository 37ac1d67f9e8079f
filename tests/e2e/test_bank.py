"""The accountant reads a bank file, reconciles what is beyond doubt and looks at what is open. In Chinese."""

import datetime
import time

from client import picture
from playwright.sync_api import expect

RUN = int(time.time())
OWN = "61001234567890123456"
HEAD = "账号,账户名称,交易时间,记账日期,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,摘要,备注,"
HEAD += "账户明细编号-交易流水号\n"
# (out, in, balance, partner, memo): a bank charge and interest are certain, money of somebody unknown is not.
MOVEMENTS = (("12.50", "", "987.50", "", "手续费"), ("", "0.88", "988.38", "", "结息"), ("", "500.00", "1488.38", "西安某某商贸", "往来"))
# A day of the current month: earlier ones may be closed.
DAY = f"{datetime.datetime.now(datetime.UTC):%Y%m%d}"


def bank_file():
    """Return a file of the construction bank, in the encoding of its web site."""
    body = "".join(
        f"{OWN},长安妆集,{DAY} 09:0{n}:00,{DAY},{out},{came},{left},人民币元,{partner},,,{memo},,{RUN}{n}\n"
        for n, (out, came, left, partner, memo) in enumerate(MOVEMENTS)
    )
    return f"中国建设银行活期账户全部交易明细\n账号：,{OWN}\n{HEAD}{body}".encode("gb18030")


def read_file(client):
    """Read the file into the bank journal, up to the verdict."""
    client.menu("银行对账", "银行流水导入")
    client.new()
    client.pick("journal_id", "银行")
    client.page.locator("input[type=file]").first.set_input_files([{"name": "建行11月.csv", "mimeType": "text/csv", "buffer": bank_file()}])
    client.page.locator(".o_attachment").first.wait_for()
    client.settle()
    client.click_button("检查文件")


def test_bank_file_is_booked_once_and_the_certain_is_reconciled(sign_in):
    """Charges and interest find their accounts by one click; the same file again brings nothing."""
    mine = [("ref", "like", str(RUN))]
    with sign_in("accountant") as client:
        client.open_app("财务管理")
        read_file(client)
        client.page.screenshot(path=picture("bank_checked"))
        client.click_button("导入")
        client.page.screenshot(path=picture("bank_imported"))
        lines = client.search_read("account.bank.statement.line", mine, ["amount", "is_reconciled"])
        assert sorted(line["amount"] for line in lines) == [-12.5, 0.88, 500.0]
        client.page.locator("button[name=action_open_movements]").click()
        client.settle()
        client.click_button("一键对账")
        lines = client.search_read("account.bank.statement.line", mine, ["amount", "is_reconciled"])
        assert {line["amount"]: line["is_reconciled"] for line in lines} == {-12.5: True, 0.88: True, 500.0: False}
        client.page.screenshot(path=picture("bank_reconciled"))
        read_file(client)
        expect(client.field("new_count")).to_have_text("0")
        expect(client.field("known_count")).to_have_text("3")
        client.menu("银行对账", "未达账项账龄")
        client.page.screenshot(path=picture("bank_open"))
