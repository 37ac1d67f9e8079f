"""Odoo's own tests for the modules we extend: what passes on bare Odoo must pass with our modules.

Both sides run at once, each inside a database whose modules are all loaded. So the tests that Odoo marks for the moment of
installation meet our modules as well; with `-u` they would run before ours are loaded and prove nothing.
"""

import ast
import os
import re
import subprocess
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from . import databases, layout, odoo, overlay, postgres, templates
from .progress import SetupError, Step, say

MODULES = (
    "product", "stock", "product_expiry", "sale", "sale_stock", "purchase", "purchase_stock", "stock_account", "point_of_sale", "loyalty",
    "sale_loyalty", "pos_loyalty", "account", "hr_expense", "account_reconcile_oca", "account_statement_base", "account_financial_report",
    "purchase_request", "base_tier_validation",
)  # fmt: skip
SIDES = {"bare": "core", "ours": "suite"}
# Beyond those of the browser tests: both may run at once.
PORT = int(os.environ.get("ERP_TEST_PORT", "8169")) + 30
# A browser tour reads the clock of the browser and can hang for ever, with or without our modules: tests/e2e has ours.
TOURS = ("start_tour", "browser_js", "start_pos_tour")
# An expense goes with its claim: nothing of it is submitted, approved, split or posted alone, as core's tests do it.
EXPENSES = {
    "TestExpenses": (
        "attachments_in_move_from_company_expense", "attachments_in_move_from_own_expense",
        "corner_case_expense_submitted_cannot_be_zero", "employee_expense_in_foreign_currency", "expense_analytic_vendor_bill_count",
        "expense_by_company_with_caba_tax", "expense_company_dates", "expense_mandatory_analytic_plan_product_category",
        "expense_multi_company", "expense_multi_currencies", "expense_no_stealing_from_employees",
        "expense_paid_company_no_autobalancing_line", "expense_payment_method", "expense_split_flow", "expense_vendor",
        "multiple_attachments_in_move_from_company_expense", "payment_edit_fields", "update_expense_price_on_product_standard_price",
    ),
    "TestExpensesAccessRights": (
        "expense_access_rights", "expense_team_approver_cant_approve_expense_of_employee_he_does_not_manage",
        "expense_user_cant_approve_own_expense",
    ),
    "TestExpensesStates": (
        "expense_state_autovalidation", "expense_state_synchro_1_cancel_move", "expense_state_synchro_1_regular_flow",
        "expense_state_synchro_1_reverse_move", "expense_state_synchro_1_unlink_move", "expense_state_synchro_2_employee_specific_flow_1",
        "expense_state_synchro_2_employee_specific_flow_2", "expense_state_synchro_2_employee_specific_flow_3",
        "expense_state_synchro_2_employee_specific_flow_4", "expense_state_synchro_3_company_specific_flow",
    ),
}  # fmt: skip
# What differs on purpose, each with its reason.
ACCEPTED = {
    *(f"{name}.test_{test}" for name, tests in EXPENSES.items() for test in tests),
    # The day of a delivery is that of the company, not that of UTC.
    "TestSaleExpectedDate.test_invoice_delivery_date",
    # Takes the rate of the UTC day, while our users live in Asia/Shanghai: fails from 16:00 UTC to midnight.
    "TestPurchaseDownpayment.test_downpayment_exchange_rate",
    # Ends a promotion on the UTC day, which is over in Asia/Shanghai at 16:00 UTC: fails from then to midnight.
    "TestProgramRules.test_program_rules_validity_date_transactions",
    # Noon of an order is noon in Xi'an, where the company is, not noon of UTC.
    "TestPurchaseLeadTime.test_supplier_lead_time",
    # Core asks whether an expired batch is really to leave; ours does not leave at all.
    "TestStockLot.test_05_confirmation_on_delivery",
    # Core's till makes a batch of whatever number is typed; ours never sells a batch that nobody received.
    "TestPointOfSaleFlow.test_order_unexisting_lots",
    # Core lets an order spend the points that it earns itself: a return of the goods would leave the buyer with both.
    "TestLoyalty.test_archived_reward_products",
    "TestLoyalty.test_archiving_loyalty_card_unlinks_draft_points_from_sale_order",
    "TestSaleCouponProgramNumbers.test_loyalty_card_tax_total",
    # A coupon on the whole order lowers what is paid for each of its goods, also for those that earn points.
    "TestLoyalty.test_points_awarded_general_discount_code_specific_domain_program",
    # The history of a points card has a line for each movement, from the first points on.
    "TestLoyaltyhistory.test_add_loyalty_history_line_without_reward",
    "TestLoyaltyhistory.test_loyalty_history_multi_reward",
    # A cancelled order gives its points back by a line of its own; nothing is erased.
    "TestLoyaltyhistory.test_delete_loyalty_history_line_on_cancel",
    # With the nodes of approval off, a request needs nobody's approval: it is approved at once.
    "TestPurchaseRequest.test_default_picking_type",
    "TestPurchaseRequest.test_empty_purchase_request",
    "TestPurchaseRequest.test_purchase_request_status",
    "TestPurchaseRequest.test_purchase_request_unlink",
    # A movement of the bank belongs to a partner by account or whole name, not by a part of a name.
    "TestReconciliationWidget.test_bank_partner_match_partner",
    # Nothing is reconciled while movements are read: the accountant looks, then presses the button.
    "TestReconciliationWidget.test_invoice_matching",
    "TestReconciliationWidget.test_reconcile_rule_on_create",
}
# What a shop decides, and we ship a start of: core's orders have no address, sell below cost and give half away, nobody approves them.
RULES_OFF = (
    "UPDATE cosmetics_review_rule SET active = false",
    "UPDATE tier_definition SET active = false",
    "UPDATE cosmetics_allocation_rule SET active = false",
    # Core's points count when the order is confirmed, ours some days after delivery.
    "UPDATE res_company SET points_start = 'order'",
    # Ours sends by the operator of the shop, within the hours and consents of its members; core's tests watch core's own way.
    "UPDATE res_company SET sms_gateway = 'iap'",
)
FAILED = re.compile(r" (?:ERROR|FAIL): (?:Subtest )?(Test\w+\.test_\w+|setUpClass \([\w.]+\))")
STARTED = re.compile(r": Starting (Test\w+\.test_\w+)")


def compare(chosen=MODULES):
    """Run the suites on a copy of both templates; print what fails, or does not even start, only with us; return the exit code.

    :param chosen: modules, or parts of one: ``stock``, ``stock:TestStockMove``, ``stock:TestStockMove.test_scrap_2``.
    """
    for side, kind in SIDES.items():
        if templates.exists(f"core_suites_{side}"):
            databases.drop(f"core_suites_{side}")
        databases.create(f"core_suites_{side}", kind)
        # The rows of a test are rolled back: PostgreSQL takes the tables for empty, and would read what was left in them again and again.
        postgres.query(f"ALTER DATABASE core_suites_{side} SET enable_seqscan = off")
    for statement in RULES_OFF:
        postgres.query(statement, "core_suites_ours")
    with Step("Odoo's own suites, bare and ours at once", "1 h for all, 10 min for stock") as step, ThreadPoolExecutor(len(SIDES)) as pool:
        counts = dict.fromkeys(SIDES, 0)
        jobs = {
            side: pool.submit(_run, f"core_suites_{side}", PORT + number, chosen, _counter(step, counts, side))
            for number, side in enumerate(SIDES)
        }
        outcome = {side: job.result() for side, job in jobs.items()}
    for side in SIDES:
        databases.drop(f"core_suites_{side}")
    return report(outcome)


def report(outcome):
    """Print the difference; return 1 when ours is worse or nothing was tried.

    :param outcome: {side: (set of tests started, set of tests failed)}
    """
    for side, (started, failed) in outcome.items():
        say(f"{side}: {len(started)} tests, {len(failed)} fail")
    (bare_started, bare_failed), (ours_started, ours_failed) = outcome["bare"], outcome["ours"]
    new = ours_failed - bare_failed - ACCEPTED
    missing = bare_started - ours_started
    for test in sorted(new):
        say(f"✗ fails only with our modules: {test}")
    for test in sorted(missing)[:20]:
        say(f"✗ does not start with our modules: {test}")
    for test in sorted(ours_failed & ACCEPTED - bare_failed):
        say(f"  differs on purpose: {test}")
    if not bare_started:
        say("✗ no test was run")
    return 1 if new or missing or not bare_started else 0


def tours(module):
    """Return the tests of a module of Odoo that drive a browser, as tags: ``/stock:TestStockPickingTour.test_…``.

    A class that extends one with such tests has them too (the till's tests run once more on a telephone).
    """
    own, bases = defaultdict(set), defaultdict(set)
    for path in sorted((overlay.module_folder(module) / "tests").glob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                # Two files may hold classes of one name; a tag means both.
                bases[node.name] |= {base.id for base in node.bases if isinstance(base, ast.Name)} - {node.name}
                own[node.name] |= {
                    method.name
                    for method in node.body
                    if isinstance(method, ast.FunctionDef) and any(word in ast.get_source_segment(source, method) for word in TOURS)
                }
    return [
        f"/{module}:{name}.{method}"
        for name in sorted(own)
        for method in sorted(_inherited(name, own, bases))
        if method.startswith("test_")
    ]


def _inherited(name, own, bases):
    """Return the methods of class ``name`` and of the classes it extends."""
    return own.get(name, set()).union(*(_inherited(base, own, bases) for base in bases.get(name, ())))


def _counter(step, counts, side):
    def count():
        counts[side] += 1
        step.at(", ".join(f"{name} {number}" for name, number in counts.items()) + " tests")

    return count


def _run(database, port, chosen, count):
    """Run the chosen tests in a process of its own; return (started, failed)."""
    modules = sorted({name.partition(":")[0] for name in chosen})
    unknown = [module for module in modules if overlay.module_folder(module) is None]
    if unknown:
        raise SetupError(f"Odoo has no module {', '.join(unknown)}: give modules by their technical names, for example --core stock,sale.")
    tags = ",".join([*(f"/{name}" for name in chosen), *(f"-{tour}" for module in modules for tour in tours(module))])
    script = f"env.cr.rollback()\nfrom odoo.tests.shell import run_tests\nrun_tests(env, {tags!r}, {modules!r})\n"
    arguments = ["shell", "-d", database, f"--http-port={port}", "--max-cron-threads=0", "--log-level=info"]
    started, failed = set(), set()
    process = subprocess.Popen(
        odoo.mortal(odoo.command(*arguments)), env=odoo.environment(), cwd=layout.ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    process.stdin.write(script)
    process.stdin.close()
    with (layout.LOGS / f"{database}.log").open("w", encoding="utf-8") as file:
        for line in process.stdout:
            file.write(line)
            if found := STARTED.search(line):
                started.add(found[1])
                count()
            if found := FAILED.search(line):
                failed.add(found[1])
    process.wait()
    return started, failed
