"""Tax invoices and the invoices and bills they stand for: found, linked, never used twice."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from . import files
from .common import SELLER_VAT, FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 04:00:00")
class TestMatch(FapiaoCommon):
    def test_number_is_whole_and_once_in_the_company(self):
        fapiao = self._fapiao(1, number=f" {number(1)[:10]} {number(1)[10:]} ")
        self.assertEqual(fapiao.number, number(1))
        for wrong in ("01234567", "2661200000", "abc"):
            with self.assertRaisesRegex(ValidationError, "not the whole number"):
                self._fapiao(2, number=wrong)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            self._fapiao(1)
        self.assertIn("in the list already", self.env["cosmetics.fapiao"]._sql_error_to_message(caught.exception))

    def test_received_invoice_is_proposed_the_bill_of_its_supplier_and_amount(self):
        bill = self._bill(100)
        self._bill(200)
        self._read_file("list.xlsx", files.invoice_list(files.row(1)))
        fapiao = self._find(1)
        self.assertEqual((fapiao.proposed_move_id, fapiao.proposal_reason, fapiao.match_state), (bill, "amount_day", "open"))
        fapiao.action_accept()
        self.assertEqual((fapiao.match_state, fapiao.difference, bill.fapiao, bill.fapiao_state), ("matched", 0, number(1), "done"))
        self.assertFalse(fapiao.proposed_move_id)

    def test_bill_that_names_the_number_is_proposed_whatever_its_amount(self):
        bill = self._bill(90, ref=number(1))
        self._bill(100)
        fapiao = self._fapiao(1, direction="received")
        fapiao.action_match()
        self.assertEqual((fapiao.proposed_move_id, fapiao.proposal_reason), (bill, "number"))

    def test_of_several_bills_the_nearest_day_is_proposed(self):
        self._bill(100, invoice_date="2026-10-01")
        near = self._bill(100, invoice_date="2026-11-18")
        fapiao = self._fapiao(1, direction="received")
        fapiao.action_match()
        self.assertEqual((fapiao.proposed_move_id, fapiao.proposal_reason), (near, "nearest_day"))

    def test_bill_of_another_supplier_or_amount_is_not_proposed(self):
        self._bill(100, partner_id=self.customer.id)
        self._bill(100.01)
        fapiao = self._fapiao(1, direction="received")
        fapiao.action_match()
        self.assertFalse(fapiao.proposed_move_id)

    def test_issued_invoice_takes_the_only_invoice_of_its_buyer_and_amount(self):
        invoice = self._post(self.tax13)
        self._read_file("list.xlsx", files.invoice_list(files.row(1, **files.ISSUED)))
        self.assertEqual((invoice.fapiao, invoice.fapiao_state, invoice.fapiao_numbers), (number(1), "done", number(1)))

    def test_issued_invoice_with_two_candidates_waits_for_a_person(self):
        first, second = self._post(self.tax13), self._post(self.tax13)
        fapiao = self._fapiao(1)
        fapiao.action_match()
        self.assertEqual((first.fapiao_state, second.fapiao_state, fapiao.proposal_reason), ("none", "none", "nearest_day"))

    def test_one_tax_invoice_stands_for_several_invoices(self):
        invoices = self._post(self.tax13) + self._post(self.tax13, 200)
        fapiao = self._fapiao(1, 300, 39)
        self._link(fapiao, invoices[0], 113)
        self.assertEqual((fapiao.match_state, fapiao.difference), ("partial", 226))
        self._link(fapiao, invoices[1], 226)
        self.assertEqual((fapiao.match_state, invoices.mapped("fapiao_state")), ("matched", ["done", "done"]))
        self.assertEqual(fapiao.action_open_moves()["domain"], [("id", "in", invoices.ids)])

    def test_several_tax_invoices_stand_for_one_invoice(self):
        invoice = self._post(self.tax13, 300)
        self._link(self._fapiao(1), invoice, 113)
        self.assertEqual((invoice.fapiao_state, invoice.fapiao_difference), ("partial", 226))
        self._link(self._fapiao(2, 200, 26), invoice, 226)
        self.assertEqual(invoice.fapiao_numbers, f"{number(1)}, {number(2)}")
        self.assertEqual((invoice.fapiao_state, invoice.fapiao), ("done", number(1)))

    def test_tax_invoice_is_not_used_beyond_its_total(self):
        fapiao = self._fapiao(1, direction="received")
        self._link(fapiao, self._bill(100), 113)
        with self.assertRaisesRegex(ValidationError, "each amount counts once"):
            self._link(fapiao, self._bill(100), 0.01)

    def test_invoice_does_not_get_more_than_it_comes_to(self):
        invoice = self._post(self.tax13)
        with self.assertRaisesRegex(ValidationError, "each amount counts once"):
            self._link(self._fapiao(1, 200, 26), invoice, 226)
        with self.assertRaisesRegex(ValidationError, "each amount counts once"):
            self._link(self._fapiao(2), invoice, -113)

    def test_sides_and_companies_fit(self):
        with self.assertRaisesRegex(ValidationError, "does not fit"):
            self._link(self._fapiao(1), self._bill(100), 113)
        other = self.env["res.company"].create({"name": "另一家公司"})
        move = self._post(self.tax13)
        foreign = (
            self.env["cosmetics.fapiao"]
            .sudo()
            .create({"number": number(9), "direction": "issued", "day": "2026-11-20", "amount": 100, "tax": 13, "company_id": other.id})
        )
        with self.assertRaisesRegex(ValidationError, "another company"):
            self.env["cosmetics.fapiao.link"].sudo().create({"fapiao_id": foreign.id, "move_id": move.id, "amount": 113})

    def test_match_can_be_undone(self):
        bill = self._bill(100)
        fapiao = self._fapiao(1, direction="received")
        self._link(fapiao, bill, 113)
        with self.assertRaisesRegex(UserError, "Undo that first"):
            fapiao.unlink()
        fapiao.action_unlink_moves()
        self.assertEqual((fapiao.match_state, bill.fapiao, bill.fapiao_state), ("open", False, "none"))
        fapiao.unlink()

    def test_void_invoice_counts_for_nothing(self):
        invoice = self._post(self.tax13)
        fapiao = self._fapiao(1)
        self._link(fapiao, invoice, 113)
        fapiao.state = "void"
        invoice.fapiao = False
        self.assertEqual((invoice.fapiao_state, invoice.fapiao_difference, invoice.fapiao_numbers), ("none", 113, False))

    def test_red_letter_takes_back_what_its_origin_stands_for(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1), invoice, 113)
        red = self._fapiao(2, -100, -13, origin_number=number(1), red_reason="2")
        red.action_match()
        self.assertEqual((red.match_state, red.link_ids.move_id, red.link_ids.amount), ("matched", invoice, -113))
        self.assertEqual((invoice.fapiao_difference, invoice.fapiao_state), (113, "none"))

    def test_red_letter_prefers_the_refund_of_its_amount(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1), invoice, 113)
        refund = invoice._reverse_moves([{"invoice_date": "2026-11-21"}])
        refund.action_post()
        self._fapiao(2, -100, -13, origin_number=number(1), red_reason="1").action_match()
        self.assertEqual((refund.fapiao_state, refund.fapiao, invoice.fapiao_state), ("done", number(2), "done"))

    def test_number_is_claimed_by_one_bill(self):
        self._bill(100, fapiao=number(1), ref="B-1")
        with self.assertRaisesRegex(ValidationError, "is claimed by B-1 already"):
            self._bill(50, fapiao=number(1))
        with self.assertRaisesRegex(ValidationError, "is claimed by B-1 already"):
            self._invoice(self.purchase13, 50, "in_invoice", partner_id=self.supplier.id, fapiao=number(1))

    def test_number_that_stands_for_a_bill_is_not_claimed_by_another(self):
        self._link(self._fapiao(1, direction="received"), self._bill(100, ref="B-1"), 113)
        with self.assertRaisesRegex(ValidationError, "is claimed by B-1 already"):
            self._bill(50, fapiao=number(1))

    def test_cancelled_bill_claims_nothing_and_eight_digits_repeat(self):
        bill = self._bill(100, fapiao=number(1))
        bill.button_draft()
        bill.button_cancel()
        self._bill(100, fapiao=number(1))
        self._bill(10, fapiao="01234567")
        self._bill(20, fapiao="01234567")

    def test_lists_of_what_is_open_follow_the_links(self):
        bill, other = self._bill(100), self._bill(200)
        moves = self.as_accountant("account.move")
        found = lambda *states: moves.search([("fapiao_state", "in", states), ("id", "in", (bill + other).ids)])  # noqa: E731
        self.assertEqual(found("none"), bill + other)
        self._link(self._fapiao(1, direction="received"), bill, 113)
        self._link(self._fapiao(2, direction="received"), other, 113)
        self.assertEqual((found("done"), found("partial"), found("none")), (bill, other, moves))
        self.assertEqual({move.fapiao_state for move in bill + other}, {"done", "partial"})

    def test_bill_is_made_from_a_special_invoice_to_the_cent(self):
        lines = [files.row(1, "33.33", "4.33"), files.row(1, "33.33", "4.33"), files.row(1, "33.37", "4.35")]
        self._read_file("list.xlsx", files.invoice_list(*lines))
        fapiao = self._find(1)
        action = fapiao.action_create_bill()
        bill = self.env["account.move"].browse(action["res_id"])
        self.assertEqual((bill.state, bill.move_type, bill.partner_id, bill.ref), ("draft", "in_invoice", self.supplier, number(1)))
        self.assertEqual((bill.amount_untaxed, bill.amount_tax, bill.amount_total), (100.03, 13.01, 113.04))
        self.assertEqual((bill.invoice_line_ids.tax_ids, fapiao.match_state), (self.purchase13, "matched"))
        bill.action_post()
        self.assertEqual(bill.amount_total, 113.04)

    def test_tax_of_a_normal_invoice_is_cost(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1, 发票票种="数电票（普通发票）")))
        bill = self.env["account.move"].browse(self._find(1).action_create_bill()["res_id"])
        self.assertEqual((bill.invoice_line_ids.tax_ids, bill.amount_total), (self.env["account.tax"], 113))

    def test_small_scale_taxpayer_books_tax_as_cost(self):
        self.company.vat_taxpayer_kind = "small"
        fapiao = self._fapiao(1, direction="received")
        bill = self.env["account.move"].browse(fapiao.action_create_bill()["res_id"])
        self.assertEqual((bill.amount_tax, bill.amount_total), (0, 113))

    def test_red_letter_of_a_supplier_becomes_a_refund(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1, "-100.00", "-13.00")))
        bill = self.env["account.move"].browse(self._find(1).action_create_bill()["res_id"])
        self.assertEqual((bill.move_type, bill.amount_total, bill.amount_tax), ("in_refund", 113, 13))

    def test_unknown_seller_becomes_a_supplier(self):
        self.supplier.vat = False
        self.supplier.name = "别的供应商"
        fapiao = self._fapiao(1, direction="received", seller_name="杭州新供应商", seller_vat=SELLER_VAT)
        bill = self.env["account.move"].browse(fapiao.action_create_bill()["res_id"])
        self.assertEqual((bill.partner_id.name, bill.partner_id.vat), ("杭州新供应商", SELLER_VAT))

    def test_bill_is_made_once_and_of_valid_received_invoices(self):
        fapiao = self._fapiao(1, direction="received")
        fapiao.action_create_bill()
        with self.assertRaisesRegex(UserError, "has a bill already"):
            fapiao.action_create_bill()
        with self.assertRaisesRegex(UserError, "no valid invoice that was received"):
            self._fapiao(2).action_create_bill()

    def test_bills_of_many_invoices_open_as_a_list(self):
        many = self._fapiao(1, direction="received") + self._fapiao(2, 50, 6.5, direction="received")
        self.assertEqual(len(self.env["account.move"].search(many.action_create_bill()["domain"])), 2)

    def test_only_a_special_invoice_that_was_received_is_certified(self):
        with self.assertRaisesRegex(ValidationError, "is not deductible"):
            self._fapiao(1, direction="received", kind="digital_normal", certified_month="2026-11-01")
        with self.assertRaisesRegex(ValidationError, "is not deductible"):
            self._fapiao(2, certified_month="2026-11-01")
        with self.assertRaisesRegex(ValidationError, "at most the tax"):
            self._fapiao(3, direction="received", certified_month="2026-11-01", deductible_tax=13.01)

    def test_nothing_left_to_link_is_told(self):
        bill = self._bill(100)
        self._link(self._fapiao(1, direction="received"), bill, 113)
        fapiao = self._fapiao(2, direction="received")
        fapiao.proposed_move_id = bill
        with self.assertRaisesRegex(UserError, "has its tax invoices already"):
            fapiao.action_accept()

    def test_partner_of_two_equal_names_is_nobody(self):
        self.env["res.partner"].create([{"name": "重名公司"}, {"name": "重名公司"}])
        moves = self.env["account.move"]
        self.assertFalse(moves._get_fapiao_partner("重名公司", False))
        self.assertEqual(moves._get_fapiao_partner("不管", SELLER_VAT), self.supplier)
