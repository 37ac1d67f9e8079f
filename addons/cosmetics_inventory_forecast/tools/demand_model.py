"""What will sell: the demand of many products in many shops, week by week. Plain Python on arrays, no database, no clock.

Three years of one product in one shop show each retail peak three times, and mostly noise. So the shape of the year (waves, 618, Double 11,
Spring Festival …) is learnt from all goods together and from each category's difference to them, by a Poisson regression with a penalty;
what a single series has to tell is its level. Levels are smoothed: steady sellers by the error of the next week, slow ones by how often and
how many (Teunter, Syntetos and Babai), so that a product nobody asks for any more is not bought for ever.
"""

from dataclasses import dataclass

import numpy as np

SMOOTHING = (0.02, 0.05, 0.1, 0.2, 0.3)
# A product that sells in fewer than two weeks of three sells now and then.
STEADY_SHARE = 0.66
RATE_SMOOTHING, SIZE_SMOOTHING = 0.05, 0.1
# Weeks whose errors say how sure a forecast is, and from which levels start.
LOOK_BACK = 52
# Fewer known weeks than this: the level of similar goods counts too.
NEW_WEEKS = 8
PENALTY = 0.002
METHODS = ("steady", "intermittent", "analogy", "unknown")


@dataclass(frozen=True)
class Forecast:
    """Of n series and h weeks ahead.

    :param mean: n × h, units a week.
    :param spread: n, variance of a week as a multiple of its mean, at least 1.
    :param method: n, positions in `METHODS`.
    """

    mean: np.ndarray
    spread: np.ndarray
    method: np.ndarray


def forecast(demand, groups, features, ahead, peers=None):
    """Return the `Forecast` of each series.

    :param demand: n × t, NaN where not known
    :param groups: n, a key of the category of each series
    :param features: t × f of the past weeks, `ahead`: h × f of the coming ones, see `retail_weeks.week_features`
    :param peers: n, a key of similar goods in the same shop (series or category, and price); -1 for none
    """
    demand = np.asarray(demand, dtype=float)
    groups = np.asarray(groups)
    past, coming = shapes(demand, groups, features, ahead)
    level, spread, method = _levels(demand, past)
    level, method = _by_analogy(level, method, np.isfinite(demand).sum(axis=1), groups, peers)
    return Forecast(np.maximum(level[:, None] * coming, 0.0), spread, method)


def shapes(demand, groups, features, ahead):
    """Return (n × t, n × h): the factor by which each week differs from the level of its series."""
    weight = _mean_of(demand)
    shared = _fit(*_pool(demand, weight), features)
    shared_past, shared_ahead = _apply(shared, features, ahead)
    past, coming = np.tile(shared_past, (len(demand), 1)), np.tile(shared_ahead, (len(demand), 1))
    keys, positions = np.unique(groups, return_inverse=True)
    if len(keys) > 1:
        for number in range(len(keys)):
            members = positions == number
            sold, exposure = _pool(demand[members], weight[members])
            own_past, own_ahead = _apply(_fit(sold, exposure * shared_past, features), features, ahead)
            past[members], coming[members] = shared_past * own_past, shared_ahead * own_ahead
    middle = past.mean(axis=1, keepdims=True)
    return past / middle, coming / middle


def _pool(demand, weight):
    """Return (units, what the levels alone would have given) of each week, of all these series together."""
    known = np.isfinite(demand)
    return np.where(known, demand, 0.0).sum(axis=0), (known * weight[:, None]).sum(axis=0)


def _fit(sold, exposure, features):
    """Return the coefficients of a penalised Poisson regression: few units leave them near 0, which is "no difference"."""
    # Here and not above: a process that never forecasts (a web worker) does not carry the library in its memory.
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    used = exposure > 0
    if used.sum() < 8 or sold[used].sum() <= 0:
        return np.zeros(features.shape[1])
    model = GLM(sold[used], features[used], family=Poisson(), offset=np.log(exposure[used]))
    penalty = np.full(features.shape[1], PENALTY)
    penalty[0] = 0.0
    return model.fit_regularized(alpha=penalty, L1_wt=0.0).params


def _apply(coefficients, features, ahead):
    """Return the factors of past and coming weeks; no week differs from an average one by more than 12 times."""
    return tuple(np.exp(np.clip(rows @ coefficients, -2.5, 2.5)) for rows in (features, ahead))


def _mean_of(demand):
    known = np.isfinite(demand)
    return np.where(known, demand, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)


def _levels(demand, past):
    """Return (level, spread, method) of each series without the shape of the year."""
    recent = np.isfinite(demand[:, -LOOK_BACK:])
    selling = (np.nan_to_num(demand[:, -LOOK_BACK:]) > 0).sum(axis=1) / np.maximum(recent.sum(axis=1), 1)
    steady = selling >= STEADY_SHARE
    level, spread = np.zeros(len(demand)), np.ones(len(demand))
    for rows, smooth in ((steady, _smooth), (~steady, _now_and_then)):
        if rows.any():
            level[rows], spread[rows] = smooth(demand[rows], past[rows])
    method = np.where(recent.any(axis=1), np.where(steady, 0, 1), 3)
    return level, spread, method


def _start(flat):
    """Return the level to begin with: the mean of the first weeks that are known."""
    known = np.isfinite(flat)
    first = known & (known.cumsum(axis=1) <= NEW_WEEKS)
    return np.where(first, flat, 0.0).sum(axis=1) / np.maximum(first.sum(axis=1), 1)


def _smooth(demand, past):
    """Exponential smoothing, each series with the smoothing that would have been best for it."""
    best = None
    for alpha in SMOOTHING:
        level = _start(demand / past)
        errors, expected = np.zeros(len(demand)), np.zeros(len(demand))
        for week in range(demand.shape[1]):
            known = np.isfinite(demand[:, week])
            miss = np.where(known, demand[:, week] - level * past[:, week], 0.0)
            if week >= demand.shape[1] - LOOK_BACK:
                errors += miss**2
                expected += np.where(known, level * past[:, week], 0.0)
            level = np.maximum(level + alpha * miss / past[:, week], 0.0)
        if best is None:
            best = [level, errors, expected]
            continue
        better = errors < best[1]
        best = [np.where(better, new, old) for new, old in zip((level, errors, expected), best, strict=True)]
    level, errors, expected = best
    return level, np.maximum(errors / np.maximum(expected, 1e-9), 1.0) * (expected > 0) + (expected <= 0)


def _now_and_then(demand, past):
    """How often and how many, smoothed apart (TSB): weeks without demand lower the frequency and leave the size alone."""
    flat = demand / past
    known_all = np.isfinite(flat)
    sells = known_all & (np.nan_to_num(flat) > 0)
    rate = sells.sum(axis=1) / np.maximum(known_all.sum(axis=1), 1)
    size = np.where(sells, flat, 0.0).sum(axis=1) / np.maximum(sells.sum(axis=1), 1)
    errors, expected = np.zeros(len(demand)), np.zeros(len(demand))
    for week in range(demand.shape[1]):
        known, sold = known_all[:, week], sells[:, week]
        guess = rate * size * past[:, week]
        if week >= demand.shape[1] - LOOK_BACK:
            errors += np.where(known, np.nan_to_num(demand[:, week]) - guess, 0.0) ** 2
            expected += np.where(known, guess, 0.0)
        rate = np.where(known, rate + RATE_SMOOTHING * (sold - rate), rate)
        size = np.where(sold, size + SIZE_SMOOTHING * (np.nan_to_num(flat[:, week]) - size), size)
    spread = np.maximum(errors / np.maximum(expected, 1e-9), 1.0)
    return rate * size, np.where(expected > 0, spread, 1.0)


def _by_analogy(level, method, known_weeks, groups, peers):
    """Return (level, method) where goods with a short past lean on the median level of similar goods that have a longer one."""
    level, method = level.copy(), method.copy()
    old = known_weeks >= NEW_WEEKS
    keys = (np.asarray(peers) if peers is not None else np.full(len(level), -1), groups)
    for index in np.flatnonzero(~old):
        for kind in keys:
            alike = old & (kind == kind[index]) if kind[index] != -1 else np.zeros(len(level), dtype=bool)
            if alike.any():
                own = known_weeks[index] / NEW_WEEKS
                level[index] = own * level[index] + (1 - own) * np.median(level[alike])
                method[index] = 2
                break
    return level, method
