"""Lists and XML files of the tax platform become tax invoices: once, whole, with a reason for what is refused."""

import zipfile
from io import BytesIO

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from . import files
from .common import VAT, FapiaoCommon, number, workbook


def archive(**members):
    """Return the bytes of a zip archive."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as target:
        for name, content in members.items():
            target.writestr(name.replace("_", "."), content)
    return raw.getvalue()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 04:00:00")
class TestImport(FapiaoCommon):
    def _counts(self, record):
        return record.new_count, record.updated_count, record.same_count, record.reject_count

    def test_rows_of_one_number_become_one_invoice_with_its_lines(self):
        discount = files.row(1, "-10.00", "-1.30", 数量="", 单价="", 货物或应税劳务名称="*日用化学产品*面霜")
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1), discount, files.row(2, "50.00", "6.50")))
        self.assertEqual(self._counts(record), (2, 0, 0, 0))
        fapiao = self._find(1)
        self.assertEqual((fapiao.amount, fapiao.tax, fapiao.total, len(fapiao.line_ids)), (90.0, 11.7, 101.7, 2))
        self.assertEqual((fapiao.direction, fapiao.kind, fapiao.day.isoformat()), ("received", "digital_special", "2026-11-20"))
        self.assertEqual(fapiao.line_ids[0].tax_rate, 0.13)

    def test_own_number_as_seller_makes_an_issued_invoice(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1, **files.ISSUED)))
        self.assertEqual((self._find(1).direction, self._find(1).party_name), ("issued", "西安晨光商贸"))

    def test_same_file_again_changes_nothing(self):
        raw = files.invoice_list(files.row(1), files.row(2))
        self._read_file("list.xlsx", raw)
        before = self._find(1).write_date
        again = self._read_file("again.xlsx", raw)
        self.assertEqual(self._counts(again), (0, 0, 2, 0))
        self.assertEqual((self._find(1).write_date, len(self._find(1).line_ids)), (before, 1))

    def test_newer_state_is_taken_over_and_an_older_file_does_not_bring_it_back(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1)))
        newer = self._read_file("newer.xlsx", files.invoice_list(files.row(1, 发票状态="已红冲-全额")))
        self.assertEqual((self._counts(newer), self._find(1).state), ((0, 1, 0, 0), "red_full"))
        self._read_file("older.xlsx", files.invoice_list(files.row(1)))
        self.assertEqual(self._find(1).state, "red_full")

    def test_a_bad_row_takes_its_invoice_out_and_no_other(self):
        bad = {**files.row(2), "金额": "abc"}
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1), files.row(2, "30.00", "3.90"), bad, files.row(3)))
        self.assertEqual(self._counts(record), (2, 0, 0, 2))
        self.assertFalse(self._find(2))
        self.assertEqual([line.row_no for line in record.reject_ids], [3, 4])
        self.assertIn("abc", record.reject_ids[1].reason)

    def test_the_sums_of_a_file_are_those_of_its_records_and_rejected_rows(self):
        wrong = files.row(3, "40.00", "5.20", total="99.00")
        foreign = files.row(4, "7.00", "0.91", 购方识别号="91610000000000000X")
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1), files.row(2, "-20.00", "-2.60"), wrong, foreign))
        self.assertEqual((record.amount, record.record_amount, record.reject_amount), (127.0, 80.0, 47.0))
        self.assertAlmostEqual(record.tax, 13 - 2.6 + 5.2 + 0.91)

    def test_each_reason_is_told_in_a_sentence(self):
        cases = {
            "is not the whole number": files.row(1, 数电发票号码="123"),
            "has rounded the long number": files.row(2, 数电发票号码="2.6612E+19"),
            "do not add up": files.row(3, total="1.00"),
            "The amount is empty": {**files.row(4), "金额": ""},
            "is no date": files.row(5, 开票日期="昨天"),
            "The date is empty": files.row(6, 开票日期=""),
            "Nobody knows the state": files.row(7, 发票状态="神秘"),
            "are those of others": files.row(8, 购方识别号="X"),
        }
        record = self._read_file("list.xlsx", files.invoice_list(*cases.values()))
        self.assertEqual(record.new_count, 0)
        for (words, _row), fault in zip(cases.items(), record.reject_ids.sorted("row_no"), strict=True):
            self.assertIn(words, fault.reason)

    def test_table_on_the_second_sheet_below_a_title_is_found(self):
        note = ("说明", [["本表由电子税务局导出"]])
        rows = [["全量发票查询导出结果"], *files.rows(files.HEADER, [files.row(1)])]
        record = self._read_file("list.xlsx", workbook(note, ("发票", rows)))
        self.assertEqual(record.new_count, 1)

    def test_a_summary_sheet_of_the_same_invoices_does_not_count_them_twice(self):
        header = [title for title in files.HEADER if title not in ("货物或应税劳务名称", "税收分类编码")]
        summary = ("发票基础信息", files.rows(header, [files.row(1), files.row(2)]))
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1), before=[summary]))
        self.assertEqual((record.new_count, record.repeated_count, record.amount), (2, 1, 200.0))
        self.assertEqual(len(self._find(1).line_ids), 1)

    def test_total_row_and_text_wrappings_of_a_csv_are_read(self):
        cells = files.rows(files.HEADER, [files.row(1)])
        cells[1][3] = f'="{number(1)}"'
        body = "\n".join(",".join(str(cell).replace('"', '""').join('""') if cell else "" for cell in line) for line in cells)
        record = self._read_file("list.csv", (body + "\n合计,,,\n").encode("gbk"))
        self.assertEqual(self._counts(record), (1, 0, 0, 0))

    def test_older_invoice_is_known_by_code_and_number(self):
        old = files.row(1, 数电发票号码="", 发票代码="6100231130", 发票号码="01234567", 发票票种="增值税普通发票")
        self._read_file("list.xlsx", files.invoice_list(old))
        found = self.as_accountant("cosmetics.fapiao").search([("number", "=", "6100231130-01234567")])
        self.assertEqual(found.kind, "paper_normal")

    def test_changed_amount_of_a_known_invoice_is_refused(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1)))
        record = self._read_file("list2.xlsx", files.invoice_list(files.row(1, "200.00", "26.00")))
        self.assertIn("differs from the invoice in the list", record.reject_ids.reason)
        self.assertEqual(self._find(1).amount, 100)

    def test_confirmed_uses_certify_for_the_month_of_ticking(self):
        self._read_file("list.xlsx", files.invoice_list(files.row(1), files.row(2)))
        record = self._read_file("uses.xlsx", files.use_list(files.use(1), files.use(2, 勾选状态="未勾选"), files.use(3, "10.00", "1.30")))
        self.assertEqual(self._counts(record), (1, 1, 1, 0))
        self.assertEqual((str(self._find(1).certified_month), self._find(1).deductible_tax), ("2026-11-01", 13))
        self.assertFalse(self._find(2).certified_month)
        self.assertEqual((self._find(3).direction, self._find(3).deductible_tax, self._find(3).buyer_vat), ("received", 1.3, VAT))

    def test_confirmed_uses_certify_for_the_period_that_was_chosen(self):
        self._read_file("uses.xlsx", files.use_list(files.use(1)), certified_month="2026-10-15")
        self.assertEqual(str(self._find(1).certified_month), "2026-10-01")

    def test_normal_invoice_cannot_be_certified(self):
        record = self._read_file("uses.xlsx", files.use_list(files.use(1, 发票票种="数电票（普通发票）")))
        self.assertIn("not deductible", record.reject_ids.reason)
        self.assertFalse(self._find(1))

    def test_small_scale_taxpayer_certifies_nothing(self):
        self.company.vat_taxpayer_kind = "small"
        record = self._read_file("uses.xlsx", files.use_list(files.use(1)))
        self.assertIn("deducts no tax", record.reject_ids.reason)

    def test_red_letter_knows_its_origin_and_confirmation(self):
        remark = f"被红冲蓝字数电发票号码：{number(1)} 红字发票信息确认单编号：61012611001234567890"
        self._read_file("list.xlsx", files.invoice_list(files.row(1), files.row(2, "-100.00", "-13.00", 备注=remark)))
        self.assertEqual((self._find(2).origin_number, self._find(2).red_confirm_no), (number(1), "61012611001234567890"))

    def test_xml_of_one_invoice_is_read_with_nil_fields_and_discount_lines(self):
        record = self._read_file("one.xml", files.xml(1, [("面霜", "2", "100.00", "13.00"), ("面霜", "", "-10.00", "-1.30")]))
        fapiao = self._find(1)
        self.assertEqual((record.new_count, fapiao.total, fapiao.kind), (1, 101.7, "digital_special"))
        self.assertEqual((fapiao.line_ids.mapped("amount"), fapiao.line_ids[0].spec), ([100.0, -10.0], ""))
        self.assertEqual(fapiao.remark, "十一月货款")

    def test_list_and_xml_of_the_same_invoice_make_one(self):
        self._read_file("one.xml", files.xml(1))
        self.assertEqual(self._counts(self._read_file("list.xlsx", files.invoice_list(files.row(1)))), (0, 0, 1, 0))

    def test_archive_of_many_reads_the_good_ones_and_names_the_bad(self):
        raw = archive(a_xml=files.xml(1), b_xml=files.xml(2)[:300], c_pdf=b"%PDF-1.7 ...", d_xlsx=files.invoice_list(files.row(3)))
        record = self._read_file("many.zip", raw)
        self.assertEqual(self._counts(record), (2, 0, 0, 2))
        self.assertEqual(sorted(record.reject_ids.mapped("file_name")), ["many.zip/b.xml", "many.zip/c.pdf"])

    def test_files_that_cannot_be_read_leave_nothing_and_say_why(self):
        cases = {
            "no readable XML": [files.xml(1)[:400], files.xml(1, head='<!DOCTYPE x [<!ENTITY a "b">]>')],
            "lines do not add up": [files.xml(1, total=999.0)],
            "has not the columns": [b"a,b\n1,2\n", workbook(("x", [["订单号", "金额"]])), b"<?xml version='1.0'?><Order/>"],
            "damaged or cut off": [files.invoice_list(files.row(1))[:900]],
            "is empty": [b"   "],
            "no list of the tax platform": [b"%PDF-1.4", b"<html><body>login</body></html>"],
        }
        for words, raws in cases.items():
            for raw in raws:
                # Core warns when it guesses what a broken file is.
                with self.subTest(words), mute_logger("odoo.tools.mimetypes.guess_mimetype"), self.assertRaisesRegex(UserError, words):
                    self._read_file("odd.dat", raw)
        self.assertFalse(self.as_accountant("cosmetics.fapiao").search([]))

    def test_entities_read_no_file_and_unfold_no_bomb(self):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
        outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        for head in (bomb, outside):
            raw = files.xml(1, head=head).replace("十一月货款".encode(), b"&a;")
            with self.assertRaisesRegex(UserError, "no readable XML"):
                self._read_file("bomb.xml", raw)

    def test_company_without_a_tax_number_is_told_to_enter_it(self):
        self.company.partner_id.vat = False
        with self.assertRaisesRegex(UserError, "Enter the tax number"):
            self._read_file("list.xlsx", files.invoice_list(files.row(1)))

    def test_nothing_to_read_is_told(self):
        record = self.as_accountant("cosmetics.fapiao.import").create({})
        with self.assertRaisesRegex(UserError, "Add the list"):
            record.action_read()

    def test_what_was_read_is_kept(self):
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1)))
        with self.assertRaisesRegex(UserError, "stays in the list"):
            record.unlink()
        self.assertEqual(record.action_open_fapiaos()["domain"], [("import_id", "=", record.id)])
