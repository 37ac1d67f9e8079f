"""A local HTTP server in the place of an SMS provider; a subclass checks the protocol of one."""

import json
import threading
from abc import ABC, abstractmethod
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class StandIn(ABC):
    """Answers requests on 127.0.0.1; keeps what it took in ``sent``, what it refused in ``refused``."""

    def __init__(self):
        self.sent, self.refused, self.fault, self.hang_up = [], [], None, False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.netloc = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.netloc}"

    def close(self):
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    @abstractmethod
    def answer(self, path, headers, body):
        """Return (status, object for JSON) for a request; ``headers`` have names in small letters."""

    def _make_handler(stand_in):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, answer = stand_in.fault or stand_in.answer(self.path, headers, body)
                if stand_in.hang_up:
                    self.close_connection = True
                    return  # taken, and no answer
                content = answer if isinstance(answer, bytes) else json.dumps(answer, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                """The log of the tests stays clean."""

        return Handler
