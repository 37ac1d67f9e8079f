"""Marks in the context that no client can set: it may put anything there, but never one of these objects."""


class Mark:
    """Set by code for the code it calls. One object for each name, so that equal contexts stay equal."""

    def __init__(self, name):
        self.name = name

    def put_on(self, records):
        """Return the records, marked."""
        return records.with_context(**{self.name: self})

    def is_on(self, env):
        """Tell if code has set the mark.

        >>> from types import SimpleNamespace
        >>> PLAIN.is_on(SimpleNamespace(context={"plain_figures": True})), PLAIN.is_on(SimpleNamespace(context={"plain_figures": PLAIN}))
        (False, True)
        """
        return env.context.get(self.name) is self


# The figures are worked with, not shown: nothing is hidden.
PLAIN = Mark("plain_figures")
# One person entered what changes the stock, and another one applies it.
SECOND = Mark("second_person")
