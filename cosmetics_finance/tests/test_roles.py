"""What the accountant may do, and what not."""

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRoles(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_accountant", "cosmetics_finance.group_accountant")
        cls.employee = cls._create_user("test_employee")
        cls.customer = cls.env["res.partner"].create({"name": "Test Customer", "is_company": True})
        cls.product = cls._create_product()

    def _create_invoice(self, move_type="out_invoice"):
        """Return a draft of one line over 100 without tax, made by the accountant."""
        line = Command.create({"product_id": self.product.id, "quantity": 1, "price_unit": 100, "tax_ids": [Command.clear()]})
        moves = self.env["account.move"].with_user(self.accountant)
        return moves.create(
            {"move_type": move_type, "partner_id": self.customer.id, "invoice_date": "2026-01-15", "invoice_line_ids": [line]}
        )

    def test_accountant_invoices_and_receives_the_payment(self):
        invoice = self._create_invoice()
        invoice.action_post()
        register = self.env["account.payment.register"].with_user(self.accountant)
        register.with_context(active_model="account.move", active_ids=invoice.ids).create({}).action_create_payments()
        self.assertEqual((invoice.state, invoice.amount_residual), ("posted", 0))

    def test_accountant_credits_an_invoice(self):
        invoice = self._create_invoice()
        invoice.action_post()
        credit_note = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}], cancel=True)
        self.assertEqual((credit_note.state, invoice.payment_state), ("posted", "reversed"))

    def test_accountant_enters_a_bill_and_an_entry(self):
        bill = self._create_invoice("in_invoice")
        bill.action_post()
        account = bill.invoice_line_ids.account_id
        lines = [
            Command.create({"account_id": account.id, "debit": 5, "name": "Correction"}),
            Command.create({"account_id": account.id, "credit": 5, "name": "Correction"}),
        ]
        entry = self.env["account.move"].with_user(self.accountant).create({"move_type": "entry", "line_ids": lines})
        entry.action_post()
        self.assertEqual((bill.state, entry.state), ("posted", "posted"))

    def test_accountant_keeps_accounts_taxes_and_journals(self):
        account = (
            self.env["account.account"].with_user(self.accountant).create({"name": "Test", "code": "990099", "account_type": "expense"})
        )
        tax = self.env["account.tax"].with_user(self.accountant).create({"name": "Test 2%", "amount": 2})
        journal = self.env["account.journal"].with_user(self.accountant).create({"name": "Test", "code": "TSTJ", "type": "general"})
        self.assertEqual((account.name, tax.amount, journal.type), ("Test", 2, "general"))

    def test_accountant_changes_no_product_and_no_user(self):
        with self.assertRaises(AccessError):
            self.product.with_user(self.accountant).list_price = 1
        with self.assertRaises(AccessError):
            self.employee.with_user(self.accountant).login = "mine"

    def test_employee_without_a_role_reads_no_entry(self):
        invoice = self._create_invoice()
        with self.assertRaises(AccessError):
            invoice.with_user(self.employee).read(["amount_total"])

    def test_every_leaf_of_the_menu_names_its_groups(self):
        root = self.env.ref("cosmetics_finance.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreater(len(menus), 18)
        self.assertFalse(menus.filtered(lambda menu: not menu.group_ids).mapped("complete_name"))
