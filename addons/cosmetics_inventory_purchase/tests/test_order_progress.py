"""How far an order has come, as buyer and shop see it."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common_approval import ORDER, ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestOrderProgress(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tool = cls._create_product(name="Brush", is_storable=True, cosmetic_kind="other", item_class="tool", registration_no=False)
        cls.tool.purchase_method = "receive"
        cls.keeper = cls._create_user("test_progress_keeper", "cosmetics_inventory.group_warehouse_manager")
        cls.accountant = cls._create_user("test_progress_accountant", "account.group_account_invoice")

    def _ordered(self, quantity=10):
        order = self._create_order(self.tool, quantity)
        order.order_line.date_planned = "2026-03-10 04:00:00"
        order.button_confirm()
        return order

    def _receive(self, order, quantity):
        picking = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).with_user(self.keeper)
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()
        self.assertEqual(picking.state, "done")

    def _steps(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        return order.progress

    def test_an_order_goes_from_quotation_over_goods_to_payment(self):
        order = self._create_order(self.tool)
        self.assertEqual(self._steps(order), "draft")
        order.button_confirm()
        self.assertEqual(self._steps(order), "ordered")
        order.action_vendor_answer()
        self.assertEqual(self._steps(order), "answered")
        self._receive(order, 4)
        self.assertEqual(self._steps(order), "partial")
        self._receive(order, 6)
        self.assertEqual(self._steps(order), "received")
        order.with_user(self.accountant).sudo(False).action_create_invoice()
        bill = order.sudo().invoice_ids.with_user(self.accountant)
        bill.invoice_date = date(2026, 3, 2)
        bill.action_post()
        self.assertEqual(self._steps(order), "billed")
        self.env["account.payment.register"].with_user(self.accountant).with_context(
            active_model="account.move", active_ids=bill.ids
        ).create({}).action_create_payments()
        self.assertEqual(self._steps(order), "paid")

    def test_an_approval_is_a_step_and_its_withdrawal_leads_back(self):
        self._create_node(ORDER, "purchase.group_purchase_manager")
        order = self._create_large_order()
        order.action_approval_request()
        self.assertEqual(self._steps(order), "approval")
        order.with_user(self.chief).action_approval_give()
        self.assertEqual(self._steps(order), "approved")
        order.order_line[0].price_unit = 31
        self.assertEqual(self._steps(order), "draft")

    def test_a_cancelled_order_says_so(self):
        order = self._ordered()
        order.button_cancel()
        self.assertEqual((self._steps(order), order.promised_on), ("cancel", False))

    def test_the_next_promise_is_the_answer_of_the_vendor_or_the_day_ordered(self):
        order = self._ordered()
        self.assertEqual(order.promised_on, date(2026, 3, 10))
        order.order_line.answered_on = "2026-03-12"
        self.assertEqual(order.promised_on, date(2026, 3, 12))
        self._receive(order, 10)
        self.assertFalse(order.promised_on, "nothing is awaited any more")

    def test_the_promised_day_is_that_of_china(self):
        order = self._ordered()
        order.order_line.date_planned = "2026-03-10 16:30:00"
        self.assertEqual(order.promised_on, date(2026, 3, 11))

    def test_a_new_expected_day_of_a_confirmed_order_is_logged(self):
        order = self._ordered()
        order.order_line.date_planned = "2026-03-20 04:00:00"
        self.assertIn("now expected on 2026-03-20, was 2026-03-10", order.message_ids[0].body)
        count = len(order.message_ids)
        order.order_line.date_planned = "2026-03-20 04:00:00"
        self.assertEqual(len(order.message_ids), count, "the same day is no news")

    def test_the_day_of_a_quotation_is_changed_without_a_note(self):
        order = self._create_order(self.tool)
        count = len(order.message_ids)
        order.order_line.date_planned = "2026-03-20 04:00:00"
        self.assertEqual(len(order.message_ids), count)

    def test_the_shop_sees_how_far_the_slowest_order_of_its_request_is(self):
        request = self._create_request((self.tool, 10))
        request.action_approval_request()
        line = request.line_ids
        self.assertFalse(line.order_progress)
        fast, slow = self._ordered(), self._create_order(self.tool, 5)
        line.sudo().purchase_lines = fast.order_line | slow.order_line
        self.assertEqual(line.order_progress, "draft")
        slow.button_cancel()
        self.assertEqual(line.order_progress, "ordered")
        with self.assertRaises(AccessError):
            slow.with_user(self.stranger).read(["amount_total"])
