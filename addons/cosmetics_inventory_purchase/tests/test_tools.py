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

    @given(NUMBER, NUMBER, NUMBER, st.floats(0, 1))
    def test_bill_that_asks_no_more_than_order_and_receipt_is_never_held(self, billable, less, price, tolerance):
        line = bill_match.Line(billable, max(billable - less, 0), price, max(price - less, 0))
        self.assertEqual(bill_match.compare(line, tolerance), set())
