"""Who is held out of a campaign, or into a sample: by lot, and the same lot whenever it is drawn again, in Python and in SQL."""

import hashlib

from odoo.tools import SQL

SCALE = 10_000


def lot(seed, number):
    """Return the lot of a member, 0 to 9,999; PostgreSQL draws the same one with :func:`sql_is_drawn`.

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


def sql_is_drawn(seed, key, percent):
    """Return the condition for the lots of so many percent: :func:`is_held_out` in the database.

    :param key: SQL of the text or number that a lot belongs to
    """
    return SQL(
        "('x' || substr(md5(%s || ':' || %s), 1, 8))::bit(32)::bigint %% %s < %s",
        seed,
        key,
        SCALE,
        percent * SCALE / 100,
    )
