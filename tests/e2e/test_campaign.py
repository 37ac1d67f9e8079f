"""Marketing runs a birthday campaign: messages leave to a provider, a coupon is used, the result shows."""

import json
import os
import re
import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from client import person

PHONE = (390, 844)
CODE = f"SMS_{int(time.time())}"
NUMBER = f"139{int(time.time()) % 10**8:08d}"
SIGNED = re.compile(r"ACS3-HMAC-SHA256 Credential=LTAIe2e,SignedHeaders=[\w;-]+,Signature=[0-9a-f]{64}")
TEXT = "尊敬的${member}，生日礼券${coupon}已到账，${days}天内有效，拒收请回复R"


@pytest.fixture
def provider():
    """A stand-in of Aliyun that takes every signed message; the signature itself is recomputed in the tests of the connector."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            signed = SIGNED.fullmatch(self.headers.get("Authorization", ""))
            if signed and self.headers["x-acs-action"] == "SendSms":
                taken.append({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})
            answer = (
                {"Code": "OK", "Message": "OK", "BizId": f"e2e-{len(taken)}", "RequestId": "R"}
                if signed
                else {"Code": "SignatureDoesNotMatch"}
            )
            content = json.dumps(answer).encode()
            self.send_response(200 if signed else 403)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            """The log of the tests stays clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


def picture(name):
    """Return where the picture of a screen is kept."""
    folder = Path(os.environ["ERP_PICTURES"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.png"


def test_birthday_campaign_from_segment_to_result(browser, sign_in, provider):
    url, taken = provider
    with person(browser, os.environ["ERP_URL"], "admin", "admin") as admin:
        vals = {"sms_gateway": "aliyun", "sms_signature": "西安美妆", "aliyun_sms_key_id": "LTAIe2e", "aliyun_sms_key_secret": "secret"}
        company = admin.search_read("res.company", [], ["id"], limit=1, order="id")[0]["id"]
        # The story may run at night; carriers allow marketing by day.
        admin.call("res.company", "write", [company], {**vals, "aliyun_sms_url": url, "sms_opens": 8, "sms_closes": 21})
    with sign_in("member", size=(1440, 900)) as manager:
        member = join_a_member(manager)
        program = manager.call("loyalty.program", "create", [{"name": f"生日礼券{CODE}", "program_type": "coupons"}])[0]
        approve_template(manager)
        make_segment(manager, member)
        campaign = make_campaign(manager)
        wait_for(manager, "cosmetics.campaign.member", [["campaign_id", "=", campaign], ["state", "=", "sent"]])
        wait_for(manager, "sms.sms", [["partner_id", "=", member], "|", ["state", "=", "pending"], ["not_before", "!=", False]])
        check_message(manager, member, taken)
        (row,) = manager.search_read("cosmetics.campaign.member", [["campaign_id", "=", campaign]], ["card_id", "state"])
        assert row["state"] == "sent"
        card = manager.read("loyalty.card", [row["card_id"][0]], ["program_id", "points"])[0]
        assert (card["program_id"][0], card["points"]) == (program, 1.0)
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
    vals = {"name": "生日会员", "phone": NUMBER, "is_member": True, "birthday": soon.replace(year=1990).isoformat()}
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
    choose(client, "kind", "营销")
    client.fill("code", CODE)
    client.fill("text", TEXT)
    client.click_button("审核已通过")
    client.page.screenshot(path=picture("sms_template"))


def choose(client, name, label):
    """Choose a value of a selection field, whichever of the two ways the client shows it."""
    box = client.field(name)
    if box.locator("select").count():
        box.locator("select").select_option(label=label)
        return
    client.page.locator(".o_select_menu_item, .dropdown-item", has_text=label).locator("visible=true").first.click()
    client.settle()


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
    choose(client, "offer", "优惠券")
    client.pick("program_id", f"生日礼券{CODE}")
    client.save()
    campaign = client.record_id()
    client.page.screenshot(path=picture("campaign"))
    client.click_button("排期")
    assert client.read("cosmetics.campaign", [campaign], ["state"])[0]["state"] in ("scheduled", "running")
    return campaign


def wait_for(client, model, domain):
    """Return the one record, once the server's own scheduler has made it."""
    for _second in range(60):
        found = client.search_read(model, domain, ["state"])
        if found:
            return found[0]["id"]
        time.sleep(1)
    raise AssertionError(f"no {model} {domain}")


def check_message(client, member, taken):
    """One message for the member; at night it waits for the morning."""
    (sms,) = client.search_read("sms.sms", [["partner_id", "=", member]], ["state", "not_before", "body"])
    if sms["not_before"]:
        assert (sms["state"], taken) == ("outgoing", [])
        return
    (message,) = taken
    assert (message["PhoneNumbers"], message["TemplateCode"], sms["state"]) == (NUMBER, CODE, "pending")
    assert json.loads(message["TemplateParam"])["member"] == "生日会员"


def open_campaign(client, campaign):
    client.page.goto(f"{client.url}/odoo/member-campaigns/{campaign}")
    client.page.wait_for_selector(".o_form_view")
    client.settle()
