from odoo.tests import tagged

from .common import XianAccountingCommon


@tagged("post_install", "-at_install")
class TestCashPayment(XianAccountingCommon):
    """Cash is booked on the account of its journal, what goes through a bank waits until the bank shows it."""

    def _pay(self, journal, invoice=None):
        invoice = invoice or self._invoice(self._tax("xian_tax_sale_13_included"), price=113.0)
        invoice.action_post()
        register = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
        return register.create({"journal_id": journal.id})._create_payments(), invoice

    def test_cash_is_in_the_box_at_once(self):
        journal = self.company_data["default_journal_cash"]
        payment, invoice = self._pay(journal)
        self.assertEqual(payment.outstanding_account_id, journal.default_account_id)
        self.assertEqual(payment.move_id.line_ids.filtered("debit").account_id, journal.default_account_id)
        self.assertEqual((payment.state, payment.is_matched, invoice.payment_state), ("paid", True, "paid"))

    def test_cash_that_is_paid_out_leaves_the_box_at_once(self):
        journal = self.company_data["default_journal_cash"]
        payment, _bill = self._pay(journal, self._invoice(self.env["account.tax"], move_type="in_invoice"))
        self.assertEqual(payment.move_id.line_ids.filtered("credit").account_id, journal.default_account_id)

    def test_a_transfer_waits_for_the_bank(self):
        journal = self.company_data["default_journal_bank"]
        payment, _invoice = self._pay(journal)
        self.assertNotIn(journal.default_account_id, payment.move_id.line_ids.account_id)

    def test_a_way_to_pay_with_an_account_of_its_own_keeps_it(self):
        journal = self.company_data["default_journal_cash"]
        own = self.env["account.account"].create({"name": "途中现金", "code": "100299", "account_type": "asset_current", "reconcile": True})
        journal.inbound_payment_method_line_ids.payment_account_id = own
        payment, _invoice = self._pay(journal)
        self.assertEqual(payment.outstanding_account_id, own)
