"""The verbs of a till in Chinese: open it, close it."""


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
