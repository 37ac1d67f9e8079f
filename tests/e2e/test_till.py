"""A day at the till, each step by its own role, in Chinese: open, scan, take cash, receipt, refund, close, books."""

from till import close_till, open_till

# The demo company is the same on every machine: the till of the shop where the clerk works, 79.00 with 13 % VAT on the label.
TILL, PRODUCT, BARCODE = "小寨店收银台", "QTL001", "6999990000012"
PRICE, SOLD, RETURNED = 79.00, 2, 1
# (total, VAT in it) of the sale and of the return.
SALE, RETURN = (158.00, 18.18), (-79.00, -9.09)
FLOAT = 500
# What stands on the sale's receipt, line by line: untaxed, VAT, total and the cash.
ON_RECEIPT = ("收银员", "小计", "139.82", "增值税13%", "18.18", "总计", "158.00", "现金")


def test_till(sign_in):
    """VAT inside the price, stock by batch and the closing entry are right at the end."""
    with sign_in("clerk") as clerk:
        product = clerk.search_read("product.product", [["default_code", "=", PRODUCT]], ["name", "taxes_id"])[0]
        check_tax(clerk, product)
        session = open_till(clerk, TILL, FLOAT)
        assert session["cash_register_balance_start"] == FLOAT
        before = batches(clerk, product, session)
        batch = sell(clerk, before)
        receipt = take_cash(clerk, SOLD * PRICE)
        check_receipt(receipt, product, batch)
        refund(clerk)
        check_orders(clerk, session, batch)
        after = before | {batch: before[batch] - SOLD + RETURNED}
        assert batches(clerk, product, session) == after
    with sign_in("manager") as manager:
        close_till(manager, TILL, FLOAT + (SOLD - RETURNED) * PRICE)
        moved = check_stock(manager, session, batch)
        assert moved == {"outgoing": SOLD, "incoming": RETURNED}
        closed = manager.read("pos.session", [session["id"]], ["state", "move_id"])[0]
        assert closed["state"] == "closed"
    with sign_in("accountant") as accountant:
        check_books(accountant, session, closed["move_id"][0])


def check_tax(client, product):
    """The label price holds 13 % VAT."""
    taxes = client.read("account.tax", product["taxes_id"], ["amount", "price_include"])
    assert [(tax["amount"], tax["price_include"]) for tax in taxes] == [(13.0, True)]


def batches(client, product, session):
    """Return what the till finds of each batch in its shop."""
    lots = client.call("pos.order.line", "get_existing_lots", session["company_id"][0], session["config_id"][0], product["id"])
    return {lot["name"]: lot["product_qty"] for lot in lots}


def sell(client, before):
    """Scan the product and set the quantity; the till takes the batch that expires first, without a question. Return the batch."""
    known = client.search_read("stock.lot", [["name", "in", list(before)]], ["name", "expiration_on"])
    first = min(known, key=lambda lot: lot["expiration_on"])
    batch = first["name"]
    assert before[batch] >= SOLD
    client.page.keyboard.type(BARCODE)
    client.page.keyboard.press("Enter")
    client.page.locator(".order-container", has_text=batch).wait_for()
    assert client.page.locator(".modal-dialog").count() == 0
    client.settle()
    client.page.locator(".numpad button", has_text=str(SOLD)).first.click()
    client.page.locator(".order-summary .total", has_text=f"{SOLD * PRICE:.2f}").wait_for()
    # Whoever taps the batch sees the batches of the shop that may be sold, the first-expiring on top, and those of no other shop.
    client.page.locator(".orderline .line-lot-icon").first.click()
    options = client.page.locator(".batch-popup .batch-option")
    options.first.wait_for()
    by_expiry = sorted(known, key=lambda lot: lot["expiration_on"])
    assert options.locator(".batch-name").all_inner_texts() == [lot["name"] for lot in by_expiry]
    options.first.click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    return batch


def take_cash(client, amount):
    """Take exact cash; return the receipt on the screen."""
    client.page.locator(".pay-order-button").click()
    return pay(client, amount)


def pay(client, amount):
    """Choose cash on the payment screen and validate; return the receipt."""
    client.page.locator(".payment-screen .total", has_text=f"{amount:.2f}").wait_for()
    client.page.locator(".paymentmethod", has_text="现金").click()
    client.page.locator(".paymentline", has_text="现金").wait_for()
    client.page.locator(".payment-screen .validation-button.next").click()
    # A picture of the amount stands before the receipt until someone touches it, or for some seconds.
    client.page.wait_for_selector(".feedback-screen, .receipt-screen")
    client.settle()
    if client.page.locator(".feedback-screen").count():
        client.page.locator(".feedback-screen").click()
    client.page.wait_for_selector(".receipt-screen")
    client.settle()
    return client.page.locator(".pos-receipt").inner_text().replace("\xa0", " ")


def check_receipt(receipt, product, batch):
    """The receipt is Chinese and names product, batch, VAT, total, payment and cashier."""
    missing = [text for text in (product["name"], f"批次 {batch}，限用日期 ", TILL, *ON_RECEIPT) if text not in receipt]
    assert not missing, receipt


def refund(client):
    """Take one piece of the last sale back, for cash."""
    client.click_button("新建订单")
    client.page.locator(".more-btn").click()
    client.click_button("退款", client.dialog())
    client.page.locator(".ticket-screen .order-row").first.click()
    client.page.locator(".ticket-screen .orderline", has_text="净润").first.wait_for()
    client.page.locator(".ticket-screen .numpad button", has_text=str(RETURNED)).first.click()
    client.page.locator(".ticket-screen .orderline", has_text=f"{RETURNED:.2f}").wait_for()
    client.page.locator(".ticket-screen .pay-order-button, .ticket-screen .button.validation", has_text="退款").click()
    receipt = pay(client, RETURNED * PRICE)
    assert f"-{RETURNED * PRICE:.2f}" in receipt.replace("¥ ", "").replace("- ", "-"), receipt
    client.click_button("新建订单")


def check_orders(client, session, batch):
    """Both till orders carry their VAT inside the total, their batch and their cash."""
    orders = client.search_read(
        "pos.order", [["session_id", "=", session["id"]]], ["amount_total", "amount_tax", "amount_paid", "state", "lines"], order="id"
    )
    assert [(order["amount_total"], order["amount_tax"]) for order in orders] == [SALE, RETURN]
    assert all((order["state"], order["amount_paid"]) == ("paid", order["amount_total"]) for order in orders)
    lots = client.search_read("pos.pack.operation.lot", [["pos_order_line_id.order_id.session_id", "=", session["id"]]], ["lot_name"])
    assert [lot["lot_name"] for lot in lots] == [batch, batch]
    payments = client.search_read("pos.payment", [["session_id", "=", session["id"]]], ["amount", "payment_method_id"], order="id")
    assert [(payment["amount"], payment["payment_method_id"][1]) for payment in payments] == [(SALE[0], "现金"), (RETURN[0], "现金")]


def check_stock(client, session, batch):
    """The goods went and came under their batch; return how many each way."""
    lines = client.search_read(
        "stock.move.line",
        [["picking_id.pos_session_id", "=", session["id"]]],
        ["lot_id", "quantity", "state", "location_dest_usage", "location_usage"],
    )
    assert {(line["lot_id"][1], line["state"]) for line in lines} == {(batch, "done")}
    ways = {("internal", "customer"): "outgoing", ("customer", "internal"): "incoming"}
    return {ways[line["location_usage"], line["location_dest_usage"]]: line["quantity"] for line in lines}


def check_books(client, session, move):
    """The closing entry splits income and output VAT, the cash account got the difference, and every entry balances."""
    assert client.read("account.move", [move], ["state"])[0]["state"] == "posted"
    total, tax = SALE[0] + RETURN[0], round(SALE[1] + RETURN[1], 2)
    balances = by_account(client, [["move_id", "=", move]])
    assert balances["2221"] == -tax
    assert balances["5001"] == round(tax - total, 2)
    assert round(sum(balances.values()), 2) == 0
    cash = by_account(client, [["move_id.statement_line_id.pos_session_id", "=", session["id"]]])
    assert cash["1001"] == total
    assert round(sum(cash.values()), 2) == 0


def by_account(client, domain):
    """Return the balance of journal items by the first four digits of their account."""
    lines = client.search_read("account.move.line", domain, ["account_id", "balance"])
    codes = {
        account["id"]: account["code"]
        for account in client.read("account.account", sorted({line["account_id"][0] for line in lines}), ["code"])
    }
    balances = {}
    for line in lines:
        code = codes[line["account_id"][0]][:4]
        balances[code] = round(balances.get(code, 0) + line["balance"], 2)
    return balances
