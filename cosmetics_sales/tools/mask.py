"""Personal data as strangers may see it (个人信息保护法: no more than the purpose needs). Plain Python."""

import re

# Surnames of two characters: the first one alone would be no name at all.
COMPOUND_SURNAMES = re.compile(
    "欧阳|上官|司马|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文"
    "|长孙|端木|轩辕|百里|呼延|钟离|闻人|申屠|太史|澹台|公冶|宗政|濮阳|淳于|单于"
)


def mask_phone(phone):
    r"""Return a telephone number of which the middle is hidden; one that is hidden already stays as it is.

    >>> mask_phone("139 1234 5678"), mask_phone("+86 13912345678"), mask_phone("138****1234"), mask_phone("029-87654321")
    ('139****5678', '139****5678', '138****1234', '029****4321')
    >>> mask_phone("18412345678 转 1234"), mask_phone("1234"), mask_phone(""), mask_phone(None)
    ('184****5678', '****', '', '')
    """
    text = re.split(r"转|ext|-(?=\d{1,4}$)", str(phone or ""))[0]
    if "*" in text:
        return text.strip()
    digits = re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", re.sub(r"[^\d+]", "", text))
    if not digits:
        return ""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 7 else "****"


def mask_name(name):
    """Return the surname, of a name in letters the first letter.

    >>> mask_name("张三丰"), mask_name("欧阳小红"), mask_name("Anna Li"), mask_name("张*"), mask_name(""), mask_name(None)
    ('张*', '欧阳*', 'A*', '张*', '', '')
    """
    text = str(name or "").strip()
    surname = text[:2] if len(text) > 2 and COMPOUND_SURNAMES.match(text) else text[:1]
    return f"{surname}*" if text else ""


def mask_text(text):
    """Return a courier's sentence without telephone numbers in full.

    >>> mask_text("快递员 李四 13812345678 正在派送"), mask_text("【西安市】已签收,签收人凭取货码签收"), mask_text(None)
    ('快递员 李四 138****5678 正在派送', '【西安市】已签收,签收人凭取货码签收', '')
    """
    return re.sub(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)", r"\1****\2", str(text or ""))
