"""Who belongs to a segment, and who not."""

from datetime import date

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import MailingCommon

DAY = "2026-05-06 04:00:00"


@tagged("post_install", "-at_install")
class TestMemberSegment(MailingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(DAY):
            cls.one = cls._create_reachable("王一")
            cls.two = cls._create_reachable("李二")
        cls.both = cls.one + cls.two

    def setUp(self):
        super().setUp()
        freezer = freeze_time(DAY)
        freezer.start()
        self.addCleanup(freezer.stop)

    def _segment(self, **vals):
        return self.env["cosmetics.member.segment"].with_user(self.manager).create({"name": "Test Segment", **vals})

    def _found(self, **vals):
        """Return which of the two members fit."""
        return self.env["res.partner"].search(self._segment(**vals)._get_domain()) & self.both

    def test_segment_without_conditions_is_every_member_and_nobody_else(self):
        stranger = self.env["res.partner"].create({"name": "Nobody"})
        found = self.env["res.partner"].search(self._segment()._get_domain())
        self.assertLessEqual(self.both, found)
        self.assertNotIn(stranger, found)

    def test_tier_store_skin_and_brand(self):
        brand = self._create_brand()
        skin = self.env["cosmetics.skin.type"].search([], limit=1)
        concern = self.env["cosmetics.skin.concern"].search([], limit=1)
        self.two.write(
            {
                "member_store_id": self.other_store.id,
                "skin_type_id": skin.id,
                "skin_concern_ids": [Command.set(concern.ids)],
                "preferred_brand_ids": [Command.set(brand.ids)],
            }
        )
        self.two.sudo().member_tier_id = self.gold
        for name, record in (
            ("tier_ids", self.gold),
            ("store_ids", self.other_store),
            ("skin_type_ids", skin),
            ("skin_concern_ids", concern),
            ("preferred_brand_ids", brand),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._found(**{name: [Command.set(record.ids)]}), self.two)

    def test_birthday_within_days_whatever_the_year(self):
        self.one.birthday, self.two.birthday = date(1990, 5, 10), date(1985, 6, 10)
        self.assertEqual(self._found(is_birthday_near=True, birthday_days=7), self.one)
        self.assertEqual(self._found(is_birthday_near=True, birthday_days=40), self.both)
        self.assertEqual(self._found(birthday_month=6), self.two)

    def test_consent_counts_until_it_is_withdrawn(self):
        self.assertEqual(self._found(consent="sms"), self.both)
        self.two.consent_ids.with_user(self.manager).action_withdraw()
        self.assertEqual(self._found(consent="sms"), self.one)
        self.assertFalse(self._found(consent="email"))

    def test_figures_of_the_night(self):
        self._buy((self.one, "2026-05-01 02:00:00", 900), (self.two, "2025-06-01 02:00:00", 100))
        self.env["cosmetics.member.figures"]._rebuild()
        self.assertEqual(self._found(sleeping_days=90), self.two)
        self.assertEqual(self._found(spend_from=500), self.one)
        self.assertEqual(self._found(spend_to=500), self.two)
        word = self.one.member_figures_ids.segment
        self.assertIn(self.one, self._found(rfm=word))

    def test_what_was_bought_where_how_and_when(self):
        brand = self._create_brand()
        serum = self._create_product(name="Serum", brand_id=brand.id)
        cream = self._create_product(name="Cream")
        self._buy((self.one, "2026-05-01 02:00:00", 90, serum, 1, "pos"), (self.two, "2026-01-01 02:00:00", 50, cream, 1, "sale"))
        self.assertEqual(self._found(bought_product_ids=[Command.set(serum.ids)]), self.one)
        self.assertEqual(self._found(bought_brand_ids=[Command.set(brand.ids)]), self.one)
        self.assertEqual(self._found(bought_category_ids=[Command.set(cream.categ_id.ids)]), self.both)
        self.assertEqual(self._found(bought_source="sale"), self.two)
        self.assertEqual(self._found(bought_days=30), self.one)
        self.assertEqual(self._found(bought_store_ids=[Command.set(self.store.ids)]), self.both)
        self.assertFalse(self._found(bought_store_ids=[Command.set(self.other_store.ids)]))

    def test_buyers_of_goods_to_move(self):
        serum = self._create_product(name="Serum")
        self._buy((self.one, "2026-05-01 02:00:00", 90, serum), (self.two, "2026-05-01 02:00:00", 90))
        self.assertFalse(self._found(near_expiry_days=60))
        self.patch(type(self.env["cosmetics.member.segment"]), "_get_products_near_expiry", lambda segment, days: serum)
        self.assertEqual(self._found(near_expiry_days=60), self.one)

    def test_points_that_expire_soon(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Test Points",
                "program_type": "loyalty",
                "trigger": "auto",
                "applies_on": "both",
                "points_validity": "months",
                "points_validity_months": 1,
            }
        )
        self.env["loyalty.card"].create({"program_id": program.id, "partner_id": self.one.id, "points": 50})
        self.assertEqual(self._found(points_days=60), self.one)
        self.assertFalse(self._found(points_days=1))

    def test_who_refused_profiling_is_left_out_where_behaviour_decides(self):
        self._buy((self.one, "2026-05-01 02:00:00", 90), (self.two, "2026-05-01 02:00:00", 90))
        self.two.no_profiling = True
        self.assertEqual(self._found(bought_days=30), self.one)
        self.assertEqual(self._found(), self.both)

    def test_conditions_of_one_s_own_and_quick_ones_both_count(self):
        self.assertEqual(self._found(domain="[('name', '=', '王一')]", store_ids=[Command.set(self.store.ids)]), self.one)

    def test_condition_that_does_not_work_is_refused_when_it_is_written(self):
        for domain in ("[('nonsense', '=', 1)]", "nonsense", "[('name')]", "__import__('os')"):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self._segment(domain=domain)

    def test_members_are_counted_at_night(self):
        segment = self._segment(domain="[('name', 'in', ('王一', '李二'))]")
        self._run_cron("cosmetics_crm_mailing.ir_cron_segment_refresh", DAY)
        self.assertEqual((segment.member_count, segment.counted_at), (2, fields.Datetime.to_datetime(DAY)))

    def test_members_of_the_moment_can_be_opened(self):
        action = self._segment(domain="[('name', '=', '王一')]").action_open_members()
        self.assertEqual(action["domain"], [("id", "in", self.one.ids)])

    def test_segment_of_another_company_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Second"})
        segment = self.env["cosmetics.member.segment"].create({"name": "Theirs", "company_id": other.id})
        with self.assertRaises(AccessError):
            segment.with_user(self.manager).read(["name"])

    def test_condition_on_what_its_author_may_not_read_is_refused(self):
        with self.assertRaises(AccessError):
            self._segment(domain="[('company_id.sms_webhook_token', 'like', 'a')]")

    # ------------------------------------------------------------------ edges
    def test_birthday_of_today_and_of_the_last_day_are_near_and_those_beside_are_not(self):
        for day, is_near in ((5, False), (6, True), (13, True), (14, False)):
            with self.subTest(day=day):
                self.one.birthday = date(1990, 5, day)
                self.assertEqual(self.one in self._found(is_birthday_near=True, birthday_days=7), is_near)

    def test_birthday_on_the_other_side_of_new_year_is_near(self):
        self.one.birthday, self.two.birthday = date(1990, 1, 2), date(1990, 1, 9)
        with freeze_time("2026-12-30 04:00:00"):
            self.assertEqual(self._found(is_birthday_near=True, birthday_days=7), self.one)

    def test_member_without_a_birthday_has_none_near(self):
        self.one.birthday = False
        self.assertNotIn(self.one, self._found(is_birthday_near=True, birthday_days=364))

    def test_day_of_the_birthday_is_that_of_china(self):
        self.one.birthday = date(1990, 5, 7)
        with freeze_time("2026-05-06 16:30:00"):  # 0:30 of 7 May
            self.assertIn(self.one, self._found(is_birthday_near=True, birthday_days=0))

    def test_two_conditions_have_to_fit_the_same_member(self):
        self.one.member_store_id = self.other_store
        self.two.sudo().member_tier_id = self.gold
        self.assertFalse(self._found(store_ids=[Command.set(self.other_store.ids)], tier_ids=[Command.set(self.gold.ids)]))

    def test_two_tiers_are_either_of_them(self):
        self.one.sudo().member_tier_id, self.two.sudo().member_tier_id = self.silver, self.gold
        self.assertEqual(self._found(tier_ids=[Command.set((self.silver + self.gold).ids)]), self.both)

    def test_conditions_of_a_purchase_have_to_fit_the_same_purchase(self):
        serum, cream = self._create_product(name="Serum"), self._create_product(name="Cream")
        self._buy((self.one, "2026-05-01 02:00:00", 90, cream), (self.one, "2025-05-01 02:00:00", 90, serum))
        self.assertFalse(self._found(bought_product_ids=[Command.set(serum.ids)], bought_days=30))

    def test_what_was_given_back_is_no_purchase(self):
        self._buy((self.one, "2026-05-01 02:00:00", -90), (self.two, "2026-05-01 02:00:00", 90))
        self.assertEqual(self._found(bought_days=30), self.two)

    def test_archived_member_belongs_to_no_segment(self):
        self.one.sudo().active = False
        self.assertEqual(self._found(), self.two)

    def test_member_of_another_company_belongs_to_no_segment_of_ours(self):
        self.one.sudo().company_id = self.env["res.company"].create({"name": "Second"})
        self.assertEqual(self._found(), self.two)

    def test_days_and_months_out_of_range_are_refused(self):
        for vals in ({"birthday_days": -1}, {"sleeping_days": -1}, {"bought_days": -1}, {"birthday_month": 13}):
            with self.subTest(vals=vals), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self._segment(**vals).flush_recordset()

    def test_archived_segment_is_not_counted_at_night(self):
        segment = self._segment(active=False)
        self._run_cron("cosmetics_crm_mailing.ir_cron_segment_refresh", DAY)
        self.assertFalse(segment.counted_at)

    def test_button_counts_at_once(self):
        segment = self._segment(domain="[('name', 'in', ('王一', '李二'))]")
        segment.action_refresh()
        self.assertEqual(segment.member_count, 2)

    def test_adviser_neither_counts_nor_opens_a_segment(self):
        segment = self._segment()
        for method in ("action_refresh", "action_open_members"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(segment.with_user(self.adviser), method)()
