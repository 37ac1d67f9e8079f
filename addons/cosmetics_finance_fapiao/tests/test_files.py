"""What platforms write in a cell, and what the readers make of it; what is wrong is told in Chinese."""

import random
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from odoo import fields
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.sheet_reader import read_files
from odoo.exceptions import UserError
from odoo.tests import BaseCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import einvoice_xml, issue, kinds, platform_list
from ..tools.record import Record, RecordLine, number_of
from . import files
from .common import FapiaoCommon, number

LABELS = {
    "01": "paper_special",
    "04": "paper_normal",
    "08": "electronic_special",
    "10": "electronic_normal",
    "31": "digital_special",
    "32": "digital_normal",
    "81": "digital_special",
    "82": "digital_normal",
    "85": "digital_paper_special",
    "86": "digital_paper_normal",
    "数电票（增值税专用发票）": "digital_special",
    "数电发票(普通发票)": "digital_normal",
    "全电发票（普通发票）": "digital_normal",
    "电子发票（增值税专用发票）": "digital_special",
    "数电纸质发票（普通发票）": "digital_paper_normal",
    "数电纸质票（增值税专用发票）": "digital_paper_special",
    "增值税专用发票": "paper_special",
    "增值税普通发票": "paper_normal",
    "增值税电子专用发票": "electronic_special",
    "增值税电子普通发票": "electronic_normal",
    "机动车销售统一发票": "other",
    "数电票（铁路电子客票）": "other",
    "": "other",
}
STATES = {
    "正常": "normal",
    "": "normal",
    "已开具": "normal",
    "已红冲": "red_full",
    "已红冲-全额": "red_full",
    "已全额红冲": "red_full",
    "已红冲-部分": "red_partial",
    "部分红冲": "red_partial",
    "作废": "void",
    "已作废": "void",
    "异常": None,
}
RATES = {
    "13%": "0.13",
    "9%": "0.09",
    "6%": "0.06",
    "3%": "0.03",
    "1%": "0.01",
    "0%": "0",
    "0.13": "0.13",
    "13": "0.13",
    "免税": None,
    "不征税": None,
    "***": None,
    "": None,
    "NaN": None,
}


@tagged("post_install", "-at_install")
class TestCells(BaseCase):
    def test_every_code_and_label_has_its_kind(self):
        for label, kind in LABELS.items():
            with self.subTest(label):
                self.assertEqual(kinds.kind_of(label), kind)

    def test_every_state_is_known_or_refused(self):
        for label, state in STATES.items():
            with self.subTest(label):
                self.assertEqual(kinds.state_of(label), state)

    def test_every_way_to_write_a_rate_is_read(self):
        for text, rate in RATES.items():
            with self.subTest(text):
                self.assertEqual(platform_list.rate_of(text), None if rate is None else Decimal(rate))

    def test_states_have_an_order_and_every_kind_a_name(self):
        self.assertEqual(kinds.STATE_RANK.keys(), dict(kinds.STATES).keys())
        self.assertLessEqual(set(kinds.CODES.values()) | set(kinds.SPECIAL), dict(kinds.KINDS).keys())

    def test_number_of_three_columns(self):
        cases = {
            (number(1), "", ""): number(1),
            ("", "", number(1)): number(1),
            (number(1), "6100231130", "01234567"): number(1),
            ("", "6100231130", "01234567"): "6100231130-01234567",
            ("", "061002200111", "01234567"): "061002200111-01234567",
            ("", "", "01234567"): None,
            ("", "", ""): None,
            ("266", "", ""): None,
        }
        for columns, expected in cases.items():
            with self.subTest(columns):
                self.assertEqual(number_of(*columns), expected)

    def test_headers_of_other_versions_of_the_platform_are_known(self):
        header = ["数电票号码", "开票日期", "销售方纳税人识别号", "购买方纳税人识别号", "金额", "税额", "税率/征收率", "项目名称"]
        table = platform_list.find_table([header, [number(1)]])
        self.assertEqual((table.kind, sorted(table.columns)[:2]), ("invoices", ["amount", "buyer_vat"]))

    def test_list_of_uses_is_no_list_of_invoices(self):
        self.assertEqual(platform_list.find_table([list(files.USE_HEADER)]).kind, "uses")
        self.assertEqual(platform_list.find_table([list(files.HEADER)]).kind, "invoices")
        for missing in ("开票日期", "金额", "税额", "销方识别号"):
            with self.subTest(missing):
                self.assertIsNone(platform_list.find_table([[title for title in files.HEADER if title != missing]]))

    def test_record_sums_its_lines_unless_the_file_tells_totals(self):
        day = platform_list.china_day(fields.Datetime.to_datetime("2026-11-20 02:00:00"))
        record = Record(number(1), day, lines=[RecordLine("a", Decimal("1.10"), Decimal("0.14"))] * 2)
        self.assertEqual((record.amount, record.tax), (Decimal("2.20"), Decimal("0.28")))
        record.total_amount, record.total_tax = Decimal("2.00"), Decimal("0.26")
        self.assertEqual((record.amount, record.tax), (Decimal("2.00"), Decimal("0.26")))

    def test_remarks_tell_of_red_letters_in_several_ways(self):
        remarks = {
            f"被红冲蓝字数电发票号码：{number(1)}": (number(1), ""),
            f"被红冲蓝字数电票号码:{number(1)} 红字发票信息确认单编号：61012611001234567890": (number(1), "61012611001234567890"),
            "被红冲蓝字发票号码：01234567": ("01234567", ""),
            "开具红字增值税专用发票信息表编号6101171801001234": ("", "6101171801001234"),
            f"订单 {number(1)}": ("", ""),
        }
        for remark, facts in remarks.items():
            with self.subTest(remark):
                self.assertEqual(kinds.red_facts(remark), facts)


@tagged("post_install", "-at_install")
class TestSpoiltFiles(BaseCase):
    def _read(self, raw):
        if einvoice_xml.is_xml(raw):
            return [einvoice_xml.read(raw, "x.xml")]
        return platform_list.read_sheets(read_files("x.xlsx", raw), "x.xlsx").records

    def test_whatever_the_bytes_nothing_but_a_file_problem_comes_of_it(self):
        chance = random.Random(20261128)
        whole = [files.invoice_list(files.row(1), files.row(2)), files.xml(1), files.use_list(files.use(1))]
        for turn in range(300):
            raw = bytearray(whole[turn % 3])
            for _spoil in range(chance.randint(1, 8)):
                place = chance.randrange(len(raw))
                raw[place : place + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
            if chance.random() < 0.3:
                raw = raw[: chance.randrange(1, len(raw))]
            with self.subTest(turn):
                try:
                    records = self._read(bytes(raw))
                except FileProblem:
                    continue
                for record in records:
                    self.assertIsInstance(record.amount, Decimal)
                    self.assertTrue(number_of(record.number, "", "") or "-" in record.number)

    def test_a_workbook_that_unfolds_to_far_more_is_refused(self):
        raw = BytesIO()
        with ZipFile(BytesIO(files.invoice_list(files.row(1)))) as source, ZipFile(raw, "w", 8) as target:
            for name in source.namelist():
                body = source.read(name)
                target.writestr(name, body + b" " * (300 << 20) if name.endswith("sheet1.xml") else body)
        with self.assertRaises(FileProblem) as caught:
            self._read(raw.getvalue())
        self.assertEqual(caught.exception.code, "zip_bomb")

    def test_xml_that_is_too_large_or_of_another_kind_is_refused(self):
        cases = {
            "too_big": files.xml(1) + b" " * einvoice_xml.MAX_BYTES,
            "unknown_format": b"<?xml version='1.0'?><Invoice/>",
            "xml": b"<?xml version='1.0'?><EInvoice>",
            "no_number": files.xml(1).replace(number(1).encode(), b"123"),
        }
        for code, raw in cases.items():
            with self.subTest(code), self.assertRaises(FileProblem) as caught:
                einvoice_xml.read(raw, "x.xml")
            self.assertEqual(caught.exception.code, code)

    def test_fields_of_an_xml_that_are_no_amount_or_day_are_named(self):
        cases = {
            "Amount": (b"<Amount>100.00", b"<Amount>many"),
            "IssueTime": (b"<IssueTime>2026-11-20", b"<IssueTime>tomorrow"),
            "TotalAmWithoutTax": (b"<TotalAmWithoutTax>100.00", b"<TotalAmWithoutTax>NaN"),
        }
        for name, (old, new) in cases.items():
            with self.subTest(name), self.assertRaises(FileProblem) as caught:
                einvoice_xml.read(files.xml(1).replace(old, new), "x.xml")
            self.assertEqual((caught.exception.code, caught.exception.facts["field"]), ("xml_field", name))

    def test_xml_in_a_namespace_and_in_another_encoding_is_read(self):
        plain = files.xml(1).decode()
        spaced = plain.replace("<EInvoice ", '<EInvoice xmlns="urn:einvoice" ')
        wide = plain.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        chinese = plain.replace('encoding="UTF-8"', 'encoding="GB18030"').encode("gb18030")
        for raw in (spaced.encode(), wide, chinese):
            record = einvoice_xml.read(raw, "x.xml")
            self.assertEqual((record.number, record.seller_name, record.amount), (number(1), "上海丽颜供应链", Decimal("100.00")))

    def test_normal_invoice_is_told_from_a_special_one(self):
        self.assertEqual(einvoice_xml.read(files.xml(1, special="普通发票"), "x.xml").kind, "digital_normal")
        self.assertEqual(einvoice_xml.read(files.xml(1), "x.xml").kind, "digital_special")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 04:00:00")
class TestSentences(FapiaoCommon):
    def _codes(self):
        record = self.as_accountant("cosmetics.fapiao.import").new({})
        return {**record._get_file_sentences(), **record._get_row_sentences()}

    def test_every_code_of_the_readers_has_a_sentence_in_both_languages(self):
        english = self.as_accountant("cosmetics.fapiao.import").with_context(lang="en_US").new({})
        chinese = english.with_context(lang="zh_CN")
        for code in self._codes():
            facts = {"name": "清单.xlsx", "text": "abc", "field": "Amount"}
            with self.subTest(code):
                self.assertRegex(english._get_sentence(code, facts), r"[.]$")
                self.assertRegex(chinese._get_sentence(code, facts), "[一-鿿].*。$")

    def test_every_problem_of_an_issue_has_a_sentence(self):
        sentences = self.as_accountant("cosmetics.fapiao.request").with_context(lang="zh_CN")._get_sentences()
        self.assertLessEqual(issue.STOPS, sentences.keys())
        for code, sentence in sentences.items():
            with self.subTest(code):
                self.assertRegex(sentence, "[一-鿿].*。$")

    def test_a_percent_sign_in_a_cell_does_no_harm(self):
        record = self._read_file("list.xlsx", files.invoice_list(files.row(1, 发票状态="100%s %(x)s")))
        self.assertIn("100%s %(x)s", record.reject_ids.reason)

    def test_rows_of_the_sheet_are_named_in_chinese(self):
        self._post(self.tax13)
        sheet = self._declaration().with_context(lang="zh_CN")
        names = {line.code: line.label for line in sheet.line_ids}
        self.assertEqual((names["out_none"], names["urban"], sheet.name), ("未开票 13%", "城市维护建设税", "2026 年 11 月增值税"))

    def test_damaged_file_is_told_in_chinese_and_leaves_nothing(self):
        upload = self.as_accountant("ir.attachment").create({"name": "清单.csv", "raw": b"a,b\n"})
        record = self.as_accountant("cosmetics.fapiao.import").with_context(lang="zh_CN").create({"attachment_ids": upload.ids})
        with mute_logger("odoo.tools.mimetypes.guess_mimetype"), self.assertRaises(UserError) as caught:
            record.action_read()
        self.assertIn("清单.csv 缺少", str(caught.exception))
        self.assertEqual((record.state, record.new_count), ("draft", 0))
