"""Measure the nightly job on a whole shop, inside Odoo's shell. Settings: none of its own."""

import json
import time

from bootstrap.bench import shelf_life_shop


def main(env, settings):
    """Print the seconds of each part and what came of it."""
    env = shelf_life_shop.as_admin(env)(user=1)
    demand, rows = env["cosmetics.demand.week"], env["cosmetics.replenishment"]
    figures = {
        "demand, first time": timed(env, demand._refresh),
        "demand, every night": timed(env, demand._refresh),
        "forecast and suggestions": timed(env, rows._suggest),
        "again": timed(env, rows._suggest),
    }
    counts = {"weeks": demand.search_count([]), "rows": rows.search_count([]), "megabytes": shelf_life_shop.megabytes()}
    print("BENCH " + json.dumps({**figures, **counts}))  # noqa: T201


def timed(env, work):
    """Return the seconds that a piece takes with what it writes."""
    start = time.monotonic()
    work()
    env.flush_all()
    env.cr.commit()  # each part is a night of its own
    return time.monotonic() - start
