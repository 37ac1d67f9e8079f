"""The examples of the plain Python files."""

import doctest

from odoo.tests import BaseCase, tagged

from ..tools import approval


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_doctests(self):
        self.assertEqual(doctest.testmod(approval).failed, 0)
