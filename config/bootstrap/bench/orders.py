"""`./erp bench orders`: quotation to payment, our database against bare Odoo, alternating (A B A B …) in one run."""

import argparse
import json
import statistics

from ..progress import SetupError, Step, say
from .orders_shop import shop
from .side import SIDES, fresh, once

STEPS = ("create", "confirm", "deliver", "invoice", "post", "pay")
# Two sizes ten times apart tell how the cost of an order grows with the size of a batch.
CASES = (
    ("one by one", {"orders": 10, "together": False}),
    ("10 at once", {"orders": 10, "together": True}),
    ("100 at once", {"orders": 100, "together": True}),
)


def main(arguments):
    """Measure, compare the results, print queries and times per order; exit code 1 when ours needs more queries."""
    parser = argparse.ArgumentParser(prog="./erp bench orders")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lines", type=int, default=5)
    parser.add_argument("--products", type=int, default=50)
    parser.add_argument("--batches", type=int, default=10, help="batches per product")
    parser.add_argument("--case", choices=["shop", *(title for title, _settings in CASES)], help="only this one")
    parser.add_argument("--sizes", type=int, nargs="+", help="orders of the shop, the smallest first; 100 1000 unless told")
    options = parser.parse_args(arguments)
    for side, kind in SIDES.items():
        fresh(f"bench_{side}", kind)
    missed = shop(options) if options.case in (None, "shop") else []
    worse = []
    for title, settings in CASES:
        if options.case in (None, title):
            shape = {"lines": options.lines, "products": options.products, "batches": options.batches}
            worse += report(title, measure(title, {**settings, **shape}, options.rounds))
    say("")
    say("more queries than bare Odoo: " + ", ".join(worse) if worse else "no step needs more queries than bare Odoo")
    for goal in missed:
        say(f"✗ missed: {goal}")
    return 1 if worse or missed else 0


def measure(title, settings, rounds):
    """Return {side: [one result for each round]}, alternating the sides; the rows must be equal on both."""
    results = {side: [] for side in SIDES}
    with Step(f"{title}: {rounds} rounds") as step:
        for number in range(1, rounds + 1):
            for side in SIDES:
                step.at(f"round {number}, {side}")
                results[side].append(once(f"bench_{side}", "pipeline", settings))
    prints = {json.dumps(result["fingerprint"]) for runs in results.values() for result in runs}
    if len(prints) != 1:
        raise SetupError(f"{title}: the two databases do not give the same orders, so their speed cannot be compared: {sorted(prints)}")
    return results


def report(title, results):
    """Print one table; return the steps in which ours needs more queries."""
    say(f"\n{title} — per order, medians; spread = slowest ÷ fastest round")
    say(f"{'step':<9}{'queries bare':>13}{'ours':>8}{'ratio':>7}{'ms bare':>10}{'ours':>8}{'ratio':>7}{'spread':>13}")
    worse = []
    totals = {side: [0.0, 0.0] for side in SIDES}
    for step in STEPS:
        row = {}
        for side, runs in results.items():
            times = [statistics.median(cost[0] for cost in run["figures"][step]) * 1000 for run in runs]
            queries = statistics.mean(cost[1] for run in runs for cost in run["figures"][step])
            row[side] = (queries, statistics.median(times), max(times) / min(times))
            totals[side][0] += queries
            totals[side][1] += row[side][1]
        say(_line(step, row["bare"], row["ours"]))
        if row["ours"][0] > row["bare"][0] * 1.005:
            worse.append(f"{step} ({title})")
    say(_line("all", (*totals["bare"], 1), (*totals["ours"], 1)))
    memory = {side: max(run["megabytes"] for run in runs) for side, runs in results.items()}
    say(f"memory: bare {memory['bare']} MB, ours {memory['ours']} MB")
    return worse


def _line(step, bare, ours):
    spread = f"{bare[2]:.2f}/{ours[2]:.2f}"
    return (
        f"{step:<9}{bare[0]:>13.1f}{ours[0]:>8.1f}{ours[0] / bare[0]:>7.2f}"
        f"{bare[1]:>10.1f}{ours[1]:>8.1f}{ours[1] / bare[1]:>7.2f}{spread:>13}"
    )
