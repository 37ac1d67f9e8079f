"""The screens as the accountant uses them, and a month from the first invoice to the declaration."""

import base64
import io

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from python_calamine import CalamineWorkbook

from ..tools.issue_file import HEAD_SHEET, LINE_SHEET
from . import files
from .common import BUYER_VAT, SELLER_VAT, VAT, FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestForms(FapiaoCommon):
    def test_paper_invoice_is_entered_by_hand(self):
        with Form(self.as_accountant("cosmetics.fapiao").with_context(default_direction="received")) as form:
            form.number = "6100231130 01234567"
            form.kind = "paper_special"
            form.day = "2026-11-05"
            form.seller_name = "上海丽颜供应链"
            form.seller_vat = SELLER_VAT.lower()
            form.amount = 100
            form.tax = 13
            form.certified_month = "2026-11-01"
            form.deductible_tax = 13
        fapiao = form.save()
        self.assertEqual((fapiao.number, fapiao.seller_vat), ("6100231130-01234567", SELLER_VAT))
        self.assertEqual((fapiao.total, fapiao.is_special, fapiao.match_state), (113, True, "open"))

    def test_red_letter_is_entered_with_its_reason(self):
        with Form(self.as_accountant("cosmetics.fapiao").with_context(default_direction="issued")) as form:
            form.number = number(2)
            form.day = "2026-11-05"
            form.amount = -100
            form.tax = -13
            form.origin_number = number(1)
            form.red_confirm_no = "61012611001234567890"
            form.red_reason = "4"
        self.assertEqual(form.save().red_reason, "4")

    def test_invoice_is_linked_in_the_form(self):
        bill = self._bill(100)
        fapiao = self._fapiao(1, direction="received")
        with Form(fapiao) as form, form.link_ids.new() as link:
            link.move_id = bill
            link.amount = 113
        self.assertEqual((fapiao.match_state, bill.fapiao_state), ("matched", "done"))

    def test_amount_of_a_link_is_lowered_and_not_raised(self):
        bill = self._bill(100)
        fapiao = self._fapiao(1, direction="received")
        link = self._link(fapiao, bill, 113)
        link.amount = 100
        self.assertEqual((fapiao.match_state, bill.fapiao_state, bill.fapiao_difference), ("partial", "partial", 13))
        with self.assertRaisesRegex(ValidationError, "each amount counts once"):
            link.amount = 113.01

    def test_issue_list_takes_remarks_and_kinds(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        with Form(batch) as form, form.request_ids.edit(0) as request:
            request.remark = "请寄回单"
            request.is_special = False
        self.assertEqual((batch.request_ids.remark, batch.request_ids.is_special), ("请寄回单", False))
        self.assertEqual((batch.request_count, batch.open_count, batch.total), (1, 1, 113))

    def test_files_of_an_import_are_read_by_another_accountant(self):
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1)))
        other = new_test_user(
            self.env,
            "fapiao_second",
            "base.group_user,cosmetics_finance.group_accountant",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.assertTrue(record.attachment_ids.with_user(other).raw)
        record.with_user(other).action_read()
        self.assertEqual(record.same_count, 1)

    def test_declaration_is_made_in_the_form(self):
        with Form(self.as_accountant("cosmetics.vat.declaration")) as form:
            form.date_from = "2026-10-01"
            form.date_to = "2026-10-31"
            form.district = "town"
        sheet = form.save()
        self.assertEqual((str(sheet.due_on), sheet.period, sheet.district), ("2026-11-16", "month", "town"))
        self.assertEqual(sheet.kind, "general")

    def test_due_day_that_the_tax_office_announced_stays(self):
        sheet = self._declaration()
        sheet.due_on = "2026-12-20"
        sheet.action_count()
        self.assertEqual(str(sheet.due_on), "2026-12-20")

    def test_taxpayer_form_shows_what_the_company_is(self):
        self.company.write({"vat_taxpayer_kind": "small", "vat_period": "quarter", "has_vat_half_relief": True})
        form = Form(self.as_accountant("cosmetics.vat.taxpayer"))
        self.assertEqual((form.vat_taxpayer_kind, form.vat_period, form.has_vat_half_relief, form.vat), ("small", "quarter", True, VAT))
        form.fapiao_class_code = "3" * 19
        form.save().action_save()
        self.assertEqual(self.company.fapiao_class_code, "3" * 19)

    def test_new_sheet_of_a_small_scale_taxpayer_is_for_its_quarter(self):
        self.company.write({"vat_taxpayer_kind": "small", "vat_period": "quarter"})
        sheet = self.as_accountant("cosmetics.vat.declaration").create({})
        self.assertEqual((str(sheet.date_from), str(sheet.date_to)), ("2026-07-01", "2026-09-30"))
        self.assertEqual((sheet.kind, sheet.period, sheet.has_half_relief), ("small", "quarter", True))

    def test_accountant_does_not_write_the_company_itself(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.accountant).vat_taxpayer_kind = "small"


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestIssuedLines(FapiaoCommon):
    def _issue(self, *lines, **vals):
        """Return the `Issue` of a posted invoice of these lines."""
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2026-11-20",
                "invoice_line_ids": list(lines),
                **vals,
            }
        )
        move.action_post()
        return self._list_of(move).request_ids

    def _line(self, price, quantity=1, tax=None, **vals):
        taxes = self.tax13 if tax is None else tax
        values = {"name": "面霜", "quantity": quantity, "price_unit": price, "tax_ids": [Command.set(taxes.ids)]}
        return Command.create({**values, **vals})

    def test_sections_notes_and_free_lines_are_left_out(self):
        request = self._issue(
            Command.create({"display_type": "line_section", "name": "礼盒"}),
            self._line(100),
            self._line(0, name="赠品小样"),
            Command.create({"display_type": "line_note", "name": "谢谢惠顾"}),
        )
        self.assertEqual([line.name for line in request._prepare_issue().lines], ["面霜"])
        self.assertFalse(request.is_blocked)

    def test_product_gives_name_spec_unit_and_code(self):
        product = self.env["product.product"].create({"name": "保湿面霜", "type": "consu", "fapiao_class_code": "2" * 19})
        if "spec" in product._fields:
            product["spec"] = "50ml"
        request = self._issue(self._line(50, 2, product_id=product.id, name="[X1] 保湿面霜\n第二行"))
        (line,) = request._prepare_issue().lines
        self.assertEqual((line.name, line.code, line.unit), ("保湿面霜", "2" * 19, product.uom_id.name))
        self.assertEqual((str(line.quantity.normalize()), str(line.price.normalize()), str(line.amount)), ("2", "5E+1", "100.00"))
        self.assertFalse(line.is_default_code)

    def test_person_is_told_as_a_person_and_gets_a_normal_invoice(self):
        person = self.env["res.partner"].create({"name": "王芳", "email": "wf@example.com"})
        request = self._issue(self._line(100), partner_id=person.id)
        issue = request._prepare_issue()
        self.assertEqual((issue.is_person, issue.is_special, issue.buyer_vat, issue.contact[0]), (True, False, "", "wf@example.com"))

    def test_invoice_goes_to_the_company_of_a_contact(self):
        contact = self.env["res.partner"].create({"name": "采购小李", "parent_id": self.customer.id})
        issue = self._issue(self._line(100), partner_id=contact.id)._prepare_issue()
        self.assertEqual((issue.buyer_name, issue.buyer_vat, issue.is_special), ("西安晨光商贸", BUYER_VAT, True))

    def test_rounded_line_taxes_are_a_warning_of_a_cent(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        request = self._issue(*[self._line(0.33, name=f"试用装 {place}") for place in range(5)])
        self.assertFalse(request.is_blocked)
        self.assertIn("differ from the invoice by a cent", request.with_context(lang="en_US").problems)

    def test_discount_larger_than_the_goods_of_its_rate_is_stopped(self):
        six = self._tax("l10n_cn_sales_excluded_6")
        request = self._issue(self._line(100), self._line(10, tax=six), self._line(-20, tax=six))
        self.assertTrue(request.is_blocked)
        self.assertIn("discount is larger", request.problems)

    def test_zero_rate_is_no_exemption(self):
        zero = self._issue(self._line(100, tax=self._tax("xian_tax_sale_0")))._prepare_issue().lines[0]
        exempt = self._issue(self._line(100, tax=self._tax("xian_tax_sale_exempt")))._prepare_issue().lines[0]
        self.assertEqual((zero.rate, exempt.rate), (0, None))

    def test_two_taxes_on_a_line_are_stopped(self):
        both = self.tax13 + self._tax("l10n_cn_sales_excluded_6")
        self.assertIn("no single VAT rate", self._issue(self._line(100, tax=both)).problems)


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestMonth(FapiaoCommon):
    """One month of a general taxpayer, in the order in which it happens."""

    def test_a_month_from_invoices_to_the_declaration(self):
        wholesale = self._post(self.tax13, 20000)
        retail = self._post(self.tax13_included, 2260)
        returned = wholesale._reverse_moves([{"invoice_date": "2026-11-25"}])
        returned.invoice_line_ids.price_unit = 1000
        returned.action_post()
        batch = self.env["cosmetics.fapiao.batch"].with_user(self.accountant)._create_for(wholesale)
        batch.action_export()
        book = CalamineWorkbook.from_filelike(io.BytesIO(base64.b64decode(batch.with_context(bin_size=False).file)))
        self.assertEqual([len(book.get_sheet_by_name(name).to_python()) for name in (HEAD_SHEET, LINE_SHEET)], [2, 2])
        serial = batch.request_ids.serial
        red = f"被红冲蓝字数电发票号码：{number(1)} 红字发票信息确认单编号：61012611001234567890"
        self._read_file(
            "issued.xlsx",
            files.invoice_list(
                files.row(1, "20000.00", "2600.00", 备注=serial, **files.ISSUED),
                files.row(2, "-1000.00", "-130.00", 备注=red, **files.ISSUED),
            ),
        )
        self.assertEqual((wholesale.fapiao, returned.fapiao, retail.fapiao_state), (number(1), number(2), "none"))
        self._receive_and_declare()

    def _receive_and_declare(self):
        self._read_file("received.xlsx", files.invoice_list(files.row(3, "8000.00", "1040.00")))
        self._find(3).action_create_bill()
        bill = self._find(3).link_ids.move_id
        bill.action_post()
        self._read_file("uses.xlsx", files.use_list(files.use(3, "8000.00", "1040.00")))
        sheet = self._declaration()
        expected = {
            "out_special": (20000, 2600),
            "out_none": (2000, 260),
            "out_red": (-1000, -130),
            "out_total": (21000, 2730),
            "in_certified": (8000, 1040),
            "credit_before": (0, 0),
            "payable": (0, 1690),
            "urban": (1690, 118.30),
            "education": (1690, 50.70),
            "local_education": (1690, 33.80),
            "surcharge_total": (0, 202.80),
        }
        self.assertEqual({code: self._row(sheet, code) for code in expected}, expected)
        self.assertEqual((sheet.difference, sheet.reclassified), (0, 0))
        sheet.action_confirm()
        sheet.action_declare()
        owed = {"222102": -1690, "222111": -118.3, "222112": -50.7, "222113": -33.8}
        self.assertEqual({code: self._balance(code) for code in owed}, owed)
        self._entry([("222102", 1690), ("560104", -1690)], date="2026-12-02")
        self.assertEqual(self._balance("222102", "2026-12-31"), 0)
        self.assertFalse(sheet.has_changed, "the payment lies in December")

    def test_part_of_an_invoice_is_reversed(self):
        sale = self._post(self.tax13, 1000)
        self._read_file("list.xlsx", files.invoice_list(files.row(1, "1000.00", "130.00", **files.ISSUED)))
        remark = f"被红冲蓝字数电发票号码：{number(1)}"
        rows = [
            files.row(1, "1000.00", "130.00", 发票状态="已红冲-部分", **files.ISSUED),
            files.row(2, "-200.00", "-26.00", 备注=remark, **files.ISSUED),
        ]
        self._read_file("later.xlsx", files.invoice_list(*rows))
        self.assertEqual(self._find(1).state, "red_partial")
        self.assertEqual((sale.fapiao_state, sale.fapiao_difference), ("partial", 226))

    def test_number_typed_by_hand_counts_as_a_normal_invoice(self):
        self._post(self.tax13, 100, fapiao=number(5))
        self.assertEqual(self._row(self._declaration(), "out_normal"), (100, 13))

    def test_a_thousand_rows_are_read_with_queries_that_hardly_grow(self):
        def queries(first, count):
            raw = files.invoice_list(*[files.row(serial) for serial in range(first, first + count)])
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._read_file("list.xlsx", raw)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1, 1)
        few, many = queries(100, 20), queries(1000, 220)
        self.assertLess(many - few, 200, "less than one query a row")

    def test_sheet_of_many_sales_is_counted_with_few_queries(self):
        def queries():
            sheet = self.as_accountant("cosmetics.vat.declaration").search([], limit=1) or self._declaration()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sheet._count()
            return self.env.cr.sql_log_count - before

        self._post(self.tax13)
        few = queries()
        for _sale in range(12):
            self._post(self.tax13)
        self.assertLess(queries() - few, 12)

    def test_export_without_anybody_waiting_is_refused(self):
        with self.assertRaisesRegex(UserError, "None of these needs a tax invoice"):
            self.as_accountant("cosmetics.fapiao.batch")._create_for(self.env["account.move"])
