"""`./erp bench members`: 200,000 members with 1,000,000 orders, and a tenth of that, in one run: the night, a segment, a page, a search,
and what a till asks about members."""

import argparse

from . import growth

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
    results = {members: measure(members, orders) for members, orders in ((full[0] // 10, full[1] // 10), full)}
    note = "changes of tier in the first night: {changes:,}; a segment holds {found:,}; memory {megabytes} MB"
    return growth.judge(results, "members", GOALS, note)


def measure(members, orders):
    """Make a shop of this size and measure it; return {what: [seconds, queries]}."""
    fill, work = ("members_shop", {"members": members, "orders": orders}), ("members_work", {"rounds": ROUNDS})
    return growth.measure(f"{members:,} members, {orders:,} orders", DATABASE, fill, work)
