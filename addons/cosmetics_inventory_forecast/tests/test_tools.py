"""The plain Python says what its documentation says, and the plan keeps within what is there."""

import doctest

from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools import demand_model, order_quantity, retail_weeks, supply_plan
from ..tools.order_quantity import Curve, Policy, Terms
from ..tools.supply_plan import Place, plan
from .common import PATIENT

WEEKLY = st.floats(0, 50)
STOCK = st.integers(0, 400)
POLICY = Policy(0.95, 7, 28)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_of_the_documentation_hold(self):
        for module in (order_quantity, retail_weeks, supply_plan):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted, module.__name__)
            self.assertFalse(result.failed, module.__name__)

    def test_every_event_has_a_week(self):
        features = retail_weeks.week_features(retail_weeks.weeks_from(retail_weeks.date(2026, 1, 5), 52))
        self.assertTrue((features.max(axis=0) > 0).all())
        self.assertLessEqual(features[:, 1 + 2 * len(retail_weeks.HARMONICS) :].max(), 1)

    def test_methods_have_a_name_each(self):
        self.assertEqual(len(set(demand_model.METHODS)), 4)

    @PATIENT
    @given(st.lists(st.tuples(WEEKLY, STOCK), min_size=2, max_size=4), st.booleans())
    def test_nobody_gives_what_he_does_not_have_or_needs_himself(self, shops, has_centre):
        places = [
            Place(number, 1 if has_centre else number, Curve([weekly] * 53), batches=((None, stock),), on_hand=stock)
            for number, (weekly, stock) in enumerate(shops, start=1)
        ]
        steps = plan(places, {place.root: Terms() for place in places}, POLICY, 2)
        gave = dict.fromkeys((place.key for place in places), 0)
        for step in steps:
            self.assertGreater(step.decision.quantity, 0)
            if step.kind == "transfer":
                gave[step.source] += step.decision.quantity
                self.assertNotEqual(step.source, step.place)
        for place in places:
            self.assertLessEqual(gave[place.key], place.on_hand)
            self.assertLessEqual(gave[place.key] + place.curve.between(0, 28), max(place.on_hand, place.curve.between(0, 28)))

    @PATIENT
    @given(st.lists(st.tuples(WEEKLY, STOCK), min_size=2, max_size=4))
    def test_nobody_gives_and_gets_the_same_goods(self, shops):
        places = [
            Place(number, number, Curve([weekly] * 53), batches=((None, stock),), on_hand=stock)
            for number, (weekly, stock) in enumerate(shops, start=1)
        ]
        steps = [step for step in plan(places, {}, POLICY, 2) if step.kind == "transfer"]
        self.assertFalse({step.source for step in steps} & {step.place for step in steps})

    def test_a_centre_buys_for_its_shops_with_one_safety_stock(self):
        curve = Curve([20.0] * 53)
        shops = [Place(number, 1, curve) for number in (1, 2, 3)]
        [together] = plan(shops, {1: Terms()}, POLICY, 0)
        alone = plan([Place(number, number, curve) for number in (1, 2, 3)], {number: Terms() for number in (1, 2, 3)}, POLICY, 0)
        self.assertEqual((together.place, together.places, len(alone)), (1, 3, 3))
        self.assertLess(together.decision.quantity, sum(step.decision.quantity for step in alone))

    def test_a_centre_fills_its_shop_before_a_richer_one_does(self):
        full = ((None, 100),)
        places = [
            Place(1, 1, Curve([1.0] * 53), batches=full, on_hand=100),
            Place(2, 1, Curve([7.0] * 53)),
            Place(3, 3, Curve([1.0] * 53), batches=((None, 500),), on_hand=500),
        ]
        steps = plan(places, {}, Policy(0.5, 7, 28), 2)
        self.assertEqual([(step.source, step.place, step.decision.quantity) for step in steps], [(1, 2, 30)])

    def test_goods_that_must_be_sold_soon_are_not_sent_around(self):
        old = Place(1, 1, Curve([0.0] * 53), batches=((20, 100),), on_hand=100)
        self.assertFalse(plan([old, Place(2, 2, Curve([7.0] * 53))], {}, POLICY, 2))

    def test_what_may_not_be_bought_any_more_may_still_be_moved(self):
        rich = Place(1, 1, Curve([0.0] * 53), batches=((None, 100),), on_hand=100)
        poor = Place(2, 2, Curve([70.0] * 53))
        steps = plan([rich, poor], {1: Terms(), 2: Terms()}, POLICY, 2, may_buy=False)
        self.assertEqual([step.kind for step in steps], ["transfer"])
