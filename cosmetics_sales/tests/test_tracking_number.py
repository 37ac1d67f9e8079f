"""Courier numbers as scanners, clerks and files write them."""

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.tracking_number import Carrier, bare_name, is_dependable, is_plausible, normalise, recognise, split

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
NUMBER = st.from_regex(r"(SF|YT|JT|JDVA)[0-9]{12}", fullmatch=True)
KNOWN = [
    Carrier(1, ("顺丰速运", "顺丰", "SF"), r"^SF\d{12,15}$"),
    Carrier(2, ("圆通速递", "YTO"), r"^YT\d{13}$"),
    Carrier(3, ("邮政快递包裹",), r"^9\d{12}$"),
    Carrier(4, ("邮政特快专递", "EMS"), r"^E[A-Z]\d{9}CN$"),
    Carrier(5, ("申通快递",), r"^(?:77|9)\d{11,13}$"),
]


@tagged("post_install", "-at_install")
class TestTrackingNumber(BaseCase):
    @QUICK
    @given(NUMBER, st.sampled_from(("{}", " {} ", "{}\t", '="{}"', "'{}", "`{}", "\ufeff{}")))
    def test_a_number_is_the_same_in_any_wrapping(self, number, form):
        self.assertEqual(normalise(form.format(number)), number)
        self.assertEqual(normalise(form.format(number.lower())), number)
        self.assertTrue(is_plausible(number))

    @QUICK
    @given(st.text(alphabet="abSFｓｆ０９019 -='`\t\ufeff顺丰", max_size=40))
    def test_normalising_is_done_once(self, text):
        number = normalise(text)
        self.assertEqual(normalise(number), number)

    @QUICK
    @given(st.lists(NUMBER, min_size=1, max_size=5, unique=True), st.sampled_from((",", "，", ";", "；", "、", "\n", " ", "/", ", ")))
    def test_numbers_are_parted_whatever_stands_between(self, numbers, sign):
        self.assertEqual(split(sign.join(numbers)), numbers)

    @QUICK
    @given(st.text(max_size=60))
    def test_any_text_is_split_without_a_fault_and_no_number_twice(self, text):
        numbers = split(text)
        self.assertEqual(len(numbers), len(set(numbers)))
        self.assertTrue(all(numbers))

    def test_what_is_plausible(self):
        for number in ("SF123456789012", "123456", "A1B2C3", "1" * 32):
            with self.subTest(number=number):
                self.assertTrue(is_plausible(number))
        for number in ("", None, "12345", "1" * 33, "ABCDEF", "SF 123456", "sf123456", "顺丰1234567"):
            with self.subTest(number=number):
                self.assertFalse(is_plausible(number))

    def test_a_name_goes_before_the_number(self):
        for number, name, key in (
            ("YT1234567890123", "顺丰", 1), ("SF123456789012", "圆通", 2), ("1", "SF-A-顺丰速运", 1), ("1", "顺丰速运有限公司", 1),
            ("1", "邮政快递包裹", 3), ("1", "EMS", 4), ("1", "ems", 4),
        ):  # fmt: skip
            with self.subTest(number=number, name=name):
                self.assertEqual(recognise(number, name, KNOWN), key)

    def test_an_unknown_name_leaves_it_to_the_number(self):
        self.assertEqual(recognise("SF123456789012", "某某物流", KNOWN), 1)
        self.assertIsNone(recognise("12", "某某物流", KNOWN))

    def test_a_number_that_fits_two_belongs_to_nobody(self):
        self.assertIsNone(recognise("9123456789012", None, KNOWN))
        self.assertEqual(recognise("77123456789012", None, KNOWN), 5)

    def test_letters_in_front_are_sure(self):
        both = [Carrier(1, ("甲",), r"^SF\d{12}$"), Carrier(2, ("乙",), r"^[A-Z]{2}\d{12}$")]
        self.assertEqual(recognise("SF123456789012", None, both), 1)
        self.assertTrue(is_dependable(r"^SF\d+$"))
        self.assertFalse(is_dependable(r"^[A-Z]{2}\d+$"))

    def test_nothing_is_known_of_nothing(self):
        for number, name in (("", ""), (None, None), ("", None)):
            with self.subTest(number=number, name=name):
                self.assertIsNone(recognise(number, name, KNOWN))
        self.assertIsNone(recognise("SF123456789012", None, []))

    def test_names_without_their_tails(self):
        for name, bare in (
            ("顺丰速运有限公司", "顺丰"), ("圆通速递", "圆通"), ("中通快递股份有限公司", "中通"), ("物流", "物流"), ("", ""), (None, ""),
            ("德邦Express", "德邦"), ("京东物流集团", "京东"),
        ):  # fmt: skip
            with self.subTest(name=name):
                self.assertEqual(bare_name(name), bare)
