"""Several people pay with the last hundred yuan of one card at once: it is paid out once.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import pytest
from processes import PATIENCE, call_again, run_together, transaction

LEFT = 100


@pytest.fixture
def card(database, request):
    """Return (id of a card with 100 yuan, ids of two orders that each want all of it, id of the clerk)."""
    with transaction(database) as env:
        env["cosmetics.review.rule"].search([]).active = False
        env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        top_up = env.ref("cosmetics_crm.product_product_stored_top_up")
        program = env["loyalty.program"].create(
            {
                "name": request.node.name, "program_type": "ewallet", "trigger": "auto", "applies_on": "future", "stored_kind": "named",
                "rule_ids": [(0, 0, {"reward_point_mode": "money", "reward_point_amount": 1, "product_ids": [(6, 0, top_up.ids)]})],
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount_mode": "per_point", "discount": 1, "required_points": 1})],
            }
        )  # fmt: skip
        holder = {"name": request.node.name, "phone": "13800138001", "street": "Test Road 1", "identity_kind": "passport"}
        holder = env["res.partner"].create({**holder, "identity_number": request.node.name})
        card = env["loyalty.card"].create({"program_id": program.id, "partner_id": holder.id, "points": LEFT})
        product = env["product.product"].create({"name": request.node.name, "type": "service", "list_price": LEFT, "taxes_id": [(5, 0, 0)]})
        groups = [(6, 0, [env.ref("cosmetics_sales.group_ecommerce_clerk").id, env.ref("cosmetics_base.group_all_stores").id])]
        clerk = env["res.users"].create({"name": request.node.name, "login": request.node.name, "group_ids": groups})
        line = (0, 0, {"product_id": product.id, "product_uom_qty": 1})
        orders = env["sale.order"].create([{"partner_id": holder.id, "user_id": clerk.id, "order_line": [line]} for _number in range(2)])
        for order in orders:
            assert not order._apply_program_reward(program.reward_ids, card)
        return card.id, tuple(orders.ids), clerk.id


def test_last_hundred_yuan_pay_one_of_two_orders(database, card):
    card_id, orders, clerk = card

    def payer(order):
        def job(start):
            start.wait(PATIENCE)
            done, refusal = call_again(database, clerk, "sale.order", "action_confirm", [order])
            return bool(done), refusal

        return job

    answers = run_together([payer(order) for order in orders])
    assert sorted(done for done, _refusal in answers) == [False, True], answers
    with transaction(database) as env:
        record = env["loyalty.card"].browse(card_id)
        spent = record.stored_move_ids.filtered(lambda move: move.kind == "spend")
        assert (record.points, record.stored_principal, sum(spent.mapped("amount"))) == (0, 0, -LEFT)
        assert not env["cosmetics.stored.difference"].search([("card_id", "=", card_id)])
        assert env["sale.order"].search_count([("id", "in", orders), ("state", "=", "sale")]) == 1


def test_same_top_up_from_eight_places_is_posted_once(database, card):
    card_id, orders, _clerk = card

    def top_up(_start):
        from odoo.addons.cosmetics_crm.tools.stored_act import StoredAct
        from odoo.service.model import retrying

        with transaction(database) as env:
            record, order = env["loyalty.card"].browse(card_id), env["sale.order"].browse(orders[0])
            act = StoredAct(record, "top_up", 50, f"load,{card_id}", order)
            return retrying(lambda: record._stored_post([act])[0].principal, env)

    assert sorted(run_together([top_up] * 8)) == [0] * 7 + [50]
    with transaction(database) as env:
        assert env["loyalty.card"].browse(card_id).points == LEFT + 50
        assert not env["cosmetics.stored.difference"].search([("card_id", "=", card_id)])
