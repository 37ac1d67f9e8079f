"""A count of the shop, in Chinese: started at the desk, scanned on a phone, recounted by somebody else, approved by a third person."""

from playwright.sync_api import expect

# The shop 高新店 of the demo company, and goods that no other story touches.
SHOP, PRODUCT = "高新店", "MXJ008"
PHONE = (390, 844)
# One unit is sold after the books are frozen; of what is left, four are missing from the shelf.
SOLD, MISSING = 1, 4


def test_a_shop_counts_while_it_sells(sign_in):
    """Sold is no difference, missing is one; nobody approves what he counted; the stock is right at the end."""
    with sign_in("manager") as manager:
        shop = shop_of(manager)
        lot, before = batch_of(manager, shop)
        shelf = shelf_of(manager, shop)
        count = start(manager, shop)
    with sign_in("clerk3", size=PHONE, phone=True) as clerk:
        blind(clerk, count)
        open_sheet(clerk, count)
        sell(sign_in, shop, lot)
        scan(clerk, lot, before - SOLD - MISSING)
        count_the_rest(clerk, count, lot, shelf)
        finish(clerk)
    with sign_in("manager", size=PHONE, phone=True) as manager:
        figures = line_of(manager, count, lot)
        assert (figures["moved_quantity"], figures["difference_quantity"]) == (-SOLD, -MISSING)
        recount(manager, count, lot, before - SOLD - MISSING)
    with sign_in("manager") as manager:
        submit(manager, count, lot)
    with sign_in("quality") as quality:
        approve(quality, count)
        assert on_hand(quality, shop, lot) == before - SOLD - MISSING
        [move] = quality.search_read("stock.move", [["stock_count_line_id.count_id", "=", count]], ["quantity", "is_inventory"])
        assert (move["quantity"], move["is_inventory"]) == (MISSING, True)


def shop_of(client):
    """Return the warehouse of the shop."""
    [store] = client.search_read("cosmetics.store", [["name", "=", SHOP]], ["warehouse_id"])
    [warehouse] = client.read("stock.warehouse", [store["warehouse_id"][0]], ["lot_stock_id", "out_type_id", "name"])
    return warehouse


def batch_of(client, shop):
    """Return the batch of the product that expires first in the shop, and how much of it lies there."""
    domain = [["product_id.default_code", "=", PRODUCT], ["location_id", "=", shop["lot_stock_id"][0]], ["quantity", ">", SOLD + MISSING]]
    quant = client.search_read("stock.quant", domain, ["lot_id", "quantity", "product_id"], order="removal_date", limit=1)[0]
    [lot] = client.read("stock.lot", [quant["lot_id"][0]], ["name", "product_id"])
    return lot, quant["quantity"]


def shelf_of(client, shop):
    """Return what lies of each batch of the product in the shop: {id of the batch: pieces}. The books know it, until the count begins."""
    domain = [["product_id.default_code", "=", PRODUCT], ["location_id", "=", shop["lot_stock_id"][0]]]
    return {quant["lot_id"][0]: quant["quantity"] for quant in client.search_read("stock.quant", domain, ["lot_id", "quantity"])}


def on_hand(client, shop, lot):
    """Return what the books say of the batch in the shop."""
    domain = [["lot_id", "=", lot["id"]], ["location_id", "=", shop["lot_stock_id"][0]]]
    return sum(quant["quantity"] for quant in client.search_read("stock.quant", domain, ["quantity"]))


def line_of(client, count, lot):
    """Return the figures of the batch, as somebody who leads counts sees them."""
    names = ["moved_quantity", "difference_quantity", "reason_id", "round"]
    return client.search_read("cosmetics.stock.count.line", [["count_id", "=", count], ["lot_id", "=", lot["id"]]], names)[0]


def start(client, shop):
    """Make the sheet for one product and start it; return its id."""
    client.open_app("库存管理")
    client.menu("作业", "盘点单")
    client.new()
    client.pick("warehouse_id", shop["name"])
    client.pick("product_ids", PRODUCT)
    client.save()
    client.click_button("开始盘点")
    expect(client.page.locator(".o_arrow_button_current")).to_contain_text("盘点中")
    return client.record_id()


def blind(client, count):
    """The clerk learns nothing of the books, not by a call of the own making either."""
    answer = client.call("cosmetics.stock.count", "load_sheet", [count])
    assert {line["book"] for line in answer["lines"]} == {False}
    assert "book_quantity" not in client.call("cosmetics.stock.count.line", "fields_get")


def open_sheet(client, count):
    """Open the sheet from the list of what is being counted."""
    [head] = client.search_read("cosmetics.stock.count", [["id", "=", count]], ["name"])
    client.page.goto(f"{client.url}/odoo/stock-count-scan")
    client.page.locator(".o_count_choice", has_text=head["name"]).click()
    client.page.locator(".o_count_code").wait_for()


def type_code(client, code):
    """Send a code as a scanner does: its characters, then Enter."""
    client.page.locator(".o_count_code").fill(code)
    client.page.locator(".o_count_code").press("Enter")
    # The cursor is in the quantity by itself: whoever holds a scanner touches nothing in between.
    expect(client.page.locator(".o_count_quantity")).to_be_focused()


def enter(client, quantity):
    """Type the quantity and wait until the server has it."""
    client.page.locator(".o_count_quantity").fill(f"{quantity:g}")
    client.page.locator(".o_count_enter").click()
    client.page.locator(".o_count_goods").wait_for(state="detached")
    client.page.locator(".o_count_sent").wait_for()


def scan(client, lot, quantity):
    """Count the batch: a slip is taken back, the network goes and comes, and the figure is there once."""
    type_code(client, lot["name"])
    enter(client, 999)
    client.page.locator(".o_count_undo").click()
    expect(client.page.locator(".o_count_message")).to_contain_text("已撤销")
    client.page.context.set_offline(True)
    type_code(client, lot["name"])
    client.page.locator(".o_count_quantity").fill(f"{quantity:g}")
    client.page.locator(".o_count_enter").click()
    expect(client.page.locator(".o_count_pending")).to_contain_text("1")
    client.page.context.set_offline(False)
    client.page.locator(".o_count_sent").wait_for()
    assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def count_the_rest(client, count, lot, shelf):
    """Count every other batch of the sheet as it lies on the shelf; the list of what is still to count gets empty."""
    lines = client.search_read("cosmetics.stock.count.line", [["count_id", "=", count], ["lot_id", "!=", lot["id"]]], ["lot_id"])
    assert client.search_read("stock.quant", [["lot_id", "in", [line["lot_id"][0] for line in lines]]], ["quantity"]) == []
    for line in lines:
        type_code(client, line["lot_id"][1])
        enter(client, shelf[line["lot_id"][0]])
    expect(client.page.locator(".o_count_rest")).to_contain_text("0")


def finish(client):
    """End the counting; the sheet leaves the list."""
    client.page.locator(".o_count_finish").click()
    client.page.locator(".o_count_code").wait_for(state="detached")


def sell(sign_in, shop, lot):
    """Deliver one piece from the shop while it is being counted."""
    with sign_in("manager") as client:
        customers = client.search_read("stock.location", [["usage", "=", "customer"]], ["id"], limit=1)[0]["id"]
        move = {
            "product_id": lot["product_id"][0],
            "product_uom_qty": SOLD,
            "location_id": shop["lot_stock_id"][0],
            "location_dest_id": customers,
        }
        values = {
            "picking_type_id": shop["out_type_id"][0], "location_id": shop["lot_stock_id"][0], "location_dest_id": customers,
            "move_ids": [[0, 0, move]],
        }  # fmt: skip
        picking = client.call("stock.picking", "create", values)
        client.call("stock.picking", "action_confirm", [picking])
        client.call("stock.picking", "action_assign", [picking])
        client.call("stock.picking", "button_validate", [picking])
        [done] = client.read("stock.picking", [picking], ["state", "move_line_ids"])
        assert done["state"] == "done"
        [line] = client.read("stock.move.line", done["move_line_ids"], ["lot_id"])
        assert line["lot_id"][0] == lot["id"], "first expired, first out"


def recount(client, count, lot, quantity):
    """Four missing is above the tolerance: the manager counts again, on the phone."""
    client.call("cosmetics.stock.count", "action_recount", [count])
    open_sheet(client, count)
    type_code(client, lot["name"])
    enter(client, quantity)
    finish(client)
    assert line_of(client, count, lot)["round"] == 2


def submit(client, count, lot):
    """Give the reason and hand the differences in; who counted cannot approve."""
    reason = client.search_read("cosmetics.stock.count.reason", [["code", "=", "shrinkage"]], ["id"])[0]["id"]
    client.call("cosmetics.stock.count.line", "write", [line_of(client, count, lot)["id"]], {"reason_id": reason})
    open_form(client, count)
    client.click_button("提交审批")
    expect(client.page.locator(".o_arrow_button_current")).to_contain_text("待审批")
    client.click_button("批准")
    client.dialog().locator("footer .btn-primary").click()
    said = client.page.locator(".modal-dialog", has_text="不能审批")
    said.wait_for()
    said.locator("footer .btn-primary").click()
    said.wait_for(state="detached")


def approve(client, count):
    """The quality manager approves."""
    open_form(client, count)
    client.click_button("批准")
    client.dialog().locator("footer .btn-primary").click()
    expect(client.page.locator(".o_arrow_button_current")).to_contain_text("已过账")


def open_form(client, count):
    """Open the sheet at the desk."""
    client.page.goto(f"{client.url}/odoo/cosmetics.stock.count/{count}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
