"""The examples of the plain Python, and what holds for every amount."""

import doctest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import stock_money

MONEY = st.decimals(0, 100000, places=2)
PERCENT = st.decimals(0, 99, places=2)
QUANTITY = st.integers(0, 1000).map(float)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_the_examples_are_true(self):
        failed, tried = doctest.testmod(stock_money)
        self.assertEqual((failed, tried > 5), (0, True))

    def test_a_provision_is_never_more_than_the_cost(self):
        @given(MONEY, MONEY, PERCENT)
        def check(cost, price, percent):
            self.assertTrue(0 <= stock_money.provision(cost, price, percent) <= cost)

        check()

    def test_steps_lead_from_the_provision_before_to_the_one_that_is_needed(self):
        @given(MONEY, QUANTITY, QUANTITY, QUANTITY, MONEY)
        def check(before, was, now, disposed, needed):
            before = before if was else Decimal(0)
            sold, scrapped, change = stock_money.provision_steps(before, was, now, disposed, needed)
            self.assertEqual(before - sold - scrapped + change, needed)
            self.assertTrue(sold >= 0 and scrapped >= 0 and sold + scrapped <= before)

        check()
