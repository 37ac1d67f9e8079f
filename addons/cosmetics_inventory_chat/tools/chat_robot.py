"""The protocols of the group robots of WeCom and DingTalk. Plain Python: no database, no network."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import parse_qs, quote_plus, urlsplit

# Bytes, not characters: a Chinese sign takes three.
WECOM_BYTES, DINGTALK_BYTES = 4096, 18000
WECOM_TOO_FAST, DINGTALK_TOO_FAST = {45009}, {130101, 410100, 660026}
WECOM_WRONG, DINGTALK_WRONG = {40008, 40058, 93000}, {300001, 300005, 310000, 400101}


@dataclass(frozen=True)
class Answer:
    """What became of a message: ``is_sent``, whether the robot has to rest, whether it makes no sense to try again."""

    is_sent: bool
    is_too_fast: bool = False
    is_final: bool = False
    error: str = ""


def sign(moment, secret):
    """Return the signature of a DingTalk robot for a moment in milliseconds, as it stands in the address.

    >>> sign(1700000000000, "SECabc")
    'jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D'
    """
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


def key_of(text, name):
    """Return the key in what was pasted: the key itself, or the address of the robot with it.

    >>> key_of(" 693a91f6-7xxx ", "key"), key_of("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx", "key")
    ('693a91f6-7xxx', '693a91f6-7xxx')
    >>> key_of("https://oapi.dingtalk.com/robot/send?access_token=abc", "access_token"), key_of("https://example.com", "key")
    ('abc', '')
    """
    text = (text or "").strip()
    if "://" not in text:
        return text
    return parse_qs(urlsplit(text).query).get(name, [""])[0]


def cut(text, limit):
    """Return a text of at most ``limit`` bytes that ends at a line, with a sign that something is missing.

    >>> cut("临期商品", 12), cut("一\\n二\\n三四五", 12), len(cut("临" * 50, 100).encode()) <= 100
    ('临期商品', '一\\n二\\n…', True)
    """
    if len(text.encode()) <= limit:
        return text
    room = text.encode()[: limit - 3].decode(errors="ignore")
    head = room.rpartition("\n")[0]
    return f"{head}\n…" if head else f"{room}…"


def wecom_body(title, lines):
    """Return the body for a WeCom robot.

    >>> wecom_body("缺货", ["甲", "乙"])
    {'msgtype': 'markdown', 'markdown': {'content': '**缺货**\\n>甲\\n>乙'}}
    """
    text = "\n".join([f"**{title}**", *(f">{line}" for line in lines)])
    return {"msgtype": "markdown", "markdown": {"content": cut(text, WECOM_BYTES)}}


def dingtalk_body(title, lines):
    """Return the body for a DingTalk robot.

    >>> dingtalk_body("缺货", ["甲"])["markdown"]
    {'title': '缺货', 'text': '#### 缺货\\n- 甲'}
    """
    text = "\n".join([f"#### {title}", *(f"- {line}" for line in lines)])
    return {"msgtype": "markdown", "markdown": {"title": title, "text": cut(text, DINGTALK_BYTES)}, "at": {"isAtAll": False}}


def read_answer(status, body, too_fast, wrong):
    """Return the :class:`Answer` that a status of HTTP and a body (None when it is no JSON object) mean.

    >>> read_answer(200, {"errcode": 0, "errmsg": "ok"}, WECOM_TOO_FAST, WECOM_WRONG)
    Answer(is_sent=True, is_too_fast=False, is_final=False, error='')
    >>> read_answer(200, {"errcode": 45009, "errmsg": "freq out of limit"}, WECOM_TOO_FAST, WECOM_WRONG).is_too_fast
    True
    >>> read_answer(200, {"errcode": 310000, "errmsg": "sign not match"}, DINGTALK_TOO_FAST, DINGTALK_WRONG)
    Answer(is_sent=False, is_too_fast=False, is_final=True, error='310000 sign not match')
    >>> read_answer(502, None, WECOM_TOO_FAST, WECOM_WRONG).error
    'HTTP 502'
    """
    code = body.get("errcode") if isinstance(body, dict) else None
    if status != 200 or code is None:
        return Answer(False, is_too_fast=status == 429, error=f"HTTP {status}")
    if code == 0:
        return Answer(True)
    return Answer(False, code in too_fast, code in wrong, f"{code} {body.get('errmsg', '')}".strip())
