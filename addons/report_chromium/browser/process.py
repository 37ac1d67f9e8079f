"""One Chromium for this process: found, started when first needed, replaced when it died, ended at exit."""

import atexit
import contextlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from .errors import ChromiumError, ChromiumMissing

_logger = logging.getLogger(__name__)

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
START_SECONDS = 30
FLAGS = (
    "--headless=new",
    "--remote-debugging-port=0",
    # Chromium also listens on a pair of pipes and ends when they close: it cannot outlive us, not even when we are killed.
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    "--disable-breakpad",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--metrics-recording-only",
    "--mute-audio",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    # The pages' own requests are answered from inside Odoo. Whatever else Chromium may think of finds no network:
    # no name resolves, and everything, this machine included, goes through a proxy that is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)
# The shell lifts the limits of memory and time that Odoo's workers put on themselves and their children (Chromium reserves
# far more addresses than it uses, and lives longer than one request), and moves the pipes to where Chromium looks for them.
LAUNCH = 'ulimit -S -v "$(ulimit -H -v)"; ulimit -S -t "$(ulimit -H -t)"; exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null'


def find_chromium(configured=None):
    """Path of Chromium: the configured one, else CHROMIUM_PATH, else the first known command on PATH; None without any.

    A path that is configured and wrong is an answer too (None): a silent second choice would hide the mistake.
    """
    wanted = configured or os.environ.get("CHROMIUM_PATH")
    if wanted:
        return shutil.which(wanted)
    return next(filter(None, map(shutil.which, COMMANDS)), None)


def needs_no_sandbox():
    """Chromium's sandbox refuses to work for root, and in containers that forbid user namespaces (then say so yourself)."""
    return (hasattr(os, "geteuid") and os.geteuid() == 0) or os.environ.get("CHROMIUM_NO_SANDBOX") == "1"


class Chromium:
    """A running browser with a private profile in a temporary folder."""

    def __init__(self, path):
        self.path = path
        self.folder = tempfile.mkdtemp(prefix="odoo-chromium-")
        flags = [*FLAGS, f"--user-data-dir={self.folder}/profile", *(["--no-sandbox"] if needs_no_sandbox() else [])]
        with open(self._log_path, "wb") as log:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", LAUNCH, path, *flags, "about:blank"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                # Configuration, caches and crash reports stay in the private folder too.
                env={**os.environ, "HOME": self.folder, "XDG_CONFIG_HOME": self.folder, "XDG_CACHE_HOME": self.folder},
            )
        self.address = self._wait_for_address()

    @property
    def _log_path(self):
        return Path(self.folder, "chromium.log")

    def _wait_for_address(self):
        """WebSocket address of the browser, which Chromium writes into its profile once it listens."""
        port_file = Path(self.folder, "profile", "DevToolsActivePort")
        deadline = time.monotonic() + START_SECONDS
        while self.is_alive() and time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                lines = port_file.read_text().split()
                if len(lines) == 2:
                    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            time.sleep(0.02)
        said = self._log_path.read_text(errors="replace")[-600:]
        self.close()
        raise ChromiumError(f"{self.path} did not start: {said}")

    def is_alive(self):
        return self.process.poll() is None

    def close(self):
        """End the browser, politely first, and remove its folder."""
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class _Keeper:
    """Holds the one browser of this process."""

    def __init__(self):
        self.lock = threading.Lock()
        self.browser = None

    def get(self, configured=None):
        """The running browser, started now if there is none or it died."""
        path = find_chromium(configured)
        if not path:
            raise ChromiumMissing("no Chromium found")
        with self.lock:
            if self.browser and (self.browser.path != path or not self.browser.is_alive()):
                _logger.info("Chromium is replaced (it ended, or another one is configured).")
                self._drop()
            if not self.browser:
                self.browser = Chromium(path)
                _logger.info("Chromium %s started as process %s.", path, self.browser.process.pid)
            return self.browser

    def discard(self, browser):
        """Do without a browser that failed, so that the next print gets a new one."""
        with self.lock:
            if self.browser is browser:
                self._drop()

    def close(self):
        with self.lock:
            self._drop()

    def _drop(self):
        browser, self.browser = self.browser, None
        if browser:
            browser.close()

    def forget(self):
        """After a fork the browser belongs to the parent: let go of it, its pipes included, without ending it."""
        self.lock = threading.Lock()
        browser, self.browser = self.browser, None
        if browser:
            browser.process.stdin.close()
            browser.process.stdout.close()
            # Not our child: nothing to wait for.
            browser.process.returncode = 0


_keeper = _Keeper()
get_browser = _keeper.get
discard_browser = _keeper.discard
close_browser = _keeper.close
atexit.register(close_browser)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_keeper.forget)
