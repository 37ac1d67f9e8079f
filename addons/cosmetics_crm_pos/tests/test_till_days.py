"""Points at the till know the day of China and the member's own cards."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TillPointsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 16:30:00")
class TestTillDays(TillPointsCommon):
    def test_half_past_midnight_in_china_is_the_next_day(self):
        cards = self.env["loyalty.card"]
        self.assertEqual(str(cards._points_day(fields.Datetime.to_datetime("2026-11-28 15:59:00"))), "2026-11-28")
        self.assertEqual(str(cards._points_day(fields.Datetime.to_datetime("2026-11-28 16:00:00"))), "2026-11-29")
        self.assertEqual(cards._points_day(fields.Datetime.to_datetime("2026-11-28 16:30:00")), cards._points_today())

    def test_points_that_end_beyond_the_days_of_notice_are_not_soon(self):
        self._give(100)
        batch = self.card.points_batch_ids
        days = self.program.points_notice_days
        last = self.env["loyalty.card"]._points_today() + timedelta(days=days)
        for shift, expected in ((0, 100), (1, 0)):
            self.env.cr.execute("UPDATE cosmetics_points_batch SET expires_on = %s WHERE id = %s", (last + timedelta(days=shift), batch.id))
            self.env.invalidate_all()
            self.assertEqual((shift, self.card.points_soon), (shift, expected))

    def test_member_with_a_card_keeps_that_card(self):
        cards = self.env["loyalty.card"]
        self.assertEqual(cards._find_till_card(self.program, self.member), self.card)
        self.assertFalse(cards._find_till_card(self.program, self.env["res.partner"]))

    def test_clerk_reads_one_member_again_with_the_points_as_they_are_now(self):
        self._give(70)
        clerk = self.env["res.partner"].with_user(self.clerk)
        self.assertEqual([row["points"] for row in clerk.read_till_member(self.till.id, self.member.id)["loyalty.card"]], [70])
        self._give(5)
        self.assertEqual([row["points"] for row in clerk.read_till_member(self.till.id, self.member.id)["loyalty.card"]], [75])

    def test_employee_without_a_till_reads_no_member_of_it(self):
        employee = self.env["res.partner"].with_user(self._create_user("test_no_till"))
        with self.assertRaises(AccessError):
            employee.read_till_member(self.till.id, self.member.id)
