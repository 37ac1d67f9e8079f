"""Which bill is proposed for a received invoice, which is not, and what becomes of a proposal."""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from . import files
from .common import SELLER_VAT, FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestProposals(FapiaoCommon):
    def _received(self, serial=1, amount=100.0, tax=13.0, **vals):
        """Return a received invoice that was matched."""
        fapiao = self._fapiao(serial, amount, tax, direction="received", **vals)
        fapiao.action_match()
        return fapiao

    def test_supplier_without_a_tax_number_is_known_by_name(self):
        self.supplier.vat = False
        bill = self._bill(100)
        self.assertEqual(self._received().proposed_move_id, bill)

    def test_tax_number_in_small_letters_is_the_same(self):
        self.supplier.write({"vat": SELLER_VAT.lower(), "name": "改过名字"})
        bill = self._bill(100)
        self.assertEqual(self._received().proposed_move_id, bill)

    def test_bill_of_a_contact_of_the_supplier_is_the_suppliers(self):
        contact = self.env["res.partner"].create({"name": "业务员", "parent_id": self.supplier.id})
        bill = self._bill(100, partner_id=contact.id)
        self.assertEqual(self._received().proposed_move_id, bill)

    def test_bill_of_90_days_before_is_near_and_of_91_is_not(self):
        bill = self._bill(100, invoice_date="2026-08-21")
        self.assertFalse(self._received(day="2026-11-20").proposed_move_id)
        self.assertEqual(self._received(2, day="2026-11-19").proposed_move_id, bill)

    def test_number_in_the_field_of_the_bill_is_found_however_old_it_is(self):
        bill = self._bill(100, invoice_date="2025-12-01", fapiao=number(1))
        fapiao = self._received()
        self.assertEqual((fapiao.proposed_move_id, fapiao.proposal_reason), (bill, "number"))
        fapiao.action_accept()
        self.assertEqual((bill.fapiao_state, bill.fapiao_difference, fapiao.match_state), ("done", 0, "matched"))

    def test_two_bills_that_name_the_number_decide_by_amount(self):
        self._bill(50, ref=number(1))
        right = self._bill(100, ref=number(1), invoice_date="2026-11-21")
        fapiao = self._received()
        self.assertEqual((fapiao.proposed_move_id, fapiao.proposal_reason), (right, "amount_day"))

    def test_draft_bill_is_proposed_and_cancelled_one_is_not(self):
        draft = self._invoice(self.purchase13, 100, "in_invoice", partner_id=self.supplier.id)
        fapiao = self._received()
        self.assertEqual(fapiao.proposed_move_id, draft)
        draft.button_cancel()
        fapiao.action_match()
        self.assertFalse(fapiao.proposed_move_id)
        self.assertFalse(fapiao.proposal_reason)

    def test_bill_that_has_an_invoice_is_proposed_no_more(self):
        bill = self._bill(100)
        self._received().action_accept()
        second = self._received(2)
        self.assertFalse(second.proposed_move_id)
        self.assertEqual(bill.fapiao_numbers, number(1))

    def test_two_invoices_with_one_bill_are_both_proposed_and_one_is_linked(self):
        bill = self._bill(100)
        both = self._fapiao(1, direction="received") + self._fapiao(2, direction="received")
        both.action_match()
        self.assertEqual(both.proposed_move_id, bill)
        both[0].action_accept()
        with self.assertRaisesRegex(UserError, f"has its tax invoices already. Choose another for {number(2)}"):
            both[1].action_accept()
        both[1].action_match()
        self.assertFalse(both[1].proposed_move_id)

    def test_proposal_is_dropped_when_its_bill_is_deleted(self):
        bill = self._invoice(self.purchase13, 100, "in_invoice", partner_id=self.supplier.id)
        fapiao = self._received()
        self.assertEqual(fapiao.proposed_move_id, bill)
        bill.unlink()
        fapiao.invalidate_recordset()
        fapiao.action_accept()
        self.assertEqual((fapiao.proposed_move_id.id, fapiao.match_state), (False, "open"))

    def test_refund_is_proposed_for_a_red_letter_and_a_bill_is_not(self):
        self._bill(100)
        refund = self._post(self.purchase13, 100, "in_refund", partner_id=self.supplier.id)
        self.assertEqual(self._received(1, -100, -13).proposed_move_id, refund)

    def test_issued_invoice_is_not_proposed_a_draft(self):
        self._invoice(self.tax13)
        fapiao = self._fapiao(1)
        fapiao.action_match()
        self.assertEqual((fapiao.proposed_move_id.id, fapiao.match_state), (False, "open"))

    def test_many_invoices_are_proposed_their_own_bills(self):
        bills = [self._bill(price) for price in (100, 200, 300)]
        rows = [files.row(serial, f"{price}.00", f"{price * 0.13:.2f}") for serial, price in ((1, 300), (2, 100), (3, 200))]
        self._read_file("list.xlsx", files.invoice_list(*rows))
        self.assertEqual([self._find(serial).proposed_move_id for serial in (1, 2, 3)], [bills[2], bills[0], bills[1]])

    def test_void_invoice_is_proposed_nothing(self):
        self._bill(100)
        self.assertFalse(self._received(state="void").proposed_move_id)

    def test_undone_match_can_be_proposed_again(self):
        bill = self._bill(100)
        fapiao = self._received()
        fapiao.action_accept()
        fapiao.action_unlink_moves()
        fapiao.action_match()
        self.assertEqual((fapiao.proposed_move_id, bill.fapiao_state), (bill, "none"))

    def test_matched_invoice_opens_its_bill(self):
        bill = self._bill(100)
        fapiao = self._received()
        fapiao.action_accept()
        action = fapiao.action_open_moves()
        self.assertEqual((action["res_model"], action["view_mode"], action["res_id"]), ("account.move", "form", bill.id))

    # ------------------------------------------------------------------ bills from invoices
    def test_bill_of_exempt_lines_carries_no_tax_on_them(self):
        rows = [files.row(1, "100.00", "13.00"), files.row(1, "50.00", "0.00", 税率="免税")]
        self._read_file("list.xlsx", files.invoice_list(*rows))
        bill = self.env["account.move"].browse(self._find(1).action_create_bill()["res_id"])
        self.assertEqual([line.tax_ids for line in bill.invoice_line_ids], [self.purchase13, self.env["account.tax"]])
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (150, 13))

    def test_bill_of_a_rate_that_nobody_set_up_books_the_tax_as_cost(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1, "100.00", "5.00", 税率="5%")))
        bill = self.env["account.move"].browse(self._find(1).action_create_bill()["res_id"])
        self.assertEqual((bill.amount_untaxed, bill.amount_tax, self._find(1).match_state), (105, 0, "matched"))

    def test_bill_of_a_void_invoice_is_not_made(self):
        fapiao = self._received(state="void")
        with self.assertRaisesRegex(UserError, "no valid invoice that was received"):
            fapiao.action_create_bill()
        self.assertFalse(self.env["account.move"].search([("ref", "=", number(1))]))

    def test_cents_of_a_refund_are_those_of_the_red_letter(self):
        lines = [files.row(1, "-33.33", "-4.33"), files.row(1, "-33.33", "-4.33"), files.row(1, "-33.37", "-4.35")]
        self._read_file("list.xlsx", files.invoice_list(*lines))
        bill = self.env["account.move"].browse(self._find(1).action_create_bill()["res_id"])
        self.assertEqual((bill.move_type, bill.amount_tax, bill.amount_total), ("in_refund", 13.01, 113.04))
        self.assertEqual((self._find(1).match_state, self._find(1).difference), ("matched", 0))
