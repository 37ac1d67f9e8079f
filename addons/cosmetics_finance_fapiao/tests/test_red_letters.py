"""Red letters and late invoices: what they take back, in which period, and what waits for a person."""

from odoo import Command
from odoo.tests import freeze_time, tagged

from . import files
from .common import FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestRedLetters(FapiaoCommon):
    def _red(self, serial, amount=-100.0, tax=-13.0, origin=1, **vals):
        return self._fapiao(serial, amount, tax, origin_number=number(origin), red_reason="1", **vals)

    def _refund(self, invoice, day="2026-11-25", **vals):
        """Return the posted refund of an invoice."""
        refund = invoice._reverse_moves([{"invoice_date": day, "date": day}])
        if vals:
            refund.invoice_line_ids.write(vals)
        refund.action_post()
        return refund

    # ------------------------------------------------------------------ what they stand for
    def test_red_letter_of_two_invoices_takes_back_from_the_first_until_it_is_used_up(self):
        first, second = self._post(self.tax13), self._post(self.tax13, 200)
        fapiao = self._fapiao(1, 300, 39)
        self._link(fapiao, first, 113)
        self._link(fapiao, second, 226)
        red = self._red(2, -150, -19.5)
        red.action_match()
        self.assertEqual({link.move_id: link.amount for link in red.link_ids}, {first: -113, second: -56.5})
        self.assertEqual((first.fapiao_difference, second.fapiao_difference, red.match_state), (113, 56.5, "matched"))

    def test_red_letter_of_an_unknown_origin_waits_until_the_origin_is_read(self):
        invoice = self._post(self.tax13)
        red = self._red(2)
        red.action_match()
        self.assertEqual((red.match_state, red.proposed_move_id.id), ("open", False))
        self._link(self._fapiao(1), invoice, 113)
        red.action_match()
        self.assertEqual((red.match_state, red.link_ids.move_id), ("matched", invoice))

    def test_refund_of_another_amount_is_not_taken(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1), invoice, 113)
        refund = self._refund(invoice, price_unit=40)
        red = self._red(2, -60, -7.8)
        red.action_match()
        self.assertEqual((red.link_ids.move_id, refund.fapiao_state, invoice.fapiao_difference), (invoice, "none", 67.8))

    def test_draft_refund_is_not_taken(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1), invoice, 113)
        draft = invoice._reverse_moves([{"invoice_date": "2026-11-25"}])
        red = self._red(2)
        red.action_match()
        self.assertEqual((red.link_ids.move_id, draft.fapiao_link_ids.ids), (invoice, []))

    def test_red_letter_matched_twice_takes_back_once(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1), invoice, 113)
        red = self._red(2)
        red.action_match()
        red.action_match()
        self.assertEqual((red.link_ids.amount, invoice.fapiao_difference), (-113, 113))

    def test_void_red_letter_takes_nothing_back(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1), invoice, 113)
        red = self._red(2, state="void")
        red.action_match()
        self.assertEqual((len(red.link_ids), invoice.fapiao_state), (0, "done"))

    def test_red_letter_takes_back_at_most_what_its_origin_stands_for(self):
        invoice = self._post(self.tax13)
        self._link(self._fapiao(1, 200, 26), invoice, 113)
        red = self._red(2, -200, -26)
        red.action_match()
        self.assertEqual((red.link_ids.amount, red.match_state, red.difference), (-113, "partial", -113))

    def test_origin_of_another_company_is_no_origin(self):
        other = self.env["res.company"].sudo().create({"name": "另一家公司"})
        vals = {"number": number(1), "direction": "issued", "day": "2026-11-20", "amount": 100, "tax": 13, "company_id": other.id}
        self.env["cosmetics.fapiao"].sudo().create(vals)
        red = self._red(2)
        red.sudo().action_match()  # no rule hides the other one here
        self.assertFalse(red.link_ids)

    def test_red_letter_of_a_supplier_is_matched_with_the_refund_that_names_it(self):
        bill = self._bill(100)
        self._fapiao(1, direction="received").action_match()
        self._find(1).action_accept()
        refund = self._refund(bill, price_unit=30)
        red = self._red(2, -30, -3.9, direction="received")
        red.action_match()
        self.assertEqual((red.link_ids.move_id, refund.fapiao, bill.fapiao_difference), (refund, number(2), 0))

    def test_certified_red_letter_of_a_supplier_lowers_the_input_tax(self):
        vals = {"direction": "received", "certified_month": "2026-11-01"}
        self._fapiao(1, deductible_tax=13, **vals)
        self._red(2, -30, -3.9, deductible_tax=-3.9, **vals)
        self.assertEqual(self._row(self._declaration(), "in_certified"), (70, 9.1))

    def test_list_that_tells_origin_and_red_letter_in_one_file_links_both(self):
        invoice = self._post(self.tax13)
        remark = f"被红冲蓝字数电发票号码：{number(1)}"
        red = files.row(2, "-100.00", "-13.00", 备注=remark, **files.ISSUED)
        self._read_file("list.xlsx", files.invoice_list(red, files.row(1, 发票状态="已红冲-全额", **files.ISSUED)))
        self.assertEqual((self._find(1).state, self._find(1).link_ids.amount, self._find(2).link_ids.amount), ("red_full", 113, -113))
        self.assertEqual((invoice.fapiao_state, invoice.fapiao_difference), ("none", 113))

    # ------------------------------------------------------------------ in which period
    def test_red_letter_of_the_next_month_moves_the_refund_into_no_other_row(self):
        invoice = self._post(self.tax13, invoice_date="2026-10-10")
        self._link(self._fapiao(1, day="2026-10-10"), invoice, 113)
        refund = self._refund(invoice, "2026-10-25")
        self._link(self._red(2, day="2026-11-03"), refund, -113)
        october, november = self._declaration("2026-10-01", "2026-10-31"), self._declaration()
        self.assertEqual((self._row(october, "out_special"), self._row(october, "out_red")), ((100, 13), (-100, -13)))
        rows = [self._row(november, code) for code in ("out_special", "out_none", "out_red", "out_total")]
        self.assertEqual(rows, [(0, 0)] * 4)

    def test_sale_invoiced_late_in_two_months_is_moved_part_by_part(self):
        sale = self._post(self.tax13, 300, invoice_date="2026-09-15")
        self._link(self._fapiao(1, 100, 13, day="2026-10-05"), sale, 113)
        self._link(self._fapiao(2, 50, 6.5, day="2026-11-05", kind="digital_normal"), sale, 56.5)
        months = [self._declaration(f"2026-{month:02d}-01", f"2026-{month:02d}-{last}") for month, last in ((9, 30), (10, 31), (11, 30))]
        found = [[self._row(sheet, code) for code in ("out_special", "out_normal", "out_none", "out_total")] for sheet in months]
        self.assertEqual(found[0], [(0, 0), (0, 0), (300, 39), (300, 39)])
        self.assertEqual(found[1], [(100, 13), (0, 0), (-100, -13), (0, 0)])
        self.assertEqual(found[2], [(0, 0), (50, 6.5), (-50, -6.5), (0, 0)])

    def test_late_invoice_of_two_rates_moves_each_rate_by_its_share(self):
        six = self._tax("l10n_cn_sales_excluded_6")
        lines = [
            {"name": tax.name, "price_unit": price, "tax_ids": [Command.set(tax.ids)]} for tax, price in ((self.tax13, 100), (six, 100))
        ]
        vals = {"move_type": "out_invoice", "partner_id": self.customer.id, "invoice_date": "2026-10-15"}
        sale = self.env["account.move"].create({**vals, "invoice_line_ids": [Command.create(line) for line in lines]})
        sale.action_post()
        self._link(self._fapiao(1, 200, 19, day="2026-11-05"), sale, 219)
        sheet = self._declaration()
        for rate, tax in ((0.13, 13), (0.06, 6)):
            self.assertEqual(
                (self._row(sheet, "out_special", rate=rate), self._row(sheet, "out_none", rate=rate)), ((100, tax), (-100, -tax))
            )
        self.assertEqual(sheet.payable, 0)

    def test_void_late_invoice_moves_nothing(self):
        sale = self._post(self.tax13, invoice_date="2026-10-15")
        fapiao = self._fapiao(1, day="2026-11-05")
        self._link(fapiao, sale, 113)
        fapiao.state = "void"
        sheet = self._declaration()
        self.assertEqual((self._row(sheet, "out_special"), self._row(sheet, "out_none")), ((0, 0), (0, 0)))

    def test_invoice_of_the_month_after_leaves_the_sale_without_invoice(self):
        sale = self._post(self.tax13)
        self._link(self._fapiao(1, day="2026-12-01"), sale, 113)
        self.assertEqual(self._row(self._declaration(), "out_none"), (100, 13))

    def test_late_special_invoice_of_a_small_scale_taxpayer_is_taxed_when_it_is_issued(self):
        self.company.vat_taxpayer_kind = "small"
        tax1 = self._tax("xian_tax_sale_1")
        sale = self._post(tax1, 10000, invoice_date="2026-10-15")
        self._link(self._fapiao(1, 10000, 100, day="2026-11-05"), sale, 10100)
        october = self._declaration("2026-10-01", "2026-10-31", kind="small")
        november = self._declaration(kind="small")
        self.assertEqual((october.payable, october.exempt), (0, 100))
        self.assertEqual((november.payable, november.exempt), (100, -100), "what was free before is taken back")
