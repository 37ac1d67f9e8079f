"""The service takes an allergy to its end: report with the batch, points that somebody else approves, an outcome."""

from playwright.sync_api import expect

SIZE = (1440, 900)
TITLE = "用后脸颊发红发痒"


def test_an_allergy_becomes_a_report_is_compensated_and_closed(sign_in):
    with sign_in("owner", size=SIZE) as owner:
        facts = prepare(owner)
    with sign_in("service", size=SIZE) as service:
        case = take(service, facts)
        hand_over(service, case)
        answer(service, case)
        compensate(service, case)
    with sign_in("quality", size=SIZE) as quality:
        check_report(quality, facts, case)
    with sign_in("adviser", size=SIZE) as adviser:
        assert adviser.search_read("helpdesk.ticket", [["name", "=", TITLE]], ["name"]) == [], "advisers do not see allergies"
    with sign_in("owner", size=SIZE) as owner:
        approve(owner, case)
    with sign_in("service", size=SIZE) as service:
        close(service, case)
        look_at_the_member(service, facts, case)


def prepare(owner):
    """Return a member with a card, and a batch of the shop; the points program starts as its owner does once."""
    programs = owner.search_read("loyalty.program", [["program_type", "=", "loyalty"], ["active", "=", True]], ["name"], limit=1)
    vals = {"name": "会员积分", "program_type": "loyalty", "trigger": "auto", "applies_on": "both"}
    program = programs[0]["id"] if programs else owner.call("loyalty.program", "create", [vals])[0]
    member = owner.search_read("res.partner", [["is_member", "=", True]], ["name"], order="id", limit=1)[0]
    if not owner.search_read("loyalty.card", [["partner_id", "=", member["id"]], ["program_id", "=", program]], ["points"]):
        owner.call("loyalty.card", "create", [{"program_id": program, "partner_id": member["id"]}])
    lot = owner.search_read("stock.lot", [["product_qty", ">", 0]], ["name", "product_id"], order="id", limit=1)[0]
    product = owner.read("product.product", [lot["product_id"][0]], ["name"])[0]
    return {"member": member, "lot": lot, "product": product}


def open_case(client, case):
    client.page.goto(f"{client.url}/odoo/service-cases/{case}")
    client.page.wait_for_selector(".o_form_view .o_field_widget[name=category_id]")
    client.settle()


def take(service, facts):
    """Take the case down while the customer is on the telephone; without a consent it is not kept. Return its id."""
    service.open_app("会员管理")
    service.menu("客服", "服务工单")
    service.page.wait_for_selector(".o_list_view, .o_kanban_view")
    service.new()
    service.pick("category_id", "过敏")
    service.pick("partner_id", facts["member"]["name"])
    service.pick("product_id", facts["product"]["name"])
    service.fill("lot_name", facts["lot"]["name"])
    service.field("name").locator("input, textarea").first.fill(TITLE)
    editor = service.field("description").locator(".odoo-editor-editable, [contenteditable=true]").first
    editor.click()
    service.page.keyboard.type("昨晚第一次用，今早脸颊发红发痒。")
    service.page.locator(".o_form_button_save").first.click()
    refusal = service.dialog()
    expect(refusal).to_contain_text("还没有同意保存健康信息")
    refusal.locator("button.btn-primary").first.click()
    service.page.wait_for_selector(".modal-dialog", state="detached")
    service.choose("health_consent_how", "电话")
    service.save()
    expect(service.field("lot_found")).to_contain_text("本店批次")
    assert service.field("team_id").locator("input").input_value() == "过敏与安全"
    expect(service.field("ticket_sla_ids")).to_contain_text("过敏：首次答复")
    return service.record_id()


def hand_over(service, case):
    """One button makes the report; the case shows how far it is."""
    service.click_button("转不良反应")
    open_case(service, case)
    button = service.page.locator("button[name=action_open_reaction]").locator("visible=true")
    button.wait_for()
    expect(button).to_contain_text("草稿")


def answer(service, case):
    """Send the first answer from its template; the case is no longer new."""
    service.page.locator(".o_notebook a", has_text="答复").first.click()
    service.pick("answer_id", "过敏首次答复")
    service.click_button("发送答复")
    open_case(service, case)
    sent = service.read("helpdesk.ticket", [case], ["stage_id", "answer_text"])[0]
    assert (sent["stage_id"][1], sent["answer_text"]) == ("处理中", False)


def compensate(service, case):
    """Ask for points; nothing is there before somebody else approves."""
    service.click_button("积分补偿")
    dialog = service.dialog()
    service.fill("points", "200", dialog)
    service.click_button("提交审批", dialog)
    service.page.wait_for_selector(".modal-dialog", state="detached")
    open_case(service, case)
    state = service.read("helpdesk.ticket", [case], ["compensation_state", "compensation_points"])[0]
    assert (state["compensation_state"], state["compensation_points"]) == ("waiting", 0)


def check_report(quality, facts, case):
    """The quality manager has the report with product and batch, and the days of the law."""
    found = quality.search_read(
        "cosmetics.adverse.reaction", [["lot_id", "=", facts["lot"]["id"]]], ["state", "due_on", "ticket_numbers", "description"]
    )
    assert [(report["state"], bool(report["due_on"])) for report in found] == [("draft", True)]
    assert "发红发痒" in found[0]["description"]
    assert found[0]["ticket_numbers"].startswith("HT")


def approve(owner, case):
    """Approve the points in the list of adjustments."""
    owner.page.goto(f"{owner.url}/odoo/points-adjustments")
    owner.page.wait_for_selector(".o_list_view .o_data_row")
    owner.settle()
    number = owner.read("helpdesk.ticket", [case], ["number"])[0]["number"]
    row = owner.page.locator(".o_data_row", has_text=number)
    row.locator("button[name=action_approve]").click()
    owner.settle()
    state = owner.read("helpdesk.ticket", [case], ["compensation_state", "compensation_points"])[0]
    assert (state["compensation_state"], state["compensation_points"]) == ("done", 200)


def close(service, case):
    """Close with an outcome; the bar of stages alone does not."""
    open_case(service, case)
    expect(service.page.locator(".o_form_sheet")).to_contain_text("已批准")
    service.click_button("办结")
    dialog = service.dialog()
    service.pick("outcome_id", "已转不良反应", dialog)
    service.click_button("办结", dialog)
    service.page.wait_for_selector(".modal-dialog", state="detached")
    open_case(service, case)
    assert service.page.locator("button[name=action_reopen_case]").locator("visible=true").count() == 1
    assert service.read("helpdesk.ticket", [case], ["closed"])[0]["closed"]


def look_at_the_member(service, facts, case):
    """The page of the member shows the case among everything else that passed, by its number alone."""
    service.page.goto(f"{service.url}/odoo/action-cosmetics_crm.res_partner_own_action/{facts['member']['id']}")
    service.page.wait_for_selector(".o_form_view .o_notebook")
    service.settle()
    service.page.locator(".o_notebook a", has_text="往来记录").first.click()
    number = service.read("helpdesk.ticket", [case], ["number"])[0]["number"]
    row = service.page.locator(".o_field_widget[name=member_interaction_ids] .o_data_row", has_text=number)
    row.wait_for()
    assert TITLE not in row.inner_text()
