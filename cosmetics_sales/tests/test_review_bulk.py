"""Many orders at once; the job; who sees what."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_review import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewBulk(ReviewCommon):
    def test_bad_orders_stay_and_the_rest_is_confirmed(self):
        self._create_rule("floor")
        self.product.standard_price = 50
        orders = self.env["sale.order"].union(*(self._create_order(self.product) for _number in range(6)))
        bad, late = orders[2], orders[4]
        bad.order_line.price_unit = 1
        # Fails behind the review: core refuses lines without a product.
        late.order_line.create({"order_id": late.id, "name": "Unknown", "product_uom_qty": 1, "price_unit": 60})
        action = orders.with_user(self.ecommerce_clerk).action_review_confirm()
        self.assertEqual(orders.filtered(lambda order: order.state == "sale"), orders - bad - late)
        told = action["params"]["message"].splitlines()
        self.assertEqual(told[0], "4 confirmed, 2 stay.")
        self.assertEqual([line.split(":")[0] for line in told[1:]], [bad.name, late.name])
        self.assertNotIn("title", action["params"], "the client adds a full stop after a title that has one")
        self.assertEqual(action["params"]["next"]["domain"], [("id", "in", (bad + late).ids)])
        self.assertIn("below", bad.review_note)
        self.assertTrue(late.review_note)

    def test_warning_lets_the_order_pass(self):
        self._create_rule("amount", level="warn", amount_limit=1)
        order = self._create_order(self.product).with_user(self.salesperson)
        order.action_review()
        self.assertEqual((order.review_state, order.finding_ids.level), ("warned", "warn"))
        order.action_review_confirm()
        self.assertEqual(order.state, "sale")

    def test_salesperson_cannot_review_orders_of_a_colleague(self):
        order = self._create_order(self.product)
        order.user_id = self.salesperson
        with self.assertRaises(AccessError):
            order.with_user(self.colleague).action_review_confirm()

    def test_findings_follow_the_rights_of_the_order(self):
        self._create_rule("amount", level="warn", amount_limit=1)
        order = self._create_order(self.product)
        order._review()
        findings = self.env["cosmetics.review.finding"]
        for user, count in ((self.salesperson, 1), (self.colleague, 0), (self.ecommerce_clerk, 1), (self.reviewer, 1)):
            self.assertEqual(findings.with_user(user).search_count([("order_id", "=", order.id)]), count, user.login)

    def test_rules_and_nodes_are_set_by_their_roles(self):
        rule, node = self._create_rule("amount"), self._create_node()
        rule.with_user(self.reviewer).amount_limit = 5
        node.with_user(self.manager).definition_domain = "[]"
        for record, user in ((rule, self.salesperson), (rule, self.ecommerce_clerk), (node, self.reviewer)):
            with self.assertRaises(AccessError):
                record.with_user(user).write({"name": "Mine"})
        other = self.env["tier.definition"].create({"name": "Partners", "model_id": self.env["ir.model"]._get_id("res.partner")})
        with self.assertRaises(AccessError):
            other.with_user(self.manager).write({"name": "Mine"})

    def test_job_reviews_orders_of_the_platforms(self):
        self._create_rule("amount", amount_limit=1)
        marketplace = self.env.ref("cosmetics_sales.channel_marketplace")
        paid, unpaid, wholesale = (self._create_order(self.product) for _number in range(3))
        (paid + unpaid).channel_id = marketplace
        paid.channel_state, unpaid.channel_state = "paid", "unpaid"
        orders = self.env["sale.order"]
        found = orders.search(orders._get_review_cron_domain())
        self.assertIn(paid, found)
        self.assertFalse(found & (unpaid + wholesale))
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_review_orders").method_direct_trigger()
        self.assertEqual((paid.review_state, unpaid.review_state, wholesale.review_state), ("blocked", "none", "none"))

    def test_member_by_way_of_another_group_reviews(self):
        self._create_node("[('review_amount', '>', 100)]")
        group = self.env["res.groups"].create(
            {"name": "Shop Lead", "implied_ids": [(4, self.env.ref("cosmetics_sales.group_order_reviewer").id)]}
        )
        lead = self._create_user("test_lead", email="lead@example.com")
        lead.group_ids = [(4, group.id)]
        order = self._create_order(self.product, 2)
        order._review()
        self.assertTrue(order.with_user(lead).can_approve)
        self.assertFalse(order.with_user(self.salesperson).can_approve)
        with self.assertRaises(AccessError):
            order.with_user(lead).write({"note": "Mine"})
        order.with_user(lead).action_review_approve()
        self.assertEqual(order.review_state, "passed")
