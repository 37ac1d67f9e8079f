"""Say what runs, how far it is and how long it took, on one line per step."""

import sys
import threading
import time


class SetupError(Exception):
    """A step cannot go on; the text is one sentence that says what to do."""


def say(text):
    """Print one line at once."""
    print(text, flush=True)


class Step:
    """A long step: prints its start, how far it is every few seconds, and its duration.

    ``with Step("Odoo 19 source", "25 s") as step: step.at("downloading 40 MB")``
    """

    every_seconds = 15

    def __init__(self, title, usual=""):
        self.title = title
        self.usual = usual
        self.detail = ""
        self._done = threading.Event()

    def at(self, detail):
        """Remember how far the step is; a terminal sees it at once, a log every few seconds."""
        self.detail = detail
        if sys.stdout.isatty():
            print(f"\r\033[K  {self.title}: {detail} ({self.seconds:.0f} s)", end="", flush=True)

    @property
    def seconds(self):
        """Seconds since the step began."""
        return time.monotonic() - self.started

    def _beat(self):
        while not self._done.wait(self.every_seconds):
            if not sys.stdout.isatty():
                say(f"  {self.title}: {self.detail or 'running'} ({self.seconds:.0f} s)")

    def __enter__(self):
        self.started = time.monotonic()
        usual = f" (usually {self.usual})" if self.usual else ""
        say(f"▸ {self.title}{usual}")
        threading.Thread(target=self._beat, daemon=True).start()
        return self

    def __exit__(self, kind, error, trace):
        self._done.set()
        clear = "\r\033[K" if sys.stdout.isatty() else ""
        mark = "✗" if kind else "✓"
        say(f"{clear}{mark} {self.title} ({self.seconds:.0f} s)")
        return False
