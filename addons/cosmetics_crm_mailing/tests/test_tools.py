"""The plain Python of messages and campaigns."""

import doctest
import unittest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import TransactionCase, tagged

from ..tools import birthdays, china, holdout, network, sms_api, sms_hours, sms_text, stacking, uplift

# The clock of a busy machine is no reason to fail.
EASY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(alphabet="甲乙丙丁123", min_size=1, max_size=6)


@tagged("post_install", "-at_install")
class TestTools(TransactionCase):
    def test_examples_in_the_tools_hold(self):
        for module in (birthdays, china, holdout, network, sms_api, sms_hours, sms_text, stacking, uplift):
            with self.subTest(module=module.__name__):
                result = unittest.TestResult()
                suite = doctest.DocTestSuite(module)
                self.assertGreater(suite.countTestCases(), 0)
                suite.run(result)
                self.assertFalse(result.errors + result.failures)

    @EASY
    @given(st.fixed_dictionaries({"name": WORDS, "gift": WORDS, "days": WORDS}))
    def test_a_text_gives_back_the_values_it_was_made_of(self, values):
        text = "尊敬的${name}，礼品「${gift}」保留${days}天。"
        self.assertEqual(sms_text.match(text, sms_text.render(text, values)), values)

    @EASY
    @given(st.integers(0, 2000))
    def test_parts_hold_the_whole_text_and_none_is_empty(self, length):
        parts = sms_text.parts("字" * length)
        self.assertGreaterEqual(parts * (70 if parts == 1 else 67), length)
        self.assertLess((parts - 1) * 67, max(length, 1))

    @EASY
    @given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 500), st.integers(1, 500))
    def test_interval_holds_the_difference_and_stays_within_one(self, hits, size, base_hits, base_size):
        found = uplift.compare(min(hits, size), size, min(base_hits, base_size), base_size)
        self.assertTrue(-1 <= found.low <= found.difference + 1e-9)
        self.assertTrue(found.difference - 1e-9 <= found.high <= 1)

    @EASY
    @given(st.datetimes(), st.floats(8, 14), st.floats(14.5, 21))
    def test_next_moment_is_never_earlier_and_never_further_than_a_day(self, now, opens, closes):
        if not 2 < now.year < 9998:
            return
        moment = sms_hours.next_moment(now, opens, closes)
        self.assertTrue(0 <= (moment - now).total_seconds() <= 24 * 3600)
        self.assertEqual(sms_hours.next_moment(moment, opens, closes), moment)
