"""`./erp bench shelf-life`: reserve, deliver, sell at the till and recall by batch, our database against bare Odoo in one run.

Both sides get the same rows and the same switches; the sides alternate (A B A B …); what left the shelf must be equal, batch by batch,
before a speed is printed. Queries are exact, times are not: believe a ratio only as far as its spread goes.
"""

import argparse
import json
import statistics

from .. import databases, postgres
from ..progress import SetupError, Step, say
from .growth import verdict
from .side import SIDES, fresh, once

CASES = ("reserve", "till", "recall")
PRODUCTS, LINES = 200, 5
# An order has cost what reserving and delivering it cost together: the rule moves work from one to the other.
STEPS, JUDGED = ("available", "reserve", "deliver", "both"), "both"
GROWTH_LIMIT = 1.3
FREEZE_LIMIT, LIST_LIMIT = 5, 60
FULL = {"sizes": (1000, 10000, 100000), "orders": 200, "single": 40, "till": 50, "history": 1_000_000}
SMALL = {"sizes": (1000, 10000), "orders": 20, "single": 5, "till": 5, "history": 20_000}


def main(arguments):
    """Measure and print; return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="./erp bench shelf-life")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--case", choices=CASES, help="only this one")
    parser.add_argument("--small", action="store_true", help="a quick look: small numbers say nothing about growth")
    options = parser.parse_args(arguments)
    shape = SMALL if options.small else FULL
    missed = []
    if options.case in (None, "reserve"):
        missed += reserve(shape, options.rounds)
    if options.case in (None, "till"):
        missed += till(shape, options.rounds)
    if options.case in (None, "recall"):
        missed += recall(shape, options.rounds)
    say("")
    return verdict(missed)


def reserve(shape, rounds):
    """Reserve and deliver on each number of batches in stock; return the goals missed."""
    medians, missed = {}, []
    for size in shape["sizes"]:
        shop(size)
        for title, settings in (
            (f"{shape['orders']} orders at once", {"orders": shape["orders"], "together": True}),
            ("one by one", {"orders": shape["single"], "together": False}),
        ):
            results = measure(f"{size:,} batches, {title}", "shelf_life_orders", size, {**settings, "lines": LINES}, rounds)
            add_both(results)
            medians[title, size] = table(f"{size:,} batches in stock, {title}", results, STEPS)
            queries = {side: medians[title, size][JUDGED][side][0] for side in SIDES}
            if queries["ours"] > queries["bare"] * 1.005:
                missed.append(f"reserve and deliver: more queries than bare Odoo ({size:,} batches, {title})")
        leave(size)
    return missed + growth(medians, shape["sizes"])


def add_both(results):
    """Add to every run what reserving and delivering cost together."""
    for run in (run for runs in results.values() for run in runs):
        pairs = zip(run["figures"]["reserve"], run["figures"]["deliver"], strict=True)
        run["figures"]["both"] = [[one + other for one, other in zip(*pair, strict=True)] for pair in pairs]


def growth(medians, sizes):
    """Print what the largest number of batches costs against the smallest; return the goals missed."""
    say(f"\nGrowth from {sizes[0]:,} to {sizes[-1]:,} batches over {PRODUCTS} products (time, queries)")
    missed = []
    for title in dict.fromkeys(title for title, _size in medians):
        small, large = medians[title, sizes[0]], medians[title, sizes[-1]]
        for step in STEPS:
            ratio = {side: [large[step][side][part] / max(small[step][side][part], 0.01) for part in (1, 0)] for side in SIDES}
            say(f"{title:<22}{step:<11}" + "".join(f"  {side} {ratio[side][0]:.2f}× {ratio[side][1]:.2f}×" for side in SIDES))
            if step == JUDGED and ratio["ours"][0] > GROWTH_LIMIT:
                missed.append(f"reserve and deliver, {title}: {ratio['ours'][0]:.2f} times the cost, at most {GROWTH_LIMIT}")
    return missed


def till(shape, rounds):
    """Sell at the till through the client's call; return the goals missed."""
    size = shape["sizes"][1]
    shop(size)
    results = measure("till orders", "shelf_life_till", size, {"orders": shape["till"], "lines": LINES}, rounds)
    row = table(f"a till order of {LINES} lines, {size:,} batches in stock", results, ("till",))["till"]
    leave(size)
    return ["till order: more queries than bare Odoo"] if row["ours"][0] > row["bare"][0] * 1.005 else []


def recall(shape, rounds):
    """Freeze a batch and list its buyers in a database with a long history; return the goals missed."""
    name = "bench_shelf_recall"
    fresh(name, SIDES["ours"])
    with Step(f"{shape['history']:,} sale lines", "5 min"):
        once(name, "shelf_life_shop", {"batches": 10_000, "products": PRODUCTS})
        lines = once(name, "shelf_life_history", {"lines": shape["history"]})["lines"]
        postgres.query("VACUUM ANALYZE", name)
    with Step(f"recall: {rounds} rounds"):
        runs = [once(name, "shelf_life_recall", {}) for _number in range(rounds)]
    databases.drop(name)
    for run in runs:
        if run["sold"] != run["found"] or run["state"]["lot"] != "recalled":
            raise SetupError(f"The recall did not find the sales that are there: {run}")
    sold, memory = runs[0]["sold"][0], max(run["megabytes"] for run in runs)
    say(f"\nRecall of one batch among {lines:,} sale lines, sold {sold:,} times; memory {memory} MB")
    missed = []
    for step, limit in (("freeze", FREEZE_LIMIT), ("list", LIST_LIMIT)):
        times = [run["figures"][step][0] for run in runs]
        say(f"{step:<9}{statistics.median(times):>8.2f} s ({min(times):.2f}–{max(times):.2f}), {runs[0]['figures'][step][1]:,} queries")
        if statistics.median(times) >= limit:
            missed.append(f"{step} takes {statistics.median(times):.1f} s (less than {limit} s)")
    return missed


def shop(size):
    """Make one database for each side with ``size`` batches on the shelf."""
    for side, kind in SIDES.items():
        name = f"bench_shelf_{side}_{size}"
        fresh(name, kind)
        with Step(f"{size:,} batches, {side}"):
            once(name, "shelf_life_shop", {"batches": size, "products": PRODUCTS})
            postgres.query("VACUUM ANALYZE", name)


def leave(size):
    """Drop the databases of `shop`."""
    for side in SIDES:
        databases.drop(f"bench_shelf_{side}_{size}")


def measure(title, script, size, settings, rounds):
    """Return {side: [one result for each round]}, alternating the sides; what left the shelf must be the same on both."""
    results = {side: [] for side in SIDES}
    with Step(f"{title}: {rounds} rounds") as step:
        for number in range(1, rounds + 1):
            for side in SIDES:
                step.at(f"round {number}, {side}")
                results[side].append(once(f"bench_shelf_{side}_{size}", script, settings))
    prints = {json.dumps(run["fingerprint"]): (side, run["fingerprint"]) for side, runs in results.items() for run in runs}
    if len(prints) != 1:
        raise SetupError(f"{title}: not the same batches left the shelf, so the speed cannot be compared: {difference(*prints.values())}")
    return results


def difference(one, other, *_more):
    """Return the first document in which two results differ."""
    return next(
        f"{one[0]} {mine} | {other[0]} {theirs}" for mine, theirs in zip(one[1], other[1], strict=True) if mine != theirs
    )  # fmt: skip


def table(title, results, steps):
    """Print one table; return {step: {side: (queries, median milliseconds)}}, both per order."""
    say(f"\n{title} — per order; ratio of the medians (lowest–highest of the rounds)")
    say(f"{'step':<11}{'queries bare':>13}{'ours':>8}{'ratio':>7}{'ms bare':>10}{'ours':>8}  ratio")
    rows = {}
    for step in steps:
        rows[step], times = {}, {}
        for side, runs in results.items():
            times[side] = [statistics.median(cost[0] for cost in run["figures"][step]) * 1000 for run in runs]
            queries = statistics.mean(cost[1] for run in runs for cost in run["figures"][step])
            rows[step][side] = (queries, statistics.median(times[side]))
        bare, ours = rows[step]["bare"], rows[step]["ours"]
        spread = [mine / theirs for mine, theirs in zip(times["ours"], times["bare"], strict=True)]
        say(
            f"{step:<11}{bare[0]:>13.1f}{ours[0]:>8.1f}{ours[0] / max(bare[0], 0.01):>7.2f}{bare[1]:>10.1f}{ours[1]:>8.1f}"
            f"  {ours[1] / bare[1]:.2f} ({min(spread):.2f}–{max(spread):.2f})"
        )
    memory = {side: max(run["megabytes"] for run in runs) for side, runs in results.items()}
    say(f"memory: bare {memory['bare']} MB, ours {memory['ours']} MB")
    return rows
