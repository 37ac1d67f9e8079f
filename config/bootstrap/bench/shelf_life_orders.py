"""Reserve and deliver orders once inside Odoo's shell, on batches that `shelf_life_shop` left; everything is rolled back.

Settings: orders (how many), lines (per order), together (bool: all at once, or one by one).
"""

import gc
import json
import time

from bootstrap.bench import shelf_life_shop

STEPS = ("available", "reserve", "deliver")


def main(env, settings):
    """Print what each step cost per order, and which batches went out."""
    env = shelf_life_shop.as_admin(env)
    products = shelf_life_shop.products_of(env)
    partners = env["res.partner"].search([("name", "=like", "Bench %")], order="id")
    # The first order pays for caches that every later one finds warm; it is undone, so that its batches are there again.
    with env.cr.savepoint() as savepoint:
        run(env, create_orders(env, products, partners, [0], settings["lines"]), products[:5])
        savepoint.rollback()
        env.invalidate_all()
    orders = create_orders(env, products, partners, range(settings["orders"]), settings["lines"])
    groups = [orders] if settings["together"] else list(orders)
    figures = {step: [] for step in STEPS}
    for group in groups:
        for step, cost in run(env, group, products[:20]).items():
            figures[step].append(cost)
    result = [went_out(order) for order in orders]
    print("BENCH " + json.dumps({"figures": figures, "fingerprint": result, "megabytes": shelf_life_shop.megabytes()}))
    env.cr.rollback()


def create_orders(env, products, partners, numbers, lines):
    """Create the orders ``numbers``: the products in turn, one more piece on each line."""
    orders = env["sale.order"].create(
        [
            {
                "partner_id": partners[number % len(partners)].id,
                "order_line": [
                    (0, 0, {"product_id": products[(number * lines + line) % len(products)].id, "product_uom_qty": 1 + line})
                    for line in range(lines)
                ],
            }
            for number in numbers
        ]
    )
    env.flush_all()
    env.invalidate_all()
    return orders


def run(env, orders, looked_at):
    """Take orders from quotation to delivered; return {step: (seconds, queries) per order; `available` per product looked at}."""
    costs = {}

    def measure(step, function, share):
        gc.collect()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        function()
        env.flush_all()
        costs[step] = ((time.perf_counter() - began) / share, (env.cr.sql_log_count - queries) / share)
        env.invalidate_all()

    measure("available", lambda: looked_at.mapped("free_qty"), len(looked_at))
    measure("reserve", orders.action_confirm, len(orders))
    pickings = orders.picking_ids

    def deliver():
        pickings.move_ids.picked = True
        pickings._action_done()

    measure("deliver", deliver, len(orders))
    return costs


def went_out(order):
    """Return what must be equal on both sides: the batches that left, first-expiring first, and that all of them did."""
    lines = order.picking_ids.move_line_ids
    moved = sorted((line.product_id.name, line.lot_id.name, line.quantity) for line in lines)
    return [order.picking_ids.mapped("state"), moved]
