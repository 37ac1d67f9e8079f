"""Which column of a bank's file is what: plain Python, no database."""

import re
from typing import NamedTuple

from odoo.addons.cosmetics_base.tools.cell import header_key

ROLES = (
    "date",
    "time",
    "booked",
    "in",
    "out",
    "amount",
    "side",
    "balance",
    "partner",
    "account",
    "memo",
    "reference",
    "own_account",
    "currency",
)
"""What a column can be. ``out`` is what the bank calls debit (借方): money that leaves our account."""

SEPARATORS = re.compile(r"[|、\n]+")


class Profile(NamedTuple):
    """How a bank heads its columns: ``signature`` must be there whole, ``columns`` {role: headers, the first found counts}."""

    code: object
    signature: frozenset
    columns: dict
    out_negative: bool = False


class Layout(NamedTuple):
    """The columns of one table: ``places`` {role: [column, …]}, ``header`` the compared names."""

    profile: Profile
    places: dict
    header: tuple

    @property
    def width(self):
        """How many columns have a header."""
        return max(place for place, name in enumerate(self.header) if name) + 1


def split_headers(text):
    """The headers in a field of a profile, as they are compared.

    >>> split_headers("借方发生额（支取）| 贷方发生额、余额")
    ['借方发生额(支取)', '贷方发生额', '余额']
    >>> split_headers(False)
    []
    """
    return [key for part in SEPARATORS.split(text or "") if (key := header_key(part))]


def find_layout(cells, profiles):
    """Return the layout of a row that is a header by one of the profiles, None when it is none; the longest signature wins.

    >>> bank = Profile("b", frozenset(("转入", "转出")), {"date": ["日期"], "in": ["转入"], "out": ["转出"], "memo": ["摘要", "附言"]})
    >>> other = Profile("g", frozenset(), {"date": ["日期"], "in": ["转入"], "out": ["转出"]})
    >>> layout = find_layout(["日期", "转入 ", "转出", "附言", "摘要"], [other, bank])
    >>> layout.profile.code, layout.places["in"], layout.places["memo"], layout.width
    ('b', [1], [4, 3], 5)
    >>> find_layout(["日期", "转入"], [other, bank]) is None
    True
    """
    header = tuple(header_key(cell) for cell in cells)
    names = set(header)
    best = None
    for profile in profiles:
        is_longer = best is None or len(profile.signature) > len(best.profile.signature)
        if is_longer and profile.signature <= names and (places := _places(header, profile)):
            best = Layout(profile, places, header)
    return best


def _places(header, profile):
    """Return {role: columns}, None when the columns do not make a bank statement."""
    places = {}
    for role, names in profile.columns.items():
        found = [header.index(name) for name in names if name in header]
        if found:
            places[role] = found if role == "memo" else found[:1]
    has_amount = {"in", "out"} <= places.keys() or "amount" in places
    return places if "date" in places and has_amount else None
