"""Deadlines by kind and priority, in working time."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_service import ServiceCommon

# A Wednesday, 10:00 in Xi'an.
MORNING = "2026-05-06 02:00:00"


@tagged("post_install", "-at_install")
class TestServiceSla(ServiceCommon):
    def setUp(self):
        super().setUp()
        clock = self._at(MORNING)
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def _deadlines(self, case):
        return {row.name: fields.Datetime.to_string(row.deadline) for row in case.ticket_sla_ids}

    def test_each_kind_has_its_times(self):
        self.assertEqual(
            self._deadlines(self._case(category_id=self.consultation.id)),
            # The second working hour ends at noon, then a lunch hour: the fourth ends at 15:00.
            {"咨询：首次答复": "2026-05-06 07:00:00", "咨询：办结": "2026-05-08 02:00:00"},
        )
        self.assertEqual(self._deadlines(self._allergy()), {"过敏：首次答复": "2026-05-06 03:00:00", "过敏：办结": "2026-05-13 02:00:00"})

    def test_urgent_complaint_is_answered_sooner(self):
        self.assertEqual(self._deadlines(self._case()), {"投诉：首次答复": "2026-05-06 04:00:00", "投诉：办结": "2026-05-11 02:00:00"})
        urgent = self._deadlines(self._case(priority="3"))
        self.assertEqual(urgent, {"紧急投诉：首次答复": "2026-05-06 03:00:00", "紧急投诉：办结": "2026-05-07 02:00:00"})

    def test_case_that_becomes_urgent_gets_the_shorter_times(self):
        case = self._case()
        case.priority = "3"
        self.assertEqual(sorted(self._deadlines(case)), ["紧急投诉：办结", "紧急投诉：首次答复"])

    def test_case_that_turns_out_to_be_an_allergy_gets_its_times(self):
        case = self._case()
        case.write({"category_id": self.allergy.id, "health_consent_how": "phone"})
        self.assertEqual(sorted(self._deadlines(case)), ["过敏：办结", "过敏：首次答复"])

    def test_case_taken_by_an_adviser_has_its_times_too(self):
        self.assertEqual(len(self._case(self.adviser).ticket_sla_ids), 2)

    def test_answer_meets_the_first_time_and_leaves_the_second(self):
        case = self._case()
        case.stage_id = self.in_progress
        states = {row.name: row.state for row in case.ticket_sla_ids}
        self.assertEqual(states, {"投诉：首次答复": "accomplished", "投诉：办结": "in_progress"})

    def test_waiting_for_the_customer_does_not_count(self):
        case = self._case()
        case.stage_id = self.awaiting
        self.assertEqual(case.ticket_sla_ids.filtered(lambda row: row.name == "投诉：办结").state, "on_hold")

    def test_times_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Test Company"})
        self.env["helpdesk.sla"].create({"name": "theirs", "company_id": other.id, "stage_id": self.done.id, "hours": 1})
        self.assertNotIn("theirs", self._deadlines(self._case()))

    def test_nobody_types_a_deadline(self):
        row = self._case().ticket_sla_ids[0]
        for user in (self.service, self.leader):
            for vals in ({"state": "accomplished"}, {"deadline": "2099-01-01"}, {"escalated_at": MORNING}):
                with self.assertRaisesRegex(UserError, "Deadlines follow"):
                    row.with_user(user).write(vals)
            with self.assertRaisesRegex(UserError, "Deadlines follow"):
                row.with_user(user).create({"ticket_id": row.ticket_id.id, "sla_id": row.sla_id.id})

    def test_reader_of_a_case_does_not_set_its_deadlines_anew(self):
        case = self._case()
        employee = self._create_user("test_sla_employee")
        case.sudo().message_subscribe(employee.partner_id.ids)
        for method in ("set_sla", "refresh_sla"):
            with self.assertRaises(AccessError):
                getattr(case.with_user(employee), method)()
