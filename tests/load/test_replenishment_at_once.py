"""Several buyers order the same suggestions at once: the goods are ordered once.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import pytest
from processes import PATIENCE, call_again, run_together, transaction

BUYERS = 3


@pytest.fixture
def suggestions(database, request):
    """Return (ids of two suggestions of one vendor, id of a buyer)."""
    with transaction(database) as env:
        name = request.node.name
        vendor = env["res.partner"].create({"name": name, "is_company": True})
        warehouse = env["stock.warehouse"].search([], limit=1)
        products = env["product.product"].create([{"name": f"{name} {number}", "is_storable": True} for number in range(2)])
        groups = [(6, 0, [env.ref("cosmetics_inventory_purchase.group_buyer").id])]
        buyer = env["res.users"].create({"name": name, "login": name, "group_ids": groups})
        common = {"kind": "buy", "warehouse_id": warehouse.id, "partner_id": vendor.id, "suggested_quantity": 5, "quantity": 5}
        rows = env["cosmetics.replenishment"].create([{**common, "product_id": product.id} for product in products])
        return rows.ids, buyer.id


def test_three_buyers_order_the_same_goods_once(database, suggestions):
    rows, buyer = suggestions

    def job(start):
        start.wait(PATIENCE)
        return call_again(database, buyer, "cosmetics.replenishment", "action_supply", rows)

    answers = run_together([job] * BUYERS)
    assert sum(bool(answer) for answer, _refusal in answers) == 1, answers
    assert sum(bool(refusal) for _answer, refusal in answers) == BUYERS - 1, answers
    with transaction(database) as env:
        records = env["cosmetics.replenishment"].browse(rows)
        assert set(records.mapped("state")) == {"done"}
        assert len(env["purchase.order.line"].search([("product_id", "in", records.product_id.ids)])) == len(rows)
