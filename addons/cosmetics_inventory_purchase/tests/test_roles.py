"""What the buyer may do, and what not."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestRoles(PurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.env["product.supplierinfo"].create(
            {"partner_id": cls.vendor.id, "product_tmpl_id": cls.product.product_tmpl_id.id, "price": 30}
        )
        cls.buy_route = cls.warehouse.buy_pull_id.route_id

    def _create_rule(self, product):
        """Return a replenishment rule that buys, made by the buyer."""
        rules = self.env["stock.warehouse.orderpoint"].with_user(self.buyer)
        return rules.create(
            {
                "product_id": product.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "route_id": self.buy_route.id,
                "trigger": "manual",
                "product_min_qty": 10,
                "product_max_qty": 10,
            }
        )

    def test_buyer_replenishes_by_buying(self):
        self._create_rule(self.product).action_replenish()
        line = self.env["purchase.order.line"].search([("product_id", "=", self.product.id)])
        self.assertEqual((line.partner_id, line.product_qty), (self.vendor, 10))

    def test_buyer_makes_no_rule_for_a_cleared_product(self):
        with self.assertRaises(ValidationError):
            self._create_rule(self.cleared)

    def test_buyer_opens_the_replenishment_report(self):
        action = self.env["stock.warehouse.orderpoint"].with_user(self.buyer).action_open_orderpoints()
        self.assertEqual(action["res_model"], "stock.warehouse.orderpoint")

    def test_buyer_keeps_products_and_vendor_prices(self):
        self.product.with_user(self.buyer).list_price = 120
        price = (
            self.env["product.supplierinfo"]
            .with_user(self.buyer)
            .create({"partner_id": self.vendor.id, "product_tmpl_id": self.product.product_tmpl_id.id, "min_qty": 100, "price": 25})
        )
        self.assertEqual((self.product.list_price, price.price), (120, 25))

    def test_buyer_scraps_nothing(self):
        with self.assertRaises(AccessError):
            self.env["stock.scrap"].with_user(self.buyer).create({"product_id": self.product.id, "scrap_qty": 1})

    def test_buyer_makes_no_warehouse(self):
        with self.assertRaises(AccessError):
            self.warehouse.with_user(self.buyer).name = "Mine"

    def test_every_leaf_of_the_menu_names_its_groups(self):
        root = self.env.ref("cosmetics_inventory_purchase.menu_purchase")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertEqual(len(menus), 16)
        self.assertFalse(menus.filtered(lambda menu: not menu.group_ids))

    def test_buyer_sees_alerts_of_all_stores_and_sets_thresholds(self):
        alert = self.env["cosmetics.stock.alert"].create({"kind": "out", "product_id": self.product.id, "warehouse_id": self.warehouse.id})
        alert.with_user(self.buyer).action_handle()
        self.assertEqual(alert.handled_by_id, self.buyer)
        threshold = self.env["cosmetics.stock.threshold"].with_user(self.buyer).create({"product_id": self.product.id, "minimum": 4})
        threshold.minimum = 6
        self.assertEqual(threshold.minimum, 6)
        with self.assertRaises(AccessError):
            alert.with_user(self.buyer).write({"state": "closed"})
