"""A conversation with Chromium over the DevTools protocol: one private tab, for one print job."""

import base64
import json
import logging
import time

from websocket import WebSocketException, WebSocketTimeoutException, create_connection

from .errors import ChromiumError, ChromiumGone, ChromiumTimeout

_logger = logging.getLogger(__name__)


class Tab:
    """A tab in a browser context of its own: nothing is shared with other prints, all of it ends with the connection.

    Every request of the page is paused and answered by ``answer(url)``, which returns ``(content, mimetype)`` or None.
    Nothing is ever let through to the network, scripts of the page do not run.
    """

    def __init__(self, browser, answer, seconds):
        self._answer = answer
        self._last_id = 0
        self._results = {}
        self._loaded = set()
        self._session = None
        self._seconds = seconds
        self.restart_clock()
        try:
            # Chromium refuses connections that carry an origin: web pages cannot reach the port.
            self._socket = create_connection(browser.address, suppress_origin=True, timeout=self._remaining(), enable_multithread=False)
        except (OSError, WebSocketException) as error:
            raise ChromiumGone(str(error)) from error
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def _open(self):
        context = self.call("Target.createBrowserContext", disposeOnDetach=True)["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self.call("Emulation.setScriptExecutionDisabled", value=True)
        # Odoo's report styles are written for the screen medium: its own engine never prints with print styles.
        self.call("Emulation.setEmulatedMedia", media="screen")

    def close(self):
        """Hang up; Chromium then throws the tab away, whatever it is doing."""
        self._socket.close(timeout=1)

    def restart_clock(self):
        """Give the next steps the full time limit again."""
        self._deadline = time.monotonic() + self._seconds

    def _remaining(self):
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise ChromiumTimeout(f"no answer within {self._seconds} s")
        return remaining

    def call(self, method, **params):
        """Send a command and return its result, serving the page's requests meanwhile."""
        number = self._send(method, params)
        self._results[number] = None
        while self._results[number] is None:
            self._receive()
        message = self._results.pop(number)
        if "error" in message:
            raise ChromiumError(f"{method}: {message['error'].get('message')}")
        return message["result"]

    def _send(self, method, params):
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        try:
            self._socket.send(json.dumps(message))
        except WebSocketTimeoutException as error:
            raise ChromiumTimeout(f"no answer within {self._seconds} s") from error
        except (OSError, WebSocketException) as error:
            raise ChromiumGone(str(error)) from error
        return self._last_id

    def _receive(self):
        """Take one message and deal with it."""
        self._socket.settimeout(self._remaining())
        try:
            message = json.loads(self._socket.recv() or "{}")
        except WebSocketTimeoutException as error:
            raise ChromiumTimeout(f"no answer within {self._seconds} s") from error
        except (OSError, WebSocketException) as error:
            raise ChromiumGone(str(error)) from error
        if message.get("id") in self._results:
            self._results[message["id"]] = message
        elif "method" in message:
            self._on_event(message["method"], message["params"])
        elif not message:
            raise ChromiumGone("the connection was closed")

    def _on_event(self, method, params):
        if method == "Fetch.requestPaused":
            self._on_request(params)
        elif method == "Page.lifecycleEvent" and params["name"] == "load":
            self._loaded.add(params["loaderId"])
        elif method in ("Inspector.targetCrashed", "Target.detachedFromTarget"):
            raise ChromiumGone(f"the tab ended ({method})")

    def _on_request(self, params):
        url = params["request"]["url"]
        found = self._answer(url) if params["request"]["method"] == "GET" else None
        if found is None:
            _logger.info("Not loaded while printing: %.200s", url)
            # "Aborted" leaves a page that sends itself elsewhere as it is; other reasons would put an error page in its place.
            reason = "Aborted" if params.get("resourceType") == "Document" else "BlockedByClient"
            self._send("Fetch.failRequest", {"requestId": params["requestId"], "errorReason": reason})
            return
        content, mimetype = found
        headers = {"Content-Type": mimetype, "Cache-Control": "max-age=600", "Access-Control-Allow-Origin": "*"}
        self._send(
            "Fetch.fulfillRequest",
            {
                "requestId": params["requestId"],
                "responseCode": 200,
                "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
                "body": base64.b64encode(content).decode(),
            },
        )

    def open_page(self, url):
        """Go to a page and wait until it and everything it links is loaded."""
        loader = self.call("Page.navigate", url=url)
        if loader.get("errorText"):
            raise ChromiumError(f"{url}: {loader['errorText']}")
        while loader["loaderId"] not in self._loaded:
            self._receive()

    def print_pdf(self, **options):
        """The open page as PDF (bytes)."""
        return base64.b64decode(self.call("Page.printToPDF", **options)["data"])
