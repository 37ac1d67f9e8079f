"""What becomes of one order on its way in: plain Python, no database."""

from dataclasses import dataclass, field

RANK = {None: -1, False: -1, "unpaid": 0, "paid": 1, "shipped": 2, "done": 3, "cancelled": 4, "refunded": 5}
ENDED = ("cancelled", "refunded")


def is_news(known, told):
    """Tell if a state is later than the one that is known: files come in any order, an old one must not turn an order back.

    >>> is_news("paid", "shipped"), is_news("done", "paid"), is_news("paid", None), is_news(None, "unpaid")
    (True, False, False, True)
    """
    return told is not None and RANK[told] > RANK[known]


@dataclass
class Intake:
    """One order with its verdict: new, update, same, bad, or again when another process has just taken it in.

    payload: as :func:`~.order_payload.read_payload` returns it, None when it could not be read.
    products: (product, pieces per unit) of each line. changes: {what: value} of an order that is there.
    missing_code: the first name that stands for no product. order: the record that is there or was made.
    """

    payload: dict | None
    verdict: str = "new"
    reason: str = ""
    warnings: list = field(default_factory=list)
    products: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    missing_code: str = ""
    order: object = None

    def refuse(self, reason):
        """Mark the order as bad, with the sentence why."""
        self.verdict, self.reason = "bad", reason
