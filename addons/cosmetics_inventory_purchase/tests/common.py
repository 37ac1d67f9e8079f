"""A buyer, a vendor and orders for the tests of the module."""

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon


class PurchaseCommon(CosmeticsCommon):
    """A buyer, a vendor, a product on sale and a cleared one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_user("test_buyer", "cosmetics_inventory_purchase.group_buyer")
        cls.vendor = cls.env["res.partner"].create({"name": "Test Vendor", "is_company": True})
        cls.product = cls._create_product(is_storable=True)
        cls.cleared = cls._create_product(name="Old Serum", is_storable=True, lifecycle_stage_id=cls.stage_clearance.id)

    @classmethod
    def _create_order(cls, product, quantity=10):
        """Return a request for quotation of one line, made by the buyer."""
        orders = cls.env["purchase.order"].with_user(cls.buyer)
        return orders.create(
            {
                "partner_id": cls.vendor.id,
                "order_line": [Command.create({"product_id": product.id, "product_qty": quantity, "price_unit": 30})],
            }
        )
