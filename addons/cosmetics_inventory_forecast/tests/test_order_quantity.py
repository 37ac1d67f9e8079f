"""The formula: never negative, never more than can be sold in time, no less when more is asked for."""

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.order_quantity import CRUMB, Curve, Policy, Terms, decide, shortfall, unsold
from .common import PATIENT

UNITS = st.floats(0, 500)
# Six weeks that come again and again: enough to rise and fall, and quick to make.
WEEKS = st.lists(st.floats(0, 60), min_size=6, max_size=6).map(lambda weeks: weeks * 9)
LEVEL = st.floats(0, 60)
SPREAD = st.floats(1, 6)
DAYS = st.integers(0, 90)
POLICY = st.builds(Policy, st.floats(0.5, 0.99), st.integers(1, 30), st.integers(1, 90))
BREAKS = st.lists(st.tuples(st.integers(1, 300), st.floats(1, 100)), max_size=3).map(
    lambda rows: tuple(zip(sorted(start for start, _price in rows), sorted((price for _start, price in rows), reverse=True), strict=True))
)
TERMS = st.builds(Terms, DAYS, st.integers(1, 48), st.integers(0, 100), BREAKS, st.none() | st.integers(0, 60) | st.integers(0, 900))


@tagged("post_install", "-at_install")
class TestOrderQuantity(BaseCase):
    @PATIENT
    @given(WEEKS, SPREAD, UNITS, POLICY, TERMS)
    def test_never_negative_and_never_more_than_can_be_sold_in_time(self, weeks, spread, position, policy, terms):
        decision = decide(Curve(weeks), spread, position, policy, terms)
        self.assertGreaterEqual(decision.quantity, 0)
        if terms.sell_days is not None:
            self.assertLessEqual(decision.quantity, decision.cap + CRUMB * 2)

    @PATIENT
    @given(WEEKS, SPREAD, UNITS, POLICY, TERMS)
    def test_whole_packs_and_no_less_than_the_minimum(self, weeks, spread, position, policy, terms):
        decision = decide(Curve(weeks), spread, position, policy, terms)
        self.assertAlmostEqual(decision.quantity % terms.pack, 0)
        if decision.quantity:
            self.assertGreaterEqual(decision.quantity, terms.minimum)

    @PATIENT
    @given(WEEKS, st.floats(1, 3), SPREAD, UNITS, POLICY, TERMS)
    def test_more_demand_never_asks_for_less(self, weeks, times, spread, position, policy, terms):
        less = decide(Curve(weeks), spread, position, policy, terms).quantity
        more = decide(Curve([week * times for week in weeks]), spread, position, policy, terms).quantity
        self.assertGreaterEqual(more, less)

    @PATIENT
    @given(WEEKS, SPREAD, UNITS, UNITS, POLICY, TERMS)
    def test_more_stock_never_asks_for_more(self, weeks, spread, position, added, policy, terms):
        poor = decide(Curve(weeks), spread, position, policy, terms).quantity
        rich = decide(Curve(weeks), spread, position + added, policy, terms).quantity
        self.assertLessEqual(rich, poor)

    @PATIENT
    @given(WEEKS, SPREAD, UNITS, POLICY, DAYS, DAYS)
    def test_a_longer_way_never_lacks_less(self, weeks, spread, position, policy, lead, longer):
        soon, late = (shortfall(Curve(weeks), spread, position, policy, days)[0] for days in (lead, lead + longer))
        self.assertGreaterEqual(late, soon - CRUMB)

    @PATIENT
    @given(LEVEL, SPREAD, UNITS, POLICY, TERMS, DAYS)
    def test_a_longer_way_never_asks_for_less_of_what_sells_evenly(self, weekly, spread, position, policy, terms, longer):
        curve = Curve([weekly] * 53)
        far = Terms(terms.lead_days + longer, terms.pack, terms.minimum, terms.breaks, terms.sell_days)
        soon, late = (decide(curve, spread, position, policy, choice).quantity for choice in (terms, far))
        self.assertGreaterEqual(late, soon)

    @PATIENT
    @given(WEEKS, SPREAD, UNITS, POLICY, TERMS, st.floats(0.5, 0.99))
    def test_a_higher_service_level_never_asks_for_less(self, weeks, spread, position, policy, terms, service):
        low, high = sorted((policy.service, service))
        quantities = [
            decide(Curve(weeks), spread, position, Policy(level, policy.review_days, policy.cover_days), terms).quantity
            for level in (low, high)
        ]
        self.assertGreaterEqual(quantities[1], quantities[0])

    @PATIENT
    @given(st.lists(st.tuples(st.none() | st.integers(-5, 400), st.floats(0, 100)), max_size=5), WEEKS)
    def test_unsold_is_a_part_of_what_is_there(self, batches, weeks):
        lost = unsold(batches, Curve(weeks))
        self.assertGreaterEqual(lost, 0)
        self.assertLessEqual(lost, sum(quantity for _days, quantity in batches) + CRUMB)

    def test_price_break_is_taken_when_it_costs_less_in_all(self):
        curve, policy = Curve([7.0] * 53), Policy(0.5, 7, 28)
        cheap = Terms(breaks=((1, 10.0), (40, 8.0)))
        dear = Terms(breaks=((1, 10.0), (40, 9.5)))
        decisions = [decide(curve, 0, 0, policy, terms) for terms in (cheap, dear)]
        self.assertEqual([(found.quantity, found.code) for found in decisions], [(40, "price_break"), (35, "needed")])

    def test_price_break_beyond_the_shelf_life_is_not_taken(self):
        terms = Terms(breaks=((1, 10.0), (40, 1.0)), sell_days=37)
        decision = decide(Curve([7.0] * 53), 0, 0, Policy(0.5, 7, 28), terms)
        self.assertEqual((decision.quantity, decision.code, decision.uncapped), (35, "needed", 40))

    def test_what_the_vendor_does_not_deliver_in_small_is_not_ordered_to_expire(self):
        decision = decide(Curve([7.0] * 53), 0, 0, Policy(0.5, 7, 28), Terms(minimum=100, sell_days=30))
        self.assertEqual((decision.quantity, decision.code, decision.cap, decision.uncapped), (0, "unsaleable", 30, 100))
