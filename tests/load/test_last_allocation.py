"""Four people confirm orders for the last pieces of two warehouses at once: nothing oversold, no order waits silently, none out of turn.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

from dataclasses import dataclass
from functools import partial

import pytest
from processes import call, run_together, transaction

USERS = 4
ORDERS = 6
PIECES = 2
# 4 × 6 orders of 2 ask for 48 of 24.
STOCK = 12
GROUPS = ("cosmetics_sales.group_ecommerce_clerk",)


@dataclass(frozen=True)
class Scene:
    """Ids of what the test works on; ids cross processes, records do not."""

    database: str
    product: int
    channel: int
    customer: int
    users: tuple


@pytest.fixture
def scene(database):
    """A product of which two warehouses have the last pieces, a channel with a rule of its own, and four clerks."""
    with transaction(database) as env:
        stage = env.ref("cosmetics_base.lifecycle_stage_sale")
        product = env["product.product"].create(
            {
                "name": "Last Brushes", "cosmetic_kind": "other", "item_class": "tool", "lifecycle_stage_id": stage.id,
                "is_storable": True, "tracking": "none", "list_price": 100, "standard_price": 1, "taxes_id": [(5, 0, 0)],
            }
        )  # fmt: skip
        count = env["stock.warehouse"].with_context(active_test=False).search_count([])
        warehouses = env["stock.warehouse"].create(
            [{"name": f"Load {count + number}", "code": f"L{count + number}"} for number in range(2)]
        )
        for warehouse in warehouses:
            env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, STOCK)
        channel = env["cosmetics.channel"].create({"name": f"Load {count}", "code": f"LOAD{count}", "kind": "wholesale", "sequence": 999})
        env["cosmetics.allocation.rule"].create(
            {
                "name": "Load", "sequence": 0, "channel_ids": [(6, 0, channel.ids)], "candidates": "listed", "max_parcels": 2,
                "place_ids": [(0, 0, {"warehouse_id": warehouse.id}) for warehouse in warehouses],
            }
        )  # fmt: skip
        groups = [env.ref(group).id for group in GROUPS]
        users = env["res.users"].create(
            [{"name": f"Load {count}.{n}", "login": f"load_alloc_{count}_{n}", "group_ids": [(6, 0, groups)]} for n in range(USERS)]
        )
        customer = env["res.partner"].create({"name": "Load Customer", "phone": "13800138000", "street": "小寨东路1号"})
        return Scene(database, product.id, channel.id, customer.id, tuple(users.ids))


def sell(scene, uid, start):
    """Write and confirm one order after the other, as the button does; return the ids of the orders and what the person was told."""
    start.wait()
    orders = []
    for _number in range(ORDERS):
        line = {"product_id": scene.product, "product_uom_qty": PIECES}
        vals = {"partner_id": scene.customer, "channel_id": scene.channel, "order_line": [(0, 0, line)]}
        number, told = call(scene.database, uid, "sale.order", "create", vals)
        if told is None:
            _answer, told = call(scene.database, uid, "sale.order", "action_confirm", [number])
        orders.append((number, told))
    return orders


def test_four_people_allocate_the_last_pieces_and_none_is_given_twice(scene, record_property):
    outcomes = [outcome for person in run_together([partial(sell, scene, uid) for uid in scene.users]) for outcome in person]
    conflicts = [told for _number, told in outcomes if told]
    assert all(told.startswith("conflict") for told in conflicts), conflicts
    with transaction(scene.database) as env:
        orders = env["sale.order"].browse([number for number, _told in outcomes if number])
        env["sale.order"].browse(orders.ids)._reallocate()
        quants = env["stock.quant"].search([("product_id", "=", scene.product), ("location_id.usage", "=", "internal")])
        confirmed = orders.filtered(lambda order: order.state == "sale")
        moves = confirmed.picking_ids.move_ids.filtered(lambda move: move.state != "cancel")
        served = confirmed.filtered(lambda order: sum(order.order_line.move_ids.mapped("quantity")) == PIECES)
        record_property("note", f"last pieces: {len(outcomes)} orders, {len(served)} served, {len(conflicts)} gave up after conflicts")
        assert sum(quants.mapped("quantity")) == 2 * STOCK
        for place in quants.location_id:  # core may keep a shelf in two rows that it joins later: the sum is what counts
            shelf = quants.filtered(lambda quant, place=place: quant.location_id == place)
            assert 0 <= sum(shelf.mapped("reserved_quantity")) <= sum(shelf.mapped("quantity")), place.complete_name
        assert sum(moves.mapped("quantity")) == sum(quants.mapped("reserved_quantity")) <= 2 * STOCK, "oversold"
        assert served, "the goods do get sold"
        silent = (orders - served).filtered(lambda order: order.allocation_state != "none" and not order.is_goods_short)
        assert not silent.filtered(lambda order: order.state == "sale"), "an order waits and nobody knows"
        assert all(order.allocation_note and order.activity_ids for order in orders.filtered("is_goods_short"))
        asked = orders - env["sale.order"].browse([number for number, told in outcomes if told])
        assert set(asked.mapped("state")) <= {"sale", "draft"}
        assert all(order.is_confirm_requested for order in asked if order.state == "draft"), "an order is neither confirmed nor kept"


def look_again(scene, start):
    """Run the job that looks for missing goods, twice, as its own process does; return what it was told."""
    start.wait()
    told = []
    for _number in range(2):
        with transaction(scene.database) as env:
            ids = env["sale.order"]._get_orders_to_reallocate().filtered(lambda order: order.channel_id.id == scene.channel).ids
        for number in ids:
            told.append(attempt(scene, number))
    return [sentence for sentence in told if sentence]


def attempt(scene, number):
    """Allocate one order again; return what stopped it, None when nothing did."""
    from odoo.exceptions import UserError
    from psycopg2 import OperationalError

    try:
        with transaction(scene.database) as env:
            env["sale.order"].browse(number)._reallocate()
    except (OperationalError, UserError) as problem:
        return str(problem)
    return None


def test_orders_that_wait_are_served_before_whoever_comes_while_their_goods_are_put_on_the_shelf(scene, record_property):
    with transaction(scene.database) as env:
        env["stock.quant"].search([("product_id", "=", scene.product)]).sudo().unlink()
    waiting = []
    for number in range(STOCK // PIECES):  # all of the goods that will come in are theirs
        line = {"product_id": scene.product, "product_uom_qty": PIECES}
        vals = {"partner_id": scene.customer, "channel_id": scene.channel, "order_line": [(0, 0, line)]}
        order, told = call(scene.database, scene.users[number % USERS], "sale.order", "create", vals)
        assert told is None, told
        _answer, told = call(scene.database, scene.users[number % USERS], "sale.order", "action_confirm", [order])
        assert told is None, told
        waiting.append(order)
    with transaction(scene.database) as env:
        place = env["cosmetics.allocation.rule"].search([("channel_ids", "in", scene.channel)]).place_ids[0].warehouse_id
        env["stock.quant"]._update_available_quantity(env["product.product"].browse(scene.product), place.lot_stock_id, STOCK)
    *sold, stopped = run_together([*(partial(sell, scene, uid) for uid in scene.users), partial(look_again, scene)])
    outcomes = [outcome for person in sold for outcome in person]
    conflicts = [told for _number, told in outcomes if told]
    assert all(told.startswith("conflict") for told in conflicts), conflicts
    with transaction(scene.database) as env:
        early = env["sale.order"].browse(waiting)
        late = env["sale.order"].browse([number for number, _told in outcomes if number])
        overtook = late.filtered(lambda order: order.state == "sale" and sum(order.order_line.move_ids.mapped("quantity")))
        record_property(
            "note", f"turns: {len(early)} waited, {len(late)} came later, {len(overtook)} overtook, {len(stopped)} conflicts of the job"
        )
        assert not overtook, overtook.mapped("name")
        early.filtered(lambda order: order.state != "sale")._reallocate()
        assert set(early.mapped("state")) == {"sale"}
        assert sum(early.order_line.move_ids.mapped("quantity")) == STOCK
        told = late.filtered("is_goods_short")
        assert told and all(order.allocation_note for order in told)
