"""What a clerk may have typed to find an order: plain Python, no database."""

import re
import unicodedata

PHONE_TAIL = re.compile(r"\d{4,8}")
MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
NUMBER = re.compile(r"[A-Za-z0-9-]{5,}")


def phone_key(*texts):
    """Return the digits and stars of the first telephone number that has any, without the country code.

    >>> phone_key(False, "+86 139 1234 5678"), phone_key("138****1234"), phone_key("", None)
    ('13912345678', '138****1234', '')

    The extension of a relay number comes after a mark, so that the tail of the number is still found:

    >>> phone_key("18412345678-1234"), phone_key("029-87654321 转 801")
    ('18412345678', '02987654321')
    """
    for text in texts:
        number = re.split(r"转|ext\.?|#|(?<=\d{11})\s?-", unicodedata.normalize("NFKC", text or ""), maxsplit=1)[0]
        digits = re.sub(r"[^\d*]", "", number)
        if re.fullmatch(r"861[3-9][\d*]{9}", digits):
            digits = digits[2:]
        if digits:
            return digits
    return ""


def meanings(text):
    """Return what ``text`` may be, as a list of (what, value): phone_tail, phone, number, text.

    Four to eight digits are the end of a telephone number, or a piece of any number:

    >>> meanings("5678")
    [('phone_tail', '5678'), ('number', '5678')]
    >>> meanings("139 1234 5678")
    [('phone', '13912345678')]
    >>> meanings("SF1234567890123"), meanings("260517-607198974342268")
    ([('number', 'SF1234567890123'), ('text', 'SF1234567890123')], [('number', '260517-607198974342268')])
    >>> meanings(" 王女士 "), meanings("  ")
    ([('text', '王女士')], [])
    """
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if not plain:
        return []
    joined = re.sub(r"[\s-]", "", plain)
    if mobile := MOBILE.fullmatch(joined):
        return [("phone", mobile[1])]
    found = []
    if PHONE_TAIL.fullmatch(plain):
        found.append(("phone_tail", plain))
    if NUMBER.fullmatch(plain) or found:
        found.append(("number", plain))
    if re.search(r"[^\d-]", plain):
        found.append(("text", plain))
    return found or [("text", plain)]
