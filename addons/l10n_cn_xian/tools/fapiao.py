"""Numbers of Chinese tax invoices (发票): plain Python, no database.

Three forms are in use:

* a fully digital invoice (数电票) has one number of 20 digits,
* a paper or older electronic invoice has a number of 8 digits,
* and, when both are written down, a code of 10 or 12 digits before that number.
"""

import re
import unicodedata

DIGITAL = re.compile(r"\d{20}")
LEGACY = re.compile(r"\d{8}")
CODE_AND_NUMBER = re.compile(r"(\d{10}|[01]\d{11})[\s\-/_,、,]*(\d{8})")
"""A 12-digit code starts with 0 or 1; a fully digital number starts with the year, so 20 digits are never both."""


def normalize_fapiao(text):
    """Return the number in the form it is stored in, or None when it is no invoice number.

    >>> normalize_fapiao("26612000000000012345")
    '26612000000000012345'
    >>> normalize_fapiao(" 2661 2000 0000 0001 2345 ")
    '26612000000000012345'
    >>> normalize_fapiao("２６６１２００００００００００１２３４５")
    '26612000000000012345'
    >>> normalize_fapiao("01234567")
    '01234567'
    >>> normalize_fapiao("6100231130 01234567"), normalize_fapiao("061002200111-01234567")
    ('6100231130-01234567', '061002200111-01234567')
    >>> normalize_fapiao("610023113001234567")
    '6100231130-01234567'
    >>> normalize_fapiao("2661200000000001234") is None, normalize_fapiao("No. 12345678") is None
    (True, True)
    >>> normalize_fapiao("") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if match := CODE_AND_NUMBER.fullmatch(plain):
        return "-".join(match.groups())
    compact = re.sub(r"[\s\-]", "", plain)
    if DIGITAL.fullmatch(compact) or LEGACY.fullmatch(compact):
        return compact
    return None
