"""Telephone numbers as Chinese customers, shops and marketplaces write them: plain Python, no database.

The numbering plan comes from the ``phonenumbers`` library; this file adds what it does not know: 转 for an
extension, numbers masked by a marketplace, and virtual numbers (隐私号), whose extension belongs to one order.
"""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

LABEL = re.compile(r"^(?:联系)?(?:手机号码?|电话号?码?|手机|tel|phone|mobile|mob)\s*[:：.]?\s*", re.IGNORECASE)
MASKED = re.compile(r"[+\d][\d\-\s()]*\*[\d*\-\s()]*")
EXTENSION = re.compile(r"(?P<number>.+?)\s*(?:转|分机号?|ext\.?|#|\[|\()\s*[:：]?\s*(?P<extension>\d{1,6})\s*[\])]?", re.IGNORECASE)
DASH_EXTENSION = re.compile(r"(?P<number>(?:(?:\+|00)?86-?)?(?:1[3-9]\d{9}|0?\d{2,3}-?[2-9]\d{6,7}))-(?P<extension>\d{1,6})")
ALMOST_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(?:1[3-9]\d{8}|1[3-9]\d{10}|1[12]\d{9})")
"""One digit too few or too many, or a second digit that no mobile number has."""

KINDS = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "landline",
    PhoneNumberType.TOLL_FREE: "service",
    PhoneNumberType.SHARED_COST: "service",
}


class Phone(NamedTuple):
    """A number that has been read.

    ``kind`` is one of mobile, landline, service (400, 800), virtual (a marketplace's relay number with an extension),
    masked, foreign, malformed (plainly a mainland mobile with a wrong digit), unknown, empty.
    ``e164`` is the key to compare customers by (``+8613912345678``): empty when the number identifies nobody.
    ``display`` is what to store and show: never less than what was typed.
    """

    kind: str
    e164: str
    extension: str
    display: str


def normalize_phone(text):
    """Read one number and return a :class:`Phone`.

    >>> normalize_phone("86-13912345678")
    Phone(kind='mobile', e164='+8613912345678', extension='', display='139 1234 5678')
    >>> normalize_phone(" 手机：１３９-1234-5678 ").e164
    '+8613912345678'
    >>> normalize_phone("029-87654321转801")
    Phone(kind='landline', e164='+862987654321', extension='801', display='029-87654321 转 801')
    >>> normalize_phone("(029) 8765 4321").display, normalize_phone("+86 29 87654321-12").extension
    ('029-87654321', '12')
    >>> normalize_phone("4008208820").display, normalize_phone("800-820-1234").kind
    ('400-820-8820', 'service')

    A relay number of a marketplace belongs to one order, so it is no key of a customer:

    >>> normalize_phone("18412345678-1234")
    Phone(kind='virtual', e164='', extension='1234', display='184 1234 5678 转 1234')
    >>> normalize_phone("18412345678[1234]").kind, normalize_phone("18412345678转1234").extension
    ('virtual', '1234')

    Masked and unknown numbers are kept as they came:

    >>> normalize_phone("138****1234")
    Phone(kind='masked', e164='', extension='', display='138****1234')
    >>> [normalize_phone(x).kind for x in ("1******6198", "186******05", "029-****4321")]
    ['masked', 'masked', 'masked']
    >>> normalize_phone("问前台"), normalize_phone("87654321").kind
    (Phone(kind='unknown', e164='', extension='', display='问前台'), 'unknown')
    >>> normalize_phone("139-1234-567").kind, normalize_phone("139123456789").kind, normalize_phone("12345678901").kind
    ('malformed', 'malformed', 'malformed')
    >>> normalize_phone("+1 650 253 0000")
    Phone(kind='foreign', e164='+16502530000', extension='', display='+1 650-253-0000')
    >>> normalize_phone(None).kind
    'empty'
    """
    typed = (text or "").strip()
    plain = LABEL.sub("", unicodedata.normalize("NFKC", typed)).strip()
    if not plain:
        return Phone("unknown" if typed else "empty", "", "", typed)
    if MASKED.fullmatch(plain):
        return Phone("masked", "", "", plain)
    number, extension = _split_extension(plain)
    parsed = _parse(number)
    if not parsed:
        malformed = not extension and ALMOST_MOBILE.fullmatch(re.sub(r"[\s\-().]", "", number))
        return Phone("malformed" if malformed else "unknown", "", "", typed)
    return _describe(parsed, extension)


def _split_extension(plain):
    compact = re.sub(r"[\s()]", "", plain)
    match = DASH_EXTENSION.fullmatch(compact) or EXTENSION.fullmatch(plain)
    return (match["number"], match["extension"]) if match else (plain, "")


def _parse(number):
    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def _describe(parsed, extension):
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    extension = extension or parsed.extension or ""
    tail = f" 转 {extension}" if extension else ""
    if parsed.country_code != 86:
        return Phone("foreign", e164, extension, phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL) + tail)
    kind = KINDS.get(phonenumbers.number_type(parsed), "unknown")
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    if kind == "mobile" and extension:
        return Phone("virtual", "", extension, national + tail)
    if kind == "landline":
        area, _blank, local = national.partition(" ")
        national = f"{area}-{local.replace(' ', '')}"
    elif kind == "service":
        national = national.replace(" ", "-")
    return Phone(kind, e164, extension, national + tail)
