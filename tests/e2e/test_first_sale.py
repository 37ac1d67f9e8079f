"""The main job, each step by its own role, in Chinese: receive with batches, quote, deliver, invoice, get paid, print."""

import base64
import datetime
import io

import pypdf

# The demo company is the same on every machine: 79.00 with 13 % VAT on the label, wholesale price list A (40 % off).
PRODUCT, CUSTOMER, SUPPLIER = "QTL001", "西安雁塔棠梨美妆店", "陕西"
RECEIVED, QUANTITY = 12, 5
UNTAXED, TAX, TOTAL = 209.73, 27.27, 237.00


def test_first_sale(sign_in):
    """Stock, amounts, tax and the journal entries are right at the end."""
    with sign_in("warehouse") as warehouse:
        product = the_product(warehouse)
        before = on_hand(warehouse, product["id"])
        batch = receive(warehouse, product)
        assert on_hand(warehouse, product["id"]) == before + RECEIVED
    with sign_in("sales") as sales:
        order, customer = quote(sales, product)
    with sign_in("warehouse") as warehouse:
        deliver(warehouse, order["name"])
        assert on_hand(warehouse, product["id"]) == before + RECEIVED - QUANTITY
        shipped = warehouse.search_read(
            "stock.move.line", [["picking_id.origin", "=", order["name"]]], ["lot_id", "quantity", "state", "location_dest_usage"]
        )
        assert {(line["state"], line["location_dest_usage"]) for line in shipped} == {("done", "customer")}
        assert sum(line["quantity"] for line in shipped) == QUANTITY
        assert all(line["lot_id"] for line in shipped)
        assert batch in {lot["name"] for lot in warehouse.search_read("stock.lot", [["product_id", "=", product["id"]]], ["name"])}
    with sign_in("accountant") as accountant:
        invoice = make_invoice(accountant, order)
        pay(accountant)
        check_books(accountant, invoice, customer)
        check_print(accountant, invoice, product)


def the_product(client):
    """Return the product of the story."""
    return client.search_read("product.product", [["default_code", "=", PRODUCT]], ["name", "default_code", "tracking", "list_price"])[0]


def on_hand(client, product):
    """Return what lies in our own locations."""
    quants = client.search_read("stock.quant", [["product_id", "=", product], ["location_id.usage", "=", "internal"]], ["quantity"])
    return sum(quant["quantity"] for quant in quants)


def receive(client, product):
    """Take in a batch with its expiry date; return the batch number."""
    batch = f"XA{datetime.datetime.now(datetime.timezone.utc):%H%M%S}"
    client.open_app("库存管理")
    client.menu("作业", "收货")
    client.new()
    client.pick("partner_id", SUPPLIER)
    client.page.get_by_text("添加产品").first.click()
    row = client.page.locator(".o_field_widget[name=move_ids] tr.o_data_row").last
    client.pick("product_id", product["default_code"], row)
    client.fill("product_uom_qty", RECEIVED, row)
    client.click_button("标记为待办")
    client.click_button("录入批次")
    dialog = client.dialog()
    row = dialog.locator("tr.o_data_row").first
    client.edit_cell(row, "batch_no", batch)
    client.edit_date(row, "expiration_on", "2030/03/31")
    client.click_button("应用", dialog.locator("footer"))
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.settle()
    client.click_button("验证")
    client.page.wait_for_selector(".o_arrow_button_current:has-text('已完成')")
    lot = client.search_read("stock.lot", [["name", "=", batch]], ["expiration_on", "expiration_date", "product_qty", "quality_state"])
    assert [tuple(found[name] for name in ("product_qty", "expiration_on", "quality_state")) for found in lot] == [
        (RECEIVED, "2030-03-31", "released")
    ]
    # The last moment of that day in Xi'an, told in UTC.
    assert lot[0]["expiration_date"] == "2030-03-31 15:59:59"
    return batch


def quote(client, product):
    """Make and confirm a quotation; return the order and its customer."""
    customer = client.search_read("res.partner", [["name", "=", CUSTOMER]], ["name"])[0]
    client.open_app("销售管理")
    client.menu("订单", "报价单")
    client.new()
    client.pick("partner_id", customer["name"])
    client.page.get_by_text("添加产品").first.click()
    row = client.page.locator(".o_field_widget[name=order_line] tr.o_data_row").last
    row.locator("td[name=product_template_id] input, td[name=product_id] input").locator("visible=true").first.fill(product["default_code"])
    client.page.locator(".o-autocomplete--dropdown-item", has_text=product["default_code"]).first.click()
    client.settle()
    client.edit_cell(row, "product_uom_qty", QUANTITY)
    client.save()
    client.click_button("确认")
    client.page.wait_for_selector(".o_arrow_button_current:has-text('销售订单')")
    order = client.read("sale.order", [client.record_id()], ["name", "amount_untaxed", "amount_tax", "amount_total", "state"])[0]
    assert (order["amount_untaxed"], order["amount_tax"], order["amount_total"], order["state"]) == (UNTAXED, TAX, TOTAL, "sale")
    return order, customer


def deliver(client, origin):
    """Find the delivery of the order and send it."""
    client.open_app("库存管理")
    client.menu("作业", "发货")
    client.search(origin)
    client.page.locator("tr.o_data_row, .o_kanban_record:not(.o_kanban_ghost)").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("验证")
    client.page.wait_for_selector(".o_arrow_button_current:has-text('已完成')")


def make_invoice(client, order):
    """Invoice the delivered order and post it; return the invoice."""
    client.open_app("财务管理")
    client.menu("应收", "待开票订单")
    client.search(order["name"])
    client.page.locator("tr.o_data_row td[name=name]").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("创建发票")
    client.click_button("创建", client.dialog().locator("footer"))
    client.page.wait_for_selector(".o_form_view .o_field_widget[name=invoice_line_ids]")
    client.settle()
    client.click_button("确认")
    client.page.wait_for_selector(".o_arrow_button_current:has-text('已过账')")
    return client.read("account.move", [client.record_id()], ["name", "amount_untaxed", "amount_tax", "amount_total", "state"])[0]


def pay(client):
    """Register the payment in the wizard."""
    client.click_button("登记收付款")
    client.click_button("创建收付款", client.dialog().locator("footer"))
    client.page.wait_for_timeout(500)
    client.settle()


def check_books(client, invoice, customer):
    """The invoice is paid; receivable, income and output VAT stand on the right accounts and the entry balances."""
    assert (invoice["amount_untaxed"], invoice["amount_tax"], invoice["amount_total"], invoice["state"]) == (UNTAXED, TAX, TOTAL, "posted")
    paid = client.read("account.move", [invoice["id"]], ["payment_state", "amount_residual"])[0]
    assert (paid["payment_state"], paid["amount_residual"]) in {("paid", 0.0), ("in_payment", 0.0)}
    lines = client.search_read(
        "account.move.line",
        [["move_id", "=", invoice["id"]], ["display_type", "!=", "cogs"]],
        ["account_id", "debit", "credit", "partner_id"],
    )
    codes = {line["id"]: line for line in client.search_read("account.account", [], ["code", "name"])}
    entry = sorted((codes[line["account_id"][0]]["code"][:4], line["debit"], line["credit"]) for line in lines)
    assert entry == [("1122", TOTAL, 0.0), ("2221", 0.0, TAX), ("5001", 0.0, UNTAXED)]
    vat = next(codes[line["account_id"][0]] for line in lines if line["credit"] == TAX)
    assert "销项税额" in vat["name"], vat
    assert {line["partner_id"][0] for line in lines if line["partner_id"]} == {customer["id"]}


def check_print(client, invoice, product):
    """The printed invoice is a Chinese PDF with the customer's lines and totals."""
    report = client.search_read("ir.actions.report", [["report_name", "=", "account.report_invoice_with_payments"]], ["id"])
    assert report
    content = client.page.evaluate(
        """async (url) => {
            const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
            let text = ""; for (const byte of bytes) text += String.fromCharCode(byte);
            return btoa(text);
        }""",
        f"{client.url}/report/pdf/account.report_invoice_with_payments/{invoice['id']}",
    )
    pdf = pypdf.PdfReader(io.BytesIO(base64.b64decode(content)))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert invoice["name"] in text
    assert product["name"][:4] in text.replace(" ", "")
    assert f"{TOTAL:.2f}" in text
    assert "发票" in text or "结算单" in text
