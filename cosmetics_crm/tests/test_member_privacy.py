"""The rights of members over their data: a copy, and to be forgotten."""

import io
import json

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook

from .common_members import HEALTH, MANAGER, MemberCommon


@tagged("post_install", "-at_install")
class TestMemberClosing(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {
            "phone": "13912345678",
            "birthday": "1990-05-20",
            "street": "小寨东路1号",
            "email": "rose@example.com",
            "comment": "likes tea",
        }
        cls.member = cls._create_member("王小红", **vals)
        cls.member.member_account_ids = [Command.create({"platform": "jd", "account_ref": "jd_rose"})]

    def _close(self, user=None):
        wizard = self.env["cosmetics.member.close"].with_user(user or self.manager).create({"partner_id": self.member.id})
        wizard.action_close()
        self.env.invalidate_all()

    def test_nothing_personal_is_left_on_the_record(self):
        self.env["res.partner"].create(
            {"name": "王小红", "parent_id": self.member.id, "type": "delivery", "phone": "13912345678", "street": "A"}
        )
        self._close()
        record = self.member.sudo()
        self.assertEqual(record.name, f"Closed member #{record.id}")
        for name in ("phone", "email", "street", "comment", "birthday", "member_phone", "member_number", "member_pinyin", "adviser_id"):
            self.assertFalse(record[name], name)
        self.assertFalse(record.member_account_ids or record.member_tier_id or record.is_member)
        self.assertFalse(record.child_ids.phone or record.child_ids.street)
        self.assertTrue(record.member_closed_on)

    def test_the_record_and_the_history_of_tiers_stay_for_the_books(self):
        self._close()
        self.assertTrue(self.member.exists())
        self.assertTrue(self.env["cosmetics.member.tier.move"].search_count([("partner_id", "=", self.member.id)]))

    def test_consents_are_withdrawn_and_kept_and_health_data_are_gone(self):
        consents = self._consent(self.member, "sms") | self._consent(self.member, "health")
        self.env["cosmetics.member.health"].create({"partner_id": self.member.id, "ingredient": "香精"})
        self._close()
        self.assertTrue(all(consents.mapped("withdrawn_at")))
        self.assertFalse(self.env["cosmetics.member.health"].search([("partner_id", "=", self.member.id)]))

    def test_messages_that_quote_the_person_are_gone(self):
        self.member.message_post(body="王小红 called from 13912345678")
        self._close()
        self.assertFalse(self.env["mail.message"].search([("model", "=", "res.partner"), ("res_id", "=", self.member.id)]))

    def test_the_number_is_free_and_the_person_may_join_again(self):
        self._close()
        self.assertEqual(self._create_member(phone="13912345678").member_phone, "+8613912345678")

    def test_who_closed_is_kept(self):
        self._close()
        log = self.env["cosmetics.member.access"].search([("partner_id", "=", self.member.id), ("kind", "=", "close")])
        self.assertEqual(log.user_id, self.manager)

    def test_an_adviser_closes_nothing(self):
        with self.assertRaises(AccessError):
            self._close(self.adviser)
        with self.assertRaises(AccessError):
            self.member.with_user(self.adviser)._close_membership()


@tagged("post_install", "-at_install")
class TestPersonalDataFile(MemberCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member("王小红", phone="13912345678", birthday="1990-05-20", street="=1+1")
        cls._create_login("copy_manager", MANAGER)
        cls._create_login("copy_health", MANAGER, HEALTH)
        cls._create_login("copy_adviser", "cosmetics_crm.group_member_adviser")

    @classmethod
    def _create_login(cls, login, *groups):
        return cls._create_user(login, *groups, password=login)

    def _get(self, kind, login="copy_manager"):
        self.authenticate(login, login)
        return self.url_open(f"/cosmetics/member/{self.member.id}/personal-data.{kind}")

    def _values(self, page):
        """Return every value of the file, whatever the language of its headings."""
        return [value for rows in json.loads(page.content).values() for row in rows for value in row.values()]

    def test_a_manager_hands_out_json_that_a_machine_reads(self):
        consent = self._consent(self.member, "sms")
        values = self._values(self._get("json"))
        for value in ("王小红", "139 1234 5678", "1990-05-20", consent.text_digest):
            self.assertIn(value, values)

    def test_the_workbook_has_a_sheet_for_each_heading_and_texts_stay_texts(self):
        book = load_workbook(io.BytesIO(self._get("xlsx").content))
        self.assertEqual(len(book.sheetnames), len(json.loads(self._get("json").content)))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        street = next(cell for cell in cells if cell.value == "=1+1")
        self.assertEqual(street.data_type, "s")

    def test_health_data_are_in_the_copy_of_those_alone_who_see_them(self):
        self._consent(self.member, "health")
        self.env["cosmetics.member.health"].create({"partner_id": self.member.id, "ingredient": "香精"})
        self.assertIn("香精", self._values(self._get("json", "copy_health")))
        self.assertNotIn("香精", self._values(self._get("json")))

    def test_each_copy_is_kept(self):
        self._get("json")
        log = self.env["cosmetics.member.access"].search([("partner_id", "=", self.member.id), ("kind", "=", "copy")])
        self.assertEqual(log.user_id.login, "copy_manager")

    def test_an_adviser_gets_no_copy(self):
        with mute_logger("odoo.http"):
            page = self._get("json", "copy_adviser")
        self.assertNotEqual(page.status_code, 200)
        self.assertNotIn("13912345678", page.text)

    def test_other_files_do_not_exist(self):
        self.assertEqual(self._get("csv").status_code, 404)

    def test_the_button_leads_to_the_file(self):
        action = self.member.with_user(self.manager).action_download_personal_data()
        self.assertIn(f"/{self.member.id}/personal-data.xlsx", action["url"])
