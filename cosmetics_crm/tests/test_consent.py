"""Consents: given for a purpose and a text, withdrawn for good, never changed."""

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_members import HEALTH, MemberCommon


@tagged("post_install", "-at_install")
class TestConsent(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member()
        cls.sms = cls.env.ref("cosmetics_crm.cosmetics_consent_purpose_sms")
        cls.keeper = cls._create_user("test_health", HEALTH)
        cls._assign_stores(cls.keeper, cls.store)

    def test_five_purposes_come_with_a_chinese_text_each(self):
        # Other modules bring purposes of their own.
        codes = ["membership", "sms", "email", "health", "share"]
        purposes = self.env["cosmetics.consent.purpose"].search([("code", "in", codes)])
        self.assertEqual(len(purposes), 5)
        for purpose in purposes:
            self.assertIn("《个人信息保护法》", purpose.text_id.body)
            self.assertRegex(purpose.text_id.digest, r"^[0-9a-f]{64}$")

    def test_a_consent_keeps_the_text_its_digest_and_who_took_it(self):
        consent = self._consent(self.member, "sms", self.adviser)
        self.assertEqual((consent.text_id, consent.text_digest), (self.sms.text_id, self.sms.text_id.digest))
        self.assertEqual((consent.user_id, consent.how, consent.is_active), (self.adviser, "paper", True))

    def test_agreeing_twice_is_one_consent(self):
        self._consent(self.member, "sms")
        self.assertFalse(self._consent(self.member, "sms"))

    def test_an_unknown_purpose_is_told_by_name(self):
        with self.assertRaisesRegex(UserError, "code fax"):
            self._consent(self.member, "fax")

    def test_whether_somebody_agreed_is_answered_for_many_in_one_query(self):
        members = self.member | self._create_member() | self._create_member()
        self._consent(self.member, "sms")
        self.env.flush_all()
        with self.assertQueryCount(1):
            agreed = members._has_consent("sms")
        self.assertEqual([agreed[member.id] for member in members], [True, False, False])

    def test_a_withdrawal_is_at_once_and_final_and_agreeing_again_is_a_new_row(self):
        consent = self._consent(self.member, "sms")
        consent.with_user(self.adviser).action_withdraw()
        self.assertFalse(self.member._has_consent("sms")[self.member.id])
        self.assertEqual(consent.withdrawn_by_id, self.adviser)
        moment = consent.withdrawn_at
        with freeze_time("2030-01-01"):
            consent.action_withdraw()
        self.assertEqual(consent.withdrawn_at, moment)
        again = self._consent(self.member, "sms")
        self.assertNotEqual(again, consent)
        self.assertTrue(self.member._has_consent("sms")[self.member.id])

    def test_nobody_changes_or_removes_a_consent(self):
        consent = self._consent(self.member, "sms")
        with self.assertRaisesRegex(UserError, "is not changed"):
            consent.sudo().write({"withdrawn_at": False})
        with self.assertRaisesRegex(UserError, "is not removed"):
            consent.sudo().unlink()

    def test_a_consent_is_never_born_withdrawn(self):
        vals = {"partner_id": self.member.id, "purpose_id": self.sms.id, "withdrawn_at": "2026-01-01 00:00:00"}
        self.assertTrue(self.env["cosmetics.consent"].with_user(self.adviser).create(vals).is_active)

    def test_a_text_somebody_agreed_to_stays_word_by_word(self):
        draft = Command.create({"version": "draft", "valid_from": "2026-01-02", "body": "Agree"})
        self.sms.with_user(self.manager).text_ids = [draft]
        self.sms.text_id.with_user(self.manager).body = "Still a draft"
        self._consent(self.member, "sms")
        with self.assertRaisesRegex(UserError, "new version"):
            self.sms.text_id.with_user(self.manager).body = "Other words"
        with self.assertRaisesRegex(UserError, "new version"):
            self.sms.text_id.with_user(self.manager).unlink()

    def test_the_newest_text_that_is_valid_is_asked(self):
        with freeze_time("2026-11-28"):
            texts = [Command.create({"version": v, "valid_from": d, "body": v}) for v, d in (("a", "2026-11-28"), ("b", "2026-12-01"))]
            self.sms.with_user(self.manager).text_ids = texts
            self.assertEqual(self.sms.text_id.version, "a")
            self.assertEqual(self._consent(self.member, "sms").text_id.version, "a")

    def test_a_text_of_another_purpose_is_refused(self):
        other = self.env.ref("cosmetics_crm.cosmetics_consent_text_email")
        with self.assertRaisesRegex(ValidationError, "another purpose"):
            self.env["cosmetics.consent"].with_user(self.adviser).create(
                {"partner_id": self.member.id, "purpose_id": self.sms.id, "text_id": other.id}
            )

    def test_a_purpose_without_text_cannot_be_agreed_to(self):
        empty = self.env["cosmetics.consent.purpose"].with_user(self.manager).create({"name": "Push", "code": "push"})
        with self.assertRaisesRegex(UserError, "no text yet"):
            self._consent(self.member, empty.code)

    def test_who_has_not_agreed_to_membership_is_on_a_list(self):
        domain = [("has_membership_consent", "=", False), ("id", "=", self.member.id)]
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self.assertTrue(self.env["res.partner"].with_user(self.manager).search(domain))
        self._consent(self.member, "membership")
        self.assertFalse(self.env["res.partner"].with_user(self.manager).search(domain))

    # ------------------------------------------------------------------ health
    def _note(self, **vals):
        return (
            self.env["cosmetics.member.health"].with_user(self.keeper).create({"partner_id": self.member.id, "ingredient": "香精", **vals})
        )

    def test_without_a_consent_of_its_own_no_health_data_are_noted(self):
        self._consent(self.member, "membership")
        with self.assertRaisesRegex(ValidationError, "not agreed to keep health data"):
            self._note()

    def test_with_the_consent_they_are_noted_and_go_with_its_withdrawal(self):
        consent = self._consent(self.member, "health")
        note = self._note()
        self.assertEqual(self.member.with_user(self.keeper).member_health_ids, note)
        consent.with_user(self.adviser).action_withdraw()
        self.assertFalse(note.exists())

    def test_other_roles_do_not_even_see_whether_there_are_any(self):
        self._consent(self.member, "health")
        self._note()
        for user in (self.manager, self.adviser):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["cosmetics.member.health"].with_user(user).search_count([])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.member.with_user(user).read(["member_health_ids"])
            self.assertNotIn("Health", self.member.with_user(user).consent_summary)

    def test_health_data_of_another_store_are_closed(self):
        other = self._create_member(member_store_id=self.other_store.id)
        self._consent(other, "health")
        vals = {"partner_id": other.id, "ingredient": "香精"}
        with self.assertRaises(AccessError):
            self.env["cosmetics.member.health"].with_user(self.keeper).create(vals)

    def test_the_notice_prints_every_text(self):
        purposes = self.env["cosmetics.consent.purpose"].search([])
        html, _kind = (
            self.env["ir.actions.report"].with_user(self.adviser)._render_qweb_html("cosmetics_crm.report_privacy_notice", purposes.ids)
        )
        for purpose in purposes:
            self.assertIn(purpose.text_id.body, html.decode())
