"""Marks for what only our own code may do while it does it."""


class Gate:
    """A mark on records. It travels in the context, where a caller from outside can put numbers and words but not this object.

    >>> from types import SimpleNamespace
    >>> gate = Gate("gate")
    >>> forged = [SimpleNamespace(env=SimpleNamespace(context={"gate": value})) for value in (gate, True, "gate", Gate("gate"))]
    >>> [gate.is_marked(records) for records in forged]
    [True, False, False, False]
    """

    def __init__(self, key):
        self.key = key

    def mark(self, records):
        """Return the records for what the gate stands for."""
        return records.with_context(**{self.key: self})

    def is_marked(self, records):
        return records.env.context.get(self.key) is self


points_gate = Gate("points_gate")
"""Flows of core that change the points of a card, and are dropped because the caller posts them to the ledger."""

join_gate = Gate("join_gate")
"""The one way in which somebody without the right to it makes a member: joining, which takes the consent down."""
