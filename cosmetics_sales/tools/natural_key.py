"""Places and batches in the order a person reads them: plain Python."""

import re


def natural_key(text):
    """Return a key by which numbers in a text count as numbers.

    >>> sorted(["A-10", "A-2", "B-1", "A-2-b", ""], key=natural_key)
    ['', 'A-2', 'A-2-b', 'A-10', 'B-1']
    >>> natural_key(None), natural_key("A-2") < natural_key("a-3"), natural_key("7") < natural_key("A")
    ([], True, True)
    """
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", (text or "").casefold()) if part]
