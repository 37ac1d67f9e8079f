"""A stand-in for Kuaidi100 on this machine that holds callers to the real protocol."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

CUSTOMER, KEY = "TESTCUST", "testkey"
NEEDS_PHONE = {"shunfeng", "zhongtong"}


class Kuaidi100:
    """Answers queries; ``answers`` maps a number to the state and the lines it gives, ``fault`` makes every query fail.

    ``calls`` counts what came in, whatever became of it; ``headers`` go out with each answer.
    """

    def __init__(self):
        self.answers, self.asked, self.fault, self.calls, self.headers = {}, [], None, 0, {}
        self.phone = "5678"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/poll/query.do"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, form):
        """Return (status, body) for a posted form, checked as the service does: customer, signature, parameters, phone."""
        self.calls += 1
        if self.fault:
            return self.fault
        param = form.get("param", [""])[0]
        wanted = hashlib.md5(f"{param}{KEY}{CUSTOMER}".encode()).hexdigest().upper()
        if set(form) != {"customer", "sign", "param"} or form["customer"] != [CUSTOMER]:
            return 200, {"result": False, "returnCode": "600", "message": "您不是合法的订阅者"}
        if form["sign"] != [wanted]:
            return 200, {"result": False, "returnCode": "503", "message": "验证签名失败"}
        query = json.loads(param)
        if not query.get("com", "").islower() or not 6 <= len(query.get("num", "")) <= 32:
            return 200, {"result": False, "returnCode": "400", "message": "提交的数据不完整"}
        if query["com"] in NEEDS_PHONE and query.get("phone", "")[-4:] != self.phone:
            return 200, {"result": False, "returnCode": "408", "message": "收/寄件人手机号验证失败"}
        if query["num"] in [each["num"] for each in self.asked]:
            return 200, {"result": False, "returnCode": "601", "message": "查询过于频繁,账号已锁"}
        self.asked.append(query)
        if query["num"] not in self.answers:
            return 200, {"result": False, "returnCode": "500", "message": "查询无结果，请隔段时间再查"}
        state, lines = self.answers[query["num"]]
        data = [{"time": time, "ftime": time, "context": text} for time, text in lines]
        body = {"message": "ok", "state": state, "status": "200", "com": query["com"], "nu": query["num"], "ischeck": "1", "data": data}
        return 200, body

    def _make_handler(stand_in):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                is_form = self.headers["Content-Type"] == "application/x-www-form-urlencoded" and self.path == "/poll/query.do"
                status, answer = stand_in.answer(parse_qs(body, strict_parsing=True)) if is_form else (404, {})
                content = answer if isinstance(answer, bytes) else json.dumps(answer, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                for name, value in stand_in.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                """The log of the tests stays clean."""

        return Handler
