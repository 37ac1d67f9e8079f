"""The verbs of a till in Chinese: open it, scan, take money, close it."""


def open_till(client, name, cash=None):
    """Open the till ``name`` of a shop with its float (yuan), or with the one it proposes; return its session."""
    client.open_app("销售管理")
    client.menu("门店收银", "收银台")
    client.page.locator(".o_kanban_record", has_text=name).locator("button").first.click()
    client.page.wait_for_selector(".opening-cash-section, .product-screen .leftpane")
    client.settle()
    if client.page.locator(".opening-cash-section").count():
        dialog = client.dialog()
        assert "期初现金" in dialog.inner_text()
        if cash is not None:
            dialog.locator(".cash-input-sub-section input").fill(str(cash))
        client.click_button("开启收银机", dialog)
        client.page.wait_for_selector(".modal-dialog", state="detached")
        client.settle()
    fields = ["name", "config_id", "company_id", "cash_register_balance_start"]
    return client.search_read("pos.session", [["config_id.name", "=", name], ["state", "=", "opened"]], fields)[0]


def close_till(client, name, cash):
    """Go to the open till ``name``, count ``cash`` (yuan) and close it without a difference."""
    client.open_app("销售管理")
    client.menu("门店收银", "收银台")
    client.page.locator(".o_kanban_record", has_text=name).get_by_text("继续销售").click()
    client.page.wait_for_selector(".product-screen")
    client.settle()
    client.page.locator(".pos-topheader .fa-bars").click()
    client.page.locator(".dropdown-item", has_text="关闭收银机").click()
    dialog = client.dialog()
    dialog.locator(".cash-input input, input.cash-input").first.fill(f"{cash:.2f}")
    dialog.locator(".cash-difference", has_text="0.00").wait_for()
    client.click_button("关闭收银机", dialog.locator(".modal-footer, footer"))
    client.page.wait_for_selector(".login-overlay, .o_kanban_view")
    client.settle()


def scan(client, barcode, price, quantity=1):
    """Scan a product of this price and set the quantity."""
    client.page.keyboard.type(barcode)
    client.page.keyboard.press("Enter")
    client.page.locator(".orderline").first.wait_for()
    client.settle()
    if quantity > 1:
        client.page.locator(".numpad button", has_text=str(quantity)).first.click()
    client.page.locator(".order-summary .total", has_text=f"{quantity * price:.2f}").wait_for()
    client.settle()


def validate(client):
    """Take cash for the whole amount."""
    client.page.wait_for_selector(".payment-screen")
    client.page.locator(".paymentmethod", has_text="现金").click()
    client.page.locator(".paymentline", has_text="现金").wait_for()
    client.page.locator(".payment-screen .validation-button.next").click()


def pay(client, is_open=False):
    """Pay in cash; return the receipt on the screen."""
    if not is_open:
        client.page.locator(".pay-order-button").click()
    validate(client)
    client.page.wait_for_selector(".feedback-screen, .receipt-screen")
    client.settle()
    if client.page.locator(".feedback-screen").count():
        client.page.locator(".feedback-screen").click()
    client.page.wait_for_selector(".receipt-screen")
    client.settle()
    return client.page.locator(".pos-receipt .loyalty").all_inner_texts()
