"""What is shown of a person to those who need not know the whole: plain Python, no database."""

import re

# Surnames of two characters, as far as they are common: 欧阳娜 becomes 欧阳*, not 欧*.
LONG_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "南宫", "宇文", "长孙")
)


def mask_phone(number):
    """Keep the first three and the last four digits of a mobile number.

    >>> mask_phone("+8613812341234"), mask_phone("138 1234 1234")
    ('138****1234', '138****1234')

    Of any other number the last four digits stay:

    >>> mask_phone("+16502530000"), mask_phone("110"), mask_phone(False)
    ('****0000', '****', '')
    """
    if not number:
        return ""
    compact = re.sub(r"[^+\d]", "", number)
    mobile = re.fullmatch(r"(?:\+?86)?(1[3-9]\d)\d{4}(\d{4})", compact)
    if mobile:
        return f"{mobile[1]}****{mobile[2]}"
    return f"****{compact[-4:] if len(compact) > 6 else ''}"


def mask_name(name):
    """Keep the surname of a Chinese name, or the first letter of any other.

    >>> mask_name("张三丰"), mask_name("欧阳娜"), mask_name("Anna Li"), mask_name("李"), mask_name("")
    ('张*', '欧阳*', 'A*', '李*', '')
    """
    name = (name or "").strip()
    if not name:
        return ""
    return (name[:2] if name[:2] in LONG_SURNAMES and len(name) > 2 else name[:1]) + "*"
