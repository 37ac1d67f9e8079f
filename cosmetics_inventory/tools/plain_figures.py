"""Context values that no client can send: it may put anything into the context, but never one of these."""

# Names of the context values.
PLAIN, SECOND = "plain_figures", "second_person"


class PlainFigures:
    """The figures are worked with, not shown: nothing is hidden."""


class SecondPerson:
    """One person entered what changes the stock, and another one applies it."""
