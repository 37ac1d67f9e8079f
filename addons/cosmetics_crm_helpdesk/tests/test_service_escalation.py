"""What is overdue is told to the leader of the team, once."""

from freezegun import freeze_time
from odoo.tests import tagged

from .common_service import ServiceCommon

MORNING, NOON, LATER = "2026-05-06 02:00:00", "2026-05-06 04:30:00", "2026-05-06 06:30:00"


@tagged("post_install", "-at_install")
class TestServiceEscalation(ServiceCommon):
    def _take(self, **vals):
        with self._at(MORNING):
            return self._case(**vals)

    def _run(self, at):
        self.env.flush_all()
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref("cosmetics_crm_helpdesk.ir_cron_escalate").method_direct_trigger()
        self.env.invalidate_all()

    def _told(self, case):
        overdue = self.env.ref("cosmetics_crm_helpdesk.mail_activity_type_overdue")
        return case.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == overdue)

    def test_leader_is_told_of_an_overdue_answer_once(self):
        case = self._take()
        for at in (NOON, LATER):
            self._run(at)
        activity = self._told(case)
        self.assertEqual((len(activity), activity.user_id), (1, self.leader))
        self.assertIn(case.number, activity.summary)
        self.assertNotIn("面霜", activity.summary)

    def test_nothing_is_told_before_the_time_is_over(self):
        case = self._take()
        self._run("2026-05-06 03:59:00")
        self.assertFalse(self._told(case))

    def test_each_deadline_is_told_of(self):
        case = self._take()
        self._run(NOON)
        self._run("2026-05-12 02:00:00")
        self.assertEqual(len(self._told(case)), 2)

    def test_answered_and_closed_cases_are_not_told_of(self):
        answered, closed = self._take(), self._take()
        with self._at(MORNING):
            answered.stage_id = self.in_progress
            self._close(closed)
        self._run(NOON)
        self.assertFalse(self._told(answered) | self._told(closed))

    def test_answer_that_came_too_late_is_history(self):
        case = self._take()
        with self._at(NOON):
            case.stage_id = self.in_progress
        self.assertIn("expired", case.ticket_sla_ids.mapped("state"))
        self._run(LATER)
        self.assertFalse(self._told(case))

    def test_leader_who_left_is_replaced_by_a_service_manager(self):
        case = self._take()
        other = self._create_user("test_second_leader", "cosmetics_crm_helpdesk.group_service_manager")
        group = self.env.ref("cosmetics_crm_helpdesk.group_service_manager")
        group.user_ids -= self.env.ref("base.user_admin")
        (group.all_user_ids - other - self.env.ref("base.user_root")).sudo().active = False
        self._run(NOON)
        self.assertEqual(self._told(case).user_id, other)

    def test_leader_who_may_not_see_allergies_is_not_told_of_one(self):
        self.allergy_team.user_id = self.manager
        with self._at(MORNING):
            case = self._allergy()
        self._run(NOON)
        self.assertTrue(self._told(case))
        self.assertNotEqual(self._told(case).user_id, self.manager)

    def test_case_with_nobody_to_tell_is_told_of_later(self):
        case = self._take()
        self.patch(type(case.ticket_sla_ids), "_get_leader", lambda row: row.env["res.users"])
        self._run(NOON)
        self.assertFalse(self._told(case) or any(case.ticket_sla_ids.mapped("escalated_at")))
