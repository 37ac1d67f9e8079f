"""Texts with places that are filled in. Plain Python, no database."""

import re

PLACE = re.compile(r"\{(\w+)\}")


def fill(text, values):
    """Return the text with its places filled in; a place that nobody knows, or that has no value, stays to be seen.

    >>> fill("{member}您好，工单 {case} 已受理。", {"member": "王小红", "case": "HT00012"})
    '王小红您好，工单 HT00012 已受理。'
    >>> fill("{member}您好，您购买的{product}……", {"member": "王小红", "product": ""})
    '王小红您好，您购买的{product}……'
    >>> fill("{unknown} {member}", {"member": "{unknown}"})
    '{unknown} {unknown}'
    """
    return PLACE.sub(lambda found: str(values.get(found[1]) or found[0]), text or "")


def open_places(text):
    """Return the names of the places that are still to be filled in, each once, in their order.

    >>> open_places("{member}您好，{product}和{product}")
    ['member', 'product']
    """
    return list(dict.fromkeys(PLACE.findall(text or "")))
