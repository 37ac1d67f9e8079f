"""Fifty people spend the points of one card at once, from several channels: no point is spent twice, and none is lost.

Everything is committed: separate processes, PostgreSQL's own conflicts, Odoo's own second tries.
"""

import pytest
from processes import FORK, PATIENCE, call_again, run_together, transaction

REDEEMERS = 50
POINTS = 1000
EACH = 30
# 50 × 30 points are asked for of 1,000: 33 get theirs.
ENOUGH_FOR = POINTS // EACH


@pytest.fixture
def card(database, request):
    """Return (id of a card with points, ids of orders that each want some of them, id of the clerk)."""
    with transaction(database) as env:
        env["cosmetics.review.rule"].search([]).active = False
        env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        program = env["loyalty.program"].create(
            {
                "name": request.node.name, "program_type": "loyalty", "trigger": "auto", "applies_on": "both",
                "rule_ids": [(0, 0, {"reward_point_mode": "money", "reward_point_amount": 1})],
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount_mode": "per_order", "discount": 5, "required_points": EACH})],
            }
        )  # fmt: skip
        member = env["res.partner"].create({"name": request.node.name, "phone": "13800138000", "street": "Test Road 1"})
        card = env["loyalty.card"].create({"program_id": program.id, "partner_id": member.id, "points": POINTS})
        product = env["product.product"].create({"name": request.node.name, "type": "service", "list_price": 50, "taxes_id": [(5, 0, 0)]})
        groups = [(6, 0, [env.ref("cosmetics_sales.group_ecommerce_clerk").id, env.ref("cosmetics_base.group_all_stores").id])]
        clerk = env["res.users"].create({"name": request.node.name, "login": request.node.name, "group_ids": groups})
        orders = env["sale.order"].create(
            [
                {"partner_id": member.id, "user_id": clerk.id, "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 1})]}
                for _number in range(REDEEMERS)
            ]
        )
        for order in orders:
            assert not order._apply_program_reward(program.reward_ids, card)
        return card.id, tuple(orders.ids), clerk.id


def test_fifty_redeemers_of_one_card_spend_no_point_twice(database, card):
    card_id, orders, clerk = card

    def redeemer(order):
        def job(start):
            start.wait(PATIENCE)
            done, refusal = call_again(database, clerk, "sale.order", "action_confirm", [order])
            return bool(done), refusal

        return job

    answers = run_together([redeemer(order) for order in orders])
    confirmed = [order for order, (done, _refusal) in zip(orders, answers, strict=True) if done]
    refusals = {refusal for done, refusal in answers if not done}
    with transaction(database) as env:
        record = env["loyalty.card"].browse(card_id)
        spent = record.points_move_ids.filtered(lambda move: move.kind == "spend")
        assert len(confirmed) == ENOUGH_FOR, refusals
        assert not [refusal for refusal in refusals if refusal.startswith("conflict")], refusals
        assert record.points == POINTS - ENOUGH_FOR * EACH
        assert sorted(spent.mapped("origin_id")) == sorted(confirmed)
        assert not env["cosmetics.points.difference"].search([("card_id", "=", card_id)])
        assert env["sale.order"].search_count([("id", "in", orders), ("state", "=", "sale")]) == ENOUGH_FOR


def test_same_refund_from_two_places_is_taken_back_once(database, card):
    card_id, orders, _clerk = card
    with transaction(database) as env:
        record, order = env["loyalty.card"].browse(card_id), env["sale.order"].browse(orders[0])
        record._points_earn(order, 100, f"load,earn,{card_id}")

    def refund(_start):
        from odoo.service.model import retrying

        with transaction(database) as env:
            record, order = env["loyalty.card"].browse(card_id), env["sale.order"].browse(orders[0])
            return retrying(lambda: record._points_take_back(order, f"load,refund,{card_id}", part=1, whole=1).points, env)

    jobs = [refund] * 8
    assert FORK and sorted(run_together(jobs)) == [-100] + [0] * 7
    with transaction(database) as env:
        assert env["loyalty.card"].browse(card_id).points == POINTS
        assert not env["cosmetics.points.difference"].search([("card_id", "=", card_id)])
