"""Credit terms of finance hold the orders and deliveries of sales."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_credit import CreditCommon


@tagged("post_install", "-at_install")
class TestCredit(CreditCommon):
    def _release(self):
        releases = self.env["cosmetics.credit.release"].with_user(self.accountant)
        return releases.create({"partner_id": self.customer.id, "reason": "Transfer seen at the bank"})

    def _assert_held(self, order, words):
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            self._deliver(order)
        self.assertNotIn("done", order.sudo().picking_ids.mapped("state"))

    # ------------------------------------------------------------------ orders
    def test_a_customer_too_late_gets_no_order_and_is_told_the_days(self):
        self._set_terms(credit_days=30)
        self._create_debt(days_late=40)
        with self.assertRaisesRegex(UserError, "40 days late with a payment, 30 are allowed"):
            self._confirm()

    def test_a_customer_within_its_days_is_not_asked(self):
        self._set_terms(credit_days=40)
        self._create_debt(days_late=40)
        self.assertEqual(self._confirm().state, "sale")

    def test_a_reviewer_may_waive_lateness(self):
        self._set_terms(credit_days=30)
        self._create_debt()
        order = self._create_order(self.product)
        order._review()
        order.sudo().finding_ids.with_user(self.reviewer)._waive("The owner knows them")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_the_limit_is_asked_once_not_twice(self):
        self._set_terms(credit_limit=150)
        order = self._create_order(self.product)
        order._review()
        self.assertEqual(order.sudo().finding_ids.mapped("rule_id"), self.rule)

    def test_salespeople_are_told_without_reading_the_books(self):
        self._set_terms(credit_days=30)
        self._create_debt()
        order = self._create_order(self.product)
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertFalse(self.env["account.move"].with_user(self.salesperson).has_access("create"))

    # ------------------------------------------------------------------ deliveries
    def test_goods_of_a_customer_in_time_leave(self):
        self._set_terms(credit_days=30, credit_limit=1000)
        self.assertEqual(self._deliver(self._confirm()).state, "done")

    def test_goods_of_a_late_customer_stay_until_released(self):
        order = self._confirm()
        self._set_terms(credit_days=30)
        self._create_debt()
        self._assert_held(order, "too late with a payment")
        self._release()
        self.assertEqual(self._deliver(order).state, "done")

    def test_a_held_delivery_says_so_before_it_is_packed(self):
        order = self._confirm()
        picking = order.sudo().picking_ids.with_user(self.keeper)
        self.assertFalse(picking.credit_hold)
        self._set_terms(credit_days=30)
        self._create_debt()
        self.env.invalidate_all()
        self.assertIn(order.name, picking.credit_hold)

    def test_goods_leave_again_once_the_customer_has_paid(self):
        order = self._confirm()
        self._set_terms(credit_days=30)
        invoice = self._create_debt()
        self._assert_held(order, "too late")
        register = self.env["account.payment.register"].with_user(self.accountant)
        register.with_context(active_model="account.move", active_ids=invoice.ids).create({}).action_create_payments()
        self.assertEqual(self._deliver(order).state, "done")

    def test_a_debt_that_came_after_the_order_holds_its_goods(self):
        self._set_terms(credit_limit=250)
        order = self._confirm()
        self._create_debt(100, days_late=0)
        self._assert_held(order, "owes more than its credit limit")

    def test_a_waived_limit_lets_the_goods_of_that_order_leave(self):
        self._set_terms(credit_limit=150)
        order = self._create_order(self.product)
        order._review()
        order.sudo().finding_ids.with_user(self.reviewer)._waive("The owner knows them")
        order.action_confirm()
        self.assertEqual(self._deliver(order).state, "done")

    def test_what_comes_back_is_never_held(self):
        order = self._confirm()
        picking = self._deliver(order)
        self._set_terms(credit_days=30)
        self._create_debt()
        wizard = self.env["stock.return.picking"].with_user(self.keeper)
        wizard = wizard.with_context(active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 2
        back = self.env["stock.picking"].with_user(self.keeper).browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": 2, "picked": True})
        back.button_validate()
        self.assertEqual(back.state, "done")

    def test_a_release_of_yesterday_holds_nothing_open(self):
        order = self._confirm()
        self._set_terms(credit_days=30)
        self._create_debt()
        release = self._release()
        # sudo: days pass
        release.sudo().write({"ended_at": fields.Datetime.now() - timedelta(hours=1)})
        self._assert_held(order, "too late")
