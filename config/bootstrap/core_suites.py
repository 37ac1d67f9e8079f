"""Odoo's own tests for the modules we extend: what passes on bare Odoo must pass with our modules."""

import re
import subprocess

from . import databases, layout, odoo, templates
from .progress import Step, say

MODULES = ("product", "stock", "product_expiry", "sale", "sale_stock", "purchase", "purchase_stock", "stock_account", "loyalty", "account")
# Reads the clock of the browser and can hang for ever, with or without our modules.
LEFT_OUT = ("/product_expiry:TestProductExpiryTour",)
# What differs on purpose, each with its reason.
ACCEPTED = {
    # The day of a delivery is that of the company, not that of UTC.
    "TestSaleExpectedDate.test_invoice_delivery_date",
    # Takes the rate of the UTC day, while our users live in Asia/Shanghai: fails from 16:00 UTC to midnight.
    "TestPurchaseDownpayment.test_downpayment_exchange_rate",
}
FAILED = re.compile(r" (?:ERROR|FAIL): (Test\w+\.test_\w+|setUpClass \([\w.]+\))")
STARTED = re.compile(r": Starting (Test\w+\.test_\w+)")


def compare(modules=MODULES):
    """Run the suites on a copy of both templates; print and count what fails only with us."""
    outcome = {}
    for side, kind in (("bare", "core"), ("ours", "suite")):
        name = f"core_suites_{side}"
        if templates.exists(name):
            databases.drop(name)
        databases.create(name, kind)
        with Step(f"Odoo's own suites, {side}", "15 min") as step:
            outcome[side] = _run(name, modules, step)
        databases.drop(name)
    new = sorted(outcome["ours"][1] - outcome["bare"][1] - ACCEPTED)
    for side, (started, failed) in outcome.items():
        say(f"{side}: {len(started)} tests, {len(failed)} fail")
    for test in new:
        say(f"✗ fails only with our modules: {test}")
    if not outcome["bare"][0]:
        say("✗ no test was run")
    return 1 if new or not outcome["bare"][0] else 0


def _run(database, modules, step):
    tags = ",".join([*(f"/{module}" for module in modules), *(f"-{tag}" for tag in LEFT_OUT)])
    arguments = ["-d", database, "-u", ",".join(modules), "--test-enable", "--test-tags", tags, "--stop-after-init", "--no-http"]
    started, failed = set(), set()
    path = layout.LOGS / f"{database}.log"
    process = subprocess.Popen(
        odoo.command(*arguments), env=odoo.environment(), cwd=layout.ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        for line in process.stdout:
            file.write(line)
            if found := STARTED.search(line):
                started.add(found[1])
                step.at(f"{len(started)} tests")
            if found := FAILED.search(line):
                failed.add(found[1])
    process.wait()
    return started, failed
