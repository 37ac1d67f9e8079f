"""A confirmed order is committed in its budget, and one that exceeds a line that stops is not confirmed."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import PurchaseBudgetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-10 04:00:00")
class TestOrderBudget(PurchaseBudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._approve_budget(cls._create_budget())

    def test_order_is_committed_once_it_is_confirmed(self):
        order = self._create_order(3)
        self.assertEqual(self._amounts(), (0, 0))
        order.button_confirm()
        self.assertEqual((self._amounts(), order.committed_amount), ((300, 0), 300))

    def test_note_on_an_order_commits_nothing(self):
        order = self._create_order(3)
        order.order_line = [Command.create({"display_type": "line_note", "name": "Ring twice", "product_qty": 0})]
        order.button_confirm()
        self.assertEqual((self._amounts(), order.committed_amount), ((300, 0), 300))

    def test_order_that_takes_the_last_cent_is_confirmed(self):
        self._order(9)
        self.assertEqual(self._order(1, 100).state, "purchase")

    def test_order_beyond_the_budget_is_not_confirmed_and_says_by_how_much(self):
        self._order(9)
        order = self._create_order(1, 100.01)
        with self.assertRaisesRegex(UserError, r"Office in 2026-05 is exceeded by .*0\.01"):
            order.button_confirm()

    def test_state_written_by_import_passes_the_same_check(self):
        order = self._create_order(11)
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.write({"state": "purchase"})

    def test_order_beyond_a_line_that_warns_is_confirmed_with_a_note(self):
        self._renew(control="warn")
        order = self._order(12)
        self.assertEqual(order.state, "purchase")
        self.assertTrue(order.message_ids.filtered(lambda message: "exceeded by" in (message.body or "")))

    def test_cancelled_order_gives_the_budget_back(self):
        self._order(10).button_cancel()
        self.assertEqual(self._amounts(), (0, 0))
        self.assertEqual(self._order(10).state, "purchase")

    def test_order_without_more_bills_gives_back_what_is_left(self):
        order = self._order(10)
        order.action_bill_complete()
        self.assertEqual(self._amounts(), (0, 0))

    def test_order_that_expects_bills_again_asks_the_budget_again(self):
        order = self._order(10)
        order.action_bill_complete()
        self._order(1)
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.action_bill_expected()

    def test_nobody_closes_an_order_by_writing(self):
        with self.assertRaises(AccessError):
            self._order(1).write({"is_bill_complete": True})

    def test_order_is_not_created_closed(self):
        with self.assertRaisesRegex(AccessError, "with the buttons"):
            self._create_order(11, is_bill_complete=True)

    def test_closed_order_that_is_cancelled_and_confirmed_again_asks_the_budget(self):
        order = self._order(10)
        order.action_bill_complete()
        order.button_cancel()
        order.button_draft()
        order.order_line.product_qty = 11
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.button_confirm()

    def test_confirmed_order_moved_to_a_full_month_is_refused(self):
        with freeze_time("2026-06-10 04:00:00"):
            self._order(10)
        order = self._order(1)
        with self.assertRaisesRegex(UserError, "2026-06 is exceeded"):
            order.date_approve = "2026-06-10 04:00:00"

    def test_more_on_a_confirmed_order_asks_the_budget_and_less_does_not(self):
        order = self._order(10)
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.order_line.product_qty = 11
        self._renew(amount_year=120)
        order.order_line.product_qty = 9
        self.assertEqual(order.committed_amount, 900)

    def test_line_added_to_a_confirmed_order_asks_the_budget(self):
        order = self._order(10)
        line = {"product_id": self.paper.id, "product_qty": 1, "price_unit": 1, "tax_ids": [Command.clear()]}
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.write({"order_line": [Command.create(line)]})

    def test_account_of_another_line_takes_nothing(self):
        self._order(20, line={"product_id": self.meeting.id})
        self.assertEqual(self._amounts(), (0, 0))

    def test_tax_takes_nothing_and_discount_is_taken_off(self):
        tax = self.books["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "purchase"), ("amount", "=", 13)], limit=1
        )
        self._order(10, line={"tax_ids": [Command.set(tax.ids)], "discount": 10, "price_unit": 113 if tax.price_include else 100})
        self.assertEqual(self._amounts(), (900, 0))

    def test_foreign_currency_counts_in_that_of_the_company(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2026-05-01", "rate": 0.125, "company_id": self.company.id})
        self._order(1, 100, currency_id=dollar.id)
        self.assertEqual(self._amounts(), (800, 0))

    def test_night_in_china_belongs_to_the_month_of_china(self):
        with freeze_time("2026-05-31 17:00:00"):
            self._order(1)
        self.assertEqual((self._amounts(), self._amounts(month=6)), ((0, 0), (100, 0)))

    def test_order_takes_the_line_of_the_shop_its_goods_are_for(self):
        self.store.warehouse_id = self.warehouse
        self._renew(store_id=self.store.id)
        order = self._order(3)
        self.assertEqual((order.order_line.budget_store_id, self._amounts()), (self.store, (300, 0)))

    def test_order_for_the_warehouse_of_nobody_takes_no_line_of_a_shop(self):
        self._renew(store_id=self.store.id)
        self._order(30)
        self.assertEqual(self._amounts(), (0, 0))

    def test_goods_of_a_place_and_the_web_shop_count_for_the_place(self):
        online = self._create_store("Web", company_id=self.company.id, kind="online", sequence=1)
        (self.store | online).warehouse_id = self.warehouse
        self.assertEqual(self._order(1).order_line.budget_store_id, self.store)

    def test_analytic_account_takes_its_share(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        project = self.env["account.analytic.account"].create({"name": "Opening", "plan_id": plan.id, "company_id": self.company.id})
        self._renew(analytic_account_id=project.id)
        order = self._order(12, line={"analytic_distribution": {str(project.id): 50}})
        self.assertEqual(self._amounts(), (600, 0))
        with self.assertRaisesRegex(UserError, "exceeded"):
            order.order_line.analytic_distribution = {str(project.id): 100}

    def test_form_tells_while_drafting_what_is_left(self):
        order = self._create_order(3)
        self.assertRegex(order.budget_note, r"Office leaves .*700\.00")
        order.button_confirm()
        order.invalidate_recordset(["budget_note"])
        self.assertRegex(order.budget_note, r"Office leaves .*700\.00")
        self.assertRegex(self._create_order(8).budget_note, r"exceeded by .*100\.00")

    def test_figures_of_a_commitment_are_nobodys_to_write(self):
        line = self._order(10).order_line
        with self.assertRaisesRegex(UserError, "the system writes it"):
            line.write({"committed_amount": 0})

    def test_reader_of_the_books_sees_the_commitments(self):
        order = self._order(3)
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance_purchase.purchase_order_line_action_committed")
        lines = self._as(self.env["purchase.order.line"], self.reader).search([("committed_amount", ">", 0)])
        self.assertEqual((action["domain"], lines.mapped("order_id.id")), ("[('committed_amount', '>', 0)]", order.ids))
