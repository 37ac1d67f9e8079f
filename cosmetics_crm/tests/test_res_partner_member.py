"""A member: number, telephone, home store; what nobody may do to it."""

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_members import MemberCommon

COLUMNS = ["name", "phone", "is_member", "join_consent_how"]


@tagged("post_install", "-at_install")
class TestMember(MemberCommon):
    @freeze_time("2026-11-28")
    def test_a_new_member_has_a_number_a_day_a_tier_and_the_store_of_the_adviser(self):
        vals = {"name": "王小红", "phone": "13912345678"}
        member = self.env["res.partner"].with_user(self.adviser)._join_member(vals, ["membership"], "till")
        self.assertRegex(member.member_number, r"^HY\d{8}$")
        self.assertEqual(member.member_since.isoformat(), "2026-11-28")
        self.assertEqual(member.member_store_id, self.store)
        self.assertEqual(member.member_tier_id, self.basic)

    def test_two_members_joined_together_have_two_numbers(self):
        vals = {"is_member": True, "join_consent_how": "paper"}
        members = (
            self.env["res.partner"]
            .with_user(self.manager)
            .create([{"name": "甲", "phone": "13912345671", **vals}, {"name": "乙", "phone": "13912345672", **vals}])
        )
        self.assertEqual(len(set(members.mapped("member_number"))), 2)

    def test_the_number_on_an_old_card_is_kept(self):
        self.assertEqual(self._create_member(member_number="VIP-0007").member_number, "VIP-0007")

    def test_the_key_is_the_number_however_it_was_typed(self):
        self.assertEqual(self._create_member(phone=" 手机：139-1234-5678").member_phone, "+8613912345678")

    def test_a_contact_who_is_no_member_has_no_key(self):
        contact = self.env["res.partner"].create({"name": "Walk-in", "phone": "13912345678"})
        self.assertFalse(contact.member_phone)

    def test_the_same_number_typed_otherwise_is_refused_and_the_sentence_names_the_member(self):
        member = self._create_member("欧阳娜娜", phone="139 1234 5678")
        with self.assertRaisesRegex(ValidationError, rf"139\*\*\*\*5678 .*{member.member_number} 欧阳\*"):
            self._create_member(phone="+86 13912345678")

    def test_one_number_twice_in_one_batch_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "One number is one member"):
            vals = {"phone": "13912345678", "is_member": True, "join_consent_how": "paper"}
            self.env["res.partner"].with_user(self.manager).create([{"name": name, **vals} for name in "ab"])

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_a_second_member_with_the_number(self):
        first, second = self._create_member(), self._create_member()
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute("UPDATE res_partner SET member_phone = %s WHERE id = %s", [first.member_phone, second.id])

    def test_a_second_contact_with_the_number_is_fine_as_long_as_it_is_no_member(self):
        self._create_member(phone="13912345678")
        contact = self.env["res.partner"].create({"name": "Receiver", "phone": "13912345678"})
        with self.assertRaisesRegex(ValidationError, "belongs to the member"):
            contact.with_user(self.manager).write({"is_member": True, "join_consent_how": "paper"})

    def test_an_archived_member_leaves_the_number_to_another_until_it_comes_back(self):
        old = self._create_member(phone="13912345678")
        old.action_archive()
        self._create_member(phone="13912345678")
        with self.assertRaisesRegex(ValidationError, "belongs to the member"):
            old.action_unarchive()

    def test_numbers_that_are_nobodys_are_refused(self):
        for phone in ("029-87654321", "18412345678-1234", "138****1234", "", "问前台"):
            with self.subTest(phone=phone), self.assertRaisesRegex(ValidationError, "11 digits"):
                self._create_member(phone=phone)

    def test_a_mobile_number_of_abroad_is_a_key_too(self):
        self.assertEqual(self._create_member(phone="+1 650 253 0000").member_phone, "+16502530000")

    def test_a_company_and_its_contacts_cannot_be_members(self):
        company = self.env["res.partner"].create({"name": "Salon", "is_company": True, "phone": "13912345678"})
        with self.assertRaisesRegex(ValidationError, "only a person"):
            company.with_user(self.manager).write({"is_member": True, "join_consent_how": "paper"})
        with self.assertRaisesRegex(ValidationError, "only a person"):
            self._create_member(parent_id=company.id)

    def test_a_birthday_in_the_future_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not a birthday"):
            self._create_member(birthday="2999-01-01")

    def test_nobody_switches_a_membership_off(self):
        with self.assertRaisesRegex(UserError, "Close Membership"):
            self._create_member().is_member = False

    def test_a_member_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self._create_member().unlink()

    def test_a_copy_of_a_member_is_a_contact_without_number(self):
        copy = self._create_member().copy()
        self.assertFalse(copy.is_member or copy.member_number or copy.member_phone)

    def test_an_adviser_does_not_change_the_key_but_may_write_it_otherwise(self):
        member = self._create_member(user=self.adviser, phone="13912345678")
        member.phone = "+86 139-1234-5678"
        with self.assertRaisesRegex(UserError, "Only a member manager"):
            member.phone = "13912345679"

    def test_a_manager_changes_the_number_and_the_old_one_is_free(self):
        member = self._create_member(phone="13912345678")
        member.phone = "13912345679"
        self.assertEqual(self._create_member(phone="13912345678").member_phone, "+8613912345678")

    def test_the_mask_keeps_head_and_tail(self):
        self.assertEqual(self._create_member(phone="13912345678").member_phone_masked, "139****5678")

    def test_showing_the_whole_number_is_kept(self):
        member = self._create_member(phone="13912345678")
        action = member.with_user(self.adviser).action_show_member_phone()
        self.assertIn("139 1234 5678", action["params"]["message"])
        log = self.env["cosmetics.member.access"].with_user(self.manager).search([("partner_id", "=", member.id)])
        self.assertEqual((log.user_id, log.kind), (self.adviser, "phone"))
        with self.assertRaises(UserError):
            log.sudo().unlink()

    def test_who_is_no_adviser_is_shown_no_number(self):
        member = self._create_member()
        with self.assertRaisesRegex(UserError, "Only beauty advisers"):
            member.with_user(self._create_user("test_nobody")).action_show_member_phone()

    def test_one_account_of_a_platform_is_one_member(self):
        first, second = self._create_member(), self._create_member()
        account = {"platform": "taobao", "account_ref": " tb_rose "}
        first.member_account_ids = [Command.create(account)]
        self.assertEqual(first.member_account_ids.account_ref, "tb_rose")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            second.member_account_ids = [Command.create(account)]
            self.env.flush_all()

    def test_rows_of_a_file_are_refused_each_with_one_sentence(self):
        self._create_member(phone="13912345678")
        rows = [["甲", "13912345671", "1", "paper"], ["乙", "1391234567", "1", "paper"], ["丙", "139 1234 5678", "1", "paper"]]
        result = self.env["res.partner"].with_user(self.manager).load(COLUMNS, rows)
        told = {message["rows"]["from"]: message["message"] for message in result["messages"]}
        self.assertFalse(result["ids"])
        self.assertEqual(sorted(told), [1, 2])
        self.assertIn("11 digits", told[1])
        self.assertIn("belongs to the member", told[2])

    def test_a_first_row_that_is_wrong_is_told_so_too(self):
        rows = [["甲", "1391234567", "1", "paper"], ["乙", "1391234567", "1", "paper"]]
        result = self.env["res.partner"].with_user(self.manager).load(COLUMNS, rows)
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [0, 1])

    def test_a_number_twice_in_a_file_is_refused(self):
        rows = [["甲", "13912345671", "1", "paper"], ["丁", "13912345671", "1", "paper"]]
        result = self.env["res.partner"].with_user(self.manager).load(COLUMNS, rows)
        self.assertFalse(result["ids"])
        self.assertIn("139****5671", result["messages"][-1]["message"])

    def test_a_clean_file_makes_members(self):
        rows = [["甲", "13912345671", "1", "paper", "1990-05-06"], ["乙", "13912345672", "1", "import", ""]]
        result = self.env["res.partner"].with_user(self.manager).load([*COLUMNS, "birthday"], rows)
        members = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(members.mapped("member_tier_id"), self.basic)
        self.assertEqual(members[0].with_user(self.manager).birthday_month, 5)

    def test_a_colleague_without_a_role_changes_no_member(self):
        with self.assertRaises(AccessError):
            self._create_member().with_user(self._create_user("test_nobody")).name = "Other"
