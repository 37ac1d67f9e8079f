"""The bill of an order is spent instead of committed: never both."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import PurchaseBudgetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-10 04:00:00")
class TestOrderBill(PurchaseBudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._approve_budget(cls._create_budget())

    def test_bill_of_a_full_budget_is_posted_and_counts_once(self):
        order = self._order(10)
        self._bill(order, 10).action_post()
        self.assertEqual((self._amounts(), order.committed_amount), ((0, 1000), 0))

    def test_part_that_is_billed_is_committed_no_more(self):
        order = self._order(10)
        self._bill(order, 4).action_post()
        self.assertEqual(self._amounts(), (600, 400))

    def test_draft_of_a_bill_frees_nothing(self):
        order = self._order(10)
        bill = self._bill(order, 10)
        self.assertEqual(self._amounts(), (1000, 0))
        bill.action_post()
        bill.button_draft()
        self.assertEqual(self._amounts(), (1000, 0))

    def test_refund_of_a_bill_commits_again(self):
        order = self._order(10)
        bill = self._bill(order, 10)
        bill.action_post()
        wizard = self.books["account.move.reversal"].with_context(active_model="account.move", active_ids=bill.ids)
        wizard = wizard.create({"journal_id": bill.journal_id.id, "date": "2026-05-10"})
        refund = self.books["account.move"].browse(wizard.refund_moves()["res_id"])
        refund.action_post()
        self.assertEqual(self._amounts(), (1000, 0))

    def test_order_may_not_take_what_a_bill_has_spent(self):
        self._create_invoice("2026-05-10", 800, move_type="in_invoice")
        with self.assertRaisesRegex(UserError, "exceeded"):
            self._order(3)

    def test_bill_of_a_dozen_counts_in_the_unit_of_the_order(self):
        order = self._order(24, 10)
        bill = self._bill(order, 1)
        bill.invoice_line_ids.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "price_unit": 120})
        bill.action_post()
        self.assertEqual(self._amounts(), (120, 120))

    def test_bill_carries_the_shop_of_its_order(self):
        self.store.warehouse_id = self.warehouse
        bill = self._bill(self._order(1), 1)
        self.assertEqual(bill.invoice_line_ids.store_id, self.store)

    def test_department_of_who_ordered_is_asked_once_for_a_bill_of_many_lines(self):
        order = self._create_order(1)
        order.order_line.copy({"order_id": order.id})
        order.button_confirm()
        bill = self._bill(order, 1)
        with patch.object(self.registry["cosmetics.budget"], "_get_user_department", return_value=False) as asked:
            pieces = bill.invoice_line_ids._prepare_budget_pieces()
        self.assertEqual(([piece["amount"] for piece in pieces], asked.call_count), ([100, 100], 1))

    def test_bill_of_the_next_month_frees_the_month_of_the_order(self):
        order = self._order(10)
        self._bill(order, 10, day="2026-06-02").action_post()
        self.assertEqual((self._amounts(), self._amounts(month=6)), ((0, 0), (0, 1000)))

    def test_goods_are_committed_on_the_account_their_bill_has(self):
        goods = self._create_product(name="Cream", is_storable=True, purchase_method="purchase", supplier_taxes_id=[Command.clear()])
        order = self._order(2, line={"product_id": goods.id})
        bill = self._bill(order, 2)
        self.assertEqual(order.order_line.sudo().budget_account_id, bill.invoice_line_ids.account_id)
