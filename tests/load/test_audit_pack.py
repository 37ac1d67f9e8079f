"""An audit pack is killed in the middle, and others post meanwhile: never half a file, never half an entry."""

import io
import os
import signal
import zipfile
from unittest.mock import patch

import pytest
from processes import FORK, transaction

RUN = os.getpid()
ENTRIES = 40
PATIENCE = 120


@pytest.fixture
def books(database, request):
    """A company with a chart and entries of January; an auditor; return their ids."""
    with transaction(database) as env:
        name = f"{request.node.name[-30:]} {RUN}"
        company = env["res.company"].create({"name": name, "country_id": env.ref("base.cn").id})
        env["account.chart.template"].try_loading("cn", company, install_demo=False)
        groups = [(6, 0, [env.ref("cosmetics_finance.group_auditor").id])]
        vals = {"company_id": company.id, "company_ids": [(6, 0, company.ids)], "group_ids": groups}
        user = env["res.users"].create({"name": name, "login": name, **vals})
        enter(env, company.id, ENTRIES)
        return {"company": company.id, "user": user.id}


def enter(env, company, count):
    """Post entries of one yuan in January."""
    env = env(context={"allowed_company_ids": [company]})
    accounts = env["account.account"].with_company(company)
    bank, sales = (accounts.search([("code", "=like", f"{prefix}%")], limit=1) for prefix in ("1002", "5001"))
    journal = env["account.journal"].search([("company_id", "=", company), ("type", "=", "general")], limit=1)
    lines = [(0, 0, {"account_id": account.id, "balance": balance}) for account, balance in ((bank, 1), (sales, -1))]
    vals = {"move_type": "entry", "date": "2026-01-10", "journal_id": journal.id, "line_ids": lines}
    env["account.move"].create([vals] * count).action_post()


def ask(database, books):
    """Ask for January as the auditor; return the id of the pack."""
    with transaction(database) as env:
        own = env(user=books["user"], context={"allowed_company_ids": [books["company"]]})
        vals = {"company_id": books["company"], "date_begin": "2026-01-01", "date_end": "2026-01-31", "voucher_limit": 0}
        return own["cosmetics.audit.pack.make"].create(vals).action_build()["res_id"]


def build(database, progress=None, proceed=None):
    """Run the job; tell before each part which one begins, and wait for leave to go on."""
    from odoo.addons.cosmetics_finance.models import cosmetics_audit_pack_papers as papers
    from odoo.addons.cosmetics_finance.models import cosmetics_audit_pack_run as module

    tell = module.CosmeticsAuditPack._tell

    def pause(self, label, number, parts, share):
        tell(self, label, number, parts, share)
        if progress is not None and not share:
            progress.put(number)
            proceed.get()

    # Paper has nothing to do with it, and a browser takes its time.
    no_paper = patch.object(papers.CosmeticsAuditPack, "_add_statement", lambda *args: None)
    with no_paper, patch.object(module.CosmeticsAuditPack, "_tell", pause), transaction(database) as env:
        env["cosmetics.audit.pack"]._cron_build()


def start(database):
    """Start the job in a process of its own; return (process, what it tells, what lets it go on)."""
    from odoo import sql_db

    sql_db.close_all()
    progress, proceed = FORK.SimpleQueue(), FORK.SimpleQueue()
    child = FORK.Process(target=build, args=(database, progress, proceed))
    child.start()
    return child, progress, proceed


def look(database, number):
    """Return (state, attempts, progress, counted items of the entries or None)."""
    with transaction(database) as env:
        pack = env["cosmetics.audit.pack"].browse(number)
        count = None
        if pack.attachment_id:
            file = zipfile.ZipFile(io.BytesIO(pack.attachment_id.raw))
            assert file.testzip() is None
            name = next(name for name in file.namelist() if name.startswith("02_") and name.endswith(".csv"))
            count = file.read(name).count(b"\r\n") - 1
        return pack.state, pack.attempts, pack.progress, count


def test_killed_in_the_middle_it_is_built_again_and_whole(database, books, record_property):
    number = ask(database, books)
    child, progress, proceed = start(database)
    while progress.get() < 5:
        proceed.put(True)
    os.kill(child.pid, signal.SIGKILL)
    child.join(PATIENCE)
    state, attempts, shown, count = look(database, number)
    assert (state, attempts, count) == ("running", 1, None)
    assert shown > 50, "the bar stands where the job died"
    build(database)
    assert look(database, number) == ("done", 2, 100.0, ENTRIES * 2)
    record_property("note", f"killed at {shown:.0f} %, built again whole")


def test_what_is_posted_meanwhile_is_in_all_files_or_in_none(database, books):
    number = ask(database, books)
    child, progress, proceed = start(database)
    parts = progress.get()
    while parts < 2:  # the entries are written, the ledgers are not
        proceed.put(True)
        parts = progress.get()
    with transaction(database) as env:
        enter(env, books["company"], 3)
    while parts < 7:
        proceed.put(True)
        parts = progress.get()
    proceed.put(True)
    child.join(PATIENCE)
    assert look(database, number) == ("done", 1, 100.0, ENTRIES * 2), "a difference between the files would have stopped it"
