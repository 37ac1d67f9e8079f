"""The examples of the plain-Python files hold."""

import doctest

from odoo.tests import BaseCase, tagged

from ..tools import bank_row, certain, identity, profile, rules, running, told


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_hold(self):
        for module in (bank_row, certain, identity, profile, rules, running, told):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
