"""What members may ask for, and what a merge does."""

from odoo.tests import tagged

from .common import DAY, NOON, SurveyCommon


@tagged("post_install", "-at_install")
class TestMemberRights(SurveyCommon):
    def test_a_copy_of_the_data_has_answers_and_feedback(self):
        answer = self._answer(csat=1, nps=1, comment="破损")
        data = answer.partner_id.with_user(self.manager)._get_personal_data()
        self.assertEqual([row["Words of the Member"] for row in data["Survey Answers"]], ["破损"])
        self.assertEqual([row["In the Words of the Member"] for row in data["Feedback"]], ["破损"])

    def test_who_leaves_is_asked_nothing_more(self):
        member = self._create_askable(email="wang@example.com")
        self._happen(member)
        self._create_rule()
        self._ask()
        invitation = self._invitations(member)
        self.assertEqual(invitation.user_input_id.email, "wang@example.com")
        member.with_user(self.manager)._close_membership()
        self.assertEqual((invitation.state, invitation.sms_id.state), ("cancelled", "canceled"))
        self.assertFalse(invitation.user_input_id.email)

    def test_merging_two_who_were_both_asked_keeps_both_questions(self):
        first, second = self._create_askable("王小红"), self._create_askable("王晓红")
        self._create_rule()
        for member in (first, second):
            self._happen(member, number=member.id)
        self._ask()
        rows = self._invitations(first, second)
        answers = self._fill_in(rows[0], 5, 9) | self._fill_in(rows[1], 4, 8)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)
        wizard._merge((first | second).ids, first)
        self.env.invalidate_all()
        self.assertEqual(rows.exists().partner_id, first)
        self.assertEqual(len(rows.exists()), 2)
        self.assertEqual(answers.exists().partner_id, first)
        self._happen(first, NOON + 9 * DAY, number=99)
        self._ask(NOON + 10 * DAY)
        self.assertEqual(len(self._invitations(first)), 2, "the days between still hold")
