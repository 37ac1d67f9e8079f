"""What an SMS says of recalled goods: plain Python, no database."""

WIDTH = 20
"""Characters that fit into a variable of an approved template at every provider we know."""


def shorten(names, unit, width=WIDTH):
    """Return the names, as many as fit; what does not fit is counted.

    >>> shorten(["保湿霜"], "种")
    '保湿霜'
    >>> shorten(["A1", "A2", "A1"], "批")
    'A1、A2'
    >>> shorten(["玻尿酸保湿修护面霜50g", "玻尿酸保湿修护精华30ml"], "种")
    '玻尿酸保湿修护面霜50g等2种'
    >>> shorten(["一二三四五六七八九十一二三四五六七八九十一二"], "种")
    '一二三四五六七八九十一二三四五六七八九…'
    >>> len(shorten(["一二三四五六七八九十一二三四五六七八九十", "甲"], "种")), shorten([], "种")
    (20, '')
    """
    names = list(dict.fromkeys(name.strip() for name in names if name and name.strip()))
    if not names:
        return ""
    whole = "、".join(names)
    if len(whole) <= width:
        return whole
    tail = f"等{len(names)}{unit}" if len(names) > 1 else ""
    for count in range(len(names) - 1, 0, -1):
        text = "、".join(names[:count]) + tail
        if len(text) <= width:
            return text
    return names[0][: width - len(tail) - 1] + "…" + tail


def reason_of(is_known, is_back, states, is_heard, is_late, has_address):
    """Return why a buyer counts as not reached, or "" for one who is reached or may still answer.

    :param is_back: everything the buyer got has come back
    :param states: the states of the notices, in any order
    :param is_heard: told by phone, delivered as the carrier says, or answered
    :param is_late: the last notice that left is older than the days the company waits
    :param has_address: there is a mobile number or an e-mail address

    >>> reason_of(False, False, [], False, False, False), reason_of(True, False, [], False, False, True)
    ('unknown', 'todo')
    >>> reason_of(True, True, ["failed"], False, True, True), reason_of(True, False, ["failed", "sent"], True, True, True)
    ('', '')
    >>> reason_of(True, False, ["failed", "queued"], False, False, True), reason_of(True, False, ["sent"], False, True, True)
    ('', 'no_answer')
    >>> reason_of(True, False, ["failed", "no_contact"], False, True, True), reason_of(True, False, ["no_contact"], False, True, False)
    ('failed', 'no_contact')
    >>> reason_of(True, False, [], False, False, False)
    'no_contact'
    """
    if is_back or is_heard:
        return ""
    if not is_known:
        return "unknown"
    if "sent" in states or "queued" in states:
        return "no_answer" if is_late else ""
    if "failed" in states:
        return "failed"
    return "todo" if has_address else "no_contact"
