"""Cases and the life of a membership."""

from odoo.tests import tagged

from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServiceMember(ServiceCommon):
    def test_copy_of_personal_data_lists_the_cases(self):
        case = self._case()
        data = self.member.with_user(self.manager)._get_personal_data()
        self.assertEqual([row["Ticket number"] for row in data["Service Cases"]], [case.number])

    def test_closed_membership_leaves_cases_that_say_nothing(self):
        case = self._case(partner_name="王小红", partner_email="rose@example.com")
        case.message_post(body="王小红 来电", subtype_xmlid="mail.mt_note")
        self.env["cosmetics.member.close"].with_user(self.manager).create({"partner_id": self.member.id}).action_close()
        case = case.sudo()
        self.assertFalse(case.partner_name or case.partner_email or case.partner_phone)
        self.assertNotIn("漏", f"{case.name} {case.description}")
        self.assertFalse(case.message_ids.filtered(lambda message: "王小红" in message.body))
        self.assertTrue(case.exists())

    def test_cases_of_merged_members_belong_to_the_one_that_stays(self):
        twin = self._create_member("王小红", email="rose@example.com")
        case = self._case(partner_id=twin.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)
        wizard.create({})._merge((self.member | twin).ids, self.member)
        self.env.invalidate_all()
        self.assertEqual((case.partner_id, case.commercial_partner_id), (self.member, self.member))

    def test_page_of_the_member_counts_the_cases(self):
        self._case()
        self._close(self._case())
        self.assertEqual(self.member.with_user(self.service).helpdesk_ticket_count_string, "1 / 2")

    def test_timeline_opens_the_case(self):
        case = self._case()
        self.env.flush_all()
        line = self.member.with_user(self.service).member_interaction_ids.filtered(lambda line: line.kind == "case")
        self.assertEqual((line.summary, line.action_open_origin()["res_id"]), (f"{case.number} 面霜漏液", case.id))
