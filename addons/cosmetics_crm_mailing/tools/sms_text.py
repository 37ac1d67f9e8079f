"""The text of an SMS as Chinese carriers count and check it: plain Python, no database.

A template is written with named variables, ``${name}``. Providers want its code and the values, never the finished text; the text
is what the shop sees, what is counted, and how a message that comes as text finds its template.
"""

import re
import unicodedata

SINGLE = 70
"""Characters of one message; the signature counts (domain: carriers of the mainland)."""
PART = 67
"""Characters of each part of a long message."""
VARIABLE = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_]*)\}")
OPT_OUT_WORDS = re.compile(r"回复?\s*(?:TD|T|R|退订)|(?:退订|拒收)[^，。]{0,4}回复?\s*[A-Z]+", re.IGNORECASE)
REPLIES = {"T", "TD", "R", "N", "退订", "退", "拒收", "TUIDING"}


def variables(text):
    """Return the names of the variables in the order in which they first appear.

    >>> variables("${name}您好，${gift}已备好，${name}请领取")
    ['name', 'gift']
    >>> variables("全场八折")
    []
    """
    return list(dict.fromkeys(VARIABLE.findall(text or "")))


def render(text, values):
    """Return the text with its values; a name without a value raises KeyError.

    >>> render("${name}您好", {"name": "小红"})
    '小红您好'
    """
    return VARIABLE.sub(lambda found: str(values[found[1]]), text or "")


def match(text, body):
    """Return the values with which the template ``text`` gives ``body``, None when it cannot.

    >>> match("尊敬的${name}，积分${points}分即将到期", "尊敬的王小红，积分120分即将到期")
    {'name': '王小红', 'points': '120'}
    >>> match("${a}和${a}", "甲和甲"), match("${a}和${a}", "甲和乙"), match("全场八折", "全场九折")
    ({'a': '甲'}, None, None)
    """
    pieces = VARIABLE.split(text or "")
    pattern, seen = "", set()
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            pattern += re.escape(piece)
        elif piece in seen:
            pattern += f"(?P={piece})"
        else:
            seen.add(piece)
            pattern += f"(?P<{piece}>.+?)"
    found = re.fullmatch(pattern, (body or "").strip(), re.DOTALL)
    return found.groupdict() if found else None


def compose(signature, text, opt_out=""):
    """Return what arrives on the phone: signature, text, and the words how to refuse unless the text has such words.

    >>> compose("西安美妆", "春日焕新八折", "拒收请回复R")
    '【西安美妆】春日焕新八折，拒收请回复R'
    >>> compose("西安美妆", "春日焕新八折 回T退订", "拒收请回复R")
    '【西安美妆】春日焕新八折 回T退订'
    """
    text = (text or "").strip()
    if opt_out and not has_opt_out(text):
        text = f"{text.rstrip('，。,. ')}，{opt_out}"
    return f"【{signature}】{text}" if signature else text


def has_opt_out(text):
    """Tell if a text says how to refuse.

    >>> [has_opt_out(text) for text in ("退订回T", "回TD退订", "拒收请回复R", "回复退订", "全场八折")]
    [True, True, True, True, False]
    """
    return bool(OPT_OUT_WORDS.search(text or ""))


def parts(text):
    """Return how many messages a text is billed as.

    >>> [parts("字" * length) for length in (0, 1, 70, 71, 134, 135)]
    [0, 1, 1, 2, 2, 3]
    """
    length = len(text or "")
    if length <= SINGLE:
        return 1 if length else 0
    return -(-length // PART)


def is_refusal(reply):
    """Tell if an answer of a member says: no more of these. Widths, case and marks around the word do not matter.

    >>> [is_refusal(reply) for reply in ("T", " td ", "ＴＤ", "退订。", "“R”", "R,", "谢谢", "Test", "", None)]
    [True, True, True, True, True, True, False, False, False, False]
    """
    plain = unicodedata.normalize("NFKC", reply or "").upper()
    return re.sub(r"[\W_]+", "", plain) in REPLIES
