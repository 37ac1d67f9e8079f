"""Fill a database with shops, batches and a season of sales: one product made by the ORM, copies by PostgreSQL. Runs in Odoo's shell.

Settings: products, shops. Each product has three batches, which lie in every shop but here and there one; most sell, some never do, and
of some a delivery is on its way.
"""

import datetime
import json

from odoo.tools import SQL

from bootstrap.bench import forecast_shop, shelf_life_shop

# Days that batches have left: near their end, half way, fresh.
DAYS_LEFT = (75, 400, 900)
DAYS = 90


def main(env, settings):
    """Make the shops and keep them."""
    env = shelf_life_shop.as_admin(env)
    groups = [number % len(forecast_shop.forecast_demand.CATEGORIES) for number in range(settings["products"])]
    products = forecast_shop.create_products(env, settings["products"], groups)
    places = forecast_shop.create_shops(env, settings["shops"])
    create_batches(env, products)
    env.flush_all()
    for number, (location, _warehouse) in enumerate(places):
        fill_shelves(env, location, products[0], number)
        sell(env, location, number)
    order(env, products[:: max(len(products) // 50, 1)], places[0])
    env.cr.commit()  # the measuring process starts afterwards
    env.cr.execute("ANALYZE stock_move_line, stock_move, stock_quant, stock_lot, product_product, product_template")
    env.cr.commit()  # what the planner knows is for the measuring process too
    env.cr.execute("SELECT count(*) FROM stock_lot")
    print("BENCH " + json.dumps({"batches": env.cr.fetchone()[0]}))  # noqa: T201


def create_batches(env, products):
    """Give every product its batches."""
    today = datetime.date.today()  # noqa: DTZ011 - an age, not a moment
    env["stock.lot"].create(
        [
            {
                "name": f"G{days}",
                "product_id": products[0],
                "expiry_basis": "printed",
                "expiration_on": today + datetime.timedelta(days=days),
            }
            for days in DAYS_LEFT
        ]
    )
    env.flush_all()
    shelf_life_shop.copy_rows(
        env,
        SQL("stock_lot AS t CROSS JOIN unnest(%s) AS other(product_id)", products[1:]),
        "stock_lot",
        {"product_id": SQL("other.product_id")},
        SQL("t.product_id = %s", products[0]),
    )
    env.invalidate_all()


def fill_shelves(env, location, first, number):
    """Put the batches on the shelf of a shop; the first piece goes by the ORM, so that stored columns are what modules make of them."""
    lot = env["stock.lot"].search([("product_id", "=", first), ("name", "=", f"G{DAYS_LEFT[0]}")])
    env["stock.quant"]._update_available_quantity(lot.product_id, env["stock.location"].browse(location), 5, lot_id=lot)
    env.flush_all()
    shelf_life_shop.copy_rows(
        env,
        SQL("stock_quant AS t CROSS JOIN stock_lot AS lot"),
        "stock_quant",
        {
            "product_id": SQL("lot.product_id"),
            "lot_id": SQL("lot.id"),
            "quantity": SQL("1 + (lot.id * 7 + %s) %% 15", number),
            "in_date": SQL("now() - (lot.id %% 100) * INTERVAL '1 day'"),
        },
        SQL(
            "t.location_id = %s AND t.lot_id = %s AND lot.name LIKE 'G%%' AND lot.id <> t.lot_id AND (lot.id + %s) %% 11 <> 0",
            location,
            lot.id,
            number,
        ),
    )


def sell(env, location, number):
    """Sell a piece of most products every few days."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_move_line (company_id, product_id, product_uom_id, location_id, location_dest_id, quantity,
                                         quantity_product_uom, date, state)
            SELECT %(company)s, quant.product_id, template.uom_id, %(location)s, %(customers)s, 1, 1, now() - day * INTERVAL '1 day', 'done'
              FROM (SELECT DISTINCT product_id FROM stock_quant WHERE location_id = %(location)s) quant
              JOIN product_product product ON product.id = quant.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN generate_series(1, %(days)s) day ON (day + quant.product_id + %(number)s) %% (2 + quant.product_id %% 9) = 0
             WHERE quant.product_id %% 10 <> 0
            """,
            company=env.company.id,
            location=location,
            customers=env.ref("stock.stock_location_customers").id,
            days=DAYS,
            number=number,
        )
    )


def order(env, products, place):
    """Let a delivery of some products be on its way to a shop."""
    location, warehouse = place
    suppliers = env.ref("stock.stock_location_suppliers").id
    lines = [
        (0, 0, {"product_id": product, "product_uom_qty": 12, "location_id": suppliers, "location_dest_id": location})
        for product in products
    ]
    picking_type = env["stock.warehouse"].browse(warehouse).in_type_id.id
    picking = {"picking_type_id": picking_type, "location_id": suppliers, "location_dest_id": location, "move_ids": lines}
    env["stock.picking"].create(picking).action_confirm()
