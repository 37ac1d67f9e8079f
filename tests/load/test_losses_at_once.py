"""Four accountants press *Book All* at the same moment: each movement gets one row and one entry, whoever was first.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import os
from dataclasses import dataclass

import pytest
from processes import PATIENCE, call_again, run_together, transaction

RUN = os.getpid()
ACCOUNTANTS = 4
SCRAPS = 12
EACH, COST = 2, 15.0
# Told by the index that keeps one row a movement; the button works at the next press.
LATE = "in the list already"


@dataclass(frozen=True)
class Scene:
    """Ids of what the test works on; ids cross processes, records do not."""

    accountants: tuple
    moves: tuple


@pytest.fixture
def scene(database):
    """Twelve scraps of a valued product that nobody has booked yet, and four accountants."""
    with transaction(database) as env:
        names = [f"loss-{RUN}-{place}" for place in range(ACCOUNTANTS)]
        users = env["res.users"].create([{"name": name, "login": name} for name in names])
        users.group_ids = [(4, env.ref("cosmetics_finance.group_accountant").id)]
        env.company.stock_loss_from = env.company.stock_loss_from or "2026-01-01"
        product = env["product.product"].create(
            {"name": names[0], "is_storable": True, "standard_price": COST, "categ_id": env.ref("product.product_category_goods").id}
        )
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 100)
        scraps = env["stock.scrap"].create(
            [{"product_id": product.id, "scrap_qty": EACH, "location_id": warehouse.lot_stock_id.id} for _place in range(SCRAPS)]
        )
        for scrap in scraps:
            scrap.action_validate()
        return Scene(tuple(users.ids), tuple(scraps.move_ids.ids))


def press(database, accountant):
    """Return a job that presses *Book All* together with the others; whoever came too late presses again."""

    def job(start):
        start.wait(PATIENCE)
        for _time in range(ACCOUNTANTS):
            _answer, told = call_again(database, accountant, "cosmetics.stock.loss", "action_book_all")
            if not told or LATE not in told:
                break
        return told

    return job


def test_four_accountants_book_each_loss_once(database, scene, record_property):
    told = run_together([press(database, accountant) for accountant in scene.accountants])
    assert told == [None] * ACCOUNTANTS
    with transaction(database) as env:
        rows = env["cosmetics.stock.loss"].search([("stock_move_id", "in", scene.moves)])
        assert sorted(rows.stock_move_id.ids) == sorted(scene.moves), "a movement without a row, or with two"
        assert set(rows.mapped("state")) == {"posted"}
        assert sum(rows.mapped("value")) == SCRAPS * EACH * COST
        assert set(rows.move_id.mapped("state")) == {"posted"}
        documents = {(row.date, row.kind, row.document) for row in rows}
        assert len(rows.move_id) == len(documents), "a document with two entries"
        for entry in rows.move_id:
            booked = env["cosmetics.stock.loss"].search([("move_id", "=", entry.id)])
            assert sum(entry.line_ids.mapped("debit")) == sum(booked.mapped("total"))
        refs = env["account.move"].search([("ref", "in", rows.move_id.mapped("ref"))])
        assert set(refs) == set(rows.move_id), "an entry that no row knows"
        record_property("note", f"{len(rows)} movements, {len(rows.move_id)} entries, {ACCOUNTANTS} accountants at once")
