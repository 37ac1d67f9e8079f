"""A customer has paid by transfer: the salesperson adds the slip, the amount is suggested, somebody else confirms. In Chinese."""

import base64
import time

from client import picture
from playwright.sync_api import expect

SLIP = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # fmt: skip


def test_payment_is_submitted_with_its_slip_and_confirmed_by_somebody_else(sign_in):
    """Whoever submits a payment does not confirm it; the order then counts as paid."""
    number = f"ZZ{int(time.time())}"
    with sign_in("sales") as client:
        orders = client.search_read("sale.order", [("state", "=", "sale"), ("proof_state", "=", "none"), ("amount_total", ">", 0)], [
            "name", "amount_total", "partner_id",
        ], limit=1)  # fmt: skip
        order = orders[0]
        client.open_app("销售管理")
        client.menu("订单", "收款确认")
        client.new()
        client.fill("payer", order["partner_id"][1])
        client.fill("reference", number)
        client.page.locator("div[name=evidence] input[type=file]").set_input_files(
            [{"name": "slip.png", "mimeType": "image/png", "buffer": SLIP}]
        )
        client.field("line_ids").locator("a", has_text="添加行").click()
        client.pick("order_id", order["name"], client.page.locator("tr.o_selected_row"))
        expect(client.page.locator("tr.o_selected_row td[name=amount] input")).to_have_value(f"{order['amount_total']:,.2f}")
        client.save()
        proof = client.record_id()
        client.page.screenshot(path=picture("payment_submitted"))
        expect(client.page.locator("button[name=action_confirm]")).to_have_count(0)
    with sign_in("accountant") as client:
        client.page.goto(f"{client.url}/odoo/action-cosmetics_sales.cosmetics_payment_proof_action/{proof}")
        client.settle()
        client.click_button("确认")
        expect(client.page.locator(".o_statusbar_status .o_arrow_button_current")).to_have_text("已确认")
        client.page.screenshot(path=picture("payment_confirmed"))
        [line] = client.search_read("cosmetics.payment.proof.line", [("proof_id", "=", proof)], ["amount", "state", "order_id"])
        assert (line["amount"], line["state"], line["order_id"][0]) == (order["amount_total"], "confirmed", order["id"])
