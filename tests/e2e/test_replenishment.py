"""What sold before leads the suggestions: the buyer reads why, one click moves and orders; a shop asks for its goods on a phone."""

import re

from playwright.sync_api import expect

PHONE = (390, 844)
SUGGESTIONS = "cosmetics_inventory_forecast.cosmetics_replenishment_action"
SHOP, CENTRE = "小寨店", "西安中心仓"
FIELDS = ["state", "kind", "quantity", "warehouse_id", "source_warehouse_id", "picking_id", "purchase_order_id", "purchase_request_id"]


def open_list(client):
    """Open the suggestions by the menu, as the buyer does in the morning."""
    client.open_app("库存管理")
    client.menu("补货", "补货建议")
    client.page.wait_for_selector(".o_list_view tr.o_data_row")


def tick(client, row_id):
    """Tick the row of a suggestion; return the row."""
    code = client.read("cosmetics.replenishment", [row_id], ["product_id", "warehouse_id"])[0]
    row = client.page.locator("tr.o_data_row", has_text=code["product_id"][1]).filter(has_text=code["warehouse_id"][1]).first
    row.locator(".o_list_record_selector input").click()
    return row


def first_of(client, **facts):
    """Return the id of the first open suggestion with these values."""
    domain = [["state", "=", "open"], ["quantity", ">", 0], *[[name, "=", value] for name, value in facts.items()]]
    return client.search_read("cosmetics.replenishment", domain, ["id"], limit=1)[0]["id"]


def test_one_click_makes_the_transfer_and_the_order(sign_in):
    with sign_in("buyer") as client:
        open_list(client)
        transfer, capped = first_of(client, kind="transfer"), first_of(client, code="capped")
        reason = tick(client, transfer).locator("td[name=sentence]")
        expect(reason).to_contain_text(re.compile(rf"现有\d+件.*预计卖出\d+件.*{CENTRE}有富余"))
        expect(tick(client, capped).locator("td[name=sentence]")).to_contain_text("效期内只卖得完")
        client.click_button("生成调拨/订单")
        client.page.wait_for_selector(".o_form_view")
        moved, bought = (client.read("cosmetics.replenishment", [row], FIELDS)[0] for row in (transfer, capped))
        assert moved["state"] == bought["state"] == "done"
        picking = client.read("stock.picking", [moved["picking_id"][0]], ["state", "picking_type_id"])[0]
        assert CENTRE in picking["picking_type_id"][1] and picking["state"] in ("assigned", "confirmed")
        # What opens is the draft order: a person still sends it.
        assert client.record_id() == bought["purchase_order_id"][0]
        order = client.read("purchase.order", [bought["purchase_order_id"][0]], ["state"])[0]
        lines = client.search_read("purchase.order.line", [["order_id", "=", bought["purchase_order_id"][0]]], ["product_qty"])
        assert (order["state"], lines[0]["product_qty"]) == ("draft", bought["quantity"])


def test_a_shop_gets_its_goods_on_a_phone_and_sees_no_other_shop(sign_in):
    with sign_in("clerk", size=PHONE, phone=True) as client:
        client.page.goto(f"{client.url}/odoo/action-{SUGGESTIONS}")
        card = client.page.locator(".o_kanban_record:not(.o_kanban_ghost)").first
        expect(card).to_contain_text(SHOP)
        assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        rows = client.search_read("cosmetics.replenishment", [["state", "=", "open"]], ["warehouse_id"])
        assert rows and {row["warehouse_id"][1] for row in rows} == {SHOP}
        client.click_button("生成调拨/订单", card)
        expect(client.page.locator(".o_notification", has_text="仓库会发货")).to_contain_text("INT")
        left = client.search_read("cosmetics.replenishment", [["state", "=", "open"]], ["warehouse_id"])
        assert len(left) == len(rows) - 1


def test_old_sales_are_checked_mended_and_imported(sign_in):
    with sign_in("buyer") as client:
        client.open_app("库存管理")
        client.menu("补货", "导入旧系统销售")
        client.new()
        rows = "商品编码,商品名称,门店,月份,销售数量\r\nOLD-9,老款洁面乳,小寨店,2024-03,31\r\n合计,,,,31\r\n"
        file = {"name": "管家婆销售.csv", "mimeType": "text/csv", "buffer": rows.encode("gbk")}
        client.page.locator(".o_field_widget[name=attachment_ids] input[type=file]").set_input_files(file)
        client.page.locator(".o_attachment", has_text="管家婆销售").wait_for()
        client.settle()
        client.click_button("检查文件")
        expect(client.page.locator(".alert-danger", has_text="有的行未通过")).to_be_visible()
        row = client.page.locator(".o_field_widget[name=name_ids] tr.o_data_row")
        expect(row).to_contain_text("老款洁面乳")
        row.locator("td[name=product_id]").click()
        client.pick("product_id", "QTL001", row)
        client.click_button("重新检查")
        client.click_button("导入", client.page.locator(".o_statusbar_buttons"))
        number = client.record_id()
        facts = client.read("cosmetics.sales.history.import", [number], ["state", "taken_quantity", "left_quantity"])[0]
        assert (facts["state"], facts["taken_quantity"], facts["left_quantity"]) == ("done", 31, 0)
        client.click_button("旧系统销售", client.page.locator(".o_control_panel, .oe_button_box").first)
        expect(client.page.locator("tr.o_data_row")).to_contain_text("QTL001")
