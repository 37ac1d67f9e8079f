"""The accountant's month: the file for the tax platform, its list back, numbers on invoices, a declaration that ties. In Chinese."""

import io
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
from client import picture
from playwright.sync_api import expect

PHONE = (390, 844)
RUN = int(time.time()) % 10**9
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
HEADER = (
    *("序号", "发票代码", "发票号码", "数电发票号码", "销方识别号", "销方名称", "购方识别号", "购买方名称", "开票日期"),
    *("货物或应税劳务名称", "金额", "税率", "税额", "价税合计", "发票票种", "发票状态", "是否正数发票", "备注"),
)


def number(serial):
    """Return a number of a fully digital invoice that no other run has."""
    return f"26612{RUN:09d}{serial:06d}"


def issued_list(company, requests):
    """Return the platform's list of what it issued: one row for each request, as (serial, buyer, tax number, amount, tax)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for place, (serial, buyer, vat, amount, tax) in enumerate(requests, 1):
        row = {
            "序号": str(place), "数电发票号码": number(place), "销方识别号": company["vat"], "销方名称": company["name"], "购方识别号": vat,
            "购买方名称": buyer, "开票日期": f"{TODAY} 09:00:00", "货物或应税劳务名称": "*日用化学产品*面霜",
            "金额": f"{amount:.2f}", "税率": "13%", "税额": f"{tax:.2f}", "价税合计": f"{amount + tax:.2f}",
            "发票票种": "数电票（增值税专用发票）",
            "发票状态": "正常", "是否正数发票": "是", "备注": serial,
        }  # fmt: skip
        sheet.append([row.get(title, "") for title in HEADER])
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def make_invoices(client, count=2):
    """Return ids of posted invoices of this run: whatever the sample company holds, these wait for their tax invoice."""
    buyers = [["vat", "!=", False], ["customer_rank", ">", 0], ["is_company", "=", True]]
    partner = client.search_read("res.partner", buyers, ["id"], limit=1)
    rate = [["type_tax_use", "=", "sale"], ["amount", "=", 13], ["price_include", "=", False]]
    tax = client.search_read("account.tax", rate, ["id"], limit=1)[0]["id"]
    found = []
    for place in range(count):
        price = 1000 + place + RUN % 1000
        line = [0, 0, {"name": f"面霜 {RUN}", "quantity": 1, "price_unit": price, "tax_ids": [[6, 0, [tax]]]}]
        vals = {"move_type": "out_invoice", "partner_id": partner[0]["id"], "ref": f"FP{RUN}", "invoice_line_ids": [line]}
        found.append(client.call("account.move", "create", [vals])[0])
    client.call("account.move", "action_post", found)
    return found


def choose_all(client, text):
    """Filter the list by a text and tick every row."""
    client.search(text)
    expect(client.page.locator("tr.o_data_row")).to_have_count(2)
    client.page.locator("thead .o_list_record_selector input").first.click()
    client.settle()


def issue(client, moves):
    """Put the invoices on a list, write its file, and return what stands in it."""
    client.menu("发票税务", "待开票")
    choose_all(client, f"FP{RUN}")
    client.click_button("放入开票清单")
    client.page.wait_for_selector(".o_form_view .o_field_widget[name=request_ids] tr.o_data_row")
    expect(client.page.locator(".o_field_widget[name=request_ids] tr.o_data_row")).to_have_count(2)
    client.page.screenshot(path=picture("fapiao_batch"))
    with client.page.expect_download() as download:
        client.page.locator("button[name=action_export]").locator("visible=true").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames == ["1-发票基本信息", "2-发票明细信息"]
    heads = list(book.worksheets[0].values)
    serials = [row[0] for row in heads[1:]]
    assert serials == [f"XA{move}-1" for move in moves]
    client.settle()
    return serials


def platform_answer(client, moves, serials):
    """Return the amounts of the invoices, and the list in which the platform tells that it has issued them."""
    company = client.search_read("res.company", [], ["name", "vat"], limit=1)[0]
    facts = client.read("account.move", moves, ["amount_untaxed", "amount_tax", "commercial_partner_id"])
    partner = client.read("res.partner", [facts[0]["commercial_partner_id"][0]], ["name", "vat"])[0]
    requests = [
        (serial, partner["name"], partner["vat"], fact["amount_untaxed"], fact["amount_tax"])
        for serial, fact in zip(serials, facts, strict=True)
    ]
    return facts, issued_list(company, requests)


def import_list(client, raw):
    """Read the list of the platform and return the import."""
    client.menu("发票税务", "导入")
    client.new()
    client.page.locator("input[type=file]").first.set_input_files(
        [{"name": "全量发票查询导出结果.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": raw}]
    )
    client.page.locator(".o_attachment").first.wait_for()
    client.settle()
    client.click_button("读取文件")
    expect(client.field("new_count")).to_be_visible()
    return client.record_id()


def count_month(client):
    """Make the declaration of this month, or take the one of an earlier run; count it and return what it says."""
    first = TODAY.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    known = client.search_read("cosmetics.vat.declaration", [["date_from", "=", str(first)]], ["state"])
    vals = {"date_from": str(first), "date_to": str(last)}
    sheet = known[0]["id"] if known else client.call("cosmetics.vat.declaration", "create", [vals])[0]
    if known and known[0]["state"] == "confirmed":
        client.call("cosmetics.vat.declaration", "action_reopen", [sheet])
    client.menu("发票税务", "增值税申报")
    client.page.locator("tr.o_data_row", has_text=f"{first.year} 年 {first.month:02d} 月").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.page.locator("button[name=action_count]").locator("visible=true").first.click()
    client.page.wait_for_selector(".o_field_widget[name=line_ids] tr.o_data_row")
    client.settle()
    return sheet


def test_invoices_are_issued_on_the_platform_and_declared(sign_in):
    """The numbers find their invoices by our serial, the same list again changes nothing, and the sheet ties to the ledger."""
    with sign_in("accountant", size=(1440, 900)) as accountant:
        accountant.open_app("财务管理")
        moves = make_invoices(accountant)
        serials = issue(accountant, moves)
        facts, raw = platform_answer(accountant, moves, serials)
        record = import_list(accountant, raw)
        counts = accountant.read("cosmetics.fapiao.import", [record], ["new_count", "reject_count", "amount", "record_amount"])[0]
        assert (counts["new_count"], counts["reject_count"], counts["amount"]) == (2, 0, counts["record_amount"]), counts
        accountant.page.screenshot(path=picture("fapiao_import"))
        accountant.click_button("重新读取")
        again = accountant.read("cosmetics.fapiao.import", [record], ["new_count", "updated_count", "same_count"])[0]
        assert (again["new_count"], again["updated_count"], again["same_count"]) == (0, 0, 2), again
        shown = accountant.read("account.move", moves, ["fapiao_numbers", "fapiao_state"])
        assert [(move["fapiao_numbers"], move["fapiao_state"]) for move in shown] == [(number(1), "done"), (number(2), "done")]
        accountant.menu("应收", "销售发票")
        accountant.search(f"FP{RUN}")
        accountant.page.locator("tr.o_data_row").first.click()
        accountant.page.wait_for_selector(".o_form_view")
        expect(accountant.field("fapiao").locator("input")).to_have_value(number(2))
        accountant.page.screenshot(path=picture("fapiao_invoice"))
        sheet = count_month(accountant)
        accountant.page.screenshot(path=picture("fapiao_declaration"))
        said = accountant.read("cosmetics.vat.declaration", [sheet], ["difference", "payable", "state"])[0]
        assert (said["difference"], said["state"]) == (0.0, "draft"), said
        special = accountant.search_read(
            "cosmetics.vat.declaration.line", [["declaration_id", "=", sheet], ["code", "=", "out_special"]], ["sales", "tax"]
        )
        assert sum(row["tax"] for row in special) >= sum(fact["amount_tax"] for fact in facts) - 0.001
        confirm_and_reopen(accountant, sheet)
    with sign_in("accountant", size=PHONE, phone=True) as accountant:
        accountant.page.goto(f"{accountant.url}/odoo/action-cosmetics_finance_fapiao.cosmetics_fapiao_issued_action")
        accountant.page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
        expect(accountant.page.locator(".o_kanban_record", has_text=number(1))).to_be_visible()
        accountant.page.screenshot(path=picture("fapiao_phone"))
        wide = accountant.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE[0], wide


def confirm_and_reopen(client, sheet):
    """Confirm the sheet, see its entry posted, and open it again so that the sample company goes on as before."""
    client.page.locator("button[name=action_confirm]").locator("visible=true").first.click()
    client.page.wait_for_selector("button[name=action_declare]")
    client.settle()
    facts = client.read("cosmetics.vat.declaration", [sheet], ["state", "move_id", "unpaid"])[0]
    assert facts["state"] == "confirmed"
    if facts["move_id"]:
        assert client.read("account.move", [facts["move_id"][0]], ["state"])[0]["state"] == "posted"
    client.page.locator("button[name=action_reopen]").locator("visible=true").first.click()
    client.dialog().locator("footer button.btn-primary").click()
    client.page.wait_for_selector("button[name=action_count]")
    client.settle()
    assert client.read("cosmetics.vat.declaration", [sheet], ["state"])[0]["state"] == "draft"
