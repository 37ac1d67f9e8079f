"""A shop asks, its manager answers, the buyer orders: nothing is bought that nobody agreed to."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .common_approval import REQUEST, ApprovalCommon


@tagged("post_install", "-at_install")
class TestPurchaseRequest(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.node = cls._create_node(REQUEST)

    def _buy(self, request):
        """Return the order that the buyer makes of a request."""
        self.product.write({"seller_ids": [(0, 0, {"partner_id": self.vendor.id, "price": 18})]})
        wizard = (
            self.env["purchase.request.line.make.purchase.order"]
            .with_user(self.buyer)
            .with_context(active_model=REQUEST, active_ids=request.ids)
            .create({"supplier_id": self.vendor.id})
        )
        wizard.make_purchase_order()
        return request.line_ids.purchase_lines.order_id

    def test_request_goes_to_the_shop_of_whoever_asks(self):
        self.assertEqual(self._create_request().picking_type_id.warehouse_id, self.shop_stock)

    def test_manager_of_the_shop_approves(self):
        request = self._create_request()
        request.action_approval_request()
        self.assertEqual((request.state, request.review_ids.reviewer_ids >= self.manager), ("to_approve", True))
        mine = request.with_user(self.manager)
        self.assertTrue(mine.can_approve)
        mine.action_approval_give()
        self.assertEqual((request.state, request.review_ids.done_by), ("approved", self.manager))

    def test_manager_finds_what_waits(self):
        request = self._create_request()
        request.action_approval_request()
        self.env.flush_all()
        waiting = self.env[REQUEST].with_user(self.manager).search([("reviewer_ids", "in", self.manager.id), ("state", "=", "to_approve")])
        self.assertEqual(waiting, request)

    def test_manager_of_another_shop_neither_sees_nor_approves(self):
        request = self._create_request()
        request.action_approval_request()
        with self.assertRaises(AccessError):
            request.with_user(self.stranger).action_approval_give()
        self.assertNotIn(self.stranger, request.sudo().review_ids.reviewer_ids)

    def test_nobody_approves_an_own_request(self):
        request = self._create_request(user=self.manager)
        request.action_approval_request()
        with self.assertRaisesRegex(UserError, "own purchase"):
            request.action_approval_give()

    def test_whoever_changed_a_request_does_not_approve_it(self):
        request = self._create_request()
        request.line_ids.with_user(self.chief).product_qty = 20
        request.action_approval_request()
        self.assertNotIn(self.chief, request.sudo().review_ids._get_reviewers())
        self.assertIn(self.manager, request.sudo().review_ids._get_reviewers())

    def test_request_without_a_product_or_quantity_is_not_sent(self):
        for lines in ((), ((self.product, 0),)):
            request = self.env[REQUEST].with_user(self.clerk).create({}) if not lines else self._create_request(*lines)
            with self.assertRaisesRegex(UserError, "at least one product"):
                request.action_approval_request()

    def test_request_that_needs_nobody_is_approved_at_once(self):
        self.node.active = False
        request = self._create_request()
        request.action_approval_request()
        self.assertEqual(request.state, "approved")

    def test_refused_request_goes_back_and_is_asked_again(self):
        request = self._create_request()
        request.action_approval_request()
        request.with_user(self.manager).action_approval_refuse()
        self.assertEqual((request.state, request.validation_status), ("draft", "rejected"))
        self.assertIn("refused", request.message_ids[0].body)
        request.action_approval_request()
        request.with_user(self.manager).action_approval_give()
        self.assertEqual(request.state, "approved")

    def test_nodes_ask_by_amount_category_and_shop(self):
        category = self.env["product.category"].create({"name": "Perfume"})
        child = self.env["product.category"].create({"name": "Eau de Parfum", "parent_id": category.id})
        self.second.categ_id = child
        self.node.write({"purchase_above": 200})
        shop = self._create_node(REQUEST, name="Shop", purchase_warehouse_ids=self.shop_stock.ids)
        perfume = self._create_node(REQUEST, name="Perfume", purchase_categ_ids=category.ids)

        def nodes(*lines, **vals):
            request = self._create_request(*lines, **vals)
            return request._get_approval_nodes()[request]

        self.assertEqual(nodes((self.product, 10)), shop)
        self.assertEqual(nodes((self.product, 11)), self.node | shop)
        self.assertEqual(nodes((self.second, 1)), shop | perfume)
        self.assertFalse(nodes((self.product, 10), picking_type_id=self.warehouse.in_type_id.id))

    def test_low_estimate_does_not_lower_the_amount(self):
        request = self._create_request((self.product, 10))
        request.line_ids.estimated_cost = 1
        self.assertEqual(request.expected_amount, 200)
        request.line_ids.estimated_cost = 900
        self.assertEqual(request.expected_amount, 900)

    def test_two_nodes_answer_one_after_the_other(self):
        self._create_node(REQUEST, review_type="individual", reviewer_group_id=False, reviewer_id=self.buyer.id, sequence=90)
        request = self._create_request()
        request.action_approval_request()
        with self.assertRaisesRegex(UserError, "no approval waits"):
            request.with_user(self.buyer).action_approval_give()
        request.with_user(self.manager).action_approval_give()
        self.assertEqual(request.state, "to_approve")
        request.with_user(self.buyer).action_approval_give()
        self.assertEqual(request.state, "approved")

    def test_node_that_need_not_wait_its_turn_answers_first(self):
        second = {"review_type": "individual", "reviewer_group_id": False, "reviewer_id": self.buyer.id, "sequence": 90}
        self._create_node(REQUEST, approve_sequence_bypass=True, **second)
        request = self._create_request()
        request.action_approval_request()
        request.with_user(self.buyer).action_approval_give()
        self.assertEqual(request.state, "to_approve")
        request.with_user(self.manager).action_approval_give()
        self.assertEqual(request.state, "approved")

    def test_buyer_orders_what_was_approved(self):
        request = self._approved_request()
        order = self._buy(request)
        self.assertEqual((request.state, order.partner_id, order.order_line.product_qty), ("in_progress", self.vendor, 10))
        self.assertEqual((order.picking_type_id.warehouse_id, order.order_line.price_unit), (self.shop_stock, 18))
        self.assertEqual(request.with_user(self.clerk).purchase_count, 1)

    def test_goods_that_came_in_are_noted_on_their_request_once(self):
        request = self._approved_request()
        order = self._buy(request)
        order.with_user(self.chief).button_confirm()
        keeper = self._create_user("test_request_keeper", "cosmetics_inventory.group_warehouse_keeper")
        self._assign_stores(keeper, self.shop)
        picking = order.sudo().picking_ids.with_user(keeper)
        lines = picking.move_line_ids
        lines.write({"lot_name": "A1", "expiration_on": "2029-01-01", "quantity": 4})
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(request.line_ids.qty_done, 4)
        with self.assertRaisesRegex(AccessError, "allocate"):
            get_public_method(lines, "allocate")

    def test_clerk_reads_no_other_order(self):
        order = self._create_order(self.product)
        with self.assertRaises(AccessError):
            order.with_user(self.clerk).read(["name"])

    def test_clerk_sees_own_requests_only(self):
        mine, other = self._create_request(), self._create_request(user=self.manager)
        found = self.env[REQUEST].with_user(self.clerk).search([("id", "in", (mine | other).ids)])
        self.assertEqual(found, mine)

    def test_chief_sets_nodes_of_purchases_and_no_others(self):
        nodes = self.env["tier.definition"].with_user(self.chief)
        self.node.with_user(self.chief).purchase_above = 100
        with self.assertRaises(AccessError):
            self.node.with_user(self.manager).purchase_above = 5000
        with self.assertRaises(AccessError):
            nodes.create({"name": "Foreign", "model_id": self.env["ir.model"]._get_id("res.partner")})
