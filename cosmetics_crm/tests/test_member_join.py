"""A customer joins in the shop."""

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestMemberJoin(MemberCommon):
    def _joined(self, **vals):
        action = self._join_wizard(**vals).action_join()
        return self.env["res.partner"].with_user(self.adviser).browse(action["res_id"])

    def test_name_number_and_consent_make_a_member_of_the_store(self):
        member = self._joined()
        self.assertTrue(member.is_member)
        self.assertEqual((member.name, member.member_phone), ("李晓梅", "+8613912345678"))
        self.assertEqual((member.member_store_id, member.adviser_id), (self.store, self.adviser))
        self.assertEqual(member.consent_ids.purpose_id.code, "membership")
        self.assertEqual((member.consent_ids.how, member.consent_ids.user_id), ("till", self.adviser))

    def test_without_consent_nobody_joins_and_nothing_is_written(self):
        with self.assertRaisesRegex(UserError, "without agreeing"):
            self._join_wizard(codes=("sms",)).action_join()
        self.assertFalse(self.env["res.partner"].search([("member_phone", "=", "+8613912345678")]))

    def test_marketing_is_agreed_to_apart(self):
        self.assertFalse(self._joined()._has_consent("sms")[self._found().id])
        self.assertTrue(
            self._joined(codes=("membership", "sms"), phone="13912345679").consent_ids.filtered(lambda c: c.purpose_id.code == "sms")
        )

    def _found(self):
        return self.env["res.partner"].search([("member_phone", "=", "+8613912345678")])

    def test_no_consent_is_ticked_beforehand(self):
        fresh = self.env["cosmetics.member.join"].with_user(self.adviser).new({})
        self.assertFalse(fresh.purpose_ids)

    def test_the_buyer_of_an_earlier_order_becomes_the_member(self):
        buyer = self.env["res.partner"].create({"name": "李晓梅", "phone": "13912345678", "street": "小寨东路1号"})
        wizard = self._join_wizard()
        self.assertIn("Has bought before", wizard.found_message)
        member = self._joined()
        self.assertEqual(member, buyer)
        self.assertEqual(member.street, "小寨东路1号")

    def test_who_is_a_member_already_is_told_before_and_after(self):
        self._create_member("李晓梅", phone="13912345678")
        wizard = self._join_wizard()
        self.assertIn("139****5678", wizard.found_message)
        with self.assertRaisesRegex(UserError, "belongs to the member"):
            wizard.action_join()

    def test_a_colleague_s_own_contact_is_not_turned_into_a_member(self):
        self.adviser.partner_id.sudo().phone = "13912345678"
        self.assertNotEqual(self._joined(), self.adviser.partner_id)

    @freeze_time("2026-11-28")
    def test_a_child_under_14_needs_a_guardian(self):
        self.assertTrue(self._join_wizard(birthday="2012-11-29").is_under_14)
        self.assertFalse(self._join_wizard(birthday="2012-11-28").is_under_14)
        with self.assertRaisesRegex(ValidationError, "under 14"):
            self._joined(birthday="2012-11-29")

    @freeze_time("2026-11-28")
    def test_the_consent_of_a_child_names_the_guardian(self):
        member = self._joined(birthday="2020-01-01", guardian_name="李建国", guardian_phone="13812345678")
        self.assertEqual(member.consent_ids.guardian_name, "李建国")

    @freeze_time("2026-11-28")
    def test_a_birthday_without_year_says_nothing_about_the_age(self):
        self.assertTrue(self._joined(birthday="2020-03-08", birthday_has_year=False).birthday_month == 3)

    def test_a_guardian_is_asked_for_when_a_birthday_is_put_right_later(self):
        member = self._joined()
        with freeze_time("2026-11-28"), self.assertRaisesRegex(ValidationError, "under 14"):
            member.birthday = "2020-01-01"
