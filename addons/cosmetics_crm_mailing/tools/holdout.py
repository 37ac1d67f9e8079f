"""Who is held out of a campaign: by lot, and the same lot whenever it is drawn again. Plain Python, no database."""

import hashlib

SCALE = 10_000


def lot(seed, number):
    """Return the lot of a member, 0 to 9,999; PostgreSQL draws the same one (see ``cosmetics.campaign``).

    >>> lot("spring", 7) == lot("spring", 7), lot("spring", 7) != lot("autumn", 7)
    (True, True)
    >>> share = sum(lot("spring", number) < 1000 for number in range(20_000)) / 20_000
    >>> 0.09 < share < 0.11
    True
    """
    digest = hashlib.md5(f"{seed}:{number}".encode(), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16) % SCALE


def is_held_out(seed, number, percent):
    """Tell if a member belongs to the hold-out of so many percent.

    >>> is_held_out("spring", 7, 0), is_held_out("spring", 7, 100)
    (False, True)
    """
    return lot(seed, number) < percent * SCALE / 100
