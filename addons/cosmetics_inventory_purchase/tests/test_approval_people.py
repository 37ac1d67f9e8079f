"""Who is asked, who answers, and what happens after a refusal."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_approval import ORDER, REQUEST, ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalPeople(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.node = cls._create_node(ORDER, "purchase.group_purchase_manager", purchase_above=1000)

    def test_buyer_of_an_order_does_not_approve_it(self):
        order = self._create_large_order()
        order.user_id = self.chief
        order.action_approval_request()
        with self.assertRaisesRegex(UserError, "own purchase"):
            order.with_user(self.chief).action_approval_give()

    def test_whoever_changed_a_line_does_not_approve_the_order(self):
        order = self._create_large_order()
        order.order_line[0].with_user(self.chief).price_unit = 29
        order.action_approval_request()
        self.assertFalse(order.with_user(self.chief).can_approve)

    def test_refused_order_is_not_confirmed_and_may_be_asked_again(self):
        order = self._create_large_order()
        order.action_approval_request()
        order.with_user(self.chief).action_approval_refuse()
        self.assertEqual(order.validation_status, "rejected")
        with self.assertRaises(UserError), self.cr.savepoint():
            order.button_confirm()
        order.action_approval_request()
        order.with_user(self.chief).action_approval_give()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_buttons_of_the_approval_tiers_pass_the_same_way(self):
        order = self._create_large_order()
        order.request_validation()
        order.with_user(self.chief).validate_tier()
        self.assertTrue(self._is_approved(order))
        order.restart_validation()
        self.assertFalse(self._is_approved(order))
        order.with_user(self.chief).reject_tier()
        self.assertEqual(order.validation_status, "rejected")

    def test_approval_of_a_node_that_is_raised_is_asked_anew(self):
        order = self._approved_order()
        self._create_node(ORDER, review_type="individual", reviewer_group_id=False, reviewer_id=self.manager.id)
        with self.assertRaises(UserError), self.cr.savepoint():
            order.button_confirm()
        order.action_approval_request()
        self.assertEqual(order.review_ids.filtered(lambda tier: tier.status == "approved").done_by, self.chief)
        order.with_user(self.manager).action_approval_give()
        self.assertTrue(self._is_approved(order))

    def test_node_of_another_company_binds_nobody_here(self):
        self.node.company_id = self.env["res.company"].create({"name": "Other Trading"})
        order = self._create_large_order()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_domain_of_a_node_counts_as_well(self):
        self.node.definition_domain = f"[('partner_id', '=', {self.other_vendor.id})]"
        order = self._create_large_order()
        self.assertFalse(order._get_missing_nodes()[order])
        order.partner_id = self.other_vendor
        self.assertEqual(order._get_missing_nodes()[order], self.node)

    def test_holder_of_all_stores_approves_for_every_shop(self):
        self._create_node(REQUEST)
        self.stranger.group_ids = [Command.link(self.env.ref("cosmetics_base.group_all_stores").id)]
        request = self._create_request()
        request.action_approval_request()
        self.assertIn(self.stranger, request.sudo().review_ids._get_reviewers())

    def test_buttons_of_the_requests_pass_the_same_way(self):
        self._create_node(REQUEST)
        request = self._create_request()
        request.button_to_approve()
        self.assertEqual((request.state, len(request.review_ids)), ("to_approve", 1))
        with self.assertRaises(UserError):
            request.button_approved()

    def test_document_with_approvals_is_deleted_with_them(self):
        order = self._create_large_order()
        order.action_approval_request()
        tiers = order.review_ids
        order.button_cancel()
        order.unlink()
        self.assertFalse(tiers.exists())

    def test_approver_changes_no_request(self):
        self._create_node(REQUEST)
        request = self._create_request()
        with self.assertRaises(AccessError):
            request.with_user(self.manager).write({"description": "More"})
