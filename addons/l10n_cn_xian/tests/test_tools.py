import doctest

from odoo.tests import BaseCase, tagged

from ..tools import fapiao


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    """The examples in the plain Python files hold."""

    def test_the_examples_in_the_documentation_hold(self):
        for module in (fapiao,):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
