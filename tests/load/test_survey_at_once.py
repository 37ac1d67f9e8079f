"""Two rules find the same members at the same moment, and one is killed in the middle: nobody is asked twice, nobody is lost."""

import os
from datetime import timedelta
from itertools import count
from unittest.mock import patch

import pytest
from processes import run_together, transaction

RUN = os.getpid()
MEMBERS = 30
NUMBERS = count()


@pytest.fixture
def rules(database):
    """Two running rules with members of their own who agreed to be asked; return (ids of the rules, ids of the members)."""
    with transaction(database) as env, patch.object(type(env["cosmetics.member.event"]), "_get_event_kinds", kinds):
        numbers = [f"136{RUN % 10000:04d}{next(NUMBERS):04d}" for _member in range(MEMBERS)]
        members = env["res.partner"].create([{"name": f"会员{number[-4:]}", "phone": number, "is_member": True} for number in numbers])
        members._give_consent(["survey"], "paper")
        template = env["cosmetics.sms.template"].create(
            {
                "name": f"Survey {numbers[0]}",
                "text": "${member}：shop.cn/q/${code}，拒收请回复R",
                "kind": "survey",
                "code": f"SMS_V{numbers[0]}",
            }
        )
        template.action_approve()
        vals = {
            "survey_id": env.ref("cosmetics_crm_survey.survey_purchase").id,
            "delay_days": 0,
            "sms_template_id": template.id,
            "member_domain": f"[('id', 'in', {members.ids})]",
        }
        rules = env["cosmetics.survey.rule"].create([{**vals, "name": f"Rule {kind} {RUN}", "event": kind} for kind, _name in kinds(None)])
        rules.action_start()
        rules.write({"started_at": rules[0].started_at - timedelta(days=1)})
        return rules.ids, members.ids


def kinds(model):
    """Return two kinds of events, one for each rule."""
    return [("bought", "Bought"), ("served", "Served")]


def happened(members):
    """Return the hook that tells of one event of each kind for each member, an hour ago."""
    from odoo.tools import SQL

    def queries(model, since, until):
        return [
            SQL(
                "SELECT %s::varchar AS kind, 'res.partner'::varchar AS origin_model, p.id AS origin_id, p.name::varchar AS origin_name,"
                " p.id AS partner_id, %s::timestamp AS happened_at, NULL::int AS store_id, NULL::int AS channel_id, NULL::int AS user_id,"
                " %s AS company_id, NULL::int[] AS product_ids FROM res_partner p WHERE p.id = ANY(%s)",
                kind,
                until - timedelta(hours=1),
                model.env.company.id,
                members,
            )
            for kind, _name in kinds(model)
        ]

    return queries


def ask(database, rule, members, start=None):
    """Run a rule as the scheduler does: what loses against another process starts over."""
    from psycopg2.errors import SerializationFailure

    for _attempt in range(10):
        try:
            with transaction(database) as env:
                model = type(env["cosmetics.member.event"])
                with patch.object(model, "_get_event_kinds", kinds), patch.object(model, "_get_event_queries", happened(members)):
                    env["cosmetics.survey.rule"].browse(rule).exists()  # the snapshot is taken before both begin
                    if start:
                        start.wait()
                        start = None
                    env["cosmetics.survey.rule"].browse(rule)._run()
            return True
        except SerializationFailure:
            continue
    return False


def test_two_rules_at_once_ask_each_member_once(database, rules, record_property):
    ids, members = rules
    jobs = [lambda start, rule=rule: ask(database, rule, members, start) for rule in ids]
    assert run_together(jobs) == [True, True]
    with transaction(database) as env:
        rows = env["cosmetics.survey.invitation"].search([("partner_id", "in", members)])
        assert sorted(rows.mapped("partner_id").ids) == sorted(members) and len(rows) == MEMBERS, "each member once"
        assert set(rows.mapped("state")) == {"sent"}
        assert len(rows.sms_id) == len(rows.user_input_id) == len(set(rows.mapped("code"))) == MEMBERS
        record_property(
            "note", f"{MEMBERS} members, asked twice 0; by the first rule {len(rows.filtered(lambda row: row.event == 'bought'))}"
        )


def test_a_rule_that_dies_between_two_steps_goes_on(database, rules):
    ids, members = rules
    from odoo.addons.cosmetics_crm_survey.models.cosmetics_survey_invitation_send import CosmeticsSurveyInvitation as Sender

    def die(start):
        """Die while the messages are being written: what was drawn is committed, the messages are not."""
        with patch.object(Sender, "_send_sms", lambda rows: os._exit(9)):
            ask(database, ids[0], members)

    die_in_a_process(die)
    with transaction(database) as env:
        rows = env["cosmetics.survey.invitation"].search([("partner_id", "in", members)])
        assert set(rows.mapped("state")) == {"drawn"} and len(rows) == MEMBERS, "it died between the steps"
        assert not rows.user_input_id
    assert run_together([lambda start: ask(database, ids[0], members)]) == [True]
    with transaction(database) as env:
        rows = env["cosmetics.survey.invitation"].search([("partner_id", "in", members)])
        assert set(rows.mapped("state")) == {"sent"} and len(rows.sms_id) == MEMBERS == len(rows)


def die_in_a_process(job):
    """Run a job that ends its process by itself."""
    from odoo import sql_db
    from processes import FORK, PATIENCE

    sql_db.close_all()
    child = FORK.Process(target=job, args=(None,))
    child.start()
    child.join(PATIENCE)
    assert child.exitcode == 9
