"""The consumers of the demo company join."""

from ..plan.members import profile


def load(demo):
    """Make members of the consumers who are none yet, with profile, tier and consents."""
    for row in demo.plan["members"]:
        member = demo.get("member", row["ref"])
        if member.is_member or member.member_closed_on:
            continue
        facts = profile(row)
        member.write(values(demo, row, facts))
        member._give_consent(["membership", *(["sms"] if facts["agrees_to_sms"] else [])], "paper")


def values(demo, row, facts):
    """Return the values of a member."""
    adviser = demo.get("user", "adviser")
    return {
        "is_member": True,
        "member_since": demo.day(-facts["joined_days_ago"]),
        "member_store_id": demo.get("store", row["store"]).id,
        "adviser_id": adviser.id if row["store"] == "xiaozhai" else False,
        "birthday": facts["birthday"],
        "skin_type_id": demo.core(f"cosmetics_base.skin_type_{facts['skin_type']}").id,
        "member_tier_id": demo.core(f"cosmetics_crm.cosmetics_member_tier_{facts['tier']}").id,
    }
