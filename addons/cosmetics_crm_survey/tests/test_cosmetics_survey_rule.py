"""Whom a rule asks, and when."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DAY, NOON, SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyRule(SurveyCommon):
    def setUp(self):
        super().setUp()
        self.member = self._create_askable()

    def _asked(self, *members):
        return self._invitations(*(members or (self.member,))).filtered(lambda row: row.state == "sent")

    # ------------------------------------------------------------------ when
    def test_a_member_is_asked_so_many_days_after_the_event(self):
        self._create_rule(delay_days=3)
        self._happen(self.member, NOON - 3 * DAY)
        self._ask(NOON - timedelta(minutes=1))
        self.assertFalse(self._asked())
        self._ask(NOON + timedelta(minutes=1))
        invitation = self._asked()
        self.assertEqual((invitation.origin_name, invitation.store_id, invitation.product_ids), ("S1", self.store, self.cream))
        self.assertEqual(invitation.invited_on.isoformat(), "2026-05-06")

    def test_what_happened_before_the_rule_began_is_not_asked_about(self):
        self._create_rule(started_at=NOON - DAY + timedelta(minutes=1))
        self._happen(self.member, NOON - DAY)
        self._ask()
        self.assertFalse(self._asked())

    def test_what_was_missed_for_more_than_three_days_is_left(self):
        self._create_rule()
        self._happen(self.member, NOON - 5 * DAY)
        self._ask()
        self.assertFalse(self._asked())

    def test_a_stopped_rule_asks_nobody(self):
        rule = self._create_rule()
        rule.action_stop()
        self._happen(self.member)
        self._ask()
        self.assertFalse(self._asked())

    # ------------------------------------------------------------------ whom
    def test_without_the_consent_nobody_is_asked_whatever_else_was_agreed_to(self):
        other = self._create_reachable("李晓梅", codes=("sms", "email", "membership"))
        self._create_rule()
        self._happen(other)
        self._ask()
        self.assertFalse(self._invitations(other))

    def test_a_customer_who_is_no_member_is_not_asked(self):
        customer = self.env["res.partner"].create({"name": "Walk-in", "phone": "13812345678"})
        self._create_rule()
        self._happen(customer)
        self._ask()
        self.assertFalse(self._invitations(customer))

    def test_another_kind_of_event_is_left_to_other_rules(self):
        self._create_rule(event="served")
        self._happen(self.member, kind="bought")
        self._ask()
        self.assertFalse(self._asked())

    def test_stores_tiers_and_condition_choose(self):
        there = self._create_askable("周", member_store_id=self.other_store.id)
        silver = self._create_askable("吴", member_tier_id=self.silver.id)
        for member, store in ((self.member, self.store), (there, self.other_store), (silver, self.store)):
            self._happen(member, store=store)
        self._create_rule(store_ids=self.store.ids, tier_ids=self.silver.ids, member_domain="[('name', '=', '吴')]")
        self._ask()
        self.assertEqual(self._invitations(self.member, there, silver).partner_id, silver)

    def test_an_event_without_a_store_is_one_of_the_home_store(self):
        self._happen(self.member)
        self.events[0]["store_id"] = None
        self._create_rule(store_ids=self.store.ids)
        self._ask()
        self.assertEqual(self._asked().store_id, self.store)

    def test_a_sample_is_drawn_by_lot_and_stays_the_same(self):
        members = [self._create_askable(f"会员{number}") for number in range(40)]
        for member in members:
            self._happen(member)
        rule = self._create_rule(sample_percent=50)
        rule.sudo().seed = "fixed"
        self._ask()
        first = self._invitations(*members)
        self.assertTrue(8 <= len(first) <= 32, len(first))
        self._ask()
        self.assertEqual(self._invitations(*members), first)

    def test_another_company_asks_about_its_own_events_only(self):
        company = self.env["res.company"].sudo().create({"name": "Other Company"})
        self._happen(self.member)
        self.events[0]["company_id"] = company.id
        self._create_rule()
        self._ask()
        self.assertFalse(self._asked())

    # ------------------------------------------------------------------ how often
    def test_nobody_is_asked_twice_about_an_event_whatever_the_rules(self):
        self.company.survey_gap_days = 1
        self._create_rule()
        self._create_rule(name="Second")
        self._happen(self.member)
        self._ask()
        self._ask(NOON + 2 * DAY)
        self.assertEqual(len(self._asked()), 1)

    def test_a_member_is_left_in_peace_for_the_days_of_the_company_over_all_rules(self):
        self._create_rule()
        self._create_rule(name="Service", event="served")
        self._happen(self.member)
        self._ask()
        self._happen(self.member, NOON + 2 * DAY, kind="served")
        self._ask(NOON + 3 * DAY + timedelta(minutes=1))
        self.assertEqual(len(self._asked()), 1)
        self._happen(self.member, NOON + 29 * DAY)
        self._ask(NOON + 30 * DAY + timedelta(minutes=1))
        self.assertEqual(len(self._asked()), 2)

    def test_two_purchases_of_one_day_are_one_question(self):
        self._create_rule()
        self._happen(self.member, NOON - DAY)
        self._happen(self.member, NOON - DAY - timedelta(hours=2))
        self._ask()
        self.assertEqual(self._asked().origin_name, "S2", "the first of them")

    def test_a_longer_peace_holds_for_who_was_asked_before(self):
        self._create_rule()
        self._happen(self.member)
        self._ask()
        self.company.survey_gap_days = 90
        self._happen(self.member, NOON + 39 * DAY)
        self._ask(NOON + 40 * DAY)
        self.assertEqual(len(self._asked()), 1)

    # ------------------------------------------------------------------ what must be there
    def test_a_rule_needs_an_approved_template_that_says_where_to_answer(self):
        with self.assertRaisesRegex(UserError, "approved template of the kind Survey"):
            self._create_rule(sms_template_id=self._create_template("${member}：shop.cn/q/${code}", kind="marketing").id)
        with self.assertRaisesRegex(UserError, "does not say where to answer"):
            self._create_rule(sms_template_id=self._create_template("${member}，请评价", kind="survey").id)
        with self.assertRaisesRegex(UserError, "Nobody fills in"):
            self._create_rule(sms_template_id=self._create_template("${coupon}：shop.cn/q/${code}", kind="survey").id)

    def test_no_other_way_leads_to_a_rule_that_runs_and_is_not_complete(self):
        rule = self._create_rule(is_running=False, sms_template_id=False)
        with self.assertRaisesRegex(ValidationError, "approved template"):
            rule.write({"state": "running"})

    def test_a_survey_without_questions_is_not_sent(self):
        empty = self.env["survey.survey"].with_user(self.manager).create({"title": "Empty"})
        with self.assertRaisesRegex(UserError, "no questions"):
            self._create_rule(survey_id=empty.id)

    def test_a_condition_that_cannot_be_read_is_refused_at_once(self):
        with self.assertRaisesRegex(ValidationError, "cannot be read"):
            self._create_rule(is_running=False, member_domain="[('no_such_field', '=', 1)]")

    def test_a_condition_on_what_its_author_may_not_read_is_refused(self):
        with self.assertRaises(AccessError):
            self._create_rule(is_running=False, member_domain="[('company_id.sms_webhook_token', 'like', 'a')]")

    def test_a_rule_that_asked_is_archived_not_deleted(self):
        rule = self._create_rule()
        self._happen(self.member)
        self._ask()
        with self.assertRaisesRegex(UserError, "archived, not deleted"):
            rule.unlink()

    def test_the_moment_of_the_start_follows_from_the_button(self):
        rule = self._create_rule(is_running=False)
        with freeze_time(NOON):
            rule.action_start()
        self.assertEqual(rule.started_at, NOON)
