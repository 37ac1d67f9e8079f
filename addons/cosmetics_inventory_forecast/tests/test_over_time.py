"""What the formula does over months: nothing expires that was bought by it when demand comes as expected, and little is missing."""

import numpy as np
from odoo.tests import BaseCase, tagged

from ..tools.demand_model import forecast
from ..tools.order_quantity import Curve, Policy, Terms, decide, unsold
from .test_demand_model import COMING, PAST

POLICY = Policy(0.95, 7, 28)


def live(demand, expected, terms, weeks=60):
    """Return (units that expired, units that were missing) when each week is ordered what the formula says.

    :param demand: of each week, `expected`: what the formula believes
    """
    shelf, coming, expired, missing = {}, {}, 0.0, 0.0
    for week in range(weeks):
        for left, quantity in coming.pop(week, {}).items():
            shelf[week + left] = shelf.get(week + left, 0.0) + quantity
        curve = Curve(expected[week : week + 53])
        batches = [(7 * (end - week), quantity) for end, quantity in shelf.items()]
        position = sum(shelf.values()) - unsold(batches, curve) + sum(sum(parts.values()) for parts in coming.values())
        quantity = decide(curve, 1.0, position, POLICY, terms).quantity
        if quantity:
            coming.setdefault(week + terms.lead_days // 7, {})[terms.sell_days // 7] = quantity
        wanted = demand[week]
        for end in sorted(shelf):
            taken = min(shelf[end], wanted)
            shelf[end] -= taken
            wanted -= taken
        missing += wanted
        expired += sum(quantity for end, quantity in shelf.items() if end <= week)
        shelf = {end: quantity for end, quantity in shelf.items() if quantity and end > week}
    return expired, missing


@tagged("post_install", "-at_install")
class TestOverTime(BaseCase):
    def test_nothing_expires_when_demand_is_as_expected(self):
        for weekly in (0.4, 3.0, 25.0):
            for sell_days in (28, 84, 350):
                with self.subTest(weekly=weekly, sell_days=sell_days):
                    expired, _missing = live([weekly] * 120, [weekly] * 120, Terms(7, 1, 0, (), sell_days))
                    self.assertLess(expired, 1)

    def test_large_packs_of_what_does_not_keep_are_left_alone(self):
        expired, missing = live([1.0] * 120, [1.0] * 120, Terms(7, 48, 0, (), 84))
        self.assertEqual((expired, missing), (0, 60))

    def test_little_is_missing_once_the_first_order_is_there(self):
        dice = np.random.default_rng(3)
        demand = dice.poisson(12, 120)
        _expired, missing = live(demand, [12.0] * 120, Terms(7, 6, 6, (), 350))
        self.assertLess((missing - demand[0]) / demand[:60].sum(), 0.02)

    def test_the_forecast_is_closer_than_the_same_week_of_the_year_before(self):
        dice = np.random.default_rng(5)
        shape = np.exp(0.4 * PAST[:, 1] + 0.7 * PAST[:, -1])
        level = dice.lognormal(1.0, 1.0, (200, 1))
        demand = dice.poisson(level * shape).astype(float)
        mean = forecast(demand[:, :148], [1] * 200, PAST[:148], PAST[148:], None).mean
        ours, naive = (np.abs(guess - demand[:, 148:]).sum() for guess in (mean, demand[:, 96:104]))
        self.assertLess(ours, 0.85 * naive)

    def test_a_forecast_goes_on_for_a_year_without_running_away(self):
        demand = np.random.default_rng(8).poisson(9, (40, 156)).astype(float)
        mean = forecast(demand, [1] * 40, PAST, COMING).mean
        self.assertAlmostEqual(mean.mean(), 9, delta=0.5)
        self.assertLess(mean.max(), 30)
