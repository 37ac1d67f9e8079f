"""Send paid till orders once, one call each as the client does, inside Odoo's shell; everything is rolled back.

Settings: orders (how many), lines (per order).
"""

import gc
import json
import time
from uuid import uuid4

from bootstrap.bench import shelf_life_shop


def main(env, settings):
    """Print what a till order cost, and which batches went out."""
    env = shelf_life_shop.as_admin(env)
    products = shelf_life_shop.products_of(env)
    session, method = open_till(env)
    batches = first_batches(env, products)
    figures, result = [], []
    for number in range(settings["orders"] + 1):
        chosen = [products[(number * settings["lines"] + line) % len(products)] for line in range(settings["lines"])]
        order = prepare_order(env, session, method, [(product, batches[product]) for product in chosen])
        gc.collect()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        env["pos.order"].sync_from_ui([order])
        env.flush_all()
        cost = (time.perf_counter() - began, env.cr.sql_log_count - queries)
        env.invalidate_all()
        # The first one pays for the caches.
        if number:
            figures.append(cost)
            result.append(went_out(env, order))
    print("BENCH " + json.dumps({"figures": {"till": figures}, "fingerprint": result, "megabytes": shelf_life_shop.megabytes()}))
    env.cr.rollback()


def open_till(env):
    """Return (open session, method of payment) of a new till on the warehouse that holds the batches."""
    journal = env["account.journal"].create({"name": "Bench", "code": "BNCH", "type": "bank"})
    method = env["pos.payment.method"].create({"name": "Bench Card", "journal_id": journal.id})
    till = env["pos.config"].create({"name": "Bench Till", "payment_method_ids": [(6, 0, method.ids)]})
    till.open_ui()
    till.current_session_id.set_opening_control(0, "")
    env.flush_all()
    return till.current_session_id, method


def first_batches(env, products):
    """Return {product: name of the batch a clerk takes: the first-expiring one that is not stopped}."""
    now = env.cr.now()
    lots = env["stock.lot"].search([("product_id", "in", products.ids), ("removal_date", ">", now)], order="removal_date desc")
    return {lot.product_id: lot.name for lot in lots}


def prepare_order(env, session, method, goods):
    """Return a paid order of one piece each, as the till's client sends it."""
    total = sum(product.lst_price for product, _batch in goods)
    lines = [
        {
            "uuid": str(uuid4()),
            "product_id": product.id,
            "qty": 1,
            "price_unit": product.lst_price,
            "discount": 0,
            "price_subtotal": product.lst_price,
            "price_subtotal_incl": product.lst_price,
            "tax_ids": [(6, 0, [])],
            "pack_lot_ids": [(0, 0, {"lot_name": batch})],
        }
        for product, batch in goods
    ]
    return {
        "uuid": str(uuid4()),
        "access_token": str(uuid4()),
        "state": "paid",
        "session_id": session.id,
        "user_id": env.uid,
        "company_id": env.company.id,
        "partner_id": False,
        "pricelist_id": False,
        "fiscal_position_id": False,
        "date_order": env.cr.now().strftime("%Y-%m-%d %H:%M:%S"),
        "amount_total": total,
        "amount_paid": total,
        "amount_tax": 0,
        "amount_return": 0,
        "to_invoice": False,
        "lines": [(0, 0, line) for line in lines],
        "payment_ids": [(0, 0, {"uuid": str(uuid4()), "amount": total, "payment_method_id": method.id})],
    }


def went_out(env, order):
    """Return what must be equal on both sides: state, and the batches that left the shop."""
    found = env["pos.order"].search([("uuid", "=", order["uuid"])])
    lines = found.picking_ids.move_line_ids
    moved = sorted((line.product_id.name, line.lot_id.name, line.quantity) for line in lines)
    return [found.state, found.amount_paid, found.picking_ids.mapped("state"), moved]
