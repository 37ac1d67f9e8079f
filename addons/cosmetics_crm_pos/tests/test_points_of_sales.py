"""What a till sale does to points: decided by the server, from the sale."""

from odoo import Command, fields
from odoo.tests import tagged

from .common import TillPointsCommon


@tagged("post_install", "-at_install")
class TestPointsOfSales(TillPointsCommon):
    def test_sale_to_a_member_earns_what_was_paid(self):
        order = self._sell(self._prepare_line(self.product, quantity=2))
        self.assertEqual(self.card.points, 200)
        self.assertEqual((order.points_earned, order.points_spent, order.points_balance), (200, 0, 200))
        self.assertEqual(self._differences(), [])

    def test_clerk_loads_sales_of_before_at_the_till(self):
        order = self._sell()
        self.env.invalidate_all()
        loaded = self.env["pos.order"].with_user(self.clerk).read_pos_orders([("id", "=", order.id)])["pos.order"][0]
        self.assertEqual((loaded["points_earned"], loaded["points_balance"]), (100, 100))

    def test_sale_without_a_customer_earns_nothing(self):
        order = self._send(self._prepare_sale(self.product))
        self.assertEqual(order.points_earned, 0)

    def test_first_purchase_makes_the_card(self):
        other = self._create_member("New Member", "13912345679")
        self._sell(partner=other)
        card = self.program.coupon_ids.filtered(lambda card: card.partner_id == other)
        self.assertEqual(card.points, 100)

    def test_sale_that_arrives_twice_counts_once(self):
        ticket = self._prepare_ticket(self._prepare_line(self.product))
        first = self._send(dict(ticket))
        second = self._send(dict(ticket))
        self.assertEqual((first, self.card.points), (second, 100))
        first._post_points()
        self.assertEqual(self.card.points, 100)

    def test_till_that_asks_for_more_points_gets_what_the_sale_is_worth(self):
        order = self._sell()
        answer = order.with_user(self.clerk).confirm_coupon_programs(
            {str(self.card.id): {"points": 99999, "program_id": self.program.id, "coupon_id": self.card.id, "partner_id": self.member.id}}
        )
        self.assertEqual(self.card.points, 100)
        self.assertEqual([(row["id"], row["points"]) for row in answer["coupon_updates"]], [(self.card.id, 100)])

    def test_redeemed_points_leave_the_card_and_the_part_they_pay_earns_nothing(self):
        self._give(5000)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000))
        self.assertEqual((order.points_spent, order.points_earned, self.card.points), (5000, 50, 50))
        self.assertFalse(order.points_conflict_ids)

    def test_till_that_asks_too_few_points_for_a_discount_pays_the_right_ones(self):
        self._give(5000)
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(1, amount=40))
        self.assertEqual((order.points_spent, self.card.points), (4000, 5000 - 4000 + 60))

    def test_points_earned_by_a_sale_do_not_pay_the_same_sale(self):
        order = self._sell(self._prepare_line(self.product), self._prepare_reward(5000))
        self.assertEqual((order.points_spent, order.points_conflict_ids.points), (0, 5000))

    def test_gift_for_points_earns_nothing_and_costs_its_points(self):
        gift = self._create_till_product(name="Gift", list_price=30)
        reward = self.env["loyalty.reward"].create(
            {"program_id": self.program.id, "reward_type": "product", "reward_product_id": gift.id, "required_points": 500}
        )
        self._give(1200)
        lines = [self._prepare_line(self.product), self._prepare_line(gift, quantity=2)]
        discount = self._prepare_reward(500, reward, amount=30)
        discount[2].update(qty=2, price_subtotal=-60, price_subtotal_incl=-60)
        order = self._sell(*lines, discount)
        self.assertEqual((order.points_spent, order.points_earned), (1000, 100))

    def test_charging_stored_value_earns_nothing(self):
        wallet = self._create_till_product(name="Top-up", list_price=500)
        self.env["loyalty.program"].create(
            {
                "name": "Wallet", "program_type": "ewallet", "trigger": "auto", "applies_on": "future",
                "rule_ids": [Command.create({"reward_point_mode": "money", "reward_point_amount": 1, "product_ids": wallet.ids})],
            }
        )  # fmt: skip
        order = self._sell(self._prepare_line(wallet), self._prepare_line(self.product))
        self.assertEqual(order.points_earned, 100)

    def test_promotion_and_manual_rebate_lower_what_is_earned(self):
        promotion = self._create_points_program(
            name="Promotion", program_type="promotion", applies_on="current",
            reward_ids=[Command.create({"reward_type": "discount", "discount_mode": "percent", "discount": 10})],
        )  # fmt: skip
        line = self._prepare_line(
            promotion.reward_ids.discount_line_product_id, price=-10, is_reward_line=True, reward_id=promotion.reward_ids.id,
            reward_identifier_code="promo",
        )  # fmt: skip
        rebate = self._prepare_line(self.product, quantity=-1, price=5)
        order = self._sell(self._prepare_line(self.product), line, rebate)
        self.assertEqual(order.points_earned, 85)

    def test_rule_counts_only_its_products_and_only_above_its_minimum(self):
        serum = self._create_till_product(name="Serum", list_price=60)
        self.program.rule_ids.write({"product_ids": serum.ids, "minimum_amount": 100})
        self.assertEqual(self._sell(self._prepare_line(serum), self._prepare_line(self.product)).points_earned, 0)
        self.assertEqual(self._sell(self._prepare_line(serum, quantity=2), self._prepare_line(self.product)).points_earned, 120)

    def test_program_of_other_tills_or_other_days_gives_nothing(self):
        self.program.date_to = fields.Date.subtract(fields.Date.today(), days=2)
        self.assertEqual(self._sell().points_earned, 0)
        self.program.date_to = False
        self.program.pos_config_ids = self.till.copy({"name": "Other Till"})
        self.assertEqual(self._sell().points_earned, 0)

    def test_multiplier_of_the_member_is_applied_by_the_server(self):
        program = self.env.registry["loyalty.program"]
        self.patch(program, "_get_points_multiplier", lambda self, partner, day: 1.5)
        self.assertEqual(self._sell().points_earned, 150)

    def test_points_spent_in_another_channel_are_not_deducted(self):
        """Named after erpnext#59050: what another channel has spent meanwhile must be gone at the till, too."""
        self._give(5000)
        ticket = self._prepare_ticket(self._prepare_line(self.product), self._prepare_reward(4000))
        self.assertEqual(self.env["pos.order"].with_user(self.clerk).get_points_left(self.card.ids), {self.card.id: 5000})
        self.card._points_spend(self.member, 4500, "web,1")
        self.assertEqual(self.env["pos.order"].with_user(self.clerk).get_points_left(self.card.ids), {self.card.id: 500})
        order = self._send(ticket)
        self.assertEqual(order.points_spent, 500)
        self.assertEqual(order.points_conflict_ids.points, 3500)
        self.assertEqual(self._differences(), [])
