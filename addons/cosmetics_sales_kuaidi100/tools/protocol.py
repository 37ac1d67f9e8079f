"""The real-time query of Kuaidi100 as its documentation describes it. Plain Python: no database, no network.

https://api.kuaidi100.com/document/5f0ffb5ebc8da837cbd8aefc
"""

import hashlib
import json
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
STATES = {
    "0": "in_transit",
    "1": "picked_up",
    "2": "problem",
    "3": "signed",
    "4": "returned",
    "5": "delivering",
    "6": "returning",
    "7": "forwarded",
    "10": "customs",
    "11": "customs",
    "12": "customs",
    "13": "problem",
    "14": "refused",
}
NOTHING_YET = "500"
"""The number is right but the courier knows nothing of it yet."""
WRONG_PHONE = "408"
UNREADABLE = "?"
"""Our word for an answer that is not built as the documentation says."""
ACCOUNT = {"503", "600", "601"}
"""Wrong signature, no right, key used up: every further query would fail alike."""


class Answer(NamedTuple):
    """What came back: ``state`` of a parcel or '', ``events`` (``at`` naive UTC, ``text``), ``code`` of an error or '', ``message``."""

    state: str
    events: list
    code: str
    message: str


def build_form(company_code, number, phone_tail, customer, key):
    """Return the form to post; the signed text is byte for byte the one that is sent.

    >>> form = build_form("yuantong", "YT1234567890123", "", "TESTCUST", "testkey")
    >>> form["param"], form["sign"]
    ('{"com":"yuantong","num":"YT1234567890123"}', '08CA09A98C81B2B4DDCED02434A10C5A')
    >>> build_form("shunfeng", "SF123456789012", "5678", "C", "k")["param"]
    '{"com":"shunfeng","num":"SF123456789012","phone":"5678"}'
    """
    values = {"com": company_code, "num": number}
    if phone_tail:
        values["phone"] = phone_tail
    param = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return {"customer": customer, "param": param, "sign": sign(param, key, customer)}


def sign(param, key, customer):
    """Return the signature of a query, MD5 because the service asks for it: it is no secret-keeping of ours.

    >>> sign('{"com":"yuantong","num":"YT1234567890123"}', "testkey", "TESTCUST")
    '08CA09A98C81B2B4DDCED02434A10C5A'
    """
    return hashlib.md5(f"{param}{key}{customer}".encode(), usedforsecurity=False).hexdigest().upper()


def phone_tail(text):
    """Return the last four digits of a telephone number, before any extension; '' when they are hidden or missing.

    >>> phone_tail("138****1234"), phone_tail("139 1234 5678"), phone_tail("18412345678 转 9999"), phone_tail("18412345678-1234")
    ('1234', '5678', '5678', '5678')
    >>> phone_tail("186******05"), phone_tail(""), phone_tail(None)
    ('', '', '')
    """
    number = str(text or "").split("转")[0].strip()
    head, dash, tail = number.rpartition("-")
    if dash and len(tail) <= 4 and len([each for each in head if each.isdigit()]) >= 11:
        number = head
    last = [each for each in number if each.isdigit() or each == "*"][-4:]
    return "".join(last) if len(last) == 4 and "*" not in last else ""


def read_answer(data):
    """Read the decoded JSON of an answer.

    >>> read_answer({"message": "ok", "state": "3", "status": "200", "data": [{"time": "2026-11-11 10:00:00", "context": "已签收"}]})
    Answer(state='signed', events=[{'at': datetime.datetime(2026, 11, 11, 2, 0), 'text': '已签收'}], code='', message='')
    >>> read_answer({"result": False, "returnCode": "503", "message": "验证签名失败"})[2:]
    ('503', '验证签名失败')
    >>> read_answer([])[2], read_answer({"status": "200", "data": [{"time": "soon"}, 7]}).events
    ('?', [])
    >>> read_answer({"status": "200", "data": 7}).code, read_answer({"result": False}).code
    ('?', '?')
    """
    if not isinstance(data, dict):
        return Answer("", [], UNREADABLE, "")
    code = str(data.get("returnCode") or data.get("status") or UNREADABLE)
    if data.get("result") is False or code != "200":
        return Answer("", [], UNREADABLE if code == "200" else code, str(data.get("message") or ""))
    lines = data.get("data")
    if not isinstance(lines, list):
        return Answer("", [], UNREADABLE, "")
    events = [event for event in map(_read_line, lines) if event]
    return Answer(STATES.get(str(data.get("state")), ""), events, "", "")


def retry_after_hours(text):
    """Return the hours a busy service wants to be left alone (HTTP ``Retry-After`` in seconds), 0 when it does not say.

    >>> retry_after_hours("7200"), retry_after_hours("Wed, 21 Oct 2026 07:28:00 GMT"), retry_after_hours(None)
    (2.0, 0, 0)
    """
    return int(text) / 3600 if text and text.isascii() and text.isdigit() else 0


def _read_line(line):
    if not isinstance(line, dict):
        return None
    try:
        local = datetime.strptime(str(line.get("ftime") or line.get("time")), "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError:
        return None
    text = str(line.get("context") or "").strip()
    return {"at": local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None), "text": text} if text else None
