"""Warehouses, users and rules for the tests of the app."""

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon


class InventoryCommon(CosmeticsCommon):
    """A central warehouse that supplies a shop, a keeper and a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("test_keeper", "cosmetics_inventory.group_warehouse_keeper")
        cls.manager = cls._create_user("test_manager", "cosmetics_inventory.group_warehouse_manager")
        cls.warehouse = cls.env["stock.warehouse"].create({"name": "Test Centre", "code": "TCEN"})
        cls.shop = cls.env["stock.warehouse"].create(
            {"name": "Test Shop", "code": "TSHO", "resupply_wh_ids": [Command.set(cls.warehouse.ids)]}
        )
        cls.resupply_route = cls.shop.resupply_route_ids
        cls.product = cls._create_product(is_storable=True)

    @classmethod
    def _create_rule(cls, product, user=None, **vals):
        """Return a replenishment rule of the shop, made by the manager: at least 10, from the central warehouse."""
        values = {
            "product_id": product.id,
            "warehouse_id": cls.shop.id,
            "location_id": cls.shop.lot_stock_id.id,
            "route_id": cls.resupply_route.id,
            "product_min_qty": 10,
            "product_max_qty": 10,
            **vals,
        }
        return cls.env["stock.warehouse.orderpoint"].with_user(user or cls.manager).create(values)

    def _moves(self, product):
        """Return the moves that bring a product to the shop."""
        return self.env["stock.move"].search([("product_id", "=", product.id), ("location_dest_id.warehouse_id", "=", self.shop.id)])
