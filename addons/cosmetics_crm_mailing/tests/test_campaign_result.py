"""What a campaign is said to have done: the sentence, the sums, the nightly run, and where the buttons lead."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import NOON
from .test_cosmetics_campaign import CampaignCommon

RESULTS = "cosmetics_crm_mailing.ir_cron_campaign_results"


@tagged("post_install", "-at_install")
class TestCampaignResult(CampaignCommon):
    def _judged(self, **vals):
        """Return the sentence about a campaign whose figures are these."""
        campaign = self._campaign()
        figures = {"computed_at": NOON, "addressed_count": 100, "holdout_count": 100, "uplift_low": 0, "uplift_high": 0, **vals}
        campaign.sudo().write(figures)
        return campaign.verdict

    # ------------------------------------------------------------------ the sentence
    def test_campaign_that_has_not_run_has_no_result(self):
        self.assertEqual(self._campaign().verdict, "No result yet.")

    def test_uplift_that_is_surely_above_nothing_has_worked(self):
        self.assertIn("The campaign worked: 1.5 to 9.0 more of 100", self._judged(uplift_low=1.5, uplift_high=9))

    def test_uplift_that_is_surely_below_nothing_has_done_harm(self):
        self.assertIn("did harm", self._judged(uplift_low=-9, uplift_high=-0.1))

    def test_uplift_that_may_be_nothing_is_not_proven(self):
        for low, high in ((-1, 3), (0, 3), (-3, 0)):
            with self.subTest(low=low, high=high):
                self.assertIn("Not proven", self._judged(uplift_low=low, uplift_high=high))

    def test_nobody_addressed_or_nobody_held_out_proves_nothing(self):
        for name in ("addressed_count", "holdout_count"):
            with self.subTest(name=name):
                self.assertIn("Without a hold-out", self._judged(**{name: 0, "uplift_low": 5}))

    # ------------------------------------------------------------------ the sums
    def test_purchases_before_the_draw_and_after_the_days_do_not_count(self):
        campaign = self._started(result_days=14)
        early, inside, late = self.members[:3]
        self._buy((early, "2026-05-06 03:59:00", 100), (inside, "2026-05-20 03:59:00", 100), (late, "2026-05-20 04:00:00", 100))
        campaign.action_refresh_results()
        self.assertEqual(campaign.member_ids.filtered("is_buyer").partner_id, inside)
        self.assertEqual((campaign.buyer_count, campaign.revenue), (1, 100))

    def test_member_who_gave_everything_back_is_no_buyer(self):
        campaign = self._started()
        self._buy((self.members[0], "2026-05-07 02:00:00", 100), (self.members[0], "2026-05-08 02:00:00", -100))
        campaign.action_refresh_results()
        self.assertEqual((campaign.buyer_count, campaign.revenue), (0, 0))

    def test_margin_is_without_what_the_goods_cost(self):
        campaign = self._started()
        product = self._create_product(name="Serum", standard_price=30)
        self.company.account_sale_tax_id = False
        self._buy((self.members[0], "2026-05-07 02:00:00", 100, product))
        campaign.action_refresh_results()
        self.assertEqual(campaign.member_ids.filtered("is_buyer").margin, 70)

    def test_messages_cost_what_the_provider_took(self):
        campaign = self._started()
        self._run_queue()
        campaign.action_refresh_results()
        self.assertAlmostEqual(campaign.message_cost, 6 * 0.05)

    # ------------------------------------------------------------------ the night
    def test_night_makes_results_of_four_months_anew_and_leaves_older_ones(self):
        young, old = self._started(), self._started()
        old.sudo().start_at = NOON - timedelta(days=121)
        (young | old).sudo().write({"computed_at": False})
        self._run_cron(RESULTS)
        self.assertEqual((bool(young.computed_at), bool(old.computed_at)), (True, False))

    def test_night_leaves_drafts_alone(self):
        draft = self._campaign()
        self._run_cron(RESULTS)
        self.assertFalse(draft.computed_at)

    # ------------------------------------------------------------------ buttons
    def test_members_and_mailings_of_a_campaign_are_those_of_no_other(self):
        first, second = self._started(), self._started()
        rows = self.env["cosmetics.campaign.member"].with_user(self.manager)
        self.assertEqual(rows.search(first.action_open_campaign_members()["domain"]), first.member_ids)
        mailings = self.env["mailing.mailing"].with_user(self.manager)
        self.assertEqual(mailings.search(second.action_open_mailings()["domain"]), second.mailing_ids)

    def test_campaign_that_has_started_is_not_taken_back(self):
        with self.assertRaisesRegex(UserError, "has started"):
            self._started().action_draft()

    def test_campaign_that_has_not_started_is_taken_back(self):
        campaign = self._campaign(start_at=NOON + timedelta(days=9))
        campaign.action_schedule()
        campaign.action_draft()
        self.assertEqual((campaign.state, campaign.requested_by_id.ids), ("draft", []))

    def test_campaign_is_not_made_in_a_later_state(self):
        for state in ("scheduled", "running", "done"):
            with self.subTest(state=state), self.assertRaisesRegex(UserError, "follows from its buttons"):
                self._campaign(state=state)

    def test_what_is_missing_is_said_in_one_sentence(self):
        points = self.env["loyalty.program"].create({"name": "Points", "program_type": "loyalty", "applies_on": "both", "trigger": "auto"})
        cases = (
            ({"sms_template_id": self._create_template("尊敬的${member}，您好", "notice").id}, "approved marketing template"),
            ({"channel": "email"}, "subject and the text"),
            ({"offer": "coupon", "program_id": points.id}, "coupon program"),
            ({"offer": "points", "program_id": points.id, "points": 0}, "how many points"),
            ({"offer": "points", "program_id": self.coupons.id, "points": 5}, "points program"),
        )
        for vals, sentence in cases:
            with self.subTest(sentence=sentence), self.assertRaisesRegex((UserError, ValidationError), sentence):
                self._campaign(**vals).action_schedule()

    def test_campaign_in_the_middle_of_the_night_waits_for_the_morning(self):
        campaign = self._started()
        self._run_queue(NOON.replace(hour=15))
        self.assertEqual((self.provider.sent, set(campaign.mailing_ids.mailing_trace_ids.mapped("trace_status"))), ([], {"outgoing"}))
        self._run_queue(NOON + timedelta(days=1))
        self.assertEqual(len(self.provider.sent), 6)

    def test_birthday_campaign_goes_on_until_its_last_day(self):
        campaign = self._started(kind="birthday", end_on="2026-05-07")
        self.assertEqual(campaign.state, "running")
        with freeze_time("2026-05-08 04:00:00"):
            campaign.sudo()._finish()
        self.assertEqual(campaign.state, "done")
