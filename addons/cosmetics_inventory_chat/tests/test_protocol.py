"""The protocols of the robots, without network."""

import doctest

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import chat_robot


@tagged("post_install", "-at_install")
class TestProtocol(BaseCase):
    def test_examples_of_the_documentation_hold(self):
        result = doctest.testmod(chat_robot)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    @given(st.text(max_size=400), st.integers(10, 300))
    def test_no_text_is_longer_than_its_limit_in_bytes(self, text, limit):
        text = text.encode(errors="ignore").decode()
        self.assertLessEqual(len(chat_robot.cut(text, limit).encode()), limit)

    @given(st.lists(st.text(st.characters(codec="utf-8"), max_size=600), max_size=30))
    def test_a_body_fits_the_service_whatever_is_told(self, lines):
        content = chat_robot.wecom_body("缺货", lines)["markdown"]["content"]
        self.assertLessEqual(len(content.encode()), 4096)
        self.assertTrue(content.startswith("**缺货**"))
