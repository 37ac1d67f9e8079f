"""Fill a database with entries: five kinds made by the ORM, copies of their rows by PostgreSQL. Runs in Odoo's shell.

Settings: items. A round of the five kinds has thirteen journal items; the rounds are spread over two years and 500 partners. Each sale on
credit is paid and reconciled.
"""

import json

from odoo.tools import SQL

from bootstrap.bench import shelf_life_shop
from bootstrap.bench.members_shop import copy, one

DAYS = 700
PARTNERS = 500
FIRST = "2025-01-01"
ROUND = {
    "cash sale": (("1002", 113), ("5001", -100), ("22210107", -13)),
    "sale": (("1122", 226), ("5001", -200), ("22210107", -26)),
    "payment": (("1002", 226), ("1122", -226)),
    "purchase": (("1405", 50), ("22210101", 6.5), ("2202", -56.5)),
    "expense": (("5602", 20), ("1002", -20)),
}
ITEMS_OF_A_ROUND = sum(map(len, ROUND.values()))


def main(env, settings):
    """Make the books and keep them."""
    env = shelf_life_shop.as_admin(env)
    count = settings["items"] // ITEMS_OF_A_ROUND
    partners = env["res.partner"].create([{"name": f"往来{number}"} for number in range(PARTNERS)])
    moves = {name: create_entry(env, lines, partners[0]) for name, lines in ROUND.items()}
    receivable = [
        line for name in ("sale", "payment") for line in moves[name].line_ids if line.account_id.account_type == "asset_receivable"
    ]
    env["account.move.line"].browse([line.id for line in receivable]).reconcile()
    env.flush_all()
    lines = {}
    for name, move in moves.items():
        lines.update(copy_entry(env, name, move, count - 1, partners))
    copy_partials(env, receivable, lines, count - 1)
    env.cr.commit()  # the measuring process starts afterwards
    for table in ("account_move", "account_move_line", "account_partial_reconcile"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.cr.commit()  # what the planner knows is for the measuring process too
    print("BENCH " + json.dumps({"rounds": count}))  # noqa: T201


def create_entry(env, lines, partner):
    """Post one entry; a line is (first digits of the account, balance)."""
    values = []
    for prefix, balance in lines:
        account = env["account.account"].search([("code", "=like", f"{prefix}%")], order="code", limit=1)
        values.append((0, 0, {"account_id": account.id, "balance": balance, "partner_id": partner.id, "name": "摘要"}))
    move = env["account.move"].create({"move_type": "entry", "date": FIRST, "line_ids": values})
    move.action_post()
    return move


def copy_entry(env, name, move, count, partners):
    """Copy an entry with its lines; return {line id: id before that of its first copy}."""
    base = one(env, SQL("SELECT max(id) FROM account_move"))
    day = SQL("(date %s + (k::bigint * 7919 %% %s)::int)", FIRST, DAYS)
    partner = SQL("(%s + k %% %s)::int", partners[0].id, PARTNERS)
    replaced = {
        "id": SQL("%s + k", base),
        "name": SQL("%s || k", f"BENCH {name} "),
        "date": day,
        "partner_id": partner,
        "commercial_partner_id": partner,
        "access_token": SQL("NULL"),
        "sequence_prefix": SQL("%s", f"BENCH {name} "),
        "sequence_number": SQL("k"),
    }
    copy(env, "account_move", replaced, move.id, count)
    starts = {}
    for line in move.line_ids:
        starts[line.id] = one(env, SQL("SELECT max(id) FROM account_move_line"))
        replaced = {
            "id": SQL("%s + k", starts[line.id]),
            "move_id": SQL("%s + k", base),
            "date": day,
            "date_maturity": day,
            "partner_id": partner,
        }
        copy(env, "account_move_line", replaced, line.id, count)
    return starts


def copy_partials(env, lines, starts, count):
    """Reconcile the copy of each payment with the copy of its sale."""
    debit, credit = lines
    source = one(env, SQL("SELECT id FROM account_partial_reconcile WHERE debit_move_id = %s", debit.id))
    replaced = {"debit_move_id": SQL("%s + k", starts[debit.id]), "credit_move_id": SQL("%s + k", starts[credit.id])}
    copy(env, "account_partial_reconcile", replaced, source, count)
