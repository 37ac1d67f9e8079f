"""Each way to close an exception, and what may happen before it is closed."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestExceptionResolution(TillBatchCommon):
    def setUp(self):
        super().setUp()
        self.order = self._send(self._prepare_ticket(2, "DEAD"))
        self.exception = self._exceptions(self.order)

    def _prepare(self, exception=None, **vals):
        wizard = self.env["cosmetics.till.exception.resolution"].with_user(self.manager)
        return wizard.create({"exception_id": (exception or self.exception).id, **vals})

    def test_each_kind_moves_what_it_says_and_nothing_else(self):
        for resolution, lot, left in (
            ("other_batch", self.new, {"OLD": 5, "NEW": 3, "DEAD": 5}),
            ("replaced", self.old, {"OLD": 3, "NEW": 3, "DEAD": 5}),
            ("returned", self.old.browse(), {"OLD": 3, "NEW": 3, "DEAD": 5}),
            ("disposed", self.old.browse(), {"OLD": 3, "NEW": 3, "DEAD": 5}),
        ):
            exception = self._exceptions(self._send(self._prepare_ticket(2, "DEAD")))
            self._prepare(exception, resolution=resolution, lot_id=lot.id, note="Asked the clerk").action_confirm()
            self.assertEqual((exception.state, exception.resolution, exception.lot_id), ("resolved", resolution, lot))
            self.assertEqual(exception.move_id.state, "done" if lot else "cancel")
            self.assertEqual(self._on_hand(), left, resolution)

    def test_batch_typed_before_the_kind_was_changed_is_forgotten(self):
        self._prepare(resolution="returned", lot_id=self.new.id).action_confirm()
        self.assertFalse(self.exception.lot_id)
        self.assertEqual(self._on_hand()["NEW"], 5)

    def test_batch_blocked_while_the_manager_was_choosing(self):
        wizard = self._prepare(lot_id=self.old.id)
        self.old._set_quality_state("quarantine", "Test")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            wizard.action_confirm()
        self.env.invalidate_all()
        self.assertEqual((self.exception.state, self._on_hand()["OLD"]), ("open", 5))

    def test_second_manager_comes_too_late(self):
        first, second = self._prepare(lot_id=self.old.id), self._prepare(resolution="replaced", lot_id=self.new.id)
        first.action_confirm()
        with self.assertRaisesRegex(UserError, "resolved already"):
            second.action_confirm()
        self.assertEqual(self._on_hand(), {"OLD": 3, "NEW": 5, "DEAD": 5})

    def test_only_sellable_batches_of_the_shop_are_offered(self):
        self._create_batch("STOP", 10, 5)
        self._create_batch("EMPTY", 500)
        held = self._create_batch("HELD", 500, 5)
        held._set_quality_state("rejected", "Test")
        self.assertEqual(self._prepare(lot_id=self.old.id).available_lot_ids.mapped("name"), ["OLD", "NEW"])

    def test_batch_of_another_product_is_refused(self):
        serum = self._create_till_product(name="Serum", is_storable=True)
        lot = self._create_batch("SERUM", 400, 5, product=serum)
        with self.assertRaisesRegex(ValidationError, "SERUM may not be sold"):
            self._prepare(lot_id=lot.id)

    def test_log_tells_the_fault_and_the_decision(self):
        self._prepare(lot_id=self.new.id, note="Label was smeared").action_confirm()
        domain = [("res_model", "=", self.exception._name), ("res_id", "=", self.exception.id)]
        first, second = self.env["cosmetics.shelf.life.log"].search(domain, order="id")
        self.assertEqual((first.code, first.lot_name, first.user_id), ("expired", "DEAD", self.clerk))
        self.assertEqual((second.reason, second.lot_res_id, second.user_id), ("Label was smeared", self.new.id, self.manager))

    def test_return_without_a_batch_is_resolved_with_any_batch_of_the_product(self):
        exception = self._exceptions(self._send(self._prepare_ticket(-1)))
        self._prepare(exception, lot_id=self.dead.id).action_confirm()
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 6})

    def test_daily_search_leaves_resolved_and_listed_sales_alone(self):
        self._prepare(resolution="returned").action_confirm()
        self._send(self._prepare_ticket(1, "DEAD"))
        model = self.env["cosmetics.till.exception"]
        before = model.search([])
        model._cron_record_undone()
        model._cron_record_undone()
        self.assertEqual(model.search([]), before)

    def test_session_closes_with_open_exceptions_and_they_stay_open(self):
        session = self.order.session_id
        session.with_user(self.manager).action_pos_session_closing_control()
        self.assertEqual((session.state, self.exception.state), ("closed", "open"))
        self._prepare(lot_id=self.old.id).action_confirm()
        self.assertEqual((self.exception.state, self._on_hand()["OLD"]), ("resolved", 3))

    def test_resolved_sales_are_no_longer_counted_at_closing(self):
        self._prepare(resolution="returned").action_confirm()
        session = self.order.session_id
        self.assertEqual(session.with_user(self.clerk).get_closing_control_data()["till_exception_count"], 0)
