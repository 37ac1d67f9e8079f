"""Numbers that are true to form and plainly made up.

Every function turns a running number into an identity number whose shape and check digit are right. The ranges are chosen so that a reader
sees at once that the number is invented: bar codes start with 699999, credit codes carry ``DEM`` in the organisation part, serials of
filings start with 99, mobile numbers are 1990000xxxx.
"""

from stdnum import ean
from stdnum.cn import uscc

BARCODE_PREFIX = "699999"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def barcode(serial):
    """Return the EAN-13 of the made-up range with this running number.

    >>> barcode(1)
    '6999990000012'
    >>> ean.is_valid(barcode(123456))
    True
    """
    body = f"{BARCODE_PREFIX}{serial:06d}"
    return body + ean.calc_check_digit(body)


def organisation_code(serial):
    """Return a nine-character organisation code (GB 11714) of the made-up range ``DEM``.

    >>> organisation_code("0101")
    'DEM001017'
    """
    body = f"DEM0{serial}"
    total = sum(weight * int(char, 36) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    check = (11 - total % 11) % 11
    return body + ("X" if check == 10 else str(check))


def credit_code(region, serial):
    """Return the unified social credit code of a made-up company registered in `region` (six digits of GB/T 2260).

    >>> uscc.is_valid(credit_code("610113", "0101"))
    True
    >>> credit_code("610113", "0101")[:12]
    '91610113DEM0'
    """
    body = f"91{region}{organisation_code(serial)}"
    return body + uscc.calc_check_digit(body)


def registration_no(kind, serial, year, place, imported=False):
    """Return the number under which a product is registered (special) or filed (ordinary); nothing for other goods.

    >>> registration_no("ordinary", 12, 2024, "陕")
    '陕G妆网备字2024990012'
    >>> registration_no("ordinary", 12, 2024, "沪", imported=True)
    '国妆网备进字（沪）2024990012'
    >>> registration_no("special", 3, 2023, "粤")
    '国妆特字20239903'
    >>> registration_no("special", 3, 2023, "沪", imported=True)
    '国妆特进字20239903'
    >>> registration_no("toothpaste", 3, 2023, "陕")
    '陕国牙膏网备字2023990003'
    >>> registration_no("other", 3, 2023, "沪") is None
    True
    """
    if kind == "ordinary":
        head = f"国妆网备进字（{place}）" if imported else f"{place}G妆网备字"
        return f"{head}{year}99{serial:04d}"
    if kind == "special":
        return f"国妆特{'进' if imported else ''}字{year}99{serial:02d}"
    if kind == "toothpaste":
        head = f"国牙膏网备进字（{place}）" if imported else f"{place}国牙膏网备字"
        return f"{head}{year}99{serial:04d}"
    return None


def mobile(serial):
    """Return a mobile number of the made-up range.

    >>> mobile(7)
    '19900000007'
    """
    return f"1990000{serial:04d}"
