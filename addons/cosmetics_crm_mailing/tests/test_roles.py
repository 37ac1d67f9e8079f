"""Who may do what over RPC, past every view: adviser, member manager, approver, and a user with no role at all."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import NOON
from .test_cosmetics_campaign import CampaignCommon

MODELS = (
    "cosmetics.campaign",
    "cosmetics.campaign.member",
    "cosmetics.member.segment",
    "cosmetics.sms.template",
    "cosmetics.sms.reply",
    "cosmetics.coupon.redemption",
)


@tagged("post_install", "-at_install")
class TestRoles(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = cls._create_user("test_no_role")

    def _call(self, user, record, method, *args, **kwargs):
        """Call a method as a client does: public methods only, with the rights of the user."""
        model = self.env[record._name].with_user(user)
        return call_kw(model, method, [record.ids, *args], kwargs)

    def _waiting(self):
        """Return a campaign that waits for somebody's approval; the member manager asked for it."""
        self.company.campaign_cost_limit = 0
        campaign = self._campaign()
        campaign.action_schedule()
        self.assertEqual(campaign.state, "to_approve")
        return campaign

    # ------------------------------------------------------------------ reading
    def test_user_without_a_role_reads_nothing_of_marketing(self):
        for name in MODELS:
            with self.subTest(model=name), self.assertRaises(AccessError):
                call_kw(self.env[name].with_user(self.nobody), "search_read", [[], ["id"]], {})

    def test_adviser_reads_no_log_and_no_campaign(self):
        for name in (*MODELS, "sms.sms"):
            with self.subTest(model=name), self.assertRaises(AccessError):
                call_kw(self.env[name].with_user(self.adviser), "search_read", [[], ["id"]], {})

    def test_member_manager_reads_all_of_it(self):
        for name in (*MODELS, "sms.sms", "phone.blacklist"):
            with self.subTest(model=name):
                self.assertIsInstance(call_kw(self.env[name].with_user(self.manager), "search_read", [[], ["id"]], {"limit": 1}), list)

    def test_word_of_the_webhook_is_not_read_by_marketing(self):
        for name in ("sms_webhook_token", "sms_webhook_url"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._call(self.manager, self.company, "read", [name])

    # ------------------------------------------------------------------ what nobody writes by hand
    def test_member_manager_writes_no_row_of_the_proofs(self):
        for name, vals in (
            ("cosmetics.sms.reply", {"company_id": self.company.id, "number": "1", "received_at": NOON, "key": "x"}),
            ("cosmetics.campaign.member", {"campaign_id": self._campaign().id, "partner_id": self.members[0].id}),
            ("cosmetics.coupon.redemption", {}),
            ("sms.sms", {"number": "13912345678", "body": "x"}),
        ):
            with self.subTest(model=name), self.assertRaises(AccessError):
                call_kw(self.env[name].with_user(self.manager), "create", [[vals]], {})

    def test_member_manager_deletes_no_refused_number(self):
        row = self.env["phone.blacklist"].create({"number": self.members[0].member_phone})
        with self.assertRaises(AccessError):
            self._call(self.manager, row, "unlink")

    def test_member_manager_does_not_change_the_settings_of_the_company(self):
        for vals in ({"sms_cap_count": 0}, {"sms_closes": 21}, {"campaign_cost_limit": 1_000_000}, {"coupon_order_limit": 0}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self._call(self.manager, self.company, "write", vals)

    def test_steps_of_the_scheduler_are_not_called_from_outside(self):
        campaign = self._campaign()
        for method in ("_cron_run", "_run", "_draw", "_set_state", "_make_offers"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(self.manager, campaign, method)

    # ------------------------------------------------------------------ approval
    def test_member_manager_does_not_approve(self):
        campaign = self._waiting()
        with self.assertRaises(UserError):
            self._call(self.manager, campaign, "action_approve")
        self.assertEqual(campaign.state, "to_approve")

    def test_second_member_manager_does_not_approve_either(self):
        campaign = self._waiting()
        with self.assertRaises(UserError):
            self._call(self._create_user("test_second_manager", "cosmetics_crm.group_member_manager"), campaign, "action_approve")

    def test_adviser_schedules_stops_and_approves_nothing(self):
        campaign = self._waiting()
        for method in ("action_schedule", "action_approve", "action_cancel", "action_draft"):
            with self.subTest(method=method), self.assertRaises(UserError):
                self._call(self.adviser, campaign, method)
        self.assertEqual(campaign.state, "to_approve")

    def test_approver_who_asked_does_not_strike_out_the_own_name(self):
        self.company.campaign_cost_limit = 0
        campaign = self._campaign()
        self._call(self.approver, campaign, "action_schedule")
        with self.assertRaises(UserError):
            self._call(self.approver, campaign, "write", {"requested_by_id": False})
        with self.assertRaises(UserError):
            self._call(self.approver, campaign, "action_approve")

    def test_approval_is_not_written_in_somebody_else_s_name(self):
        campaign = self._waiting()
        with self.assertRaises(UserError):
            self._call(self.manager, campaign, "write", {"approved_by_id": self.approver.id})
        for name in ("approved_by_id", "requested_by_id"):
            with self.subTest(name=name), self.assertRaises(UserError):
                self._campaign(**{name: self.approver.id})

    def test_copy_of_an_approved_campaign_is_a_draft_nobody_approved(self):
        campaign = self._waiting()
        self._call(self.approver, campaign, "action_approve")
        copy = campaign.copy()
        self.assertEqual((copy.state, copy.approved_by_id, copy.requested_by_id), ("draft", *[self.env["res.users"]] * 2))

    def test_taken_back_it_has_to_be_approved_again(self):
        campaign = self._waiting()
        self._call(self.approver, campaign, "action_approve")
        self._call(self.manager, campaign, "action_draft")
        self.assertFalse(campaign.approved_by_id)
        self._call(self.manager, campaign, "action_schedule")
        self.assertEqual(campaign.state, "to_approve")

    # ------------------------------------------------------------------ other companies
    def test_records_of_another_company_are_not_read_by_their_number(self):
        other = self.env["res.company"].create({"name": "Second"})
        segment = self.env["cosmetics.member.segment"].create({"name": "Theirs", "company_id": other.id})
        vals = {"name": "Theirs", "company_id": other.id, "segment_id": segment.id}
        records = (
            self.env["cosmetics.campaign"].create(vals),
            self.env["cosmetics.sms.template"].create({"name": "Theirs", "text": "您好", "company_id": other.id}),
            self.env["cosmetics.sms.reply"].create(
                {"company_id": other.id, "number": "+8613912345678", "received_at": NOON, "key": "theirs"}
            ),
            self.env["sms.sms"].create({"number": "13912345678", "body": "x", "sms_company_id": other.id}),
        )
        for record in records:
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                self._call(self.manager, record, "read", ["id", "create_date"])

    def test_segment_of_no_company_is_everybody_s(self):
        segment = self.env["cosmetics.member.segment"].create({"name": "All", "company_id": False})
        self.assertEqual(self._call(self.manager, segment, "read", ["name"])[0]["name"], "All")

    def test_campaign_takes_no_template_of_another_company(self):
        other = self.env["res.company"].create({"name": "Second"})
        template = self._create_template(code="SMS_THEIRS")
        template.sudo().company_id = other
        with self.assertRaises(UserError):
            self._campaign(sms_template_id=template.id)
