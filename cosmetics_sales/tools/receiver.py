"""Whether a marketplace has hidden who receives a parcel: plain Python, no database."""

import re

MASK = re.compile(r"\*{2,}|＊+|^[^*]{1,3}\*$|[xX]{4,}|●+|某某")
CIPHER = re.compile(r"^(?:##|\$\$|~|#\w+#)|^[A-Za-z0-9+/=_-]{40,}$|(?:##|\$\$|~~)$")


def is_hidden(text):
    """Whether a marketplace has put stars or a cipher in the place of a text.

    >>> [is_hidden(text) for text in ("张**", "138****1234", "##9wKx==##", "$$abc", "****", "张*", "1******6198")]
    [True, True, True, True, True, True, True]
    >>> [is_hidden(text) for text in ("张三", "13912345678", "雁塔区小寨东路1号*2单元", "", None, "A*STAR店")]
    [False, False, False, False, False, False]
    """
    text = (text or "").strip()
    return bool(text) and bool(MASK.search(text) or CIPHER.search(text))


def is_masked(name, phone, address):
    """Whether any part of a receiver is hidden: such a person never becomes a customer nor is taken for one.

    >>> is_masked("张三", "13912345678", "小寨东路1号"), is_masked("张**", "13912345678", ""), is_masked("", "", "****")
    (False, True, True)
    """
    return any(is_hidden(part) for part in (name, phone, address))
