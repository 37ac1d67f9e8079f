"""Filing and registration numbers (备案/注册编号) as the Chinese regulator prints them.

The serial is a running number, so its length varies; province letters and the order of the parts do not.

>>> parse("粤 G 妆网备字 ２０２６２３３７６２")
Registration(number='粤G妆网备字2026233762', kind='ordinary', scope='domestic', province='粤', year=2026, is_legacy=False)
>>> parse("国妆网备进字(沪)2026003870")
Registration(number='国妆网备进字（沪）2026003870', kind='ordinary', scope='imported', province='沪', year=2026, is_legacy=False)
>>> parse("国妆网备制字（粤）2023000012").scope
'hmt'
>>> parse("国妆特字20210001")
Registration(number='国妆特字20210001', kind='special', scope='domestic', province='', year=2021, is_legacy=False)
>>> parse("国妆特进字J20181234").is_legacy
True
>>> parse("国妆备进字J20152345").kind, parse("国妆备进字J20152345").is_legacy
('ordinary', True)
>>> parse("粤国牙膏网备字2023404589").kind
'toothpaste'
>>> parse("陕妆20220003") is None     # the production licence of a factory is no product number
True
>>> parse("陕G妆网备字0000000001") is None
True
"""

import re
import unicodedata
from typing import NamedTuple

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"

# From this year on numbers follow the rules in force; older special numbers may belong to withdrawn categories.
FIRST_YEAR_OF_CURRENT_RULES = 2021

EXAMPLES = {
    "ordinary": "陕G妆网备字2021000001",
    "special": "国妆特字20210001",
    "toothpaste": "粤国牙膏网备字2023404589",
}

_P = f"(?P<province>[{PROVINCES}])"
_YEAR = r"(?P<year>20\d{2})"
# (kind, scope, obsolete form, pattern); numbers are normalised before they meet a pattern.
_PATTERNS = [
    (kind, scope, obsolete, re.compile(pattern))
    for kind, scope, obsolete, pattern in (
        ("ordinary", "domestic", False, rf"{_P}G妆网备字{_YEAR}\d{{4,7}}"),
        ("ordinary", "imported", False, rf"国妆网备进字（{_P}）{_YEAR}\d{{4,7}}"),
        ("ordinary", "hmt", False, rf"国妆网备制字（{_P}）{_YEAR}\d{{4,7}}"),
        ("ordinary", "imported", True, rf"国妆备进字J{_YEAR}\d{{4,6}}"),
        ("special", "domestic", False, rf"国妆特字G?{_YEAR}\d{{4,6}}"),
        ("special", "imported", False, rf"国妆特进字J?{_YEAR}\d{{4,6}}"),
        ("special", "hmt", False, rf"国妆特制字{_YEAR}\d{{4,6}}"),
        ("toothpaste", "domestic", False, rf"{_P}国牙膏网备字{_YEAR}\d{{4,7}}"),
        ("toothpaste", "imported", False, rf"国牙膏网备进字（{_P}）{_YEAR}\d{{4,7}}"),
        ("toothpaste", "hmt", False, rf"国牙膏网备制字（{_P}）{_YEAR}\d{{4,7}}"),
    )
]


class Registration(NamedTuple):
    """What a number tells about its product."""

    number: str  # normalised
    kind: str  # ordinary | special | toothpaste
    scope: str  # domestic | imported | hmt (Hong Kong, Macau, Taiwan)
    province: str  # letter of the province, empty on special numbers
    year: int
    is_legacy: bool  # issued before the rules in force since 2021, or in a form withdrawn since


def normalize(text):
    """Return the number as the regulator prints it: half-width letters and digits, full-width brackets, no spaces.

    >>> normalize(" 国妆网备进字 (沪) 2026003870 ")
    '国妆网备进字（沪）2026003870'
    >>> normalize("陕ｇ妆网备字２０２１００００01")
    '陕G妆网备字2021000001'
    >>> normalize(None), normalize("  ")
    ('', '')
    """
    text = unicodedata.normalize("NFKC", str(text or ""))
    text = re.sub(r"[\s\u200b\ufeff]+", "", text).upper()
    return text.replace("(", "（").replace(")", "）")


def parse(text):
    """Return the `Registration` a number stands for, or None when it follows no known pattern."""
    number = normalize(text)
    for kind, scope, obsolete, pattern in _PATTERNS:
        if match := pattern.fullmatch(number):
            year = int(match["year"])
            province = match.groupdict().get("province", "")
            return Registration(number, kind, scope, province, year, obsolete or (kind == "special" and year < FIRST_YEAR_OF_CURRENT_RULES))
    return None
