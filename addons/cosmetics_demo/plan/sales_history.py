"""What each shop sold, most of it before the company came to this system: how much in a usual week, and how a year goes up and down."""

import math

from .dice import dice
from .stock import SHOPS

WEEKS = 108  # two years, and what is left over of a month at either end
WEEKS_BY_WEEK = 53  # of them; of what is older the old system kept months
OWN_WEEKS = 5  # the last of them were sold in this system already
SOLD_CLASSES = ("full_size", "set", "tool")
# Of what all shops sell; the central warehouse serves the shop on the net and the wholesale customers.
PLACES = {"central": 2.0, "xiaozhai": 1.0, "zhonglou": 0.8, "gaoxin": 0.6}
SLOW_SHARE = 0.25  # of the products sell now and then
SLOW_WEEKLY = 0.12
USUAL_WEEKLY = 4.0  # of a product at a price of 100 yuan
HITS = {"blm006": 14.0}  # sells so well that it is always short
NEW_WEEKS = 7
DELISTED_WEEKS = 30  # ago
CLEARANCE_WEEKS = 26  # ago demand began to fade
# How a retail peak lifts a week that lies in it: (event, factor), those of a whole run smaller than those of its last days.
LIFTS = {
    "mid_year": 1.25,
    "mid_year_end": 1.9,
    "double_11": 1.3,
    "double_11_end": 2.4,
    "new_year_goods": 1.35,
    "womens_day": 1.5,
    "may_20": 1.3,
    "qixi": 1.3,
    "double_12": 1.2,
    "holiday_national_day": 1.2,
    "holiday_spring_festival": 0.55,
}
# The sun sells sun care, the dry winter sells creams: the share by which a root category goes up and down, and its best week of the year.
SEASONS = {"skin_care_sun": (0.8, 26), "skin_care_cream": (0.35, 52), "skin_care_lotion": (0.3, 52), "hair_body_body_wash": (0.3, 26)}


def levels(products):
    """Return what a usual week brings: rows ``{product, code, category, price, is_new, first, last, fade, weekly}``.

    ``first`` and ``last`` are weeks before the set-up (1 the last week), ``weekly`` maps places to units. What is new was tried out before:
    this system does not sell it yet.

    >>> rows = levels([{"ref": "a", "code": "A", "category": "x", "price": 100, "item_class": "full_size", "stage": "introduction"}])
    >>> rows[0]["first"], rows[0]["last"], sorted(rows[0]["weekly"])
    (7, 1, ['central'])
    """
    rows = []
    for product in products:
        if product["item_class"] not in SOLD_CLASSES:
            continue
        stage, random = product["stage"], dice("sales_history", product["ref"])
        usual = USUAL_WEEKLY * (100 / max(product["price"], 20)) ** 0.5 * math.exp(random.gauss(0, 0.45))
        weekly = SLOW_WEEKLY if random.random() < SLOW_SHARE and stage == "sale" else usual
        weekly = HITS.get(product["ref"], weekly)
        places = ("central",) if stage == "introduction" else ("central", *SHOPS)
        rows.append(
            {
                "product": product["ref"],
                "code": product["code"],
                "category": product["category"],
                "price": product["price"],
                "is_new": stage == "introduction",
                "first": NEW_WEEKS if stage == "introduction" else WEEKS,
                "last": DELISTED_WEEKS if stage == "delisted" else 1,
                "fade": CLEARANCE_WEEKS if stage == "clearance" else 0,
                "weekly": {place: round(weekly * PLACES[place], 4) for place in places},
            }
        )
    return rows


def season(category, week_of_year):
    """Return the factor of a category in a week of the year (1 to 53).

    >>> round(season("skin_care_sun", 26), 2), round(season("skin_care_sun", 52), 2), season("tools", 26)
    (1.8, 0.2, 1.0)
    """
    height, best = next((value for key, value in SEASONS.items() if category.startswith(key)), (0.0, 0))
    return 1.0 + height * math.cos(2 * math.pi * (week_of_year - best) / 52)


def lift(shares):
    """Return the factor of a week from {event: the share of its usual days that lie in the week}.

    >>> lift({}), lift({"double_11_end": 1.0}), lift({"double_11_end": 0.5, "qixi": 0.0}), lift({"unknown": 1.0})
    (1.0, 2.4, 1.7, 1.0)
    """
    factor = 1.0
    for event, share in shares.items():
        factor *= 1.0 + (LIFTS.get(event, 1.0) - 1.0) * min(share, 1.0)
    return factor


def units(row, place, factors):
    """Yield (week before the set-up, units) of a product at a place; weeks without a sale are left out, as old systems leave them out.

    :param factors: {week before the set-up: factor of the season and the peaks}
    """
    random = dice("sales_history", row["product"], place)
    for week in range(row["first"], row["last"] - 1, -1):
        fading = max(0.15, week / row["fade"]) if row["fade"] and week < row["fade"] else 1.0
        sold = _poisson(row["weekly"][place] * factors[week] * fading, random)
        if sold:
            yield week, sold


def _poisson(mean, random):
    """Return how many customers came, when so many come in the mean.

    >>> from random import Random
    >>> chance = Random(1)
    >>> 2.8 < sum(_poisson(3.0, chance) for _time in range(2000)) / 2000 < 3.2
    True
    """
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count += 1
        product *= random.random()
    return count
