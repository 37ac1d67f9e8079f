"""Check digits of article numbers.

Checked: whole numbers of 8, 12, 13 or 14 digits (EAN-8, UPC-A, EAN-13, ITF-14), in-store codes 20-29 of 13 digits
included, since tills and scales compute their check digit as well. Not checked: codes with letters or of another length,
and 8 digits that begin with 0 or 2, which GS1 leaves to the shop for numbers of its own.
"""

from stdnum import ean

LENGTHS = (8, 12, 13, 14)


def check_digit_error(code):
    """Return the right code when the check digit of `code` is wrong, else None.

    >>> check_digit_error("6901234567892") is None
    True
    >>> check_digit_error("6901234567890")
    '6901234567892'
    >>> check_digit_error("2100001000004") is None
    True
    >>> check_digit_error("XA-0001") is None and check_digit_error("20000001") is None and check_digit_error("") is None
    True
    >>> check_digit_error("73513536")
    '73513537'
    """
    code = code or ""
    if not (code.isascii() and code.isdigit() and len(code) in LENGTHS):
        return None
    if len(code) == 8 and code[0] in "02":
        return None
    right = code[:-1] + ean.calc_check_digit(code[:-1])
    return None if right == code else right


def is_mainland_code(code):
    """Tell whether `code` is a 13-digit number of mainland China, "69" in the trade's words.

    >>> is_mainland_code("6901234567892"), is_mainland_code("2100001000004"), is_mainland_code(False)
    (True, False, False)
    """
    code = code or ""
    return code.isascii() and code.isdigit() and len(code) == 13 and code.startswith("69")
