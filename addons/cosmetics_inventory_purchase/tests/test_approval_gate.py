"""Approvals cannot be walked around: not by editing, importing, calling, copying, merging, cancelling or writing them oneself."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_approval import ORDER, REQUEST, ApprovalCommon


@tagged("post_install", "-at_install")
class TestOrderGate(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.node = cls._create_node(ORDER, "purchase.group_purchase_manager", purchase_above=1000)

    def test_order_above_the_limit_is_not_confirmed_without_approval(self):
        order = self._create_large_order()
        self.assertIn("Test Node", order.approval_note)
        with self.assertRaisesRegex(UserError, "needs an approval: Test Node"):
            order.button_confirm()

    def test_order_below_the_limit_needs_nobody(self):
        order = self._create_order(self.product, 5)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_approved_order_is_confirmed(self):
        order = self._approved_order()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_goods_sent_back_on_the_same_order_do_not_lower_it(self):
        order = self._create_large_order()
        order.order_line = [Command.create({"product_id": self.second.id, "product_qty": -80, "price_unit": 40})]
        with self.assertRaises(UserError):
            order.button_confirm()

    def test_state_is_not_written_past_the_gate(self):
        order = self._create_large_order()
        with self.assertRaises(UserError), self.cr.savepoint():
            order.write({"state": "purchase"})
        with self.assertRaises(UserError), self.cr.savepoint():
            order.write({"state": "purchase", "partner_id": self.other_vendor.id})
        with self.assertRaises(UserError), self.cr.savepoint():
            order.copy().write({"state": "purchase"})
        vals = {"partner_id": self.vendor.id, "state": "purchase"}
        line = Command.create({"product_id": self.product.id, "product_qty": 100, "price_unit": 30})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env[ORDER].with_user(self.buyer).create({**vals, "order_line": [line]})

    def test_order_is_not_imported_as_confirmed(self):
        result = (
            self.env[ORDER]
            .with_user(self.buyer)
            .load(
                ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/product_qty", "order_line/price_unit"],
                [[str(self.vendor.id), "purchase", str(self.product.id), "100", "30"]],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("needs a new approval", result["messages"][0]["message"])

    def test_approvals_are_not_written_by_others(self):
        order = self._create_large_order()
        order.action_approval_request()
        tier = order.review_ids.with_user(self.buyer)
        forged = {"model": ORDER, "res_id": order.id, "definition_id": self.node.id, "status": "approved"}
        attempts = [
            lambda: tier.write({"status": "approved", "done_by": self.buyer.id}),
            lambda: tier.write({"status": "approved", "done_by": self.chief.id}),
            lambda: tier.write({"res_id": 0}),
            lambda: tier.unlink(),
            lambda: self.env["tier.review"].with_user(self.buyer).create(forged),
            lambda: order.write({"validation_status": "validated"}),
            lambda: order.write({"review_ids": [Command.create(forged)]}),
            lambda: order.write({"approval_author_ids": [Command.clear()]}),
        ]
        for attempt in attempts:
            with self.assertRaises(AccessError), self.cr.savepoint():
                attempt()
        self.assertFalse(self._is_approved(order))

    def test_answer_is_not_rewritten(self):
        order = self._create_large_order()
        order.action_approval_request()
        order.with_user(self.chief).action_approval_refuse()
        with self.assertRaises(AccessError):
            order.review_ids.with_user(self.chief).write({"status": "approved"})

    def test_copy_is_not_approved(self):
        self.assertFalse(self._is_approved(self._approved_order().copy()))

    def test_cancelled_and_reset_order_is_not_approved(self):
        order = self._approved_order()
        order.button_confirm()
        order.button_cancel()
        order.button_draft()
        self.assertFalse(self._is_approved(order))

    def test_merged_orders_are_not_approved(self):
        order, other = self._approved_order(), self._create_order(self.product, 1)
        other.picking_type_id = order.picking_type_id
        (order | other).action_merge()
        self.assertEqual(order.state, "draft")
        self.assertFalse(self._is_approved(order))

    def test_merged_vendors_take_the_approval_back(self):
        order = self._approved_order()
        self.env["base.partner.merge.automatic.wizard"]._merge((self.vendor | self.other_vendor).ids, self.other_vendor)
        self.assertEqual(order.partner_id, self.other_vendor)
        self.assertFalse(self._is_approved(order))

    def test_confirmed_order_takes_less_and_not_more(self):
        order = self._approved_order()
        order.button_confirm()
        line = order.order_line[0]
        line.product_qty = 60
        line.product_qty = 100  # as approved
        changes = [
            {"product_qty": 101},
            {"price_unit": 31},
            {"product_id": self.second.id},
            {"discount": -1},
        ]
        for vals in changes:
            with self.assertRaisesRegex(UserError, "needs a new approval"), self.cr.savepoint():
                line.write(vals)
                self.env.flush_all()
        with self.assertRaisesRegex(UserError, "needs a new approval"), self.cr.savepoint():
            order.partner_id = self.other_vendor
        with self.assertRaisesRegex(UserError, "needs a new approval"), self.cr.savepoint():
            order.order_line = [Command.create({"product_id": self.second.id, "product_qty": 1, "price_unit": 1})]

    def test_small_order_does_not_grow_past_the_limit_once_confirmed(self):
        order = self._create_order(self.product, 5)
        order.button_confirm()
        order.order_line.product_qty = 30
        with self.assertRaises(UserError):
            order.order_line.product_qty = 34

    def test_approver_of_the_shop_reads_its_orders(self):
        order = self._create_large_order()
        self.assertEqual(order.with_user(self.manager).name, order.name)
        with self.assertRaises(AccessError):
            order.with_user(self.manager).write({"partner_ref": "X"})
        with self.assertRaises(AccessError):
            order.with_user(self.stranger).read(["name"])


@tagged("post_install", "-at_install")
class TestRequestGate(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.node = cls._create_node(REQUEST)

    def test_request_is_not_approved_past_the_gate(self):
        for state in ("approved", "in_progress", "done"):
            request = self._create_request()
            with self.assertRaisesRegex(UserError, "needs an approval"), self.cr.savepoint():
                request.write({"state": state})
            with self.assertRaisesRegex(UserError, "needs a new approval"), self.cr.savepoint():
                self._create_request(state=state)

    def test_approved_request_is_not_changed(self):
        request = self._approved_request()
        line = request.line_ids
        attempts = [
            lambda: line.write({"product_qty": 11}),
            lambda: line.write({"product_qty": 9}),
            lambda: line.write({"product_id": self.second.id}),
            lambda: line.write({"estimated_cost": 5000}),
            lambda: request.write({"line_ids": [Command.create({"product_id": self.second.id, "product_qty": 1})]}),
            lambda: request.write({"picking_type_id": self.warehouse.in_type_id.id}),
            lambda: self._create_request().line_ids.write({"request_id": request.id}),
            lambda: line.create({"request_id": request.id, "product_id": self.second.id, "product_qty": 1}),
        ]
        for attempt in attempts:
            with self.assertRaisesRegex(UserError, "needs a new approval"), self.cr.savepoint():
                attempt()

    def test_request_that_waits_falls_back_to_draft_when_it_changes(self):
        request = self._create_request()
        request.action_approval_request()
        request.line_ids.product_qty = 50
        self.assertEqual((request.state, request.review_ids.ids), ("draft", []))

    def test_cancelled_line_does_not_wake_up_after_the_approval(self):
        request = self._create_request((self.product, 1), (self.second, 1))
        request.line_ids[0].do_cancel()
        request.action_approval_request()
        request.with_user(self.manager).action_approval_give()
        with self.assertRaises(UserError):
            request.line_ids[0].do_uncancel()

    def test_reset_request_is_asked_again(self):
        request = self._approved_request()
        request.button_draft()
        self.assertEqual((request.state, request.review_ids.ids), ("draft", []))
        with self.assertRaises(UserError):
            request.button_approved()

    def test_unapproved_request_is_not_ordered(self):
        request = self._create_request()
        wizard = self.env["purchase.request.line.make.purchase.order"].with_user(self.buyer)
        with self.assertRaises(UserError):
            wizard.with_context(active_model=REQUEST, active_ids=request.ids).create({"supplier_id": self.vendor.id})
