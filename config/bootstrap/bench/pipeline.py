"""Run the order pipeline once inside Odoo's shell and print what each step cost, as one JSON line.

Uses nothing but core fields, so that the same script runs on bare Odoo and on our database. Everything is rolled back.

Settings: orders (how many), lines (per order), products, batches (per product), together (bool: whole batch at once).
"""

import datetime
import gc
import json
import resource
import time

# What our suite switches on; bare Odoo gets the same, or the two would not do the same work.
FEATURES = (
    "group_product_pricelist",
    "group_discount_per_so_line",
    "group_stock_production_lot",
    "group_stock_multi_locations",
    "group_uom",
)
STEPS = ("create", "confirm", "deliver", "invoice", "post", "pay")


def main(env, settings):
    """Prepare the same shop in any database, run the pipeline, print the figures and a fingerprint of the results."""
    admin = env.ref("base.user_admin")
    env = env(user=admin, context={"lang": "zh_CN", "tz": "Asia/Shanghai", "tracking_disable": False})
    products, partners = prepare(env, settings["products"], settings["batches"])
    numbers = range(settings["orders"])
    groups = [list(numbers)] if settings["together"] else [[number] for number in numbers]
    # The first order pays for caches that every later one finds warm.
    run(env, products, partners, [0], settings["lines"])
    figures = {step: [] for step in STEPS}
    fingerprint = []
    for group in groups:
        costs, result = run(env, products, partners, group, settings["lines"])
        for step, cost in costs.items():
            figures[step].append(cost)
        fingerprint += result
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("BENCH " + json.dumps({"figures": figures, "fingerprint": fingerprint, "megabytes": memory}))
    env.cr.rollback()


def prepare(env, count, batches):
    """Create ``count`` products with ``batches`` batches each, expiring in different months, FEFO, and ten customers."""
    env["res.config.settings"].create(dict.fromkeys(FEATURES, True)).execute()
    category = env["product.category"].create(
        {
            "name": "Bench",
            "removal_strategy_id": env.ref("product_expiry.removal_fefo").id,
        }
    )
    tax = env.company.account_sale_tax_id
    products = env["product.product"].create(
        [
            {
                "name": f"Bench {number}",
                "type": "consu",
                "is_storable": True,
                "tracking": "lot",
                "use_expiration_date": True,
                "categ_id": category.id,
                "list_price": 100 + number,
                "standard_price": 50,
                "invoice_policy": "delivery",
                "taxes_id": [(6, 0, tax.ids)],
            }
            for number in range(count)
        ]
    )
    stock(env, products, batches)
    partners = env["res.partner"].create([{"name": f"Bench {number}"} for number in range(10)])
    env.flush_all()
    return products, partners


def stock(env, products, batches):
    """Put 1000 pieces of ``batches`` batches of each product on the shelf, each expiring a month after the one before."""
    start = datetime.datetime(2030, 1, 1)  # noqa: DTZ001 - Odoo stores naive UTC
    lots = env["stock.lot"].create(
        [
            {
                "name": f"B{product.id}-{number}",
                "product_id": product.id,
                "expiration_date": start + datetime.timedelta(days=30 * number + 1),
            }
            for product in products
            for number in range(batches)
        ]
    )
    location = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
    for lot in lots:
        env["stock.quant"]._update_available_quantity(lot.product_id, location, 1000, lot_id=lot)


def run(env, products, partners, numbers, lines):
    """Take the orders ``numbers`` through every step; return ({step: (seconds, queries) per order}, results)."""
    costs = {}

    def measure(step, function):
        gc.collect()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        value = function()
        env.flush_all()
        share = len(numbers)
        costs[step] = ((time.perf_counter() - began) / share, (env.cr.sql_log_count - queries) / share)
        env.invalidate_all()
        return value

    vals = order_vals(products, partners, numbers, lines)
    orders = measure("create", lambda: env["sale.order"].create(vals))
    measure("confirm", orders.action_confirm)
    pickings = orders.picking_ids

    def deliver():
        pickings.move_ids.picked = True
        pickings._action_done()

    measure("deliver", deliver)
    moves = measure("invoice", orders._create_invoices)
    measure("post", moves.action_post)

    def pay():
        wizard = env["account.payment.register"].with_context(active_model="account.move", active_ids=moves.ids)
        wizard.create({"group_payment": False})._create_payments()

    measure("pay", pay)
    return costs, [result(order) for order in orders]


def order_vals(products, partners, numbers, lines):
    """Return the values of the orders ``numbers``: the products in turn, one more piece on each line."""
    return [
        {
            "partner_id": partners[number % len(partners)].id,
            "order_line": [
                (0, 0, {"product_id": products[(number * lines + line) % len(products)].id, "product_uom_qty": 1 + line})
                for line in range(lines)
            ],
        }
        for number in numbers
    ]


def result(order):
    """Return what must be equal in both databases: amounts, and how many days ahead of the first batch we reserved."""
    picked = order.picking_ids.move_line_ids
    return [
        round(order.amount_total, 2),
        round(order.amount_tax, 2),
        sorted(round(line.quantity, 2) for line in picked),
        sorted(str(line.lot_id.expiration_date) for line in picked),
        order.invoice_ids.mapped("state"),
        order.invoice_ids.mapped("payment_state"),
    ]
