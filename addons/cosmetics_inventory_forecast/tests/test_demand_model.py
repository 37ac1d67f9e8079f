"""The forecast finds what was put into made-up demand."""

from datetime import date

import numpy as np
from odoo.tests import BaseCase, tagged

from ..tools.demand_model import METHODS, forecast, shapes
from ..tools.retail_weeks import event_names, week_features, weeks_from

START = date(2023, 9, 25)
PAST = week_features(weeks_from(START, 156))
COMING = week_features(weeks_from(date(2026, 9, 21), 53))
END = PAST.shape[1] - len(event_names()) + event_names().index("double_11_end")


@tagged("post_install", "-at_install")
class TestDemandModel(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = np.random.default_rng(1)

    def _forecast(self, demand, groups=None, peers=None):
        return forecast(demand, groups or [1] * len(demand), PAST, COMING, peers)

    def test_level_demand_is_forecast_level(self):
        result = self._forecast(np.full((3, 156), 10.0))
        self.assertLess(np.abs(result.mean - 10).max(), 0.2)
        self.assertEqual({METHODS[code] for code in result.method}, {"steady"})

    def test_double_eleven_comes_again(self):
        usual = self.dice.poisson(20 * np.exp(PAST[:, END]), (30, 156)).astype(float)
        mean = self._forecast(usual).mean.mean(axis=0)
        peak = COMING[:, END].argmax()
        self.assertGreater(mean[peak], 1.5 * np.median(mean))

    def test_a_category_has_a_year_of_its_own(self):
        wave = np.exp(PAST[:, 2])
        demand = np.vstack([self.dice.poisson(20 * wave, (20, 156)), self.dice.poisson(20 / wave, (20, 156))]).astype(float)
        past, _coming = shapes(demand, np.repeat([1, 2], 20), PAST, COMING)
        self.assertGreater(np.corrcoef(past[0], wave)[0, 1], 0.95)
        self.assertLess(np.corrcoef(past[-1], wave)[0, 1], -0.7)

    def test_unknown_weeks_are_no_weeks_without_demand(self):
        demand = np.full((2, 156), 10.0)
        demand[0, ::2] = np.nan
        mean = self._forecast(demand).mean
        self.assertLess(np.abs(mean[0] - mean[1]).max(), 0.3)

    def test_what_nobody_asks_for_any_more_fades(self):
        demand = np.zeros((2, 156))
        demand[:, ::3] = 4
        demand[0, 110:] = 0
        result = self._forecast(demand)
        self.assertEqual({METHODS[code] for code in result.method}, {"intermittent"})
        self.assertLess(result.mean[0].mean(), 0.2 * result.mean[1].mean())

    def test_slow_sellers_are_neither_over_nor_underestimated(self):
        demand = self.dice.poisson(0.3, (300, 156)).astype(float)
        self.assertAlmostEqual(self._forecast(demand).mean.mean(), 0.3, delta=0.03)

    def test_new_goods_lean_on_similar_ones_in_the_same_shop(self):
        demand = np.full((4, 156), 10.0)
        demand[3] = 30
        demand[0] = np.nan
        demand[0, -2:] = 2.0
        result = self._forecast(demand, peers=np.array([7, 7, 7, 8]))
        self.assertEqual(METHODS[result.method[0]], "analogy")
        self.assertAlmostEqual(result.mean[0].mean(), 0.25 * 2 + 0.75 * 10, delta=0.5)

    def test_new_goods_without_similar_ones_lean_on_their_category(self):
        demand = np.full((3, 156), 10.0)
        demand[0] = np.nan
        result = self._forecast(demand, groups=[1, 1, 1], peers=np.array([5, 6, 7]))
        self.assertAlmostEqual(result.mean[0].mean(), 10, delta=0.3)

    def test_spread_says_how_much_the_weeks_differ(self):
        calm = self.dice.poisson(20, (20, 156)).astype(float)
        wild = self.dice.poisson(20 * self.dice.gamma(2, 0.5, (20, 156))).astype(float)
        self.assertLess(self._forecast(calm).spread.mean(), 2)
        self.assertGreater(self._forecast(wild).spread.mean(), 6)

    def test_nothing_known_is_forecast_as_nothing(self):
        result = self._forecast(np.full((2, 156), np.nan))
        self.assertEqual((result.mean.sum(), {METHODS[code] for code in result.method}), (0.0, {"unknown"}))

    def test_a_forecast_is_a_finite_number_from_zero_on(self):
        demand = self.dice.poisson(1, (50, 156)).astype(float)
        demand[self.dice.random(demand.shape) < 0.4] = np.nan
        result = self._forecast(demand, groups=list(range(50)))
        self.assertTrue(np.isfinite(result.mean).all() and (result.mean >= 0).all() and (result.spread >= 1).all())
