"""A shop asks, its manager approves on a phone, the buyer orders, the goods come in, and the bill has to say what was ordered."""

import re

import pytest
from playwright.sync_api import expect

# The demo company is the same on every machine: a tool of the shop, which has no batches.
SHOP = "小寨店"
PHONE = (390, 844)
REQUESTS = "cosmetics_inventory_purchase.purchase_request_action"
APPROVE = "cosmetics_inventory_purchase.purchase_request_action_approve"


def tool(client):
    """Return a product that is bought without batches: id, name and cost stay out of the test."""
    found = client.search_read(
        "product.product",
        [["item_class", "=", "tool"], ["tracking", "=", "none"], ["is_storable", "=", True], ["purchase_ok", "=", True]],
        ["display_name", "default_code"],
        limit=1,
        order="id",
    )
    return found[0]


def open_record(client, action, number):
    """Open a record by its address, as a link in a message does."""
    client.page.goto(f"{client.url}/odoo/action-{action}/{number}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()


def ask(client):
    """A shop clerk asks for a dozen; return the id of the request."""
    product = tool(client)
    client.open_app("库存管理")
    client.menu("采购", "采购申请")
    client.new()
    client.page.locator(".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a").first.click()
    row = client.page.locator(".o_field_widget[name=line_ids] tr.o_data_row").last
    client.pick("product_id", product["default_code"], row)
    client.fill("product_qty", 12, row)
    client.save()
    number = client.record_id()
    client.click_button("送审")
    expect(client.page.locator(".alert", has_text="待审批")).to_contain_text("店长")
    request = client.read("purchase.request", [number], ["state", "picking_type_id"])[0]
    assert request["state"] == "to_approve" and SHOP in request["picking_type_id"][1]
    # Whoever asks does not approve.
    assert not client.page.locator("button", has_text="同意").locator("visible=true").count()
    return number


def approve(client, number):
    """The manager of the shop agrees, on a phone."""
    client.page.goto(f"{client.url}/odoo/action-{APPROVE}")
    client.settle()
    client.page.locator(".o_kanban_record, tr.o_data_row").locator("visible=true").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    assert client.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    client.click_button("同意")
    assert client.read("purchase.request", [number], ["state"])[0]["state"] == "approved"


def order_goods(client, number):
    """The buyer orders what was approved and records the answer of the vendor; return the ids of order and receipt."""
    open_record(client, REQUESTS, number)
    client.click_button("生成询价单")
    dialog = client.dialog()
    if not client.field("supplier_id", dialog).locator("input").first.input_value():
        vendor = client.search_read("res.partner", [["supplier_rank", ">", 0]], ["name"], limit=1)[0]["name"]
        client.pick("supplier_id", vendor, dialog)
    dialog.locator("footer button.btn-primary, footer button.oe_highlight").first.click()
    client.settle()
    lines = client.search_read(
        "purchase.order.line", [["purchase_request_lines.request_id", "=", number]], ["order_id", "product_qty", "price_unit"]
    )
    assert len(lines) == 1 and lines[0]["product_qty"] >= 12
    order = lines[0]["order_id"][0]
    client.page.goto(f"{client.url}/odoo/action-purchase.purchase_rfq/{order}")
    client.settle()
    client.page.locator("button[name=button_confirm]").locator("visible=true").first.click()
    client.settle()
    client.click_button("供应商已答复")
    facts = client.read("purchase.order", [order], ["state", "answered_at", "picking_ids"])[0]
    assert facts["state"] == "purchase" and facts["answered_at"]
    return order, facts["picking_ids"][0]


def receive(client, picking):
    """The warehouse takes the goods in."""
    client.page.goto(f"{client.url}/odoo/action-stock.action_picking_tree_all/{picking}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("验证")
    assert client.read("stock.picking", [picking], ["state"])[0]["state"] == "done"


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


def test_a_shop_asks_for_goods_and_gets_them(sign_in):
    """Nothing moves before the manager agrees; each step is done by the person whose work it is."""
    with sign_in("clerk") as client:
        number = ask(client)
    with sign_in("manager", size=PHONE, phone=True) as client:
        approve(client, number)
    with sign_in("buyer") as client:
        order, picking = order_goods(client, number)
    with sign_in("warehouse") as client:
        receive(client, picking)
    with sign_in("accountant") as client:
        bill_goods(client, order)
    with sign_in("clerk") as client:
        open_record(client, REQUESTS, number)
        assert client.search_read("purchase.request.line", [["request_id", "=", number]], ["qty_done"])[0]["qty_done"] >= 12
