"""Tiers: reached at once, reviewed with notice, and a history that always agrees."""

from datetime import date, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_members import MemberCommon

TODAY = "2026-11-28 04:00:00"  # noon in Xi'an


@tagged("post_install", "-at_install")
class TestMemberTier(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(TODAY))
        cls.member = cls._create_member()

    def _history(self, member=None):
        moves = self.env["cosmetics.member.tier.move"].search([("partner_id", "=", (member or self.member).id)], order="id")
        return [(move.kind, move.from_tier_id, move.to_tier_id) for move in moves]

    def _lift(self, amount, moment="2026-11-28 03:00:00"):
        self._buy((self.member, moment, amount))
        self.member._update_member_tiers()

    def test_the_four_tiers_come_with_the_module(self):
        tiers = self.basic | self.silver | self.gold | self.diamond
        self.assertEqual(tiers.sorted("upgrade_amount").mapped("upgrade_amount"), [0, 1000, 3000, 10000])
        self.assertEqual(tiers.sorted("upgrade_amount").mapped("points_multiplier"), [1, 1.2, 1.5, 2])

    def test_one_cent_short_changes_nothing(self):
        self._lift(999.99)
        self.assertEqual(self.member.member_tier_id, self.basic)

    def test_enough_spent_lifts_at_once_over_two_steps(self):
        self._lift(3000)
        self.assertEqual(self.member.member_tier_id, self.gold)
        self.assertEqual(self._history(), [("join", self.basic.browse(), self.basic), ("upgrade", self.basic, self.gold)])
        self.assertEqual(self.member.member_tier_since, date(2026, 11, 28))
        self.assertEqual(self.member.member_tier_review_on, date(2027, 11, 28))

    def test_the_window_begins_a_year_before_in_the_shop_s_time(self):
        self._lift(1000, "2025-11-28 15:59:59")  # 23:59:59 of the 28th in Xi'an
        self.assertEqual(self.member.member_tier_id, self.basic)
        self._lift(1000, "2025-11-28 16:00:00")
        self.assertEqual(self.member.member_tier_id, self.silver)

    def test_the_lowest_tier_has_no_review(self):
        self.assertFalse(self.member.member_tier_review_on)

    def test_what_is_missing_is_said_in_a_sentence(self):
        self._buy((self.member, "2026-11-01 03:00:00", 640))
        member = self.member.with_user(self.manager)
        self.assertRegex(member.member_tier_missing, r"640\.00.*360\.00.*Silver")
        self._lift(10000)
        self.env.invalidate_all()
        self.assertIn("highest", member.member_tier_missing)

    # ------------------------------------------------------------------ review
    def _review(self, day):
        with freeze_time(f"{day} 04:00:00"):
            self.env["cosmetics.member.figures"]._rebuild()
            for members in self.env["res.partner"]._get_tier_candidates(date.fromisoformat(str(day))):
                members._review_member_tiers(date.fromisoformat(str(day)))

    def test_who_spends_too_little_is_told_first_and_goes_down_at_the_review(self):
        self._lift(3000)
        self._review("2027-10-28")
        self.assertFalse(self.member.member_tier_notice_on)
        self._review("2027-10-29")
        self.assertEqual(self.member.member_tier_notice_on, date(2027, 10, 29))
        self.assertEqual(self.member.member_tier_id, self.gold)
        self._review("2027-11-27")
        self.assertEqual(self.member.member_tier_id, self.gold)
        self._review("2027-11-28")
        self.assertEqual(self.member.member_tier_id, self.basic)
        self.assertEqual([kind for kind, _before, _after in self._history()], ["join", "upgrade", "notice", "downgrade"])
        self.assertFalse(self.member.member_tier_notice_on or self.member.member_tier_review_on)

    def test_a_notice_that_came_late_puts_the_downgrade_off(self):
        self._lift(3000)
        self._review("2027-12-05")
        self._review("2027-12-20")
        self.assertEqual(self.member.member_tier_id, self.gold)
        self._review("2028-01-04")
        self.assertEqual(self.member.member_tier_id, self.basic)

    def test_who_spends_the_keep_amount_keeps_the_tier_for_another_year(self):
        self._lift(3000)
        self._buy((self.member, "2027-11-01 03:00:00", 2400))
        self._review("2027-11-28")
        self.assertEqual(self.member.member_tier_id, self.gold)
        self.assertEqual(self.member.member_tier_review_on, date(2028, 11, 28))
        self.assertEqual(self._history()[-1], ("keep", self.gold, self.gold))

    def test_who_buys_after_the_notice_keeps_the_tier(self):
        self._lift(3000)
        self._review("2027-10-29")
        self._buy((self.member, "2027-11-01 03:00:00", 2400))
        self._review("2027-11-28")
        self.assertEqual((self.member.member_tier_id, self.member.member_tier_notice_on), (self.gold, False))

    def test_the_nightly_run_lifts_who_reached_a_tier_in_the_meantime(self):
        self._buy((self.member, "2026-11-27 03:00:00", 1000))
        self._review("2026-11-29")
        self.assertEqual(self.member.member_tier_id, self.silver)

    def test_a_review_twice_on_a_day_changes_nothing_more(self):
        self._lift(3000)
        self._review("2027-10-29")
        before = self._history()
        self._review("2027-10-29")
        self.assertEqual(self._history(), before)

    # ------------------------------------------------------------------ refunds
    def test_a_refund_soon_after_takes_the_upgrade_back(self):
        self._lift(1000)
        self._buy((self.member, "2026-11-28 03:30:00", -1))
        self.member._update_member_tiers(is_refund=True)
        self.assertEqual(self._history()[-1], ("refund", self.silver, self.basic))

    def test_a_refund_long_after_waits_for_the_review(self):
        self._lift(1000)
        with freeze_time("2026-12-29 04:00:00"):
            self._buy((self.member, "2026-12-29 03:00:00", -1000))
            self.member._update_member_tiers(is_refund=True)
        self.assertEqual(self.member.member_tier_id, self.silver)

    def test_a_refund_never_takes_more_than_the_last_upgrade(self):
        self._lift(1000, "2026-01-01 03:00:00")
        self._lift(2000)
        self._buy((self.member, "2026-11-28 03:30:00", -3000))
        self.member._update_member_tiers(is_refund=True)
        self.assertEqual(self.member.member_tier_id, self.silver)

    # ------------------------------------------------------------------ by hand
    def test_a_manager_changes_a_tier_by_hand_and_the_history_says_so(self):
        wizard = self.env["cosmetics.member.tier.change"].with_user(self.manager)
        wizard.create({"partner_id": self.member.id, "tier_id": self.gold.id}).action_change()
        self.assertEqual(self._history()[-1], ("manual", self.basic, self.gold))
        move = self.env["cosmetics.member.tier.move"].search([("partner_id", "=", self.member.id)], order="id desc", limit=1)
        self.assertEqual(move.user_id, self.manager)
        self.assertEqual(self.member.member_tier_review_on, date(2027, 11, 28))

    def test_an_adviser_changes_no_tier(self):
        with self.assertRaisesRegex(AccessError, "Only a member manager"):
            self.member.with_user(self.adviser).member_tier_id = self.gold
        with self.assertRaises(AccessError):
            self._create_member(user=self.adviser, member_tier_id=self.gold.id)

    def test_a_member_is_never_without_a_tier(self):
        with self.assertRaisesRegex(ValidationError, "always has a tier"):
            self.member.with_user(self.manager).member_tier_id = False

    def test_a_file_may_bring_members_with_their_tier(self):
        member = self._create_member(member_tier_id=self.gold.id)
        self.assertEqual(self._history(member), [("join", self.basic.browse(), self.gold)])

    def test_the_history_cannot_be_changed_or_removed_by_anybody(self):
        move = self.env["cosmetics.member.tier.move"].search([("partner_id", "=", self.member.id)])
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            move.sudo().day = date(2020, 1, 1)
        with self.assertRaisesRegex(UserError, "cannot be removed"):
            move.sudo().unlink()

    # ------------------------------------------------------------------ set-up
    def test_keeping_costs_no_more_than_reaching(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.silver.keep_amount = 1001
            self.env.flush_all()

    def test_one_tier_is_for_everybody(self):
        with self.assertRaisesRegex(ValidationError, "no spend"):
            self.basic.with_user(self.manager).upgrade_amount = 5

    def test_a_tier_with_members_is_not_deleted(self):
        self._lift(1000)
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.silver.with_user(self.manager).unlink()

    def test_a_tier_counts_its_members(self):
        before = self.silver.member_count
        self._lift(1000)
        self.silver.invalidate_recordset()
        self.assertEqual(self.silver.with_user(self.manager).member_count, before + 1)

    # ------------------------------------------------------------------ any order of events
    # Without shrinking: it measures its time by the clock, which stands still here.
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(
        st.lists(
            st.tuples(st.sampled_from(["buy", "refund", "manual", "night"]), st.integers(1, 200), st.integers(0, 3), st.integers(1, 6000)),
            min_size=1,
            max_size=12,
        )
    )
    def test_any_events_leave_a_history_that_agrees_with_the_member(self, events):
        with self.cr.savepoint() as attempt:
            self._play(events)
            attempt.rollback()
        self.env.invalidate_all()

    def _play(self, events):
        self._bought, day = [], date(2026, 11, 28)
        member = self._create_member()
        self._buy((member, f"{day} 03:00:00", 0))
        ladder = [self.basic, self.silver, self.gold, self.diamond]
        for kind, days, tier, amount in events:
            day += timedelta(days=days)
            with freeze_time(f"{day} 04:00:00"):
                if kind == "manual":
                    member.with_user(self.manager).member_tier_id = ladder[tier]
                elif kind == "night":
                    self._review(day)
                else:
                    self._buy((member, f"{day} 03:00:00", amount if kind == "buy" else -amount))
                    member._update_member_tiers(is_refund=kind == "refund")
            self._check_history(member, day)

    def _check_history(self, member, day):
        history = self._history(member)
        self.assertEqual(history[0][0], "join")
        steps = [move for move in history if move[0] != "notice"]
        self.assertEqual(steps[-1][2], member.member_tier_id)
        for (_kind, _from, left), (kind, entered, after) in zip(steps, steps[1:], strict=False):
            self.assertEqual(left, entered)
            if kind == "upgrade":
                self.assertGreater(after.upgrade_amount, entered.upgrade_amount)
            elif kind in ("downgrade", "refund"):
                self.assertLess(after.upgrade_amount, entered.upgrade_amount)
        self.assertEqual(bool(member.member_tier_review_on), member.member_tier_id != self.basic)
        kinds = [kind for kind, _from, _to in history]
        for place, kind in enumerate(kinds):
            if kind == "downgrade":
                self.assertIn("notice", kinds[:place])
