"""Whatever confirms an order, its goods are looked for first; what misses some waits for them and says so."""

from odoo import Command
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..models.sale_order_allocation_confirm import ALLOCATED
from .common_allocation import AllocationCommon


class ConfirmCommon(AllocationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([]).active = False

    def _assert_given_from(self, order, place):
        self.assertEqual((order.state, order.allocation_state, order.warehouse_id), ("sale", "allocated", place))
        self.assertEqual(list(self._given(order)), [place])

    def _assert_waits(self, order, state="draft"):
        self.assertEqual((order.state, order.allocation_state), (state, "waiting"))
        self.assertTrue(order.is_confirm_requested)
        self.assertTrue(order.is_goods_short)
        self.assertTrue(order.allocation_sentence)
        self.assertFalse(order.sudo().picking_ids)
        self.assertTrue(self._activities(order))


@tagged("post_install", "-at_install")
class TestConfirmAllocates(ConfirmCommon):
    def test_button_takes_the_goods_where_they_are(self):
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self.assertIs(order.action_confirm(), True)
        self._assert_given_from(order, self.yanta)

    def test_signature_takes_the_goods_where_they_are(self):
        self._stock(self.cream, beilin=5)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        order.sudo()._validate_order()
        self._assert_given_from(order, self.beilin)

    def test_order_that_is_entered_as_confirmed_moves_to_its_goods(self):
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id, state="sale")
        self._assert_given_from(order, self.yanta)

    def test_order_that_is_entered_as_confirmed_says_what_it_misses(self):
        order = self._order((self.cream, 2), state="sale")
        self.assertEqual((order.state, order.allocation_state, order.is_goods_short), ("sale", "waiting", True))
        self.assertTrue(self._activities(order))

    def test_state_is_not_written_past_the_goods(self):
        order = self._order((self.cream, 2))
        with self.assertRaisesRegex(UserError, "Press Confirm"), self.cr.savepoint():
            order.write({"state": "sale"})
        self.env.invalidate_all()
        self.assertEqual((order.state, order.allocation_state), ("draft", "none"))
        self._stock(self.cream, yanta=2)
        order.write({"state": "sale"})
        self.assertEqual((order.state, order.warehouse_id), ("sale", self.yanta))

    def test_context_of_a_client_switches_nothing_off(self):
        self._stock(self.cream, yanta=2)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        order.with_context(**{ALLOCATED: {"a": 1}}).action_confirm()
        self._assert_given_from(order, self.yanta)
        self.assertIsNone(Memo.of(order.with_context(**{ALLOCATED: True}).env, ALLOCATED))

    def test_order_without_its_goods_waits_and_tells(self):
        order = self._order((self.cream, 2))
        told = order.action_confirm()
        self._assert_waits(order)
        self.assertEqual((told["tag"], told["params"]["type"]), ("display_notification", "warning"))
        self.assertIn("Test Cream (0 of 2 there)", told["params"]["message"])
        self.assertIn(order.name, told["params"]["message"])

    def test_waiting_order_is_confirmed_by_itself_when_its_goods_come(self):
        order = self._order((self.cream, 2))
        order.action_confirm()
        self._stock(self.cream, beilin=2)
        self._run_job()
        self._assert_given_from(order, self.beilin)
        self.assertFalse(order.is_confirm_requested)
        self.assertFalse(self._activities(order))

    def test_those_with_goods_are_confirmed_and_the_others_wait(self):
        self._stock(self.cream, centre=2)
        good, bad = self._order((self.cream, 2)), self._order((self.mask, 1))
        told = (good + bad).action_confirm()
        self._assert_given_from(good, self.centre)
        self._assert_waits(bad)
        self.assertNotIn(good.name, told["params"]["message"])

    def test_signed_order_without_its_goods_is_no_draft_any_more(self):
        order = self._order((self.cream, 2))
        order.sudo()._validate_order()
        self._assert_waits(order, state="sent")
        self.assertIn("Accepted by the customer", order.sudo().message_ids[0].body)
        self._stock(self.cream, centre=2)
        self._run_job()
        self._assert_given_from(order, self.centre)

    def test_choice_by_hand_is_kept_whatever_is_there(self):
        self._stock(self.cream, centre=5)
        order = self._order((self.cream, 2))
        order.with_user(self.ecommerce_clerk)._choose_warehouse(self.yanta, "the customer comes by")
        self.assertIs(order.action_confirm(), True)
        self.assertEqual((order.state, order.allocation_state, order.warehouse_id), ("sale", "manual", self.yanta))
        self.assertEqual(self._given(order), {self.yanta: {self.cream: 2}})
        self.assertTrue(order.is_goods_short, "and it says that they are missing")

    def test_stale_allocation_is_looked_at_again(self):
        self._stock(self.cream, centre=2, yanta=2)
        order = self._order((self.cream, 2))
        order._allocate()
        self.assertEqual(order.warehouse_id, self.centre)
        self._stock(self.cream, centre=-2)
        order.action_confirm()
        self._assert_given_from(order, self.yanta)

    def test_more_than_was_allocated_waits(self):
        self._stock(self.cream, centre=2)
        order = self._order((self.cream, 2))
        order._allocate()
        order.order_line.product_uom_qty = 3
        order.action_confirm()
        self._assert_waits(order)

    def test_without_any_rule_orders_go_the_way_of_core(self):
        self.rule.active = False
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self.assertIs(order.action_confirm(), True)
        self.assertEqual((order.state, order.warehouse_id), ("sale", self.centre))
        self.assertEqual((order.allocation_state, order.is_goods_short), ("waiting", True), "it does not wait silently")

    def test_rule_of_another_company_is_no_rule_here(self):
        self.rule.company_id = self.env["res.company"].create({"name": "Another Company"})
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        order.action_confirm()
        self.assertEqual((order.state, order.warehouse_id), ("sale", self.centre))

    def test_part_is_confirmed_where_the_rule_delivers_what_is_there(self):
        self.rule.is_partial_allowed = True
        self._stock(self.cream, centre=1)
        order = self._order((self.cream, 3))
        self.assertIs(order.action_confirm(), True)
        self.assertEqual((order.state, order.allocation_state), ("sale", "partial"))
        self.assertEqual(self._given(order), {self.centre: {self.cream: 3}})

    def test_split_order_is_confirmed_from_both_places(self):
        self.rule.max_parcels = 2
        self._stock(self.cream, centre=2, yanta=1)
        order = self._order((self.cream, 3))
        order.action_confirm()
        self.assertEqual(self._given(order), {self.centre: {self.cream: 2}, self.yanta: {self.cream: 1}})

    def test_services_are_confirmed_at_once(self):
        service = self._create_product(name="Make-up Lesson", type="service", item_class="gift")
        order = self._order((service, 1))
        self.assertIs(order.action_confirm(), True)
        self.assertEqual((order.state, order.allocation_state), ("sale", "none"))

    def test_what_was_handed_over_already_waits_for_nothing(self):
        order = self._order((self.cream, 2))
        self.patch(type(order), "_get_review_exempt", lambda orders: orders)
        self.assertIs(order.action_confirm(), True)
        self.assertEqual((order.state, order.is_goods_short), ("sale", True))

    def test_order_that_may_not_be_confirmed_does_not_wait_for_goods(self):
        self.env["cosmetics.review.rule"].create({"name": "Everything", "kind": "amount", "level": "block", "amount_limit": 0.0})
        order = self._order((self.cream, 2))
        with self.assertRaisesRegex(UserError, "Not confirmed"), self.cr.savepoint():
            order.action_confirm()
        self.env.invalidate_all()
        self.assertEqual((order.state, order.allocation_state, order.is_confirm_requested), ("draft", "none", False))

    def test_order_nobody_paid_for_keeps_no_goods(self):
        shop = self.env["cosmetics.channel"].create({"name": "Test Shop", "code": "TPAY", "kind": "marketplace", "platform": "other"})
        order = self._order((self.cream, 2), user=self.ecommerce_clerk, channel_id=shop.id, channel_state="unpaid")
        with self.assertRaisesRegex(UserError, "cannot be confirmed"), self.cr.savepoint():
            order.action_confirm()
        self.env.invalidate_all()
        _done, refused = order._confirm_in_bulk()
        self.assertIn("cannot be confirmed", refused[order])
        self.assertEqual((order.state, order.allocation_state, order.is_confirm_requested), ("draft", "none", False))

    def test_product_that_is_sold_no_more_keeps_no_goods(self):
        order = self._order((self.cream, 2))
        self.cream.lifecycle_stage_id = self.stage_delisted
        with self.assertRaises(UserError), self.cr.savepoint():
            order.action_confirm()
        self.env.invalidate_all()
        self.assertEqual((order.state, order.allocation_state, order.is_confirm_requested), ("draft", "none", False))

    def test_cancelled_order_is_not_confirmed(self):
        order = self._order((self.cream, 2))
        order._action_cancel()
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertEqual((order.state, order.allocation_state), ("cancel", "none"))

    def test_colleague_neither_confirms_nor_makes_wait(self):
        order = self._order((self.cream, 2))
        with self.assertRaises(AccessError), self.cr.savepoint():
            order.with_user(self.colleague).action_confirm()
        self.env.invalidate_all()
        self.assertEqual((order.state, order.allocation_state), ("draft", "none"))


@tagged("post_install", "-at_install")
class TestConfirmManyAllocates(ConfirmCommon):
    def _orders(self, number, lines=5):
        products = [self._create_product(name=f"Goods {index}", cosmetic_kind="other", is_storable=True) for index in range(lines)]
        for product in products:
            self._stock(product, centre=99999)
        orders = self.env["sale.order"].with_user(self.salesperson)
        for _index in range(number):
            orders += self._order(*((product, 1) for product in products))
        self.env.flush_all()
        self.env.invalidate_all()
        return orders

    def _count(self, act):
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_waiting_orders_are_among_the_refused_with_their_reason(self):
        self._stock(self.cream, centre=3)
        orders = self._order((self.cream, 2)) + self._order((self.mask, 2)) + self._order((self.cream, 1))
        done, refused = orders._confirm_in_bulk()
        self.assertEqual((done, list(refused)), (orders[0] + orders[2], [orders[1]]))
        self.assertIn("Test Mask (0 of 2 there)", refused[orders[1]])
        self._assert_waits(orders[1])

    def test_refused_orders_of_a_hundred_hold_up_nobody(self):
        service = self._create_product(name="Make-up Lesson", type="service", item_class="gift")
        self._stock(self.cream, centre=200)
        orders = self.env["sale.order"].with_user(self.salesperson)
        for number in range(100):
            orders += self._order((self.cream, 1) if number % 10 else (service, 1))
        cancelled = orders[13] + orders[77]
        cancelled._action_cancel()
        orders[42].write({"order_line": [Command.create({"product_id": self.mask.id, "product_uom_qty": 1})]})
        done, refused = orders._confirm_in_bulk()
        self.assertEqual(set(refused), set(cancelled + orders[42]))
        self.assertEqual(done, orders - cancelled - orders[42])
        self.assertEqual(set(done.mapped("state")), {"sale"})
        self._assert_waits(orders[42])

    def test_reviewed_orders_that_wait_say_why_they_stay(self):
        self._stock(self.cream, centre=2)
        good, bad = self._order((self.cream, 2)), self._order((self.mask, 1))
        told = (good + bad).action_review_confirm()
        self.assertEqual((good.state, bad.state), ("sale", "draft"))
        self.assertEqual(bad.review_sentence, bad.allocation_sentence)
        self.assertIn(bad.name, told["params"]["message"])
        self._assert_waits(bad)

    def test_allocation_of_many_costs_as_much_as_of_one(self):
        few, many = self._orders(3), self._orders(30)
        self._count(self._orders(1)._allocate_to_confirm)
        small, large = self._count(few._allocate_to_confirm), self._count(many._allocate_to_confirm)
        self.assertLessEqual(large - small, 3, f"{small} queries for 3 orders, {large} for 30")

    def test_orders_without_a_rule_ask_one_question_more(self):
        self.rule.active = False
        order = self._orders(1)
        order.order_line.mapped("product_id.is_storable")
        self.assertLessEqual(self._count(order._allocate_to_confirm), 1)
        self.assertEqual(order.allocation_state, "none")

    def test_what_was_allocated_is_not_allocated_again_by_its_confirmation(self):
        orders = self._orders(3)
        asked = []
        original = type(orders)._decide_allocation

        def count(records, needs, firm=False):
            asked.append(len(records))
            return original(records, needs, firm)

        self.patch(type(orders), "_decide_allocation", count)
        orders.action_review_confirm()
        self.assertEqual((asked, set(orders.mapped("state"))), ([3], {"sale"}))


@tagged("post_install", "-at_install")
class TestConfirmByCustomer(ConfirmCommon, HttpCase):
    """The customer signs or pays in the portal."""

    # One white dot.
    SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"

    def _sign(self, order):
        order.sudo().write({"require_signature": True, "require_payment": False, "state": "sent"})
        order._portal_ensure_token()
        self.env.flush_all()
        url = f"/my/orders/{order.id}/accept?access_token={order.access_token}"
        answer = self.make_jsonrpc_request(url, {"name": "Test Buyer", "signature": self.SIGNATURE})
        self.env.invalidate_all()
        return answer

    def test_signed_order_leaves_from_where_its_goods_are(self):
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self.assertTrue(self._sign(order).get("force_refresh"))
        self._assert_given_from(order, self.yanta)

    def test_signature_is_kept_while_the_order_waits(self):
        order = self._order((self.cream, 2))
        self.assertTrue(self._sign(order).get("force_refresh"))
        self.assertEqual(order.signed_by, "Test Buyer")
        self._assert_waits(order, state="sent")

    def _pay(self, order):
        provider = self.env["payment.provider"].create({"name": "Test Wallet", "code": "none"})
        method = self.env["payment.method"].create({"name": "Test", "code": "test_goods", "provider_ids": [Command.set(provider.ids)]})
        order.sudo().write({"require_payment": True, "prepayment_percent": 1.0})
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"test-{order.id}",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "state": "done",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )

    def test_paid_order_leaves_from_where_its_goods_are(self):
        self._stock(self.cream, beilin=5)
        order = self._order((self.cream, 2), warehouse_id=self.centre.id)
        self.assertEqual(self._pay(order)._check_amount_and_confirm_order(), order.sudo())
        self._assert_given_from(order, self.beilin)

    def test_money_is_kept_while_the_order_waits(self):
        order = self._order((self.cream, 2))
        transaction = self._pay(order)
        self.assertFalse(transaction._check_amount_and_confirm_order(), "it is not among the confirmed")
        self.assertEqual(transaction.state, "done")
        self._assert_waits(order, state="sent")
