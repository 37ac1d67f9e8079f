"""A sale at the till, a question on the member's phone, a low answer, and the manager of the store who deals with it. In Chinese.

No provider is chosen in the sample company, so no message leaves it; the link is read from the message that waits in the queue. The
members are looked for by the server's own scheduler, by day or by night.
"""

import os
import time

from client import TIMEOUT, picture
from till import open_till, pay, scan

PHONE = (390, 844)
BARCODE, PRICE = "6999990000524", 79.00
TILL = ("clerk3", "高新店收银台")
CODE = f"SMS_S{int(time.time())}"
NAME = f"问卷会员{int(time.time()) % 10**6}"
NUMBER = f"138{int(time.time()) % 10**8:08d}"
TEXT = "${member}，请用半分钟评价您在${store}的购物：shop.example.cn/q/${code}，拒收请回复R"
WORDS = "试用装是空的，也没人招呼。"
OUTCOME = "已补试用装，电话致歉，本周晨会强调接待。"


def test_a_low_answer_reaches_the_store_and_is_dealt_with(sign_in, browser):
    """Each step is what the person in it sees; the answer opens feedback of the store, which is closed with an outcome."""
    with sign_in("member", size=(1440, 900)) as manager:
        member = join_a_member(manager)
        rule = start_rule(manager)
    with sign_in(TILL[0]) as clerk:
        sell(clerk)
    with sign_in("member", size=(1440, 900)) as manager:
        link = ask(manager, rule, member)
    answer(browser, link)
    with sign_in("manager", size=(1440, 900)) as manager:
        deal_with(manager)
    with sign_in("member", size=(1440, 900)) as manager:
        look_at_scores(manager)


def join_a_member(client):
    """Return the id of a member who agreed to be asked."""
    member = client.call("res.partner", "create", [{"name": NAME, "phone": NUMBER, "is_member": True, "join_consent_how": "paper"}])[0]
    for purpose in client.search_read("cosmetics.consent.purpose", [["code", "=", "survey"]], ["id"]):
        client.call("cosmetics.consent", "create", [{"partner_id": member, "purpose_id": purpose["id"], "how": "paper"}])
    return member


def start_rule(client):
    """Write the rule as the member manager does, and start it; return its id."""
    template = {"name": f"调查{CODE}", "kind": "survey", "code": CODE, "text": TEXT}
    template = client.call("cosmetics.sms.template", "create", [template])[0]
    client.call("cosmetics.sms.template", "action_approve", [template])
    client.open_app("会员管理")
    client.menu("客户反馈", "调查规则")
    client.new()
    client.fill("name", f"门店购物后{CODE}")
    client.choose("event", "门店收银")
    client.fill("delay_days", "0")
    client.pick("survey_id", "购物满意度调查")
    client.pick("sms_template_id", f"调查{CODE}")
    client.save()
    client.click_button("开始调查")
    client.page.screenshot(path=picture("survey_rule"))
    rule = client.record_id()
    assert client.read("cosmetics.survey.rule", [rule], ["state"])[0]["state"] == "running"
    return rule


def sell(client):
    """Sell one piece to the member at the till."""
    open_till(client, TILL[1])
    client.page.locator(".set-partner").first.click()
    client.page.wait_for_selector(".partner-list")
    client.page.locator(".modal-header input").fill(NUMBER[-4:])
    client.page.locator(".partner-line", has_text=NAME).first.click()
    client.page.wait_for_selector(".modal-dialog", state="detached")
    client.page.locator(".member-bar", has_text=NAME).wait_for()
    client.settle()
    scan(client, BARCODE, PRICE)
    pay(client)


def ask(client, rule, member):
    """Let the scheduler look for members; return the link in the message that waits."""
    client.call("cosmetics.survey.rule", "action_run", [rule])
    invitation = client.wait_for_record("cosmetics.survey.invitation", [["partner_id", "=", member], ["state", "=", "sent"]])
    row = client.read("cosmetics.survey.invitation", [invitation], ["code", "store_id", "sms_id", "way"])[0]
    assert (row["store_id"][1], row["way"]) == ("高新店", "sms")
    body = client.search_read("sms.sms", [["partner_id", "=", member]], ["body"])[0]["body"]
    assert body == f"{NAME}，请用半分钟评价您在高新店的购物：shop.example.cn/q/{row['code']}，拒收请回复R"
    client.page.goto(f"{client.url}/odoo/survey-invitations/{invitation}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.page.screenshot(path=picture("survey_invitation"))
    return f"/q/{row['code']}"


def answer(browser, link):
    """Answer on a phone, without signing in."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", timezone_id="Asia/Shanghai", is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.set_default_timeout(TIMEOUT)
    try:
        page.goto(os.environ["ERP_URL"] + link)
        page.wait_for_selector(".js_question-wrapper")
        # The page takes answers once its scripts are there; it shows that by its button.
        page.wait_for_selector("button[type=submit]:not(.disabled)")
        text = page.locator("body").inner_text()
        for words in ("购物满意度调查", "您对这次购物满意吗？", "您有多大可能把我们推荐给朋友？", "我们还可以在哪里改进？（选填）", "提交"):
            assert words in text, (words, text)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), "the page is wider than the phone"
        page.screenshot(path=picture("survey_phone"), full_page=True)
        questions = page.locator(".js_question-wrapper")
        mark(questions.nth(0), 2)
        mark(questions.nth(1), 3)
        questions.nth(2).locator("textarea").fill(WORDS)
        page.screenshot(path=picture("survey_phone_filled"), full_page=True)
        page.locator("button[type=submit]", has_text="提交").locator("visible=true").first.click()
        page.locator(".modal-footer button", has_text="提交").click()
        page.get_by_text("店长会负责处理").wait_for()
        page.screenshot(path=picture("survey_phone_thanks"))
        page.goto(os.environ["ERP_URL"] + link)
        page.get_by_text("店长会负责处理").wait_for()
    finally:
        context.close()


def mark(question, number):
    """Choose a number of a scale."""
    question.locator(f"input[type=radio][value='{number}']").locator("xpath=..").click()
    question.locator(f"input[type=radio][value='{number}']:checked").wait_for(state="attached")


def deal_with(client):
    """Find the feedback in the store's own menu, take it over, and close it with what was done."""
    client.open_app("销售管理")
    client.menu("门店收银", "会员反馈")
    client.page.screenshot(path=picture("feedback_list"))
    client.page.locator("tr.o_data_row", has_text=NAME).first.locator("td[name=name]").click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    assert WORDS in client.field("description").inner_text()
    feedback = client.record_id()
    client.click_button("接手处理")
    client.fill("outcome", OUTCOME)
    client.page.screenshot(path=picture("feedback_in_work"))
    client.click_button("办结")
    client.page.screenshot(path=picture("feedback_done"))
    row = client.read("cosmetics.feedback", [feedback], ["state", "outcome", "csat", "nps", "source", "activity_ids"])[0]
    assert (row["state"], row["outcome"], row["csat"], row["nps"], row["source"]) == ("done", OUTCOME, 2, 3, "survey")
    assert row["activity_ids"] == []


def look_at_scores(client):
    """The pivot shows the stores with satisfaction and NPS."""
    client.open_app("会员管理")
    client.menu("报表", "满意度与 NPS")
    client.page.locator(".o_pivot th", has_text="高新店").first.wait_for()
    client.page.screenshot(path=picture("survey_pivot"))
    rows = client.search_read("cosmetics.survey.answer", [["store_id.name", "=", "高新店"]], ["nps_value", "has_nps"])
    expected = sum(row["nps_value"] for row in rows) / len(rows)
    shown = client.page.locator(".o_pivot tbody tr", has_text="高新店").inner_text()
    assert f"{expected:,.2f}" in shown or f"{expected:,.1f}" in shown, (expected, shown)
