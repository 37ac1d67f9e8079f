"""The shop of `./erp bench orders`: the plain way in bare Odoo, one order after the other, against our import and our ways for many."""

import json
import statistics

from ..progress import SetupError, Step, say
from .side import SIDES, fresh, once

# Bare Odoo takes an order in by `create`, ours by the import of a file.
STEPS = ("take in", "confirm", "deliver", "invoice", "post", "pay")
# What one click or one turn of the queue takes together.
CHUNK = 100
# What one order costs one by one does not depend on how many follow: forty of them tell it.
PLAIN = 40
# Enough for the larger run: three pieces a line on the average.
BATCHES = 10
GOAL = 4.0
FLAT = 1.3
# What the goal is set for: the first two together, the others each.
JUDGED = {"take in + confirm": ("take in", "confirm"), **{step: (step,) for step in STEPS[2:]}}


def shop(options):
    """Measure and print every size; return the goals missed."""
    sizes = options.sizes or [100, 1000]
    costs, missed = {}, []
    for size in sizes:
        # A thousand orders take minutes: the large sizes are for the flatness, the ratio is known by then.
        rounds = options.rounds if size <= sizes[0] else 1
        results = measure(size, rounds, options)
        costs[size] = table(size, results)
        if size == sizes[0]:
            missed += [f"{title}: {ratio:.1f} times faster, at least {GOAL:g}" for title, ratio in ratios(results).items() if ratio < GOAL]
    return missed + growth(costs)


def measure(size, rounds, options):
    """Return {side: [one result per round]}, alternating; the orders both sides took must be the same rows."""
    shape = {"lines": options.lines, "products": options.products, "batches": BATCHES}
    # A product may always be asked for in the largest quantity, as many as lines; and a half more.
    shape["pieces"] = max(20, size * options.lines**2 * 3 // (2 * options.products * BATCHES))
    plain = min(PLAIN, size)
    settings = {
        "bare": {**shape, "orders": plain, "compared": plain, "chunk": 1, "by_file": False},
        "ours": {**shape, "orders": size, "compared": plain, "chunk": CHUNK, "by_file": True},
    }
    results = {side: [] for side in SIDES}
    with Step(f"shop, {size:,} orders: {rounds} rounds") as step:
        for number in range(1, rounds + 1):
            for side, kind in SIDES.items():
                step.at(f"round {number}, {side}")
                # The import commits: each round begins with databases nobody has worked in.
                fresh(f"bench_{side}", kind)
                results[side].append(once(f"bench_{side}", "shop", settings[side]))
    prints = {json.dumps(run["fingerprint"]) for runs in results.values() for run in runs}
    if len(prints) != 1:
        raise SetupError(f"the two databases do not give the same orders: {sorted(prints)}"[:4000])
    return results


def ratios(results):
    """Return {what is judged: median of bare ÷ ours, round by round}."""
    return {title: statistics.median(_rounds(results, steps)) for title, steps in JUDGED.items()}


def _rounds(results, steps):
    return [_seconds(bare, steps) / _seconds(ours, steps) for bare, ours in zip(results["bare"], results["ours"], strict=True)]


def _seconds(run, steps):
    return sum(run["figures"][step][0][0] for step in steps)


def _queries(run, steps):
    return sum(run["figures"][step][0][1] for step in steps)


def table(size, results):
    """Print what each step costs; return {what is judged, and "all": milliseconds per order of ours}."""
    say(f"\nshop, {size:,} orders, per order: bare one by one, ours a file, then {CHUNK} at once; times faster: median (least to most)")
    say(f"{'step':<18}{'queries bare':>13}{'ours':>8}{'fewer':>8}{'ms bare':>10}{'ours':>8}{'times faster':>24}{'orders/s':>10}")
    costs = {}
    rows = {**{step: (step,) for step in STEPS[:2]}, **JUDGED, "all": STEPS}
    for title, steps in rows.items():
        queries = {side: statistics.mean(_queries(run, steps) for run in runs) for side, runs in results.items()}
        times = {side: statistics.median(_seconds(run, steps) for run in runs) for side, runs in results.items()}
        costs[title] = times["ours"] * 1000
        found = sorted(_rounds(results, steps))
        faster = f"{statistics.median(found):.1f} ({found[0]:.1f} to {found[-1]:.1f})"
        say(
            f"{title:<18}{queries['bare']:>13.1f}{queries['ours']:>8.1f}{queries['bare'] / queries['ours']:>8.1f}"
            f"{times['bare'] * 1000:>10.1f}{times['ours'] * 1000:>8.1f}{faster:>24}{1 / times['ours']:>10.1f}"
        )
    memory = {side: max(run["megabytes"] for run in runs) for side, runs in results.items()}
    compared = len(results["bare"][0]["fingerprint"])
    say(f"memory: bare {memory['bare']} MB, ours {memory['ours']} MB; the same rows on both sides: {compared} orders compared")
    return costs


def growth(costs):
    """Print how the cost of an order grows with the number of orders; return the goals missed."""
    if len(costs) < 2:
        return []
    small, large = min(costs), max(costs)
    found = {title: costs[large][title] / costs[small][title] for title in costs[small]}
    say(f"\nan order of {large:,} against one of {small:,}: " + ", ".join(f"{title} {ratio:.2f}" for title, ratio in found.items()))
    return [f"cost per order grows {found['all']:.2f} times from {small:,} to {large:,}"] if found["all"] > FLAT else []
