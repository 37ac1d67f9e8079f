"""What the warehouse roles may do, and what not."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import InventoryCommon


@tagged("post_install", "-at_install")
class TestRoles(InventoryCommon):
    def test_keeper_receives_goods_by_batch_and_expiry(self):
        product = self._create_product(is_storable=True, tracking="lot", use_expiration_date=True)
        expiry = fields.Datetime.to_datetime("2030-03-31 04:00:00")
        picking = (
            self.env["stock.picking"]
            .with_user(self.keeper)
            .create(
                {
                    "picking_type_id": self.warehouse.in_type_id.id,
                    "location_id": self.env.ref("stock.stock_location_suppliers").id,
                    "location_dest_id": self.warehouse.lot_stock_id.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": 12,
                                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                                "location_dest_id": self.warehouse.lot_stock_id.id,
                            }
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        lot = (
            self.env["stock.lot"].with_user(self.keeper).create({"name": "B20300331", "product_id": product.id, "expiration_date": expiry})
        )
        picking.move_ids.move_line_ids.lot_id = lot
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual((picking.state, lot.expiration_on, lot.product_qty), ("done", expiry.date(), 12))

    def test_manager_applies_what_a_keeper_entered_and_the_keeper_does_not(self):
        product = self._create_product(name="Test Sponge", is_storable=True, cosmetic_kind="other")
        quants = self.env["stock.quant"].with_user(self.keeper).with_context(inventory_mode=True)
        quant = quants.create({"product_id": product.id, "location_id": self.warehouse.lot_stock_id.id, "inventory_quantity": 8})
        with self.assertRaisesRegex(UserError, "start a stock count"):
            quant.action_apply_inventory()
        manager = self._create_user("test_adjusting_manager", "cosmetics_inventory.group_warehouse_manager")
        quant.with_user(manager).action_apply_inventory()
        self.assertEqual(product.with_context(warehouse_id=self.warehouse.id).qty_available, 8)

    def test_keeper_sets_no_replenishment_rule(self):
        with self.assertRaises(AccessError):
            self._create_rule(self.product, user=self.keeper)

    def test_keeper_changes_no_product_and_no_price(self):
        with self.assertRaises(AccessError):
            self.product.with_user(self.keeper).list_price = 1

    def test_keeper_makes_no_warehouse(self):
        with self.assertRaises(AccessError):
            self.env["stock.warehouse"].with_user(self.keeper).create({"name": "Mine", "code": "MINE"})

    def test_manager_makes_a_warehouse(self):
        warehouse = self.env["stock.warehouse"].with_user(self.manager).create({"name": "Second", "code": "SECO"})
        self.assertTrue(warehouse.lot_stock_id)

    def test_manager_sees_all_stores_and_keeper_the_own(self):
        own, other = self._create_store(), self._create_store()
        self._assign_stores(self.keeper, own)
        stores = self.env["cosmetics.store"]
        found = {user: stores.with_user(user).search([("id", "in", (own + other).ids)]) for user in (self.keeper, self.manager)}
        self.assertEqual(found, {self.keeper: own, self.manager: own + other})

    def test_every_leaf_of_the_menu_names_its_groups(self):
        root = self.env.ref("cosmetics_inventory.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreater(len(menus), 15)
        self.assertFalse(menus.filtered(lambda menu: not menu.group_ids).mapped("complete_name"))
