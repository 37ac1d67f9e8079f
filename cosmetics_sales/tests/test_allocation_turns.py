"""Who came first is served first, also when goods come in between: an order that waits has its turn in every later run."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common_allocation import AllocationCommon


@tagged("post_install", "-at_install")
class TestAllocationTurns(AllocationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([]).active = False
        cls.now = fields.Datetime.now()

    def _placed(self, minutes, *lines, **vals):
        """Return an order that was placed so many minutes from now."""
        return self._order(*lines, date_order=self.now + timedelta(minutes=minutes), **vals)

    def _waiting(self, minutes, *lines, **vals):
        """Return an order that somebody wanted to confirm, and that waits."""
        order = self._placed(minutes, *lines, **vals)
        order.action_confirm()
        self.assertEqual((order.allocation_state, order.is_confirm_requested), ("waiting", True))
        return order

    # ------------------------------------------------------------------ first come, first served
    def test_later_order_leaves_what_came_in_to_the_one_that_waits(self):
        early = self._waiting(-60, (self.cream, 3))
        self._stock(self.cream, centre=4)
        late = self._placed(0, (self.cream, 2))
        late.action_confirm()
        self.assertEqual((late.state, late.allocation_state), ("draft", "waiting"))
        self._run_job()
        self.assertEqual((early.state, early.warehouse_id), ("sale", self.centre))
        self.assertEqual(late.state, "draft")
        self._stock(self.cream, centre=1)
        self._run_job()
        self.assertEqual(late.state, "sale")

    def test_sentence_names_who_has_its_turn_first(self):
        early = self._waiting(-60, (self.cream, 3))
        self._stock(self.cream, centre=4)
        late = self._placed(0, (self.cream, 2))
        late.action_allocate()
        self.assertEqual(
            late.allocation_sentence,
            f"Waiting for goods: Test Cream (1 of 2 there). These orders have their turn first: {early.name}.",
        )

    def test_later_order_takes_what_is_left_over(self):
        self._waiting(-60, (self.cream, 3))
        self._stock(self.cream, centre=5)
        late = self._placed(0, (self.cream, 2))
        late.action_confirm()
        self.assertEqual((late.state, late.warehouse_id), ("sale", self.centre))

    def test_later_order_goes_elsewhere_rather_than_wait(self):
        self._waiting(-60, (self.cream, 3))
        self._stock(self.cream, centre=3, yanta=2)
        late = self._placed(0, (self.cream, 2))
        late.action_confirm()
        self.assertEqual((late.state, late.warehouse_id), ("sale", self.yanta))

    def test_goods_the_waiting_order_does_not_miss_are_free(self):
        self._stock(self.mask, centre=2)
        early = self._waiting(-60, (self.cream, 1), (self.mask, 2))
        late = self._placed(0, (self.mask, 2))
        late.action_confirm()
        self.assertEqual(late.state, "sale")
        self.assertEqual(early.state, "draft")

    def test_goods_are_put_aside_until_the_order_is_complete(self):
        early = self._waiting(-60, (self.cream, 4))
        for number in range(3):
            self._stock(self.cream, centre=1)
            late = self._placed(number, (self.cream, 1))
            late.action_confirm()
            self._run_job()
            self.assertEqual((early.state, late.state), ("draft", "draft"))
        self._stock(self.cream, centre=1)
        self._run_job()
        self.assertEqual(early.state, "sale")

    def test_rule_may_put_nothing_aside(self):
        self.rule.keeps_goods = False
        early = self._waiting(-60, (self.cream, 4))
        self._stock(self.cream, centre=3)
        late = self._placed(0, (self.cream, 1))
        late.action_confirm()
        self.assertEqual(late.state, "sale")
        self._stock(self.cream, centre=2)
        later = self._placed(1, (self.cream, 1))
        later.action_confirm()
        self.assertEqual(later.state, "draft", "all of it is there now, and the first has its turn")
        self._run_job()
        self.assertEqual(early.state, "sale")

    def test_quotation_nobody_wanted_to_confirm_keeps_nothing_from_anybody(self):
        quotation = self._placed(-60, (self.cream, 3))
        quotation._allocate()
        self.assertTrue(quotation.is_goods_short)
        self._stock(self.cream, centre=3)
        late = self._placed(0, (self.cream, 3))
        late.action_confirm()
        self.assertEqual(late.state, "sale")

    def test_order_to_be_confirmed_goes_before_a_mere_quotation_of_the_same_run(self):
        quotation, asked = self._placed(-60, (self.cream, 3)), self._waiting(0, (self.cream, 3))
        self._stock(self.cream, centre=3)
        (quotation + asked)._reallocate()
        self.assertEqual((asked.state, quotation.allocation_state), ("sale", "waiting"))

    def test_cancelled_order_keeps_nothing(self):
        early = self._waiting(-60, (self.cream, 3))
        early.with_context(disable_cancel_warning=True).action_cancel()
        self._stock(self.cream, centre=3)
        late = self._placed(0, (self.cream, 3))
        late.action_confirm()
        self.assertEqual(late.state, "sale")

    def test_earlier_dispatch_that_was_promised_goes_before_the_earlier_order(self):
        self._waiting(-60, (self.cream, 3))
        self._stock(self.cream, centre=3)
        urgent = self._placed(0, (self.cream, 3), ship_by_at=self.now + timedelta(hours=3))
        urgent.action_confirm()
        self.assertEqual(urgent.state, "sale")

    def test_confirmed_order_that_misses_goods_has_its_turn(self):
        early = self._placed(-60, (self.cream, 3), warehouse_id=self.centre.id)
        self._confirm_short(early)
        self._stock(self.cream, yanta=3)
        late = self._placed(60, (self.cream, 3))  # core dates an order by its confirmation
        late.action_confirm()
        self.assertEqual((late.state, late.allocation_state), ("draft", "waiting"))
        self._run_job()
        self.assertEqual(self._given(early), {self.yanta: {self.cream: 3}})

    def test_order_whose_warehouse_was_chosen_waits_there_and_nowhere_else(self):
        early = self._placed(-60, (self.cream, 3))
        early.with_user(self.ecommerce_clerk)._choose_warehouse(self.yanta, "the customer comes by")
        early.action_confirm()
        self._stock(self.cream, centre=3)
        late = self._placed(60, (self.cream, 3))
        late.action_confirm()
        self.assertEqual((late.state, late.warehouse_id), ("sale", self.centre))
        self._stock(self.cream, yanta=2)
        other = self._placed(61, (self.cream, 2))
        other.action_confirm()
        self.assertEqual(other.state, "draft", "what came to Yanta is the first one's")

    # ------------------------------------------------------------------ priority
    def _rule_for(self, tag, **vals):
        """Return a rule for customers of a tag, and such a customer."""
        category = self.env["res.partner.category"].create({"name": tag})
        rule = self.env["cosmetics.allocation.rule"].create(
            {"name": tag, "sequence": 1, "partner_category_ids": [Command.set(category.ids)], **vals}
        )
        return rule, self.customer.copy({"name": tag, "category_id": [Command.set(category.ids)]})

    def test_rule_goes_before_all_others(self):
        _rule, customer = self._rule_for("VIP", turn="0")
        self._waiting(-60, (self.cream, 3))
        self._stock(self.cream, centre=3)
        favoured = self._placed(0, (self.cream, 3), partner_id=customer.id)
        favoured.action_confirm()
        self.assertEqual(favoured.state, "sale")

    def test_rule_goes_after_all_others(self):
        _rule, customer = self._rule_for("Outlet", turn="2")
        self._waiting(-60, (self.cream, 3), partner_id=customer.id)
        self._stock(self.cream, centre=3)
        late = self._placed(0, (self.cream, 3))
        late.action_confirm()
        self.assertEqual(late.state, "sale")

    # ------------------------------------------------------------------ what it costs
    def test_waiting_orders_cost_no_question_each(self):
        def count(waiting):
            for number in range(waiting):
                self._waiting(number - 60, (self.cream, 3))
            order = self._placed(0, (self.cream, 1))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order._allocate(firm=True)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        few, many = count(2), count(12)
        self.assertLessEqual(many - few, 3, f"{few} queries beside few that wait, {many} beside many")

    def test_nobody_waits_for_other_goods(self):
        self._waiting(-60, (self.cream, 3))
        order = self._placed(0, (self.mask, 1))
        self.assertFalse(order.sudo()._get_orders_in_turn(order.sudo()._get_allocation_needs()))
