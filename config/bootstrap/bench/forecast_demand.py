"""Demand of a cosmetics seller, made up from a seed: what sells in a week, were there always enough of it. Needs numpy, no database."""

from datetime import date, timedelta

import numpy as np
from odoo.addons.cosmetics_inventory_forecast.tools.retail_weeks import event_names, week_features

# Categories and when they sell: sun care in summer, creams in winter, perfume as a present.
CATEGORIES = ("sun", "cream", "mask", "makeup", "perfume", "cleanser", "serum", "hair")
SEASON = (1.1, -0.35, 0.05, 0.1, 0.0, 0.15, -0.1, 0.1)
# What the peaks do to trade: the factor of a week that lies wholly in them.
PEAKS = {
    "double_11": 1.25, "double_11_end": 2.6, "mid_year": 1.15, "mid_year_end": 1.9, "womens_day": 1.6, "new_year_goods": 1.25,
    "new_year_goods_end": 1.2, "holiday_spring_festival": 0.5, "valentine": 1.3, "may_20": 1.3, "mothers_day": 1.3, "qixi": 1.25,
    "september_9": 1.2, "double_12": 1.4, "christmas": 1.25, "holiday_national_day": 1.3, "holiday_labour_day": 1.2,
}  # fmt: skip
SLOW_SHARE = 0.45


def make(products, shops, weeks, last_monday, seed=2026):
    """Return (demand: series × weeks, category of each series, product of each series); series run product by product."""
    dice = np.random.default_rng(seed)
    mondays = [last_monday - timedelta(days=7 * (weeks - 1 - number)) for number in range(weeks)]
    features = week_features(mondays)
    names = event_names()
    first = features.shape[1] - len(names)
    category = dice.integers(len(CATEGORIES), size=products)
    level = np.where(dice.random(products) < SLOW_SHARE, dice.lognormal(-1.2, 0.7, products), dice.lognormal(1.2, 0.9, products))
    response = np.clip(dice.normal(1.0, 0.25, (products, 1)), 0.3, 1.8)
    by_category = dice.normal(1.0, 0.2, (len(CATEGORIES), len(names)))[category]
    strength = np.array([np.log(PEAKS.get(name, 1.0)) for name in names])
    peaks = (features[:, first:][None] * (strength * by_category * response)[:, None, :]).sum(axis=2)
    angle = np.array([2 * np.pi * (monday - date(monday.year, 7, 10)).days / 365.25 for monday in mondays])
    season = np.array(SEASON)[category][:, None] * np.cos(angle)[None]
    drift = np.cumsum(dice.normal(0, 0.025, (products, weeks)), axis=1) + dice.normal(0, 0.002, (products, 1)) * np.arange(weeks)
    mean = level[:, None] * np.exp(peaks + season + drift - drift.mean(axis=1, keepdims=True))
    share = dice.dirichlet(np.full(shops, 3.0), products) * shops
    mean = (mean[:, None, :] * share[:, :, None]).reshape(products * shops, weeks)
    size = dice.uniform(2.0, 8.0, (products * shops, 1))
    demand = dice.poisson(mean * dice.gamma(size, 1 / size, mean.shape)).astype(float)
    return demand, np.repeat(category, shops), np.repeat(np.arange(products), shops)
