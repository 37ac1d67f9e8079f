import doctest
import importlib

from odoo.tests import BaseCase, tagged

MODULES = ("furniture", "paper", "printer", "readable")


@tagged("post_install", "-at_install")
class TestPlainPython(BaseCase):
    def test_examples_in_the_plain_modules_are_true(self):
        for name in MODULES:
            module = importlib.import_module(f"odoo.addons.report_chromium.browser.{name}")
            result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
            self.assertGreater(result.attempted, 0, name)
            self.assertEqual(result.failed, 0, name)
