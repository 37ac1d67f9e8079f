from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import XianAccountingCommon

DIGITAL = "26612000000000012345"


@tagged("post_install", "-at_install")
class TestAccountMove(XianAccountingCommon):
    """发票号码 on invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat13 = cls._tax("l10n_cn_sales_excluded_13")

    def _posted(self, **vals):
        invoice = self._invoice(self.vat13, **vals)
        invoice.action_post()
        return invoice

    def test_twenty_digits_of_a_digital_invoice_are_kept(self):
        invoice = self._posted(fapiao=DIGITAL)
        self.assertEqual(invoice.fapiao, DIGITAL)

    def test_blanks_and_wide_digits_are_normalised(self):
        invoice = self._invoice(self.vat13, fapiao=" 2661 2000 0000 0001 2345 ")
        self.assertEqual(invoice.fapiao, DIGITAL)
        invoice.fapiao = "６１００２３１１３０ ０１２３４５６７"
        self.assertEqual(invoice.fapiao, "6100231130-01234567")

    def test_a_wrong_number_is_refused_with_an_example(self):
        for wrong in ("2661200000000001234", "266120000000000123456", "1234567", "ABC", "26612000 12345"):
            with self.subTest(wrong), self.assertRaisesRegex(ValidationError, DIGITAL):
                self._invoice(self.vat13, fapiao=wrong)

    def test_a_vendor_bill_takes_the_number_too(self):
        bill = self._invoice(self._tax("l10n_cn_purchase_excluded_13"), move_type="in_invoice", fapiao=DIGITAL)
        self.assertEqual(bill.fapiao, DIGITAL)

    def test_the_same_number_on_two_posted_invoices_names_the_first(self):
        first = self._posted(fapiao=DIGITAL)
        second = self._invoice(self.vat13, fapiao=DIGITAL)
        with self.assertRaises(ValidationError) as refusal:
            second.action_post()
        self.assertIn(first.name, str(refusal.exception))
        third = self._posted()
        with self.assertRaises(ValidationError) as refusal:
            third.fapiao = DIGITAL
        self.assertIn(first.name, str(refusal.exception))

    def test_a_cancelled_invoice_frees_its_number(self):
        first = self._posted(fapiao=DIGITAL)
        first.button_draft()
        first.button_cancel()
        self.assertEqual(self._posted(fapiao=DIGITAL).state, "posted")

    def test_the_database_refuses_a_second_number_past_the_orm(self):
        self._posted(fapiao=DIGITAL)
        second = self._posted()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute("UPDATE account_move SET fapiao = %s WHERE id = %s", [DIGITAL, second.id])

    def test_old_eight_digit_numbers_may_repeat_under_another_code(self):
        self._posted(fapiao="01234567")
        self.assertEqual(self._posted(fapiao="01234567").state, "posted")

    def test_an_empty_number_is_no_number(self):
        invoice = self._posted(fapiao="  ")
        self.assertFalse(invoice.fapiao)
        self.assertEqual(self._posted(fapiao="").state, "posted")

    def test_a_copy_has_no_number(self):
        self.assertFalse(self._invoice(self.vat13, fapiao=DIGITAL).copy().fapiao)

    def test_a_billing_clerk_enters_the_number_and_gets_the_sentence(self):
        clerk = new_test_user(self.env, "xian_billing", "account.group_account_invoice", company_id=self.company.id)
        first = self._posted().with_user(clerk)
        first.fapiao = f" {DIGITAL} "
        self.assertEqual(first.fapiao, DIGITAL)
        second = self._posted().with_user(clerk)
        with self.assertRaises(ValidationError) as refusal:
            second.fapiao = DIGITAL
        self.assertIn(first.name, str(refusal.exception))
