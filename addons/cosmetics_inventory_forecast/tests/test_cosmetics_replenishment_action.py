"""What people do with suggestions."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WAREHOUSE_MANAGER, ForecastCommon


@tagged("post_install", "-at_install")
class TestCosmeticsReplenishmentAction(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_weeks(cls.product, cls.shop, 14)
        cls.second = cls._create_ware("Test Serum", price=50)
        cls._add_weeks(cls.second, cls.shop, 7)

    def test_one_click_makes_one_draft_order_for_each_vendor_and_shop(self):
        rows = self._suggest()
        self.assertEqual(len(rows), 2)
        rows.with_user(self.buyer).action_supply()
        order = rows.purchase_order_id
        self.assertEqual((order.partner_id, order.state, order.picking_type_id), (self.vendor, "draft", self.shop.in_type_id))
        self.assertEqual({line.product_id: line.product_qty for line in order.order_line}, {row.product_id: row.quantity for row in rows})
        self.assertEqual(set(order.order_line.mapped("price_unit")), {20, 50})
        self.assertEqual((set(rows.mapped("state")), rows.done_by_id), ({"done"}, self.buyer))

    def test_what_was_ordered_is_not_suggested_again(self):
        self._suggest().with_user(self.buyer).action_supply()
        self.assertFalse(self._suggest())

    def test_a_store_manager_asks_for_it_instead(self):
        row = self._suggest().filtered(lambda row: row.product_id == self.product)
        row.with_user(self.manager).action_supply()
        request = row.purchase_request_id
        self.assertEqual((request.requested_by, request.picking_type_id, request.state), (self.manager, self.shop.in_type_id, "draft"))
        self.assertEqual(request.line_ids.product_qty, row.quantity)

    def test_a_clerk_asks_for_the_own_shop(self):
        row = self._suggest()[:1]
        action = row.with_user(self.clerk).action_request()
        self.assertEqual((action["res_model"], action["res_id"]), ("purchase.request", row.purchase_request_id.id))

    def test_a_transfer_is_made_with_one_click(self):
        self._add_weeks(self.product, self.other, 0.5)
        self._put(self.product, self.other, 300)
        row = self._suggest().filtered(lambda row: row.kind == "transfer")
        for user in (self.buyer, self._create_user("forecast_keeper", WAREHOUSE_MANAGER)):
            with self.subTest(user.login), self.cr.savepoint() as savepoint:
                row.with_user(user).action_supply()
                picking = row.picking_id
                self.assertEqual((picking.location_id, picking.location_dest_id), (self.other.lot_stock_id, self.shop.lot_stock_id))
                self.assertEqual((picking.state, picking.move_ids.quantity), ("assigned", row.quantity))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_clerk_gets_the_goods_of_another_warehouse_and_is_told_how(self):
        self._add_weeks(self.product, self.other, 0.5)
        self._put(self.product, self.other, 300)
        row = self._suggest().filtered(lambda row: row.kind == "transfer").with_user(self.clerk)
        action = row.action_supply()
        picking = row.sudo().picking_id
        self.assertEqual((picking.state, picking.create_uid, row.state), ("assigned", self.clerk, "done"))
        # The document is the warehouse's: the clerk gets its number, not its form.
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(picking.name, action["params"]["message"])

    def test_a_transfer_that_was_made_is_not_suggested_again(self):
        self._add_weeks(self.product, self.other, 0.5)
        self._put(self.product, self.other, 300)
        self._suggest().filtered(lambda row: row.kind == "transfer").with_user(self.buyer).action_supply()
        self.assertFalse(self._suggest().filtered(lambda row: row.kind == "transfer"))

    def test_nothing_is_ordered_twice(self):
        rows = self._suggest()
        rows[:1].with_user(self.buyer).action_supply()
        with self.assertRaisesRegex(UserError, "dealt with already"):
            rows.with_user(self.buyer).action_supply()
        self.assertEqual(rows[1:].state, "open")

    def test_a_quantity_is_changed_with_a_reason_that_is_kept(self):
        row = self._suggest()[:1]
        before = row.quantity
        wizard = self.env["cosmetics.replenishment.adjust"].with_user(self.manager)
        action = row.with_user(self.manager).action_adjust()
        wizard.with_context(**action["context"]).create({"quantity": 3, "reason": "New counter"}).action_confirm()
        change = row.change_ids
        self.assertEqual(
            (change.old_quantity, change.new_quantity, change.reason, change.user_id), (before, 3, "New counter", self.manager)
        )
        self.assertEqual((row.quantity, row.suggested_quantity, row.is_changed), (3, before, True))

    def test_no_change_without_a_reason_or_below_zero(self):
        row = self._suggest()[:1].with_user(self.manager)
        for quantity, reason, message in ((3, "  ", "Say why"), (-1, "Because", "0 or more")):
            with self.assertRaisesRegex(UserError, message):
                row._change_quantity(quantity, reason)

    def test_a_clerk_does_not_decide_on_quantities(self):
        row = self._suggest()[:1].with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "Ask one of them"):
            row._change_quantity(3, "I want fewer")

    def test_a_quantity_of_zero_is_not_ordered(self):
        row = self._suggest()[:1].with_user(self.buyer)
        row._change_quantity(0, "Delisted soon")
        with self.assertRaisesRegex(UserError, "nothing to get"):
            row.action_supply()

    def test_without_a_vendor_it_is_asked_for_and_not_ordered(self):
        self.product.seller_ids.unlink()
        row = self._suggest().filtered(lambda row: row.product_id == self.product).with_user(self.buyer)
        with self.assertRaisesRegex(UserError, "has no vendor"):
            row.action_supply()
        row.action_request()
        self.assertTrue(row.purchase_request_id)

    def test_transfers_are_not_asked_for_from_the_buyer(self):
        self._add_weeks(self.product, self.other, 0.5)
        self._put(self.product, self.other, 300)
        with self.assertRaisesRegex(UserError, "Leave the transfers out"):
            self._suggest().with_user(self.buyer).action_request()

    def test_the_manager_of_another_shop_does_nothing_with_it(self):
        row = self._suggest()[:1].with_user(self.stranger)
        for action in (row.action_supply, row.action_request, lambda: row._change_quantity(1, "Mine")):
            with self.assertRaises(AccessError):
                action()

    def test_the_document_is_opened_from_what_it_came_of(self):
        row = self._suggest()[:1].with_user(self.buyer)
        row.action_supply()
        self.assertEqual(row.action_view_document()["res_id"], row.purchase_order_id.id)
        self.assertEqual(row.action_view_demand()["domain"][0], ("product_id", "=", row.product_id.id))
