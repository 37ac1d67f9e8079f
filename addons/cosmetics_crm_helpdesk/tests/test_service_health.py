"""Allergies: who sees them, what the customer agreed to, what goes."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestServiceHealth(ServiceCommon):
    def _sees(self, user, case):
        return bool(self.env["helpdesk.ticket"].with_user(user).search([("id", "=", case.id)]))

    def test_allergy_is_refused_without_a_consent(self):
        with self.assertRaisesRegex(ValidationError, "王小红 has not agreed"):
            self._allergy(health_consent_how=False)

    def test_consent_taken_on_the_telephone_comes_with_the_case(self):
        case = self._allergy()
        consent = self.member.consent_ids.filtered(lambda consent: consent.purpose_id.code == "health")
        self.assertEqual((consent.how, consent.user_id, case.has_health_consent), ("phone", self.service, True))

    def test_consent_given_before_is_enough_and_not_taken_twice(self):
        self._consent(self.member, "health")
        self._allergy(health_consent_how=False)
        self._allergy()
        self.assertEqual(len(self.member.consent_ids.filtered(lambda consent: consent.purpose_id.code == "health")), 1)

    def test_complaint_does_not_become_an_allergy_without_a_consent(self):
        with self.assertRaisesRegex(ValidationError, "has not agreed"):
            self._case().category_id = self.allergy

    def test_allergy_of_nobody_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Choose the customer"):
            self._allergy(partner_id=False, partner_name="路人")

    def test_allergy_is_seen_by_the_service_and_the_right_to_health_data_alone(self):
        case = self._allergy()
        seen = {user.login for user in (self.service, self.leader, self.healer, self.adviser, self.manager) if self._sees(user, case)}
        self.assertEqual(seen, {"test_service", "test_service_leader", "test_health_adviser"})

    def test_adviser_is_told_who_takes_allergies(self):
        self._consent(self.member, "health")
        with self.assertRaisesRegex(AccessError, "Call the service"):
            self._allergy(self.adviser, health_consent_how=False)

    def test_adviser_does_not_turn_a_case_into_an_allergy(self):
        self._consent(self.member, "health")
        case = self._case(self.adviser)
        with self.assertRaises(AccessError):
            case.category_id = self.allergy

    def test_messages_of_an_allergy_are_hidden_with_it(self):
        case = self._allergy()
        message = case.message_post(body="脸颊发红", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertTrue(message.with_user(self.healer).has_access("read"))
        self.assertFalse(message.with_user(self.adviser).has_access("read"))

    def test_nobody_follows_an_allergy_who_may_not_read_it(self):
        case = self._allergy()
        case.sudo().message_subscribe((self.adviser | self.healer).partner_id.ids + self.member.ids)
        followers = case.sudo().message_partner_ids
        self.assertFalse(self.adviser.partner_id & followers)
        self.assertLessEqual(self.healer.partner_id | self.member, followers)

    def test_followers_leave_when_a_case_turns_out_to_be_an_allergy(self):
        case = self._case(self.adviser)
        case.sudo().message_subscribe(self.adviser.partner_id.ids)
        case.with_user(self.service).write({"category_id": self.allergy.id, "health_consent_how": "phone"})
        self.assertFalse(self.adviser.partner_id & case.sudo().message_partner_ids)

    def test_what_was_an_allergy_once_stays_hidden(self):
        case = self._allergy()
        case.category_id = self.complaint
        self.assertTrue(case.is_health)
        self.assertFalse(self._sees(self.adviser, case))

    def test_is_health_is_not_forged_at_the_beginning(self):
        case = self._allergy(is_health=False)
        self.assertTrue(case.is_health)

    def test_timeline_shows_the_number_of_an_allergy_and_nothing_else(self):
        case = self._allergy()
        complaint = self._case()
        self.env.flush_all()
        lines = self.env["cosmetics.member.interaction"].with_user(self.adviser).search([("kind", "=", "case")])
        lines = lines.filtered(lambda line: line.partner_id == self.member)
        self.assertEqual(set(lines.mapped("summary")), {case.number, f"{complaint.number} 面霜漏液"})

    def test_withdrawn_consent_takes_the_text_with_it(self):
        case = self._allergy(answer_text="请停用")
        case.message_post(body="脸颊发红", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.env["ir.attachment"].create({"name": "face.jpg", "raw": b"x", "res_model": case._name, "res_id": case.id})
        self.member.consent_ids.filtered(lambda consent: consent.purpose_id.code == "health").with_user(self.manager).action_withdraw()
        self.assertNotIn("发红", f"{case.name} {case.description}")
        self.assertFalse(case.answer_text or case.sudo().message_ids.filtered(lambda message: "发红" in message.body))
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", case._name), ("res_id", "=", case.id)]))
        self.assertEqual((case.category_id, case.partner_id), (self.allergy, self.member))

    def test_case_without_its_text_still_ends_and_takes_no_new_text(self):
        case = self._allergy()
        self.member.consent_ids.with_user(self.manager).action_withdraw()
        self._close(case, self.unfounded, "已撤回同意")
        self.assertTrue(case.closed)
        with self.assertRaisesRegex(ValidationError, "has not agreed"):
            case.description = "<p>又红了</p>"

    def test_report_on_deadlines_shows_no_allergy_to_a_leader_without_the_right(self):
        case = self._allergy()
        other = self._create_user("test_plain_helpdesk", "helpdesk_mgmt.group_helpdesk_manager")
        self.env.flush_all()
        report = self.env["helpdesk.sla.report"]
        domain = [("ticket_id", "=", case.id)]
        self.assertTrue(report.with_user(self.leader).search(domain))
        self.assertFalse(report.with_user(other).search(domain))
