"""Reviewers and orders for the tests of the review."""

from odoo import Command

from .common import SalesCommon


class ReviewCommon(SalesCommon):
    """A customer with an address, a reviewer, a manager above the reviewer; only the rules and nodes of a test are active."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls._create_user(
            "test_reviewer", "cosmetics_sales.group_order_reviewer,cosmetics_sales.group_ecommerce_clerk", email="reviewer@example.com"
        )
        cls.manager = cls._create_user(
            "test_sales_manager", "cosmetics_sales.group_order_reviewer,sales_team.group_sale_manager", email="manager@example.com"
        )
        cls.state = cls.customer.city_id.state_id
        cls.customer.write(
            {
                "street": "1 Test Road",
                "city": "Xi'an",
                "state_id": cls.state.id,
                "country_id": cls.state.country_id.id,
                "phone": "13912345678",
            }
        )
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        cls.env["account.tax"].search([]).active = False
        cls.product.taxes_id = [Command.clear()]

    @classmethod
    def _create_rule(cls, kind, level="block", **vals):
        return cls.env["cosmetics.review.rule"].create({"name": kind, "kind": kind, "level": level, **vals})

    @classmethod
    def _create_node(cls, domain="[('review_amount', '>', 1000)]", group="cosmetics_sales.group_order_reviewer", **vals):
        return cls.env["tier.definition"].create(
            {
                "name": "Large Order",
                "model_id": cls.env["ir.model"]._get_id("sale.order"),
                "review_type": "group",
                "reviewer_group_id": cls.env.ref(group).id,
                "definition_domain": domain,
                "approve_sequence": True,
                "company_id": False,
                **vals,
            }
        )

    def _approve(self, order, user=None):
        order._review()
        order.with_user(user or self.reviewer).action_review_approve()
        self.assertEqual(order.review_state, "passed")
