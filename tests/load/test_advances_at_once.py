"""Four accountants at one advance at the same moment: it is paid once, and no more is set off than the employee holds.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import os
from dataclasses import dataclass

import pytest
from processes import PATIENCE, call_again, run_together, transaction

RUN = os.getpid()
ACCOUNTANTS = 4
HELD, EACH = 1000, 400


@dataclass(frozen=True)
class Scene:
    """Ids of what the test works on; ids cross processes, records do not."""

    accountants: tuple
    advance: int
    dialogues: tuple
    claims: tuple


@pytest.fixture
def scene(database, request):
    """An approved advance of 1,000, a dialogue of each accountant that would pay it, and four approved claims of 400 of the employee."""
    with transaction(database) as env:
        names = [f"{request.node.name}-{RUN}-{place}" for place in range(ACCOUNTANTS + 2)]
        users = env["res.users"].create([{"name": name, "login": name} for name in names])
        accountants, (clerk, manager) = users[:ACCOUNTANTS], users[ACCOUNTANTS:]
        accountants.group_ids = [(4, env.ref("cosmetics_finance.group_accountant").id)]
        employee = env["hr.employee"].create({"name": clerk.name, "user_id": clerk.id, "expense_manager_id": manager.id})
        account = env["account.account"].search([("code", "=like", "5602%")], limit=1)
        kind = {"name": clerk.name, "type": "service", "can_be_expensed": True, "supplier_taxes_id": [(5,)]}
        kind = env["product.product"].create({**kind, "property_account_expense_id": account.id})
        advance = env["cosmetics.expense.advance"].with_user(clerk).create({"note": "Fair", "amount": HELD})
        expense = {"name": "Train", "product_id": kind.id, "total_amount_currency": EACH, "employee_id": employee.id}
        vals = {"note": "Fair", "employee_id": employee.id, "expense_ids": [(0, 0, expense)]}
        claims = env["cosmetics.expense.claim"].with_user(clerk).create([vals] * ACCOUNTANTS)
        for paper in (advance, *claims):
            paper.action_submit()
            paper.with_user(manager).action_approve()
        journal = env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1)
        moneys = env["cosmetics.expense.advance.money"]
        pay = {"advance_id": advance.id, "kind": "pay", "journal_id": journal.id}
        dialogues = [moneys.with_user(accountant).create(pay).id for accountant in accountants]
        return Scene(tuple(accountants.ids), advance.id, tuple(dialogues), tuple(claims.ids))


def press(database, scene, model, method, numbers):
    """Press a button on a record of each accountant, all at once; return what each was told."""

    def worker(accountant, number):
        def job(start):
            start.wait(PATIENCE)
            return call_again(database, accountant, model, method, [number])[1]

        return job

    return run_together([worker(*own) for own in zip(scene.accountants, numbers, strict=True)])


def get_state(env, scene):
    """Return (state, open, balance of the items) of the advance."""
    advance = env["cosmetics.expense.advance"].browse(scene.advance)
    posted = env["account.move.line"].search([("advance_id", "=", advance.id), ("parent_state", "=", "posted")])
    return advance.state, advance.amount_open, sum(posted.mapped("balance"))


def test_four_accountants_pay_an_advance_once(database, scene, record_property):
    told = press(database, scene, "cosmetics.expense.advance.money", "action_confirm", scene.dialogues)
    assert told.count(None) == 1, told
    assert sum("paid already" in (sentence or "") for sentence in told) == ACCOUNTANTS - 1, told
    with transaction(database) as env:
        assert get_state(env, scene) == ("open", HELD, HELD)
        name = env["cosmetics.expense.advance"].browse(scene.advance).name
        assert env["account.payment"].search_count([("memo", "=like", f"{name} %")]) == 1
        record_property("note", f"{ACCOUNTANTS} accountants at once, one payment")


def test_four_claims_clear_no_more_than_is_held(database, scene, record_property):
    with transaction(database) as env:
        env["cosmetics.expense.advance.money"].with_user(scene.accountants[0]).browse(scene.dialogues[0]).action_confirm()
    told = press(database, scene, "cosmetics.expense.claim", "action_post", scene.claims)
    assert told == [None] * ACCOUNTANTS
    with transaction(database) as env:
        assert get_state(env, scene) == ("cleared", 0, 0)
        claims = env["cosmetics.expense.claim"].browse(scene.claims)
        owed = sorted(claims.expense_ids.account_move_id.mapped("amount_residual"))
        assert owed == [0, 0, 200, EACH]
        assert sorted(claims.mapped("state")) == ["paid", "paid", "posted", "posted"]
        record_property("note", f"{ACCOUNTANTS} claims at once, {HELD} set off, {sum(owed):g} owed")
    told = press(database, scene, "cosmetics.expense.claim", "action_unclear", [scene.claims[0]] * ACCOUNTANTS)
    assert told == [None] * ACCOUNTANTS
    with transaction(database) as env:
        state, is_open, balance = get_state(env, scene)
        back = EACH * ACCOUNTANTS - HELD
        owed = sum(env["cosmetics.expense.claim"].browse(scene.claims).expense_ids.account_move_id.mapped("amount_residual"))
        assert (is_open, owed) == (balance, back + balance), state
