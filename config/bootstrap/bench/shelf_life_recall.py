"""Freeze one batch and list its buyers, inside Odoo's shell on a database that has a long history; everything is rolled back."""

import gc
import json
import time

from odoo.tools import SQL

from bootstrap.bench import shelf_life_history, shelf_life_shop


def main(env, settings):
    """Print seconds and queries of freezing and of listing, and how many sales were found against how many there are."""
    env = shelf_life_shop.as_admin(env)
    product = shelf_life_shop.products_of(env)[shelf_life_history.LINES_PER_ORDER - 1]
    lot = env["stock.lot"].search([("product_id", "=", product.id), ("expiration_on", ">", "2000-01-01")], order="id desc", limit=1)
    env.cr.execute(
        SQL(
            "SELECT count(*), sum(line.quantity_product_uom) FROM stock_move_line line"
            " JOIN stock_location place ON place.id = line.location_dest_id"
            " WHERE line.lot_id = %s AND line.state = 'done' AND place.usage = 'customer'",
            lot.id,
        )
    )
    sold = env.cr.fetchone()
    recall = env["cosmetics.recall"].create({"reason": "Bench", "recall_lot_ids": [(0, 0, {"lot_id": lot.id})]})
    env.flush_all()
    figures = {}
    for step in ("freeze", "list"):
        gc.collect()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        recall.action_freeze() if step == "freeze" else recall.action_refresh_buyers()
        env.flush_all()
        figures[step] = (time.perf_counter() - began, env.cr.sql_log_count - queries)
        env.invalidate_all()
    found = [len(recall.line_ids), sum(recall.line_ids.mapped("quantity"))]
    state = {"frozen": recall.state, "lot": lot.quality_state}
    result = {"figures": figures, "sold": [sold[0], float(sold[1] or 0)], "found": found, "state": state}
    print("BENCH " + json.dumps({**result, "megabytes": shelf_life_shop.megabytes()}))
    env.cr.rollback()
