"""The arithmetic of scores."""

import doctest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import link_code, scores

# The clock of a busy machine is no reason to fail.
EASY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NPS = st.lists(st.sampled_from(scores.NPS), min_size=1, max_size=40)
CSAT = st.lists(st.sampled_from(scores.CSAT), min_size=1, max_size=40)


@tagged("post_install", "-at_install")
class TestScores(BaseCase):
    def test_examples_in_the_documentation_hold(self):
        for module in (scores, link_code):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed)

    @EASY
    @given(NPS)
    def test_the_mean_is_promoters_less_detractors(self, given_scores):
        promoters = sum(score >= 9 for score in given_scores)
        detractors = sum(score <= 6 for score in given_scores)
        self.assertAlmostEqual(scores.nps(given_scores), 100 * (promoters - detractors) / len(given_scores))
        self.assertTrue(-100 <= scores.nps(given_scores) <= 100)

    @EASY
    @given(NPS, NPS)
    def test_a_total_is_the_weighted_mean_of_its_parts(self, first, second):
        whole = (scores.nps(first) * len(first) + scores.nps(second) * len(second)) / (len(first) + len(second))
        self.assertAlmostEqual(scores.nps(first + second), whole)

    @EASY
    @given(NPS, st.sampled_from(scores.NPS))
    def test_a_better_score_never_lowers_the_nps(self, given_scores, score):
        better = [max(score, given_scores[0]), *given_scores[1:]]
        self.assertGreaterEqual(scores.nps(better), scores.nps(given_scores))

    @EASY
    @given(CSAT)
    def test_satisfaction_is_the_share_of_four_and_five(self, given_scores):
        share = 100 * sum(score in (4, 5) for score in given_scores) / len(given_scores)
        self.assertAlmostEqual(scores.satisfaction(given_scores), share)

    @EASY
    @given(st.integers().filter(lambda number: number not in scores.NPS))
    def test_a_number_outside_the_scale_is_refused(self, number):
        with self.assertRaises(ValueError):
            scores.nps_value(number)
        with self.assertRaises(ValueError):
            scores.satisfied_value(number)

    def test_codes_of_links_do_not_repeat(self):
        self.assertEqual(len({link_code.make_code() for _number in range(500)}), 500)
