"""The way of a claim from the first photo to the money."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ExpenseCommon


@tagged("post_install", "-at_install")
class TestClaim(ExpenseCommon):
    def test_claim_is_submitted_approved_posted_and_paid(self):
        claim = self._create_claim(120, 80)
        self.assertEqual((claim.state, claim.amount), ("draft", 200))
        claim.action_submit()
        self.assertEqual((claim.state, set(claim.expense_ids.mapped("state"))), ("submitted", {"submitted"}))
        self._as(claim, self.manager).action_approve()
        self.assertEqual((claim.state, set(claim.expense_ids.mapped("state"))), ("approved", {"approved"}))
        own = self._as(claim, self.accountant)
        own.action_post()
        move = own.expense_ids.account_move_id
        self.assertEqual((own.state, move.state, move.amount_total, len(move)), ("posted", "posted", 200, 1))
        self._pay(move, 200, "2026-06-01")
        self.assertEqual(own.state, "paid")

    def test_entry_owes_the_employee_and_names_the_claim_and_the_shop(self):
        claim = self._as(self._post(120, store_id=self.store.id), self.accountant)
        move = claim.expense_ids.account_move_id
        self.assertEqual(move.partner_id, self.employee.work_contact_id)
        self.assertIn(claim.name, move.ref)
        self.assertEqual(move.invoice_line_ids.store_id, self.store)

    def test_deductible_tax_goes_to_input_vat(self):
        tax = self.books["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "purchase"), ("amount", "=", 13)], limit=1
        )
        claim = self._approve(113)
        own = self._as(claim, self.accountant)
        own.expense_ids.tax_ids = tax
        own.action_post()
        move = own.expense_ids.account_move_id
        self.assertEqual((move.amount_untaxed, move.amount_tax, move.amount_total), (100, 13, 113))

    def test_entry_stands_in_the_month_of_the_expenses_while_it_is_open(self):
        claim = self._post(expense={"date": "2026-04-20"})
        self.assertEqual(str(claim.expense_ids.sudo().account_move_id.date), "2026-04-20")

    def test_entry_of_a_closed_month_stands_after_its_last_day(self):
        self.company.fiscalyear_lock_date = "2026-04-30"
        claim = self._post(expense={"date": "2026-04-20"})
        self.assertGreater(str(claim.expense_ids.sudo().account_move_id.date), "2026-04-30")

    def test_photos_of_the_claim_go_to_the_entry(self):
        photo = self._as(self.env["ir.attachment"], self.clerk).create({"name": "train.png", "raw": b"x"})
        claim = self._as(self._post(120, attachment_ids=[Command.set(photo.ids)]), self.accountant)
        self.assertEqual(claim.expense_ids.account_move_id.attachment_ids.mapped("name"), ["train.png"])
        self.assertEqual(claim.paper_count, 1)

    def test_claims_are_numbered(self):
        first, second = self._create_claim(), self._create_claim()
        self.assertRegex(first.name, r"^BX\d{8}$")
        self.assertNotEqual(first.name, second.name)

    def test_who_works_in_one_shop_claims_for_it(self):
        self._assign_stores(self.clerk, self.store)
        claims = self._as(self.env["cosmetics.expense.claim"], self.clerk)
        self.assertEqual(claims.default_get(["store_id", "employee_id"]), {"store_id": self.store.id, "employee_id": self.employee.id})

    def test_claim_without_expenses_or_without_an_amount_is_not_submitted(self):
        empty = self._create_claim(expense_ids=[])
        with self.assertRaisesRegex(UserError, "no expenses"):
            empty.action_submit()
        with self.assertRaisesRegex(UserError, "what you paid"):
            self._submit(0)

    def test_claim_holds_expenses_of_one_employee(self):
        claim = self._create_claim()
        foreign = self._create_claim(user=self.other_clerk)
        with self.assertRaisesRegex(ValidationError, "one employee"):
            foreign.expense_ids.sudo().claim_id = claim.id

    def test_claim_holds_what_the_employee_paid(self):
        claim = self._create_claim()
        with self.assertRaisesRegex(ValidationError, "company paid is a bill"):
            claim.expense_ids.payment_mode = "company_account"

    def test_submitted_claim_is_taken_back_and_changed(self):
        claim = self._submit()
        claim.action_draft()
        claim.expense_ids.total_amount_currency = 50
        self.assertEqual((claim.state, claim.amount, len(claim.approval_ids)), ("draft", 50, 0))

    def test_posted_claim_is_not_taken_back(self):
        claim = self._post()
        with self.assertRaisesRegex(UserError, "in the books"):
            claim.action_draft()
        with self.assertRaisesRegex(UserError, "Only a draft"):
            claim.unlink()

    def test_claim_whose_entry_is_reversed_can_be_posted_again(self):
        claim = self._as(self._post(), self.accountant)
        claim.expense_ids.account_move_id._reverse_moves([{"invoice_date": "2026-05-31"}], cancel=True)
        self.assertEqual(claim.state, "approved")
        claim.action_post()
        self.assertEqual(claim.state, "posted")

    def test_claim_is_posted_once(self):
        claim = self._as(self._post(), self.accountant)
        move = claim.expense_ids.account_move_id
        claim.action_post()
        self.assertEqual(claim.expense_ids.account_move_id, move)

    def test_claim_that_is_not_in_the_books_is_not_paid(self):
        claim = self._as(self._approve(), self.accountant)
        with self.assertRaisesRegex(UserError, "Post the claim first"):
            claim.action_pay()

    def test_payment_opens_for_what_is_owed(self):
        claim = self._as(self._post(), self.accountant)
        self.assertEqual(claim.action_pay()["res_model"], "account.payment.register")
        self.assertEqual(claim.action_open_moves()["res_id"], claim.expense_ids.account_move_id.id)

    def test_refused_claim_is_changed_and_submitted_again(self):
        claim = self._submit()
        self._as(claim, self.manager)._refuse("No invoice")
        self.assertEqual((claim.state, claim.approval_ids.note), ("refused", "No invoice"))
        claim.action_draft()
        claim.note = "Fair, with the invoice"
        claim.action_submit()
        self.assertEqual(claim.state, "submitted")

    def test_refusal_asks_for_its_reason(self):
        claim = self._as(self._submit(), self.manager)
        self.assertEqual(claim.action_refuse()["context"], {"default_claim_id": claim.id})
        wizard = self._as(self.env["cosmetics.expense.refuse"], self.manager).create({"claim_id": claim.id, "reason": "No invoice"})
        wizard.action_confirm()
        self.assertEqual(claim.state, "refused")
        self.assertTrue(claim.message_ids.filtered(lambda message: "No invoice" in (message.body or "")))

    def test_paper_has_capitals_approvals_and_papers(self):
        claim = self._approve(1005.3, expense={"fapiao": "26612000000000012345"})
        html = (
            self.env["ir.actions.report"]
            .with_user(self.clerk)
            ._render_qweb_html("cosmetics_finance_expense.report_claim", claim.ids)[0]
            .decode()
        )
        for text in (claim.name, "壹仟零伍元叁角", "26612000000000012345", "1,005.30", self.manager.name):
            self.assertIn(text, html)

    def test_nobody_writes_state_or_approvals(self):
        claim = self._submit()
        for vals in ({"approval_state": "approved"}, {"state": "approved"}, {"approval_ids": [Command.clear()]}):
            with self.assertRaises(AccessError):
                claim.write(vals)
        with self.assertRaises(AccessError):
            self._create_claim(approval_state="approved")
        self.assertEqual(
            self._as(claim, self.clerk).with_context(default_approval_state="approved").copy({"expense_ids": []}).state, "draft"
        )

    def test_kind_without_an_account_is_a_selling_expense(self):
        kind = self.env["product.product"].create(
            {"name": "Parking", "type": "service", "can_be_expensed": True, "supplier_taxes_id": False}
        )
        kind.categ_id = self.env["product.category"].create({"name": "Expenses of a test"})
        claim = self._create_claim(expense={"product_id": kind.id})
        self.assertEqual(claim.expense_ids.sudo().account_id, self._find_account("5601"))
