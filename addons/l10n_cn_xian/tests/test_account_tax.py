from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import XianAccountingCommon

TAXED = (
    "l10n_cn_sales_excluded_13",
    "l10n_cn_purchase_excluded_13",
    "xian_tax_sale_13_included",
    "xian_tax_sale_1",
    "xian_tax_sale_3_included",
    "xian_tax_purchase_1",
    "xian_tax_purchase_3",
)


@tagged("post_install", "-at_install")
class TestAccountTax(XianAccountingCommon):
    """The journal entry of each tax, as an accountant posts it."""

    def _entry(self, move):
        move.action_post()
        return {line.account_id.code: (round(line.debit, 2), round(line.credit, 2)) for line in move.line_ids if line.debit or line.credit}

    def test_a_sale_of_100_at_13_percent_is_113_with_output_vat(self):
        invoice = self._invoice(self._tax("l10n_cn_sales_excluded_13"))
        self.assertEqual(
            self._entry(invoice),
            {"112200": (113.0, 0.0), "500100": (0.0, 100.0), "22210107": (0.0, 13.0)},
        )

    def test_a_till_price_of_113_holds_13_of_vat(self):
        invoice = self._invoice(self._tax("xian_tax_sale_13_included"), price=113.0)
        self.assertEqual(
            self._entry(invoice),
            {"112200": (113.0, 0.0), "500100": (0.0, 100.0), "22210107": (0.0, 13.0)},
        )

    def test_a_purchase_at_13_percent_posts_input_vat(self):
        bill = self._invoice(self._tax("l10n_cn_purchase_excluded_13"), move_type="in_invoice")
        self.assertEqual(
            self._entry(bill),
            {"540100": (100.0, 0.0), "22210101": (13.0, 0.0), "220200": (0.0, 113.0)},
        )

    def test_purchases_from_small_suppliers_post_input_vat(self):
        for key, vat in (("xian_tax_purchase_1", 1.0), ("xian_tax_purchase_3", 3.0)):
            entry = self._entry(self._invoice(self._tax(key), move_type="in_invoice"))
            self.assertEqual(entry["22210101"], (vat, 0.0), key)

    def test_a_small_scale_sale_posts_to_vat_payable_without_columns(self):
        cases = {
            "xian_tax_sale_1": (100.0, 1.0),
            "xian_tax_sale_1_included": (101.0, 1.0),
            "xian_tax_sale_3": (100.0, 3.0),
            "xian_tax_sale_3_included": (103.0, 3.0),
        }
        for key, (price, vat) in cases.items():
            entry = self._entry(self._invoice(self._tax(key), price=price))
            self.assertEqual(entry["222101"], (0.0, vat), key)
            self.assertEqual(entry["500100"], (0.0, 100.0), key)

    def test_zero_rate_and_exempt_sales_carry_no_vat(self):
        for key in ("xian_tax_sale_0", "xian_tax_sale_exempt"):
            entry = self._entry(self._invoice(self._tax(key)))
            self.assertEqual(entry, {"112200": (100.0, 0.0), "500100": (0.0, 100.0)}, key)

    def test_a_credit_note_takes_output_vat_back_in_red(self):
        refund = self._invoice(self._tax("l10n_cn_sales_excluded_13"), move_type="out_refund")
        refund.action_post()
        line = refund.line_ids.filtered(lambda x: x.account_id.code == "22210107")
        self.assertEqual((line.debit, line.credit), (0.0, -13.0))

    def test_an_invoice_after_the_relief_ended_is_refused(self):
        invoice = self._invoice(self._tax("xian_tax_sale_1"), invoice_date="2028-01-01")
        with self.assertRaises(ValidationError) as refusal:
            invoice.action_post()
        self.assertRegex(str(refusal.exception), "1%.*2027.*3%")
        self.assertEqual(invoice.state, "draft")

    def test_the_last_day_of_the_relief_is_inside(self):
        invoice = self._invoice(self._tax("xian_tax_sale_1"), invoice_date="2027-12-31")
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_a_credit_note_after_the_relief_keeps_the_old_rate(self):
        refund = self._invoice(self._tax("xian_tax_sale_1"), move_type="out_refund", invoice_date="2028-01-10")
        refund.action_post()
        self.assertEqual(refund.amount_tax, 1.0)

    def test_a_tax_without_an_end_has_no_limit(self):
        invoice = self._invoice(self._tax("l10n_cn_sales_excluded_13"), invoice_date="2040-01-01")
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_the_accountant_moves_the_end_when_the_law_does(self):
        tax = self._tax("xian_tax_sale_1")
        tax.valid_to = "2030-12-31"
        invoice = self._invoice(tax, invoice_date="2028-01-01")
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_a_vendor_bill_after_the_relief_is_refused_too(self):
        tax = self._tax("xian_tax_purchase_1")
        tax.valid_to = "2027-12-31"
        bill = self._invoice(tax, move_type="in_invoice", invoice_date="2028-01-01")
        with self.assertRaisesRegex(ValidationError, "1%.*2027"):
            bill.action_post()

    def test_one_line_under_an_ended_tax_is_enough(self):
        invoice = self._invoice(self._tax("l10n_cn_sales_excluded_13"), invoice_date="2028-01-01")
        line = {"name": "赠品", "quantity": 1, "price_unit": 1.0, "tax_ids": [Command.set(self._tax("xian_tax_sale_1").ids)]}
        invoice.invoice_line_ids = [Command.create(line)]
        with self.assertRaisesRegex(ValidationError, "2028"):
            invoice.action_post()

    def test_an_invoice_taken_back_cannot_be_dated_past_the_end(self):
        invoice = self._invoice(self._tax("xian_tax_sale_1"), invoice_date="2027-12-01")
        invoice.action_post()
        invoice.button_draft()
        invoice.invoice_date = "2028-01-01"
        with self.assertRaisesRegex(ValidationError, "2027"):
            invoice.action_post()

    def test_a_till_receipt_ends_with_the_tax_as_well(self):
        receipt = self._invoice(self._tax("xian_tax_sale_1_included"), move_type="out_receipt", invoice_date="2028-01-01")
        with self.assertRaises(ValidationError):
            receipt.action_post()

    def test_a_billing_clerk_cannot_move_the_end(self):
        clerk = new_test_user(self.env, "xian_billing", "account.group_account_invoice", company_id=self.company.id)
        with self.assertRaises(AccessError):
            self._tax("xian_tax_sale_1").with_user(clerk).valid_to = "2030-12-31"

    def test_every_rate_brings_back_what_a_credit_note_returns(self):
        for key in TAXED:
            with self.subTest(key):
                tax = self._tax(key)
                kinds = ("out_invoice", "out_refund") if tax.type_tax_use == "sale" else ("in_invoice", "in_refund")
                # A partner of its own: core proposes the accounts that a partner's earlier lines had.
                partner = self.env["res.partner"].create({"name": key})
                moves = [self._invoice(tax, move_type=kind, partner_id=partner.id) for kind in kinds]
                for move in moves:
                    move.action_post()
                balances = [dict(move.line_ids.mapped(lambda line: (line.account_id.code, line.balance))) for move in moves]
                self.assertEqual(balances[0].keys(), balances[1].keys())
                for code, balance in balances[0].items():
                    self.assertAlmostEqual(balance + balances[1][code], 0.0, msg=code)
