"""The store manager says what became of the goods; nothing is lost in silence."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestCosmeticsTillException(TillBatchCommon):
    def setUp(self):
        super().setUp()
        self.order = self._send(self._prepare_ticket(1, "DEAD"))
        self.exception = self._exceptions(self.order)

    def _resolve(self, user=None, **vals):
        wizard = self.env["cosmetics.till.exception.resolution"].with_user(user or self.manager)
        wizard.create({"exception_id": self.exception.id, **vals}).action_confirm()

    def test_other_batch_is_booked_out(self):
        self._resolve(lot_id=self.old.id, note="Label was smeared")
        self.assertEqual((self.exception.state, self.exception.resolution), ("resolved", "other_batch"))
        self.assertEqual((self.exception.lot_id, self.exception.resolved_by_id), (self.old, self.manager))
        self.assertEqual(self.order.picking_ids.mapped("state"), ["done"])
        self.assertEqual(self._on_hand(), {"OLD": 4, "NEW": 5, "DEAD": 5})

    def test_activity_is_done_when_resolved(self):
        self._resolve(lot_id=self.old.id)
        self.assertFalse(self.exception.activity_ids)

    def test_goods_that_came_back_leave_the_stock_as_it_is(self):
        self._resolve(resolution="returned")
        self.assertEqual(self.order.picking_ids.mapped("state"), ["cancel"])
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_batch_is_needed_for_another_batch(self):
        with self.assertRaisesRegex(ValidationError, "Choose the batch"):
            self._resolve(resolution="replaced")

    def test_blocked_batch_is_no_way_out(self):
        with self.assertRaisesRegex(ValidationError, "DEAD may not be sold"):
            self._resolve(lot_id=self.dead.id)
        self.assertEqual(self.exception.state, "open")

    def test_batch_of_another_shop_is_no_way_out(self):
        other = self.env["stock.warehouse"].create({"name": "Other Shop", "code": "OTHR"})
        elsewhere = self._create_batch("ELSE", 300, 5, location=other.lot_stock_id)
        with self.assertRaisesRegex(ValidationError, "not in this shop"):
            self._resolve(lot_id=elsewhere.id)

    def test_resolved_once(self):
        self._resolve(resolution="returned")
        with self.assertRaisesRegex(UserError, "resolved already"):
            self._resolve(resolution="disposed")

    def test_clerk_sees_it_and_cannot_resolve_it(self):
        self.assertEqual(self.exception.with_user(self.clerk).code, "expired")
        with self.assertRaises(AccessError):
            self._resolve(user=self.clerk, resolution="returned")

    def test_nobody_closes_it_by_hand(self):
        with self.assertRaises(AccessError):
            self.exception.with_user(self.manager).write({"state": "resolved"})

    def test_it_is_never_deleted(self):
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.exception.unlink()

    def test_manager_of_another_shop_does_not_see_it(self):
        stranger = self._create_user("test_stranger", "cosmetics_sales_pos.group_store_manager")
        self._create_store(name="Other Shop", manager_id=stranger.id)
        self.assertFalse(self.env["cosmetics.till.exception"].with_user(stranger).search([("id", "=", self.exception.id)]))

    def test_what_core_swallows_is_listed_with_its_reason(self):
        """The promise to a customer speaks only when the goods move: core catches it and says nothing."""
        promise = {"name": "Fresh only", "store_id": self.store.id, "min_days": 500}
        self.env["cosmetics.shelf.life.promise"].create(promise)
        order = self._send(self._prepare_ticket(1, "OLD"))
        exception = self._exceptions(order)
        self.assertEqual((exception.code, exception.lot_name, exception.state), ("promise", "OLD", "open"))
        self.assertIn("earlier than promised", exception.sentence)
        self.assertEqual(self._on_hand()["OLD"], 5)

    def test_daily_search_finds_what_was_left_undone_and_lists_it_once(self):
        picking = self.order.picking_ids.copy({"pos_order_id": self.order.id})
        picking.move_ids._action_confirm()
        model = self.env["cosmetics.till.exception"]
        model._cron_record_undone()
        found = model.search([("picking_id", "=", picking.id)])
        self.assertEqual((len(found), found.product_id), (1, self.cream))
        model._cron_record_undone()
        self.assertEqual(model.search_count([("picking_id", "=", picking.id)]), 1)

    def test_closing_the_session_warns(self):
        session = self.order.session_id
        self.assertEqual(session.with_user(self.clerk).get_closing_control_data()["till_exception_count"], 1)
        session.with_user(self.manager).action_pos_session_closing_control()
        self.assertIn("1 sales of this session", session.message_ids[0].body)
