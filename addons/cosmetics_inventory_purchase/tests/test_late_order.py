"""Goods that do not come: one task for each order, one letter for each promise."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..models.purchase_order_late import ACTIVITY
from .common import PurchaseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestLateOrder(PurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor.email = "vendor@example.com"
        cls.order = cls._create_order(cls.product)
        cls.order.user_id = cls.buyer
        cls.order.order_line.date_planned = "2026-03-10 04:00:00"
        cls.order.button_confirm()

    def _run(self, day):
        with freeze_time(f"{day} 04:00:00"):
            self.env["purchase.order"]._cron_late()

    def _tasks(self, active=True):
        kind = self.env.ref(ACTIVITY)
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("res_id", "=", self.order.id), ("active", "=", active)]
        )

    def _letters(self):
        return self.env["mail.mail"].search([("res_id", "=", self.order.id), ("recipient_ids", "=", self.vendor.id)])

    def test_nothing_is_late_on_the_promised_day(self):
        self._run("2026-03-10")
        self.assertFalse(self._tasks())
        self.assertFalse(self._letters())

    def test_the_buyer_gets_one_task_and_the_vendor_one_letter(self):
        self._run("2026-03-11")
        self._run("2026-03-12")
        self.assertEqual(self._tasks().user_id, self.buyer)
        self.assertEqual(len(self._tasks()), 1)
        self.assertEqual(len(self._letters()), 1)
        self.assertIn("Test Cream", self._letters().body_html)

    def test_a_new_promise_takes_the_task_away_and_its_breach_is_told_again(self):
        self._run("2026-03-11")
        self.order.order_line.answered_on = "2026-03-15"
        self._run("2026-03-12")
        self.assertFalse(self._tasks())
        self._run("2026-03-16")
        self.assertEqual(len(self._tasks()), 1)
        self.assertEqual(len(self._letters()), 2)

    def test_a_promise_broken_again_brings_the_open_task_up_to_date(self):
        self._run("2026-03-11")
        self.order.order_line.answered_on = "2026-03-12"
        self._run("2026-03-13")
        self.assertIn("2026/03/12", self._tasks().summary.replace("03/12/2026", "2026/03/12"))
        self.assertEqual(len(self._tasks()), 1)

    def test_a_company_may_leave_vendors_alone(self):
        self.env.company.late_order_mail = False
        self._run("2026-03-11")
        self.assertTrue(self._tasks())
        self.assertFalse(self._letters())

    def test_a_vendor_without_an_address_gets_no_letter(self):
        self.vendor.email = False
        self._run("2026-03-11")
        self.assertTrue(self._tasks())
        self.assertFalse(self._letters())

    def test_a_cancelled_order_takes_its_task_with_it(self):
        self._run("2026-03-11")
        self.order.button_cancel()
        self._run("2026-03-12")
        self.assertFalse(self._tasks())

    def test_the_list_of_late_orders_counts_the_days(self):
        with freeze_time("2026-03-14 04:00:00"):
            orders = self.env["purchase.order"].with_user(self.buyer).search(self.order._get_late_domain())
            self.assertIn(self.order, orders)
            self.order.invalidate_recordset(["late_days"])
            self.assertEqual(self.order.late_days, 4)

    def test_nobody_is_late_by_a_default_of_the_context(self):
        copy = self.env["purchase.order"].with_user(self.buyer).with_context(default_late_told_for="2026-03-10")
        order = copy.create({"partner_id": self.vendor.id})
        self.assertFalse(order.late_told_for)

    def test_a_keeper_changes_no_promise(self):
        keeper = self._create_user("test_late_keeper", "cosmetics_inventory.group_warehouse_keeper")
        with self.assertRaises(AccessError):
            self.order.order_line.with_user(keeper).answered_on = "2026-03-15"
