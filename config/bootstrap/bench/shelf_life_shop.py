"""Fill a database with batches for the shelf-life benchmark: the same rows on bare Odoo and on ours.

One product gets its batches through the ORM, so that every stored column is what the modules make of it; PostgreSQL copies these rows
for the other products. A hundred thousand batches take seconds instead of many minutes. Runs inside Odoo's shell.
"""

import datetime
import json
import resource

from odoo.tools import SQL

from bootstrap.bench.pipeline import FEATURES

CATEGORY = "Bench Shelf Life"
PIECES = 10
# Not sellable from here to the end of life: what the suite's stop band does by default.
STOP_DAYS = 45
LIFE_DAYS = 1095
COSMETIC = {
    "cosmetic_kind": "ordinary",
    "item_class": "full_size",
    "registration_no": "陕G妆网备字2021000001",
    "spec": "50ml",
    "net_content": 50.0,
    "net_content_uom": "ml",
    "shelf_life_months": 36,
}


def main(env, settings):
    """Make the products and their batches, and keep them. Settings: batches, products."""
    env = as_admin(env)
    env["res.config.settings"].create(dict.fromkeys(FEATURES, True)).execute()
    products = create_products(env, settings["products"])
    create_batches(env, products, settings["batches"] // settings["products"])
    env["res.partner"].create([{"name": f"Bench {number}"} for number in range(20)])
    env.cr.commit()  # each round is a process of its own and must find these batches
    print("BENCH " + json.dumps({"megabytes": megabytes()}))


def as_admin(env):
    """Return the environment both sides are measured in."""
    return env(user=env.ref("base.user_admin"), context={"lang": "zh_CN", "tz": "Asia/Shanghai"})


def megabytes():
    """Return the most memory this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def products_of(env):
    """Return the products of the benchmark, always in the same order."""
    return env["product.product"].search([("categ_id.name", "=", CATEGORY)], order="id")


def stock_location(env):
    """Return the shelf all batches lie on."""
    return env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id


def create_products(env, count):
    """Create ``count`` storable products kept by batch, first-expiring first; cosmetics where the database knows them."""
    category = env["product.category"].create({"name": CATEGORY, "removal_strategy_id": env.ref("product_expiry.removal_fefo").id})
    fields = env["product.product"]._fields
    extra = {name: value for name, value in COSMETIC.items() if name in fields}
    if "lifecycle_stage_id" in fields:
        extra["lifecycle_stage_id"] = env.ref("cosmetics_base.lifecycle_stage_sale").id
    common = {
        "type": "consu",
        "is_storable": True,
        "tracking": "lot",
        "use_expiration_date": True,
        "removal_time": STOP_DAYS,
        "available_in_pos": True,
        "categ_id": category.id,
        "standard_price": 50,
        "taxes_id": [(5, 0, 0)],
        **extra,
    }
    return env["product.product"].create([{**common, "name": f"Bench {number:03d}", "list_price": 100 + number} for number in range(count)])


def create_batches(env, products, each):
    """Put ``each`` batches of every product on the shelf; one in twenty, at least one, is long expired and must be passed over."""
    first = products[0]
    lots = env["stock.lot"].create([batch_vals(env, first, number, each) for number in range(each)])
    location = stock_location(env)
    for lot in lots:
        env["stock.quant"]._update_available_quantity(first, location, PIECES, lot_id=lot)
    env.flush_all()
    others = products[1:].ids
    copy_rows(
        env,
        SQL("stock_lot AS t CROSS JOIN unnest(%s) AS other(product_id)", others),
        "stock_lot",
        {"product_id": SQL("other.product_id")},
        SQL("t.product_id = %s", first.id),
    )
    copy_rows(
        env,
        SQL(
            "stock_quant AS t JOIN stock_lot AS lot ON lot.id = t.lot_id"
            " JOIN stock_lot AS twin ON twin.name = lot.name AND twin.product_id = ANY(%s)",
            others,
        ),
        "stock_quant",
        {"product_id": SQL("twin.product_id"), "lot_id": SQL("twin.id")},
        SQL("t.product_id = %s", first.id),
    )
    env.invalidate_all()


def batch_vals(env, product, number, each):
    """Return the values of batch ``number`` of a product: its last usable day, on every side at the end of that day in China."""
    expired = max(1, each // 20)
    # One day apart: five hundred batches of a product have all been made by today.
    ahead = -30 - number if number < expired else 200 + number
    day = datetime.date.today() + datetime.timedelta(days=ahead)  # noqa: DTZ011 - an age, not a moment
    if "expiration_on" in env["stock.lot"]._fields:
        made = day - datetime.timedelta(days=LIFE_DAYS)
        dates = {"expiry_basis": "printed", "expiration_on": day, "production_date": made}
    else:
        dates = {"expiration_date": datetime.datetime.combine(day, datetime.time(15, 59, 59))}
    return {"name": f"B{number:05d}", "product_id": product.id, **dates}


def copy_rows(env, source, table, replaced, where):
    """Insert a copy of the rows ``t`` of ``source`` into ``table``; columns in ``replaced`` get that expression, `id` a new number."""
    columns = [column for column in table_columns(env, table) if column != "id"]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(column) for column in columns),
            SQL(", ").join(replaced.get(column) or SQL.identifier("t", column) for column in columns),
            source,
            where,
        )
    )


def table_columns(env, table):
    """Return the names of the columns of a table that a row can be given."""
    env.cr.execute(
        SQL(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position",
            table,
        )
    )
    return [name for (name,) in env.cr.fetchall()]
