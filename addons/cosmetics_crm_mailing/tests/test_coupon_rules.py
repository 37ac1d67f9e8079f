"""Coupons: which go together, how often, and where they were used."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import MailingCommon


@tagged("post_install", "-at_install")
class TestCouponRules(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member()
        cls.first, cls.second = (cls.env["loyalty.program"].create({"name": f"Coupon {name}", "program_type": "coupons"}) for name in "AB")
        # Any document will do; the rules do not know orders.
        cls.orders = cls.env["res.partner"].create([{"name": f"Order {number}", "parent_id": cls.member.id} for number in range(4)])

    def _use(self, order, *programs):
        """Use a new coupon of each program on a document, as a confirmed order does."""
        cards = [
            self.env["loyalty.card"].create({"program_id": program.id, "partner_id": self.member.id, "points": 1}) for program in programs
        ]
        vals = {"description": "Order", "used": 1, "order_model": "res.partner", "order_id": order.id}
        with self.cr.savepoint():
            return self.env["loyalty.history"].create([{**vals, "card_id": card.id} for card in cards])

    def _assert_refused(self, order, *programs):
        with self.assertRaises(UserError):
            self._use(order, *programs)

    def test_coupons_go_together_unless_somebody_says_otherwise(self):
        self.assertEqual(len(self._use(self.orders[0], self.first, self.second, self.first)), 3)

    def test_coupon_that_stands_alone_takes_no_company(self):
        self.first.coupon_stacking = "alone"
        self._assert_refused(self.orders[0], self.first, self.second)
        self.assertTrue(self._use(self.orders[0], self.first))

    def test_one_coupon_of_a_program_on_an_order(self):
        self.first.coupon_stacking = "others"
        self._assert_refused(self.orders[0], self.first, self.first)
        self.assertTrue(self._use(self.orders[0], self.first, self.second))

    def test_order_takes_so_many_coupons_at_most(self):
        self.company.coupon_order_limit = 2
        self._assert_refused(self.orders[0], self.first, self.second, self.second)
        self.assertTrue(self._use(self.orders[0], self.first, self.second))

    def test_member_uses_a_coupon_so_often(self):
        self.first.coupon_member_limit = 2
        for order in self.orders[:2]:
            self._use(order, self.first)
        self._assert_refused(self.orders[2], self.first)
        self.assertTrue(self._use(self.orders[2], self.second))

    def test_store_gives_a_coupon_so_often(self):
        self.first.coupon_store_limit = 1
        self._use(self.orders[0], self.first)
        self._buy((self.member, "2026-05-08 02:00:00", 80))
        self.env.cr.execute("UPDATE loyalty_history SET order_id = 1, order_model = 'sale.order' WHERE order_id = %s", [self.orders[0].id])
        card = self.env["loyalty.card"].create({"program_id": self.first.id, "partner_id": self.member.id, "points": 1})
        self.assertTrue(card._get_use_refusal(self.orders[1], store=self.store))
        self.assertFalse(card._get_use_refusal(self.orders[1], store=self.other_store))

    def test_what_was_paid_at_a_till_is_written_down_all_the_same(self):
        self.first.coupon_stacking = "alone"
        cards = self.env["loyalty.card"].create([{"program_id": self.first.id, "points": 1}] * 2)
        vals = {"description": "Till", "used": 1, "order_model": "pos.order", "order_id": 1}
        self.assertEqual(len(self.env["loyalty.history"].create([{**vals, "card_id": card.id} for card in cards])), 2)

    def test_report_knows_program_store_and_basket(self):
        line = self._use(self.orders[0], self.first)
        self._buy((self.member, "2026-05-08 02:00:00", 80))
        self.env.cr.execute("UPDATE loyalty_history SET order_id = 1, order_model = 'sale.order' WHERE id = %s", [line.id])
        self.env.invalidate_all()
        row = self.env["cosmetics.coupon.redemption"].with_user(self.manager).search([("program_id", "=", self.first.id)])
        self.assertEqual((row.store_id, row.basket, row.partner_id, row.source), (self.store, 80, self.member, "sale"))

    def test_points_spent_and_gifts_given_are_no_redemption(self):
        card = self.env["loyalty.card"].create({"program_id": self.first.id, "points": 1})
        self.env["loyalty.history"].create({"card_id": card.id, "description": "Gift", "issued": 1})
        self.assertFalse(self.env["cosmetics.coupon.redemption"].search([("program_id", "=", self.first.id)]))

    def test_report_is_not_for_advisers(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.coupon.redemption"].with_user(self.adviser).search([])

    # ------------------------------------------------------------------ edges
    def test_coupon_that_stands_alone_is_refused_by_whatever_order_it_comes_in(self):
        self.second.coupon_stacking = "alone"
        self._assert_refused(self.orders[0], self.first, self.second)
        self._assert_refused(self.orders[0], self.second, self.first)

    def test_sentence_names_the_coupon(self):
        self.first.coupon_stacking = "alone"
        with self.assertRaisesRegex(UserError, "Coupon A"):
            self._use(self.orders[0], self.second, self.first)

    def test_limit_of_an_order_counts_that_order_alone(self):
        self.company.coupon_order_limit = 1
        for order in self.orders[:3]:
            self.assertTrue(self._use(order, self.first))

    def test_limit_of_a_member_counts_two_coupons_of_one_order(self):
        self.first.coupon_member_limit = 1
        self._assert_refused(self.orders[0], self.first, self.first)

    def test_limit_of_a_member_is_that_member_s_own(self):
        self.first.coupon_member_limit = 1
        self._use(self.orders[0], self.first)
        self.member = self._create_member("李二")
        self.assertTrue(self._use(self.orders[1], self.first))

    def test_what_is_not_used_on_a_document_is_not_counted(self):
        self.first.coupon_member_limit = 1
        card = self.env["loyalty.card"].create({"program_id": self.first.id, "partner_id": self.member.id, "points": 1})
        self.env["loyalty.history"].create({"card_id": card.id, "description": "By hand", "used": 1})
        self.assertTrue(self._use(self.orders[0], self.first))

    def test_negative_limits_are_refused(self):
        for name in ("coupon_member_limit", "coupon_store_limit"):
            with self.subTest(name=name), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.first.write({name: -1})

    def test_member_manager_sets_the_rules(self):
        self.first.with_user(self.manager).write({"coupon_stacking": "alone", "coupon_member_limit": 1, "coupon_store_limit": 5})
        self._assert_refused(self.orders[0], self.first, self.second)

    def test_adviser_does_not_set_the_rules(self):
        with self.assertRaises(AccessError):
            self.first.with_user(self.adviser).coupon_stacking = "any"

    def test_nobody_writes_the_report(self):
        line = self._use(self.orders[0], self.first)
        row = self.env["cosmetics.coupon.redemption"].with_user(self.manager).browse(line.id)
        with self.assertRaises(AccessError):
            row.write({"basket": 1})

    # ------------------------------------------------------------------ two at once
    def test_use_of_a_limited_coupon_touches_the_program_so_that_the_second_one_starts_over(self):
        """A mere lock would let the second order go on with the figures from before the first."""
        self.first.coupon_member_limit = 1
        card = self.env["loyalty.card"].create({"program_id": self.first.id, "partner_id": self.member.id, "points": 1})
        self.env.flush_all()
        before = self._versions()
        card._get_use_refusal(self.orders[0])
        self.assertEqual(self._versions(), before, "asking changes nothing")
        card._lock_use()
        self.assertNotEqual(self._versions(), before)

    def test_coupon_without_limits_holds_up_no_other_order(self):
        card = self.env["loyalty.card"].create({"program_id": self.first.id, "partner_id": self.member.id, "points": 1})
        self.env.flush_all()
        before = self._versions()
        card._lock_use()
        self.assertEqual(self._versions(), before)

    def _versions(self):
        """Return where PostgreSQL keeps the row of the program: another place after each write."""
        self.cr.execute("SELECT ctid::text FROM loyalty_program WHERE id = %s", [self.first.id])
        return self.cr.fetchone()
