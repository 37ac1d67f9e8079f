"""How good a vendor was: facts become points, points a grade. Plain Python: no database."""

# Goods that have two thirds of their life left are as good as new.
FULL_LIFE = 2 / 3
# Points lost for each percent by which prices rose.
POINTS_PER_PERCENT = 5
# An answer within a day is perfect, after five days it is worth nothing.
FAST_HOURS, SLOW_HOURS = 24, 120


def points(kind, fact):
    """Return the points, 0 to 100, of one fact.

    Shares go from 0 to 1; a price trend of 0.02 says that prices rose by 2 %; an answer is measured in hours.

    >>> [points("on_time", share) for share in (1.0, 0.85, 0.0)]
    [100.0, 85.0, 0.0]
    >>> points("quantity", 1.2), points("quality", 0.995), round(points("life", 0.5), 1), points("life", 0.9)
    (100.0, 99.5, 75.0, 100.0)
    >>> [round(points("price", trend), 1) for trend in (-0.1, 0.0, 0.04, 0.5)]
    [100.0, 100.0, 80.0, 0.0]
    >>> [points("answer", hours) for hours in (3, 24, 72, 500)], points("manual", 60)
    ([100.0, 100.0, 50.0, 0.0], 60.0)
    """
    if kind == "price":
        value = 100 - POINTS_PER_PERCENT * 100 * fact
    elif kind == "answer":
        value = 100 * (SLOW_HOURS - fact) / (SLOW_HOURS - FAST_HOURS)
    elif kind == "life":
        value = 100 * fact / FULL_LIFE
    elif kind == "manual":
        value = fact
    else:
        value = 100 * fact
    return float(min(max(value, 0), 100))


def total(rows):
    """Return the weighted mean of pairs (points, weight); None when nothing that counts is known.

    What is not known takes no part: a vendor of brushes has no remaining life.

    >>> total([(100.0, 30), (50.0, 10)]), total([(80.0, 0)]), total([])
    (87.5, None, None)
    """
    weight = sum(weight for _points, weight in rows)
    return round(sum(points * weight for points, weight in rows) / weight, 1) if weight else None


def grade(score, limits):
    """Return the grade of a total; ``limits`` are the least totals of A, B and C.

    >>> [grade(score, (90, 75, 60)) for score in (90.0, 89.9, 75.0, 60.0, 59.9)], grade(None, (90, 75, 60))
    (['A', 'B', 'B', 'C', 'D'], None)
    """
    if score is None:
        return None
    return next((name for name, limit in zip("ABC", limits, strict=True) if score >= limit), "D")
