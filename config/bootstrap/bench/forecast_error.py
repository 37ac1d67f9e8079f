"""How far forecasts are off in weeks that they have not seen. Runs in Odoo's shell. Settings: products, shops."""

import json
from datetime import date

import numpy as np
from odoo.addons.cosmetics_inventory_forecast.tools.demand_model import forecast
from odoo.addons.cosmetics_inventory_forecast.tools.retail_weeks import WEEK, week_features, weeks_from

from bootstrap.bench import forecast_demand

WEEKS, AHEAD = 208, 8
LAST = date(2026, 9, 28)
# Weeks from the end at which somebody looks ahead: before Double 11, the Spring Festival, Women's Day, 618 and in a quiet summer.
ORIGINS = (49, 37, 32, 20, 9)


def main(env, settings):
    """Print {method: [weighted error, bias]}."""
    demand, groups, _products = forecast_demand.make(settings["products"], settings["shops"], WEEKS, LAST)
    features = week_features(weeks_from(LAST + WEEK, -WEEKS))
    methods = {
        "ours": lambda at: forecast(demand[:, at - 156 : at], groups, features[at - 156 : at], features[at : at + AHEAD]).mean,
        "same week of the year before": lambda at: demand[:, at - 52 : at - 52 + AHEAD],
        "mean of the last 13 weeks": lambda at: np.repeat(demand[:, at - 13 : at].mean(axis=1, keepdims=True), AHEAD, axis=1),
    }
    starts = [WEEKS - origin for origin in ORIGINS]
    figures = {name: judge(demand, method, starts) for name, method in methods.items()}
    print("BENCH " + json.dumps({"methods": figures, "series": len(demand), "origins": len(starts), "ahead": AHEAD}))  # noqa: T201


def judge(demand, method, starts):
    """Return [sum of absolute errors, sum of errors] as shares of the demand."""
    errors = [method(at) - demand[:, at : at + AHEAD] for at in starts]
    total = sum(demand[:, at : at + AHEAD].sum() for at in starts)
    return [float(sum(np.abs(error).sum() for error in errors) / total), float(sum(error.sum() for error in errors) / total)]
