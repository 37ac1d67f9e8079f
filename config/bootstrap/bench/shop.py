"""Take the orders of a shop from quotation to payment once, inside Odoo's shell: one JSON line of figures.

Bare Odoo goes the plain way, one order after the other: create, `action_confirm()`, validate, invoice, post, pay, each by itself.
Ours gets the same orders as a file of a platform, which is dropped, recognised, read, previewed and imported by the background job, and
takes them on in chunks through the ways for many. Both leave the same rows: the same customer and lines, one transfer, one invoice and one
payment for each order, the same batches, the same amounts.

Each order, and each chunk of ours, is committed as a click is: what a transaction leaves to its end is paid for here too, and nobody finds
the leftovers of fifty clicks before. The databases are made anew for each round.

Settings: orders, compared (how many of them go into the fingerprint), lines (per order), products, batches (per product),
pieces (per batch), chunk (orders taken together; 1: one by one), by_file (bool: the orders come in as a file).
"""

import gc
import json
import time

from odoo.tools import SQL, split_every

from bootstrap.bench import order_file, pipeline, shelf_life_shop

CUSTOMERS = 10
# What the steps add rows to.
GROWING = (
    "sale_order", "sale_order_line", "stock_picking", "stock_move", "stock_move_line", "stock_quant", "account_move", "account_move_line",
    "account_payment", "account_partial_reconcile", "account_full_reconcile", "mail_message", "mail_followers",
)  # fmt: skip


def main(env, settings):
    """Print what each step cost per order, memory, and a fingerprint of the orders that both sides take."""
    env = shelf_life_shop.as_admin(env)
    products, partners = prepare(env, settings)
    # The first order pays for caches that every later one finds warm.
    run(env, products, partners, [0], {**settings, "chunk": 1})
    figures, orders = run(env, products, partners, range(1, settings["orders"] + 1), settings)
    fingerprint = [result(order) for order in orders[: settings["compared"]]]
    print("BENCH " + json.dumps({"figures": figures, "fingerprint": fingerprint, "megabytes": shelf_life_shop.megabytes()}))  # noqa: T201


def prepare(env, settings):
    """Create cosmetics with batches, first-expiring first, and customers: the same goods in any database."""
    env["res.config.settings"].create(dict.fromkeys(pipeline.FEATURES, True)).execute()
    products = shelf_life_shop.create_products(env, settings["products"])
    products.write({"taxes_id": [(6, 0, env.company.account_sale_tax_id.ids)], "invoice_policy": "delivery"})
    for product in products:
        product.default_code = product.name
    each = settings["batches"]
    # A month apart, none expired: numbers below `each // 20` would be.
    numbers = [each + 30 * number for number in range(each)]
    lots = env["stock.lot"].create([shelf_life_shop.batch_vals(env, product, number, each) for product in products for number in numbers])
    # Small batches: orders in the middle reach into the next one.
    pieces = settings["pieces"]
    location = shelf_life_shop.stock_location(env)
    for lot in lots:
        env["stock.quant"]._update_available_quantity(lot.product_id, location, pieces, lot_id=lot)
    partners = env["res.partner"].create([{"name": f"客户{number}", "phone": f"1391234567{number}"} for number in range(CUSTOMERS)])
    env.flush_all()
    return products, partners


def run(env, products, partners, numbers, settings):
    """Take all orders through one step after the other, in chunks; return ({step: [(seconds, queries) per order]}, orders).

    A chunk is what one click or one turn of a queue does: it starts without cache and ends committed. A file is one chunk, whatever it
    holds.
    """
    figures = {}

    def measure(step, model, ids, function, size=settings["chunk"]):
        spent, made = [0.0, 0], []
        for chunk in split_every(size, ids):
            gc.collect()
            env.invalidate_all()
            queries, began = env.cr.sql_log_count, time.perf_counter()
            done = function(model.browse(chunk) if model is not None else chunk)
            env.cr.commit()
            spent[0] += time.perf_counter() - began
            spent[1] += env.cr.sql_log_count - queries
            made += done.ids
            if size > 1:
                count_rows(env)
        count_rows(env)
        figures[step] = [[part / len(numbers) for part in spent]]
        return made

    order_model, move_model = env["sale.order"], env["account.move"]
    values = pipeline.order_vals(products, partners, numbers, settings["lines"])
    if settings["by_file"]:
        raw = order_file.file_of(products, partners, numbers, values)
        ids = measure("take in", None, [raw], lambda files: order_file.take_in(env, [*files]), size=1)
    else:
        ids = measure("take in", None, values, lambda vals: order_model.create([*vals]))
    measure("confirm", order_model, ids, confirm)
    measure("deliver", env["stock.picking"], order_model.browse(ids).picking_ids.ids, deliver)
    invoices = measure("invoice", order_model, ids, lambda orders: orders._create_invoices(grouped=True))
    measure("post", move_model, invoices, post)
    measure("pay", move_model, invoices, pay)
    return figures, order_model.browse(ids)


def count_rows(env):
    """Let PostgreSQL count the rows again, as autovacuum has done in a shop that has been open for a while.

    Here tables grow a hundredfold in a minute: the planner takes one that was empty at first for a small one, and reads it whole.
    """
    env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(map(SQL.identifier, GROWING))))


def confirm(orders):
    """Confirm one order as its button does, many by our way for many; none may be refused."""
    if len(orders) == 1:
        orders.action_confirm()
        return orders
    _done, refused = orders._confirm_in_bulk()
    if refused:
        raise RuntimeError(f"orders were refused: {[*refused.values()][:3]}")
    return orders


def deliver(pickings):
    """Ship what is reserved, as the button does once its questions are answered."""
    pickings.move_ids.picked = True
    pickings._action_done()
    return pickings


def post(moves):
    """Post invoices."""
    moves.action_post()
    return moves


def pay(moves):
    """Register one payment for each invoice."""
    register = moves.env["account.payment.register"].with_context(active_model="account.move", active_ids=moves.ids)
    return register.create({"group_payment": False})._create_payments()


def result(order):
    """Return what must be equal on both sides, for one order."""
    picked = order.picking_ids.move_line_ids
    payments = order.invoice_ids.matched_payment_ids
    return [
        [order.partner_id.name, round(order.amount_total, 2), round(order.amount_tax, 2), order.state],
        sorted([line.product_id.name, round(line.product_uom_qty, 2), round(line.price_total, 2)] for line in order.order_line),
        sorted([line.product_id.name, line.lot_id.name, round(line.quantity, 2)] for line in picked),
        order.picking_ids.mapped("state"),
        sorted([move.state, move.payment_state, round(move.amount_total, 2), round(move.amount_residual, 2)] for move in order.invoice_ids),
        sorted([payment.state, round(payment.amount, 2)] for payment in payments),
    ]
