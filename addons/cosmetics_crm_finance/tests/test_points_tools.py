"""What points are worth, without a database."""

import doctest
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import points_value as rules

HUNDREDTHS = st.integers(0, 10**7).map(lambda units: Decimal(units) / 100)
PERCENTS = st.integers(1, 10000).map(lambda units: Decimal(units) / 100)


@st.composite
def histories(draw):
    """Return (points, percent, amount): points that went any way, each step no more than was there."""
    earned = draw(HUNDREDTHS.filter(bool))
    left, gone = earned, {}
    for name in draw(st.permutations(["spent", "expired", "taken"])):
        gone[name] = left * draw(st.integers(0, 4)) / 4
        left -= gone[name]
    return rules.Points(earned, left, gone["spent"], gone["expired"]), draw(PERCENTS), draw(HUNDREDTHS)


@tagged("post_install", "-at_install")
class TestPointsTools(BaseCase):
    def test_examples_in_the_source_hold(self):
        failed, tried = doctest.testmod(rules)
        self.assertEqual(failed, 0)
        self.assertGreater(tried, 5)

    @settings(max_examples=300, deadline=None)
    @given(HUNDREDTHS, HUNDREDTHS, PERCENTS)
    def test_points_never_take_more_than_the_price(self, revenue, points, percent):
        part = rules.price_part(revenue, points, Decimal("0.1"), percent)
        self.assertLessEqual(0, part)
        self.assertLessEqual(part, revenue)

    @settings(max_examples=300, deadline=None)
    @given(histories())
    def test_what_is_owed_is_between_nothing_and_what_was_put_aside(self, history):
        points, percent, amount = history
        owed = rules.open_value(amount, points.earned, points, percent)
        kept = rules.credited(amount, points.earned, points)
        self.assertLessEqual(0, owed)
        self.assertLessEqual(owed, kept)
        self.assertLessEqual(kept, amount)

    @settings(max_examples=300, deadline=None)
    @given(histories())
    def test_nothing_is_owed_for_points_that_are_gone(self, history):
        points, percent, amount = history
        gone = rules.Points(points.earned, Decimal(0), points.spent, points.expired + points.remaining)
        self.assertEqual(rules.open_value(amount, points.earned, gone, percent), 0)

    @settings(max_examples=300, deadline=None)
    @given(histories())
    def test_spending_more_never_raises_what_is_owed(self, history):
        points, percent, amount = history
        more = rules.Points(points.earned, points.remaining / 2, points.spent + points.remaining / 2, points.expired)
        before, after = (rules.open_value(amount, points.earned, state, percent) for state in (points, more))
        self.assertLessEqual(after, before)

    def test_points_given_for_nothing_are_worth_their_stand_alone_price(self):
        self.assertEqual(rules.gift_price(Decimal(1000), Decimal("0.10"), Decimal(95)), Decimal("95.00"))
