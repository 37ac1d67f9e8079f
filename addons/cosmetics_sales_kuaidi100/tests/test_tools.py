import doctest

from odoo.addons.cosmetics_sales_kuaidi100.tools import protocol
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTools(TransactionCase):
    def test_doctests(self):
        result = doctest.testmod(protocol)
        self.assertGreater(result.attempted, 6)
        self.assertEqual(result.failed, 0)
