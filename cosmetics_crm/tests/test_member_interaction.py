"""Talks with members, and everything that passed between a member and us in one list."""

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger
from odoo.tools.safe_eval import safe_eval
from psycopg2 import IntegrityError

from .common_members import MemberCommon


@tagged("post_install", "-at_install")
class TestMemberInteraction(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member()
        cls.stranger = cls._create_member("赵晓兰", member_store_id=cls.other_store.id)

    def _talk(self, user=None, **vals):
        vals = {"partner_id": self.member.id, "summary": "问面霜何时到货", **vals}
        return self.env["cosmetics.member.contact"].with_user(user or self.adviser).create(vals)

    def _timeline(self, member=None, user=None):
        self.env.flush_all()
        member = (member or self.member).with_user(user or self.adviser)
        member.invalidate_recordset(["member_interaction_ids"])
        return member.member_interaction_ids

    def test_adviser_writes_down_a_call_from_the_page_of_the_member(self):
        action = self.member.with_user(self.adviser).action_write_down_talk()
        form = Form(self.env[action["res_model"]].with_user(self.adviser).with_context(**action["context"]))
        form.summary = "问面霜何时到货"
        talk = form.save()
        self.assertEqual((talk.partner_id, talk.kind, talk.user_id, talk.store_id), (self.member, "call", self.adviser, self.store))

    def test_next_step_with_a_day_becomes_an_activity_of_who_promised_it(self):
        self._talk(next_step="到货后回电", next_on="2030-05-06")
        activity = self.member.activity_ids
        self.assertEqual((activity.summary, activity.user_id), ("到货后回电", self.adviser))
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2030-05-06"))

    def test_next_step_given_later_becomes_an_activity_too(self):
        talk = self._talk()
        self.assertFalse(self.member.activity_ids)
        talk.write({"next_step": "寄小样", "next_on": "2030-05-06"})
        self.assertEqual(self.member.activity_ids.summary, "寄小样")

    def test_day_without_a_next_step_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._talk(next_on="2030-05-06")

    def test_talk_in_the_future_is_refused(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self._talk(happened_at="2099-01-01 00:00:00")

    def test_talk_with_somebody_who_is_no_member_is_refused(self):
        person = self.env["res.partner"].create({"name": "Walk-in"})
        with self.assertRaisesRegex(UserError, "no member"):
            self._talk(user=self.manager, partner_id=person.id)

    def test_nobody_writes_in_the_name_of_a_colleague(self):
        talk = self._talk(user_id=self.manager.id)
        self.assertEqual(talk.user_id, self.adviser)
        with self.assertRaises(UserError):
            talk.user_id = self.manager

    def test_adviser_neither_reads_nor_writes_talks_with_members_of_other_stores(self):
        foreign = self._talk(user=self.manager, partner_id=self.stranger.id)
        self.assertFalse(self.env["cosmetics.member.contact"].with_user(self.adviser).search([("id", "=", foreign.id)]))
        with self.assertRaises(AccessError):
            self._talk(partner_id=self.stranger.id)

    def test_adviser_does_not_change_what_a_colleague_wrote(self):
        talk = self._talk(user=self.manager)
        self.assertEqual(talk.with_user(self.adviser).summary, "问面霜何时到货")
        with self.assertRaises(AccessError):
            talk.with_user(self.adviser).summary = "别的"
        with self.assertRaises(AccessError):
            self._talk().unlink()

    def test_employee_without_a_role_sees_no_talk_and_no_timeline(self):
        employee = self._create_user("test_talk_employee")
        for model in ("cosmetics.member.contact", "cosmetics.member.interaction"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(employee).search([])

    def test_talks_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Test Company"})
        talk = self.env["cosmetics.member.contact"].sudo().create(
            {"partner_id": self.member.id, "summary": "x", "company_id": other.id, "user_id": self.manager.id}
        )  # fmt: skip
        self.assertFalse(self.env["cosmetics.member.contact"].with_user(self.manager).search([("id", "=", talk.id)]))
        self.assertFalse(self._timeline(user=self.manager).filtered(lambda line: line.summary == "x"))

    def test_timeline_puts_talks_mails_and_appointments_in_order(self):
        self._talk(happened_at="2026-03-03 02:00:00", kind="visit")
        mail = self.member.message_post(body="您的面霜到了", subject="到货", message_type="comment", subtype_xmlid="mail.mt_comment")
        mail.date = "2026-03-05 02:00:00"
        self.env["calendar.event"].create(
            {"name": "皮肤测试", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00", "partner_ids": [(4, self.member.id)]}
        )
        found = self._timeline().mapped(lambda line: (line.kind, line.summary))
        self.assertEqual(found, [("mail", "到货"), ("appointment", "皮肤测试"), ("visit", "问面霜何时到货")])

    def test_mail_without_a_subject_shows_its_beginning_as_plain_text(self):
        self.member.message_post(body="到货了", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertEqual(self._timeline().summary.strip(), "到货了")

    def test_notes_among_colleagues_and_private_appointments_are_no_interaction(self):
        self.member.message_post(body="老客户", subtype_xmlid="mail.mt_note")
        self.env["calendar.event"].create(
            {
                "name": "private", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00", "privacy": "private",
                "partner_ids": [(4, self.member.id)],
            }
        )  # fmt: skip
        self.assertFalse(self._timeline())

    def test_adviser_sees_no_timeline_of_members_of_other_stores(self):
        self._talk(user=self.manager, partner_id=self.stranger.id)
        self.assertFalse(self._timeline(self.stranger))
        self.assertEqual(len(self._timeline(self.stranger, self.manager)), 1)

    def test_line_opens_what_it_stands_for(self):
        talk = self._talk()
        action = self._timeline().action_open_origin()
        self.assertEqual((action["res_model"], action["res_id"]), ("cosmetics.member.contact", talk.id))

    def test_line_of_a_document_the_role_does_not_read_says_so(self):
        talk = self._talk()
        line = self._timeline()
        talk.sudo().user_id = self.manager
        self.patch(type(talk), "has_access", lambda records, operation: False)
        with self.assertRaisesRegex(UserError, "Your role"):
            line.action_open_origin()

    def test_page_of_a_member_reads_through_indexes(self):
        """Among many talks, mails and appointments only those of the member are touched."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.env["cosmetics.member.interaction"]._table_query
        plan = self.env.execute_query(SQL("EXPLAIN SELECT * FROM (%s) t WHERE t.partner_id = %s ORDER BY date DESC LIMIT 40", query, 7))
        text = "\n".join(row[0] for row in plan)
        for table in ("cosmetics_member_contact", "mail_message", "calendar_attendee"):
            self.assertNotIn(f"Seq Scan on {table}", text)

    def test_button_of_the_member_shows_that_member_alone(self):
        action = self.member.with_user(self.adviser).action_open_member_interactions()
        self.assertEqual(action["domain"], [("partner_id", "=", self.member.id)])

    def test_copy_of_personal_data_holds_the_talks(self):
        self._talk(summary="问价格")
        data = self.member.with_user(self.manager)._get_personal_data()
        self.assertEqual([row["Summary"] for row in data["Talks"]], ["问价格"])

    def test_talks_go_when_the_membership_is_closed(self):
        talk = self._talk()
        self.env["cosmetics.member.close"].with_user(self.manager).create({"partner_id": self.member.id}).action_close()
        self.assertFalse(talk.exists())

    def test_merged_members_have_one_timeline(self):
        twin = self._create_member("王小红")
        self._talk(user=self.manager, partner_id=twin.id, summary="第二个号码")
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)
        wizard.create({})._merge((self.member | twin).ids, self.member)
        self.assertEqual(self._timeline(user=self.manager).mapped("summary"), ["第二个号码"])

    def test_timeline_of_the_last_week_leaves_out_older_talks_and_appointments_to_come(self):
        self._talk(happened_at=fields.Datetime.subtract(fields.Datetime.now(), days=8), summary="old")
        self._talk(summary="new")
        soon = fields.Datetime.add(fields.Datetime.now(), days=2)
        self.env["calendar.event"].create({"name": "soon", "start": soon, "stop": soon, "partner_ids": [(4, self.member.id)]})
        self.env.flush_all()
        domain = safe_eval(self.env.ref("cosmetics_crm.cosmetics_member_interaction_action_recent").domain)
        lines = self.env["cosmetics.member.interaction"].with_user(self.adviser).search(domain)
        self.assertEqual(lines.filtered(lambda line: line.partner_id == self.member).mapped("summary"), ["new"])

    def test_line_keeps_its_id_apart_from_those_of_other_documents(self):
        self._talk()
        self.member.message_post(body="a", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.env["calendar.event"].create(
            {"name": "b", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00", "partner_ids": [(4, self.member.id)]}
        )
        lines = self._timeline()
        self.assertEqual((len(lines), len(set(lines.ids))), (3, 3))

    def test_adviser_of_a_member_of_another_store_reads_the_talks(self):
        self._talk(user=self.manager, partner_id=self.stranger.id)
        self.stranger.sudo().adviser_id = self.adviser
        self.assertEqual(len(self._timeline(self.stranger)), 1)

    def test_lines_of_the_timeline_are_not_written(self):
        self._talk()
        with self.assertRaises(AccessError):
            self._timeline().summary = "x"

    def test_talk_is_not_moved_to_a_member_of_another_store(self):
        talk = self._talk()
        with self.assertRaises(AccessError):
            talk.partner_id = self.stranger

    def test_company_of_a_talk_is_not_changed(self):
        with self.assertRaises(UserError):
            self._talk().company_id = self.env["res.company"].create({"name": "Test Company"})

    def test_member_manager_changes_and_removes_any_talk(self):
        talk = self._talk()
        talk.with_user(self.manager).summary = "更正"
        self.assertEqual(talk.summary, "更正")
        talk.with_user(self.manager).unlink()
        self.assertFalse(talk.exists())

    def test_line_of_a_talk_that_is_gone_opens_nothing(self):
        talk = self._talk()
        line = self._timeline()
        line.read(["origin_model", "origin_id"])
        talk.sudo().unlink()
        with self.assertRaises(MissingError):
            line.action_open_origin()

    def test_cancelled_appointment_is_no_interaction(self):
        event = self.env["calendar.event"].create(
            {"name": "b", "start": "2026-03-04 02:00:00", "stop": "2026-03-04 03:00:00", "partner_ids": [(4, self.member.id)]}
        )
        self.assertEqual(self._timeline().mapped("kind"), ["appointment"])
        event.active = False
        self.assertFalse(self._timeline())
