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

    # ------------------------------------------------------------------ no other way in
    def _make(self, user, **vals):
        vals = {"name": "王小红", "phone": "13912345670", "is_member": True, **vals}
        return self.env["res.partner"].with_user(user).create(vals)

    def test_nobody_is_made_a_member_by_a_contact_s_rights(self):
        for user in (self.adviser, self._create_user("test_contacts", "base.group_partner_manager")):
            contact = self.env["res.partner"].create({"name": "Walk-in", "phone": "13912345670"})
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(UserError, "button Join"):
                    self._make(user)
                with self.assertRaisesRegex(UserError, "button Join"):
                    contact.with_user(user).is_member = True

    def test_context_from_outside_opens_nothing(self):
        for value in (True, 1, "JOINING", {"JOINING": True}):
            partners = self.env["res.partner"].with_user(self.adviser).with_context(join_gate=value)
            with self.assertRaisesRegex(UserError, "button Join"):
                partners.create({"name": "王小红", "phone": "13912345670", "is_member": True})

    def test_manager_too_says_how_the_member_agreed(self):
        with self.assertRaisesRegex(UserError, "Consent Given"):
            self._make(self.manager)
        member = self._make(self.manager, join_consent_how="phone")
        consent = member.consent_ids
        self.assertEqual((consent.purpose_id.code, consent.how, consent.user_id), ("membership", "phone", self.manager))

    def test_manager_makes_a_contact_a_member_with_its_consent(self):
        contact = self.env["res.partner"].create({"name": "Walk-in", "phone": "13912345670"}).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Consent Given"):
            contact.is_member = True
        contact.write({"is_member": True, "join_consent_how": "paper"})
        self.assertEqual(contact.consent_ids.mapped("how"), ["paper"])

    def test_file_without_the_column_makes_no_member_and_says_which_is_missing(self):
        rows = [["甲", "13912345671", "1"], ["乙", "13912345672", "1"]]
        result = self.env["res.partner"].with_user(self.manager).load(["name", "phone", "is_member"], rows)
        self.assertFalse(result["ids"])
        self.assertIn("column Consent Given", result["messages"][0]["message"])

    def test_file_notes_how_each_of_them_agreed(self):
        rows = [["甲", "13912345671", "1", "paper"], ["乙", "13912345672", "1", "phone"], ["丙", "13912345673", "", ""]]
        columns = ["name", "phone", "is_member", "join_consent_how"]
        result = self.env["res.partner"].with_user(self.manager).load(columns, rows)
        self.assertFalse(result["messages"])
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual([partner.consent_ids.mapped("how") for partner in partners], [["paper"], ["phone"], []])

    def test_member_imported_again_agrees_only_once(self):
        member = self._create_member()
        member.with_user(self.manager).write({"is_member": True, "join_consent_how": "phone"})
        self.assertEqual(member.consent_ids.mapped("how"), ["paper"])

    def test_way_of_consent_alone_makes_nobody_a_member(self):
        contact = self.env["res.partner"].with_user(self.manager).create({"name": "甲", "join_consent_how": "paper"})
        self.assertFalse(contact.is_member or contact.consent_ids)
