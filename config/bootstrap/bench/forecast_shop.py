"""Fill a database with three years of sales: one product made by the ORM, copies of its rows by PostgreSQL. Runs in Odoo's shell.

Settings: products, shops. What sold in a week of made-up demand is one line of the history; there is stock for about two weeks.
"""

import json
from datetime import date

import numpy as np
from odoo.addons.cosmetics_inventory_forecast.tools.retail_weeks import monday_of, weeks_from
from odoo.tools import SQL
from psycopg2.extras import execute_values

from bootstrap.bench import forecast_demand, shelf_life_shop

WEEKS = 156
BATCH = 200


def main(env, settings):
    """Make the shops and keep them."""
    env = shelf_life_shop.as_admin(env)
    monday = monday_of(date.today())  # noqa: DTZ011 - the job looks back from today
    demand, groups, _products = forecast_demand.make(settings["products"], settings["shops"], WEEKS, weeks_from(monday, -1)[0])
    products = create_products(env, settings["products"], groups[:: settings["shops"]])
    places = create_shops(env, settings["shops"])
    env.flush_all()
    moments = [f"{day} 04:00:00" for day in weeks_from(monday, -WEEKS)]
    add_sales(env, demand, products, places, moments)
    env.cr.commit()  # the measuring process starts afterwards
    env.cr.execute("ANALYZE stock_move_line, stock_quant, product_product, product_template")
    env.cr.commit()  # what the planner knows is for the measuring process too
    print("BENCH " + json.dumps({"products": len(products)}))  # noqa: T201


def create_products(env, count, groups):
    """Return the ids of products of several categories and vendors."""
    categories = env["product.category"].create([{"name": name} for name in forecast_demand.CATEGORIES])
    vendors = env["res.partner"].create([{"name": f"供应商{number}", "is_company": True} for number in range(20)])
    stage = env.ref("cosmetics_base.lifecycle_stage_sale").id
    ids = []
    for start in range(0, count, BATCH):
        ids += (
            env["product.product"]
            .create(
                [
                    {
                        **shelf_life_shop.COSMETIC,
                        "name": f"预测{number}",
                        "is_storable": True,
                        "lifecycle_stage_id": stage,
                        "categ_id": categories[int(groups[number])].id,
                        "list_price": 60 + number % 400,
                        "seller_ids": [
                            (0, 0, {"partner_id": vendors[number % 20].id, "min_qty": 6, "price": 30, "delay": 7 + number % 14})
                        ],
                    }
                    for number in range(start, min(start + BATCH, count))
                ]
            )
            .ids
        )
        env.flush_all()
        env.invalidate_all()
    return ids


def create_shops(env, count):
    """Return the places where goods lie, one for each shop."""
    warehouses = env["stock.warehouse"].create([{"name": f"预测店{number}", "code": f"YC{number}"} for number in range(count)])
    return [(warehouse.lot_stock_id.id, warehouse.id) for warehouse in warehouses]


def add_sales(env, demand, products, places, moments):
    """Add the lines of the history and what lies there now."""
    customers = env.ref("stock.stock_location_customers").id
    company, unit = env.company.id, env.ref("uom.product_uom_unit").id
    shops = len(places)
    for row, series in enumerate(demand):
        product, (location, _warehouse) = products[row // shops], places[row % shops]
        lines = [
            (company, product, unit, location, customers, float(series[week]), float(series[week]), moments[week], "done")
            for week in np.flatnonzero(series)
        ]
        execute_values(
            env.cr._obj,
            "INSERT INTO stock_move_line (company_id, product_id, product_uom_id, location_id, location_dest_id, quantity,"
            " quantity_product_uom, date, state) VALUES %s",
            lines,
            page_size=1000,
        ) if lines else None
        env.cr.execute(
            SQL(
                "INSERT INTO stock_quant (product_id, location_id, company_id, quantity, reserved_quantity, in_date)"
                " VALUES (%s, %s, %s, %s, 0, now())",
                product,
                location,
                company,
                float(np.ceil(series[-8:].mean() * 2)) + 1,
            )
        )
