"""Numbers of identity cards (GB 11643): plain Python, no database."""

from datetime import datetime

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LAST = "10X98765432"


def is_valid(number):
    """Return whether the birthday exists and the last sign fits the others.

    >>> is_valid("11010519491231002X"), is_valid("11010519491231002x"), is_valid("110105194912310021")
    (True, True, False)
    >>> is_valid("11010519491331002X"), is_valid("1101051949"), is_valid("E12345678")
    (False, False, False)
    """
    number = number.strip().upper()
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        datetime.strptime(number[6:14], "%Y%m%d")  # noqa: DTZ007 - a birthday has no time zone
    except ValueError:
        return False
    return LAST[sum(int(sign) * weight for sign, weight in zip(number, WEIGHTS, strict=False)) % 11] == number[17]
