"""What members of the demo company answered, and what the staff heard."""

from datetime import datetime, time

from odoo import SUPERUSER_ID

from ..plan.feedback import ANSWERS, NOTES, SMS_TEXT

THEME = "cosmetics_crm_survey.feedback_theme_"


def load(demo):
    """Create a survey rule that nobody has started yet, answers of two months, and feedback."""
    load_rule(demo)
    for row in ANSWERS:
        if demo.is_new("survey_invitation", row["ref"]):
            load_answer(demo, row)
    demo.put("cosmetics.feedback", "feedback", {row["ref"]: note_values(demo, row) for row in NOTES})


def load_rule(demo):
    """Create the text for the provider to approve, and the rule that waits for it."""
    template = {"name": "购物满意度调查", "kind": "survey", "text": SMS_TEXT, "company_id": demo.company.id}
    demo.put("cosmetics.sms.template", "sms_template", {"survey": template})
    rule = {
        "name": "门店购物后满意度调查",
        "company_id": demo.company.id,
        "survey_id": demo.core("cosmetics_crm_survey.survey_purchase").id,
        "event": "till_sale",
        "delay_days": 1,
        "sms_template_id": demo.get("sms_template", "survey").id,
        "user_id": demo.get("user", "member").id,
    }
    demo.put("cosmetics.survey.rule", "survey_rule", {"till": rule})


def load_answer(demo, row):
    """Let a member agree to be asked, and fill in the sheet; a low score opens feedback by itself."""
    member, moment = demo.get("member", row["member"]), datetime.combine(demo.day(-row["days_ago"]), time(3))
    if not member._has_consent("survey")[member.id]:
        member._give_consent(["survey"], "paper")
    survey = demo.core("cosmetics_crm_survey.survey_purchase")
    sheet = demo.env["survey.user_input"].create({"survey_id": survey.id, "partner_id": member.id})
    values = invitation_values(demo, row, member, moment)
    demo.put(
        "cosmetics.survey.invitation", "survey_invitation", {row["ref"]: {**values, "survey_id": survey.id, "user_input_id": sheet.id}}
    )
    for kind, question in survey._get_score_questions().items():
        sheet._save_lines(question, str(row[kind]))
    sheet._mark_done()
    answer = demo.env["cosmetics.survey.answer"].with_user(SUPERUSER_ID).search([("user_input_id", "=", sheet.id)])
    answer.answered_at = moment
    answer.feedback_ids.write({"noted_on": moment.date(), "due_on": demo.day(3 - row["days_ago"])})


def invitation_values(demo, row, member, moment):
    """Return the values of an invitation as the rule makes them."""
    return {
        "rule_id": demo.get("survey_rule", "till").id,
        "company_id": demo.company.id,
        "partner_id": member.id,
        "event": "till_sale",
        # Sales of a till that was there before the system: only their numbers are known.
        "origin_model": "pos.order",
        "origin_id": -int(row["ref"][1:]),
        "origin_name": f"OLD-{row['ref'].upper()}",
        "happened_at": moment,
        "store_id": demo.get("store", row["store"]).id,
        "adviser_id": demo.get("user", "adviser").id if row["store"] == "xiaozhai" else False,
        "product_ids": [(6, 0, demo.get("product", row["product"]).ids)],
        "invited_on": demo.day(-row["days_ago"]),
        "free_on": demo.day(30 - row["days_ago"]),
        "state": "sent",
        "way": "sms",
    }


def note_values(demo, row):
    """Return the values of feedback that the staff wrote down."""
    return {
        "name": row["name"],
        "kind": row["kind"],
        "theme_id": demo.core(f"{THEME}{row['theme']}").id,
        "company_id": demo.company.id,
        "store_id": demo.get("store", row["store"]).id,
        "noted_on": demo.day(-row["days_ago"]),
        "due_on": demo.day(5 - row["days_ago"]),
        "outcome": row["outcome"],
        "state": "done" if row["outcome"] else "new",
    }
