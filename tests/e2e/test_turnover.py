"""How often the stock turned, and whether the books hold what it is worth: what an owner asks at the start of a month."""

import datetime
import re

from client import picture
from playwright.sync_api import expect

SHOPS = ("小寨店", "钟楼店", "高新店")
PHONE = (390, 844)


def last_month(client):
    """Return the last day of the month that was over when the sample company was set up."""
    [closed] = client.search_read(
        "cosmetics.stock.ledger", [["difference", "=", 0], ["ledger_value", ">", 0]], ["day"], limit=1, order="day"
    )
    return datetime.date.fromisoformat(closed["day"])


def test_the_owner_sees_how_often_the_stock_of_each_shop_turned(sign_in):
    with sign_in("owner", size=(1440, 900)) as owner:
        owner.open_app("库存管理")
        owner.menu("报表", "库存周转")
        table = owner.page.locator(".o_pivot table")
        for shop in SHOPS:
            expect(table).to_contain_text(shop)
        owner.page.screenshot(path=picture("turnover"))
        owner.page.locator(".o_switch_view.o_list").first.click()
        owner.settle()
        months = owner.page.locator("td[name=month]")
        expect(months.first).to_have_text(re.compile(r"^\d{4}年\d{1,2}月$"))
        owner.page.screenshot(path=picture("turnover_list"))
        end = last_month(owner)
        assert (end + datetime.timedelta(days=1)).day == 1, "the books took the stock over at the end of a month"


def test_a_manager_sees_the_turnover_of_her_shops_on_a_phone(sign_in):
    with sign_in("manager", size=PHONE, phone=True) as manager:
        manager.page.goto(f"{manager.url}/odoo/action-cosmetics_inventory_account.cosmetics_stock_turnover_action")
        manager.page.wait_for_selector(".o_action")
        manager.settle()
        manager.page.screenshot(path=picture("turnover_phone"))
        assert manager.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
