"""Damaged and strange codes and sheets: nothing is guessed, nothing raises."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import label_code
from ..tools.label_code import Label


@tagged("post_install", "-at_install")
class TestLabelCode(BaseCase):
    def test_damaged_codes_are_no_labels(self):
        for text in (
            "https://[broken",
            "http://[::1/01/06901234567892",
            "https://",
            "(",
            "()",
            "(1)A",
            "(01",
            "::::",
            "=;=;",
            "\x1d\x1d",
            "\ufeff",
        ):
            with self.subTest(text):
                self.assertIn(label_code.label_of_text(text), (None, Label()))
                self.assertIn(label_code.gs1_elements(text), (None, []))

    def test_address_with_damage_in_its_parameters_keeps_the_rest(self):
        label = label_code.label_of_text("https://qr.example.cn/t?code=6901234567892&batch=A1&exp=%FF%FE&qty=-")
        self.assertEqual((label.code, label.batch, label.unreadable), ("6901234567892", "A1", ("expiration_on", "quantity")))

    def test_parameters_behind_the_hash_are_read(self):
        label = label_code.label_of_text("https://qr.example.cn/#/trace?lot=A1&mfg=20260115")
        self.assertEqual((label.batch, label.production_on), ("A1", date(2026, 1, 15)))

    def test_first_filled_value_of_a_field_counts(self):
        self.assertEqual(label_code.label_of_text("批号: ;批号:A1;批号:A2").batch, "A1")

    def test_elements_without_a_value_are_passed_over(self):
        label = label_code.label_of_elements([("10", ""), ("17", ""), ("01", "06901234567892"), ("99", "x")])
        self.assertEqual(label, Label(code="6901234567892"))

    def test_use_by_date_wins_in_either_order(self):
        pair = [("17", "290131"), ("15", "290228")]
        for elements in (pair, pair[::-1]):
            self.assertEqual(label_code.label_of_elements(elements).expiration_on, date(2029, 1, 31))

    def test_dates_of_gs1_are_days_of_the_calendar(self):
        days = {"280229": date(2028, 2, 29), "270229": None, "280200": date(2028, 2, 29), "281200": date(2028, 12, 31), "290001": None}
        for text, day in {**days, "2902": None, "29022A": None, "２９０２２８": None, "": None}.items():
            with self.subTest(text):
                self.assertEqual(label_code.gs1_date(text), day)

    def test_digital_link_without_an_article_number_is_an_address_like_others(self):
        for text in ("https://id.example.cn/01", "https://id.example.cn/10/A1", "https://id.example.cn/"):
            self.assertIsNone(label_code.gs1_elements(text))

    def test_excel_numbers_outside_this_century_are_no_days(self):
        self.assertEqual((label_code.read_date("36526"), label_code.read_date("73050")), (date(2000, 1, 1), date(2099, 12, 31)))
        for text in ("36525", "73051", "00001", "46082.5", "-46082", "4608"):
            with self.subTest(text):
                self.assertIsNone(label_code.read_date(text))

    def test_quantities_that_are_none(self):
        for text in ("-1", "1e3", "1.2.3", "½", "十二", "NaN", "inf", "--", "12 kg"):
            with self.subTest(text):
                self.assertIsNone(label_code.read_quantity(text))

    def test_quantities_as_people_write_them(self):
        for text, number in {"１２": 12, "1,200": 1200, "1，200": 1200, "12 件": 12, "12盒": 12, " 12.50 ": 12.5, "0": 0}.items():
            with self.subTest(text):
                self.assertEqual(label_code.read_quantity(text), number)

    def test_sheets_of_other_programs(self):
        expected = Label("YLX-01", "A1", date(2026, 3, 1), None, 12.0)
        for text in (
            "YLX-01;A1;2026-03-01;;12",
            "YLX-01，A1，2026-03-01，，12",
            "\r\nYLX-01\tA1\t2026-03-01\t\t12\r\n",
            "YLX-01,A1,46082,,12,x,y",
        ):
            with self.subTest(text):
                self.assertEqual([row.label for row in label_code.read_sheet(text)], [expected])

    def test_short_and_torn_rows_do_not_raise(self):
        rows = label_code.read_sheet('批号,数量\nA1\n"A2,3\n,,,,,\n"')
        self.assertEqual([row.line for row in rows], [2, 3, 4, 5])
        self.assertEqual(rows[0].label, Label(batch="A1"))
        self.assertEqual(rows[2].label, Label())

    def test_header_with_stars_units_and_english_is_known(self):
        words = {
            "*批号": "batch",
            "LOT NO.": "batch",
            "Exp": "expiration_on",
            "生产日期（必填）": "production_on",
            "QTY": "quantity",
            "EAN": "code",
        }
        for word, field in words.items():
            with self.subTest(word):
                self.assertEqual(label_code.field_of(word), field)
