"""Who sees and does what."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HANDLER, SurveyCommon


@tagged("post_install", "-at_install")
class TestRoles(SurveyCommon):
    def setUp(self):
        super().setUp()
        self.elsewhere = self._create_user("test_feedback_other", HANDLER)
        self._assign_stores(self.elsewhere, self.other_store)

    def _note(self, user, **vals):
        return self.env["cosmetics.feedback"].with_user(user).create({"name": "Heard in the shop", "store_id": self.store.id, **vals})

    def _sees(self, user, feedback):
        return feedback in self.env["cosmetics.feedback"].with_user(user).search([])

    def test_an_adviser_notes_down_and_sees_what_concerns_the_own_stores(self):
        feedback = self._note(self.adviser)
        self.assertTrue(self._sees(self.adviser, feedback))
        self.assertTrue(self._sees(self.clerk, feedback))
        self.assertTrue(self._sees(self.shop_manager, feedback))
        self.assertTrue(self._sees(self.manager, feedback))
        self.assertFalse(self._sees(self.elsewhere, feedback))

    def test_what_is_noted_for_another_store_goes_there(self):
        self.other_store.manager_id = self.elsewhere
        feedback = self._note(self.clerk, store_id=self.other_store.id)
        self.assertEqual(feedback.sudo().user_id, self.elsewhere)
        self.assertTrue(self._sees(self.elsewhere, feedback))
        self.assertFalse(self._sees(self.shop_manager, feedback))

    def test_a_clerk_changes_the_own_notes_only(self):
        mine, other = self._note(self.clerk), self._note(self.adviser)
        mine.description = "said twice"
        with self.assertRaises(AccessError):
            other.with_user(self.clerk).write({"description": "never said"})

    def test_a_store_manager_answers_that_of_the_own_stores_only(self):
        feedback = self._note(self.adviser)
        feedback.with_user(self.shop_manager).write({"outcome": "Told.", "state": "done"})
        with self.assertRaises(AccessError):
            feedback.with_user(self.elsewhere).write({"description": "x"})

    def test_nobody_but_the_member_manager_deletes(self):
        feedback = self._note(self.clerk)
        for user in (self.clerk, self.adviser, self.shop_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                feedback.with_user(user).unlink()

    def test_a_person_without_a_role_sees_no_feedback(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.feedback"].with_user(self._create_user("test_nobody")).search([])

    def test_scores_are_for_managers(self):
        answer = self._answer(csat=3, nps=8)
        model = self.env["cosmetics.survey.answer"]
        self.assertIn(answer, model.with_user(self.shop_manager).search([]))
        self.assertIn(answer, model.with_user(self.manager).search([]))
        self.assertNotIn(answer, model.with_user(self.elsewhere).search([]))
        for user in (self.adviser, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                model.with_user(user).search([])

    def test_rules_are_for_the_member_manager(self):
        rule = self._create_rule()
        for user in (self.adviser, self.clerk, self.shop_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rule.with_user(user).action_run()

    def test_another_company_sees_nothing(self):
        answer = self._answer(csat=1, nps=1)
        company = self.env["res.company"].sudo().create({"name": "Other Company"})
        stranger = self._create_user("test_stranger", "cosmetics_crm.group_member_manager", company_id=company.id, company_ids=company.ids)
        for records in (answer, answer.rule_id, answer.invitation_id, answer.feedback_ids, answer.user_input_id):
            with self.subTest(model=records._name):
                self.assertNotIn(records, records.with_user(stranger).search([]))
                self.assertIn(records, records.with_user(self.manager).search([]))

    def test_nobody_makes_invitations_by_hand(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.survey.invitation"].with_user(self.manager).create({"origin_model": "res.partner", "origin_id": 1})

    def test_a_member_shows_how_much_was_said_as_far_as_one_may_read_it(self):
        member = self._create_member()
        self._note(self.clerk, partner_id=member.id)
        self._note(self.manager, partner_id=member.id, store_id=self.other_store.id)
        counts = {user.login: member.with_user(user).feedback_count for user in (self.manager, self.clerk)}
        self.assertEqual(counts, {"test_member_manager": 2, "test_feedback_clerk": 1})
        action = member.with_user(self.clerk).action_open_feedback()
        self.assertEqual(action["domain"], [("partner_id", "=", member.id)])
