"""An approved request is committed until an order takes it over."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import PurchaseBudgetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-10 04:00:00")
class TestRequestBudget(PurchaseBudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._approve_budget(cls._create_budget())

    def _approve(self, *args, **vals):
        """Return a request that needs nobody and is approved at once."""
        request = self._create_request(*args, **vals)
        request.action_approval_request()
        self.assertEqual(request.state, "approved")
        return request

    def _make_order(self, request):
        """Return the request for quotation that the buyer makes of all of a request, at 1.00 apiece."""
        wizard = self._as(self.env["purchase.request.line.make.purchase.order"], self.buyer).with_company(self.company)
        wizard = wizard.with_context(active_model="purchase.request.line", active_ids=request.line_ids.ids)
        wizard = wizard.create({"supplier_id": self.vendor.id})
        order = self.env["purchase.order"].browse(wizard.make_purchase_order()["domain"][0][2])
        order = self._as(order, self.buyer)
        order.order_line.price_unit = 1
        return order

    def test_request_is_committed_once_it_is_approved(self):
        request = self._create_request(300)
        self.assertEqual(self._amounts(), (0, 0))
        request.action_approval_request()
        self.assertEqual(self._amounts(), (300, 0))

    def test_estimate_above_the_price_counts(self):
        self._approve(300, estimated=450)
        self.assertEqual(self._amounts(), (450, 0))

    def test_request_beyond_the_budget_is_not_approved(self):
        self._approve(900)
        request = self._create_request(101)
        with self.assertRaisesRegex(UserError, r"Office in 2026-05 is exceeded by .*1\.00"):
            request.action_approval_request()

    def test_confirmed_order_takes_over_what_the_request_held(self):
        request = self._approve(1000)
        order = self._make_order(request)
        order.order_line.product_qty = 600
        self.assertEqual(self._amounts(), (1000, 0))
        order.button_confirm()
        self.assertEqual((self._amounts(), order.committed_amount), ((1000, 0), 600))

    def test_order_of_two_requests_takes_over_both(self):
        requests = [self._approve(300), self._approve(700)]
        wizard = self._as(self.env["purchase.request.line.make.purchase.order"], self.buyer).with_company(self.company)
        lines = requests[0].line_ids | requests[1].line_ids
        wizard = wizard.with_context(active_model="purchase.request.line", active_ids=lines.ids).create({"supplier_id": self.vendor.id})
        order = self._as(self.env["purchase.order"].search(wizard.make_purchase_order()["domain"]), self.buyer)
        order.order_line.price_unit = 1
        order.button_confirm()
        self.assertEqual((self._amounts(), order.committed_amount), ((1000, 0), 1000))

    def test_dearer_order_of_a_full_budget_is_not_confirmed(self):
        order = self._make_order(self._approve(1000))
        order.order_line.price_unit = 1.01
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.button_confirm()

    def test_cancelled_order_leaves_the_request_committed(self):
        order = self._make_order(self._approve(1000))
        order.button_confirm()
        order.button_cancel()
        self.assertEqual((self._amounts(), order.committed_amount), ((1000, 0), 0))

    def test_finished_or_reset_request_gives_the_budget_back(self):
        for button in ("button_done", "button_draft"):
            with self.subTest(button):
                request = self._approve(700)
                getattr(self._as(request, self.buyer), button)()
                self.assertEqual(self._amounts(), (0, 0))

    def test_clerk_sees_what_is_left_while_asking(self):
        self.assertRegex(self._create_request(300).budget_note, r"Office leaves .*700\.00")

    def test_approved_request_moved_to_a_full_month_is_refused(self):
        self._approve(1000, date_start="2026-06-10")
        request = self._approve(1)
        with self.assertRaisesRegex(UserError, "2026-06 is exceeded"):
            self._as(request, self.buyer).date_start = "2026-06-10"

    def test_cancelled_line_of_a_request_gives_the_budget_back(self):
        request = self._approve(700)
        self._as(request.line_ids, self.buyer).do_cancel()
        self.assertEqual(self._amounts(), (0, 0))

    def test_approver_is_told_and_the_request_goes_on_waiting(self):
        manager = self._create_user(
            "budget_chief",
            "cosmetics_inventory_purchase.group_buyer,purchase.group_purchase_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.env["tier.definition"].create(
            {
                "name": "Test Node",
                "model_id": self.env["ir.model"]._get_id("purchase.request"),
                "review_type": "group",
                "reviewer_group_id": self.env.ref("purchase.group_purchase_manager").id,
                "company_id": False,
            }
        )
        request = self._create_request(1200)
        request.action_approval_request()
        self.assertEqual((request.state, self._amounts()), ("to_approve", (0, 0)))
        with self.assertRaisesRegex(UserError, "exceeded"), self.cr.savepoint():
            self._as(request, manager).action_approval_give()
        request.invalidate_recordset()
        self.assertEqual((request.state, self._amounts()), ("to_approve", (0, 0)))
        request.line_ids.product_qty = 400
        request.action_approval_request()
        self._as(request, manager).action_approval_give()
        self.assertEqual((request.state, self._amounts()), ("approved", (400, 0)))

    def test_request_of_the_shop_takes_the_line_of_the_shop(self):
        self.store.warehouse_id = self.warehouse
        self._renew(store_id=self.store.id)
        self.assertEqual((self._approve(300).line_ids.budget_store_id, self._amounts()), (self.store, (300, 0)))
