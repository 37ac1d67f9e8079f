"""A mark for the one way in which somebody without the right to it makes a member: joining, which takes the consent down.

It travels in the context, where a caller from outside can put numbers and words but not this object.
"""

KEY = "join_gate"
JOINING = object()


def mark(records):
    """Return the records for making members whose consent the caller writes down."""
    return records.with_context(**{KEY: JOINING})


def is_marked(records):
    return records.env.context.get(KEY) is JOINING
