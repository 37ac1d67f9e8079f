"""The vendor answers an order: what differs from it is shown."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestVendorAnswer(PurchaseCommon):
    def _confirmed(self):
        order = self._create_order(self.product)
        order.order_line.date_planned = "2026-03-10 15:00:00"  # 23:00 in Xi'an
        order.button_confirm()
        return order.with_context(tz="Asia/Shanghai")

    def test_answer_without_differences_is_taken_as_ordered(self):
        order = self._confirmed()
        order.action_vendor_answer()
        line = order.order_line
        self.assertEqual((line.answered_quantity, str(line.answered_on), order.acknowledged), (10, "2026-03-10", True))
        self.assertFalse(order.answer_note)

    def test_less_and_later_is_shown_and_logged(self):
        order = self._confirmed()
        order.order_line.write({"answered_quantity": 6, "answered_on": "2026-03-11"})
        order.action_vendor_answer()
        self.assertIn("10 ordered, the vendor delivers 6", order.answer_note)
        self.assertIn("2026/03/11", order.answer_note)
        self.assertIn("the vendor delivers 6", order.message_ids.filtered(lambda message: "delivers" in (message.body or ""))[0].body)

    def test_earlier_is_no_difference(self):
        order = self._confirmed()
        order.order_line.write({"answered_quantity": 10, "answered_on": "2026-03-05"})
        order.action_vendor_answer()
        self.assertFalse(order.answer_note)

    def test_nothing_is_an_answer_too(self):
        order = self._confirmed()
        order.order_line.write({"answered_quantity": 0, "answered_on": "2026-03-10"})
        order.action_vendor_answer()
        self.assertEqual(order.order_line.answered_quantity, 0)
        self.assertIn("delivers 0", order.answer_note)

    def test_difference_follows_the_order(self):
        order = self._confirmed()
        order.action_vendor_answer()
        order.order_line.product_qty = 8
        self.assertIn("8 ordered, the vendor delivers 10", order.answer_note)

    def test_request_for_quotation_has_no_answer(self):
        with self.assertRaisesRegex(UserError, "not confirmed yet"):
            self._create_order(self.product).action_vendor_answer()

    def test_copy_starts_without_an_answer(self):
        order = self._confirmed()
        order.action_vendor_answer()
        copy = order.copy()
        self.assertEqual((copy.answered_at, copy.order_line.answered_quantity), (False, 0))

    def test_keeper_records_no_answer(self):
        keeper = self._create_user("test_answer_keeper", "cosmetics_inventory.group_warehouse_keeper")
        with self.assertRaises(AccessError):
            self._confirmed().with_user(keeper).action_vendor_answer()

    def test_less_than_nothing_is_refused(self):
        order = self._confirmed()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            order.order_line.answered_quantity = -1
            self.env.flush_all()
