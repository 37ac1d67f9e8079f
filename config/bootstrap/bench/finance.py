"""`./erp bench finance`: books of 1,000,000 journal items, and a tenth of that, in one run: the statements, the night, a ledger page."""

import argparse

from .. import databases
from ..progress import Step, say
from .side import fresh, once

DATABASE = "bench_finance"
ITEMS = 1_000_000
ROUNDS = 3
# Seconds for two cores. The night works out two years of cash flows at once; each following night only a day.
GOALS = {"night": 600.0, "balance": 5.0, "income": 5.0, "cash flow": 5.0, "drill": 2.0, "ledger": 1.0}


def main(arguments):
    """Measure both sizes, print times, queries and growth; return 1 when a goal is missed at the full size."""
    parser = argparse.ArgumentParser(prog="./erp bench finance")
    parser.add_argument("--small", action="store_true", help="20,000 journal items and a tenth of that: a quick look")
    parser.add_argument("--items", type=int, default=None, help="another number of journal items")
    options = parser.parse_args(arguments)
    full = options.items or (20_000 if options.small else ITEMS)
    results = {size: measure(size) for size in (full // 10, full)}
    table(results)
    missed = [f"{what}: {results[full][what][0]:.2f} s, at most {goal:g}" for what, goal in GOALS.items() if results[full][what][0] > goal]
    for goal in missed:
        say(f"✗ missed: {goal}")
    if not missed:
        say("✓ every goal is reached")
    return 1 if missed else 0


def measure(items):
    """Make books of this size and measure them; return {what: [seconds, queries]}."""
    with Step(f"{items:,} journal items") as step:
        step.at("a fresh database")
        fresh(DATABASE, "suite")
        step.at("the entries")
        once(DATABASE, "finance_books", {"items": items})
        step.at("the measurements")
        figures = once(DATABASE, "finance_work", {"rounds": ROUNDS})
    databases.drop(DATABASE)
    return figures


def table(results):
    """Print what each piece of work costs at both sizes, and how it grows."""
    (small, less), (large, more) = results.items()
    say(f"\n{'':<14}{small:>12,} items{large:>16,} items{'growth':>10}{'queries':>10}")
    for what in GOALS:
        growth = more[what][0] / max(less[what][0], 0.0001)
        say(f"{what:<14}{less[what][0]:>16.3f} s{more[what][0]:>20.3f} s{growth:>9.1f}×{more[what][1]:>10}")
    say(f"posted items: {more['items']:,}; checks met: {more['checks']} of 3; memory {more['megabytes']} MB")
