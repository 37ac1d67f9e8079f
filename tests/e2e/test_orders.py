"""An order of a platform from its file to the customer's door, each step by its own role, in Chinese, at a desk and by phone."""

import csv
import io
import time

import pytest
from client import picture

# The demo company is the same on every machine: a Tmall shop, a lipstick that is sold and in stock.
PRODUCT = "QTL001"
PHONE = (390, 844)
ADDRESS = "陕西省 西安市 雁塔区 小寨路街道 小寨东路1号"
BUYER, MOBILE = "欧阳小满", "13709181234"
# Nothing was found, or nothing that stops the order.
APPROVED = ("passed", "warned")
COURIER_NUMBER = "SF1357924680135"
# An hour nobody's clock disputes: each run has orders of its own.
RUN = f"{int(time.time()):010d}"
# A shop remembers a code once it is told which product it is, so each run has an unknown one of its own.
UNKNOWN = f"MINI-{RUN}"


def tmall_files(rows):
    """Return the two files of the seller's desk as {name: bytes}, GBK and wrapped against Excel; rows are (number, code, pieces, paid)."""
    heads = [
        {
            "订单编号": f'="{number}"', "买家会员名": "tb_满满", "买家应付邮费": "0.00", "总金额": paid, "买家实际支付金额": paid,
            "订单状态": "买家已付款,等待卖家发货", "收货人姓名": BUYER, "收货地址 ": ADDRESS, "联系手机": f"'{MOBILE}",
            "订单创建时间": "2026-11-20 09:12:30", "订单付款时间 ": "2026-11-20 09:13:05", "宝贝总数量": pieces,
            "店铺名称": "长安妆集旗舰店",
        }
        for number, _code, pieces, paid in rows
    ]  # fmt: skip
    details = [
        {
            "订单编号": f'="{number}"', "标题": "口红", "价格": paid, "购买数量": pieces, "外部系统编号": code, "商品属性": "",
            "套餐信息": "", "备注": "", "订单状态": "买家已付款,等待卖家发货", "商家编码": code,
        }
        for number, code, pieces, paid in rows
    ]  # fmt: skip
    return {"ExportOrderList.csv": sheet(heads), "ExportOrderDetailList.csv": sheet(details)}


def sheet(rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("gb18030")


def import_files(client, files):
    """Drop files on a new import and preview them; return its id."""
    client.menu("订单", "订单导入")
    client.new()
    uploads = [{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files.items()]
    client.page.locator("input[type=file]").first.set_input_files(uploads)
    client.page.locator(".o_attachments .o_attachment, .o_attachment").nth(len(files) - 1).wait_for()
    client.settle()
    client.click_button("预览")
    client.page.locator(".o_field_widget[name=line_ids] tr.o_data_row").first.wait_for()
    return client.record_id()


def counts(client, record):
    """Return how many orders of an import were new, changed, unchanged, and wait to be mended."""
    found = client.read(
        "cosmetics.order.import", [record], ["new_count", "update_count", "same_count", "bad_count", "is_balanced", "state"]
    )[0]
    return [found[name] for name in ("new_count", "update_count", "same_count", "bad_count")], found["is_balanced"], found["state"]


def orders_of(client, numbers):
    domain = [["channel_order_ref", "in", numbers]]
    return client.search_read("sale.order", domain, ["name", "state", "review_state", "review_note"], order="id")


@pytest.fixture
def numbers():
    """Platform numbers of this run: two good orders and one whose code nobody knows."""
    return [f"46109{RUN}{number}" for number in (1, 2, 3)]


def test_a_tmall_file_becomes_parcels(sign_in, numbers):
    """Preview, one row to mend, import, the same file again, review, and the keeper ships with a courier number."""
    rows = [(numbers[0], PRODUCT, 1, "79.00"), (numbers[1], PRODUCT, 2, "158.00"), (numbers[2], UNKNOWN, 1, "79.00")]
    with sign_in("ecommerce") as clerk:
        clerk.open_app("销售管理")
        record = import_files(clerk, tmall_files(rows))
        said = clerk.page.locator(".o_field_widget[name=line_ids]").inner_text()
        assert UNKNOWN in said and "没有编码为" in said, said
        assert not orders_of(clerk, numbers), "a preview saves no order"
        clerk.click_button("立即导入")
        clerk.page.locator(".o_statusbar_status button[aria-checked=true], .o_arrow_button_current", has_text="已完成").first.wait_for()
        assert counts(clerk, record) == ([2, 0, 0, 1], True, "done")
        mend(clerk)
        assert counts(clerk, record) == ([3, 0, 0, 0], True, "done")
        again = import_files(clerk, tmall_files(rows))
        clerk.click_button("立即导入")
        clerk.page.locator(".o_arrow_button_current", has_text="已完成").first.wait_for()
        assert counts(clerk, again) == ([0, 0, 3, 0], True, "done")
        assert len(orders_of(clerk, numbers)) == 3
        confirm(clerk, numbers)
    with sign_in("warehouse") as keeper:
        ship(keeper, numbers[0])
    with sign_in("ecommerce") as clerk:
        find(clerk, numbers[0])


def mend(client):
    """Choose the product of the code nobody knew, and try again."""
    client.menu("订单", "待修正订单")
    row = client.page.locator("tr.o_data_row", has_text=UNKNOWN).first
    row.locator("td[name=product_id]").click()
    client.pick("product_id", PRODUCT, client.page.locator("tr.o_data_row.o_selected_row"))
    client.page.locator("tr.o_data_row", has_text=UNKNOWN).first.locator("button", has_text="重试").click()
    client.settle()


def confirm(client, numbers):
    """Review and confirm the new orders together."""
    client.menu("订单", "报价单")
    client.search(numbers[0][:-1])
    client.page.locator("tr.o_data_row").nth(2).wait_for()
    client.page.locator("thead .o_list_record_selector input").first.click()
    client.click_button("审核并确认")
    client.settle()
    stayed = [(order["name"], order["review_note"]) for order in orders_of(client, numbers) if order["state"] != "sale"]
    assert not stayed, stayed


def ship(client, number):
    """Open the delivery of an order, enter the number of the parcel, validate."""
    order = client.search_read("sale.order", [["channel_order_ref", "=", number]], ["name"])[0]
    client.open_app("库存管理")
    client.menu("作业", "发货")
    client.search(order["name"])
    client.page.locator("tr.o_data_row", has_text=order["name"]).first.locator("td[name=name]").click()
    client.page.wait_for_selector(".o_form_view")
    client.fill("courier_number", COURIER_NUMBER[:-1] + number[-2])
    client.save()
    picking = client.record_id()
    moves = client.search_read("stock.move.line", [["picking_id", "=", picking]], ["lot_id"])
    assert moves and all(move["lot_id"] for move in moves), "a batch was chosen without a click"
    client.click_button("验证")
    assert client.read("stock.picking", [picking], ["state"])[0]["state"] == "done"


def find(client, number):
    """One box finds the order by platform number, tail of the telephone, name and courier number."""
    order = client.search_read("sale.order", [["channel_order_ref", "=", number]], ["name", "fulfilment_stage"])[0]
    assert order["fulfilment_stage"] == "shipped"
    client.open_app("销售管理")
    for text in (number, MOBILE[-4:], BUYER, COURIER_NUMBER[:-1] + number[-2]):
        client.menu("订单", "销售订单")
        client.search(text)
        client.page.locator("tr.o_data_row", has_text=order["name"]).first.wait_for()


def test_the_manager_approves_on_a_phone(sign_in):
    """A deep discount waits for the manager, who gives the word on the way; changing the price afterwards takes it back."""
    with sign_in("sales") as seller:
        order = discounted_order(seller)
        refused = seller.page.evaluate(
            """async ([url, id]) => {
                const params = {model: "sale.order", method: "action_confirm", args: [[id]], kwargs: {context: {lang: "zh_CN"}}};
                const body = JSON.stringify({jsonrpc: "2.0", id: 1, method: "call", params});
                const headers = {"Content-Type": "application/json"};
                const answer = await fetch(url + "/web/dataset/call_kw/sale.order/action_confirm", {method: "POST", headers, body});
                return (await answer.json()).error.data.message;
            }""",
            [seller.url, order],
        )
        assert "折扣" in refused and "审批" in refused, refused
    with sign_in("manager", size=PHONE, phone=True) as manager:
        manager.page.goto(f"{manager.url}/odoo/action-cosmetics_sales.sale_order_action_to_review/{order}")
        manager.page.wait_for_selector(".o_form_view")
        manager.settle()
        manager.page.screenshot(path=picture("approve_phone"))
        assert manager.page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0], "the form is wider than the phone"
        manager.click_button("审核通过")
        manager.settle()
        assert manager.read("sale.order", [order], ["review_state"])[0]["review_state"] in APPROVED
    with sign_in("sales") as seller:
        line = seller.search_read("sale.order.line", [["order_id", "=", order]], ["id"])[0]["id"]
        seller.call("sale.order.line", "write", [line], {"discount": 54})
        assert seller.read("sale.order", [order], ["review_state"])[0]["review_state"] != "passed", (
            "a deeper discount keeps the old approval"
        )
        seller.call("sale.order", "action_cancel", [order])


def discounted_order(client):
    """Make a quotation far below the price list of the customer and put it before a reviewer; return its id."""
    customer = client.search_read("res.partner", [["is_company", "=", True], ["customer_rank", ">", 0]], ["name"], limit=1, order="id")[0]
    product = client.search_read("product.product", [["default_code", "=", PRODUCT]], ["name"])[0]
    line = {"product_id": product["id"], "product_uom_qty": 3, "discount": 53}
    order = client.call("sale.order", "create", [{"partner_id": customer["id"], "order_line": [[0, 0, line]]}])[0]
    client.page.goto(f"{client.url}/odoo/action-sale.action_quotations_with_onboarding/{order}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("审核")
    assert client.read("sale.order", [order], ["review_state"])[0]["review_state"] == "approval"
    return order


def test_the_customer_follows_the_link_on_a_phone(sign_in, browser, numbers):
    """No login, no name in full, no telephone in full, no price; the steps up to the parcel."""
    with sign_in("ecommerce") as clerk:
        shipped = clerk.search_read(
            "sale.order", [["fulfilment_stage", "=", "shipped"], ["receiver_phone", "!=", False]], ["name"], limit=1
        )[0]
        clerk.page.goto(f"{clerk.url}/odoo/action-sale.action_orders/{shipped['id']}")
        clerk.page.wait_for_selector(".o_form_view")
        clerk.settle()
        wizard = clerk.call("sale.order", "action_tracking_link", [shipped["id"]])
        link = clerk.read("cosmetics.tracking.link", [wizard["res_id"]], ["url"])[0]["url"]
        order = clerk.read("sale.order", [shipped["id"]], ["receiver_name", "receiver_phone", "amount_total"])[0]
        path = link[link.index("/track/") :]
        url = clerk.url
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", is_mobile=True)
    page = context.new_page()
    answer = page.goto(f"{url}{path}")
    said = page.locator("body").inner_text()
    page.screenshot(path=picture("tracking_phone"))
    assert answer.status == 200
    assert "我们已收到您的订单" in said and "发出" in said, said
    assert order["receiver_phone"] not in said and order["receiver_name"] not in said
    assert f"{order['amount_total']:.2f}" not in said and "￥" not in said
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    assert page.goto(f"{url}{path[:-3]}xyz").status == 404, "a made-up link shows nothing"
    context.close()
