"""The end of a month: bank, claims, vouchers, the lock, the three statements, each by the person whose work it is. In Chinese."""

import re
import time

import pypdf
from client import picture
from playwright.sync_api import expect
from sample_company import last_month_end

RUN = int(time.time())
OWN = f"6100{RUN}"
HEAD = "账号,账户名称,交易时间,记账日期,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,摘要,备注,"
HEAD += "账户明细编号-交易流水号\n"
CUSTOMER, SMALL_CUSTOMER, SUPPLIER = "西安雁塔棠梨美妆店", "蓝田县玉山美容用品店", "西安渭棠日化有限公司"
STATEMENTS = ("资产负债表", "利润表", "现金流量表")


class Month:
    """The month that is closed: the one before the sample company was set up."""

    def __init__(self, client):
        self.end = last_month_end(client)
        self.year, self.month = str(self.end.year), str(self.end.month)

    def day(self, number):
        return self.end.replace(day=number)


def enter_documents(client, month):
    """Enter what the month has brought, as the accountant did day by day: two invoices and a bill; return their names."""
    client.call("account.journal", "create", [{"name": "建行一般户", "type": "bank", "code": f"Y{RUN % 10000}", "bank_acc_number": OWN}])
    documents = []
    for kind, partner, amount in (("out_invoice", CUSTOMER, 1130), ("out_invoice", SMALL_CUSTOMER, 565), ("in_invoice", SUPPLIER, 2260)):
        found = client.search_read("res.partner", [["name", "=", partner]], ["id"])[0]["id"]
        line = {"name": "服务费", "quantity": 1, "price_unit": amount, "tax_ids": [[6, 0, []]]}
        values = {"move_type": kind, "partner_id": found, "invoice_date": str(month.day(5)), "date": str(month.day(5))}
        [move] = client.call("account.move", "create", [{**values, "ref": f"YJ{RUN}", "invoice_line_ids": [[0, 0, line]]}])
        client.call("account.move", "action_post", [move])
        documents.append(client.read("account.move", [move], ["name"])[0]["name"])
    return documents


def bank_file(month, invoice):
    """Return the month at the bank: a customer by the invoice, a supplier by amount, charges, interest, a person who pays for a shop."""
    movements = (
        (10, 1130.0, CUSTOMER, f"货款{invoice}"),
        (11, -2260.0, SUPPLIER, "采购款"),
        (12, -30.0, "", "手续费"),
        (21, 12.34, "", "结息"),
        (22, 565.0, "王玉山", "货款"),
    )
    balance, body = 5000.0, ""
    for day, amount, partner, memo in movements:
        balance += amount
        at = f"{month.day(day):%Y%m%d}"
        out, came = (f"{-amount:.2f}", "") if amount < 0 else ("", f"{amount:.2f}")
        body += f"{OWN},长安妆集,{at} 09:00:00,{at},{out},{came},{balance:.2f},人民币元,{partner},,,{memo},,{RUN}{day}\n"
    return f"中国建设银行活期账户全部交易明细\n账号：,{OWN}\n{HEAD}{body}".encode("gb18030")


def read_file(client, raw):
    """Read the file into its account and reconcile what is beyond doubt."""
    client.open_app("财务管理")
    client.menu("银行对账", "银行流水导入")
    client.new()
    client.page.locator("input[type=file]").first.set_input_files([{"name": "建行一般户.csv", "mimeType": "text/csv", "buffer": raw}])
    client.page.locator(".o_attachment").first.wait_for()
    client.settle()
    client.click_button("检查文件")
    client.click_button("导入")
    client.page.locator("button[name=action_open_movements]").click()
    client.settle()
    client.click_button("一键对账")
    lines = client.search_read("account.bank.statement.line", [["journal_id.name", "=", "建行一般户"]], ["amount", "is_reconciled"])
    assert [line["amount"] for line in lines if not line["is_reconciled"]] == [565.0]


def reconcile_by_hand(client, invoice):
    """Match the money of a person with the invoice of the shop she pays for, on the screen of the add-on."""
    client.page.locator("tr.o_data_row", has_text="王玉山").locator("button[name=action_open_reconcile]").click()
    offered = client.page.locator(".o_reconcile_move_line_view tr.o_data_row", has_text=invoice)
    offered.wait_for()
    client.settle()
    assert not client.page.locator(".o_reconcile_move_line_view tr.o_data_row", has_text="结息").count(), "no movement settles another"
    offered.locator("td").first.click()
    client.settle()
    client.page.screenshot(path=picture("month_end_by_hand"))
    client.page.locator("button[name=reconcile_bank_line]:not(.disabled)").click()
    client.settle()


def claim(sign_in, month):
    """An employee claims a meal, the owner approves it; return the claim."""
    with sign_in("sales") as employee:
        [kind] = employee.search_read("product.product", [["default_code", "=", "FOOD"]], ["id"])
        [me] = employee.search_read("hr.employee.public", [["user_id.login", "=", "sales"]], ["id"])
        expense = {
            "name": "客户工作餐", "product_id": kind["id"], "total_amount_currency": 200.0, "date": str(month.day(15)),
            "fapiao": f"26612000{RUN:012d}", "payment_mode": "own_account", "employee_id": me["id"],
        }  # fmt: skip
        [number] = employee.call(
            "cosmetics.expense.claim", "create", [{"note": "拜访客户", "employee_id": me["id"], "expense_ids": [[0, 0, expense]]}]
        )
        employee.page.goto(f"{employee.url}/odoo/action-cosmetics_finance_expense.cosmetics_expense_claim_action/{number}")
        employee.page.wait_for_selector(".o_form_view")
        employee.settle()
        employee.click_button("提交审批")
    with sign_in("owner") as owner:
        owner.page.goto(f"{owner.url}/odoo/action-cosmetics_finance_expense.cosmetics_expense_claim_action/{number}")
        owner.page.wait_for_selector(".o_form_view")
        owner.settle()
        owner.click_button("批准")
    return number


def pay_claim(client, number):
    """Post the claim, which belongs to the month, and pay it today."""
    client.menu("应付", "费用报销")
    client.page.locator("tr.o_data_row", has_text="拜访客户").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("入账")
    client.page.locator("button[name=action_pay]").locator("visible=true").click()
    client.dialog()
    client.settle()
    client.dialog().locator("button[name=action_create_payments]").click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.settle()
    assert client.read("cosmetics.expense.claim", [number], ["state"])[0]["state"] == "paid"


def close_month(client, month):
    """Number the vouchers, see the check list without a red line, close."""
    client.menu("凭证与账簿", "期末结账")
    client.new()
    client.choose("year", month.year)
    client.choose("month", month.month)
    client.save()
    client.click_button("凭证编号")
    rows = client.page.locator(".o_field_widget[name=check_ids] tr.o_data_row")
    rows.first.wait_for()
    client.page.screenshot(path=picture("month_end_checks"))
    assert not client.page.locator(".o_field_widget[name=check_ids] tr.text-danger").count(), rows.all_inner_texts()
    client.page.locator("button[name=action_close]").click()
    client.settle()
    facts = client.read("cosmetics.period.close", [client.record_id()], ["state", "date_end"])[0]
    assert (facts["state"], facts["date_end"]) == ("closed", str(month.end))


def show_statement(client, month, name):
    """Show a statement of the month: its three ties are green; print it and return the text of the paper."""
    client.menu("报表", name)
    client.choose("year", month.year)
    client.choose("month", month.month)
    expect(client.page.locator(".o_statement_check.text-success")).to_have_count(3)
    assert not client.page.locator(".o_statement_check.text-danger").count()
    client.page.screenshot(path=picture(f"month_end_{name}"), full_page=True)
    with client.page.expect_download() as download:
        client.page.locator("button[name=action_print]").click()
    paper = picture(f"month_end_{name}").with_suffix(".pdf")
    download.value.save_as(paper)
    pages = pypdf.PdfReader(paper).pages
    assert len(pages) == 1
    client.settle()
    return re.sub(r"\s", "", pages[0].extract_text())


def closed_month_refuses(client, month, invoice):
    """What is in the books of the month stays as it is; what comes late stands after its last day."""
    client.menu("应收", "销售发票")
    client.search(invoice)
    client.page.locator("tr.o_data_row", has_text=invoice).first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.page.locator("button[name=button_draft]").locator("visible=true").click()
    expect(client.dialog()).to_contain_text("之前添加/修改分录")
    client.page.screenshot(path=picture("month_end_refused"))
    client.dialog().locator("footer button").first.click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    journal = client.search_read("account.journal", [["type", "=", "general"]], ["id"], limit=1)[0]["id"]
    lines = [
        [0, 0, {"account_id": account(client, code), "debit": debit, "credit": 5.0 - debit}]
        for code, debit in (("1002", 5.0), ("5301", 0.0))
    ]
    [late] = client.call("account.move", "create", [{"journal_id": journal, "date": str(month.end), "line_ids": lines}])
    client.call("account.move", "action_post", [late])
    assert client.read("account.move", [late], ["date"])[0]["date"] > str(month.end)


def account(client, prefix):
    """Return an account by the beginning of its code."""
    return client.search_read("account.account", [["code", "=like", f"{prefix}%"]], ["id"], limit=1)[0]["id"]


def test_a_month_is_reconciled_closed_and_reported(sign_in):
    """From the bank's file to the printed statements; the closed month takes nothing more."""
    with sign_in("accountant", size=(1440, 900)) as client:
        month = Month(client)
        invoice, by_hand, bill = enter_documents(client, month)
    number = claim(sign_in, month)
    with sign_in("accountant", size=(1440, 900)) as client:
        read_file(client, bank_file(month, invoice))
        reconcile_by_hand(client, by_hand)
        documents = client.search_read("account.move", [["name", "in", [invoice, by_hand, bill]]], ["payment_state", "amount_residual"])
        assert {document["amount_residual"] for document in documents} == {0.0}
        client.open_app("财务管理")
        pay_claim(client, number)
        close_month(client, month)
        papers = {name: show_statement(client, month, name) for name in STATEMENTS}
        for name, text in papers.items():
            assert name in text and "西安长安妆集化妆品有限公司" in text
        assert "200.00" in papers["利润表"], "what was claimed belongs to the month"
        closed_month_refuses(client, month, invoice)
