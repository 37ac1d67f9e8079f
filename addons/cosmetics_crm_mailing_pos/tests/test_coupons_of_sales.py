"""Coupons of till sales: asked before the money is taken, used and checked when the sale arrives, whatever the till says."""

from datetime import timedelta
from uuid import uuid4

from odoo import Command, fields
from odoo.addons.cosmetics_crm_pos.tests.common import TillPointsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCouponsOfSales(TillPointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.coupon_order_limit = 0
        cls.store.manager_id = cls.manager
        cls.first, cls.second = (cls._create_coupons(name) for name in ("Coupon A", "Coupon B"))

    @classmethod
    def _create_coupons(cls, name, **vals):
        """Return a program whose coupons take ten yuan off."""
        reward = {"reward_type": "discount", "discount_mode": "per_order", "discount": 10, "required_points": 1}
        return cls.env["loyalty.program"].create(
            {
                "name": name,
                "program_type": "coupons",
                "trigger": "with_code",
                "applies_on": "current",
                "rule_ids": [Command.clear()],
                "reward_ids": [Command.clear(), Command.create(reward)],
                **vals,
            }
        )

    @classmethod
    def _create_coupon(cls, program=None, partner=None, **vals):
        return cls.env["loyalty.card"].create(
            {"program_id": (program or cls.first).id, "partner_id": partner.id if partner else False, "points": 1, **vals}
        )

    def _line(self, card, reward=None, points=1, **vals):
        reward = reward or card.program_id.reward_ids
        return self._prepare_reward(points, reward, card, amount=10, **vals)

    def _sell_with(self, *cards, **vals):
        return self._sell(self._prepare_line(self.product), *(self._line(card) for card in cards), **vals)

    def _ask(self, *cards, partner=None, user=None):
        """Ask as the clerk's till does before it takes the money."""
        ids = [card.id for card in cards]
        partner_id = partner.id if partner else False
        return (
            self.env["pos.order"]
            .with_user(user or self.clerk)
            .with_context(lang=(user or self.clerk).lang)
            .get_coupon_refusal(self.till.id, str(uuid4()), partner_id, ids)
        )

    def _history(self, order):
        return self.env["loyalty.history"].search([("order_model", "=", "pos.order"), ("order_id", "=", order.id), ("used", ">", 0)])

    def _conflict(self, order):
        self.assertEqual(order.points_conflict_ids.mapped("kind"), ["coupon"])
        return order.points_conflict_ids

    # ------------------------------------------------------------------ asked before
    def test_till_hears_that_coupons_go_together(self):
        self.assertIs(self._ask(self._create_coupon(), self._create_coupon(self.second)), False)

    def test_till_hears_why_a_coupon_is_not_combined(self):
        self.first.coupon_stacking = "alone"
        refusal = self._ask(self._create_coupon(), self._create_coupon(self.second))
        self.assertIn("Coupon A", refusal)

    def test_till_hears_that_the_order_takes_fewer_coupons(self):
        self.env.company.coupon_order_limit = 1
        self.assertTrue(self._ask(self._create_coupon(), self._create_coupon(self.second)))
        self.assertFalse(self._ask(self._create_coupon()))

    def test_clerk_reads_one_sentence_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.clerk.lang = "zh_CN"
        self.env.company.coupon_order_limit = 1
        self.assertRegex(self._ask(self._create_coupon(), self._create_coupon(self.second)), r"[一-鿿]+.*1.*。")

    def test_member_limit_counts_what_was_used_at_tills(self):
        self.first.coupon_member_limit = 1
        self._sell_with(self._create_coupon(partner=self.member))
        self.assertTrue(self._ask(self._create_coupon(partner=self.member), partner=self.member))
        other = self._create_member("Other", "13912345679")
        self.assertFalse(self._ask(self._create_coupon(partner=other), partner=other))

    def test_coupon_without_a_name_counts_for_the_customer_who_used_it(self):
        self.first.coupon_member_limit = 1
        self._sell_with(self._create_coupon())
        self.assertTrue(self._ask(self._create_coupon(), partner=self.member))

    def test_store_limit_counts_sales_to_anybody(self):
        self.first.coupon_store_limit = 1
        self._sell_with(self._create_coupon(), partner=self.env["res.partner"])
        self.assertTrue(self._ask(self._create_coupon()))
        self.till.store_id = self._create_store("Other Shop")
        self.assertTrue(self._ask(self._create_coupon()), "what was used stays where it was used")

    def test_asking_changes_nothing(self):
        card = self._create_coupon()
        self._ask(card)
        self.assertEqual(
            (card.points, self.env["loyalty.history"].search([("card_id", "=", card.id), ("used", ">", 0)])),
            (1, self.env["loyalty.history"]),
        )

    def test_who_has_no_till_asks_nothing(self):
        stranger = self._create_user("test_no_till")
        with self.assertRaises(AccessError):
            self._ask(self._create_coupon(), user=stranger)

    def test_other_rewards_have_no_such_rules(self):
        self.env.company.coupon_order_limit = 1
        self.assertFalse(self._ask(self._create_coupon(), self.card))

    # ------------------------------------------------------------------ used by the sale
    def test_sale_uses_the_coupon_in_its_own_transaction(self):
        card = self._create_coupon(partner=self.member)
        order = self._sell_with(card)
        self.assertEqual((card.points, self._history(order).used, order.points_conflict_ids.ids), (0, 1, []))

    def test_till_that_confirms_afterwards_uses_nothing_twice(self):
        card = self._create_coupon(partner=self.member)
        card.points = 2
        order = self._sell_with(card)
        data = {str(card.id): {"points": -1, "program_id": self.first.id, "coupon_id": card.id, "barcode": False, "line_codes": []}}
        order.with_user(self.clerk).confirm_coupon_programs(data)
        self.assertEqual((card.points, len(self._history(order))), (1, 1))

    def test_sale_that_arrives_again_uses_nothing_twice(self):
        card = self._create_coupon()
        card.points = 2
        order = self._sell_with(card)
        order._use_coupons()
        self.assertEqual((card.points, len(self._history(order))), (1, 1))

    def test_next_order_coupon_is_used_like_any_other(self):
        program = self._create_coupons("Next Time", program_type="next_order_coupons", applies_on="future", trigger="auto")
        card = self._create_coupon(program, self.member)
        order = self._sell_with(card)
        self.assertEqual((card.points, self._history(order).card_id), (0, card))

    def test_report_knows_shop_and_basket_of_a_coupon_without_a_name(self):
        order = self._sell_with(self._create_coupon(), partner=self.env["res.partner"])
        self.env.invalidate_all()
        row = self.env["cosmetics.coupon.redemption"].search([("program_id", "=", self.first.id)])
        self.assertEqual((row.store_id, row.basket, row.source, row.order_id), (self.store, 90, "pos", order.id))

    def test_return_uses_no_coupon(self):
        card = self._create_coupon(partner=self.member)
        card.points = 5
        order = self._sell_with(card)
        reward = order.lines.filtered("reward_id")
        self._sell(
            self._prepare_line(self.product, -1, 100, refunded_orderline_id=order.lines[0].id),
            self._line(card, refunded_orderline_id=reward.id),
            is_refund=True,
        )
        self.assertEqual(card.points, 4)

    # ------------------------------------------------------------------ offline or forged
    def test_sale_of_an_offline_till_that_breaks_a_rule_stands_and_is_listed(self):
        self.env.company.coupon_order_limit = 1
        order = self._sell_with(self._create_coupon(), self._create_coupon(self.second))
        conflict = self._conflict(order)
        self.assertEqual((order.state, conflict.value, conflict.state), ("paid", 20, "open"))
        self.assertIn("1 coupons at most", conflict.sentence)
        self.assertEqual(conflict.activity_ids.user_id, self.manager)
        self.assertIn("coupon", conflict.activity_ids.summary)

    def test_two_offline_tills_that_use_one_coupon_list_the_second(self):
        card = self._create_coupon()
        first, second = (self._sell_with(card) for _till in range(2))
        self.assertFalse(first.points_conflict_ids)
        self.assertIn("used already", self._conflict(second).sentence)
        self.assertEqual(card.points, 0)

    def test_limit_passed_by_offline_sales_is_listed(self):
        self.first.coupon_member_limit = 1
        first, second = (self._sell_with(self._create_coupon(partner=self.member)) for _sale in range(2))
        self.assertFalse(first.points_conflict_ids)
        self.assertIn("as often as allowed", self._conflict(second).sentence)

    def test_forged_reward_without_a_coupon_is_listed(self):
        line = self._prepare_line(
            self.first.reward_ids.discount_line_product_id, price=-10, reward_id=self.first.reward_ids.id, reward_identifier_code="X"
        )
        order = self._sell(self._prepare_line(self.product), line)
        conflict = self._conflict(order)
        self.assertEqual((conflict.value, conflict.card_id), (10, self.env["loyalty.card"]))
        self.assertIn("without a coupon", conflict.sentence)

    def test_forged_coupon_of_another_program_is_listed(self):
        cheap = self._create_coupon(self.second)
        order = self._sell(self._prepare_line(self.product), self._line(cheap, self.first.reward_ids))
        self.assertIn("does not belong", self._conflict(order).sentence)

    def test_coupon_of_somebody_else_is_listed(self):
        other = self._create_member("Other", "13912345679")
        order = self._sell_with(self._create_coupon(partner=other))
        self.assertIn("somebody else", self._conflict(order).sentence)

    def test_expired_coupon_is_listed(self):
        card = self._create_coupon(expiration_date=fields.Date.today() - timedelta(days=5))
        self.assertIn("expired", self._conflict(self._sell_with(card)).sentence)

    def test_forged_cost_of_nothing_uses_the_coupon_all_the_same(self):
        card = self._create_coupon()
        order = self._sell(self._prepare_line(self.product), self._line(card, points=0))
        self.assertEqual((card.points, self._history(order).used), (0, 1))

    def test_store_manager_decides_and_the_seller_does_not_forgive(self):
        self.env.company.coupon_order_limit = 1
        self.store.user_ids = self.clerk + self.manager
        conflict = self._conflict(self._sell_with(self._create_coupon(), self._create_coupon(self.second)))
        wizard = self.env["cosmetics.points.conflict.decision"].with_user(self.manager)
        wizard.create({"conflict_id": conflict.id, "decision": "waive", "note": "Old poster"}).action_confirm()
        self.assertEqual((conflict.state, conflict.decided_by_id), ("waived", self.manager))
