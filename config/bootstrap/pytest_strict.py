"""A pytest plugin: a WARNING or ERROR that Odoo logs during a test fails it, and so does a test that skips itself.

What a test expects to be logged it catches with ``assertLogs`` or ``mute_logger``; that never reaches this handler.
"""

import logging
import os

import pytest

from bootstrap import logs


class _Collector(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        if record.name.startswith("odoo") and not any(pattern.search(line) for pattern in logs.ALLOWED):
            self.lines.append(line)


COLLECTOR = _Collector()


def pytest_configure(config):
    """Listen from the first line on."""
    logging.getLogger().addHandler(COLLECTOR)


def pytest_sessionstart(session):
    """Keep Odoo's test cases from cleaning the file store that two workers share.

    Each worker has a database of its own but sees the files of both: what one cleans away, such as the style sheets of a test
    that is not committed, the other may be printing with.
    """
    if os.environ.get("PYTEST_XDIST_WORKER") and session.config.pluginmanager.hasplugin("odoo"):
        from odoo.tests.common import TransactionCase

        TransactionCase._gc_filestore = classmethod(lambda cls: None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    """Fail the test during which Odoo warned."""
    COLLECTOR.lines.clear()
    outcome = yield
    if COLLECTOR.lines and outcome.excinfo is None:
        lines = "\n".join(COLLECTOR.lines[:5])
        outcome.force_exception(AssertionError(f"Odoo logged during this test:\n{lines}"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that skips itself proves nothing: it fails. What a test counted (``self.notes``) is printed at the end."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        report.user_properties += [("note", note) for note in getattr(getattr(item, "instance", None), "notes", ())]
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}"


def pytest_terminal_summary(terminalreporter):
    """Print what tests counted, for example how many paths were tried; from all workers."""
    for reports in terminalreporter.stats.values():
        # A test has three reports, and what it notes stands on each of them.
        for report in (report for report in reports if getattr(report, "when", None) == "call"):
            for name, note in report.user_properties:
                if name == "note":
                    terminalreporter.write_line(note)
