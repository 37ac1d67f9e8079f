"""The short code of a link: plain Python, no database."""

import secrets

# Neither what a phone would cut off at the end of a link, nor what a person reads wrongly.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 13
"""13 of 55 signs are 75 bits: nobody guesses one. Providers take variables of up to 35 characters."""


def make_code():
    """Return a new code.

    >>> len(make_code()), set(make_code()) <= set(ALPHABET)
    (13, True)
    """
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
