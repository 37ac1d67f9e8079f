"""The rule at the till, run in a browser."""

from odoo.addons.cosmetics_base.tests.common_js import JsCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestJs(JsCommon):
    def test_units_of_the_till_pass(self):
        self._run_units("cosmetics_inventory_pos")
