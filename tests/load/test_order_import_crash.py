"""Orders come in while others sell the last pieces, and the database server dies in the middle: nothing oversold, lost or double."""

import os
import signal
import time
from functools import partial

import psycopg2
import pytest
from imports import RUN, new_import, orders_of, payload, run
from processes import FORK, call, run_together, transaction

IMPORTERS, SELLERS = 4, 4
# Twelve orders of one piece each, by file and by hand, for ten pieces.
FILES, BY_HAND, PIECES = 8, 4, 10
CRASH_ORDERS = 200
# PostgreSQL syncs every file of every database before it answers again: minutes on a busy disk.
RECOVERY = 300


@pytest.fixture
def scene(database):
    """Ten pieces of a product in a warehouse of its own, a shop on a platform that sends from there, a clerk."""
    with transaction(database) as env:
        stage = env.ref("cosmetics_base.lifecycle_stage_sale")
        product = env["product.product"].create(
            {
                "name": f"Last Puffs {RUN}", "default_code": f"PUFF-{RUN}", "cosmetic_kind": "other", "item_class": "tool",
                "lifecycle_stage_id": stage.id, "is_storable": True, "tracking": "none", "list_price": 10, "standard_price": 1,
                "taxes_id": [(5, 0, 0)],
            }
        )  # fmt: skip
        warehouse = env["stock.warehouse"].create({"name": f"Puffs {RUN}", "code": f"P{RUN % 10000}"})
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, PIECES)
        shop = env["cosmetics.channel"].create(
            {
                "name": f"Puffs {RUN}", "code": f"PUFF{RUN}", "kind": "marketplace", "platform": "other",
                "warehouse_id": warehouse.id, "company_id": warehouse.company_id.id,
            }
        )  # fmt: skip
        groups = [(6, 0, [env.ref("cosmetics_sales.group_ecommerce_clerk").id])]
        user = env["res.users"].create({"name": "Puffs", "login": f"puffs_{RUN}", "group_ids": groups})
        partner = env["res.partner"].create({"name": "Puffs", "phone": "13800138000", "street": "小寨东路1号"})
        vals = {
            "partner_id": partner.id, "warehouse_id": warehouse.id,
            "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 1, "price_unit": 10})],
        }  # fmt: skip
        orders = env["sale.order"].with_user(user).create([vals] * BY_HAND)
        return {"product": product.id, "shop": shop.id, "user": user.id, "by_hand": orders.ids, "code": product.default_code}


def bring_in_and_confirm(database, scene, record, start):
    """Run an import to its end, then review and confirm what it brought, as the clerk does."""
    start.wait()
    state = run(database, scene["user"], record)
    with transaction(database) as env:
        own = env["sale.order"].search([("channel_id", "=", scene["shop"]), ("state", "=", "draft")]).ids
    problem = None
    for number in own:
        problem = call(database, scene["user"], "sale.order", "action_review_confirm", [number])[1]
    return state, problem


def confirm_by_hand(database, scene, number, start):
    start.wait()
    return call(database, scene["user"], "sale.order", "action_confirm", [number])[1]


def test_last_pieces_are_sold_once_while_files_come_in(database, scene, record_property):
    numbers = [f"P{number:03d}" for number in range(FILES)]
    records = []
    for first in range(IMPORTERS):
        # Each file holds two thirds of the orders, so that every order stands in several files.
        share = [number for place, number in enumerate(numbers) if (place + first) % 3]
        records.append(new_import(database, scene["user"], scene["shop"], share))
    with transaction(database) as env:
        for row in env["cosmetics.order.import.line"].search([("import_id", "in", records)]):
            content = payload(row.order_ref)
            content["lines"][0]["merchant_sku"] = scene["code"]
            row.payload = content
    jobs = [partial(bring_in_and_confirm, database, scene, record) for record in records]
    jobs += [partial(confirm_by_hand, database, scene, number) for number in scene["by_hand"]]
    answers = run_together(jobs)
    assert [state for state, _problem in answers[:IMPORTERS]] == ["done"] * IMPORTERS
    with transaction(database) as env:
        late = env["sale.order"].search([("channel_id", "=", scene["shop"]), ("state", "=", "draft")])
        late.with_user(scene["user"]).action_review_confirm()
        by_hand = env["sale.order"].browse(scene["by_hand"])
        by_hand.filtered(lambda order: order.state == "draft").with_user(scene["user"]).action_confirm()
    assert orders_of(database, scene["shop"]) == numbers, "each order once"
    with transaction(database) as env:
        moves = env["stock.move"].search([("product_id", "=", scene["product"]), ("state", "not in", ("cancel", "draft"))])
        quants = env["stock.quant"].search([("product_id", "=", scene["product"]), ("location_id.usage", "=", "internal")])
        reserved = sum(moves.mapped("quantity"))
        assert reserved == sum(quants.mapped("reserved_quantity")) <= sum(quants.mapped("quantity")) == PIECES
        sold = env["sale.order"].search([("order_line.product_id", "=", scene["product"])])
        assert len(sold) == FILES + BY_HAND
        unserved = sold.filtered(lambda order: order.state == "sale" and not any(order.picking_ids.move_ids.mapped("quantity")))
        served = sold.filtered(lambda order: order.state == "sale") - unserved
        assert len(served) == reserved
    record_property(
        "note", f"{IMPORTERS} importers, {SELLERS} sellers, {len(sold)} orders for {PIECES} pieces: {reserved:g} reserved, oversold 0"
    )


def bring_in(database, user, record, progress):
    """Run an import and tell after each lot which server process works for it."""
    from odoo import api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        own = api.Environment(cr, user, {})["cosmetics.order.import"].browse(record)
        model = type(own)
        chunk = model._run_chunk

        def tell(self, lines):
            over = chunk(self, lines)
            progress.put(self.env.cr._cnx.get_backend_pid())
            return over

        model._run_chunk = tell
        own._run_to_end(CRASH_ORDERS)


def wait_for_recovery(database):
    """A killed server process makes PostgreSQL end all others and replay its log; wait until it answers again."""
    from odoo import sql_db

    deadline = time.monotonic() + RECOVERY
    while True:
        sql_db.close_all()
        try:
            with transaction(database) as env:
                return env.cr.dbname
        except psycopg2.OperationalError:
            assert time.monotonic() < deadline, "PostgreSQL did not come back"
            time.sleep(0.5)


def test_database_server_killed_in_the_middle(database, clerk, channel, record_property):
    from odoo import sql_db

    numbers = [f"C{number:05d}" for number in range(CRASH_ORDERS)]
    record = new_import(database, clerk, channel, numbers)
    sql_db.close_all()
    progress = FORK.SimpleQueue()
    victim = FORK.Process(target=bring_in, args=(database, clerk, record, progress))
    victim.start()
    assert progress.get()
    os.kill(progress.get(), signal.SIGKILL)
    victim.join(RECOVERY)
    assert victim.exitcode, "the import noticed that its server is gone"
    wait_for_recovery(database)
    there = orders_of(database, channel)
    assert 0 < len(there) < CRASH_ORDERS, "it died in the middle"
    assert there == numbers[: len(there)]
    assert run(database, clerk, record) == "done"
    assert orders_of(database, channel) == numbers
    with transaction(database) as env:
        found = env["cosmetics.order.import"].browse(record)
        assert (found.new_count + found.same_count, found.bad_count, found.is_balanced) == (CRASH_ORDERS, 0, True)
    record_property("note", f"PostgreSQL killed after {len(there)} of {CRASH_ORDERS} orders: lost 0, double 0")
