class ChromiumError(Exception):
    """Chromium could not print; the text says why, for the log and the administrator."""


class ChromiumMissing(ChromiumError):
    """No Chromium on this machine."""


class ChromiumGone(ChromiumError):
    """The browser, or the tab, ended while it was needed."""


class ChromiumTimeout(ChromiumError):
    """A document took longer than its time limit."""
