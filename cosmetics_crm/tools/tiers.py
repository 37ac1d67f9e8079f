"""Which tier a member has reached, keeps or loses: plain Python, no database.

Amounts are in the company's currency, tax included, of the purchases in the window that the company has set.
"""

from datetime import timedelta
from typing import NamedTuple


class Tier(NamedTuple):
    """A step of the programme: what to spend to reach it, and what to spend to keep it."""

    id: int
    upgrade_amount: float
    keep_amount: float


class Standing(NamedTuple):
    """Where a member stands: ``tier`` id, day of the next review, day the member was told of a coming downgrade.

    ``spend`` counts in the window up to today; ``review_spend`` in the window up to the review, if nothing more is bought until then.
    """

    tier: int
    review_on: object
    noticed_on: object
    spend: float
    review_spend: float


def ladder(tiers):
    """Return tiers from the lowest to the highest."""
    return sorted(tiers, key=lambda tier: (tier.upgrade_amount, tier.id))


def reached(spend, tiers):
    """Return the highest tier the spend reaches; refunds may make a spend negative, the lowest tier is for everybody.

    >>> steps = [Tier(1, 0, 0), Tier(2, 1000, 800), Tier(3, 3000, 2400)]
    >>> [reached(spend, steps).id for spend in (-5, 999.99, 1000, 50000)]
    [1, 1, 2, 3]
    """
    steps = ladder(tiers)
    return next((tier for tier in reversed(steps) if tier.upgrade_amount <= spend), steps[0])


def kept(spend, current, tiers):
    """Return the tier left at a review: the current one when its keep amount was spent, else the highest lower one that is kept.

    >>> steps = [Tier(1, 0, 0), Tier(2, 1000, 800), Tier(3, 3000, 2400)]
    >>> [kept(spend, steps[2], steps).id for spend in (2400, 2399, 799)]
    [3, 2, 1]
    """
    steps = ladder(tiers)
    held = [tier for tier in steps if tier.upgrade_amount <= current.upgrade_amount and tier.keep_amount <= spend]
    return held[-1] if held else steps[0]


def missing(spend, current, tiers):
    """Return (next tier, amount still to spend), or None at the top.

    >>> steps = [Tier(1, 0, 0), Tier(2, 1000, 800)]
    >>> missing(250.5, steps[0], steps)
    (Tier(id=2, upgrade_amount=1000, keep_amount=800), 749.5)
    >>> missing(250.5, steps[1], steps) is None
    True
    """
    above = [tier for tier in ladder(tiers) if tier.upgrade_amount > current.upgrade_amount]
    return (above[0], max(above[0].upgrade_amount - spend, 0)) if above else None


def decide(day, standing, tiers, notice_days):
    """Return what happens to a member on a day: (kind, tier), or None.

    ``upgrade`` at any time, at once; ``notice`` of a downgrade ``notice_days`` before the review; ``keep`` or ``downgrade`` at the
    review. Nobody goes down who was not told that many days before: a late notice puts the downgrade off.

    >>> from datetime import date
    >>> steps = [Tier(1, 0, 0), Tier(2, 1000, 800)]
    >>> def fate(day, review, noticed, spend, tier=2):
    ...     found = decide(day, Standing(tier, review, noticed, spend, spend), steps, 30)
    ...     return found and (found[0], found[1].id)
    >>> fate(date(2026, 3, 1), None, None, 1000, tier=1)
    ('upgrade', 2)
    >>> fate(date(2026, 3, 1), date(2026, 12, 1), None, 0)
    >>> fate(date(2026, 11, 1), date(2026, 12, 1), None, 0)
    ('notice', 1)
    >>> fate(date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 1), 0)
    >>> fate(date(2026, 12, 1), date(2026, 12, 1), date(2026, 11, 1), 0), fate(date(2026, 12, 1), date(2026, 12, 1), None, 800)
    (('downgrade', 1), ('keep', 2))
    >>> fate(date(2026, 12, 20), date(2026, 12, 1), date(2026, 12, 10), 0)
    """
    current = next(tier for tier in tiers if tier.id == standing.tier)
    best = reached(standing.spend, tiers)
    if best.upgrade_amount > current.upgrade_amount:
        return "upgrade", best
    notice = timedelta(days=notice_days)
    if not standing.review_on or day < standing.review_on - notice:
        return None
    left = kept(standing.review_spend, current, tiers)
    if left.id == current.id:
        return ("keep", current) if day >= standing.review_on else None
    if not standing.noticed_on:
        return "notice", left
    return ("downgrade", left) if day >= max(standing.review_on, standing.noticed_on + notice) else None
