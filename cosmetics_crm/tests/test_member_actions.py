"""Buttons, settings and small rules around members."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestMemberActions(MemberCommon):
    def test_the_form_of_joining_shows_what_was_found_and_asks_a_child_s_guardian(self):
        self._create_member("李晓梅", phone="13912345678")
        form = Form(self.env["cosmetics.member.join"].with_user(self.adviser))
        self.assertFalse(form.found_message)
        form.phone = "13912345678"
        self.assertIn("belongs to the member", form.found_message)
        with freeze_time("2026-11-28"):
            form.birthday = date(2020, 1, 1)
            self.assertTrue(form.is_under_14)

    def test_the_form_of_joining_reads_out_the_texts_that_are_asked(self):
        wizard = self._join_wizard()
        self.assertIn(self.env.ref("cosmetics_crm.cosmetics_consent_text_membership").body, wizard.consent_text)
        self.assertNotIn(self.env.ref("cosmetics_crm.cosmetics_consent_text_health").body, wizard.consent_text)

    def test_a_store_named_in_the_form_goes_before_the_own_one(self):
        self._assign_stores(self.adviser, self.store + self.other_store)
        action = self._join_wizard(store_id=self.other_store.id).action_join()
        self.assertEqual(self.env["res.partner"].browse(action["res_id"]).member_store_id, self.other_store)

    def test_who_works_in_several_stores_names_the_store(self):
        self._assign_stores(self.adviser, self.store + self.other_store)
        self.assertFalse(self.env["res.partner"].with_user(self.adviser)._default_join_store())

    def test_joining_without_the_consent_is_refused_whoever_calls(self):
        vals = {"name": "李晓梅", "phone": "13912345678"}
        with self.assertRaisesRegex(UserError, "without agreeing"):
            self.env["res.partner"].with_user(self.manager)._join_member(vals, ["sms"], "online")

    def test_a_number_nobody_can_have_finds_nobody(self):
        self.env["res.partner"].create({"name": "A", "phone": "029-87654321"})
        member, contact = self.env["res.partner"]._find_by_phone("029-87654321")
        self.assertFalse(member or contact)

    def test_the_purchases_open_for_one_member(self):
        member = self._create_member()
        action = member.with_user(self.adviser).action_open_member_purchases()
        self.assertEqual(action["domain"], [("partner_id", "=", member.id)])

    def test_the_members_of_a_tier_open(self):
        member = self._create_member(member_tier_id=self.gold.id)
        action = self.gold.with_user(self.manager).action_open_members()
        self.assertIn(member, self.env["res.partner"].search(action["domain"]))

    def test_the_settings_reach_the_company(self):
        self.env["res.config.settings"].create({"member_tier_window_months": 6, "member_tier_notice_days": 14}).execute()
        self.assertEqual((self.env.company.member_tier_window_months, self.env.company.member_tier_notice_days), (6, 14))

    def test_a_shorter_window_counts_less(self):
        member = self._create_member()
        with freeze_time("2026-11-28 04:00:00"):
            self._buy((member, "2026-03-01 03:00:00", 700), (member, "2026-11-01 03:00:00", 300))
            self.assertEqual(member._get_member_spends(date(2026, 11, 28))[member.id], 1000)
            self.env.company.member_tier_window_months = 6
            self.assertEqual(member._get_member_spends(date(2026, 11, 28))[member.id], 300)

    @mute_logger("odoo.sql_db")
    def test_a_window_of_no_months_is_refused(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env.company.member_tier_window_months = 0
            self.env.flush_all()

    def test_a_company_with_tiers_of_its_own_has_its_own_ladder(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        own = self.env["cosmetics.member.tier"].create({"name": "Own", "upgrade_amount": 500, "company_id": company.id})
        steps, records = self.env["cosmetics.member.tier"]._get_ladder(company)
        self.assertEqual({step.id for step in steps}, {own.id, self.basic.id})
        self.assertNotIn(own.id, self.env["cosmetics.member.tier"]._get_ladder(self.env.company)[1])
        self.assertEqual(records[own.id], own)

    @mute_logger("odoo.sql_db")
    def test_two_tiers_do_not_ask_for_the_same_spend(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["cosmetics.member.tier"].create({"name": "Twin", "upgrade_amount": 1000})

    def test_the_lowest_tier_is_not_deleted(self):
        self.env.cr.execute("DELETE FROM cosmetics_member_tier_move")
        with self.assertRaisesRegex(UserError, "no spend"):
            self.basic.with_user(self.manager).unlink()

    def test_a_tier_nobody_had_is_deleted(self):
        tier = self.env["cosmetics.member.tier"].with_user(self.manager).create({"name": "Draft", "upgrade_amount": 77})
        tier.unlink()
        self.assertFalse(tier.exists())

    def test_a_purpose_with_texts_is_archived_not_deleted(self):
        purpose = self.env.ref("cosmetics_crm.cosmetics_consent_purpose_share").with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Archive it"):
            purpose.unlink()
        purpose.active = False
        self.assertFalse(purpose.active)

    def test_a_purpose_without_texts_is_deleted(self):
        purpose = self.env["cosmetics.consent.purpose"].with_user(self.manager).create({"name": "Push", "code": "push"})
        purpose.unlink()
        self.assertFalse(purpose.exists())

    def test_consents_in_force_can_be_searched(self):
        member = self._create_member()
        given, gone = self._consent(member, "sms"), self._consent(member, "email")
        gone.action_withdraw()
        domain = [("partner_id", "=", member.id), ("is_active", "=", True), ("purpose_id.code", "!=", "membership")]
        self.assertEqual(self.env["cosmetics.consent"].with_user(self.manager).search(domain), given)

    def test_the_guardian_of_an_adult_is_not_asked(self):
        with freeze_time("2026-11-28"):
            member = self._create_member(birthday="2000-01-01")
            self.assertFalse(member.with_user(self.adviser).is_under_14)
            consent = self._consent(member, "sms")
        self.assertFalse(consent.guardian_name)

    def test_a_child_whose_guardian_is_taken_away_is_refused(self):
        with freeze_time("2026-11-28"):
            member = self._create_member(birthday="2020-01-01", guardian_name="李建国", guardian_phone="13812345678")
            with self.assertRaisesRegex(ValidationError, "under 14"):
                member.guardian_name = False

    def test_the_log_of_access_is_not_changed(self):
        log = self.env["cosmetics.member.access"].create({"partner_id": self._create_member().id, "kind": "copy"})
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            log.kind = "phone"

    def test_an_adviser_does_not_call_for_a_copy(self):
        with self.assertRaises(AccessError):
            self._create_member().with_user(self.adviser).action_download_personal_data()

    def test_a_member_s_own_fields_as_plain_rows(self):
        member = self._create_member("王小红", birthday="1990-05-20", preferred_brand_ids=self._create_brand("Rosewood").ids)
        row = member.with_user(self.manager)._get_personal_profile()
        self.assertIn("1990-05-20", row.values())
        self.assertIn("Rosewood", row.values())
        self.assertIn("Basic", row.values())

    def test_menus_of_an_adviser_are_members_and_joining(self):
        menus = self.env["ir.ui.menu"].with_user(self.adviser).load_menus(debug=False)
        names = {menus[key]["xmlid"] for key in menus if key != "root"}
        self.assertIn("cosmetics_crm.res_partner_own_menu", names)
        self.assertIn("cosmetics_crm.cosmetics_member_join_menu", names)
        self.assertNotIn("cosmetics_crm.cosmetics_member_tier_menu", names)
