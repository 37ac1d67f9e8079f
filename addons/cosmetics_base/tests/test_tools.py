import doctest

from odoo.tests import BaseCase, tagged

from ..tools import barcode, cell, file_problem, label, registration, sheet_reader, text_table, workbook


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def _run_doctests(self, module):
        result = doctest.testmod(module)
        self.assertGreater(result.attempted, 0, "no example was found")
        self.assertEqual(result.failed, 0)

    def test_examples_of_registration_numbers_hold(self):
        self._run_doctests(registration)

    def test_examples_of_labels_hold(self):
        self._run_doctests(label)

    def test_examples_of_barcodes_hold(self):
        self._run_doctests(barcode)

    def test_examples_of_the_file_reader_hold(self):
        for module in (cell, file_problem, sheet_reader, text_table, workbook):
            with self.subTest(module.__name__):
                self._run_doctests(module)

    def test_every_example_shown_to_users_is_a_number_of_its_kind(self):
        for kind, example in registration.EXAMPLES.items():
            self.assertEqual(registration.parse(example).kind, kind)

    def test_every_known_form_of_number_is_read(self):
        forms = {
            "陕G妆网备字2021000001": ("ordinary", "domestic", "陕", 2021, False),
            "粤G妆网备字2026233762": ("ordinary", "domestic", "粤", 2026, False),
            "国妆网备进字（沪）2026003870": ("ordinary", "imported", "沪", 2026, False),
            "国妆网备制字（粤）2023000012": ("ordinary", "hmt", "粤", 2023, False),
            "国妆备进字J20152345": ("ordinary", "imported", "", 2015, True),
            "国妆特字20210001": ("special", "domestic", "", 2021, False),
            "国妆特字G20171234": ("special", "domestic", "", 2017, True),
            "国妆特进字20220001": ("special", "imported", "", 2022, False),
            "国妆特进字J20181234": ("special", "imported", "", 2018, True),
            "国妆特制字20220001": ("special", "hmt", "", 2022, False),
            "粤国牙膏网备字2023404589": ("toothpaste", "domestic", "粤", 2023, False),
        }
        for text, expected in forms.items():
            with self.subTest(text):
                number = registration.parse(text)
                self.assertEqual((number.number, *number[1:]), (text, *expected))

    def test_what_is_no_number_is_refused(self):
        wrong = (
            "陕妆20220003",  # a factory's licence
            "G妆网备字2021000001",  # no province
            "美G妆网备字2021000001",  # no province of China
            "陕G妆网备字2021001",  # serial too short
            "陕G妆网备字202100000123",  # serial too long
            "国妆特字2021001",
            "国妆网备进字沪2026003870",  # brackets missing
            "陕G妆网备字2021000001号",
            "6901234567892",
            "",
        )
        for text in wrong:
            with self.subTest(text):
                self.assertIsNone(registration.parse(text))

    def test_a_wrong_check_digit_is_found_in_every_length(self):
        for right in ("6901234567892", "73513537", "012345678905", "16901234567899", "2100001000004"):
            with self.subTest(right):
                self.assertIsNone(barcode.check_digit_error(right))
                wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
                self.assertEqual(barcode.check_digit_error(wrong), right)
