"""Eight people sell and ship the last batches at once, and a recall comes in between: nothing oversold, no batch negative.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pytest
from processes import FORK, call, now, run_together, transaction

USERS = 8
ORDERS = 3
BATCHES = {"L1": 12, "L2": 12, "L3": 12}
# 8 × 3 orders of 2 ask for 48 of 36.
PIECES = 2
HELD_SECONDS = 1.5
GROUPS = ("cosmetics_inventory.group_warehouse_keeper", "cosmetics_base.group_all_stores", "cosmetics_sales.group_salesperson")
LINES = """
    SELECT lot.name, sum(line.quantity_product_uom) FROM stock_move_line line
      JOIN stock_lot lot ON lot.id = line.lot_id JOIN stock_location place ON place.id = line.location_dest_id
     WHERE line.product_id = %s AND line.state = 'done' AND place.usage = 'customer' GROUP BY 1
"""
QUANTS = """
    SELECT lot.name, sum(quant.quantity), sum(quant.reserved_quantity), min(quant.quantity) FROM stock_quant quant
      JOIN stock_lot lot ON lot.id = quant.lot_id JOIN stock_location place ON place.id = quant.location_id
     WHERE quant.product_id = %s AND place.usage = 'internal' GROUP BY 1
"""


@dataclass(frozen=True)
class Shop:
    """Ids of what a test works on; ids cross processes, records do not."""

    database: str
    product: int
    customer: int
    users: tuple
    quality: int
    lots: dict

    def rows(self, query):
        """Return {batch: the other columns} of a query about the product."""
        with transaction(self.database) as env:
            env.cr.execute(query, (self.product,))
            return {name: tuple(float(value) for value in values) for name, *values in env.cr.fetchall()}


@pytest.fixture
def shop(database, request):
    """A product of its own for each test, with three last batches, and people who may sell and ship."""
    with transaction(database) as env:
        stage = env.ref("cosmetics_base.lifecycle_stage_sale")
        template = env["product.template"].create(
            {
                "name": request.node.name, "cosmetic_kind": "ordinary", "item_class": "full_size", "lifecycle_stage_id": stage.id,
                "registration_no": "陕G妆网备字2021000001", "spec": "50ml", "net_content": 50, "net_content_uom": "ml",
                "shelf_life_months": 36, "is_storable": True, "list_price": 100, "taxes_id": [(5, 0, 0)],
            }
        )  # fmt: skip
        product = template.product_variant_id
        place = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
        lots = {}
        for number, (name, quantity) in enumerate(BATCHES.items()):
            expires_on = date.today() + timedelta(days=300 + number)  # noqa: DTZ011 - far enough from any midnight
            lot = env["stock.lot"].create({"name": name, "product_id": product.id, "expiry_basis": "printed", "expiration_on": expires_on})
            env["stock.quant"]._update_available_quantity(product, place, quantity, lot_id=lot)
            lots[name] = lot.id
        people = [_user(env, f"{request.node.name}_{number}", GROUPS) for number in range(USERS)]
        quality = _user(env, f"{request.node.name}_quality", ("cosmetics_inventory.group_quality_manager",))
        customer = env["res.partner"].create({"name": "Load Customer"}).id
        return Shop(database, product.id, customer, tuple(people), quality, lots)


def _user(env, login, groups):
    return env["res.users"].create({"name": login, "login": login, "group_ids": [(6, 0, [env.ref(group).id for group in groups])]}).id


def order(shop, uid):
    """Write and confirm an order; return (id of the delivery, None) or (None, what the person is told)."""
    line = {"product_id": shop.product, "product_uom_qty": PIECES}
    number, told = call(shop.database, uid, "sale.order", "create", {"partner_id": shop.customer, "order_line": [(0, 0, line)]})
    if told is None:
        _answer, told = call(shop.database, uid, "sale.order", "action_confirm", [number])
    if told is not None:
        return None, told
    found, told = call(shop.database, uid, "stock.picking", "search", [("sale_id", "=", number)])
    return (found[0], None) if found else (None, told or "no delivery")


def ship(shop, uid, picking):
    """Ship a delivery; return None when it is done, else what the person is told."""
    context = {"skip_expired": True, "skip_backorder": True}
    _answer, told = call(shop.database, uid, "stock.picking", "button_validate", [picking], context=context)
    state, _told = call(shop.database, uid, "stock.picking", "read", [picking], ["state"])
    if told is None and state[0]["state"] != "done":
        return f"still {state[0]['state']}"
    return told


def sell_and_ship(shop, uid, start):
    """Sell and ship one order after the other, all people beginning together; return what became of each."""
    start.wait()
    outcomes = []
    for _number in range(ORDERS):
        picking, told = order(shop, uid)
        if picking:
            told = ship(shop, uid, picking)
        outcomes.append(told)
    return outcomes


def test_eight_people_sell_the_last_batches_and_nothing_is_oversold(shop, record_property):
    """More is asked for than there is. Each order is delivered whole, or somebody is told why not."""
    outcomes = [told for person in run_together([partial(sell_and_ship, shop, uid) for uid in shop.users]) for told in person]
    shipped = outcomes.count(None)
    conflicts = sum(1 for told in outcomes if told and told.startswith("conflict"))
    record_property("note", f"last batches: {len(outcomes)} orders at once, {shipped} shipped, {conflicts} gave up after five conflicts")
    gone = {name: quantity for name, (quantity,) in shop.rows(LINES).items()}
    left = shop.rows(QUANTS)
    assert len(outcomes) == USERS * ORDERS
    assert sum(gone.values()) == shipped * PIECES, "what was reported as delivered, and nothing else, has left"
    for name, quantity in BATCHES.items():
        on_hand, reserved, lowest = left.get(name, (0.0, 0.0, 0.0))
        assert gone.get(name, 0.0) + on_hand == quantity, f"{name}: {gone.get(name)} gone and {on_hand} left of {quantity}"
        assert lowest >= 0
        assert 0 <= reserved <= on_hand
    assert shipped * PIECES >= sum(BATCHES.values()) // 2, f"the goods do get sold: {outcomes}"
    assert any(outcomes), "there was not enough for all"


def freeze_slowly(shop, lot, frozen, start):
    """Recall a batch, keep the transaction open for a while, then commit; return when the commit began."""
    from odoo import api
    from odoo.modules.registry import Registry

    start.wait()
    with Registry(shop.database).cursor() as cr:
        env = api.Environment(cr, shop.quality, {})
        recall = env["cosmetics.recall"].create({"reason": "Load test", "recall_lot_ids": [(0, 0, {"lot_id": lot})]})
        recall.action_freeze()
        env.flush_all()
        frozen.set()
        # Deliveries that start now do not see the recall yet.
        frozen.sleep(HELD_SECONDS)
        return now()


class Signal:
    """An event that processes share, and a pause that ends early when nobody needs it."""

    def __init__(self):
        self._event = FORK.Event()
        self._never = FORK.Event()
        self.set, self.wait = self._event.set, self._event.wait

    def sleep(self, seconds):
        """Do nothing for a while."""
        self._never.wait(seconds)


def ship_by_hand(env, picking, lot):
    """Write a batch on a delivery, whatever is reserved there by now, and ship it: the goods are in the keeper's hands."""
    move = env["stock.picking"].browse(picking).move_ids
    move.move_line_ids.unlink()
    env["stock.move.line"].create(
        {
            "move_id": move.id, "picking_id": picking, "product_id": move.product_id.id, "product_uom_id": move.product_uom.id,
            "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id, "lot_id": lot, "quantity": PIECES,
            "picked": True, "fefo_reason": "Load test",
        }
    )  # fmt: skip
    move.picking_id.with_context(skip_expired=True, skip_backorder=True).button_validate()


def ship_when(shop, uid, picking, frozen, start):
    """Ship as soon as the recall is written but not committed; return (what the person is told, when it was over)."""
    start.wait()
    assert frozen.wait(60)
    return insist(shop, uid, picking), now()


def insist(shop, uid, picking, before=None):
    """Ship a piece of the first batch by hand, starting over after a conflict as Odoo does; return what the person is told.

    :param before: called in the open transaction before anything is shipped
    """
    from odoo import api
    from odoo.exceptions import UserError
    from odoo.modules.registry import Registry
    from odoo.service.model import retrying
    from psycopg2 import OperationalError

    with Registry(shop.database).cursor() as cr:
        env = api.Environment(cr, uid, {})
        if before:
            before(env)
        try:
            retrying(partial(ship_by_hand, env, picking, shop.lots["L1"]), env)
        except (UserError, OperationalError) as refusal:
            cr.rollback()
            return str(refusal)
    return None


def reserved_deliveries(shop):
    """Return one delivery for each person, all reserved on the first batch."""
    deliveries = [order(shop, uid)[0] for uid in shop.users[: BATCHES["L1"] // PIECES]]
    with transaction(shop.database) as env:
        pickings = env["stock.picking"].browse(deliveries)
        assert pickings.move_line_ids.lot_id.ids == [shop.lots["L1"]]
        assert set(pickings.mapped("state")) == {"assigned"}
    return deliveries


def test_no_delivery_commits_after_the_recall_of_its_batch(shop, record_property):
    """While the recall is being written, everybody ships. Who is later than the recall is told; nobody slips through."""
    deliveries = reserved_deliveries(shop)
    frozen = Signal()
    jobs = [partial(freeze_slowly, shop, shop.lots["L1"], frozen)]
    jobs += [partial(ship_when, shop, uid, picking, frozen) for uid, picking in zip(shop.users, deliveries, strict=False)]
    committed, *shipped = run_together(jobs)
    record_property("note", f"recall: {len(shipped)} deliveries while it was written, {sum(1 for told, _over in shipped if told)} told")
    late = [over for told, over in shipped if told is None and over > committed]
    assert not late, "shipped although the recall was committed before"
    gone = shop.rows(LINES).get("L1", (0.0,))[0]
    assert gone == PIECES * sum(1 for told, _over in shipped if told is None)
    assert [told for told, _over in shipped if told], "somebody was told"
    with transaction(shop.database) as env:
        assert env["stock.lot"].browse(shop.lots["L1"]).quality_state == "recalled"


def ship_from_an_old_view(shop, uid, picking, frozen, start):
    """Look at the stock before the recall, ship after it, in one transaction; return what the person is told, None when it worked."""

    def look(env):
        assert env["stock.lot"].browse(shop.lots["L1"]).quality_state == "released"
        start.wait()
        assert frozen.wait(60)

    return insist(shop, uid, picking, look)


def freeze(shop, lot, frozen, start):
    """Recall a batch through the server's own call, then tell the others."""
    start.wait()
    lines = [(0, 0, {"lot_id": lot})]
    number, told = call(shop.database, shop.quality, "cosmetics.recall", "create", {"reason": "Load test", "recall_lot_ids": lines})
    assert told is None, told
    _answer, told = call(shop.database, shop.quality, "cosmetics.recall", "action_freeze", [number])
    frozen.set()
    return told


def test_a_view_of_the_stock_from_before_the_recall_does_not_help(shop):
    """A transaction that began before the recall still reads "released": it must not get its goods out."""
    deliveries = reserved_deliveries(shop)[:3]
    frozen = Signal()
    jobs = [partial(freeze, shop, shop.lots["L1"], frozen)]
    jobs += [partial(ship_from_an_old_view, shop, uid, picking, frozen) for uid, picking in zip(shop.users, deliveries, strict=False)]
    told, *shipped = run_together(jobs)
    assert told is None, told
    assert all(shipped), f"shipped from an old view: {shipped}"
    assert "L1" not in shop.rows(LINES)
