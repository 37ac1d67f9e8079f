"""Names as a clerk types them without choosing characters: plain Python, no database."""

import re

from pypinyin import Style, lazy_pinyin

# Characters that are read otherwise as a surname.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "任": "ren", "曾": "zeng", "查": "zha", "朴": "piao", "区": "ou", "盖": "ge", "乐": "yue",
    "翟": "zhai", "覃": "qin", "华": "hua", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "缪": "miao", "员": "yun",
}  # fmt: skip


def spell(name, is_person=True):
    """Return (initials, whole spelling) of a name, both in small letters without blanks.

    :param is_person: the first characters may be a surname, which some are read otherwise as

    >>> spell("张三丰"), spell("单雨桐"), spell("尉迟恭")
    (('zsf', 'zhangsanfeng'), ('syt', 'shanyutong'), ('ycg', 'yuchigong'))
    >>> spell("Anna 李"), spell(False)
    (('al', 'annali'), ('', ''))
    >>> spell("乐游香氛"), spell("乐游香氛", is_person=False)
    (('yyxf', 'yueyouxiangfen'), ('lyxf', 'leyouxiangfen'))
    """
    text = (name or "").strip()
    syllables = _syllables(text) if is_person else _syllables_of_any(text)
    return "".join(syllable[0] for syllable in syllables), "".join(syllables)


def _syllables(name):
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname:
            return surname.split() + _syllables_of_any(name[length:])
    return _syllables_of_any(name)


def _syllables_of_any(text):
    found = " ".join(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False)).lower()
    return re.findall(r"[a-z0-9]+", found)
