"""The one source of chance of the demo company."""

import random

SEED = 6101


def dice(*key):
    """Return a random generator of its own for the thing `key` names, so that a new product or member leaves all others as they are.

    >>> dice("member", 1).random() == dice("member", 1).random()
    True
    >>> dice("member", 1).random() == dice("member", 2).random()
    False
    """
    # Not for secrets: the seed makes every machine draw the same company.
    return random.Random("/".join(map(str, (SEED, *key))))
