"""Late orders are found and told, once."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.tests import tagged

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestOrderLateness(TrackingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()
        cls.env.company.write({"dispatch_hours": 48, "picking_hours": 0, "allocated_hours": 0, "transit_hours": 120})
        cls.channel = cls.env["cosmetics.channel"].create(
            {"name": "Tmall", "code": "LATE", "kind": "marketplace", "user_id": cls.ecommerce_clerk.id}
        )

    def _order(self, **vals):
        order = self._confirmed()
        order.write({"channel_id": self.channel.id, **vals})
        return order

    def _late(self, orders):
        found = self.env["sale.order"].with_user(self.ecommerce_clerk).search([("is_late", "=", True), ("id", "in", orders.ids)])
        self.assertEqual(found, orders.filtered("is_late"))
        self.assertEqual(orders - found, orders.search([("is_late", "=", False), ("id", "in", orders.ids)]))
        return found

    def test_promise_that_passed_is_late_until_the_goods_leave(self):
        late, in_time = self._order(ship_by_at=self.now - timedelta(hours=1)), self._order(ship_by_at=self.now + timedelta(hours=1))
        self.assertEqual(self._late(late + in_time), late)
        self._ship(late)
        self.assertFalse(self._late(late))

    def test_hours_of_the_company_count_where_the_platform_promised_none(self):
        order = self._order()
        self.assertEqual(order.dispatch_due_at, order.date_order + timedelta(hours=48))
        with freeze_time(order.date_order + timedelta(hours=49)):
            order.invalidate_recordset()
            self.assertTrue(order.is_late)
        order.invalidate_recordset()
        self.assertFalse(order.is_late)

    def test_quotation_is_late_only_when_paid_on_a_platform(self):
        quotation = self._create_order(self.goods)
        quotation.ship_by_at = self.now - timedelta(hours=1)
        self.assertFalse(quotation.is_late)
        quotation.channel_state = "paid"
        self.assertTrue(self._late(quotation))

    def test_step_that_takes_too_long_is_late_and_says_so(self):
        order = self._order(ship_by_at=self.now + timedelta(days=9))
        self.env.company.picking_hours = 24
        with freeze_time(order.stage_since_at + timedelta(hours=30)):
            order.invalidate_recordset()
            self.assertIn("30", order.with_context(lang="en_US").late_reason)

    def test_due_time_is_told_in_the_time_of_xian(self):
        order = self._order(ship_by_at=fields.Datetime.to_datetime("2026-11-11 16:30:00"))
        with freeze_time("2026-11-12 16:30:00"):
            order.invalidate_recordset()
            self.assertIn("2026-11-12 00:30", order.with_context(lang="en_US", tz=None).late_reason)

    def test_responsible_is_reminded_once_and_freed_when_it_went_on(self):
        order = self._order(ship_by_at=self.now - timedelta(hours=1))
        for _i in range(2):
            self.env["sale.order"]._cron_tell_late_orders()
        kind = self.env.ref("cosmetics_sales.mail_activity_late_order")
        reminder = order.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual((len(reminder), reminder.user_id), (1, self.ecommerce_clerk))
        reminder.action_feedback()
        self.env["sale.order"]._cron_tell_late_orders()
        self.assertFalse(order.activity_ids.filtered(lambda activity: activity.activity_type_id == kind))
        other = self._order(ship_by_at=self.now - timedelta(hours=1))
        self.env["sale.order"]._cron_tell_late_orders()
        self._ship(other)
        self.env["sale.order"]._cron_tell_late_orders()
        self.assertFalse(other.activity_ids.filtered(lambda activity: activity.activity_type_id == kind))
