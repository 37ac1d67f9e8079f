"""What somebody asks of the points ledger, and what came of it."""

from dataclasses import dataclass
from typing import Any

BY_RULE = object()


@dataclass(slots=True)
class Act:
    """One wish to move points on one card.

    :param card: the `loyalty.card` record; a merged one stands for the card it was merged into
    :param kind: opening, earn, spend, take_back, give_back, adjust; forfeit takes all there is, pending too, and lets the debt off
    :param points: how many, never negative except with opening and adjust; for take_back and give_back None: see `part`; for forfeit None
    :param key: says what this is, for ever: a second act of the same key does nothing
    :param origin: the document the points were earned or spent by (also for take_back and give_back: the sale, not the refund)
    :param reason: a sentence for the ledger
    :param available_on: first day they count, None: not known yet; left out: today
    :param expires_on: last day, None: never; left out: by the rule of the program
    :param part: for take_back and give_back: how much of `whole` has been undone *altogether* until now
    :param is_partial: spend what there is when there is less; the result tells what was missing
    """

    card: Any
    kind: str
    points: float | None
    key: str
    origin: Any = None
    reason: str = ""
    available_on: Any = BY_RULE
    expires_on: Any = BY_RULE
    part: float = 0
    whole: float = 0
    is_partial: bool = False


@dataclass(slots=True)
class Result:
    """What came of an act: how the points of the card changed, what was missing, and whether it had been done before."""

    points: float = 0.0
    missing: float = 0.0
    is_replay: bool = False
