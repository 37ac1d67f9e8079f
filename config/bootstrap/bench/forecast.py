"""`./erp bench forecast`: how good the forecast is, what its suggestions would have cost over two years, and how long a night takes.

All on demand made up from a seed: weeks that the forecast has not seen are compared with the same week of the year before; the suggestions
with minimum and maximum rules at the same share of demand served; and the job is timed on a whole shop.
"""

import argparse

from .. import databases
from ..progress import Step, say
from .growth import verdict
from .side import fresh, once

DATABASE = "bench_forecast"
PRODUCTS, SHOPS, SIMULATED = 5_000, 4, 200
# Seconds, on two cores.
NIGHT = 300.0


def main(arguments):
    """Measure and print; return 1 when the night is too long, or the forecast or the suggestions are no better than what they replace."""
    parser = argparse.ArgumentParser(prog="./erp bench forecast")
    parser.add_argument("--small", action="store_true", help="a tenth of the products: a quick look")
    options = parser.parse_args(arguments)
    size = 10 if options.small else 1
    settings = {"products": PRODUCTS // size, "shops": SHOPS}
    with Step(f"{settings['products']:,} products × {SHOPS} shops") as step:
        step.at("a fresh database")
        fresh(DATABASE, "suite")
        step.at("weeks the forecast has not seen")
        error = once(DATABASE, "forecast_error", {**settings, "products": max(settings["products"] // 5, 100)})
        step.at("two years of orders")
        policies = once(DATABASE, "forecast_policy", {"products": max(SIMULATED // size, 50), "shops": SHOPS})
        step.at("three years of sales")
        once(DATABASE, "forecast_shop", settings)
        step.at("the night")
        night = once(DATABASE, "forecast_work", settings)
    databases.drop(DATABASE)
    return report(error, policies, night)


def report(error, policies, night):
    """Print three tables; return the exit code."""
    say(f"\n{'forecast':<34}{'weighted error':>16}{'bias':>9}")
    for name, (wape, bias) in error["methods"].items():
        say(f"{name:<34}{wape:>15.1%}{bias:>10.1%}")
    say(f"{error['series']:,} series, {error['origins']} starting points, {error['ahead']} weeks ahead")
    say(f"\n{'two years of orders':<34}{'demand served':>16}{'expired':>14}{'stock value':>14}{'orders':>10}")
    for name, row in policies["policies"].items():
        say(f"{name:<34}{row['served']:>15.2%}{row['expired']:>15,.0f}{row['stock']:>14,.0f}{row['orders']:>10,}")
    say(f"\n{'night':<34}{'seconds':>16}")
    for name in ("demand, first time", "demand, every night", "forecast and suggestions", "again"):
        say(f"{name:<34}{night[name]:>16.1f}")
    say(f"{night['weeks']:,} weeks of demand, {night['rows']:,} suggestions; memory {night['megabytes']} MB")
    return verdict(missed(error["methods"], policies["policies"], night))


def missed(methods, policies, night):
    """Return what is not reached, as sentences."""
    found = []
    if methods["ours"][0] >= methods["same week of the year before"][0]:
        found.append("the forecast is no better than the same week of the year before")
    ours, rules = policies["ours"], policies["minimum and maximum"]
    if ours["expired"] >= rules["expired"] or ours["stock"] >= rules["stock"]:
        found.append("the suggestions need more stock, or let more expire, than minimum and maximum rules")
    total = night["demand, first time"] + night["forecast and suggestions"]
    if total > NIGHT:
        found.append(f"the night takes {total:.0f} s, at most {NIGHT:.0f}")
    return found
