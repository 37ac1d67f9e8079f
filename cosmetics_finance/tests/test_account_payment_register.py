"""One payment for each of many invoices, booked together: the same rows as one after the other, fewer queries."""

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestAccountPaymentRegister(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_accountant", "cosmetics_finance.group_accountant")
        cls.customers = cls.env["res.partner"].create([{"name": f"Test Customer {number}"} for number in range(3)])
        cls.product = cls._create_product()

    def _invoices(self, *amounts, move_type="out_invoice"):
        """Return posted invoices of these amounts without tax, of the customers in turn."""
        moves = self.env["account.move"].with_user(self.accountant)
        invoices = moves.create(
            [
                {
                    "move_type": move_type,
                    "partner_id": self.customers[number % len(self.customers)].id,
                    "invoice_date": "2026-01-15",
                    "invoice_line_ids": [
                        Command.create({"product_id": self.product.id, "price_unit": amount, "tax_ids": [Command.clear()]})
                    ],
                }
                for number, amount in enumerate(amounts)
            ]
        )
        invoices.action_post()
        return invoices

    def _pay(self, invoices, user=None, **vals):
        """Pay the invoices as the dialogue does; return the payments."""
        register = self.env["account.payment.register"].with_user(user or self.accountant)
        register = register.with_context(active_model="account.move", active_ids=invoices.ids)
        return register.create({"group_payment": False, **vals})._create_payments()

    def _rows(self, invoices):
        """Return what must be the same whichever way they were paid."""
        return [
            (
                invoice.payment_state,
                invoice.amount_residual,
                invoice.matched_payment_ids.mapped(lambda payment: (payment.state, payment.amount, payment.memo)),
                invoice.matched_payment_ids.move_id.mapped("state"),
                sorted(line.balance for line in invoice.matched_payment_ids.move_id.line_ids),
                invoice.matched_payment_ids.reconciled_invoice_ids == invoice,
                invoice.line_ids.full_reconcile_id.reconciled_line_ids.move_id == invoice | invoice.matched_payment_ids.move_id,
            )
            for invoice in invoices
        ]

    def test_together_is_the_same_as_one_by_one(self):
        amounts = (100.0, 19.99, 0.01, 250.5, 33.33)
        together, single = self._invoices(*amounts), self._invoices(*amounts)
        payments = self._pay(together)
        for invoice in single:
            self._pay(invoice)
        found, expected = self._rows(together), self._rows(single)
        memos = dict(zip(single.mapped("name"), together.mapped("name"), strict=True))
        expected = [(*row[:2], [(state, amount, memos[memo]) for state, amount, memo in row[2]], *row[3:]) for row in expected]
        self.assertEqual(found, expected)
        self.assertEqual((len(payments), sorted(payments.mapped("amount"))), (5, sorted(amounts)))
        self.assertEqual(set(together.mapped("amount_residual")), {0.0})

    def test_each_payment_closes_its_own_invoice_of_one_customer(self):
        self.customers = self.customers[0]
        invoices = self._invoices(60.0, 40.0, 50.0)
        self._pay(invoices)
        for invoice in invoices:
            self.assertEqual(invoice.matched_payment_ids.amount, invoice.amount_total)
            self.assertEqual(invoice.matched_payment_ids.reconciled_invoice_ids, invoice)

    def test_one_payment_for_a_customer_stays_one(self):
        self.customers = self.customers[0]
        invoices = self._invoices(60.0, 40.0)
        payment = self._pay(invoices, group_payment=True)
        self.assertEqual((len(payment), payment.amount, set(invoices.mapped("amount_residual"))), (1, 100.0, {0.0}))
        self.assertEqual(invoices.matched_payment_ids, payment)

    def test_bills_are_paid_together_too(self):
        bills = self._invoices(80.0, 20.0, move_type="in_invoice")
        payments = self._pay(bills)
        self.assertEqual(payments.mapped("payment_type"), ["outbound"] * 2)
        self.assertEqual(set(bills.mapped("amount_residual")), {0.0})

    def test_a_part_that_was_paid_before_is_not_paid_again(self):
        invoices = self._invoices(100.0, 50.0)
        register = self.env["account.payment.register"].with_user(self.accountant)
        part = register.with_context(active_model="account.move", active_ids=invoices[0].ids).create({"amount": 30.0})
        part._create_payments()
        payments = self._pay(invoices)
        self.assertEqual(payments.mapped("amount"), [70.0, 50.0])
        self.assertEqual(set(invoices.mapped("amount_residual")), {0.0})
        self.assertEqual(len(invoices[0].matched_payment_ids), 2)

    def test_receipts_among_invoices_are_paid_too(self):
        mixed = self._invoices(80.0, 20.0, move_type="in_invoice") | self._invoices(5.0, 6.0, move_type="in_receipt")
        payments = self._pay(mixed)
        self.assertEqual(sorted(payments.mapped("amount")), [5.0, 6.0, 20.0, 80.0])
        self.assertEqual(set(mixed.mapped("payment_state")), {"paid"})
        for move in mixed:
            self.assertEqual(move.matched_payment_ids.reconciled_bill_ids, move)

    def test_way_to_pay_with_an_account_of_its_own_keeps_it(self):
        journal = self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1)
        method = journal.inbound_payment_method_line_ids[:1]
        account = self.env["account.account"].create(
            {"name": "On its way", "code": "101299", "account_type": "asset_current", "reconcile": True}
        )
        method.payment_account_id = account
        payments = self._pay(self._invoices(3.0, 4.0), journal_id=journal.id, payment_method_line_id=method.id)
        self.assertEqual(payments.outstanding_account_id, account)
        self.assertEqual(payments.move_id.line_ids.filtered("debit").account_id, account)

    def test_what_was_entered_before_is_posted_together_and_logged_as_one_by_one(self):
        journal = self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1)
        vals = {"payment_type": "inbound", "partner_id": self.customers[0].id, "amount": 5.0, "journal_id": journal.id}
        payments = self.env["account.payment"].with_user(self.accountant).create([vals] * 4)
        self.env.cr.flush()
        together, single = payments[:2], payments[2:]
        together.action_post()
        for payment in single:
            payment.action_post()
        self.env.cr.flush()
        self.assertEqual(payments.move_id.mapped("origin_payment_id"), payments)
        self.assertEqual(len(payments.move_id.filtered(lambda move: move.state == "posted")), 4)
        logs = [
            payment.message_ids.sudo().tracking_value_ids.mapped(lambda value: (value.old_value_char, value.new_value_char))
            for payment in payments
        ]
        self.assertEqual(logs, [[("Draft", "In Process")]] * 4)

    def test_books_balance(self):
        payments = self._pay(self._invoices(*[10.01] * 7))
        self.assertEqual(len(payments.move_id), 7)
        for move in payments.move_id:
            self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0.0)

    def test_queries_of_a_payment(self):
        self._pay(self._invoices(1.0, 2.0))
        few, many = self._count(4), self._count(12)
        # One by one it takes about a hundred for each more.
        self.assertLess((many - few) / 8, 10, (few, many))

    def _count(self, number):
        invoices = self._invoices(*[10.0] * number)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._pay(invoices)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_employee_pays_nothing(self):
        invoices = self._invoices(1.0, 2.0)
        with self.assertRaises(AccessError):
            self._pay(invoices, user=self._create_user("test_employee"))
        self.assertEqual(set(invoices.mapped("payment_state")), {"not_paid"})
