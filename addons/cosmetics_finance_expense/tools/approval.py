"""Which approval nodes an expense claim has to pass, and whose turn it is. Plain Python: no database."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """What a node asks for; an empty set stands for every department or every kind of expense.

    ``above`` is an amount in the currency of the company: the node asks for more than it, and 0 for any claim at all.
    """

    above: float = 0.0
    departments: frozenset = frozenset()
    kinds: frozenset = frozenset()


@dataclass(frozen=True)
class Facts:
    """What is known of a claim: its amount, the department with all that it lies in, the kinds of its expenses."""

    amount: float
    departments: frozenset = frozenset()
    kinds: frozenset = frozenset()


def applies(node, facts):
    """Tell if a claim has to pass a node.

    >>> applies(Node(), Facts(1.0)), applies(Node(above=5000), Facts(5000.0)), applies(Node(above=5000), Facts(5000.01))
    (True, False, True)
    >>> applies(Node(departments=frozenset({7})), Facts(1.0, frozenset({3, 7}))), applies(Node(kinds=frozenset({2})), Facts(1.0))
    (True, False)
    """
    if node.above and facts.amount <= node.above:
        return False
    if node.departments and not node.departments & facts.departments:
        return False
    return not node.kinds or bool(node.kinds & facts.kinds)


def find_turn(states):
    """Return the place of the approval that is asked now, None when none is: in order, and never after a refusal.

    >>> find_turn(["approved", "waiting", "waiting"]), find_turn(["approved"]), find_turn(["refused", "waiting"]), find_turn([])
    (1, None, None, None)
    """
    for place, state in enumerate(states):
        if state == "refused":
            return None
        if state == "waiting":
            return place
    return None


def fingerprint(content):
    """Return a short text that stands for plain values: another one as soon as any of them is.

    >>> fingerprint((1, "Fair")) == fingerprint((1, "Fair")), fingerprint((1, "Fair")) == fingerprint((2, "Fair"))
    (True, False)
    """
    return hashlib.sha256(repr(content).encode()).hexdigest()
