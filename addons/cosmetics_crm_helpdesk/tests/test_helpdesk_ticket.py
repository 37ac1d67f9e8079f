"""Taking, handing over, closing and reopening cases."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common_service import ServiceCommon


@tagged("post_install", "-at_install")
class TestHelpdeskTicket(ServiceCommon):
    def test_case_is_taken_on_the_telephone_from_the_page_of_the_member(self):
        action = self.member.with_user(self.service).action_new_case()
        form = Form(self.env[action["res_model"]].with_user(self.service).with_context(**action["context"]))
        form.category_id = self.complaint
        form.name = "面霜漏液"
        form.description = "<p>瓶口漏</p>"
        case = form.save()
        self.assertEqual((case.partner_id, case.partner_phone, case.store_id), (self.member, self.member.phone, self.store))
        self.assertEqual((case.channel_id, case.team_id), (self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone"), self.team))
        self.assertEqual(case.stage_id, self.new)

    def test_case_that_is_not_written_down_yet_is_called_new(self):
        case = self.env["helpdesk.ticket"].with_user(self.service).new({})
        self.assertEqual(case.display_name, "New case")
        case.name = "面霜漏液"
        self.assertIn("面霜漏液", case.display_name)

    def test_each_kind_goes_to_the_team_that_takes_it(self):
        self.assertEqual((self._case().team_id, self._allergy().team_id), (self.team, self.allergy_team))

    def test_allergy_taken_in_the_form_goes_to_its_team_with_its_times(self):
        """The form names the first team of the person at the telephone."""
        self._consent(self.member, "health")
        form = Form(self.env["helpdesk.ticket"].with_user(self.service))
        self.assertEqual(form.team_id, self.team)
        form.partner_id, form.category_id = self.member, self.allergy
        form.name, form.description = "用后发红", "<p>脸颊发红</p>"
        case = form.save()
        self.assertEqual((case.team_id, len(case.ticket_sla_ids)), (self.allergy_team, 2))
        self.assertEqual(self._allergy(team_id=self.team.id).team_id, self.allergy_team)

    def test_team_that_was_chosen_among_those_for_the_kind_stays(self):
        second = self.team.copy({"name": "Second Team", "sequence": 99})
        self.assertEqual(self._case(team_id=second.id).team_id, second)

    def test_case_that_turns_out_to_be_an_allergy_changes_its_team(self):
        case = self._case()
        case.write({"category_id": self.allergy.id, "health_consent_how": "phone"})
        self.assertEqual((case.team_id, case.is_health), (self.allergy_team, True))

    def test_case_is_not_closed_without_an_outcome(self):
        case = self._case()
        for stage in (self.done, self.cancelled, self.rejected):
            with self.assertRaisesRegex(ValidationError, "Close Case"):
                case.stage_id = stage

    def test_case_is_not_born_closed_without_an_outcome(self):
        with self.assertRaisesRegex(ValidationError, "Close Case"):
            self._case(stage_id=self.done.id)

    def test_outcome_of_a_closed_case_is_not_emptied(self):
        case = self._case()
        self._close(case)
        with self.assertRaises(ValidationError):
            case.outcome_id = False

    def test_case_is_closed_in_the_stage_of_its_outcome(self):
        first, second = self._case(), self._case()
        self._close(first)
        self._close(second, self.unfounded, "批号不是我们的")
        self.assertEqual((first.stage_id, first.outcome_id), (self.done, self.answered))
        self.assertEqual((second.stage_id, second.outcome_note), (self.rejected, "批号不是我们的"))
        self.assertTrue(first.closed_date)

    def test_outcome_that_needs_a_reason_gets_one(self):
        case = self._case()
        with self.assertRaisesRegex(ValidationError, "say why"):
            self._close(case, self.unfounded)

    def test_case_is_closed_once(self):
        case = self._case()
        self._close(case)
        with self.assertRaisesRegex(UserError, "closed already"):
            self._close(case)

    def test_reopened_case_has_no_outcome_and_is_counted(self):
        case = self._case()
        for _time in range(2):
            self._close(case)
            case.action_reopen_case()
        self.assertEqual((case.stage_id, case.outcome_id.id, case.closed_date, case.reopen_count), (self.in_progress, False, False, 2))

    def test_case_dragged_out_of_a_closed_stage_is_reopened_too(self):
        case = self._case()
        self._close(case)
        case.stage_id = self.awaiting
        self.assertEqual((case.outcome_id.id, case.reopen_count), (False, 1))

    def test_open_case_is_not_reopened(self):
        with self.assertRaisesRegex(UserError, "Only a closed case"):
            self._case().action_reopen_case()

    def test_what_follows_from_a_case_is_not_typed(self):
        case = self._case(reopen_count=7, is_health=True)
        self.assertEqual((case.reopen_count, case.is_health), (0, False))
        for vals in ({"reopen_count": 7}, {"is_health": True}, {"text_removed_at": "2026-01-01"}):
            with self.assertRaises(UserError):
                case.write(vals)

    def test_adviser_takes_and_closes_cases_of_the_own_store(self):
        case = self._case(self.adviser)
        self._close(case, user=self.adviser)
        self.assertEqual(case.stage_id, self.done)

    def test_adviser_does_not_see_cases_of_other_stores(self):
        stranger = self._create_member("赵晓兰", member_store_id=self.other_store.id)
        case = self._case(partner_id=stranger.id)
        with self.assertRaises(AccessError):
            case.with_user(self.adviser).read(["name"])
        self.assertEqual(case.with_user(self.manager).name, "面霜漏液")

    def test_employee_without_a_role_sees_no_case(self):
        employee = self._create_user("test_case_employee")
        case = self._case()
        self.assertFalse(self.env["helpdesk.ticket"].with_user(employee).search([("id", "=", case.id)]))
        with self.assertRaises(AccessError):
            case.with_user(employee).action_close_case()

    def test_cases_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Test Company"})
        case = self.env["helpdesk.ticket"].create(self._prepare_case_vals(company_id=other.id, team_id=False))
        self.assertEqual(case.company_id, other)
        self.assertFalse(self.env["helpdesk.ticket"].with_user(self.leader).search([("id", "=", case.id)]))

    def test_service_changes_answers_and_only_the_leader_outcomes(self):
        answer = self.env["cosmetics.service.answer"].with_user(self.service).create({"name": "A", "text": "B"})
        answer.text = "C"
        with self.assertRaises(AccessError):
            answer.unlink()
        with self.assertRaises(AccessError):
            self.answered.with_user(self.service).name = "X"
        self.answered.with_user(self.leader).needs_note = True

    def test_adviser_reads_no_number_in_a_case(self):
        case = self._case(self.adviser)
        with self.assertRaises(AccessError):
            case.read(["partner_phone"])
        self.assertEqual(case.with_user(self.service).partner_phone, self.member.phone)

    def test_number_that_was_typed_stays_when_the_member_has_none(self):
        person = self.env["res.partner"].create({"name": "Walk-in"})
        self.assertEqual(self._case(partner_id=person.id, partner_phone="029-1234").partner_phone, "029-1234")

    def test_every_leaf_of_the_service_menu_names_its_groups(self):
        menus = self.env.ref("cosmetics_crm_helpdesk.menu_service") | self.env.ref("cosmetics_crm_helpdesk.menu_service_configuration")
        leaves = self.env["ir.ui.menu"].search([("id", "child_of", menus.ids), ("action", "!=", False)])
        self.assertEqual(len(leaves), 9)
        self.assertFalse(leaves.filtered(lambda menu: not menu.group_ids))

    def test_kind_below_allergy_holds_health_data_too(self):
        eyes = self.env["helpdesk.ticket.category"].create({"name": "Eyes", "parent_id": self.allergy.id, "company_id": False})
        self.assertTrue(self._allergy(category_id=eyes.id).is_health)

    def test_team_of_another_company_takes_no_case_of_ours(self):
        other = self.env["res.company"].create({"name": "Test Company"})
        self.env["helpdesk.ticket.team"].create(
            {"name": "Theirs", "company_id": other.id, "sequence": 1, "category_ids": [Command.set(self.complaint.ids)]}
        )
        self.assertEqual(self._case().team_id, self.team)
