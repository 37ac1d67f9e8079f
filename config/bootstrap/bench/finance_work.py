"""Measure the statements on large books once, inside Odoo's shell. Settings: rounds."""

import json

from bootstrap.bench import shelf_life_shop
from bootstrap.bench.members_work import median, timed

LIST = {name: {} for name in ("date", "name", "debit", "credit", "balance")}


def main(env, settings):
    """Print {what: [seconds, queries]} and what was found."""
    env = shelf_life_shop.as_admin(env)
    figures = {"night": timed(env, lambda: night(env))}
    env.cr.execute("ANALYZE cosmetics_cash_flow")
    reports = {
        kind: env["cosmetics.statement.report"].create({"kind": kind, "period_kind": "month", "year": "2026", "month": "6"})
        for kind in ("balance", "income", "cash_flow")
    }
    env.flush_all()
    account = env["account.account"].search([("code", "=like", "1002%")], order="code", limit=1)
    items = env["account.move.line"]
    ledger = [("account_id", "=", account.id), ("parent_state", "=", "posted"), ("date", ">=", "2026-06-01"), ("date", "<=", "2026-06-30")]
    work = {
        "balance": lambda: reports["balance"].page,
        "income": lambda: reports["income"].page,
        "cash flow": lambda: reports["cash_flow"].page,
        "drill": lambda: items.web_search_read(reports["balance"].action_open_items("4", 0)["domain"], LIST, limit=80),
        "ledger": lambda: items.web_search_read(ledger, LIST, limit=80, order="date, id"),
    }
    for what, function in work.items():
        figures[what] = median(env, function, settings["rounds"])
    # Last: what it leaves in memory is nobody's figure but its own.
    before = shelf_life_shop.megabytes()
    figures["audit pack"] = timed(env, lambda: pack(env))
    made = env["cosmetics.audit.pack"].search([], limit=1)
    if made.state != "done":
        raise AssertionError(f"the audit pack is {made.state}, not done: giving up is quick")
    packed = {"pack_megabytes": shelf_life_shop.megabytes() - before}
    checks = sum(check["is_met"] for check in reports["balance"]._get_checks())
    found = items.search_count([("parent_state", "=", "posted")])
    facts = {"checks": checks, "items": found, "megabytes": shelf_life_shop.megabytes(), **packed}
    print("BENCH " + json.dumps({**figures, **facts}))  # noqa: T201


def night(env):
    """Run the nightly job as the scheduler does."""
    env.ref("cosmetics_finance.ir_cron_cash_flow").sudo().method_direct_trigger()
    env.cr.commit()  # the job has a transaction of its own; ours must begin anew to see what it wrote


def pack(env):
    """Build the audit pack of both years, without vouchers, as the scheduler does."""
    env["cosmetics.audit.pack.make"].create({"date_begin": "2025-01-01", "date_end": "2026-12-01", "voucher_limit": 0}).action_build()
    env.cr.commit()  # the job begins with what others have committed
    env["cosmetics.audit.pack"].sudo()._cron_build()  # the scheduler's own rights
