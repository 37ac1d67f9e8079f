"""A campaign, and then the queue of its messages, are killed in the middle: nobody is addressed twice, nobody is lost."""

import os
import signal
import time
from pathlib import Path

import pytest
from processes import FORK, transaction

RUN = os.getpid()
MEMBERS = 60
CHUNK = 10
PATIENCE = 120


@pytest.fixture
def campaign(database):
    """A scheduled campaign with a coupon for members of its own; the provider is chosen, marketing may leave at any hour of the day."""
    with transaction(database) as env:
        env.company.write({"sms_signature": "西安美妆", "sms_rate": CHUNK, "sms_cap_count": 0})
        numbers = [f"137{RUN % 10000:04d}{number:04d}" for number in range(MEMBERS)]
        members = env["res.partner"].create([{"name": f"会员{number}", "phone": number, "is_member": True} for number in numbers])
        members._give_consent(["sms"], "paper")
        template = env["cosmetics.sms.template"].create(
            {"name": f"Crash {RUN}", "text": "尊敬的${member}，礼券${coupon}，拒收请回复R", "kind": "marketing", "code": f"SMS_{RUN}"}
        )
        template.action_approve()
        segment = env["cosmetics.member.segment"].create({"name": f"Crash {RUN}", "domain": f"[('id', 'in', {members.ids})]"})
        program = env["loyalty.program"].create({"name": f"Crash {RUN}", "program_type": "coupons"})
        vals = {"name": f"Crash {RUN}", "segment_id": segment.id, "sms_template_id": template.id, "holdout_percent": 0}
        record = env["cosmetics.campaign"].create({**vals, "offer": "coupon", "program_id": program.id})
        record.action_schedule()
        return record.id


def run_campaign(database, campaign, progress):
    """Run a campaign in small steps and tell after each chunk of messages."""
    from odoo.addons.cosmetics_crm_mailing.models import cosmetics_campaign_run as module

    module.CHUNK = CHUNK
    send = module.CosmeticsCampaign._send_chunk

    def tell(self):
        count = send(self)
        progress.put(count)
        time.sleep(0.05)
        return count

    module.CosmeticsCampaign._send_chunk = tell
    with transaction(database) as env:
        env["cosmetics.campaign"].browse(campaign)._run()


def run_queue(database, log, pause):
    """Let the queue send through a provider that writes each number into a file the moment it takes it."""
    from unittest.mock import patch

    from odoo.addons.cosmetics_crm_mailing.tools import sms_api, sms_hours

    def take(gateway, request):
        with Path(log).open("a") as file:
            file.write(f"{request.phone}\n")
        time.sleep(pause)
        return sms_api.SmsAnswer(provider_ref=request.out_id)

    # The test may run at night.
    moment = patch.object(sms_hours, "next_moment", lambda now, opens, closes: now)
    with patch.object(sms_api.SmsApiGateway, "_submit", take), moment, transaction(database) as env:
        env["sms.sms"]._process_queue()


def kill_after(job, is_time):
    """Run a job in a process of its own and kill it, without a word, as soon as ``is_time()``."""
    from odoo import sql_db

    sql_db.close_all()
    victim = FORK.Process(target=job)
    victim.start()
    deadline = time.monotonic() + PATIENCE
    while not is_time():
        assert time.monotonic() < deadline and victim.is_alive(), "it ended before it could be killed"
        time.sleep(0.01)
    os.kill(victim.pid, signal.SIGKILL)
    victim.join(PATIENCE)


def to_the_end(job):
    """Run a job in a process of its own, to its end."""
    from odoo import sql_db

    sql_db.close_all()
    child = FORK.Process(target=job)
    child.start()
    child.join(PATIENCE)
    assert child.exitcode == 0


def test_campaign_and_queue_are_killed_in_the_middle(database, campaign, tmp_path, record_property):
    progress, log = FORK.SimpleQueue(), tmp_path / "sent"
    log.touch()
    told = []

    def is_second_chunk_on_its_way():
        if not progress.empty():
            told.append(progress.get())
        return len(told) >= 2  # so the first one is committed

    kill_after(lambda: run_campaign(database, campaign, progress), is_second_chunk_on_its_way)
    with transaction(database) as env:
        states = env["cosmetics.campaign"].browse(campaign).member_ids.mapped("state")
        assert 0 < states.count("sent") < MEMBERS, "it died in the middle"
        first = states.count("sent")
    to_the_end(lambda: run_campaign(database, campaign, FORK.SimpleQueue()))
    with transaction(database) as env:
        rows = env["cosmetics.campaign"].browse(campaign).member_ids
        assert rows.mapped("state") == ["sent"] * MEMBERS
        assert len(rows.card_id) == MEMBERS == env["loyalty.card"].search_count([("program_id", "=", rows.campaign_id.program_id.id)])
        messages = env["sms.sms"].search([("mailing_id.member_campaign_id", "=", campaign)])
        assert len(messages) == MEMBERS == len(messages.partner_id)

    kill_after(lambda: run_queue(database, log, 0.05), lambda: len(log.read_text().split()) >= CHUNK + 3)
    with transaction(database) as env:
        lost = env["sms.sms"].search([("mailing_id.member_campaign_id", "=", campaign), ("state", "=", "process")])
        assert lost, "it died while messages were under way"
        lost.claimed_at = "2026-01-01"
        lost = lost.ids
    to_the_end(lambda: run_queue(database, log, 0))
    sent = log.read_text().split()
    assert len(sent) == len(set(sent)), "somebody got the message twice"
    with transaction(database) as env:
        messages = env["sms.sms"].search([("mailing_id.member_campaign_id", "=", campaign)])
        doubtful = messages.filtered(lambda sms: sms.state == "error")
        assert doubtful.ids and set(doubtful.ids) <= set(lost) and all(doubtful.mapped("reason"))
        assert messages - doubtful == messages.filtered(lambda sms: sms.state == "pending")
    record_property(
        "note", f"killed after {first} of {MEMBERS} members and after {CHUNK + 3} messages: twice 0, in doubt and told {len(doubtful)}"
    )
