"""What a return at the till does to points."""

from odoo import Command
from odoo.tests import tagged

from .common import TillPointsCommon


@tagged("post_install", "-at_install")
class TestPointsOfReturns(TillPointsCommon):
    def _sell_with_points(self):
        """Sell three pieces, 60 of 300 paid by points; the card starts with 6,000."""
        self._give(6000)
        return self._sell(self._prepare_line(self.product, quantity=3), self._prepare_reward(6000))

    def test_refund_keeps_points(self):
        """Named after odoo#257854: bought, earned, refunded, and the points stayed. Here they go."""
        order = self._sell()
        back = self._return(order, {0: 1})
        self.assertEqual((back.points_earned, self.card.points, self.card.points_debt), (-100, 0, 0))
        self.assertEqual(self._differences(), [])

    def test_buying_and_returning_everything_changes_no_points(self):
        order = self._sell_with_points()
        self.assertEqual((order.points_spent, order.points_earned, self.card.points), (6000, 240, 240))
        back = self._return(order, {0: 3, 1: 1})
        self.assertEqual((back.points_spent, back.points_earned), (-6000, -240))
        self.assertEqual((self.card.points, self.card.points_debt), (6000, 0))
        self.assertEqual(self._differences(), [])

    def test_parts_that_come_back_one_by_one_add_up(self):
        order = self._sell_with_points()
        figures = [(back.points_spent, back.points_earned) for back in [self._return(order, {0: 1}) for _round in range(3)]]
        self.assertEqual(figures, [(-2000, -80)] * 3)
        self.assertEqual(self.card.points, 6000)

    def test_return_in_another_shop_and_session_goes_to_the_same_card(self):
        order = self._sell_with_points()
        other_store = self._create_store(manager_id=self.manager.id, user_ids=[Command.link(self.clerk.id)])
        self.till.current_session_id.action_pos_session_closing_control()
        self.till = self.env["pos.config"].create(
            {"name": "Other Till", "store_id": other_store.id, "payment_method_ids": [Command.set(self.bank_method.ids)]}
        )
        back = self._return(order, {0: 3})
        self.assertEqual((back.session_id.config_id, self.card.points), (self.till, 6000))

    def test_return_that_arrives_twice_counts_once(self):
        order = self._sell_with_points()
        back = self._return(order, {0: 1})
        back._post_points()
        self.assertEqual(self.card.points, 240 + 2000 - 80)

    def test_points_spent_meanwhile_become_a_debt_that_the_next_purchase_pays(self):
        order = self._sell()
        self.card._points_spend(self.member, 100, "web,1")
        self._return(order, {0: 1})
        self.assertEqual((self.card.points, self.card.points_debt), (0, 100))
        self._sell(self._prepare_line(self.product, quantity=2))
        self.assertEqual((self.card.points, self.card.points_debt), (100, 0))

    def test_goods_that_earned_nothing_take_nothing_back(self):
        serum = self._create_till_product(name="Serum", list_price=60)
        self.program.rule_ids.product_ids = serum
        order = self._sell(self._prepare_line(serum), self._prepare_line(self.product))
        self.assertEqual(self._return(order, {1: 1}).points_earned, 0)
        self.assertEqual(self._return(order, {0: 1}).points_earned, -60)

    def test_take_back_uses_what_was_earned_not_what_would_be_earned_today(self):
        self.patch(self.env.registry["loyalty.program"], "_get_points_multiplier", lambda self, partner, day: 2.0)
        order = self._sell()
        self.patch(self.env.registry["loyalty.program"], "_get_points_multiplier", lambda self, partner, day: 1.0)
        self.program.rule_ids.reward_point_amount = 5
        self.assertEqual(self._return(order, {0: 1}).points_earned, -200)

    def test_gift_that_comes_back_brings_its_points_and_the_goods_do_not(self):
        gift = self._create_till_product(name="Gift", list_price=30)
        reward = self.env["loyalty.reward"].create(
            {"program_id": self.program.id, "reward_type": "product", "reward_product_id": gift.id, "required_points": 500}
        )
        self._give(500)
        order = self._sell(self._prepare_line(self.product), self._prepare_line(gift), self._prepare_reward(500, reward, amount=30))
        self.assertEqual(self._return(order, {0: 1}).points_spent, 0)
        self.assertEqual(self._return(order, {1: 1}).points_spent, -500)

    def test_return_without_naming_the_member_still_takes_back(self):
        order = self._sell()
        self._return(order, {0: 1}, partner=self.env["res.partner"])
        self.assertEqual(self.card.points, 0)

    def test_return_from_the_back_office_takes_back_and_gives_back(self):
        order = self._sell_with_points()
        back = order.with_user(self.manager)._refund()
        payment = {"amount": back.amount_total, "payment_method_id": self.bank_method.id}
        self.env["pos.make.payment"].with_user(self.manager).with_context(active_id=back.id).create(payment).check()
        self.assertEqual((back.state, self.card.points), ("paid", 6000))
