"""Several people read one list of tax invoices, use one invoice, confirm one declaration at once: each thing happens once."""

import io
import os
from functools import partial

import openpyxl
import pytest
from processes import call, run_together, transaction

PROCESSES = 4
INVOICES = 60
TAX = 1_000_000.0
RUN = os.getpid()
VAT = "91610131MA6U0C0X2K"
HEADER = ("数电发票号码", "开票日期", "销方识别号", "销方名称", "购方识别号", "金额", "税额", "货物或应税劳务名称", "发票票种")


def number(serial):
    """Return a number that no other run has."""
    return f"26612{RUN:09d}{serial:06d}"


def invoice_list(buyer):
    """Return the bytes of a list of received invoices over 100 and 13."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for serial in range(INVOICES):
        book.active.append(
            (number(serial), "2026-05-20", "91310115MA1K3XXX5B", "供应商", buyer, "100.00", "13.00", "面霜", "数电票（增值税专用发票）")
        )
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.fixture(scope="module")
def accountant(database):
    """Return the id of an accountant whose company has a tax number."""
    with transaction(database) as env:
        partner = env.company.partner_id.with_context(no_vat_validation=True)
        if not partner.vat:
            partner.vat = VAT
        groups = [(6, 0, [env.ref("cosmetics_finance.group_accountant").id])]
        return env["res.users"].create({"name": "Load", "login": f"load-fapiao-{RUN}", "group_ids": groups}).id


def new_import(database, accountant):
    """Return the id of an import of the file that nobody has read yet."""
    with transaction(database) as env:
        own = env["cosmetics.fapiao.import"].with_user(accountant)
        upload = own.env["ir.attachment"].create({"name": f"{RUN}.xlsx", "raw": invoice_list(env.company.vat)})
        return own.create({"attachment_ids": [(6, 0, upload.ids)]}).id


def press(database, accountant, model, method, record, start):
    """Press a button together with the others; return what the person is told, None when it worked."""
    start.wait()
    return call(database, accountant, model, method, [record])[1]


def test_four_people_read_the_same_list_and_each_invoice_is_there_once(database, accountant):
    imports = [new_import(database, accountant) for _number in range(PROCESSES)]
    told = run_together([partial(press, database, accountant, "cosmetics.fapiao.import", "action_read", record) for record in imports])
    assert told == [None] * PROCESSES, told
    with transaction(database) as env:
        found = env["cosmetics.fapiao"].search([("number", "=like", f"26612{RUN:09d}%")])
        assert (len(found), round(sum(found.mapped("total")), 2)) == (INVOICES, 113.0 * INVOICES)
        records = env["cosmetics.fapiao.import"].browse(imports)
        assert sorted(records.mapped("new_count")) == [0] * (PROCESSES - 1) + [INVOICES]
        assert sorted(records.mapped("same_count")) == [0] + [INVOICES] * (PROCESSES - 1)


def test_one_invoice_stands_for_one_bill_however_many_people_link_it(database, accountant):
    with transaction(database) as env:
        own = env["account.move"].with_user(accountant)
        partner = env["res.partner"].create({"name": f"Load {RUN}"})
        line = [(0, 0, {"name": "面霜", "quantity": 1, "price_unit": 113, "tax_ids": [(5,)]})]
        vals = {"move_type": "in_invoice", "partner_id": partner.id, "invoice_date": "2026-05-20", "invoice_line_ids": line}
        bills = own.create([{**vals, "ref": f"{RUN}-{place}"} for place in range(PROCESSES)]).ids
        facts = {"number": number(900), "direction": "received", "day": "2026-05-20", "amount": 100, "tax": 13}
        fapiao = own.env["cosmetics.fapiao"].create(facts).id

    def link(bill, start):
        start.wait()
        vals = {"fapiao_id": fapiao, "move_id": bill, "amount": 113}
        return call(database, accountant, "cosmetics.fapiao.link", "create", vals)[1]

    told = run_together([partial(link, bill) for bill in bills])
    assert sum(sentence is None for sentence in told) == 1, told
    with transaction(database) as env:
        assert len(env["cosmetics.fapiao"].browse(fapiao).link_ids) == 1


def test_one_bill_gets_no_more_than_it_comes_to_however_many_tax_invoices_are_linked(database, accountant):
    with transaction(database) as env:
        own = env["account.move"].with_user(accountant)
        partner = env["res.partner"].create({"name": f"Load {RUN}"})
        line = [(0, 0, {"name": "面霜", "quantity": 1, "price_unit": 226, "tax_ids": [(5,)]})]
        vals = {"move_type": "in_invoice", "partner_id": partner.id, "invoice_date": "2026-05-20", "invoice_line_ids": line}
        bill = own.create({**vals, "ref": f"{RUN}-shared"}).id
        facts = {"direction": "received", "day": "2026-05-20", "amount": 100, "tax": 13}
        first, *others = (
            own.env["cosmetics.fapiao"].create([{**facts, "number": number(910 + place)} for place in range(1 + PROCESSES)]).ids
        )
        # The bill has a number: linking another writes nothing on it that would make two people meet.
        own.env["cosmetics.fapiao.link"].create({"fapiao_id": first, "move_id": bill, "amount": 113})

    def link(fapiao, start):
        start.wait()
        vals = {"fapiao_id": fapiao, "move_id": bill, "amount": 113}
        return call(database, accountant, "cosmetics.fapiao.link", "create", vals)[1]

    told = run_together([partial(link, fapiao) for fapiao in others])
    assert sum(sentence is None for sentence in told) == 1, told
    with transaction(database) as env:
        assert sum(env["account.move"].browse(bill).fapiao_link_ids.mapped("amount")) == 226


def test_declaration_that_four_people_confirm_is_entered_once(database, accountant):
    with transaction(database) as env:
        own = env["cosmetics.vat.declaration"].with_user(accountant)
        month = {"date_from": f"{2030 + RUN % 60}-03-01", "date_to": f"{2030 + RUN % 60}-03-31"}
        accounts = env["account.account"].search([("code", "in", ("22210107", "560106"))])
        lines = [(0, 0, {"account_id": a.id, "balance": -TAX if a.code == "22210107" else TAX, "name": "赠品"}) for a in accounts]
        move = env["account.move"].create({"move_type": "entry", "date": month["date_to"], "line_ids": lines})
        move.action_post()
        sheet = own.create({**month, "difference_note": "load"}).id
    confirm = partial(press, database, accountant, "cosmetics.vat.declaration", "action_confirm", sheet)
    told = run_together([confirm] * PROCESSES)
    assert told.count(None) >= 1 and all(sentence is None or sentence.startswith("conflict") for sentence in told), told
    with transaction(database) as env:
        found = env["cosmetics.vat.declaration"].browse(sheet)
        assert (found.state, len(found.move_ids)) == ("confirmed", 1)
        # Input tax that the company has not deducted yet reduces it.
        assert 0 < found.payable <= TAX
