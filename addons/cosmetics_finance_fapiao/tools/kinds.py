"""Kinds, states and numbers of tax invoices as platforms and files write them. Plain Python.

The kinds are our own: codes differ between the tax platform (81, 82), the older system (01, 04) and service providers (31, 32).
"""

import re

from odoo.addons.cosmetics_base.tools.cell import status_key

KINDS = [
    ("digital_special", "Digital, Special"),
    ("digital_normal", "Digital, Normal"),
    ("digital_paper_special", "Digital on Paper, Special"),
    ("digital_paper_normal", "Digital on Paper, Normal"),
    ("paper_special", "Paper, Special"),
    ("paper_normal", "Paper, Normal"),
    ("electronic_special", "Electronic (Old), Special"),
    ("electronic_normal", "Electronic (Old), Normal"),
    ("other", "Other"),
]
SPECIAL = ("digital_special", "digital_paper_special", "paper_special", "electronic_special")
"""Only these are deductible for a general taxpayer."""

SALES, PURCHASES = ("out_invoice", "out_refund", "out_receipt"), ("in_invoice", "in_refund", "in_receipt")
"""What issued and received ones stand for."""

CODES = {
    "01": "paper_special",
    "04": "paper_normal",
    "08": "electronic_special",
    "10": "electronic_normal",
    "31": "digital_special",
    "32": "digital_normal",
    "81": "digital_special",
    "82": "digital_normal",
    "85": "digital_paper_special",
    "86": "digital_paper_normal",
}
STATES = [("normal", "Valid"), ("red_partial", "Partly Reversed"), ("red_full", "Reversed"), ("void", "Void")]
STATE_RANK = {"normal": 0, "red_partial": 1, "red_full": 2, "void": 3}
"""A state only moves on: an older file read later does not bring a reversed invoice back."""

ORIGIN = re.compile(r"被红冲蓝字[^0-9]{0,12}(?:发票)?号码[:：]?\s*(\d{20}|\d{8})")
CONFIRMATION = re.compile(r"红字[^0-9]{0,16}(?:确认单|信息表|确认信息)[^0-9]{0,6}(?:编号)?[:：]?\s*(\d{12,24})")


def kind_of(text):
    """Return our kind for a code or label; "other" for tickets and whatever else.

    >>> [kind_of(label) for label in ("数电发票（增值税专用发票）", "电子发票（普通发票）", "82", "数电纸质发票（增值税专用发票）")]
    ['digital_special', 'digital_normal', 'digital_normal', 'digital_paper_special']
    >>> [kind_of(label) for label in ("增值税专用发票", "增值税普通发票", "增值税电子专用发票", "增值税电子普通发票", "铁路电子客票")]
    ['paper_special', 'paper_normal', 'electronic_special', 'electronic_normal', 'other']
    """
    label = status_key(text)
    if label in CODES:
        return CODES[label]
    weight = "special" if "专用" in label or "专票" in label else "normal" if "普通" in label or "普票" in label else None
    if not weight:
        return "other"
    is_digital = re.search(r"数电|全电|电子发票\(", label)
    if is_digital:
        return f"digital_paper_{weight}" if "纸质" in label else f"digital_{weight}"
    return f"electronic_{weight}" if "电子" in label else f"paper_{weight}"


def state_of(text):
    """Return our state for a label, None when nobody knows it.

    >>> [state_of(label) for label in ("正常", "已红冲-全额", "已部分红冲", "作废", "")]
    ['normal', 'red_full', 'red_partial', 'void', 'normal']
    >>> state_of("随便") is None
    True
    """
    label = status_key(text)
    if "作废" in label:
        return "void"
    if "红冲" in label:
        return "red_partial" if "部分" in label else "red_full"
    return "normal" if label in ("", "正常", "开具", "已开具") else None


def red_facts(remark):
    """Return (number of the invoice a red letter reverses, number of its confirmation), as the remark says.

    >>> red_facts("被红冲蓝字数电发票号码：26612000000000012345 红字发票信息确认单编号：61012611001234567890")
    ('26612000000000012345', '61012611001234567890')
    >>> red_facts("节日礼盒")
    ('', '')
    """
    found = [pattern.search(remark or "") for pattern in (ORIGIN, CONFIRMATION)]
    return tuple(match[1] if match else "" for match in found)
