"""A month at the bank, from the first file to the confirmed sheet."""

from decimal import Decimal

from odoo.tests import tagged

from . import files
from .common import BankCommon


@tagged("post_install", "-at_install")
class TestMonth(BankCommon):
    def _prepare_august(self, invoice):
        """Return what the bank shows in August: a customer, charges, a vendor, interest, a stranger."""
        return [
            ("2026-08-01 09:00:00", Decimal("500.00"), self.partner.name, "6100222233334444", f"货款{invoice.name}", "S1"),
            ("2026-08-01 15:24:03", Decimal("-12.50"), "", "", "手续费", "S2"),
            ("2026-08-03 10:00:00", Decimal("-300.00"), self.other.name, "3100555566667777", "采购款", "S3"),
            ("2026-08-20 11:30:00", Decimal("0.88"), "", "", "结息", "S4"),
            ("2026-08-25 11:30:00", Decimal("66.00"), "李四", "", "来款", "S5"),
        ]

    def test_a_month_of_a_shop(self):
        """The accountant brings bank and books together without typing a figure."""
        # July ends with 1,000.00 in the books and at the bank.
        self._enter("2026-07-31", (self.bank_journal.default_account_id.code, 1000.0), ("3001", -1000.0))
        invoice = self._create_invoice("2026-08-01", 500)
        bill = self._create_invoice("2026-08-01", 300, move_type="in_invoice")

        # In the middle of the month she reads what the bank has, at the end the whole month: nothing is there twice.
        movements = self._prepare_august(invoice)
        self._import(files.ccb(movements[:3]))
        whole = self._import(files.ccb(movements))
        self.assertEqual((whole.new_count, whole.known_count), (2, 3))

        # One press reconciles all but the money of a stranger.
        self._get_lines().action_reconcile_certain()
        left = self._get_lines().filtered(lambda line: not line.is_reconciled)
        self.assertEqual(left.mapped("payment_ref"), ["来款"])
        self.assertEqual((invoice.amount_residual, bill.amount_residual), (0.0, 0.0))

        # A bill is paid on the last day; the bank shows it in September.
        late = self._create_invoice("2026-08-30", 40, move_type="in_invoice")
        self._pay(late, 40, "2026-08-31")

        # The sheet of August explains both.
        sheet = self.books["cosmetics.bank.balance"].create({"journal_id": self.bank_journal.id, "date": "2026-08-31"})
        self.assertEqual((sheet.bank_balance, sheet.book_balance), (1254.38, 1148.38))
        self.assertEqual((sheet.bank_in, sheet.bank_out, sheet.book_in, sheet.book_out), (66.0, 0.0, 0.0, 40.0))
        self.assertEqual((sheet.adjusted_bank, sheet.adjusted_book), (1214.38, 1214.38))
        sheet.action_confirm()

        # In September the bank shows the payment; the sheet of August stays as it was printed.
        september = ("2026-09-01 09:00:00", Decimal("-40.00"), self.other.name, "", late.name, "S6")
        self._import(files.ccb([september], Decimal("1254.38")))
        self._get_lines()[-1].action_reconcile_certain()
        self.assertEqual(sheet.book_out, 40.0)
        self.assertFalse(
            self.books["cosmetics.bank.open"].search([("kind", "in", ("book_in", "book_out")), ("journal_id", "=", self.bank_journal.id)])
        )
