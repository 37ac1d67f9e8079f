"""`./erp bench stock`: stock at a glance and stock alerts of 5,000 products in 5 shops, and a tenth of that, in one run."""

import argparse

from . import growth

DATABASE = "bench_stock"
PRODUCTS, SHOPS = 5_000, 5
ROUNDS = 5
# Seconds for two cores. A person waits for the screens; the job looks at everything once an hour, at what moved every two minutes.
GOALS = {
    "list": 1.0,
    "scan": 0.5,
    "name": 0.5,
    "matrix": 2.0,
    "alerts first": 60.0,
    "alerts again": 20.0,
    "alerts moved": 2.0,
}


def main(arguments):
    """Measure both sizes, print times, queries and growth; return 1 when a goal is missed at the full size."""
    parser = argparse.ArgumentParser(prog="./erp bench stock")
    parser.add_argument("--small", action="store_true", help="a tenth and a hundredth: a quick look")
    options = parser.parse_args(arguments)
    full = PRODUCTS // 10 if options.small else PRODUCTS
    results = {products: measure(products) for products in (full // 10, full)}
    note = "{rows:,} rows at a glance, {batches:,} batches; {alerts:,} alerts told; memory {megabytes} MB"
    return growth.judge(results, "products", GOALS, note)


def measure(products):
    """Make shops of this size and measure them; return {what: [seconds, queries]}."""
    fill, work = ("stock_shop", {"products": products, "shops": SHOPS}), ("stock_work", {"rounds": ROUNDS})
    return growth.measure(f"{products:,} products × {SHOPS} shops", DATABASE, fill, work)
