"""A clerk finds orders by whatever is in hand, prints their papers, sends the link; the customer follows it on a phone."""

import base64

from client import picture

PHONE = (390, 844)
DESK = (1440, 900)


def waiting_orders(client):
    """Return three orders of a platform whose goods lie ready."""
    domain = [["fulfilment_stage", "=", "picking"], ["receiver_phone", "!=", False], ["parcel_ids", "=", False]]
    orders = client.search_read("sale.order", domain, ["name", "receiver_phone", "receiver_name", "amount_total"], limit=3, order="id desc")
    assert orders, "the sample company has orders that wait to be shipped"
    return orders


def print_papers(client, report, records):
    """Print as the web client does, and return the PDF."""
    answer = client.page.evaluate(
        """async ([url, path]) => {
            const response = await fetch(url + path);
            const bytes = new Uint8Array(await response.arrayBuffer());
            let text = "";
            for (const byte of bytes) { text += String.fromCharCode(byte); }
            return [response.status, btoa(text)];
        }""",
        [client.url, f"/report/pdf/{report}/{','.join(map(str, records))}"],
    )
    status, content = answer
    return status, base64.b64decode(content)


def find_by_phone(client, order):
    """Type the end of a telephone number into the one box and see the order."""
    client.menu("订单", "销售订单")
    client.search(order["receiver_phone"][-4:])
    client.page.locator("tr.o_data_row", has_text=order["name"]).first.wait_for()


def offered_papers(client):
    """Select what the list shows and return what may be printed of it."""
    client.page.locator("thead .o_list_record_selector input").first.click()
    client.page.locator(".o_cp_action_menus button", has_text="打印").first.click()
    papers = client.page.locator(".o-dropdown--menu .dropdown-item, .o-dropdown--menu .o_menu_item")
    papers.first.wait_for()
    names = papers.all_inner_texts()
    client.page.keyboard.press("Escape")
    return names


def send_link(client, order):
    """Open the order, take the link and its QR code, and return the link."""
    client.page.goto(f"{client.url}/odoo/action-sale.action_orders/{order['id']}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.page.locator(".o_notebook .nav-link", has_text="跟踪").first.click()
    client.click_button("给顾客的物流链接")
    dialog = client.dialog()
    dialog.locator(".o_field_widget[name=qr_code] img").wait_for()
    client.page.screenshot(path=picture("tracking_link"))
    return dialog.locator(".o_field_widget[name=url]").inner_text().strip()


def test_the_clerk_prints_and_sends_and_the_customer_looks(sign_in, browser):
    """Search, labels and picking list for several orders, the link, and the page behind it without a login."""
    with sign_in("ecommerce", size=DESK) as clerk:
        orders = waiting_orders(clerk)
        ids = [order["id"] for order in orders]
        clerk.open_app("销售管理")
        find_by_phone(clerk, orders[0])
        clerk.page.screenshot(path=picture("tracking_search"))
        papers = " ".join(offered_papers(clerk))
        assert "快递面单" in papers and "拣货单" in papers, papers
        for report in ("report_express_label_order", "report_picking_list_order"):
            status, content = print_papers(clerk, f"cosmetics_sales.{report}", ids)
            assert status == 200 and content[:5] == b"%PDF-", content[:300]
        path = send_link(clerk, orders[0]).split("/track/")[1]
        url = clerk.url
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", is_mobile=True, has_touch=True)
    page = context.new_page()
    assert page.goto(f"{url}/track/{path}").status == 200
    said = page.locator("main, body").first.inner_text()
    page.screenshot(path=picture("tracking_customer"), full_page=True)
    assert "备货中" in said and "我们已收到您的订单" in said, said
    for inner in ("审核", "分配", "结算", "WH/"):
        assert inner not in said, said
    assert orders[0]["receiver_phone"] not in said and orders[0]["receiver_name"] not in said
    assert f"{orders[0]['amount_total']:.2f}" not in said
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    assert page.goto(f"{url}/track/{path[:-4]}AAAA").status == 404
    assert "链接已失效" in page.locator("body").inner_text()
    page.screenshot(path=picture("tracking_gone"))
    context.close()


def test_the_keeper_prints_but_reads_no_receiver_in_the_orders(sign_in):
    """The labels of the own warehouse are printed; the telephone of the same order is refused by RPC."""
    with sign_in("ecommerce") as clerk:
        order = waiting_orders(clerk)[0]
        picking = clerk.search_read("stock.picking", [["sale_id", "=", order["id"]], ["state", "=", "assigned"]], ["name"])[0]
    with sign_in("warehouse", size=DESK) as keeper:
        status, content = print_papers(keeper, "cosmetics_sales.report_express_label", [picking["id"]])
        assert status == 200 and content[:5] == b"%PDF-"
        refused = keeper.page.evaluate(
            """async ([url, id]) => {
                const params = {model: "sale.order", method: "read", args: [[id], ["receiver_phone"]], kwargs: {}};
                const body = JSON.stringify({jsonrpc: "2.0", id: 1, method: "call", params});
                const headers = {"Content-Type": "application/json"};
                const answer = await fetch(url + "/web/dataset/call_kw/sale.order/read", {method: "POST", headers, body});
                return (await answer.json()).error.data.name;
            }""",
            [keeper.url, order["id"]],
        )
        assert refused == "odoo.exceptions.AccessError", refused
        keeper.open_app("库存管理")
        keeper.menu("作业", "包裹")
        keeper.page.locator(".o_list_view, .o_view_nocontent").first.wait_for()
        keeper.page.screenshot(path=picture("keeper_parcels"))
