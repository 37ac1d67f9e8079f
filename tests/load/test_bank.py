"""Several accountants import the same bank file, and reconcile the same movements, at once: each thing happens once."""

import os
from functools import partial

import pytest
from processes import call, run_together, transaction

PROCESSES = 4
MOVEMENTS = 40
RUN = os.getpid()
HEADER = "交易时间,交易流水号,借方发生额,贷方发生额,账户余额,对方账号,对方账号名称,对方开户行,客户附言"


def statement():
    """Return the bytes of a file whose movements no other run has: charges of one yuan each."""
    rows = [f"2026-08-01 09:{number:02d}:00,B{RUN}N{number:04d},1.00,,{1000 - number - 1}.00,,,,手续费" for number in range(MOVEMENTS)]
    return ("\r\n".join([HEADER, *rows]) + "\r\n").encode("gb18030")


@pytest.fixture(scope="module")
def bank(database):
    """Return (id of an accountant, id of a bank journal) of a Chinese company of their own."""
    with transaction(database) as env:
        company = env["res.company"].create({"name": f"Load bank {RUN}", "country_id": env.ref("base.cn").id})
        env["account.chart.template"].try_loading("cn", company, install_demo=False)
        groups = [(6, 0, [env.ref("cosmetics_finance.group_accountant").id])]
        vals = {"company_id": company.id, "company_ids": [(6, 0, company.ids)], "group_ids": groups}
        user = env["res.users"].create({"name": "Load", "login": f"load-bank-{RUN}", **vals})
        journal = env["account.journal"].search([("company_id", "=", company.id), ("type", "=", "bank")], limit=1)
        return user.id, journal.id


def new_import(database, user, journal):
    """Return the id of an import of the file that nobody has booked yet."""
    with transaction(database) as env:
        own = env["cosmetics.bank.import"].with_user(user)
        upload = own.env["ir.attachment"].create({"name": f"{RUN}.csv", "raw": statement()})
        company = env["account.journal"].browse(journal).company_id
        return own.create({"company_id": company.id, "journal_id": journal, "attachment_ids": [(6, 0, upload.ids)]}).id


def press(database, user, model, method, records, start):
    """Press a button together with the others; return what the person is told, None when it worked."""
    start.wait()
    return call(database, user, model, method, records)[1]


def test_one_file_imported_by_all_at_once_is_booked_once(database, bank, record_property):
    user, journal = bank
    records = [new_import(database, user, journal) for _process in range(PROCESSES)]
    jobs = [partial(press, database, user, "cosmetics.bank.import", "action_import", [record]) for record in records]
    told = run_together(jobs)
    with transaction(database) as env:
        lines = env["account.bank.statement.line"].search([("journal_id", "=", journal)])
        assert len(lines) == MOVEMENTS, told
        assert len(set(lines.mapped("bank_key"))) == MOVEMENTS
        states = env["cosmetics.bank.import"].browse(records).mapped("state")
    assert states.count("done") == told.count(None)
    assert all(sentence is None or sentence.startswith("conflict") for sentence in told), told
    record_property("note", f"bank files: {PROCESSES} at once, {MOVEMENTS} movements booked once, {told.count(None)} finished")


def test_movements_reconciled_by_all_at_once_are_booked_once(database, bank):
    user, journal = bank
    with transaction(database) as env:
        ids = env["account.bank.statement.line"].search([("journal_id", "=", journal), ("is_reconciled", "=", False)]).ids
    assert ids
    model = "account.bank.statement.line"
    run_together([partial(press, database, user, model, "action_reconcile_certain", ids) for _process in range(PROCESSES)])
    with transaction(database) as env:
        lines = env[model].browse(ids)
        assert all(lines.mapped("is_reconciled"))
        assert lines.move_id.mapped(lambda move: len(move.line_ids)) == [2] * len(ids)
        assert sum(lines.move_id.line_ids.mapped("balance")) == 0
