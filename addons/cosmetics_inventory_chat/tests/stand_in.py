"""A stand-in for WeCom and DingTalk on this machine that holds callers to the real protocols."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

WECOM_KEY, DINGTALK_TOKEN, DINGTALK_SECRET = "693a91f6-7000-4bc4-97a0-0ec2sifa5aaa", "tok123", "SEC+secret/of=robot"
PER_MINUTE = 20


class Robots:
    """``taken`` are the messages that came through; ``fault`` is given to the next calls instead."""

    def __init__(self):
        self.taken, self.calls, self.fault = [], 0, None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, query, body):
        """Return (status, body) as the services do."""
        self.calls += 1
        if self.fault:
            return self.fault
        services = {"/cgi-bin/webhook/send": self._wecom, "/robot/send": self._dingtalk}
        return services[path](query, body) if path in services else (404, None)

    def _wecom(self, query, body):
        if query.get("key") != [WECOM_KEY]:
            return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
        content = body.get("markdown", {}).get("content")
        if body.get("msgtype") != "markdown" or not content:
            return 200, {"errcode": 40008, "errmsg": "invalid message type"}
        if len(content.encode()) > 4096:
            return 200, {"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"}
        return self._take("wecom", content, {"errcode": 45009, "errmsg": "api freq out of limit"})

    def _dingtalk(self, query, body):
        if query.get("access_token") != [DINGTALK_TOKEN]:
            return 200, {"errcode": 300001, "errmsg": "token is not exist"}
        moment = query.get("timestamp", [""])[0]
        wanted = hmac.new(DINGTALK_SECRET.encode(), f"{moment}\n{DINGTALK_SECRET}".encode(), hashlib.sha256).digest()
        is_fresh = moment.isdigit() and abs(time.time() * 1000 - int(moment)) < 3_600_000
        if not is_fresh or query.get("sign") != [base64.b64encode(wanted).decode()]:
            return 200, {"errcode": 310000, "errmsg": "sign not match"}
        markdown = body.get("markdown", {})
        if body.get("msgtype") != "markdown" or not markdown.get("title") or not markdown.get("text"):
            return 200, {"errcode": 400101, "errmsg": "param error"}
        return self._take("dingtalk", markdown["text"], {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"})

    def _take(self, service, text, too_fast):
        if sum(name == service for name, _text in self.taken) >= PER_MINUTE:
            return 200, too_fast
        self.taken.append((service, text))
        return 200, {"errcode": 0, "errmsg": "ok"}

    def _make_handler(stand_in):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                content = self.rfile.read(int(self.headers["Content-Length"])).decode()
                is_json = self.headers["Content-Type"].startswith("application/json")
                parts = urlsplit(self.path)
                status, answer = stand_in.answer(parts.path, parse_qs(parts.query), json.loads(content)) if is_json else (415, None)
                body = json.dumps(answer).encode() if answer else b"<html>Bad Gateway</html>"
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """The log of the tests stays clean."""

        return Handler
