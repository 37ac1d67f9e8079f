"""Late orders are found and told, once."""

import doctest
from datetime import date, datetime, timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools import dispatch
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

    def test_late_orders_are_listed_with_their_reason_oldest_promise_first(self):
        action = self.env["ir.actions.act_window"].with_user(self.ecommerce_clerk)._for_xml_id("cosmetics_sales.sale_order_action_late")
        view = self.env["sale.order"].with_user(self.ecommerce_clerk).get_view(dict(map(reversed, action["views"]))["list"], "list")
        arch = etree.fromstring(view["arch"])
        self.assertEqual(arch.get("default_order"), "dispatch_due_at, id")
        self.assertTrue(arch.xpath("//field[@name='late_reason']"))

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

    def test_reminder_goes_the_moment_the_goods_leave(self):
        order = self._order(ship_by_at=self.now - timedelta(hours=1))
        self.env["sale.order"]._cron_tell_late_orders()
        self.assertTrue(order.activity_ids)
        self._ship(order)
        self.assertFalse(order.activity_ids)

    # ------------------------------------------------------------------ promises and holidays
    def _paid(self, at, **vals):
        order = self._create_order(self.goods, user=self.ecommerce_clerk)
        order.sudo().write({"channel_id": self.channel.id, "channel_paid_at": at, **vals})
        return order

    def test_hours_count_from_payment(self):
        order = self._paid("2026-11-11 00:10:00", channel_ordered_at="2026-11-10 20:00:00")
        self.assertEqual(str(order.dispatch_due_at), "2026-11-13 00:10:00")

    def test_holidays_do_not_count_where_the_company_rests(self):
        self.env["l10n_cn_xian.calendar.day"].create(
            {"kind": "holiday", "event": "other", "name": "Own Rest", "date_from": "2026-07-15", "date_to": "2026-07-23"}
        )
        self.assertEqual(str(self._paid("2026-07-14 04:00:00").dispatch_due_at), "2026-07-16 04:00:00")
        self.env.company.is_dispatch_closed_on_holidays = True
        # Noon before the holiday: twelve hours are left, the other 36 begin at midnight after it.
        self.assertEqual(str(self._paid("2026-07-14 04:00:00").dispatch_due_at), "2026-07-25 04:00:00")

    def test_holiday_of_another_company_is_none_of_ours(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        self.env["l10n_cn_xian.calendar.day"].create(
            {
                "kind": "holiday", "event": "other", "name": "Own Day", "date_from": "2026-07-02", "date_to": "2026-07-03",
                "company_id": company.id,
            }
        )  # fmt: skip
        self.env.company.is_dispatch_closed_on_holidays = True
        self.assertEqual(str(self._paid("2026-07-01 04:00:00").dispatch_due_at), "2026-07-03 04:00:00")

    def test_promise_of_a_platform_counts_as_promised(self):
        self.env.company.is_dispatch_closed_on_holidays = True
        order = self._paid("2026-10-01 04:00:00", ship_by_at="2026-10-02 04:00:00")
        self.assertEqual(str(order.dispatch_due_at), "2026-10-02 04:00:00")

    def test_no_hours_no_promise(self):
        self.env.company.dispatch_hours = 0
        self.assertFalse(self._paid("2026-11-11 00:10:00").dispatch_due_at)

    def test_promise_that_was_made_stays_when_the_setting_changes(self):
        order = self._paid("2026-11-11 00:10:00")
        self.env.flush_all()
        self.env.company.dispatch_hours = 12
        self.env.flush_all()
        self.assertEqual(str(order.dispatch_due_at), "2026-11-13 00:10:00")

    def test_negative_hours_are_refused(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.env.company.dispatch_hours = -1
            self.env.flush_all()

    def test_doctests(self):
        result = doctest.testmod(dispatch)
        self.assertGreater(result.attempted, 3)
        self.assertEqual(result.failed, 0)

    def test_open_days_are_the_only_hours_that_count(self):
        @settings(max_examples=150, deadline=None, derandomize=True, database=None)
        @given(
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.integers(0, 1439),
            st.integers(1, 200),
            st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=40),
        )
        def check(day, minute, hours, closed):
            since = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
            due = dispatch.due_at(since, hours, closed)
            lasted, moment = timedelta(), since + dispatch.XIAN
            while moment < due + dispatch.XIAN:
                midnight = datetime.combine(moment.date() + timedelta(days=1), datetime.min.time())
                end = min(midnight, due + dispatch.XIAN)
                lasted += timedelta() if moment.date() in closed else end - moment
                moment = end
            self.assertEqual(lasted, timedelta(hours=hours))

        check()
