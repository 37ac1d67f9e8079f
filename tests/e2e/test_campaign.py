"""The member manager runs a birthday campaign: template, segment, campaign, then the coupon and the message of the member. In Chinese.

No provider is chosen in the sample company, so nothing leaves it, by day or by night: what a provider gets is told in the tests of
the connectors. The campaign is carried out by the server's own scheduler.
"""

import time
from datetime import datetime, timedelta, timezone

from client import picture

PHONE = (390, 844)
CODE = f"SMS_{int(time.time())}"
NUMBER = f"139{int(time.time()) % 10**8:08d}"
TEXT = "尊敬的${member}，生日礼券${coupon}已到账，${days}天内有效，拒收请回复R"


def test_birthday_campaign_from_segment_to_result(sign_in):
    """One member is addressed: with a coupon of the program and one message that names it; the result counts one, on a phone as well."""
    with sign_in("member", size=(1440, 900)) as manager:
        member = join_a_member(manager)
        program = manager.call("loyalty.program", "create", [{"name": f"生日礼券{CODE}", "program_type": "coupons"}])[0]
        approve_template(manager)
        make_segment(manager, member)
        campaign = make_campaign(manager)
        row = manager.wait_for_record("cosmetics.campaign.member", [["campaign_id", "=", campaign], ["state", "=", "sent"]])
        card = manager.read("cosmetics.campaign.member", [row], ["card_id"])[0]["card_id"][0]
        coupon = manager.read("loyalty.card", [card], ["program_id", "partner_id", "points", "code"])[0]
        assert (coupon["program_id"][0], coupon["partner_id"][0], coupon["points"]) == (program, member, 1.0)
        check_message(manager, member, coupon["code"])
        open_campaign(manager, campaign)
        manager.click_button("刷新效果")
        assert manager.field("addressed_count").inner_text().split()[0] == "1"
        manager.page.screenshot(path=picture("campaign_result"))
    with sign_in("member", size=PHONE, phone=True) as manager:
        open_campaign(manager, campaign)
        manager.page.screenshot(path=picture("campaign_phone"))
        assert not manager.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), "the page is wider than the phone"


def join_a_member(client):
    """Return the id of a member whose birthday is in three days and who agreed to marketing by SMS."""
    soon = datetime.now(timezone(timedelta(hours=8))).date() + timedelta(days=3)
    vals = {
        "name": "生日会员",
        "phone": NUMBER,
        "is_member": True,
        "join_consent_how": "paper",
        "birthday": soon.replace(year=1992).isoformat(),
    }
    member = client.call("res.partner", "create", [vals])[0]
    purpose = client.search_read("cosmetics.consent.purpose", [["code", "=", "sms"]], ["id"])[0]["id"]
    client.call("cosmetics.consent", "create", [{"partner_id": member, "purpose_id": purpose, "how": "paper"}])
    return member


def approve_template(client):
    client.open_app("会员管理")
    client.menu("营销", "短信模板")
    client.new()
    client.fill("name", f"短信{CODE}")
    client.field("kind").locator("select, input").first.click()
    client.choose("kind", "营销")
    client.fill("code", CODE)
    client.fill("text", TEXT)
    client.click_button("审核已通过")
    client.page.screenshot(path=picture("sms_template"))


def make_segment(client, member):
    client.menu("营销", "会员分群")
    client.new()
    client.fill("name", "本周生日")
    client.field("is_birthday_near").locator("input").check()
    client.save()
    segment = client.record_id()
    # Other members of the sample company may have birthdays too.
    client.call("cosmetics.member.segment", "write", [segment], {"domain": f"[('id', '=', {member})]"})
    client.page.reload()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.click_button("立即统计")
    client.page.screenshot(path=picture("segment"))
    assert client.read("cosmetics.member.segment", [segment], ["member_count"])[0]["member_count"] == 1


def make_campaign(client):
    client.click_button("新建营销活动")
    client.fill("name", "生日有礼")
    client.field("kind").locator("label", has_text="每年生日").click()
    client.fill("holdout_percent", "0")
    client.pick("sms_template_id", f"短信{CODE}")
    client.field("offer").locator("select, input").first.click()
    client.choose("offer", "优惠券")
    client.pick("program_id", f"生日礼券{CODE}")
    client.save()
    campaign = client.record_id()
    client.page.screenshot(path=picture("campaign"))
    client.click_button("排期")
    assert client.read("cosmetics.campaign", [campaign], ["state"])[0]["state"] in ("scheduled", "running")
    return campaign


def check_message(client, member, code):
    """The log shows one message for the member, in the words of the template; it has not left."""
    (sms,) = client.search_read("sms.sms", [["partner_id", "=", member]], ["body", "is_marketing", "submitted_at", "provider_ref"])
    assert sms["body"] == f"尊敬的生日会员，生日礼券{code}已到账，30天内有效，拒收请回复R"
    assert (sms["is_marketing"], sms["submitted_at"], sms["provider_ref"]) == (True, False, False)
    client.menu("营销", "短信记录")
    assert client.page.locator("tr.o_data_row", has_text=code).count() == 1
    client.page.screenshot(path=picture("sms_log"))


def open_campaign(client, campaign):
    client.page.goto(f"{client.url}/odoo/member-campaigns/{campaign}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
