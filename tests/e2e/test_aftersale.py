"""Goods come back: the clerk agrees, the keeper looks at seal and batch on a phone, the accountant gives the money back."""

from client import picture
from playwright.sync_api import expect

PHONE = (390, 844)


def test_a_return_is_inspected_and_refunded(sign_in):
    """What comes back is not on sale before the inspection; the credit note is that of the goods, to the cent."""
    with sign_in("ecommerce") as clerk:
        order = invoiced_order(clerk)
        case = open_case(clerk, order)
        clerk.click_button("审核通过")
        assert state_of(clerk, case) == "waiting"
        lot = clerk.search_read("cosmetics.aftersale.line", [["aftersale_id", "=", case]], ["lot_id", "amount"])[0]
    with sign_in("warehouse", size=PHONE, phone=True) as keeper:
        before = on_shelf(keeper, lot["lot_id"][0])
        inspect(keeper, case)
        assert on_shelf(keeper, lot["lot_id"][0]) == before + 1, "an intact unit goes back on sale, in its batch"
    with sign_in("ecommerce") as clerk:
        clerk.page.goto(f"{clerk.url}/odoo/action-cosmetics_sales.cosmetics_aftersale_action/{case}")
        clerk.page.wait_for_selector(".o_form_view")
        clerk.settle()
        clerk.click_button("退款")
        assert state_of(clerk, case) == "refunding"
    with sign_in("accountant") as accountant:
        pay_back(accountant, case, lot["amount"])


def invoiced_order(client):
    """Return the id of an order that is delivered and invoiced."""
    domain = [["state", "=", "sale"], ["invoice_status", "=", "invoiced"], ["fulfilment_stage", "in", ["shipped", "signed", "settled"]]]
    return client.search_read("sale.order", domain, ["name"], limit=1, order="id")[0]["id"]


def open_case(client, order):
    """Open an after-sale from the order: one unit, the buyer changed their mind; return its id."""
    client.page.goto(f"{client.url}/odoo/action-sale.action_orders/{order}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.page.locator("button[name=action_view_aftersales]").locator("visible=true").first.click()
    client.settle()
    if not client.page.locator(".o_form_view .o_field_widget[name=reason_id]").count():
        client.new()
    client.pick("reason_id", "不想要了")
    # All the goods of the order are proposed; only the first of them comes back, one piece.
    rows = client.page.locator(".o_field_widget[name=line_ids] tr.o_data_row")
    for left in range(rows.count() - 1, 0, -1):
        rows.last.locator("td.o_list_record_remove").click()
        # The list is drawn again: a second click at once would take the row that is to stay.
        expect(rows).to_have_count(left)
        client.settle()
    client.edit_cell(rows.first, "quantity", 1)
    client.save()
    case = client.record_id()
    made = client.search_read("cosmetics.aftersale.line", [["aftersale_id", "=", case]], ["quantity", "lot_id"])
    assert [(line["quantity"], bool(line["lot_id"])) for line in made] == [(1.0, True)]
    return case


def state_of(client, case):
    return client.read("cosmetics.aftersale", [case], ["state"])[0]["state"]


def on_shelf(client, lot):
    """Return how many of a batch lie in the company's own places."""
    quants = client.search_read("stock.quant", [["lot_id", "=", lot], ["location_id.usage", "=", "internal"]], ["quantity"])
    return sum(quant["quantity"] for quant in quants)


def inspect(client, case):
    """Book in what came back, and write down seal, batch and decision, on a phone."""
    client.open_app("库存管理")
    client.page.goto(f"{client.url}/odoo/action-cosmetics_sales.cosmetics_aftersale_action_inspect/{case}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    press(client, "全部收到")
    assert state_of(client, case) == "received"
    client.page.locator(
        ".o_field_widget[name=line_ids] .o_kanban_record:not(.o_kanban_ghost), .o_field_widget[name=line_ids] tr.o_data_row"
    ).locator("visible=true").first.click()
    dialog = client.dialog()
    client.choose("seal_state", "完好", dialog)
    client.choose("result", "重新上架", dialog)
    dialog.locator(".o_field_widget[name=is_batch_readable] input").check()
    client.page.screenshot(path=picture("inspection_phone"))
    dialog.locator("button.o_form_button_save, footer button.btn-primary").locator("visible=true").first.click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.settle()
    press(client, "已验货")
    assert state_of(client, case) == "inspected"


def press(client, text):
    """Press a button of the head, which a phone may have put into its menu."""
    button = client.page.locator(".o_statusbar_buttons button", has_text=text).locator("visible=true")
    if not button.count():
        client.page.locator(".o_statusbar_buttons .dropdown-toggle, .o_statusbar_buttons .o-dropdown").locator("visible=true").first.click()
        button = client.page.locator(".o-dropdown--menu button, .o-dropdown--menu .dropdown-item", has_text=text).locator("visible=true")
    button.first.click()
    client.settle()


def pay_back(client, case, amount):
    """Post the credit note and say that the money is out."""
    client.open_app("财务管理")
    client.menu("应收", "售后")
    client.page.goto(f"{client.url}/odoo/action-cosmetics_sales.cosmetics_aftersale_action/{case}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    notes = client.read("cosmetics.aftersale", [case], ["credit_note_ids"])[0]["credit_note_ids"]
    found = client.read("account.move", notes, ["amount_total", "state", "move_type"])
    assert [(note["move_type"], round(note["amount_total"], 2)) for note in found] == [("out_refund", round(amount, 2))]
    client.call("account.move", "action_post", notes)
    client.click_button("确认已退款")
    assert state_of(client, case) == "done"
