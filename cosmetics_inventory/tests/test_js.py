"""Counting on the phone, run in a browser."""

from odoo.addons.cosmetics_base.tests.common_js import JsCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestJs(JsCommon):
    def test_units_of_the_counting_screen_pass(self):
        self._run_units("cosmetics_inventory")
