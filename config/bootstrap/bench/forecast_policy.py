"""Two years of weekly orders over the same demand: suggestions against minimum and maximum rules. In Odoo's shell, without its database.

Settings: products, shops. What comes in keeps for some weeks, the first to expire is sold first, what nobody took by then is thrown away,
and a customer who finds an empty shelf goes elsewhere. The rules are given every favour: their minimum follows the sales of the last 13
weeks, and their safety is chosen afterwards so that they serve the same share of the demand.
"""

import json
from datetime import date

import numpy as np
from odoo.addons.cosmetics_inventory_forecast.tools.demand_model import forecast
from odoo.addons.cosmetics_inventory_forecast.tools.order_quantity import Curve, Policy, Terms, decide, unsold
from odoo.addons.cosmetics_inventory_forecast.tools.retail_weeks import WEEK, week_features, weeks_from

from bootstrap.bench import forecast_demand

HISTORY, YEARS, AHEAD = 104, 104, 53
LAST = date(2026, 9, 28)
# A new forecast every so many weeks; the rules are set anew as often.
ANEW = 4
MAX_LIFE = 104


class Shop:
    """Series with their demand, terms, and shelves by weeks that are left."""

    def __init__(self, products, shops):
        dice = np.random.default_rng(7)
        self.demand, self.groups, product = forecast_demand.make(products, shops, HISTORY + YEARS, LAST)
        self.features = week_features(weeks_from(LAST + WEEK, -(HISTORY + YEARS)))
        self.ahead = week_features(weeks_from(LAST + WEEK, AHEAD))
        self.lead = dice.choice([1, 2, 3], products)[product]
        self.pack = dice.choice([1, 3, 6, 12], products)[product].astype(float)
        self.minimum = self.pack * dice.choice([1, 2, 4], products)[product]
        self.life = dice.choice([12, 26, 52, 78, MAX_LIFE], products, p=[0.1, 0.2, 0.3, 0.2, 0.2])[product]
        self.price = dice.lognormal(3.5, 0.6, products)[product]

    def begin(self):
        """Return (shelf, what is on its way by weeks): four weeks of the usual demand lie there."""
        count = len(self.demand)
        shelf, coming = np.zeros((count, MAX_LIFE + 1)), np.zeros((count, 4))
        start = np.ceil(self.demand[:, HISTORY - 13 : HISTORY].mean(axis=1) * 4)
        shelf[np.arange(count), self.life] = start
        return shelf, coming


def main(env, settings):
    """Print {policy: {served, expired, stock, orders}}."""
    shop = Shop(settings["products"], settings["shops"])
    ours = run(shop, Suggestions(shop, Policy(0.95, 7, 28)))
    low, high = 0.0, 30.0
    for _try in range(14):  # safety of the rules, halved towards the same service
        safety = (low + high) / 2
        rules = run(shop, Rules(shop, safety))
        low, high = (safety, high) if rules["served"] < ours["served"] else (low, safety)
    rules = run(shop, Rules(shop, high))
    print("BENCH " + json.dumps({"policies": {"ours": ours, "minimum and maximum": rules}}))  # noqa: T201


def run(shop, policy):
    """Return the figures of two years: share of the demand served, value of what expired, mean value of the stock, number of orders."""
    shelf, coming = shop.begin()
    rows = np.arange(len(shelf))
    sold_all = expired = stock = orders = 0.0
    for week in range(HISTORY, HISTORY + YEARS):
        quantity = policy.order(week, shelf, coming)
        orders += (quantity > 0).sum()
        coming[rows, shop.lead - 1] += quantity
        sold = sell(shelf, shop.demand[:, week])
        sold_all += sold.sum()
        expired += (shelf[:, 0] * shop.price).sum()
        shelf[:, :-1] = shelf[:, 1:]
        shelf[:, -1] = 0
        shelf[rows, shop.life] += coming[:, 0]
        coming[:, :-1] = coming[:, 1:]
        coming[:, -1] = 0
        stock += (shelf.sum(axis=1) * shop.price).sum()
    total = shop.demand[:, HISTORY:].sum()
    return {"served": float(sold_all / total), "expired": float(expired), "stock": float(stock / YEARS), "orders": int(orders)}


def sell(shelf, demand):
    """Take what customers ask for off the shelf, the first to expire first; return what they got."""
    before = np.cumsum(shelf, axis=1) - shelf
    taken = np.clip(demand[:, None] - before, 0, shelf)
    shelf -= taken
    return taken.sum(axis=1)


class Suggestions:
    """What the job would have suggested each week."""

    def __init__(self, shop, policy):
        self.shop, self.policy, self.mean, self.spread, self.made = shop, policy, None, None, None

    def order(self, week, shelf, coming):
        """Return the quantity of each series."""
        shop = self.shop
        if self.made is None or week - self.made >= ANEW:
            features = np.vstack([shop.features, shop.ahead])
            past = slice(max(week - 156, 0), week)
            result = forecast(shop.demand[:, past], shop.groups, features[past], features[week : week + AHEAD])
            self.mean, self.spread, self.made = result.mean, result.spread, week
        weeks = np.roll(self.mean, self.made - week, axis=1)
        quantity = np.zeros(len(shelf))
        for row in range(len(shelf)):
            curve = Curve(weeks[row].tolist())
            batches = [(7 * (left + 1), shelf[row, left]) for left in np.flatnonzero(shelf[row])]
            position = shelf[row].sum() - unsold(batches, curve) + coming[row].sum()
            terms = Terms(7 * int(shop.lead[row]), shop.pack[row], shop.minimum[row], (), 7 * int(shop.life[row]))
            quantity[row] = decide(curve, self.spread[row], position, self.policy, terms).quantity
        return quantity


class Rules:
    """Minimum and maximum: below the minimum up to the maximum, whatever the season and the shelf life."""

    def __init__(self, shop, safety):
        self.shop, self.safety, self.minimum, self.maximum = shop, safety, None, None

    def order(self, week, shelf, coming):
        """Return the quantity of each series."""
        shop = self.shop
        if self.minimum is None or not (week - HISTORY) % ANEW:
            weekly = shop.demand[:, week - 13 : week].mean(axis=1)
            self.minimum = np.ceil(weekly * (shop.lead + 1) + self.safety * np.sqrt(weekly * (shop.lead + 1)))
            self.maximum = self.minimum + np.ceil(weekly * 3)
        position = shelf.sum(axis=1) + coming.sum(axis=1)
        wanted = np.maximum(self.maximum - position, shop.minimum)
        return np.where(position < self.minimum, np.ceil(wanted / shop.pack - 1e-9) * shop.pack, 0.0)
