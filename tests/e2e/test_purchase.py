"""A shop asks, its manager agrees, the buyer orders, the owner agrees to the price, the warehouse inspects, the bill fits.

After each step the order says how far it has come, and so does the request of the shop.
"""

import re

import pytest
from playwright.sync_api import expect

# The demo company is the same on every machine: a toner of a vendor whose papers are on file.
SHOP, PRODUCT, QUANTITY = "小寨店", "QTL002", 12
BATCH, USE_BY = "PJ260131", "2030/01/31"
PRICE, CEILING = 45.0, 40.0
PHONE = (390, 844)
REQUESTS = "cosmetics_inventory_purchase.purchase_request_action"
APPROVE = "cosmetics_inventory_purchase.purchase_request_action_approve"
ORDERS = "purchase.purchase_rfq"
ORDERS_TO_APPROVE = "cosmetics_inventory_purchase.purchase_order_action_approve"


def open_record(client, action, number):
    """Open a record by its address, as a link in a message does."""
    client.page.goto(f"{client.url}/odoo/action-{action}/{number}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()


def see_progress(client, order, text):
    """The order on the screen says how far it has come."""
    open_record(client, ORDERS, order)
    expect(client.field("progress")).to_have_text(text)


def set_ceiling(client):
    """The owner sets what the product may cost at most, without tax."""
    product = client.search_read("product.product", [["default_code", "=", PRODUCT]], ["id"])[0]["id"]
    client.call("cosmetics.purchase.ceiling", "create", [{"product_id": product, "price": CEILING}])


def ask(client):
    """A shop clerk asks for a dozen; return the id of the request."""
    client.open_app("库存管理")
    client.menu("采购", "采购申请")
    client.new()
    client.page.locator(".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a").first.click()
    row = client.page.locator(".o_field_widget[name=line_ids] tr.o_data_row").last
    client.pick("product_id", PRODUCT, row)
    client.fill("product_qty", QUANTITY, row)
    client.save()
    number = client.record_id()
    client.click_button("送审")
    expect(client.page.locator(".alert", has_text="待审批")).to_contain_text("店长")
    request = client.read("purchase.request", [number], ["state", "picking_type_id"])[0]
    assert request["state"] == "to_approve" and SHOP in request["picking_type_id"][1]
    # Whoever asks does not approve.
    assert not client.page.locator("button", has_text="同意").locator("visible=true").count()
    return number


def approve(client, action):
    """Agree on a phone to the one purchase that waits."""
    client.page.goto(f"{client.url}/odoo/action-{action}")
    client.settle()
    client.page.locator(".o_kanban_record:not(.o_kanban_ghost), tr.o_data_row").locator("visible=true").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    client.click_button("同意")


def order_goods(client, number):
    """The buyer makes an order of the request, dearer than the ceiling, and sends it round; return its id."""
    open_record(client, REQUESTS, number)
    client.click_button("生成询价单")
    dialog = client.dialog()
    if not client.field("supplier_id", dialog).locator("input").first.input_value():
        vendor = client.search_read("res.partner", [["supplier_rank", ">", 0], ["name", "like", "秦桐露"]], ["name"], limit=1)[0]["name"]
        client.pick("supplier_id", vendor, dialog)
    dialog.locator("footer button.btn-primary, footer button.oe_highlight").first.click()
    client.settle()
    lines = client.search_read("purchase.order.line", [["purchase_request_lines.request_id", "=", number]], ["order_id", "product_qty"])
    assert len(lines) == 1 and lines[0]["product_qty"] >= QUANTITY
    order = lines[0]["order_id"][0]
    see_progress(client, order, "询价中")
    row = client.page.locator(".o_field_widget[name=order_line] tr.o_data_row").first
    client.edit_cell(row, "price_unit", PRICE)
    client.save()
    client.click_button("送审")
    see_progress(client, order, "审批中")
    # Nobody orders before the answer, and the buyer does not answer.
    with pytest.raises(AssertionError):
        client.call("purchase.order", "button_confirm", [order])
    assert not client.page.locator("button", has_text="同意").locator("visible=true").count()
    return order


def confirm(client, order):
    """The buyer orders what was approved, and notes that the vendor confirmed; return the id of the receipt."""
    see_progress(client, order, "已批准")
    client.page.locator("button[name=button_confirm]").locator("visible=true").first.click()
    client.settle()
    see_progress(client, order, "已订购")
    client.click_button("供应商已答复")
    see_progress(client, order, "供应商已确认")
    facts = client.read("purchase.order", [order], ["state", "answered_at", "picking_ids"])[0]
    assert facts["state"] == "purchase" and facts["answered_at"]
    return facts["picking_ids"][0]


def receive(client, picking):
    """The warehouse enters the batch on the pack and takes the goods in; the inspection record is complete, so they may be sold."""
    client.page.goto(f"{client.url}/odoo/action-stock.action_picking_tree_all/{picking}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("录入批次")
    dialog = client.dialog()
    row = dialog.locator("tr.o_data_row").first
    client.edit_cell(row, "batch_no", BATCH)
    client.edit_date(row, "expiration_on", USE_BY)
    client.click_button("应用", dialog.locator("footer"))
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.settle()
    client.click_button("验证")
    assert client.read("stock.picking", [picking], ["state"])[0]["state"] == "done"
    [record] = client.search_read(
        "cosmetics.inspection.record", [["picking_id", "=", picking]], ["state", "batch_no", "quantity", "result", "missing", "lot_id"]
    )
    assert (record["state"], record["batch_no"], record["result"]) == ("done", BATCH, "pass"), record["missing"]
    assert client.read("stock.lot", [record["lot_id"][0]], ["quality_state"])[0]["quality_state"] == "released"


def bill_goods(client, order):
    """The accountant enters a bill that is too dear, is stopped, and posts it at the price of the order."""
    client.call("purchase.order", "action_create_invoice", [order])
    bill = client.read("purchase.order", [order], ["invoice_ids"])[0]["invoice_ids"][0]
    line = client.search_read("account.move.line", [["move_id", "=", bill], ["purchase_line_id", "!=", False]], ["price_unit"])[0]
    client.call("account.move", "write", [bill], {"invoice_date": "2026-01-15", "ref": "FP-0001"})
    client.call("account.move", "write", [bill], {"invoice_line_ids": [[1, line["id"], {"price_unit": line["price_unit"] * 1.5 + 1}]]})
    client.page.goto(f"{client.url}/odoo/action-account.action_move_in_invoice_type/{bill}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    expect(client.page.locator(".alert", has_text="账单已暂挂")).to_contain_text("订单单价")
    with pytest.raises(AssertionError, match=re.compile("账单已暂挂")):
        client.call("account.move", "action_post", [bill])
    client.call("account.move", "write", [bill], {"invoice_line_ids": [[1, line["id"], {"price_unit": line["price_unit"]}]]})
    client.call("account.move", "action_post", [bill])
    assert client.read("account.move", [bill], ["state"])[0]["state"] == "posted"


def see_request(client, number, text):
    """The shop sees on its request how far the order is, without reading purchasing."""
    open_record(client, REQUESTS, number)
    expect(client.page.locator("td[name=order_progress]").first).to_have_text(text)


def test_a_shop_asks_for_goods_and_gets_them(sign_in):
    """Nothing moves before the manager agrees; each step is done by the person whose work it is."""
    with sign_in("owner") as client:
        set_ceiling(client)
    with sign_in("clerk") as client:
        number = ask(client)
    with sign_in("manager", size=PHONE, phone=True) as client:
        approve(client, APPROVE)
        assert client.read("purchase.request", [number], ["state"])[0]["state"] == "approved"
    with sign_in("buyer") as client:
        order = order_goods(client, number)
    with sign_in("owner", size=PHONE, phone=True) as client:
        approve(client, ORDERS_TO_APPROVE)
    with sign_in("buyer") as client:
        picking = confirm(client, order)
    with sign_in("clerk") as client:
        see_request(client, number, "供应商已确认")
    with sign_in("warehouse") as client:
        receive(client, picking)
    with sign_in("buyer") as client:
        see_progress(client, order, "已到货")
    with sign_in("accountant") as client:
        bill_goods(client, order)
    with sign_in("buyer") as client:
        see_progress(client, order, "已开票")
    with sign_in("clerk") as client:
        see_request(client, number, "已开票")
        assert client.search_read("purchase.request.line", [["request_id", "=", number]], ["qty_done"])[0]["qty_done"] >= QUANTITY
