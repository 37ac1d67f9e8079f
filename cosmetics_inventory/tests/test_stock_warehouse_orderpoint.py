"""Replenishment rules follow the life cycle."""

from odoo.exceptions import RedirectWarning, ValidationError
from odoo.tests import tagged

from .common import InventoryCommon


@tagged("post_install", "-at_install")
class TestStockWarehouseOrderpoint(InventoryCommon):
    def test_manager_makes_a_rule_for_a_product_on_sale(self):
        rule = self._create_rule(self.product)
        self.assertEqual(rule.qty_to_order, 10)
        self.assertFalse(rule.replenish_block_reason)

    def test_rule_for_a_cleared_product_is_refused_by_name(self):
        product = self._create_product(name="Old Serum", is_storable=True, lifecycle_stage_id=self.stage_clearance.id)
        with self.assertRaisesRegex(ValidationError, "Old Serum"):
            self._create_rule(product)

    def test_rule_cannot_be_turned_to_a_cleared_product(self):
        rule = self._create_rule(self.product)
        product = self._create_product(is_storable=True, lifecycle_stage_id=self.stage_clearance.id)
        with self.assertRaises(ValidationError):
            rule.product_id = product

    def test_archived_rule_of_a_cleared_product_is_not_revived(self):
        rule = self._create_rule(self.product)
        rule.active = False
        self.product.lifecycle_stage_id = self.stage_clearance
        with self.assertRaises(ValidationError):
            rule.active = True

    def test_old_rule_of_a_cleared_product_may_be_changed_and_archived(self):
        rule = self._create_rule(self.product)
        self.product.lifecycle_stage_id = self.stage_clearance
        rule.product_min_qty = 5
        rule.active = False
        self.assertFalse(rule.active)

    def test_rule_of_a_cleared_product_asks_for_nothing_and_says_why(self):
        rule = self._create_rule(self.product)
        self.assertEqual(rule.qty_to_order, 10)
        self.product.lifecycle_stage_id = self.stage_clearance
        self.assertEqual(rule.qty_to_order, 0)
        self.assertIn(self.stage_clearance.name, rule.replenish_block_reason)

    def test_rule_asks_again_when_the_product_returns_to_sale(self):
        rule = self._create_rule(self.product)
        self.product.lifecycle_stage_id = self.stage_clearance
        self.product.lifecycle_stage_id = self.stage_sale
        self.assertEqual(rule.qty_to_order, 10)
        self.assertFalse(rule.replenish_block_reason)

    def test_nightly_run_orders_the_one_and_leaves_the_other_out(self):
        cleared = self._create_product(name="Old Serum", is_storable=True)
        self._create_rule(self.product)
        self._create_rule(cleared)
        cleared.lifecycle_stage_id = self.stage_clearance
        self.env["stock.rule"].run_scheduler(company_id=self.env.company.id)
        self.assertEqual(self._moves(self.product).mapped("product_qty"), [10])
        self.assertFalse(self._moves(cleared))
        self.assertFalse(cleared.product_tmpl_id.activity_ids, "What is meant to be is no exception to be worked on")

    def test_person_who_orders_a_cleared_product_is_told(self):
        rule = self._create_rule(self.product, trigger="manual")
        rule.qty_to_order = 7
        self.product.lifecycle_stage_id = self.stage_clearance
        # Core wraps the message of a single rule, with a button that opens the product.
        with self.assertRaisesRegex(RedirectWarning, self.product.name):
            rule.action_replenish()
        self.assertFalse(self._moves(self.product))

    def test_person_orders_a_product_on_sale(self):
        rule = self._create_rule(self.product, trigger="manual")
        rule.action_replenish()
        self.assertEqual(self._moves(self.product).mapped("product_qty"), [10])

    def test_report_proposes_no_rule_for_a_cleared_product(self):
        cleared = self._create_product(name="Old Serum", is_storable=True)
        self._create_shortage(self.product + cleared)
        cleared.lifecycle_stage_id = self.stage_clearance
        self.env["stock.warehouse.orderpoint"].with_user(self.manager).action_open_orderpoints()
        proposed = self.env["stock.warehouse.orderpoint"].search([("product_id", "in", (self.product + cleared).ids)])
        self.assertEqual(proposed.product_id, self.product)

    def test_looking_at_many_rules_costs_as_many_queries_as_at_few(self):
        few = self._count_queries_of_filter(2)
        many = self._count_queries_of_filter(20)
        self.assertEqual(many, few)

    def _count_queries_of_filter(self, count):
        """Return how many queries it takes to sort out `count` rules."""
        products = self.env["product.product"].union(*[self._create_product(is_storable=True) for _i in range(count)])
        rules = self.env["stock.warehouse.orderpoint"].union(*[self._create_rule(product) for product in products])
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rules._filtered_not_replenishable()
        return self.env.cr.sql_log_count - before

    def _create_shortage(self, products):
        """Promise three pieces of each product that are not there."""
        moves = self.env["stock.move"].create(
            [
                {
                    "product_id": product.id,
                    "product_uom_qty": 3,
                    "location_id": self.shop.lot_stock_id.id,
                    "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                }
                for product in products
            ]
        )
        moves._action_confirm()
        self.env.flush_all()
