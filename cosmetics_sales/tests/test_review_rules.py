"""Each kind of rule on real orders."""

from odoo import Command
from odoo.tests import tagged

from .common_review import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewRules(ReviewCommon):
    def _found(self, order):
        """Return the kinds of the findings after a review by the salesperson."""
        order.with_user(self.salesperson)._review()
        return order.sudo().finding_ids.rule_id.mapped("kind")

    def test_price_below_cost(self):
        self._create_rule("floor", floor_margin=10)
        self.product.standard_price = 90
        order = self._create_order(self.product)
        self.assertEqual(self._found(order), [])
        order.order_line.price_unit = 98.9
        self.assertEqual(self._found(order), ["floor"])
        self.assertIn("98.90", order.finding_ids.sentence)
        self.assertIn("99.00", order.finding_ids.sentence)
        self.assertEqual(order.review_state, "blocked")

    def test_control_price_counts_with_tax(self):
        self._create_rule("control")
        self.product.product_tmpl_id.control_price = 95
        order = self._create_order(self.product)
        self.assertEqual(self._found(order), [])
        order.order_line.price_unit = 94.9
        self.assertEqual(self._found(order), ["control"])
        self.assertIn("95.00", order.finding_ids.sentence)

    def test_discount_by_hand_on_the_price_counts(self):
        self._create_rule("discount", discount_limit=20)
        order = self._create_order(self.product)
        order.order_line.discount = 20
        self.assertEqual(self._found(order), [])
        order.order_line.write({"discount": 0, "price_unit": 79})
        self.assertEqual(self._found(order), ["discount"])
        self.assertEqual(order.review_discount, 21)

    def test_stock_short(self):
        self._create_rule("stock", level="warn")
        product = self.env["product.product"].create({"name": "Plain Comb", "is_storable": True, "list_price": 5})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 3)
        order = self._create_order(product, 3)
        self.assertEqual(self._found(order), [])
        order.order_line.product_uom_qty = 4
        self.assertEqual(self._found(order), ["stock"])
        self.assertEqual(order.review_state, "warned")
        order.with_user(self.salesperson).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_credit_limit_with_open_orders(self):
        self._create_rule("credit")
        self.env.company.account_use_credit_limit = True
        self.customer.credit_limit = 500
        first, second = self._create_order(self.product, 3), self._create_order(self.product, 3)
        self.assertEqual(self._found(first), [])
        first.with_user(self.salesperson).action_confirm()
        self.assertEqual(self._found(second), ["credit"])
        self.assertIn("600", second.finding_ids.sentence)

    def test_duplicate_of_the_same_customer(self):
        self._create_rule("duplicate", hours=24)
        first, second = self._create_order(self.product), self._create_order(self.product)
        other = self._create_order(self.product, 3)
        self.assertEqual([self._found(order) for order in (first, second, other)], [[], ["duplicate"], []])
        self.assertIn(first.name, second.finding_ids.sentence)

    def test_address_and_telephone(self):
        self._create_rule("address")
        self._create_rule("phone")
        order = self._create_order(self.product)
        self.assertEqual(self._found(order), [])
        self.customer.write({"street": False, "phone": "138****1234"})
        self.assertEqual(sorted(self._found(order)), ["address", "phone"])

    def test_product_that_left_the_shelf(self):
        self._create_rule("lifecycle")
        order = self._create_order(self.product)
        self.assertEqual(self._found(order), [])
        self.product.product_tmpl_id.with_context(tracking_disable=True).lifecycle_stage_id = self.stage_clearance
        self.product.product_tmpl_id.lifecycle_stage_id = self.stage_delisted
        self.assertEqual(self._found(order), ["lifecycle"])

    def test_blocked_province(self):
        rule = self._create_rule("region")
        order = self._create_order(self.product)
        self.assertEqual(self._found(order), [])
        rule.state_ids = self.state
        self.assertEqual(self._found(order), ["region"])

    def test_first_order(self):
        self._create_rule("first", level="warn")
        first, second = self._create_order(self.product), self._create_order(self.product)
        self.assertEqual(self._found(first), ["first"])
        first.with_user(self.salesperson).action_confirm()
        self.assertEqual(self._found(second), [])
        self.assertTrue(first.is_first_order)
        self.assertFalse(second.is_first_order)

    def test_large_amount(self):
        self._create_rule("amount", amount_limit=200)
        order = self._create_order(self.product, 2)
        self.assertEqual(self._found(order), [])
        order.order_line.product_uom_qty = 3
        self.assertEqual(self._found(order), ["amount"])

    def test_rules_of_another_channel_or_company_are_silent(self):
        self._create_rule("amount", amount_limit=1, channel_ids=[Command.set(self.env.ref("cosmetics_sales.channel_web").ids)])
        self._create_rule("amount", amount_limit=1, company_id=self.env["res.company"].create({"name": "Other"}).id)
        self.assertEqual(self._found(self._create_order(self.product)), [])

    def test_queries_do_not_grow_with_orders(self):
        for kind in dict(self.env["cosmetics.review.rule"]._fields["kind"].selection):
            self._create_rule(kind, level="warn")

        def queries(count):
            orders = self.env["sale.order"].union(*(self._create_order(self.product) for _number in range(count)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders._review()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(1)
        few, many = queries(3), queries(30)
        self.assertLessEqual(many, few + 3)
