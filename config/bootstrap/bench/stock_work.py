"""Measure what people ask of the stock, and the job of alerts, once, inside Odoo's shell. Settings: rounds."""

import json

from bootstrap.bench import shelf_life_shop
from bootstrap.bench.members_work import median, timed

LIST = {
    **{name: {"fields": {"display_name": {}}} for name in ("product_id", "warehouse_id")},
    **{name: {} for name in ("quantity", "free_quantity", "incoming_quantity", "near_expiry_quantity", "near_expiry_share")},
}
SUMS = ["quantity:sum", "free_quantity:sum"]
ON_HAND = [("quantity", ">", 0)]


def main(env, settings):
    """Print {what: [seconds, queries]} and what was found."""
    env = shelf_life_shop.as_admin(env)
    glance = env["cosmetics.stock.glance"].with_user(keeper(env))
    product = env["product.product"].search([("name", "=", "预测42")])
    product.barcode = "6999990099993"
    env.flush_all()
    work = {
        "list": lambda: glance.web_search_read(ON_HAND, LIST, limit=80)["records"],
        "scan": lambda: glance.web_search_read([("find", "ilike", product.barcode)], LIST, limit=80)["records"],
        "name": lambda: glance.web_search_read([*ON_HAND, ("find", "ilike", "预测4")], LIST, limit=80)["records"],
        "matrix": lambda: glance.formatted_read_group(ON_HAND, ["product_id", "warehouse_id"], SUMS),
    }
    for what, function in work.items():
        if not function():
            raise AssertionError(f"{what} finds nothing: nothing is measured")
    figures = {what: median(env, function, settings["rounds"]) for what, function in work.items()}
    alerts = env["cosmetics.stock.alert"].sudo()
    figures["alerts first"] = timed(env, alerts._look)
    env.cr.execute("ANALYZE cosmetics_stock_alert")
    figures["alerts again"] = median(env, alerts._look, settings["rounds"])
    moved = env["product.product"].search([("is_storable", "=", True)], limit=20)
    figures["alerts moved"] = median(env, lambda: alerts._look(moved), settings["rounds"])
    found = {"rows": glance.search_count([]), "batches": env["stock.lot"].search_count([]), "alerts": alerts.search_count([])}
    print("BENCH " + json.dumps({**figures, **found, "megabytes": shelf_life_shop.megabytes()}))  # noqa: T201


def keeper(env):
    """Return a keeper of all shops: rights and record rules cost, too."""
    shops = env["stock.warehouse"].search([("name", "like", "预测店")])
    stores = env["cosmetics.store"].create([{"name": shop.name, "code": shop.code, "warehouse_id": shop.id} for shop in shops])
    groups = [(6, 0, [env.ref(name).id for name in ("base.group_user", "cosmetics_inventory.group_warehouse_keeper")])]
    vals = {"name": "Bench Keeper", "login": "bench_keeper", "group_ids": groups, "store_ids": [(6, 0, stores.ids)]}
    return env["res.users"].create(vals)
