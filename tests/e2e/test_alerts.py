"""A shop runs short: the sale is told to its manager, who takes it up; by desk and by phone, in Chinese."""

from playwright.sync_api import expect

# The demo company keeps at least six of this product in each shop.
SHOP, PRODUCT = "高新店", "QTL001"
PHONE = (390, 844)


def sell_down(client):
    """Deliver all of the product but two from the shop; return the id of the product."""
    shop = client.search_read("stock.warehouse", [["name", "=", SHOP]], ["out_type_id", "lot_stock_id"])[0]
    product = client.search_read("product.product", [["default_code", "=", PRODUCT]], ["id"])[0]["id"]
    customers = client.search_read("stock.location", [["usage", "=", "customer"]], ["id"], limit=1)[0]["id"]
    partner = client.search_read("res.partner", [["is_company", "=", True]], ["id"], limit=1)[0]["id"]
    quants = client.search_read(
        "stock.quant",
        [["product_id", "=", product], ["location_id", "child_of", shop["lot_stock_id"][0]], ["quantity", ">", 0]],
        ["quantity", "reserved_quantity"],
    )
    free = sum(quant["quantity"] - quant["reserved_quantity"] for quant in quants)
    place = {"location_id": shop["lot_stock_id"][0], "location_dest_id": customers}
    move = {"product_id": product, "product_uom_qty": free - 2, **place}
    picking = client.call(
        "stock.picking",
        "create",
        {"picking_type_id": shop["out_type_id"][0], "partner_id": partner, "move_ids": [[0, 0, move]], **place},
    )
    client.call("stock.picking", "action_confirm", [picking])
    client.call("stock.picking", "action_assign", [picking])
    client.call("stock.picking", "button_validate", [picking])
    assert client.read("stock.picking", [picking], ["state"])[0]["state"] == "done"
    return product


def wait_for(client, domain):
    """Return the first alert that fits; the scheduler looks a minute after the goods moved."""
    for _tick in range(90):
        found = client.search_read("cosmetics.stock.alert", domain, ["state", "user_id", "quantity"], limit=1)
        if found:
            return found[0]
        client.page.wait_for_timeout(2000)
    raise AssertionError(f"no such alert within three minutes: {domain}")


def test_a_sale_below_the_minimum_is_told_to_the_manager_who_takes_it_up(sign_in):
    with sign_in("warehouse") as client:
        product = sell_down(client)
    with sign_in("manager") as client:
        alert = wait_for(client, [["product_id", "=", product], ["warehouse_id.name", "=", SHOP], ["kind", "=", "minimum"]])
        assert (alert["state"], alert["quantity"]) == ("open", 2)
        client.page.goto(f"{client.url}/odoo/action-cosmetics_inventory.cosmetics_stock_alert_action")
        client.settle()
        row = client.page.locator("tr.o_data_row", has_text="低于最低库存").filter(has_text=SHOP).first
        expect(row).to_contain_text("只剩2")
        row.locator("input[type=checkbox]").check()
        client.click_button("我来处理")
        state = client.read("cosmetics.stock.alert", [alert["id"]], ["state", "handled_by_id", "hours_to_handle"])[0]
        assert (state["state"], state["handled_by_id"][0]) == ("handled", alert["user_id"][0])


def test_the_manager_puts_an_alert_off_by_phone(sign_in):
    with sign_in("manager", size=PHONE, phone=True) as client:
        wait_for(client, [["state", "=", "open"]])
        client.page.goto(f"{client.url}/odoo/action-cosmetics_inventory.cosmetics_stock_alert_action")
        client.settle()
        card = client.page.locator(".o_kanban_record:not(.o_kanban_ghost)").first
        expect(card).to_contain_text("明天提醒")
        before = len(client.search_read("cosmetics.stock.alert", [["state", "=", "snoozed"]], ["id"]))
        card.locator("button", has_text="明天提醒").click()
        client.settle()
        assert len(client.search_read("cosmetics.stock.alert", [["state", "=", "snoozed"]], ["id"])) == before + 1
        assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
