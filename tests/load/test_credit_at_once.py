"""Several people confirm orders of one customer at once: together they do not pass its credit limit.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

from functools import partial

import pytest
from processes import PATIENCE, call_again, run_together, transaction

PRICE = 100
LIMIT = 250
SELLERS = 4


@pytest.fixture
def shop(database, request):
    """Return (id of a customer who may owe 250, ids of four orders of 100, id of the seller)."""
    with transaction(database) as env:
        env.company.account_use_credit_limit = True
        env["cosmetics.review.rule"].search([]).active = False
        env["cosmetics.review.rule"].create({"name": request.node.name, "kind": "credit", "level": "block"})
        env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        customer = env["res.partner"].create(
            {"name": request.node.name, "is_company": True, "phone": "13800138002", "street": "Test Road 1", "credit_limit": LIMIT}
        )
        product = env["product.product"].create({"name": request.node.name, "type": "consu", "list_price": PRICE, "taxes_id": [(5, 0, 0)]})
        groups = [(6, 0, [env.ref("cosmetics_sales.group_salesperson").id, env.ref("cosmetics_base.group_all_stores").id])]
        seller = env["res.users"].create({"name": request.node.name, "login": request.node.name, "group_ids": groups})
        line = (0, 0, {"product_id": product.id, "product_uom_qty": 1})
        vals = {"partner_id": customer.id, "user_id": seller.id, "order_line": [line]}
        orders = env["sale.order"].create([vals for _number in range(SELLERS)])
        return customer.id, tuple(orders.ids), seller.id


def confirm(database, seller, order, start):
    """Confirm an order, all sellers beginning together; return the refusal, None when it was confirmed."""
    start.wait(PATIENCE)
    return call_again(database, seller, "sale.order", "action_confirm", [order])[1]


def test_orders_confirmed_at_once_stay_below_the_limit(database, shop):
    """Without the lock each of them sees a customer who owes nothing."""
    customer, orders, seller = shop
    refusals = run_together([partial(confirm, database, seller, order) for order in orders])
    assert sum(refusal is None for refusal in refusals) == LIMIT // PRICE, refusals
    with transaction(database) as env:
        done = env["sale.order"].browse(orders).filtered(lambda order: order.state == "sale")
        assert sum(done.mapped("amount_total")) == 200
        assert env["res.partner"].browse(customer)._get_credit_standings(env.company)[customer].promised == 200
