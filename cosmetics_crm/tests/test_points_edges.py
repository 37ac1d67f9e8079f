"""Corners of the points ledger: nothing, fractions, very much, two cards, archived cards, the very last minute."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools.gate import points_gate
from ..tools.points_act import Act
from .common_points import PointsCommon

LAST_MINUTES = "2026-05-31 15:59:59"  # 23:59:59 in Xi'an
FIRST_SECOND = "2026-05-31 16:00:00"  # midnight in Xi'an


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 04:00:00")
class TestPointsAmounts(PointsCommon):
    def test_earning_nothing_makes_no_batch_and_is_done_for_ever(self):
        self._post(self.card, "earn", 0, "a")
        self.assertFalse(self.card.points_batch_ids)
        self.assertFalse(self.card.history_ids)
        self.assertTrue(self._post(self.card, "earn", 70, "a").is_replay)
        self.assertEqual(self.card.points, 0)

    def test_spending_nothing_needs_no_points(self):
        result = self._post(self.card, "spend", 0, "a")
        self.assertEqual((result.points, result.missing, self._differences()), (0, 0, []))

    def test_less_than_half_a_hundredth_is_nothing(self):
        self._post(self.card, "earn", 0.0049, "a")
        self.assertEqual((self.card.points, self.card.points_move_ids.points), (0, 0))

    def test_half_a_hundredth_is_one(self):
        self._post(self.card, "earn", 1.005, "a")
        self.assertEqual(self.card.points_batch_ids.remaining, 1.01)

    def test_thousand_tenths_make_a_hundred(self):
        self.card._points_post([Act(self.card, "earn", 0.1, f"{number}") for number in range(1000)])
        self.assertEqual(self.card.points, 100)
        self._post(self.card, "spend", 100, "all")
        self.assertEqual((self.card.points, self._differences()), (0, []))

    def test_hundred_thousand_million_points_keep_their_last_hundredth(self):
        self._post(self.card, "earn", 99_999_999_999.99, "a")
        self._post(self.card, "spend", 0.01, "b")
        self.assertEqual((self.card.points, self._differences()), (99_999_999_999.98, []))

    def test_what_is_no_number_is_refused(self):
        for points, error in ((float("nan"), ValueError), (float("inf"), OverflowError)):
            with self.assertRaises(error):
                self._post(self.card, "earn", points, f"{points}")
        self.assertFalse(self.card.points_move_ids)

    def test_unknown_kind_leaves_nothing_of_the_acts_before_it(self):
        with self.assertRaisesRegex(ValueError, "not an act"):
            self.card._points_post([Act(self.card, "earn", 5, "a"), Act(self.card, "expire", 5, "b")])
        self.assertFalse(self.card.points_move_ids)

    def test_posting_nothing_is_nothing(self):
        self.assertEqual(self.env["loyalty.card"]._points_post([]), [])
        self.assertEqual(self.env["loyalty.card"]._points_post([Act(self.env["loyalty.card"], "earn", 5, "a")]), [])


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 04:00:00")
class TestPointsCards(PointsCommon):
    def test_cards_of_one_member_are_kept_apart(self):
        second = self._create_card(partner_id=self.card.partner_id.id, program=self._create_points_program())
        self._post(self.card, "earn", 10, "a")
        self._post(second, "earn", 4, "b")
        with self.assertRaises(UserError):
            self._post(second, "spend", 5, "c")
        self.assertEqual(self.card.partner_id.with_user(self.manager).points_available, 14)

    def test_points_that_are_due_on_an_archived_card_expire_too(self):
        self._post(self.card, "earn", 10, "a", expires_on=date(2026, 5, 31))
        self.card.with_user(self.manager).active = False
        with freeze_time(FIRST_SECOND), patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda _cron, *_args, **_kwargs: 60.0):
            self.env["loyalty.card"]._cron_points_nightly()
        self.assertEqual((self.card.points, self._differences()), (0, []))

    def test_refund_finds_an_archived_card(self):
        sale = self.card.partner_id
        self.card._points_earn(sale, 10, "earn")
        self.card.with_user(self.manager).active = False
        self.card._points_take_back(sale, "refund", part=1, whole=1)
        self.assertEqual(self.card.points, 0)

    def test_archived_cards_do_not_count_on_the_page_of_the_member(self):
        self._post(self.card, "earn", 10, "a")
        self.card.with_user(self.manager).active = False
        self.assertEqual(self.card.partner_id.with_user(self.manager).points_available, 0)

    def test_copy_of_a_card_has_no_points(self):
        self._post(self.card, "earn", 10, "a")
        self._post(self.card, "earn", 5, "b", available_on=None)
        twin = self.card.with_user(self.manager).copy({"points": 0, "code": "TEST-TWIN"})
        self.assertEqual((twin.points, twin.points_pending, twin.points_batch_ids.ids), (0, 0, []))


@tagged("post_install", "-at_install")
class TestPointsLastDay(PointsCommon):
    """Days are those of China: a day ends at 16:00 UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-05-01 04:00:00"):
            cls.card._points_post([Act(cls.card, "earn", 10, "a", expires_on=date(2026, 5, 31))])

    def test_points_are_spent_in_the_last_second_of_their_day(self):
        with freeze_time(LAST_MINUTES):
            self._post(self.card, "spend", 10, "b")
        self.assertEqual(self.card.points, 0)

    def test_points_are_gone_a_second_later(self):
        with freeze_time(FIRST_SECOND), self.assertRaises(UserError):
            self._post(self.card, "spend", 10, "b")

    def test_half_past_eleven_in_london_is_the_next_morning_in_china(self):
        with freeze_time("2026-05-30 23:30:00"):
            self._post(self.card, "spend", 4, "b")
        with freeze_time("2026-05-31 23:30:00"), self.assertRaises(UserError):
            self._post(self.card, "spend", 4, "c")

    def test_points_earned_in_the_evening_of_utc_are_those_of_the_next_day(self):
        with freeze_time("2026-12-31 23:30:00"):
            self._post(self.card, "earn", 1, "new year")
        batch = self.card.points_batch_ids.sorted("id")[-1]
        self.assertEqual((batch.earned_on, batch.available_on, batch.expires_on), (date(2027, 1, 1), date(2027, 1, 1), date(2028, 12, 31)))

    def test_night_of_the_last_day_leaves_the_points(self):
        with freeze_time(LAST_MINUTES):
            self.assertNotIn(self.card.id, self.env["loyalty.card"]._get_points_due_ids())
        with freeze_time(FIRST_SECOND):
            self.assertIn(self.card.id, self.env["loyalty.card"]._get_points_due_ids())

    def test_member_is_told_on_the_last_day_and_not_after_it(self):
        told = []
        for moment in (LAST_MINUTES, FIRST_SECOND):
            with freeze_time(moment):
                told.append(self.card in [notice["card"] for notice in self.env["loyalty.card"]._get_points_notices()])
        self.assertEqual(told, [True, False])

    def test_program_without_notice_tells_nobody(self):
        self.program.with_user(self.manager).points_notice_days = 0
        with freeze_time(LAST_MINUTES):
            self.assertNotIn(self.card, [notice["card"] for notice in self.env["loyalty.card"]._get_points_notices()])

    def test_member_without_an_address_gets_no_mail_and_no_second_try(self):
        with freeze_time(LAST_MINUTES), patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda _cron, *_args, **_kwargs: 60.0):
            self.env["loyalty.card"]._cron_points_notice()
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "loyalty.card"), ("res_id", "=", self.card.id)]))
        self.assertEqual(self.card.points_batch_ids.noticed_on, date(2026, 5, 31))


@tagged("post_install", "-at_install")
class TestPointsSettings(PointsCommon):
    def test_program_refuses_nonsense(self):
        for vals in (
            {"points_validity_months": 0},
            {"points_delay_days": -1},
            {"points_notice_days": -1},
            {"points_grace_days": -1},
            {"points_redeem_cap": -0.01},
            {"points_redeem_cap": 100.01},
        ):
            with self.subTest(**vals), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.program.with_user(self.manager).write(vals)
                self.program.flush_recordset()

    def test_limit_of_a_company_is_not_negative(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.company.points_adjust_limit = -1
            self.env.company.flush_recordset()

    def test_new_validity_changes_no_points_that_are_there(self):
        with freeze_time("2026-05-01 04:00:00"):
            self._post(self.card, "earn", 10, "a")
            self.program.with_user(self.manager).points_validity = "year"
            self._post(self.card, "earn", 10, "b")
        self.assertEqual(self.card.points_batch_ids.sorted("id").mapped("expires_on"), [date(2027, 12, 31), date(2026, 12, 31)])

    def test_leap_day_lasts_a_year_to_the_day_before(self):
        self.program.with_user(self.manager).write({"points_validity": "months", "points_validity_months": 12})
        self.assertEqual(self.program._get_points_expiry(date(2028, 2, 29)), date(2029, 2, 28))


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 04:00:00")
class TestPointsWays(PointsCommon):
    """Core's own ways to points, one by one."""

    def test_line_of_the_history_is_not_rewritten(self):
        self._post(self.card, "earn", 10, "a")
        line = self.card.history_ids
        with self.assertRaisesRegex(UserError, "follows from its ledger"):
            line.with_user(self.manager).issued = 500
        points_gate.mark(line.sudo()).issued = 500
        self.assertEqual(line.issued, 10)

    def test_history_of_a_cancelled_document_stays(self):
        self._post(self.card, "earn", 10, "a")
        self.card.history_ids.sudo().unlink()
        self.assertEqual(self.card.history_ids.issued, 10)

    def test_unchanged_balance_asks_for_nothing(self):
        card = self._create_card(points=50)
        wizard = self.env["loyalty.card.update.balance"].with_user(self.manager)
        with self.assertRaises(ValidationError):
            wizard.create({"card_id": card.id, "old_balance": 50, "new_balance": 50, "description": "Same"}).action_update_card_point()
        self.assertFalse(self.env["cosmetics.points.adjustment"].search([("card_id", "=", card.id)]))

    def test_balance_within_the_limit_is_set_at_once(self):
        self.env.company.points_adjust_limit = 30
        card = self._create_card(points=50)
        wizard = self.env["loyalty.card.update.balance"].with_user(self.manager)
        wizard.create({"card_id": card.id, "new_balance": 20, "description": "Counted twice"}).action_update_card_point()
        self.assertEqual((card.points, self._differences()), (20, []))

    def test_system_writes_the_same_points_without_a_movement(self):
        card = self._create_card(points=50)
        card.sudo().write({"points": 50})
        self.assertEqual(card.points_move_ids.mapped("kind"), ["opening"])

    def test_system_sets_no_pending_or_owed_points(self):
        for name in ("points_pending", "points_debt"):
            with self.assertRaisesRegex(UserError, "cannot be set"):
                self.card.sudo().write({name: 5})

    def test_approver_cannot_type_points_either(self):
        with self.assertRaises(UserError):
            self.card.with_user(self.approver).write({"points": 5})

    def test_mark_does_not_pass_a_person_s_lack_of_rights(self):
        employee = self._create_user("test_points_employee")
        with self.assertRaises(AccessError):
            points_gate.mark(self.card.with_user(employee)).write({"code": "TEST-MINE"})

    def test_merger_of_three_members_adds_up(self):
        others = [self._create_card(), self._create_card()]
        for number, card in enumerate([self.card, *others], start=1):
            self._post(card, "earn", number * 10, f"{number}", expires_on=date(2026, 12, number))
        partners = self.card.partner_id.union(*(card.partner_id for card in others))
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(partners.ids, self.card.partner_id)
        self.assertEqual((self.card.points, [card.points for card in others], self._differences()), (60, [0, 0], []))

    def test_merger_keeps_programs_apart(self):
        other = self._create_card(program=self._create_points_program())
        self._post(self.card, "earn", 10, "a")
        self._post(other, "earn", 5, "b")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.card.partner_id | other.partner_id).ids, self.card.partner_id
        )
        self.assertEqual((self.card.points, other.points, other.active, other.partner_id), (10, 5, True, self.card.partner_id))

    def test_points_for_a_merged_card_reach_the_one_it_stands_for_now(self):
        other = self._create_card()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.card.partner_id | other.partner_id).ids, self.card.partner_id
        )
        self._post(other, "earn", 8, "late")
        self.assertEqual((self.card.points, other.points), (8, 0))
