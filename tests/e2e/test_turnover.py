"""How often the stock turned, and whether the books hold what it is worth: what an owner asks at the start of a month."""

import re

from client import picture
from playwright.sync_api import expect
from sample_company import last_month_end

SHOPS = ("小寨店", "钟楼店", "高新店")
PHONE = (390, 844)


def test_the_owner_sees_how_often_the_stock_of_each_shop_turned(sign_in):
    with sign_in("owner", size=(1440, 900)) as owner:
        owner.open_app("库存管理")
        owner.menu("报表", "库存周转")
        table = owner.page.locator(".o_pivot table")
        for title in ("护肤", "平均库存金额", "年周转率"):
            expect(table).to_contain_text(title)
        owner.page.screenshot(path=picture("turnover"))
        owner.page.locator(".o_switch_view.o_list").first.click()
        owner.settle()
        months = owner.page.locator("td[name=month]")
        expect(months.first).to_have_text(re.compile(r"^\d{4}年\d{1,2}月$"))
        for shop in SHOPS:
            expect(owner.page.locator("tr.o_data_row", has_text=shop).first).to_be_visible()
        owner.page.screenshot(path=picture("turnover_list"))
        day = [["day", "=", str(last_month_end(owner))]]
        [closed] = owner.search_read("cosmetics.stock.ledger", day, ["difference", "ledger_value"])
        assert (closed["difference"], closed["ledger_value"] > 0) == (0, True), "the books took the stock over at the end of the month"


def test_the_leader_of_the_warehouse_sees_the_turnover_on_a_phone(sign_in):
    with sign_in("depot", size=PHONE, phone=True) as leader:
        leader.page.goto(f"{leader.url}/odoo/action-cosmetics_inventory_account.cosmetics_stock_turnover_action")
        expect(leader.page.locator(".o_content")).to_contain_text("年周转率")
        leader.settle()
        leader.page.screenshot(path=picture("turnover_phone"))
        assert leader.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
