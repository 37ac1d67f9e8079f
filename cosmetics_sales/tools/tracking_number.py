"""Courier numbers: how they are written and whose they are. Plain Python, no database.

Letter prefixes (SF, YT, JT, JD, DPK…) are dependable. Numbers of digits only are shared by several couriers, so they give
a hint and never overrule a name or a person.
"""

import re
import unicodedata
from typing import NamedTuple

PLAUSIBLE = re.compile(r"(?=.*\d)[A-Z0-9]{6,32}")
TAILS = ("有限公司", "集团", "股份", "速运", "速递", "快递", "快运", "物流", "express")


class Carrier(NamedTuple):
    """A courier as the recognition needs it: any key, all names it goes by, a regular expression of its numbers or ''."""

    key: int
    names: tuple
    pattern: str


def normalise(text):
    r"""Return a number as couriers write it: half-width capitals and digits, nothing else a spreadsheet or a hand added.

    >>> normalise("sf 1234-5678 9012"), normalise('="YT1234567890123"'), normalise("\t７３１２３４５６７８９０１２"), normalise(None)
    ('SF123456789012', 'YT1234567890123', '73123456789012', '')
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).upper()
    return re.sub(r"[\s\-=\"'`\u200b\ufeff]", "", plain)


def split(text):
    r"""Return the numbers in a text: clerks and files part them by commas, line breaks, slashes or blanks between whole numbers.

    >>> split("SF123456789012，yt1234567890123\nJT1234567890123")
    ['SF123456789012', 'YT1234567890123', 'JT1234567890123']
    >>> split("SF123456789012 SF123456789013"), split("sf 1234 5678 9012"), split("SF123456789012,SF123456789012"), split("")
    (['SF123456789012', 'SF123456789013'], ['SF123456789012'], ['SF123456789012'], [])
    """
    found = []
    for part in re.split(r"[,，;；、/|\n\r]+", str(text or "")):
        words = [normalise(word) for word in part.split()]
        whole = words if words and all(len(word) >= 8 for word in words) else ["".join(words)]
        found += [number for number in whole if number]
    return list(dict.fromkeys(found))


def join(numbers, lang):
    """Return the numbers in one text as a reader of the language parts them; `split()` reads it again.

    >>> join(["SF123456789012", "YT1234567890123"], "zh_CN"), join(["SF123456789012", "YT1234567890123"], "en_US"), join([], None)
    ('SF123456789012、YT1234567890123', 'SF123456789012, YT1234567890123', '')
    """
    return ("、" if (lang or "").startswith("zh") else ", ").join(numbers)


def is_plausible(number):
    """Tell if a number can be one of a courier: 6 to 32 capitals and digits, at least one digit.

    >>> [is_plausible(x) for x in ("SF123456789012", "12345", "顺丰123456", "ABCDEFG", "", None)]
    [True, False, False, False, False, False]
    """
    return bool(PLAUSIBLE.fullmatch(number or ""))


def is_dependable(pattern):
    r"""Tell if a pattern asks for letters in front; one of digits is a hint that several couriers share.

    >>> is_dependable(r"^SF\d{12,15}$"), is_dependable(r"^[345]\d{12,14}$"), is_dependable(r"^(?:STO\d{10}|77\d{8})$")
    (True, False, False)
    """
    return bool(re.match(r"\^?[A-Z]{2}", pattern))


def recognise(number, name, carriers):
    r"""Return the key of the courier, or None if it cannot be told.

    A name decides, whatever the number looks like; an unknown name leaves it to the number, and a number that fits
    several couriers to the one that asks for letters, else to nobody.

    >>> known = [
    ...     Carrier(1, ("顺丰", "SF"), r"^SF\d{12,15}$"), Carrier(2, ("中通快递",), r"^7[3-9]\d{12}$"),
    ...     Carrier(3, ("申通",), r"^(?:STO\d{10,12}|(?:77|66)\d{8,13})$"), Carrier(4, ("京东快递",), r"^JD[A-Z0-9]{9,15}$"),
    ... ]
    >>> recognise("sf 123456789012", None, known), recognise("STO1234567890", "", known), recognise("JDVA01234567890", None, known)
    (1, 3, 4)
    >>> recognise("123456789012", "顺丰速运", known), recognise("SF123456789012", "SF-A-顺丰速运", known), recognise("1", "京东物流", known)
    (1, 1, 4)
    >>> recognise("73123456789012", None, known), recognise("77123456789012", None, known), recognise("99", "某某", known)
    (2, None, None)
    """
    named = _by_name(name, carriers)
    if named is not None:
        return named
    number = normalise(number)
    fitting = [carrier for carrier in carriers if carrier.pattern and re.search(carrier.pattern, number)]
    sure = [carrier for carrier in fitting if is_dependable(carrier.pattern)] or fitting
    return sure[0].key if len(sure) == 1 else None


def bare_name(name):
    """Return a courier's name without what files hang on it.

    >>> bare_name("顺丰速运有限公司"), bare_name("SF-A-顺丰速运"), bare_name("邮政快递包裹"), bare_name("快递")
    ('顺丰', 'SF-A-顺丰', '邮政快递包裹', '快递')
    """
    bare = unicodedata.normalize("NFKC", str(name or "")).strip()
    shorter = True
    while shorter:
        tail = next((tail for tail in TAILS if bare.lower().endswith(tail) and len(bare) > len(tail)), "")
        shorter = bool(tail)
        bare = bare[: -len(tail)].strip() if tail else bare
    return bare


def _by_name(name, carriers):
    wanted = str(name or "").strip()
    if not wanted:
        return None
    # Whole names first: 邮政快递包裹 and 邮政特快专递 are two services of one post.
    for simplify in (
        lambda text: text.casefold(),
        lambda text: bare_name(text).casefold(),
        lambda text: bare_name(text.split("-")[-1]).casefold(),
    ):
        keys = {carrier.key for carrier in carriers if simplify(wanted) in {simplify(each) for each in carrier.names}}
        if len(keys) == 1:
            return keys.pop()
    return None
