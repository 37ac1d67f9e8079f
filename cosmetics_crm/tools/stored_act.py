"""What somebody asks of the ledger of stored value, and what came of it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class StoredAct:
    """One wish to move money on one stored-value card.

    :param card: the `loyalty.card` record; a replaced one stands for the card that took over
    :param kind: opening, top_up, spend, give_back, take_back, refund
    :param amount: yuan, never negative; principal for opening, top_up and take_back; refund empties the card and needs none
    :param key: says what this is, for ever: a second act of the same key does nothing
    :param origin: the document (for give_back and take_back: the sale, not the return)
    :param reason: a sentence for the ledger
    :param bonus: given on top of a top-up; None: by the offers of the program
    :param total: what the document tops up altogether; left out: the amount
    :param is_cash: whether it was paid in cash; None: not known
    :param buyer: contact who buys a bearer card
    :param list_amount: what was bought would have cost so much without the card; left out: the amount
    :param is_partial: the money or the goods are gone already: do what can be done and say what could not
    """

    card: Any
    kind: str
    amount: float
    key: str
    origin: Any = None
    reason: str = ""
    bonus: float | None = None
    total: float | None = None
    is_cash: bool | None = None
    buyer: Any = None
    list_amount: float | None = None
    is_partial: bool = False


@dataclass(slots=True)
class StoredResult:
    """What came of an act: how principal and bonus changed, what was missing, which rules a partial top-up broke."""

    principal: float = 0.0
    bonus: float = 0.0
    missing: float = 0.0
    broken: list = field(default_factory=list)
    is_replay: bool = False
