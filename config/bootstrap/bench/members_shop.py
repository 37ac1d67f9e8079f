"""Fill a database with members and their orders: one of each through the ORM, copies of their rows by PostgreSQL. Runs in Odoo's shell.

Settings: members, orders. An order has two lines; the orders are spread over two years, and the first members have the most of them.
"""

import json

from odoo.tools import SQL

from bootstrap.bench import shelf_life_shop

LINES = 2
DAYS = 730
TIER = "cosmetics_crm.cosmetics_member_tier_basic"


def main(env, settings):
    """Make the shop and keep it."""
    env = shelf_life_shop.as_admin(env)
    members = create_members(env, settings["members"])
    create_orders(env, members, settings["orders"])
    env.cr.commit()  # the measuring process starts afterwards
    analyse(env)
    print("BENCH " + json.dumps({"members": len(members)}))  # noqa: T201


def create_members(env, count):
    """Return the ids of the members, the first one made by the ORM."""
    first = env["res.partner"].create(
        {"name": "张三丰", "phone": "13000000000", "is_member": True, "join_consent_how": "paper", "birthday": "1990-05-20"}
    )
    env.flush_all()
    base = one(env, SQL("SELECT max(id) FROM res_partner"))
    key = SQL("'+86' || (13000000000 + k)")
    initials = SQL("chr(97 + k %% 26) || chr(97 + k / 26 %% 26) || chr(97 + k / 676 %% 26)")
    replaced = {
        "id": SQL("%s + k", base),
        "commercial_partner_id": SQL("%s + k", base),
        "phone": SQL("'1' || (3000000000 + k)"),
        "member_phone": key,
        "member_phone_reversed": SQL("reverse(%s)", key),
        "member_number": SQL("'BENCH' || k"),
        "name": SQL("'会员' || k"),
        "complete_name": SQL("'会员' || k"),
        "member_initials": initials,
        "member_pinyin": initials,
        "birthday_month": SQL("1 + k %% 12"),
    }
    copy(env, "res_partner", replaced, first.id, count - 1)
    moves = {"partner_id": SQL("%s + k", base)}
    copy(env, "cosmetics_member_tier_move", moves, one(env, SQL("SELECT max(id) FROM cosmetics_member_tier_move")), count - 1)
    return range(first.id, base + count)


def create_orders(env, members, count):
    """Copy one confirmed order: its day, its member and its amount change with the number of the copy."""
    products = shelf_life_shop.create_products(env, 50)
    lines = [(0, 0, {"product_id": product.id, "product_uom_qty": 1, "price_unit": 100}) for product in products[:LINES]]
    order = env["sale.order"].create({"partner_id": members[0], "order_line": lines})
    env.flush_all()
    # Confirmed without goods, and so not by the ORM: deliveries are another benchmark's matter.
    env.cr.execute(SQL("UPDATE sale_order SET state = 'sale' WHERE id = %s", order.id))
    env.cr.execute(SQL("UPDATE sale_order_line SET state = 'sale' WHERE order_id = %s", order.id))
    base = one(env, SQL("SELECT max(id) FROM sale_order"))
    # The square root of an even spread: many orders for the first members, few for the last, some for nobody else.
    member = SQL("(%s + floor(%s * power((k %% 9973) / 9973.0, 2)))::int", members[0] + 1, len(members) - 1)
    replaced = {
        "id": SQL("%s + k", base),
        "name": SQL("'BENCH' || k"),
        "date_order": SQL("now() AT TIME ZONE 'UTC' - make_interval(days => (k::bigint * 7919 %% %s)::int)", DAYS),
        "access_token": SQL("NULL"),
        **dict.fromkeys(("partner_id", "partner_invoice_id", "partner_shipping_id"), member),
    }
    copy(env, "sale_order", replaced, order.id, count - 1)
    for place, line in enumerate(order.order_line):
        replaced = {
            "order_id": SQL("%s + k", base),
            "order_partner_id": member,
            "product_id": SQL("(%s::int[])[1 + (k + %s) %% %s]", products.ids, place, len(products)),
            "price_total": SQL("20 + (k * 31 %% 400)"),
        }
        copy(env, "sale_order_line", replaced, line.id, count - 1)


def copy(env, table, replaced, source, count):
    """Insert so many copies of a row, number ``k`` of them with these expressions, and let the table count on behind them."""
    columns = shelf_life_shop.table_columns(env, table)
    if "id" not in replaced:
        columns.remove("id")
    values = SQL(", ").join(replaced.get(column) or SQL.identifier("t", column) for column in columns)
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(columns)s) SELECT %(values)s FROM %(table)s AS t CROSS JOIN generate_series(1, %(count)s) AS k"
            " WHERE t.id = %(source)s",
            table=SQL.identifier(table),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=values,
            count=count,
            source=source,
        )
    )
    env.cr.execute(SQL("SELECT setval(%s, (SELECT max(id) FROM %s))", f"{table}_id_seq", SQL.identifier(table)))


def analyse(env):
    """Let the planner know the new rows, as autovacuum does within minutes."""
    for table in ("res_partner", "sale_order", "sale_order_line", "cosmetics_member_tier_move"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.cr.commit()  # what the planner knows is for the measuring process too


def one(env, query):
    """Return the one value a query gives."""
    env.cr.execute(query)
    return env.cr.fetchone()[0] or 0
