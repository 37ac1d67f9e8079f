"""What members answer, and how it adds up."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOON, SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyAnswer(SurveyCommon):
    def _read_group(self, groupby, user=None, **domain):
        model = self.env["cosmetics.survey.answer"].with_user(user or self.manager)
        rows = model._read_group([], groupby, ["nps_value:avg", "satisfied_value:avg", "csat_value:avg", "__count"])
        return {row[: len(groupby)] if len(groupby) != 1 else row[0]: row[len(groupby) :] for row in rows}

    def test_an_answer_keeps_where_by_whom_and_about_what(self):
        member = self._create_askable()
        self._happen(member, user=self.adviser, number=member.id)
        self._create_rule()
        self._ask()
        answer = self._fill_in(self._invitations(member), 5, 9, "很好")
        self.assertEqual((answer.store_id, answer.adviser_id, answer.product_ids), (self.store, self.adviser, self.cream))
        self.assertEqual((answer.event, answer.origin_name, answer.partner_id), ("bought", f"S{member.id}", member))
        self.assertEqual((answer.csat, answer.nps, answer.comment, answer.nps_group), (5, 9, "很好", "promoter"))
        self.assertEqual(self._invitations(member).state, "answered")

    def test_without_who_served_the_adviser_of_the_member_counts(self):
        self.assertEqual(self._answer(self._create_askable(adviser_id=self.adviser.id), csat=4, nps=8).adviser_id, self.adviser)

    def test_nps_and_csat_add_up_in_every_group_and_in_the_total(self):
        self.env["cosmetics.survey.answer"].search([]).unlink()
        for csat, nps, store in ((5, 10, self.store), (4, 9, self.store), (2, 3, self.store), (1, 0, self.other_store)):
            member = self._create_askable(f"会员{csat}")
            self._happen(member, store=store, number=member.id)
            self._answer_of(member, csat, nps)
        groups = self._read_group(["store_id"])
        nps, satisfied, csat, count = groups[self.store.with_user(self.manager)]
        self.assertAlmostEqual(nps, 100 * (2 - 1) / 3)
        self.assertAlmostEqual(satisfied, 200 / 3)
        self.assertAlmostEqual(csat, 11 / 3)
        self.assertEqual(count, 3)
        self.assertEqual(groups[self.other_store.with_user(self.manager)], (-100, 0, 1, 1))
        self.assertEqual(self._read_group([])[()][:2], (0, 50))

    def _answer_of(self, member, csat=None, nps=None):
        if not self.env["cosmetics.survey.rule"].search_count([("state", "=", "running")]):
            self._create_rule()
        self._ask()
        return self._fill_in(self._invitations(member), csat, nps)

    def test_a_score_that_was_skipped_or_not_asked_does_not_weigh(self):
        self.env["cosmetics.survey.answer"].search([]).unlink()
        self._answer(csat=5)
        self._answer(csat=5, nps=10)
        self.env.cr.execute("SELECT COUNT(nps), COUNT(csat) FROM cosmetics_survey_answer")
        self.assertEqual(self.env.cr.fetchone(), (1, 2))
        self.assertEqual(self._read_group([])[()], (100, 100, 5, 2))

    def test_a_nought_weighs(self):
        answer = self._answer(csat=1, nps=0)
        self.assertTrue(answer.has_nps)
        self.assertEqual((answer.nps, answer.nps_value), (0, -100))

    def test_an_answer_counts_with_each_product_and_once_in_the_total(self):
        self.env["cosmetics.survey.answer"].search([]).unlink()
        lotion = self._create_product(name="Test Lotion")
        member = self._create_askable()
        self._happen(member, products=self.cream | lotion, number=member.id)
        self._answer_of(member, 5, 10)
        groups = self._read_group(["product_ids"])
        self.assertEqual({product.name: row[3] for product, row in groups.items()}, {"Test Cream": 1, "Test Lotion": 1})
        self.assertEqual(self._read_group([])[()][3], 1)

    def test_a_sheet_is_counted_once_however_often_it_is_handed_in(self):
        answer = self._answer(csat=3, nps=8)
        answer.sudo().user_input_id._mark_done()
        self.assertEqual(self.env["cosmetics.survey.answer"].search_count([("user_input_id", "=", answer.user_input_id.id)]), 1)

    def test_a_test_of_the_survey_counts_nothing(self):
        sheet = self.survey.sudo()._create_answer(user=self.manager, test_entry=True)
        sheet._mark_done()
        self.assertFalse(self.env["cosmetics.survey.answer"].search([("user_input_id", "=", sheet.id)]))

    def test_a_survey_without_scores_leaves_no_answer(self):
        plain = self._create_survey(kinds=())
        sheet = plain.sudo()._create_answer(user=self.manager)
        sheet._mark_done()
        self.assertFalse(self.env["cosmetics.survey.answer"].search([("user_input_id", "=", sheet.id)]))

    def test_nobody_writes_answers_by_hand(self):
        answer = self._answer(csat=3, nps=8)
        for user in (self.manager, self.shop_manager, self.clerk):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    answer.with_user(user).write({"csat": 5})
                with self.assertRaises(AccessError):
                    self.env["cosmetics.survey.answer"].with_user(user).create({"survey_id": self.survey.id})

    # ------------------------------------------------------------------ low scores
    def test_a_low_score_opens_feedback_for_the_manager_of_the_store_at_once(self):
        answer = self._answer(csat=2, nps=8, comment="等太久")
        feedback = answer.feedback_ids
        self.assertEqual((feedback.store_id, feedback.user_id, feedback.source), (self.store, self.shop_manager, "survey"))
        self.assertEqual((feedback.description, feedback.product_id, feedback.partner_id), ("等太久", self.cream, answer.partner_id))
        activity = feedback.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.shop_manager, fields.Date.to_date("2026-05-10")))

    def test_either_score_alone_is_enough_and_good_ones_open_nothing(self):
        self.assertTrue(self._answer(csat=5, nps=6).feedback_ids)
        self.assertFalse(self._answer(csat=3, nps=7).feedback_ids)

    def test_without_a_manager_of_the_store_it_goes_to_whom_the_rule_names(self):
        self.store.manager_id = False
        self.assertEqual(self._answer(csat=1, nps=1).feedback_ids.user_id, self.manager)

    def test_a_manager_without_the_right_does_not_keep_the_member_from_answering(self):
        self.store.manager_id = self._create_user("test_no_role")
        self.assertEqual(self._answer(csat=1, nps=1).feedback_ids.user_id, self.manager)

    # ------------------------------------------------------------------ hidden names
    def test_a_hidden_name_is_for_member_managers_alone(self):
        self.survey.is_name_hidden = True
        answer = self._answer(csat=1, nps=1, comment="不满意")
        self.env.invalidate_all()
        seen = answer.with_user(self.shop_manager)
        self.assertEqual((seen.csat, seen.comment), (1, "不满意"))
        self.assertFalse(seen.member_id)
        self.assertFalse(seen.document)
        self.assertFalse(seen.feedback_ids.partner_id)
        self.assertFalse(seen.feedback_ids.document)
        self.assertEqual(answer.with_user(self.manager).member_id, answer.partner_id)

    def test_no_search_finds_out_a_hidden_name(self):
        self.survey.is_name_hidden = True
        answer = self._answer(csat=1, nps=1)
        model = self.env["cosmetics.survey.answer"].with_user(self.shop_manager)
        secret = answer.sudo()
        guesses = {
            "origin_name": secret.origin_name,
            **{name: secret[name].id for name in ("partner_id", "invitation_id", "user_input_id")},
        }
        for name, guess in guesses.items():
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    model.search([(name, "=", guess)])
                with self.assertRaises(AccessError):
                    answer.with_user(self.shop_manager).read([name])
        with self.assertRaises(AccessError):
            model._read_group([], ["partner_id"], ["__count"])
        with self.assertRaises(AccessError):
            self.env["cosmetics.survey.invitation"].with_user(self.shop_manager).search([])

    def test_an_open_name_is_seen_by_the_manager_of_the_store(self):
        answer = self._answer(csat=4, nps=9)
        self.env.invalidate_all()
        self.assertEqual(answer.with_user(self.shop_manager).member_id, answer.partner_id)
        self.assertEqual(answer.answered_at.date(), NOON.date().replace(day=7))
