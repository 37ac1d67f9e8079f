"""`./erp bench members`: 200,000 members with 1,000,000 orders, and a tenth of that, in one run: the night, a segment, a page, a search,
and what a till asks about members."""

import argparse

from .. import databases
from ..progress import Step, say
from .side import fresh, once

DATABASE = "bench_members"
MEMBERS, ORDERS = 200_000, 1_000_000
ROUNDS = 5
# Seconds; the night holds for two cores.
GOALS = {
    "night": 600.0,
    "night again": 600.0,
    "segment": 2.0,
    "page": 0.5,
    "tail": 1.0,
    "initials": 1.0,
    "list": 1.0,
    "till tail": 1.0,
    "till card": 1.0,
    "till name": 1.0,
    "till initials": 1.0,
    "till member": 1.0,
}


def main(arguments):
    """Measure both sizes, print times, queries and growth; return 1 when a goal is missed at the full size."""
    parser = argparse.ArgumentParser(prog="./erp bench members")
    parser.add_argument("--small", action="store_true", help="a tenth and a hundredth: a quick look")
    options = parser.parse_args(arguments)
    full = (MEMBERS // 10, ORDERS // 10) if options.small else (MEMBERS, ORDERS)
    results = {}
    for size in ((full[0] // 10, full[1] // 10), full):
        results[size] = measure(*size)
    table(results)
    missed = [f"{what}: {results[full][what][0]:.2f} s, at most {goal:g}" for what, goal in GOALS.items() if results[full][what][0] > goal]
    for goal in missed:
        say(f"✗ missed: {goal}")
    if not missed:
        say("✓ every goal is reached")
    return 1 if missed else 0


def measure(members, orders):
    """Make a shop of this size and measure it; return {what: [seconds, queries]}."""
    with Step(f"{members:,} members, {orders:,} orders") as step:
        step.at("a fresh database")
        fresh(DATABASE, "suite")
        step.at("the members and their orders")
        once(DATABASE, "members_shop", {"members": members, "orders": orders})
        step.at("the measurements")
        figures = once(DATABASE, "members_work", {"rounds": ROUNDS})
    databases.drop(DATABASE)
    return figures


def table(results):
    """Print what each piece of work costs at both sizes, and how it grows."""
    (small, less), (large, more) = results.items()
    say(f"\n{'':<14}{small[0]:>12,} members{large[0]:>16,} members{'growth':>10}{'queries':>10}")
    for what in GOALS:
        growth = more[what][0] / max(less[what][0], 0.0001)
        say(f"{what:<14}{less[what][0]:>18.3f} s{more[what][0]:>22.3f} s{growth:>9.1f}×{more[what][1]:>10}")
    say(f"changes of tier in the first night: {more['changes']:,}; a segment holds {more['found']:,}; memory {more['megabytes']} MB")
