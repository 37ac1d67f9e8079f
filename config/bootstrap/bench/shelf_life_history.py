"""Give a database the sales of years: one order delivered through the ORM, and copies of all its rows made by PostgreSQL.

Every table whose rows hang together (order, order lines, transfer, moves, move lines, reference, and the tables between them) is copied
``copies`` times; a foreign key to a copied row points at the copy. Each copy has its own customer and takes the next batch of the product.
Runs inside Odoo's shell. Settings: lines (how many order lines in all).
"""

import json

from odoo.tools import SQL

from bootstrap.bench import shelf_life_orders, shelf_life_shop

LINES_PER_ORDER = 5
CUSTOMERS = 2000
TABLES = ("sale_order", "sale_order_line", "stock_reference", "stock_picking", "stock_move", "stock_move_line")
# Columns with a name that must be unique, and columns with the customer.
NAMED = {("sale_order", "name"), ("stock_picking", "name")}
PARTNERS = {"partner_id", "partner_invoice_id", "partner_shipping_id", "order_partner_id"}


def main(env, settings):
    """Make the history and keep it; print how many lines there are."""
    env = shelf_life_shop.as_admin(env)
    products = shelf_life_shop.products_of(env)[:LINES_PER_ORDER]
    partners = env["res.partner"].create([{"name": f"Bench Customer {number}"} for number in range(CUSTOMERS)])
    order = shelf_life_orders.create_orders(env, products, partners, [0], LINES_PER_ORDER)
    shelf_life_orders.run(env, order, products)
    env.flush_all()
    rows = rows_of(order)
    copies = settings["lines"] // LINES_PER_ORDER - 1
    Copier(env, rows, copies, partners, batches_of(env, products)).run()
    env.cr.execute("SELECT count(*) FROM stock_move_line")
    print("BENCH " + json.dumps({"lines": env.cr.fetchone()[0], "megabytes": shelf_life_shop.megabytes()}))
    env.cr.commit()  # the measuring processes start afterwards and must find this history


def rows_of(order):
    """Return {table: ids} of the rows an order consists of once it is delivered."""
    moves = order.picking_ids.move_ids
    records = {
        "sale_order": order,
        "sale_order_line": order.order_line,
        "stock_reference": moves.reference_ids,
        "stock_picking": order.picking_ids,
        "stock_move": moves,
        "stock_move_line": moves.move_line_ids,
    }
    return {table: sorted(found.ids) for table, found in records.items()}


def batches_of(env, products):
    """Return {product id: ids of its batches}."""
    lots = env["stock.lot"].search([("product_id", "in", products.ids)], order="id")
    return {product.id: lots.filtered(lambda lot, product=product: lot.product_id == product).ids for product in products}


class Copier:
    """Copies a set of rows that refer to each other; ``k`` is the number of the copy in every expression."""

    def __init__(self, env, rows, copies, partners, batches):
        self.env = env
        self.rows = {table: ids for table, ids in rows.items() if ids}
        self.copies = copies
        self.partners = partners.ids
        self.batches = batches
        self.base = {table: self._one(SQL("SELECT max(id) FROM %s", SQL.identifier(table))) for table in self.rows}

    def run(self):
        """Insert the copies, then let each table count on behind them."""
        for table in TABLES:
            if table in self.rows:
                self._copy(table, SQL("t.id = ANY(%s)", self.rows[table]))
        for table, columns in self._links().items():
            own = SQL(" AND ").join(SQL("%s = ANY(%s)", SQL.identifier("t", name), self.rows[other]) for name, other in columns.items())
            self._copy(table, own)
        for table in self.rows:
            self.env.cr.execute(SQL("SELECT setval(%s, (SELECT max(id) FROM %s))", f"{table}_id_seq", SQL.identifier(table)))

    def _copy(self, table, where):
        columns = shelf_life_shop.table_columns(self.env, table)
        foreign = self._foreign_keys(table)
        values = [self._value(table, column, foreign.get(column)) for column in columns]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s AS t CROSS JOIN generate_series(1, %s) AS k WHERE %s",
                SQL.identifier(table),
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL(", ").join(values),
                SQL.identifier(table),
                self.copies,
                where,
            )
        )

    def _value(self, table, column, target):
        value = SQL.identifier("t", column)
        if column == "id":
            return self._copy_of(table, value)
        if target in self.rows:
            return self._copy_of(target, value)
        if column in PARTNERS:
            partner = SQL("(%s::int[])[1 + k %% %s]", self.partners, len(self.partners))
            return SQL("CASE WHEN %s IS NULL THEN NULL ELSE %s END", value, partner)
        if (table, column) == ("stock_move_line", "lot_id"):
            branches = [SQL("WHEN %s THEN (%s::int[])[1 + k %% %s]", key, ids, len(ids)) for key, ids in self.batches.items()]
            return SQL("CASE t.product_id %s END", SQL(" ").join(branches))
        return SQL("%s || '-' || k", value) if (table, column) in NAMED else value

    def _copy_of(self, table, value):
        """Return the id of copy ``k`` of the row ``value``: the copies of a table stand one after the other behind what was there."""
        ids = self.rows[table]
        branches = [
            SQL("WHEN %s THEN %s + (k - 1) * %s", old, self.base[table] + place, len(ids)) for place, old in enumerate(ids, start=1)
        ]
        return SQL("CASE %s %s ELSE %s END", value, SQL(" ").join(branches), value)

    def _foreign_keys(self, table):
        """Return {column: table it refers to}."""
        self.env.cr.execute(
            SQL(
                "SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c"
                " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
                " WHERE c.contype = 'f' AND c.conrelid = %s::regclass",
                table,
            )
        )
        return dict(self.env.cr.fetchall())

    def _links(self):
        """Return {table without id: {column: copied table}} of the tables between two copied ones that hold such a row."""
        self.env.cr.execute(
            SQL(
                "SELECT conrelid::regclass::text, count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid::regclass::text = ANY(%s)"
                " GROUP BY conrelid HAVING count(*) = 2",
                list(self.rows),
            )
        )
        found = {table: self._foreign_keys(table) for table, _count in self.env.cr.fetchall() if table not in self.rows}
        return {
            table: keys
            for table, keys in found.items()
            if "id" not in shelf_life_shop.table_columns(self.env, table) and all(other in self.rows for other in keys.values())
        }

    def _one(self, query):
        self.env.cr.execute(query)
        return self.env.cr.fetchone()[0] or 0
