"""Whatever tills do in whatever sequence: the ledger is right, and nobody gains points by buying and bringing back.

`./erp test --nightly` walks further.
"""

import os
import random

from odoo.tests import tagged

from .common import TillPointsCommon

STEPS, SEEDS = (60, range(40)) if os.environ.get("ERP_NIGHTLY") else (12, (3, 17, 101))


@tagged("post_install", "-at_install")
class TestPointsWalk(TillPointsCommon):
    def _walk(self, seed):
        """Sell, redeem, bring back, send again and lose points elsewhere by chance; return the sales with what is left of them."""
        dice, sales = random.Random(seed), []
        for step in range(STEPS):
            move = dice.choice(("sell", "redeem", "redeem", "bring", "bring", "again", "web"))
            if move in ("sell", "redeem"):
                pieces = dice.randint(1, 3)
                lines = [self._prepare_line(self.product, quantity=pieces)]
                if move == "redeem":
                    lines.append(self._prepare_reward(dice.randint(1, pieces * 5000)))
                sales.append([self._sell(*lines), pieces])
            elif move == "bring" and (open_sales := [sale for sale in sales if sale[1]]):
                sale = dice.choice(open_sales)
                pieces = dice.randint(1, sale[1])
                self._return(sale[0], {0: pieces})
                sale[1] -= pieces
            elif move == "again" and sales:
                dice.choice(sales)[0]._post_points()
            elif move == "web" and self.card.points:
                self.card._points_spend(self.member, round(self.card.points * dice.random(), 2), f"web,{seed},{step}")
            self._check()
        return sales

    def _check(self):
        self.assertGreaterEqual(self.card.points, 0)
        self.assertFalse(self.card.points and self.card.points_debt)
        self.assertEqual(self._differences(), [])

    def test_any_sequence_keeps_the_ledger_right(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self._give(dice_points(seed))
                self._walk(seed)

    def test_bringing_everything_back_leaves_what_there_was_before(self):
        self._give(20000)
        sales = [self._sell(self._prepare_line(self.product, quantity=3), self._prepare_reward(points)) for points in (1, 3333, 7777, 29.5)]
        for order in sales:
            for _piece in range(3):
                self._return(order, {0: 1})
        self.assertEqual((self.card.points, self.card.points_debt), (20000, 0))

    def test_points_given_for_what_was_not_there_do_not_come_back(self):
        """Of 5,000 points redeemed without a connection 1,000 were there: a return gives 1,000 back, not 5,000."""
        self._give(1000)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000))
        self._return(order, {0: 1})
        self.assertEqual((self.card.points, self.card.points_debt), (1000, 0))


def dice_points(seed):
    """Return how many points a walk begins with."""
    return random.Random(seed).randint(0, 9000)


@tagged("post_install", "-at_install")
class TestWhatTheTillAsks(TillPointsCommon):
    def _orders(self):
        return self.env["pos.order"].with_user(self.clerk)

    def test_net_change_of_a_points_card_stops_no_sale_and_no_return(self):
        """Core refuses a return when the member has spent what it takes back; here that becomes a debt."""
        answer = self._orders().validate_coupon_programs({str(self.card.id): -500}, [])
        self.assertTrue(answer["successful"])

    def test_cards_of_other_programs_are_checked_as_core_does(self):
        coupons = self._create_points_program(name="Coupons", program_type="coupons", applies_on="current")
        coupon = self.env["loyalty.card"].create({"program_id": coupons.id, "points": 1})
        self.assertFalse(self._orders().validate_coupon_programs({str(coupon.id): -2}, [])["successful"])
        self.assertTrue(self._orders().validate_coupon_programs({str(coupon.id): -1}, [])["successful"])

    def test_card_that_is_gone_is_named_to_the_till(self):
        answer = self._orders().validate_coupon_programs({"987654321": -1}, [])
        self.assertEqual((answer["successful"], answer["payload"]["removed_coupons"]), (False, [987654321]))

    def test_balance_leaves_out_cards_that_are_gone_or_closed(self):
        self._give(70)
        self.assertEqual(self._orders().get_points_left([self.card.id, 987654321]), {self.card.id: 70})
        self.program.active = False
        self.assertEqual(self._orders().get_points_left(self.card.ids), {})

    def test_new_card_of_the_till_is_exchanged_for_the_real_one(self):
        other = self._create_member("New Member", "13912345671")
        order = self._sell(partner=other)
        row = {"points": 100, "program_id": self.program.id, "coupon_id": -7, "partner_id": other.id}
        update = order.with_user(self.clerk).confirm_coupon_programs({"-7": row})["coupon_updates"]
        card = self.env["loyalty.card"].search([("partner_id", "=", other.id)])
        self.assertEqual([(one["old_id"], one["id"], one["points"]) for one in update], [(-7, card.id, 100)])
        self.assertEqual(len(card), 1)

    def test_reward_that_clears_the_card_takes_all_of_it(self):
        self.reward.clear_wallet = True
        self._give(900)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(300))
        self.assertEqual(order.points_spent, 900)
