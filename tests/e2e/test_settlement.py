"""A payout of a platform: the clerk reads its file and explains a difference, finance sees it, and nothing counts twice. In Chinese."""

import time

from client import picture
from playwright.sync_api import expect

PHONE = (390, 844)
RUN = int(time.time())
# Two orders of the sample company's Douyin shop, paid in November, of which the shop keeps 5 % and 0.6 %.
GOOD, DEAR = ("6910100000000001", 73.0, 4.09), ("6910100000000003", 353.0, 25.00)
UNKNOWN = f"6999{RUN}"
HEAD = "动账时间,动帐流水号,动账方向,动账金额,订单号,子订单号,订单实付应结,运费实付,实际平台补贴,订单退款,平台服务费,佣金,备注\n"


def payout(*rows):
    """Return a payout file of Douyin; rows are (order, gross, fee)."""
    body = "".join(
        f"2026-11-27 10:00:00,'{RUN}{n},入账,{gross - fee:.2f},'{order},'{order},{gross:.2f},0.00,0.00,0.00,{-fee:.2f},0.00,-\n"
        for n, (order, gross, fee) in enumerate(rows)
    )
    return ("\ufeff" + HEAD + body).encode()


def upload(client, data, name):
    """Start a settlement of the Douyin shop, add a file and read it."""
    client.menu("订单", "结算对账")
    client.new()
    client.pick("channel_id", "抖音")
    client.page.locator("input[type=file]").first.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": data}])
    client.page.locator(".o_attachment").first.wait_for()
    client.settle()
    client.click_button("读取文件")


def row(client, number):
    """Return the row of an order number in the list of the settlement."""
    return client.page.locator(".o_field_widget[name=match_ids] tr.o_data_row", has_text=number)


def press(client, name):
    """Press a button of the head: the word on it stands in the bar of states too. A phone keeps some of them in a menu."""
    button = client.page.locator(f"button[name={name}]").locator("visible=true")
    if not button.count():
        client.page.locator(".o_statusbar_buttons .dropdown-toggle, .o_statusbar_buttons .o-dropdown").locator("visible=true").first.click()
    button.first.click()
    client.settle()


def choose(client, number, reason):
    """Choose why an order brought something else than it should."""
    cell = row(client, number).locator("td[name=explanation]")
    cell.click()
    client.choose("explanation", reason, client.page.locator("tr.o_selected_row"))
    client.page.locator(".o_field_widget[name=name]").first.click()
    # Only what the record holds shows once the row is left.
    expect(client.page.locator("tr.o_selected_row")).to_have_count(0)
    expect(cell).to_have_text(reason)


def test_a_payout_is_read_explained_and_closed_and_finance_sees_it(sign_in):
    """Matched orders, fees to the cent, one difference told in words and explained; the same file again is refused in a sentence."""
    with sign_in("ecommerce", size=(1440, 900)) as clerk:
        clerk.open_app("销售管理")
        upload(clerk, payout(GOOD, DEAR), "douyin.csv")
        settlement = clerk.record_id()
        assert row(clerk, GOOD[0]).locator("td[name=difference]").inner_text().endswith("0.00")
        dear = row(clerk, DEAR[0])
        expect(dear).to_contain_text("扣费 25.00，按规则应扣 19.77")
        assert not clerk.page.locator("button[name=action_confirm]").locator("visible=true").count(), "nothing closes unexplained"
        clerk.page.screenshot(path=picture("settlement_open"))
        choose(clerk, DEAR[0], "费率不符")
        clerk.save()
        press(clerk, "action_confirm")
        facts = clerk.read("cosmetics.settlement", [settlement], ["state", "sale_total", "fee_total", "file_total", "file_difference"])[0]
        assert facts == {
            "id": settlement, "state": "confirmed", "sale_total": 426.0, "fee_total": -29.09, "file_total": 396.91, "file_difference": 0.0,
        }  # fmt: skip
        orders = clerk.search_read("sale.order", [["channel_order_ref", "in", [GOOD[0], DEAR[0]]]], ["settlement_state"])
        assert {order["settlement_state"] for order in orders} == {"settled"}
        upload(clerk, payout(GOOD, DEAR), "again.csv")
        said = clerk.dialog().inner_text()
        assert "again.csv 已读取过" in said and "抖音" in said, said
        clerk.dialog().locator("footer button").first.click()
        clerk.page.wait_for_selector(".modal-dialog", state="detached")
    with sign_in("accountant", size=(1440, 900)) as accountant:
        look_at_it(accountant, settlement)


def look_at_it(client, settlement):
    """Find the closed settlement in the finance app, with its sums, and open it again with a reason only."""
    client.open_app("财务管理")
    client.menu("应收", "结算对账")
    client.page.locator(".o_facet_remove").first.click()
    client.settle()
    client.page.locator("tr.o_data_row", has_text="抖音").filter(has_text="已确认").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    assert client.record_id() == settlement
    expect(row(client, DEAR[0])).to_contain_text("费率不符")
    client.page.screenshot(path=picture("settlement_finance"))
    client.click_button("重新打开")
    expect(client.dialog()).to_contain_text("原因")
    client.dialog().locator("footer button").first.click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.fill("reopen_reason", "平台补发了明细")
    client.save()
    client.click_button("重新打开")
    assert client.read("cosmetics.settlement", [settlement], ["state"])[0]["state"] == "matched"
    press(client, "action_confirm")
    client.menu("应收", "结算差异")
    assert client.page.locator("tr.o_data_row", has_text=DEAR[0]).count() == 1


def test_an_unknown_number_is_explained_on_a_phone(sign_in):
    """On a phone each order is a card that says what differs; a finger gives the reason."""
    with sign_in("ecommerce") as clerk:
        clerk.open_app("销售管理")
        upload(clerk, payout((UNKNOWN, 88.0, 4.4)).replace(str(RUN).encode() + b"0,", str(RUN).encode() + b"9,"), "unknown.csv")
        settlement = clerk.record_id()
    with sign_in("ecommerce", size=PHONE, phone=True) as clerk:
        clerk.page.goto(f"{clerk.url}/odoo/action-cosmetics_sales.cosmetics_settlement_action/{settlement}")
        clerk.page.wait_for_selector(".o_form_view")
        clerk.settle()
        card = clerk.page.locator(".o_field_widget[name=match_ids] .o_kanban_record", has_text=UNKNOWN)
        expect(card).to_contain_text("本店没有这个订单号")
        clerk.page.screenshot(path=picture("settlement_phone"))
        clerk.click_button("采用建议")
        clerk.dialog().locator("footer button.btn-primary").click()
        clerk.settle()
        assert (
            clerk.search_read("cosmetics.settlement.match", [["settlement_id", "=", settlement]], ["explanation"])[0]["explanation"]
            == "unknown"
        )
        press(clerk, "action_confirm")
        assert clerk.read("cosmetics.settlement", [settlement], ["state"])[0]["state"] == "confirmed"
