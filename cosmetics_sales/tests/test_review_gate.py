"""No path leads around the review: each is tried as the user who would try it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_review import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewGate(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("floor")
        cls.node = cls._create_node()
        cls.product.standard_price = 50

    def _large(self, user=None):
        return self._create_order(self.product, 20, user=user)

    def _assert_stays(self, order, act):
        with self.assertRaises(UserError), self.cr.savepoint():
            act()
        self.env.invalidate_all()
        self.assertIn(order.state, ("draft", "sent"))

    # ------------------------------------------------------------------ paths to a confirmed order
    def test_a_plain_order_is_confirmed_at_once(self):
        order = self._create_order(self.product)
        order.action_confirm()
        self.assertEqual((order.state, order.review_state), ("sale", "passed"))

    def test_button_write_and_create_are_gated(self):
        order = self._create_order(self.product)
        order.order_line.price_unit = 49
        self._assert_stays(order, order.action_confirm)
        self._assert_stays(order, lambda: order.write({"state": "sale"}))
        self._assert_stays(order, lambda: order.with_context(skip_validation_check=True).write({"state": "sale"}))
        order.action_quotation_sent()
        self._assert_stays(order, order.action_confirm)
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": 49}
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env["sale.order"].with_user(self.salesperson).create(
                {"partner_id": self.customer.id, "state": "sale", "order_line": [Command.create(line)]}
            )

    def test_defaults_of_a_context_or_a_user_are_no_review(self):
        self.env["ir.default"].with_user(self.salesperson).set("sale.order", "review_state", "passed", user_id=self.salesperson.id)
        orders = self.env["sale.order"].with_user(self.salesperson)
        orders = orders.with_context(default_review_state="passed", default_review_amount=1, default_allocation_state="full")
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": 49}
        order = orders.create({"partner_id": self.customer.id, "order_line": [Command.create(line)]})
        self.assertEqual((order.review_state, order.review_amount, order.allocation_state), ("none", 0, "none"))
        self._assert_stays(order, order.action_confirm)

    def test_a_document_begins_in_the_state_of_its_definition(self):
        payouts = self.env["cosmetics.settlement"].with_context(default_state="confirmed", default_note="kept")
        self.assertEqual(payouts.default_get(["state"])["state"], payouts._fields["state"].default(payouts))

    def test_a_change_cannot_ride_on_the_confirmation(self):
        order = self._create_order(self.product)
        vals = {"state": "sale", "order_line": [Command.update(order.order_line.id, {"price_unit": 49})]}
        self._assert_stays(order, lambda: order.write(vals))

    def test_signature_keeps_the_order_for_the_reviewer(self):
        order = self._large()
        order.sudo()._validate_order()
        self.assertEqual((order.state, order.review_state), ("sent", "approval"))
        self._approve(order)
        order.sudo()._validate_order()
        self.assertEqual(order.state, "sale")

    def test_payment_keeps_the_order_for_the_reviewer(self):
        order = self._large()
        provider = self.env["payment.provider"].create({"name": "Test Wallet", "code": "none"})
        method = self.env["payment.method"].create({"name": "Test", "code": "test_review", "provider_ids": [Command.set(provider.ids)]})
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": "TEST-REVIEW",
                "sale_order_ids": [Command.set(order.ids)],
                "state": "done",
            }
        )
        self.assertFalse(transaction._check_amount_and_confirm_order())
        self.assertEqual((order.state, order.review_state), ("sent", "approval"))
        self._approve(order)
        self.assertEqual(transaction._check_amount_and_confirm_order(), order)
        self.assertEqual(order.state, "sale")

    def test_machine_fields_are_not_written_over_rpc(self):
        order = self._large()
        order._review()
        for vals in ({"review_state": "passed"}, {"validation_status": "validated"}, {"review_amount": 1}, {"review_fingerprint": "x"}):
            with self.assertRaises(AccessError):
                order.write(vals)
        tier = order.sudo().review_ids.with_user(self.salesperson)
        for act in (
            lambda: tier.write({"status": "approved"}),
            tier.unlink,
            lambda: tier.create({"model": "sale.order", "res_id": order.id}),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            self.env["cosmetics.review.finding"].with_user(self.reviewer).create(
                {"order_id": order.id, "rule_id": self.rule.id, "level": "warn", "sentence": "-"}
            )

    # ------------------------------------------------------------------ approvals
    def test_approval_lets_the_order_pass(self):
        order = self._large()
        self.assertFalse(order._review())
        self.assertEqual(order.review_state, "approval")
        self.assertIn("Large Order", order.review_note)
        self._assert_stays(order, order.action_confirm)
        order.with_user(self.reviewer).action_review_approve()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_refused_order_stays(self):
        order = self._large()
        order._review()
        order.with_user(self.reviewer).action_review_refuse()
        self._assert_stays(order, order.action_confirm)

    def test_what_was_answered_keeps_its_words(self):
        order = self._large()
        order._review()
        order.with_user(self.reviewer).action_review_approve()
        for vals in ({"comment": "I was never asked"}, {"reviewed_date": "2020-01-01"}, {"status": "rejected"}):
            with self.assertRaisesRegex(AccessError, "has been answered"):
                order.review_ids.with_user(self.reviewer).write(vals)

    def test_nobody_approves_an_own_order(self):
        order = self._large(user=self.reviewer)
        order._review()
        with self.assertRaises(UserError):
            order.with_user(self.reviewer).action_review_approve()
        with self.assertRaises(UserError):
            order.with_user(self.salesperson).action_review_approve()
        with self.assertRaises(AccessError):
            order.sudo().review_ids.with_user(self.reviewer).write({"status": "approved"})
        order.with_user(self.reviewer).validate_tier()
        self.assertEqual(order.review_state, "approval")
        self._assert_stays(order, order.action_confirm)
        order.with_user(self.manager).action_review_approve()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_who_changed_the_order_does_not_approve_it(self):
        order = self._large()
        order.with_user(self.reviewer).order_line.price_unit = 90
        order._review()
        with self.assertRaises(UserError):
            order.with_user(self.reviewer).action_review_approve()
        order.with_user(self.manager).action_review_approve()
        self.assertEqual(order.review_state, "passed")

    def test_second_node_waits_for_the_manager(self):
        self._create_node("[('review_amount', '>', 1500)]", "sales_team.group_sale_manager", name="Owner", sequence=99)
        order = self._large()
        order._review()
        order.with_user(self.reviewer).action_review_approve()
        self.assertEqual(order.review_state, "approval")
        with self.assertRaises(UserError):
            order.with_user(self.reviewer).action_review_approve()
        order.with_user(self.manager).action_review_approve()
        self.assertEqual(order.review_state, "passed")

    def test_approval_falls_by_every_path(self):
        line = {"product_id": self.product.id, "product_uom_qty": 1}
        partner = self.customer.copy()
        changes = {
            "price": lambda order: order.order_line.write({"price_unit": 99}),
            "quantity": lambda order: order.order_line.write({"product_uom_qty": 21}),
            "discount": lambda order: order.order_line.write({"discount": 1}),
            "form": lambda order: order.write({"order_line": [Command.update(order.order_line[0].id, {"price_unit": 99})]}),
            "new line": lambda order: order.order_line.create({**line, "order_id": order.id}),
            "line removed": lambda order: order.order_line[-1:].unlink(),
            "customer": lambda order: order.write({"partner_id": partner.id}),
            "address": lambda order: order.write({"partner_shipping_id": partner.id}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                order = self._large()
                order.write({"order_line": [Command.create(line)]})
                self._approve(order)
                change(order)
                self.assertEqual(order.review_state, "none")
                self.assertFalse(order.sudo().review_ids)
                self._assert_stays(order, order.action_confirm)

    def test_machine_fields_do_not_touch_the_approval(self):
        order = self._large()
        self._approve(order)
        order.write({"client_order_ref": "PO-1", "note": "Ring twice"})
        order.sudo().write({"channel_state": "paid", "buyer_note": "Soon", "allocation_state": "allocated"})
        self.assertEqual(order.review_state, "passed")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_copy_starts_anew(self):
        order = self._large()
        self._approve(order)
        copied = order.copy()
        self.assertEqual((copied.review_state, copied.sudo().review_ids.ids), ("none", []))
        self._assert_stays(copied, copied.action_confirm)

    def test_a_confirmed_order_does_not_grow_past_its_approval(self):
        order = self._create_order(self.product, 2)
        order.action_confirm()
        line = {"order_id": order.id, "product_id": self.product.id, "product_uom_qty": 30}
        for act in (lambda: order.order_line.write({"product_uom_qty": 30}), lambda: order.order_line.create(line)):
            with self.assertRaises(UserError), self.cr.savepoint():
                act()
        order.order_line.write({"product_uom_qty": 3})
        self.assertEqual(order.order_line.product_uom_qty, 3)

    def test_cancelled_and_set_back_is_reviewed_anew(self):
        order = self._large()
        self._approve(order)
        order.action_confirm()
        order._action_cancel()
        order.action_draft()
        self.assertEqual(order.review_state, "none")
        self._assert_stays(order, order.action_confirm)

    # ------------------------------------------------------------------ waivers
    def test_reviewer_waives_with_a_reason_until_the_price_changes(self):
        order = self._create_order(self.product)
        order.order_line.price_unit = 49
        order._review()
        finding = order.finding_ids
        for user, reason, error in ((self.salesperson, "please", AccessError), (self.reviewer, " ", UserError)):
            with self.assertRaises(error):
                finding.with_user(user)._waive(reason)
        wizard = self.env["cosmetics.review.waive"].with_user(self.reviewer)
        wizard.create({"order_id": order.id, "finding_ids": [Command.set(finding.ids)], "reason": "Clearance"}).action_waive()
        self.assertEqual((finding.waived_by_id, finding.waived_reason, order.review_state), (self.reviewer, "Clearance", "passed"))
        order._review()
        self.assertEqual(order.review_state, "passed")
        order.order_line.price_unit = 48
        self.assertFalse(finding.waived_by_id)
        self._assert_stays(order, order.action_confirm)

    def test_nobody_waives_for_an_own_order(self):
        order = self._create_order(self.product, user=self.reviewer)
        order.order_line.price_unit = 49
        order._review()
        with self.assertRaises(UserError):
            order.finding_ids.with_user(self.reviewer)._waive("Mine")
