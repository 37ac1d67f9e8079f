"""The plain Python of purchasing says what its documentation says."""

import doctest

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import approval, bill_match, order_progress, price_watch, vendor_score

NUMBER = st.floats(0, 1e6, allow_nan=False)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_of_the_documentation_hold(self):
        for module in (approval, bill_match, order_progress, price_watch, vendor_score):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    @given(NUMBER, NUMBER, NUMBER)
    def test_more_money_never_needs_fewer_nodes(self, above, amount, more):
        node = approval.Node(1, above=above)
        if approval.applies(node, approval.Facts(amount)):
            self.assertTrue(approval.applies(node, approval.Facts(amount + more)))

    @given(st.floats(0, 100), st.floats(0, 100), st.integers(0, 100), st.integers(0, 100))
    def test_total_of_a_vendor_lies_between_its_marks(self, first, second, weight, other):
        total = vendor_score.total([(first, weight), (second, other)])
        if weight or other:
            self.assertTrue(min(first, second) - 0.05 <= total <= max(first, second) + 0.05)
        else:
            self.assertIsNone(total)

    @given(st.sampled_from(["on_time", "quantity", "quality", "life", "price", "answer"]), st.floats(-10, 1000), st.floats(0, 1000))
    def test_better_facts_give_no_worse_marks_and_marks_stay_in_their_bounds(self, kind, fact, more):
        mark, other = vendor_score.points(kind, fact), vendor_score.points(kind, fact + more)
        self.assertTrue(0 <= mark <= 100)
        self.assertTrue(other <= mark if kind in ("price", "answer") else other >= mark)

    @given(st.floats(0, 100), st.floats(0, 100))
    def test_more_marks_give_no_worse_grade(self, score, more):
        self.assertGreaterEqual(vendor_score.grade(score, (90, 75, 60)), vendor_score.grade(score + more, (90, 75, 60)))

    @given(st.floats(0.01, 1e5), st.floats(0.01, 1e5), st.floats(0.01, 1))
    def test_a_price_that_strikes_strikes_beside_others_too(self, price, reference, share):
        if price_watch.is_striking(price, (reference,), share):
            self.assertTrue(price_watch.is_striking(price, (price, reference), share))
        self.assertFalse(price_watch.is_striking(price, (price,), share))

    @given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 60)), min_size=1, max_size=5), st.booleans(), st.booleans())
    def test_an_order_has_arrived_when_no_line_waits_and_not_before(self, lines, is_billed, is_paid):
        facts = order_progress.Facts("purchase", lines=tuple(lines), is_billed=is_billed, bills=(is_paid,))
        is_here = all(came >= ordered for ordered, came in lines)
        self.assertEqual(order_progress.progress(facts) in ("received", "billed", "paid"), is_here)
        if order_progress.progress(facts) == "paid":
            self.assertTrue(is_billed and is_paid)

    @given(NUMBER, NUMBER, NUMBER, st.floats(0, 1))
    def test_bill_that_asks_no_more_than_order_and_receipt_is_never_held(self, billable, less, price, tolerance):
        line = bill_match.Line(billable, max(billable - less, 0), price, max(price - less, 0))
        self.assertEqual(bill_match.compare(line, tolerance), set())
