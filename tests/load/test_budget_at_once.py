"""Fifty bills, fifty claims and then both at once want the last thousand yuan of a budget: it is spent once.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import os
from dataclasses import dataclass

import pytest
from processes import PATIENCE, call_again, run_together, transaction

RUN = os.getpid()
PAPERS = 50
PROCESSES = 10
LEFT, EACH = 1000, 100
YEAR = 2026
DAY = f"{YEAR}-05-10"


@dataclass(frozen=True)
class Scene:
    """Ids of what the test works on; ids cross processes, records do not."""

    line: int
    accountant: int
    clerk: int
    bills: tuple
    claims: tuple


@pytest.fixture
def scene(database, request):
    """A budget line with 1,000 a month on an account of its own, 50 drafts of bills and 50 of claims over 100 each."""
    # An account of the test's own: one test does not spend the budget of another.
    code = f"97{RUN % 10**4:04d}{len(request.node.name) % 100:02d}"
    with transaction(database) as env:
        names = [f"{request.node.name}-{RUN}-{place}" for place in range(4)]
        users = env["res.users"].create([{"name": name, "login": name} for name in names])
        users[:2].group_ids = [(4, env.ref("cosmetics_finance.group_accountant").id)]
        account = env["account.account"].create({"name": code, "code": code, "account_type": "expense"})
        own = env["cosmetics.budget"].with_user(users[0])
        line = {"name": code, "account_prefix": code, "amount_year": 12 * LEFT, "carry": "month", "control": "stop"}
        if before := own.search([("year", "=", str(YEAR)), ("state", "=", "approved"), ("company_id", "=", env.company.id)]):
            budget = own.browse(before.action_new_version()["res_id"])
            budget.line_ids = [(0, 0, line)]
        else:
            budget = own.create({"company_id": env.company.id, "year": str(YEAR), "line_ids": [(0, 0, line)]})
        budget.action_submit()
        budget.with_user(users[1]).action_approve()
        bills = prepare_bills(env, users[0], account, code)
        claims = prepare_claims(env, users[2:], account)
        found = budget.line_ids.filtered(lambda one: one.account_prefix == code)
        return Scene(found.id, users[0].id, users[2].id, tuple(bills.ids), tuple(claims.ids))


def prepare_bills(env, accountant, account, name):
    """Return 50 drafts of bills."""
    partner = env["res.partner"].create({"name": name})
    item = [(0, 0, {"name": "Paper", "account_id": account.id, "quantity": 1, "price_unit": EACH, "tax_ids": [(5,)]})]
    vals = {"move_type": "in_invoice", "partner_id": partner.id, "invoice_date": DAY, "date": DAY, "invoice_line_ids": item}
    return env["account.move"].with_user(accountant).create([{**vals, "ref": f"{name}-{place}"} for place in range(PAPERS)])


def prepare_claims(env, users, account):
    """Return 50 drafts of claims of an employee whose manager is the other user."""
    employee, manager = env["hr.employee"].create([{"name": user.name, "user_id": user.id} for user in users])
    employee.parent_id = manager
    kind = {"name": account.code, "type": "service", "can_be_expensed": True, "supplier_taxes_id": [(5,)]}
    kind = env["product.product"].create({**kind, "property_account_expense_id": account.id})
    expense = {"name": "Taxi", "product_id": kind.id, "total_amount_currency": EACH, "date": DAY, "employee_id": employee.id}
    vals = {"note": account.code, "employee_id": employee.id, "expense_ids": [(0, 0, expense)]}
    return env["cosmetics.expense.claim"].with_user(users[0]).create([vals] * PAPERS)


def spend(database, scene, papers):
    """Press the button of each paper, all at once; return what each person was told."""

    def worker(own):
        def job(start):
            start.wait(PATIENCE)
            return [call_again(database, user, model, method, [number])[1] for user, model, method, number in own]

        return job

    answers = run_together([worker(papers[place::PROCESSES]) for place in range(PROCESSES)])
    return [sentence for sentences in answers for sentence in sentences]


def check(database, scene, told, record_property):
    """The budget is spent and never exceeded; whoever was refused was told why."""
    refused = [sentence for sentence in told if sentence and "budget" in sentence.lower()]
    tired = [sentence for sentence in told if sentence and sentence.startswith("conflict")]
    with transaction(database) as env:
        bills = env["account.move"].browse(scene.bills).filtered(lambda bill: bill.state == "posted")
        claims = env["cosmetics.expense.claim"].browse(scene.claims).filtered(lambda claim: claim.state == "submitted")
        report = env["cosmetics.budget.report"].search([("line_id", "=", scene.line), ("day", "=", f"{YEAR}-05-01")])
        passed = len(bills) + len(claims)
        record_property("note", f"{len(told)} papers: {passed} passed, {len(refused)} refused, {len(tired)} gave up after conflicts")
        assert report.actual == sum(bills.mapped("amount_total"))
        assert report.committed == sum(claims.mapped("amount"))
        assert report.actual + report.committed <= LEFT, "the budget was exceeded"
        assert passed == told.count(None)
        assert passed + len(refused) + len(tired) == len(told), told
        assert passed == LEFT / EACH or tired, "what is left can be spent"


def bills_of(scene):
    return [(scene.accountant, "account.move", "action_post", bill) for bill in scene.bills]


def claims_of(scene):
    return [(scene.clerk, "cosmetics.expense.claim", "action_submit", claim) for claim in scene.claims]


def test_fifty_bills_spend_the_last_thousand_once(database, scene, record_property):
    check(database, scene, spend(database, scene, bills_of(scene)), record_property)


def test_fifty_claims_take_the_last_thousand_once_and_no_more(database, scene, record_property):
    check(database, scene, spend(database, scene, claims_of(scene)), record_property)


def test_bills_and_claims_together_stay_within_the_budget(database, scene, record_property):
    papers = [paper for pair in zip(bills_of(scene)[:25], claims_of(scene)[:25], strict=True) for paper in pair]
    check(database, scene, spend(database, scene, papers), record_property)
