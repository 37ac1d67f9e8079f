import re

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import XianAccountingCommon

DIGITAL = "26612000000000012345"
PAPER = "12345678"


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

    def test_two_invoices_posted_together_may_not_share_a_number(self):
        both = self._invoice(self.vat13, fapiao=DIGITAL) | self._invoice(self.vat13, fapiao=DIGITAL)
        # Neither is posted yet when the first is looked at: only the index sees both.
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(IntegrityError, "account_move_fapiao_unique"), self.cr.savepoint():
            both.action_post()

    def test_a_credit_note_may_not_repeat_the_number_of_its_invoice(self):
        first = self._posted(fapiao=DIGITAL)
        refund = self._invoice(self.vat13, move_type="out_refund", fapiao=DIGITAL)
        with self.assertRaisesRegex(ValidationError, re.escape(first.name)):
            refund.action_post()

    def test_a_draft_may_hold_a_number_until_it_is_posted(self):
        self._posted(fapiao=DIGITAL)
        draft = self._invoice(self.vat13, fapiao=DIGITAL)
        self.assertEqual((draft.state, draft.fapiao), ("draft", DIGITAL))
        draft.fapiao = "26612000000000012346"
        draft.action_post()
        self.assertEqual(draft.state, "posted")

    def test_vendors_number_their_invoices_each_for_themselves(self):
        purchase = self._tax("l10n_cn_purchase_excluded_13")
        self._posted(fapiao=PAPER)
        for _bill in range(2):
            # A number of eight digits is one of a roll, and rolls of two vendors may have the same.
            bill = self._invoice(purchase, move_type="in_invoice", fapiao=PAPER)
            bill.action_post()
            self.assertEqual(bill.state, "posted")

    def test_another_company_may_have_the_same_number(self):
        self._posted(fapiao=DIGITAL)
        other = self.setup_other_company()["company"]
        move = self._invoice(
            self.env["account.chart.template"].with_company(other).ref("l10n_cn_sales_excluded_13"),
            company_id=other.id,
            journal_id=self.env["account.journal"].search([("company_id", "=", other.id), ("type", "=", "sale")], limit=1).id,
            fapiao=DIGITAL,
        )
        move.action_post()
        self.assertEqual((move.company_id, move.state), (other, "posted"))

    def test_an_import_of_invoices_passes_the_same_check(self):
        columns = ["move_type", "partner_id/.id", "fapiao"]
        rows = [["out_invoice", str(self.customer.id), " 26612000000000012345 "], ["out_invoice", str(self.customer.id), "12-34"]]
        good = self.env["account.move"].load(columns, rows[:1])
        self.assertEqual(self.env["account.move"].browse(good["ids"]).fapiao, DIGITAL)
        bad = self.env["account.move"].load(columns, rows[1:])
        self.assertFalse(bad["ids"])
        self.assertIn("12-34", bad["messages"][0]["message"])

    def test_a_reader_of_invoices_cannot_enter_a_number(self):
        reader = new_test_user(self.env, "xian_reading", "account.group_account_readonly", company_id=self.company.id)
        with self.assertRaises(AccessError):
            self._posted().with_user(reader).fapiao = DIGITAL

    def test_sentences_are_chinese_for_a_chinese_clerk(self):
        with self.assertRaisesRegex(ValidationError, "不是.*发票号码"):
            self._invoice(self.vat13).with_context(lang="zh_CN").fapiao = "12-34"
