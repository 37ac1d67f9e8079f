"""An expired, held or recalled batch reaches nobody: warehouse, till and quality manager at work, in Chinese, at a desk and by phone."""

import pytest
from playwright.sync_api import expect

# The demo company is the same on every machine: an expired batch in the central warehouse, and one past its stop-sale date in a shop.
PRODUCT, EXPIRED = "QTL003", "QTL003-Z"
TILL, CLERK, TILL_PRODUCT, STOPPED = "钟楼店收银台", "clerk2", "KSH003", "KSH003-Z"
PHONE = (390, 844)


def lots_of(client, code):
    """Return the batches of a product, the first-expiring first."""
    return client.search_read(
        "stock.lot", [["product_id.default_code", "=", code]], ["name", "expiration_on", "quality_state"], order="expiration_on"
    )


def test_the_warehouse_cannot_send_an_expired_batch(sign_in):
    """The reservation takes a fresh batch; whoever puts the expired one in by hand is told why not, nothing moves, and it is on record."""
    with sign_in("warehouse") as client:
        picking = new_delivery(client)
        lines = client.search_read("stock.move.line", [["picking_id", "=", picking]], ["lot_id", "quantity"])
        assert lines and all(line["lot_id"][1] != EXPIRED for line in lines), "an expired batch was reserved"
        expired = next(lot for lot in lots_of(client, PRODUCT) if lot["name"] == EXPIRED)
        client.call("stock.move.line", "write", [line["id"] for line in lines], {"lot_id": expired["id"]})
        client.page.reload()
        client.settle()
        client.click_button("验证")
        dialog = client.dialog()
        said = dialog.inner_text()
        assert EXPIRED in said and "过期" in said, said
        dialog.locator("footer button").first.click()
        state = client.read("stock.picking", [picking], ["state"])[0]["state"]
        assert state not in ("done", "cancel")
        client.call("stock.picking", "action_cancel", [picking])
    with sign_in("quality") as client:
        client.open_app("库存管理")
        client.menu("批次质量", "效期日志")
        row = client.page.locator("tr.o_data_row", has_text=EXPIRED).first
        expect(row).to_contain_text("过期")


def new_delivery(client):
    """Make a delivery of one piece by hand; return its id."""
    client.open_app("库存管理")
    client.menu("作业", "发货")
    client.new()
    client.page.get_by_text("添加产品").first.click()
    row = client.page.locator(".o_field_widget[name=move_ids] tr.o_data_row").last
    client.pick("product_id", PRODUCT, row)
    client.fill("product_uom_qty", 1, row)
    client.click_button("标记为待办")
    client.settle()
    return client.record_id()


def test_the_quality_manager_recalls_a_batch_and_finds_every_buyer(sign_in):
    """Frozen everywhere at once; the buyers of the orders are on the list, and every unit is accounted for."""
    with sign_in("quality") as client:
        sold = client.search_read(
            "stock.move.line",
            [
                ["state", "=", "done"],
                ["location_dest_usage", "=", "customer"],
                ["picking_id.partner_id", "!=", False],
                ["lot_id", "!=", False],
            ],
            ["lot_id", "quantity", "picking_id"],
            order="id",
        )
        lot, name = sold[0]["lot_id"]
        pickings = {line["picking_id"][0] for line in sold if line["lot_id"][0] == lot}
        client.open_app("库存管理")
        client.menu("批次质量", "召回")
        client.new()
        client.fill("reason", "注册人通知：该批次微生物指标异常")
        client.page.locator(".o_field_widget[name=recall_lot_ids] .o_field_x2many_list_row_add a").first.click()
        client.pick("lot_id", name, client.page.locator(".o_field_widget[name=recall_lot_ids] tr.o_data_row").last)
        client.save()
        recall = client.record_id()
        client.click_button("全部停售")
        assert client.read("stock.lot", [lot], ["quality_state"])[0]["quality_state"] == "recalled"
        assert client.page.get_by_text("每一件的去向均已查清").count()
        client.click_button("生成名单并通知")
        partners = {picking["partner_id"][0] for picking in client.read("stock.picking", sorted(pickings), ["partner_id"])}
        buyers = client.search_read("cosmetics.recall.line", [["recall_id", "=", recall]], ["partner_id", "quantity"])
        assert partners <= {buyer["partner_id"][0] for buyer in buyers if buyer["partner_id"]}
        assert sum(buyer["quantity"] for buyer in buyers) >= sum(line["quantity"] for line in sold if line["lot_id"][0] == lot)
        client.call("cosmetics.recall", "action_cancel", [recall])
        assert client.read("stock.lot", [lot], ["quality_state"])[0]["quality_state"] == "released"


def test_the_quality_manager_holds_a_batch_by_phone(sign_in):
    """On a phone: open the batch, give the reason, and it is held; released the same way."""
    with sign_in("quality", size=PHONE, phone=True) as client:
        lot = next(lot for lot in lots_of(client, "QTL002") if lot["quality_state"] == "released")
        for button, state in (("隔离", "quarantine"), ("放行", "released")):
            client.page.goto(f"{client.url}/odoo/stock.lot/{lot['id']}")
            client.page.wait_for_selector(".o_form_view")
            client.settle()
            press(client, button)
            client.fill("reason", "抽检包装渗漏", client.dialog())
            client.dialog().locator("footer button.btn-primary").first.click()
            client.page.wait_for_selector(".modal-dialog", state="detached")
            client.settle()
            assert client.read("stock.lot", [lot["id"]], ["quality_state"])[0]["quality_state"] == state
            assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def press(client, name):
    """Press a button of the form's head; on a phone it may stand in the menu of actions."""
    button = client.page.locator(".o_form_view header button, .o_statusbar_buttons button", has_text=name).locator("visible=true")
    if not button.count():
        client.page.locator(".o_cp_action_menus button, .o_statusbar_buttons .dropdown-toggle").locator("visible=true").first.click()
        button = client.page.locator(".o-dropdown--menu :is(button, .dropdown-item)", has_text=name).locator("visible=true")
    button.first.click()
    client.settle()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_till_offers_no_batch_that_may_not_be_sold(sign_in, size):
    """The shop has stopped pieces on the shelf: the scan takes a fresh batch, and the stopped one stands in no list."""
    options = {"size": size, "phone": True} if size else {}
    with sign_in(CLERK, **options) as client:
        config = client.search_read("pos.config", [["name", "=", TILL]], ["id"])[0]["id"]
        product = client.search_read("product.product", [["default_code", "=", TILL_PRODUCT]], ["id", "barcode"])[0]
        client.page.goto(f"{client.url}/pos/ui/{config}?from_backend=True")
        client.page.wait_for_selector(".pos .product-screen, .opening-cash-section")
        client.settle()
        if client.page.locator(".opening-cash-section").count():
            client.click_button("开启收银机", client.dialog())
            client.page.wait_for_selector(".modal-dialog", state="detached")
        client.page.keyboard.type(product["barcode"])
        client.page.keyboard.press("Enter")
        client.settle()
        if size:
            client.page.locator(".switchpane .review-button").click()
        line = client.page.locator(".orderline").first
        line.wait_for()
        assert STOPPED not in line.inner_text()
        line.locator(".line-lot-icon").first.click()
        names = client.page.locator(".batch-popup .batch-option .batch-name")
        names.first.wait_for()
        offered = names.all_inner_texts()
        assert offered and STOPPED not in offered
        fresh = [lot["name"] for lot in lots_of(client, TILL_PRODUCT) if lot["name"] in offered]
        assert offered == fresh, "first expired, first offered"
        if size:
            assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
