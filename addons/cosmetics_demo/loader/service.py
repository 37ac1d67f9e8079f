"""The service: its people, and a few cases."""

CHANNELS = {
    "phone": "helpdesk_mgmt.helpdesk_ticket_channel_phone",
    "wechat": "cosmetics_crm_helpdesk.helpdesk_ticket_channel_wechat",
    "shop": "cosmetics_crm_helpdesk.helpdesk_ticket_channel_shop",
}


def load(demo):
    """Give the teams their people and take the cases; the one about an allergy with the consent of the customer."""
    service, leader = demo.get("user", "service"), demo.get("user", "owner")
    new = [row for row in demo.plan["service_cases"] if demo.is_new("case", row["ref"])]
    for name in ("service", "allergy"):
        team = demo.core(f"cosmetics_crm_helpdesk.helpdesk_ticket_team_{name}")
        if not team.user_ids:
            team.write({"user_ids": [(6, 0, (service | leader).ids)], "user_id": leader.id})
    demo.put("helpdesk.ticket", "case", {row["ref"]: values(demo, row, service) for row in demo.plan["service_cases"]})
    for row in new:
        case = demo.get("case", row["ref"])
        if row["stage"] == "in_progress":
            case.stage_id = demo.core("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        elif row["stage"] == "done":
            case._close(demo.core("cosmetics_crm_helpdesk.cosmetics_service_outcome_answered"))


def values(demo, row, service):
    """Return the values of a case."""
    member = demo.get("member", row["member"])
    return {
        "name": row["title"],
        "description": row["text"],
        "partner_id": member.id,
        "partner_name": member.name,
        "category_id": demo.core(f"cosmetics_crm_helpdesk.helpdesk_ticket_category_{row['kind']}").id,
        "channel_id": demo.core(CHANNELS[row["channel"]]).id,
        "priority": row["priority"],
        "product_id": demo.get("product", row["product"]).id,
        "user_id": service.id,
        "health_consent_how": "phone" if row["kind"] == "allergy" else False,
    }
