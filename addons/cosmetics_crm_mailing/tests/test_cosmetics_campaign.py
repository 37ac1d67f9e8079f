"""A campaign from its draft to its result."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from ..tools.holdout import is_held_out
from .common import NOON, MailingCommon

RUN = "cosmetics_crm_mailing.ir_cron_campaign_run"
CHUNK = "odoo.addons.cosmetics_crm_mailing.models.cosmetics_campaign_run.CHUNK"


class CampaignCommon(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.campaign"].search([("state", "in", ("scheduled", "running"))]).state = "done"
        cls.template = cls._create_template()
        with freeze_time(NOON - timedelta(days=1)):
            cls.members = cls.env["res.partner"].union(*(cls._create_reachable(f"会员{number}") for number in range(6)))
        cls.coupons = cls.env["loyalty.program"].create({"name": "Test Coupons", "program_type": "coupons"})
        cls.segment = cls.env["cosmetics.member.segment"].create({"name": "All Six", "domain": f"[('id', 'in', {cls.members.ids})]"})

    def _campaign(self, user=None, **vals):
        vals = {
            "name": "Test",
            "segment_id": self.segment.id,
            "sms_template_id": self.template.id,
            "holdout_percent": 0,
            "start_at": NOON,
            **vals,
        }
        return self.env["cosmetics.campaign"].with_user(user or self.manager).create(vals)

    def _started(self, **vals):
        campaign = self._campaign(**vals)
        with freeze_time(NOON):
            campaign.action_schedule()
        self._run_cron(RUN)
        return campaign


@tagged("post_install", "-at_install")
class TestCampaign(CampaignCommon):
    # ------------------------------------------------------------------ running
    def test_members_get_their_coupon_and_their_message(self):
        campaign = self._started(offer="coupon", program_id=self.coupons.id, coupon_days=30)
        self.assertEqual(campaign.state, "done")
        self.assertEqual(campaign.member_ids.partner_id, self.members)
        self.assertEqual(set(campaign.member_ids.card_id.mapped("expiration_date")), {date(2026, 6, 5)})
        self._run_queue()
        self.assertEqual(len(self.provider.sent), 6)
        by_name = {request.params["member"]: request.params["coupon"] for request in self.provider.sent}
        row = campaign.member_ids[0]
        self.assertEqual(by_name[row.partner_id.name], row.card_id.code)

    def test_messages_belong_to_one_mailing_of_odoo_with_a_trace_each(self):
        campaign = self._started()
        mailing = campaign.mailing_ids
        self.assertEqual((len(mailing), mailing.mailing_type, len(mailing.mailing_trace_ids)), (1, "sms", 6))
        self._run_queue()
        self.assertEqual(set(mailing.mailing_trace_ids.mapped("trace_status")), {"pending"})

    def test_running_again_addresses_nobody_twice(self):
        campaign = self._started(offer="coupon", program_id=self.coupons.id)
        campaign.sudo().state = "running"
        self._run_cron(RUN)
        self._run_queue()
        self.assertEqual((len(campaign.member_ids), len(self.provider.sent)), (6, 6))
        self.assertEqual(self.env["loyalty.card"].search_count([("program_id", "=", self.coupons.id)]), 6)

    def test_half_done_it_goes_on_where_it_stopped(self):
        campaign = self._campaign(offer="coupon", program_id=self.coupons.id)
        with freeze_time(NOON):
            campaign.action_schedule()
            half = campaign.sudo()
            half.state = "running"
            half._draw()
            with patch(CHUNK, 2):
                self.assertEqual([half._make_offers(), half._make_offers(), half._send_chunk()], [2, 2, 2])
        self.assertEqual(sorted(campaign.member_ids.mapped("state")), ["drawn"] * 2 + ["ready"] * 2 + ["sent"] * 2)
        self._run_cron(RUN)
        self._run_queue()
        self.assertEqual((campaign.state, len(self.provider.sent)), ("done", 6))
        self.assertEqual(len({request.phone for request in self.provider.sent}), 6)
        self.assertEqual(self.env["loyalty.card"].search_count([("program_id", "=", self.coupons.id)]), 6)

    def test_database_refuses_a_member_twice_in_one_round(self):
        campaign = self._started()
        row = campaign.member_ids[0]
        vals = {"campaign_id": campaign.id, "company_id": self.company.id, "partner_id": row.partner_id.id, "round": row.round}
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["cosmetics.campaign.member"].create(vals)

    def test_hold_out_is_drawn_by_lot_and_gets_nothing(self):
        campaign = self._started(holdout_percent=50, offer="coupon", program_id=self.coupons.id)
        held = campaign.member_ids.filtered("is_holdout")
        expected = self.members.filtered(lambda member: is_held_out(campaign.seed, member.id, 50))
        self.assertEqual(held.partner_id, expected)
        self.assertFalse(held.card_id)
        self._run_queue()
        self.assertEqual(len(self.provider.sent), 6 - len(expected))

    def test_only_members_who_agreed_are_drawn_into_either_group(self):
        self.members[0].consent_ids.with_user(self.manager).action_withdraw()
        self.env["phone.blacklist"]._add([self.members[1].member_phone])
        campaign = self._started()
        self.assertEqual(campaign.member_ids.partner_id, self.members[2:])

    def test_points_are_given_through_the_ledger_once(self):
        points = self.env["loyalty.program"].create({"name": "Points", "program_type": "loyalty", "trigger": "auto", "applies_on": "both"})
        campaign = self._started(offer="points", program_id=points.id, points=50)
        cards = campaign.member_ids.card_id
        self.assertEqual(set(cards.mapped("points")), {50})
        campaign.sudo().member_ids.state = "drawn"
        campaign.sudo().state = "running"
        self._run_cron(RUN)
        self.assertEqual(set(cards.mapped("points")), {50})

    def test_budget_stops_the_sending(self):
        with patch(CHUNK, 2):
            campaign = self._started(budget=0.21)  # four messages of 0.05
        self.assertEqual(sorted(campaign.member_ids.mapped("state")), ["sent"] * 4 + ["skipped"] * 2)

    def test_stopped_campaign_cancels_what_waits(self):
        campaign = self._started()
        campaign.sudo().state = "running"
        campaign.action_cancel()
        self._run_queue()
        self.assertEqual(self.provider.sent, [])

    def test_segment_changed_later_does_not_change_the_campaign(self):
        campaign = self._started()
        self.segment.domain = "[('id', '=', 0)]"
        self.assertEqual(len(campaign.member_ids), 6)

    def test_emails_go_to_those_who_agreed_to_emails(self):
        reader = self._create_reachable("读信人", codes=("email",), email="reader@example.com")
        self.segment.domain = f"[('id', 'in', {[*self.members.ids, reader.id]})]"
        campaign = self._started(channel="both", email_subject="春日焕新", email_body="<p>您好 <t t-out='object.member'/></p>")
        mailing = campaign.mailing_ids.filtered(lambda mailing: mailing.mailing_type == "mail")
        self.assertEqual(mailing.mailing_trace_ids.mapped("email"), ["reader@example.com"])
        self._run_queue()
        self.assertEqual(len(self.provider.sent), 6, "who agreed to e-mails alone gets no SMS")

    # ------------------------------------------------------------------ birthdays
    def test_birthday_campaign_addresses_each_member_once_a_year(self):
        self.members[0].birthday, self.members[1].birthday = date(1990, 5, 10), date(1991, 5, 20)
        campaign = self._started(kind="birthday", birthday_days=7)
        self.assertEqual((campaign.state, campaign.member_ids.partner_id), ("running", self.members[0]))
        self._run_cron(RUN, NOON + timedelta(days=1))
        self.assertEqual(len(campaign.member_ids), 1)
        self._run_cron(RUN, NOON + timedelta(days=10))
        self.assertEqual(campaign.member_ids.partner_id, self.members[:2])
        self._run_cron(RUN, NOON + timedelta(days=365))
        self.assertEqual(sorted(campaign.member_ids.filtered(lambda row: row.partner_id == self.members[0]).mapped("round")), [2026, 2027])

    def test_birthday_of_january_that_is_prepared_in_december_is_one_birthday(self):
        self.members[0].birthday = date(1990, 1, 3)
        campaign = self._started(kind="birthday", birthday_days=7, start_at=NOON)
        for day in ("2026-12-28 04:00:00", "2026-12-31 04:00:00", "2027-01-02 04:00:00"):
            self._run_cron(RUN, day)
        self.assertEqual(campaign.member_ids.mapped("round"), [2027])

    def test_birthday_of_december_is_not_kept_again_when_those_of_january_come_near(self):
        self.members[0].birthday, self.members[1].birthday = date(1990, 12, 30), date(1990, 1, 3)
        campaign = self._started(kind="birthday", birthday_days=7, start_at=NOON)
        for day in ("2026-12-24 04:00:00", "2026-12-28 04:00:00", "2027-12-24 04:00:00"):
            self._run_cron(RUN, day)
        rounds = sorted((row.partner_id.id, row.round) for row in campaign.member_ids)
        self.assertEqual(rounds, [(self.members[0].id, 2026), (self.members[0].id, 2027), (self.members[1].id, 2027)])

    def test_birthday_of_new_year_is_one_birthday_in_the_first_hours_of_the_day(self):
        self.members[0].birthday = date(1990, 1, 1)
        campaign = self._started(kind="birthday", birthday_days=0, start_at=NOON)
        for moment in ("2026-12-31 17:00:00", "2027-01-01 01:00:00"):  # 1:00 and 9:00 of 1 January in Xi'an
            self._run_cron(RUN, moment)
        self.assertEqual(campaign.member_ids.mapped("round"), [2027])

    # ------------------------------------------------------------------ approval
    def test_expensive_campaign_needs_somebody_else(self):
        self.company.campaign_cost_limit = 0.1
        campaign = self._campaign()
        campaign.action_schedule()
        self.assertEqual(campaign.state, "to_approve")
        with self.assertRaises(UserError):
            campaign.action_approve()
        campaign.with_user(self.approver).action_approve()
        self.assertEqual((campaign.state, campaign.approved_by_id), ("scheduled", self.approver))

    def test_approver_does_not_approve_the_own_campaign(self):
        self.company.campaign_cost_limit = 0
        campaign = self._campaign(self.approver)
        campaign.action_schedule()
        with self.assertRaises(UserError):
            campaign.action_approve()

    def test_state_is_not_written_past_the_approval(self):
        self.company.campaign_cost_limit = 0
        campaign = self._campaign()
        for state in ("scheduled", "running", "done"):
            with self.subTest(state=state), self.assertRaises(UserError):
                campaign.write({"state": state})
        with self.assertRaises(UserError):
            self._campaign(state="scheduled")

    def test_what_was_approved_does_not_change(self):
        campaign = self._started()
        other = self.env["cosmetics.member.segment"].create({"name": "Other"})
        for vals in ({"segment_id": other.id}, {"holdout_percent": 5}, {"channel": "email"}, {"seed": "x"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                campaign.write(vals)
        campaign.name = "Another Name"

    def test_incomplete_campaign_is_not_scheduled(self):
        notice = self._create_template("您好", "notice")
        for vals in (
            {"sms_template_id": notice.id},
            {"sms_template_id": False},
            {"channel": "both"},
            {"offer": "coupon"},
            {"offer": "points", "program_id": self.coupons.id, "points": 5},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self._campaign(**vals).action_schedule()

    def test_template_whose_variables_nobody_fills_in_is_refused(self):
        with self.assertRaises(UserError):
            self._campaign(sms_template_id=self._create_template("您好${weather}，回T退订").id).action_schedule()

    def test_started_campaign_is_not_deleted(self):
        campaign = self._started()
        with self.assertRaises(UserError):
            campaign.unlink()

    def test_manager_does_not_write_rows_of_members(self):
        row = self._started().member_ids[0].with_user(self.manager)
        with self.assertRaises(AccessError):
            row.is_buyer = True

    def test_hold_out_lies_between_nothing_and_everybody(self):
        for percent in (-1, 100):
            with self.subTest(percent=percent), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self._campaign(holdout_percent=percent).flush_recordset()


@tagged("post_install", "-at_install")
class TestCampaignResult(CampaignCommon):
    def test_result_compares_with_the_hold_out(self):
        campaign = self._started(holdout_percent=50, seed="fixed")
        sent, held = campaign.member_ids.filtered(lambda row: row.state == "sent"), campaign.member_ids.filtered("is_holdout")
        self._run_queue()
        product = self._create_product(standard_price=40)
        self._buy(
            (sent[0].partner_id, "2026-05-08 02:00:00", 113, product),
            (held[0].partner_id, "2026-05-08 02:00:00", 113, product),
            (sent[0].partner_id, "2026-06-30 02:00:00", 999, product),  # after the result days
            (sent[0].partner_id, "2026-05-01 02:00:00", 999, product),  # before the start
        )
        campaign._refresh_results()
        self.assertEqual((campaign.addressed_count, campaign.holdout_count), (len(sent), len(held)))
        self.assertEqual((campaign.buyer_count, campaign.revenue), (1, 113))
        self.assertAlmostEqual(campaign.buyer_share, 100 / len(sent), 2)
        self.assertAlmostEqual(campaign.uplift, 100 / len(sent) - 100 / len(held), 2)
        self.assertLess(campaign.uplift_low, campaign.uplift_high)
        self.assertAlmostEqual(campaign.extra_revenue, 113 - 113 / len(held) * len(sent), 2)
        self.assertAlmostEqual(campaign.message_cost, 0.05 * len(sent), 2)
        tax = 1 + self.company.account_sale_tax_id.amount / 100
        margin = 113 / tax - 40
        self.assertAlmostEqual(campaign.profit, margin - margin / len(held) * len(sent) - 0.05 * len(sent), 1)

    def test_coupon_used_at_any_till_or_order_counts(self):
        campaign = self._started(offer="coupon", program_id=self.coupons.id)
        card = campaign.member_ids[0].card_id
        self.env["loyalty.history"].create(
            {"card_id": card.id, "description": "Till", "used": 1, "order_model": "res.partner", "order_id": 1}
        )
        campaign._refresh_results()
        self.assertEqual((campaign.used_count, campaign.member_ids.filtered("is_coupon_used").card_id), (1, card))

    def test_delivery_counts_once_the_provider_reports_it(self):
        campaign = self._started()
        self._run_queue()
        sms = self.env["sms.sms"].search([("mailing_id", "=", campaign.mailing_ids.id)], limit=1)
        self.env["cosmetics.sms.reply"]._note_report(sms, type("R", (), {"is_delivered": True, "provider_ref": "", "reason": ""}))
        campaign._refresh_results()
        self.assertEqual((campaign.sent_count, campaign.delivered_count), (6, 1))

    def test_small_numbers_prove_nothing(self):
        campaign = self._started(holdout_percent=50, seed="fixed")
        self.assertIn(f"{campaign.uplift_low:.1f}", campaign.verdict)

    def test_without_hold_out_the_result_says_so(self):
        campaign = self._started()
        self.assertEqual((campaign.uplift, campaign.holdout_count), (0, 0))
        self.assertTrue(campaign.verdict)

    def test_adviser_sees_that_a_member_has_a_coupon_and_nothing_else(self):
        campaign = self._started(offer="coupon", program_id=self.coupons.id)
        member = campaign.member_ids[0].partner_id.with_user(self.adviser)
        with freeze_time(NOON):
            self.assertEqual(member.member_coupon_count, 1)
        with self.assertRaises(AccessError):
            campaign.with_user(self.adviser).read(["name"])
        with self.assertRaises(AccessError):
            member.read(["campaign_member_ids"])

    def test_segment_leads_to_its_campaign(self):
        action = self.segment.with_user(self.manager).action_make_campaign()
        self.assertEqual(action["context"]["default_segment_id"], self.segment.id)
