"""The examples hold, and no batch is ever sold twice."""

import doctest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import stock_watch
from ..tools.stock_watch import CAUSES, Batch, Facts, Limits, find, unsold_by_batch

BATCHES = st.lists(
    st.builds(Batch, key=st.integers(1, 9), days_left=st.integers(-5, 900), quantity=st.integers(1, 200)),
    unique_by=lambda batch: batch.key,
    max_size=6,
)
NUMBERS = st.integers(0, 300)
# Examples are drawn slowly where other work goes on.
FEW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@tagged("post_install", "-at_install")
class TestStockWatch(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(stock_watch)
        self.assertEqual((result.failed, result.attempted > 5), (0, True))

    @FEW
    @given(batches=BATCHES, pace=st.integers(0, 20))
    def test_what_sells_never_exceeds_the_pace_until_any_day(self, batches, pace):
        unsold = unsold_by_batch(batches, float(pace))
        for last in batches:
            sold = sum(batch.quantity - unsold[batch.key] for batch in batches if batch.days_left <= last.days_left)
            self.assertLessEqual(sold, pace * max(last.days_left, 0))
            self.assertTrue(0 <= unsold[last.key] <= last.quantity)

    @FEW
    @given(batches=BATCHES, pace=st.integers(0, 20))
    def test_a_faster_pace_never_leaves_more(self, batches, pace):
        self.assertLessEqual(sum(unsold_by_batch(batches, pace + 1.0).values()), sum(unsold_by_batch(batches, float(pace)).values()))

    @FEW
    @given(on_hand=NUMBERS, free=NUMBERS, pace=NUMBERS, idle=NUMBERS, minimum=NUMBERS, cover=NUMBERS, idle_limit=NUMBERS, batches=BATCHES)
    def test_each_cause_is_found_once(self, on_hand, free, pace, idle, minimum, cover, idle_limit, batches):
        facts = Facts(on_hand, free, pace / 10, idle, batches=tuple(batches))
        causes = [(CAUSES[finding.kind], finding.batch) for finding in find(facts, Limits(minimum, True, cover, idle_limit, 180))]
        self.assertEqual(len(causes), len(set(causes)))
