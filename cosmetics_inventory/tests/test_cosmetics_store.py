"""A store knows its warehouse."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import InventoryCommon


@tagged("post_install", "-at_install")
class TestCosmeticsStore(InventoryCommon):
    def test_store_takes_a_warehouse_of_its_company(self):
        store = self._create_store(warehouse_id=self.shop.id)
        self.assertEqual(store.warehouse_id, self.shop)

    def test_warehouse_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self.assertTrue(foreign)
        with self.assertRaises(UserError):
            self._create_store(warehouse_id=foreign.id)
