"""What a broken connection says about the message that was on it: plain Python, no database."""

from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NewConnectionError


def surely_not_sent(error):
    """Tell if an error (as raised by an SDK around requests) happened before anything was handed over.

    >>> surely_not_sent(requests.exceptions.ConnectTimeout()), surely_not_sent(requests.exceptions.ReadTimeout())
    (True, False)
    >>> try:
    ...     try:
    ...         raise requests.exceptions.ConnectTimeout()
    ...     except requests.exceptions.RequestException as cause:
    ...         raise RuntimeError("wrapped")
    ... except RuntimeError as wrapped:
    ...     surely_not_sent(wrapped)
    True
    """
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        if isinstance(error, (requests.exceptions.ConnectTimeout, NewConnectionError)):
            return True
        inner = error.args[0] if isinstance(error, requests.exceptions.ConnectionError) and error.args else None
        if isinstance(getattr(inner, "reason", None), NewConnectionError):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_safe_url(url):
    """Tell if secrets may travel to an address: encrypted, or within this machine.

    >>> [is_safe_url(url) for url in ("https://sms.tencentcloudapi.com", "http://127.0.0.1:8000", "http://127.0.0.1.evil.example")]
    [True, True, False]
    >>> [is_safe_url(url) for url in ("ftp://127.0.0.1", "https://", "https://a.example/path", "nonsense")]
    [False, False, False, False]
    """
    parts = urlsplit(url or "")
    if not parts.hostname or parts.path.strip("/") or parts.query:
        return False
    return parts.scheme == "https" or (parts.scheme, parts.hostname) == ("http", "127.0.0.1")
