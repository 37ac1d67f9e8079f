"""`./erp bench finance`: books of 1,000,000 journal items, and a tenth of that: the statements, the night, a ledger page, an audit pack."""

import argparse

from . import growth

DATABASE = "bench_finance"
ITEMS = 1_000_000
ROUNDS = 3
# Seconds for two cores. The night works out two years of cash flows at once; each following night only a day.
GOALS = {"night": 600.0, "balance": 5.0, "income": 5.0, "cash flow": 5.0, "drill": 2.0, "ledger": 1.0, "audit pack": 600.0}


def main(arguments):
    """Measure both sizes, print times, queries and growth; return 1 when a goal is missed at the full size."""
    parser = argparse.ArgumentParser(prog="./erp bench finance")
    parser.add_argument("--small", action="store_true", help="20,000 journal items and a tenth of that: a quick look")
    parser.add_argument("--items", type=int, default=None, help="another number of journal items")
    options = parser.parse_args(arguments)
    full = options.items or (20_000 if options.small else ITEMS)
    results = {items: measure(items) for items in (full // 10, full)}
    note = "posted items: {items:,}; checks met: {checks} of 3; memory {megabytes} MB; audit pack: {pack_megabytes} MB more"
    return growth.judge(results, "items", GOALS, note)


def measure(items):
    """Make books of this size and measure them; return {what: [seconds, queries]}."""
    fill, work = ("finance_books", {"items": items}), ("finance_work", {"rounds": ROUNDS})
    return growth.measure(f"{items:,} journal items", DATABASE, fill, work)
