"""Fifty bills, fifty claims, fifty orders and then bills with claims want the last thousand yuan of a budget: it is spent once.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from processes import PATIENCE, call_again, run_together, transaction

RUN = os.getpid()
PAPERS = 50
PROCESSES = 10
LEFT, EACH = 1000, 100
# An order counts in the month in which it is confirmed, so all papers are of today (China).
DAY = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
YEAR, MONTH = DAY[:4], DAY[:7]


@dataclass(frozen=True)
class Scene:
    """Ids of what the test works on; ids cross processes, records do not."""

    line: int
    accountant: int
    clerk: int
    bills: tuple
    claims: tuple
    buyer: int
    orders: tuple


@pytest.fixture
def scene(database, request):
    """A budget line with 1,000 a month on an account of its own, 50 drafts of bills and 50 of claims over 100 each."""
    # An account of the test's own: one test does not spend the budget of another.
    code = f"97{RUN % 10**4:04d}{len(request.node.name) % 100:02d}"
    with transaction(database) as env:
        names = [f"{request.node.name}-{RUN}-{place}" for place in range(5)]
        users = env["res.users"].create([{"name": name, "login": name} for name in names])
        users[:2].group_ids = [(4, env.ref("cosmetics_finance.group_accountant").id)]
        account = env["account.account"].create({"name": code, "code": code, "account_type": "expense"})
        own = env["cosmetics.budget"].with_user(users[0])
        line = {"name": code, "account_prefix": code, "amount_year": 12 * LEFT, "carry": "month", "control": "stop"}
        if before := own.search([("year", "=", YEAR), ("state", "=", "approved"), ("company_id", "=", env.company.id)]):
            budget = own.browse(before.action_new_version()["res_id"])
            budget.line_ids = [(0, 0, line)]
        else:
            budget = own.create({"company_id": env.company.id, "year": YEAR, "line_ids": [(0, 0, line)]})
        budget.action_submit()
        budget.with_user(users[1]).action_approve()
        bills = prepare_bills(env, users[0], account, code)
        claims = prepare_claims(env, users[2:4], account)
        orders = prepare_orders(env, users[4], account)
        found = budget.line_ids.filtered(lambda one: one.account_prefix == code)
        return Scene(found.id, users[0].id, users[2].id, tuple(bills.ids), tuple(claims.ids), users[4].id, tuple(orders.ids))


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


def prepare_orders(env, buyer, account):
    """Return 50 requests for quotation over a service on an account; no approval is asked for them."""
    buyer.group_ids = [(4, env.ref("cosmetics_inventory_purchase.group_buyer").id)]
    env["tier.definition"].search([("model", "=", "purchase.order")]).active = False
    partner = env["res.partner"].create({"name": f"{account.code} Mill"})
    service = {"name": account.code, "type": "service", "purchase_method": "purchase", "supplier_taxes_id": [(5,)]}
    service = env["product.product"].create({**service, "property_account_expense_id": account.id})
    line = [(0, 0, {"product_id": service.id, "product_qty": 1, "price_unit": EACH, "tax_ids": [(5,)]})]
    return env["purchase.order"].with_user(buyer).create([{"partner_id": partner.id, "order_line": line}] * PAPERS)


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
        orders = env["purchase.order"].browse(scene.orders).filtered(lambda order: order.state == "purchase")
        report = env["cosmetics.budget.report"].search([("line_id", "=", scene.line), ("day", "=", f"{MONTH}-01")])
        passed = len(bills) + len(claims) + len(orders)
        record_property("note", f"{len(told)} papers: {passed} passed, {len(refused)} refused, {len(tired)} gave up after conflicts")
        assert report.actual == sum(bills.mapped("amount_total"))
        assert report.committed == sum(claims.mapped("amount")) + sum(orders.mapped("amount_untaxed"))
        assert report.actual + report.committed <= LEFT, "the budget was exceeded"
        assert passed == told.count(None)
        assert passed + len(refused) + len(tired) == len(told), told
        assert passed == LEFT / EACH or tired, "what is left can be spent"


def bills_of(scene):
    return [(scene.accountant, "account.move", "action_post", bill) for bill in scene.bills]


def claims_of(scene):
    return [(scene.clerk, "cosmetics.expense.claim", "action_submit", claim) for claim in scene.claims]


def orders_of(scene):
    return [(scene.buyer, "purchase.order", "button_confirm", order) for order in scene.orders]


def test_fifty_bills_spend_the_last_thousand_once(database, scene, record_property):
    check(database, scene, spend(database, scene, bills_of(scene)), record_property)


def test_fifty_claims_take_the_last_thousand_once_and_no_more(database, scene, record_property):
    check(database, scene, spend(database, scene, claims_of(scene)), record_property)


def test_fifty_orders_take_the_last_thousand_and_no_more(database, scene, record_property):
    check(database, scene, spend(database, scene, orders_of(scene)), record_property)


def test_bills_and_claims_together_stay_within_the_budget(database, scene, record_property):
    papers = [paper for pair in zip(bills_of(scene)[:25], claims_of(scene)[:25], strict=True) for paper in pair]
    check(database, scene, spend(database, scene, papers), record_property)
