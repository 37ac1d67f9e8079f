"""Members at two tills in Chinese: join, earn, spend, bring back; then one till goes offline and spends what the other has spent."""

import re

from playwright.sync_api import expect
from till import open_till, pay, scan, validate

PRODUCT, BARCODE, PRICE = "KSH003", "6999990000524", 79.00
# The stories share one company: each has tills of its own.
FIRST, SECOND = ("clerk3", "高新店收银台"), ("clerk2", "钟楼店收银台")
PHONE, NAME = "13991230456", "赵一诺"
# One point a yuan, a point pays ten fen, at most half of a ticket.
RATE, CAP = 0.1, 50


def test_members_at_the_till(sign_in):
    """What both tills spend adds up to what there was; the rest is on the list, and the manager lets the card owe it."""
    with sign_in("owner") as owner:
        start_program(owner)
    with sign_in(FIRST[0]) as clerk:
        open_till(clerk, FIRST[1])
        join(clerk)
        scan(clerk, BARCODE, PRICE, 2)
        assert points_of_order(clerk) == {"won": "+158", "total": "158"}
        receipt = pay(clerk)
        assert on_receipt(receipt) == {"Won": 158, "Balance": 158}, receipt
        spend_and_bring_back(clerk)
        spend_at_both_tills(sign_in, clerk)
    with sign_in("manager") as manager:
        decide(manager)


def start_program(owner):
    """Start the points program of the shop, as its owner does once."""
    running = owner.search_read("loyalty.program", [["program_type", "=", "loyalty"]], ["name"])
    owner.call("loyalty.program", "write", [program["id"] for program in running], {"active": False})
    rule = {"reward_point_mode": "money", "reward_point_amount": 1}
    reward = {"reward_type": "discount", "discount_mode": "per_point", "discount": RATE, "required_points": 1}
    vals = {"name": "会员积分", "program_type": "loyalty", "trigger": "auto", "applies_on": "both", "portal_visible": True}
    vals |= {"portal_point_name": "积分", "points_redeem_cap": CAP, "rule_ids": [[0, 0, rule]], "reward_ids": [[0, 0, reward]]}
    owner.call("loyalty.program", "create", [vals])


def join(client):
    """Let a customer join: number, name, one tick; the number again offers the member instead."""
    open_list(client)
    client.page.locator(".join-member").first.click()
    client.page.wait_for_selector("#consent-membership")
    client.page.fill("#member-phone", PHONE)
    client.page.fill("#member-name", NAME)
    assert client.page.locator(".do-join").is_disabled()
    client.page.locator("#consent-membership").check()
    client.page.locator(".do-join").click()
    client.page.locator(".member-bar", has_text=NAME).wait_for()
    open_list(client)
    client.page.locator(".join-member").first.click()
    client.page.wait_for_selector("#consent-membership")
    client.page.fill("#member-phone", PHONE)
    client.page.fill("#member-name", "别人")
    client.page.locator("#consent-membership").check()
    client.page.locator(".do-join").click()
    client.page.locator(".join-message .use-found").click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.settle()


def open_list(client):
    client.page.locator(".set-partner").first.click()
    client.page.wait_for_selector(".partner-list")


def find(client, text=PHONE[-4:]):
    """Find the member by the tail of the number, and sell to the member."""
    open_list(client)
    client.page.locator(".modal-header input").fill(text)
    line = client.page.locator(".partner-line", has_text=NAME)
    line.wait_for()
    assert PHONE not in re.sub(r"\s", "", line.inner_text())
    line.click()
    # What is scanned while the list closes would go into its search box.
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.page.locator(".member-bar", has_text=NAME).wait_for()
    client.settle()


def use_points(client):
    client.page.locator(".member-bar .use-points").click()
    client.page.locator(".loyalty-points-spent").wait_for()
    client.settle()


def points_of_order(client):
    """Return what stands under the order: points won, spent and left."""
    found = {}
    for name in ("won", "spent"):
        spot = client.page.locator(f".loyalty-points-{name} .value")
        if spot.count():
            found[name] = spot.inner_text().strip()
    return {**found, "total": client.page.locator(".loyalty-points-totaltext-end .value").inner_text().strip()}


def on_receipt(texts):
    """Return the points a receipt names."""
    words = {"Won": r"(?:获得|赢得)", "Spent": r"(?:花费|已用|使用|消费|支出)", "Balance": r"(?:余额|结余)"}
    text = " ".join(texts)
    found = {name: re.search(word + r"[^\d-]*(-?\d+(?:\.\d+)?)", text) for name, word in words.items()}
    return {name: float(match[1]) for name, match in found.items() if match}


def new_order(client):
    client.click_button("新建订单")


def card(client):
    """Return the points of the member as the clerk may read them."""
    cards = client.search_read("loyalty.card", [["partner_id.name", "=", NAME]], ["points", "points_debt"])
    assert len(cards) == 1
    return cards[0]["points"], cards[0]["points_debt"]


def spend_and_bring_back(client):
    """Spend 158 points on one piece, within the cap, and bring the piece back: points and money are as before."""
    new_order(client)
    find(client)
    scan(client, BARCODE, PRICE)
    use_points(client)
    assert points_of_order(client) == {"won": "+63.2", "spent": "-158", "total": "63.2"}
    pay(client)
    assert card(client) == (63.2, 0)
    new_order(client)
    client.page.locator(".more-btn").click()
    client.click_button("退款", client.dialog())
    client.page.locator(".ticket-screen .order-row").first.click()
    client.page.locator(".ticket-screen .orderline").first.click()
    client.page.locator(".ticket-screen .numpad button", has_text="1").first.click()
    client.page.locator(".ticket-screen .orderline", has_text="1.00").first.wait_for()
    client.page.locator(".ticket-screen .pay-order-button, .ticket-screen .button.validation", has_text="退款").click()
    client.page.locator(".payment-screen .total", has_text=f"{PRICE - 158 * RATE:.2f}").wait_for()
    pay(client, is_open=True)
    assert card(client) == (158, 0)
    new_order(client)


def spend_at_both_tills(sign_in, clerk):
    """The second till loads the member, loses its connection and spends; the first spends meanwhile; the second comes back."""
    with sign_in(SECOND[0]) as other:
        open_till(other, SECOND[1])
        find(other)
        scan(other, BARCODE, PRICE)
        other.page.context.set_offline(True)
        use_points(other)
        other.page.locator(".pay-order-button").click()
        validate(other)
        other.page.locator(".o_notification", has_text="网络断开").first.wait_for()
        other.page.wait_for_selector(".feedback-screen, .receipt-screen")
        find(clerk)
        scan(clerk, BARCODE, PRICE)
        use_points(clerk)
        pay(clerk)
        assert card(clerk) == (63.2, 0)
        new_order(clerk)
        other.page.context.set_offline(False)
        told = other.page.locator(".o_notification", has_text="积分已不在卡上")
        told.wait_for()
        other.page.locator(".o_notification", has_text="积分已不在卡上").locator("button.o_notification_close").click()
        assert card(other) == (63.2, 0)
        other.problems.clear()


def decide(manager):
    """The conflict is on the list of the manager, who lets the card owe the points."""
    manager.open_app("销售管理")
    manager.menu("门店收银", "积分异常")
    row = manager.page.locator(".o_data_row", has_text=NAME)
    expect(row).to_contain_text("94.8")
    row.locator("button[name='action_decide']").click()
    dialog = manager.dialog()
    expect(dialog).to_contain_text("卡上已经没有了")
    manager.click_button("确认", dialog)
    manager.page.wait_for_selector(".modal-dialog", state="detached")
    assert card(manager) == (0, 31.6)
