"""Texts with places; no database."""

import doctest

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import answer_text


@tagged("post_install", "-at_install")
class TestAnswerText(BaseCase):
    def test_examples_in_the_text_hold(self):
        self.assertEqual(doctest.testmod(answer_text).failed, 0)

    @given(st.text(), st.text(min_size=1))
    def test_what_a_customer_is_called_is_never_taken_for_a_place(self, before, name):
        text = before.replace("{", "").replace("}", "")
        self.assertEqual(answer_text.fill(text + "{member}", {"member": name, "case": "HT1"}), text + name)

    @given(st.text())
    def test_a_text_without_values_stays_as_it_is(self, text):
        self.assertEqual(answer_text.fill(text, {}), text)
