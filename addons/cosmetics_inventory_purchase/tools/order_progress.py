"""How far an order to a vendor has come. Plain Python: no database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What is known of an order.

    ``lines`` are pairs (ordered, received) of the goods; ``bills`` tell of each posted bill whether it is paid.
    """

    state: str
    is_asked: bool = False
    is_approved: bool = False
    is_answered: bool = False
    lines: tuple = ()
    is_billed: bool = False
    bills: tuple = ()


def progress(facts):
    """Return the step an order has reached.

    >>> progress(Facts("draft")), progress(Facts("sent", is_asked=True)), progress(Facts("draft", is_approved=True))
    ('draft', 'approval', 'approved')
    >>> progress(Facts("purchase")), progress(Facts("purchase", is_answered=True)), progress(Facts("cancel"))
    ('ordered', 'answered', 'cancel')
    >>> progress(Facts("purchase", lines=((10, 4), (5, 0)))), progress(Facts("purchase", lines=((10, 12),)))
    ('partial', 'received')
    >>> progress(Facts("purchase", lines=((10, 10),), is_billed=True, bills=(False, True)))
    'billed'
    >>> progress(Facts("purchase", lines=((10, 10),), is_billed=True, bills=(True,)))
    'paid'

    A bill that comes before the goods brings nobody further than the goods are:

    >>> progress(Facts("purchase", lines=((10, 0),), is_billed=True, bills=(True,)))
    'ordered'
    """
    if facts.state == "cancel":
        return "cancel"
    if facts.state != "purchase":
        return "approval" if facts.is_asked else "approved" if facts.is_approved else "draft"
    if any(received > 0 for _ordered, received in facts.lines) or not any(ordered > 0 for ordered, _received in facts.lines):
        return _received_progress(facts)
    return "answered" if facts.is_answered else "ordered"


def _received_progress(facts):
    """Return the step of an order of which something has come, or that brings nothing."""
    if not facts.lines and not facts.is_billed:
        return "answered" if facts.is_answered else "ordered"
    if any(received < ordered for ordered, received in facts.lines):
        return "partial"
    if not facts.is_billed:
        return "received"
    return "paid" if facts.bills and all(facts.bills) else "billed"
