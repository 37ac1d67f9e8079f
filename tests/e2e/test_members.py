"""An adviser joins a customer on a phone; the manager sees the member, tier and purchases."""

import time

from playwright.sync_api import expect

PHONE_SIZE = (390, 844)


def test_an_adviser_joins_a_customer_on_a_phone_and_the_manager_finds_the_member(sign_in):
    tail = f"{int(time.time()) % 100000000:08d}"
    phone = f"137{tail}"
    with sign_in("adviser", size=PHONE_SIZE, phone=True) as adviser:
        adviser.page.goto(f"{adviser.url}/odoo/action-cosmetics_crm.cosmetics_member_join_action")
        adviser.page.wait_for_selector(".o_form_view")
        adviser.settle()
        # The name first: Tab behind it opens the calendar of the birthday, which no finger does.
        adviser.fill("name", "示例新会员")
        adviser.page.locator(".modal-title, .o_control_panel").first.click()
        adviser.fill("phone", phone)
        agreed = adviser.field("purpose_ids").locator(".o-checkbox, .form-check", has_text="会员服务").locator("input").first
        adviser.settle()
        agreed.click()
        # The client gathers ticks for half a second before it shows and keeps them.
        adviser.page.wait_for_timeout(1000)
        assert agreed.is_checked()
        adviser.click_button("办理入会")
        adviser.page.wait_for_selector(".o_field_widget[name='member_number']")
        expect(adviser.page.locator(".o_form_sheet")).to_contain_text("普通")
        number = adviser.page.locator(".o_field_widget[name='member_number']").inner_text().strip()
        assert number.startswith("HY")
        expect(adviser.page.locator(".o_form_sheet")).to_contain_text(f"137****{tail[-4:]}")
    with sign_in("member") as manager:
        manager.page.goto(f"{manager.url}/odoo/members")
        manager.page.wait_for_selector(".o_list_view")
        manager.settle()
        manager.search(tail[-6:])
        row = manager.page.locator(".o_data_row", has_text=number)
        expect(row).to_have_count(1)
        row.locator("td[name='name']").click()
        manager.page.wait_for_selector(".o_form_view")
        manager.settle()
        manager.page.locator(".o_notebook a", has_text="等级").first.click()
        expect(manager.page.locator(".o_notebook")).to_contain_text("入会")
        manager.page.locator(".o_notebook a", has_text="消费记录").first.click()
        manager.page.locator(".o_notebook a", has_text="同意记录").first.click()
        expect(manager.page.locator(".o_notebook")).to_contain_text("会员服务")
