"""Properties of the arithmetic of budgets."""

import doctest
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import break_even, budget

money = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
quick = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
months = st.lists(money, min_size=12, max_size=12)


@tagged("post_install", "-at_install")
class TestBudgetTools(BaseCase):
    def test_doctests(self):
        self.assertEqual(doctest.testmod(budget).failed, 0)
        self.assertEqual(doctest.testmod(break_even).failed, 0)

    @quick
    @given(money)
    def test_spread_adds_up_and_is_nearly_even(self, total):
        amounts = budget.spread(total)
        self.assertEqual((len(amounts), sum(amounts)), (12, total))
        self.assertTrue(all(0 <= amounts[-1] - amount < Decimal("0.12") for amount in amounts))

    @quick
    @given(months, months)
    def test_forward_never_allows_more_than_the_year_and_no_less_than_the_month_while_none_was_exceeded(self, plan, used):
        for month in range(1, 13):
            forward = budget.get_available(plan, used, budget.FORWARD, month)
            whole = budget.get_available(plan, used, budget.YEAR, month)
            self.assertLessEqual(forward + sum(plan[month:]), whole + sum(used[month:]))
            if all(spent <= planned for planned, spent in zip(plan, used, strict=True)):
                self.assertGreaterEqual(forward, budget.get_available(plan, used, budget.MONTH, month))

    @quick
    @given(months, months, st.integers(1, 12))
    def test_spending_what_is_available_leaves_nothing_and_never_a_debt(self, plan, used, month):
        for rule in (budget.MONTH, budget.FORWARD, budget.YEAR):
            available = budget.get_available(plan, used, rule, month)
            if available >= 0:
                spent = [amount + (available if place == month - 1 else 0) for place, amount in enumerate(used)]
                self.assertGreaterEqual(budget.get_available(plan, spent, rule, month), 0)

    @quick
    @given(months, months, money)
    def test_money_is_taken_of_what_months_have_left_and_no_more(self, plan, actual, amount):
        left = [max(planned - spent, 0) for planned, spent in zip(plan, actual, strict=True)]
        taken = budget.take_back(plan, actual, amount)
        self.assertEqual(sum(taken.values()), min(amount, sum(left)))
        self.assertTrue(all(0 < part <= left[month - 1] for month, part in taken.items()))

    @quick
    @given(money, money, st.sampled_from([budget.NOTHING, budget.COMMITTED, budget.ALL]))
    def test_never_more_is_carried_than_is_left(self, left, committed, rule):
        carried = budget.get_carried(left, committed, rule)
        self.assertTrue(0 <= carried <= left)
        self.assertTrue(rule != budget.COMMITTED or carried <= committed)

    def test_each_account_of_costs_behaves_somehow(self):
        for code in ("5401", "5602", "560299", "6602", "6711", "9999", "", None):
            with self.subTest(code):
                self.assertTrue(break_even.get_behaviour(code, "expense"))
                self.assertFalse(break_even.get_behaviour(code, "asset_current"))
