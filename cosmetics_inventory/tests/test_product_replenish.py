"""The «Replenish» button follows the life cycle."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import InventoryCommon


@tagged("post_install", "-at_install")
class TestProductReplenish(InventoryCommon):
    def _replenish(self, product):
        wizard = self.env["product.replenish"].with_user(self.manager)
        return wizard.create(
            {
                "product_id": product.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_uom_id": product.uom_id.id,
                "quantity": 4,
                "warehouse_id": self.shop.id,
                "route_id": self.resupply_route.id,
            }
        ).launch_replenishment()

    def test_product_on_sale_is_replenished(self):
        self._replenish(self.product)
        self.assertEqual(self._moves(self.product).mapped("product_qty"), [4])

    def test_cleared_product_is_refused_by_name(self):
        self.product.lifecycle_stage_id = self.stage_clearance
        with self.assertRaisesRegex(ValidationError, self.product.name):
            self._replenish(self.product)
        self.assertFalse(self._moves(self.product))
