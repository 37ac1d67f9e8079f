"""What strangers see of a person, and who counts as hidden."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import mask, receiver

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@tagged("post_install", "-at_install")
class TestMaskTools(BaseCase):
    @QUICK
    @given(MOBILE, st.sampled_from(("{}", "+86{}", "86{}", "+86 {}", " {} ", "0086{}")))
    def test_four_digits_of_a_mobile_stay_hidden(self, number, form):
        shown = mask.mask_phone(form.format(number))
        self.assertEqual(shown, f"{number[:3]}****{number[-4:]}")

    @QUICK
    @given(MOBILE, st.text(alphabet="已派送快递员电话：， ", max_size=12), st.text(alphabet="请联系，。 ", max_size=12))
    def test_no_courier_sentence_shows_a_whole_mobile(self, number, before, after):
        shown = mask.mask_text(f"{before}{number}{after}")
        self.assertNotIn(number, shown)
        self.assertTrue(shown.startswith(before))
        self.assertTrue(shown.endswith(after))

    @QUICK
    @given(st.text(max_size=20))
    def test_a_name_shows_at_most_its_surname(self, name):
        shown = mask.mask_name(name)
        self.assertLessEqual(len(shown), 3)
        self.assertEqual(bool(shown), bool(name.strip()))
        if shown:
            self.assertTrue(name.strip().startswith(shown[:-1]))

    @QUICK
    @given(st.text(max_size=30))
    def test_any_telephone_text_is_taken_without_a_fault(self, text):
        shown = mask.mask_phone(text)
        self.assertFalse(re.search(r"\d{8,}", shown) and "*" not in text, shown)

    def test_surnames_of_two_characters(self):
        for name, shown in (
            ("欧阳小红", "欧阳*"), ("诸葛亮", "诸葛*"), ("司马懿", "司马*"), ("欧阳", "欧*"), ("欧", "欧*"), ("李小欧阳", "李*"),
        ):  # fmt: skip
            with self.subTest(name=name):
                self.assertEqual(mask.mask_name(name), shown)

    def test_landlines_and_extensions(self):
        for phone, shown in (
            ("029-87654321", "029****4321"), ("029-87654321-801", "029****4321"), ("4008001234", "400****1234"),
            ("87654321", "876****4321"), ("95338", "****"), ("转 12", ""), ("13812345678转9999", "138****5678"),
        ):  # fmt: skip
            with self.subTest(phone=phone):
                self.assertEqual(mask.mask_phone(phone), shown)

    def test_numbers_that_are_no_mobiles_stay_in_a_sentence(self):
        for text in ("单号 SF1234567890123", "取件码 5-2-3011", "订单 4610100000000001"):
            with self.subTest(text=text):
                self.assertEqual(mask.mask_text(text), text)

    def test_who_is_hidden(self):
        for text in (
            "王**",
            "****",
            "138****1234",
            "王*",
            "##AbC==##",
            "$$x1y2",
            "~abcdef",
            "西安市雁塔区****",
            "某某",
            "xxxx号",
            "A" * 40,
        ):
            with self.subTest(text=text):
                self.assertTrue(receiver.is_hidden(text))
        for text in ("王芳", "13912345678", "小寨东路1号*2单元", "MAX专卖店", "", "  ", None, "A*B"):
            with self.subTest(text=text):
                self.assertFalse(receiver.is_hidden(text))

    def test_one_hidden_part_hides_the_person(self):
        whole = ("王芳", "13912345678", "小寨东路1号")
        self.assertFalse(receiver.is_masked(*whole))
        for index, hidden in enumerate(("王**", "139****5678", "小寨****")):
            parts = [*whole[:index], hidden, *whole[index + 1 :]]
            with self.subTest(hidden=hidden):
                self.assertTrue(receiver.is_masked(*parts))
