"""Segments by recency, frequency and money: plain Python, no database.

Each score runs from 1 (worst fifth of the buyers) to 5 (best fifth). The first rule that fits names the segment; the same table makes
the SQL of the nightly run, so that there is one place to change.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """A segment and the least and greatest scores of its members."""

    segment: str
    recency: tuple = (1, 5)
    frequency: tuple = (1, 5)
    money: tuple = (1, 5)


RULES = (
    Rule("champion", recency=(4, 5), frequency=(4, 5), money=(4, 5)),
    Rule("loyal", recency=(3, 5), frequency=(4, 5)),
    Rule("big_spender", recency=(3, 5), money=(4, 5)),
    Rule("new", recency=(4, 5), frequency=(1, 2)),
    Rule("promising", recency=(3, 5)),
    Rule("at_risk", recency=(1, 2), frequency=(4, 5)),
    Rule("sleeping", recency=(2, 2)),
    Rule("lost"),
)
NO_PURCHASE = "none"


def segment(recency, frequency, money):
    """Return the segment of a buyer with these scores; without scores the member has bought nothing yet.

    >>> segment(5, 5, 5), segment(3, 5, 1), segment(3, 1, 5), segment(5, 1, 1), segment(3, 3, 3)
    ('champion', 'loyal', 'big_spender', 'new', 'promising')
    >>> segment(1, 5, 5), segment(2, 2, 5), segment(1, 1, 1), segment(None, None, None)
    ('at_risk', 'sleeping', 'lost', 'none')
    """
    if recency is None:
        return NO_PURCHASE
    scores = {"recency": recency, "frequency": frequency, "money": money}
    return next(
        rule.segment for rule in RULES if all(getattr(rule, name)[0] <= score <= getattr(rule, name)[1] for name, score in scores.items())
    )
