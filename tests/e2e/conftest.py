"""Browser tests: real Chromium against a running server; a picture of every failure is kept."""

import os

import pytest
from client import TIMEOUT, person, picture
from playwright.sync_api import expect, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure():
    """Give each worker the server that is its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if addresses := os.environ.get("ERP_URLS", "").split():
        # A worker that takes the place of one that died has a higher number.
        os.environ["ERP_URL"] = addresses[int(worker.removeprefix("gw")) % len(addresses)]


# A loaded machine draws late; what is right at last is right.
expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def sign_in(browser, request):
    """Return a context manager: ``with sign_in("sales") as client``; what fails leaves a picture in the folder ERP_PICTURES."""
    opened = []

    class SignedIn:
        def __init__(self, login, **options):
            self.context = person(browser, os.environ["ERP_URL"], login, os.environ["ERP_PASSWORD"], **options)

        def __enter__(self):
            self.client = self.context.__enter__()
            opened.append(self.client)
            return self.client

        def __exit__(self, kind, error, trace):
            if kind:
                self.client.page.screenshot(path=picture(request.node.name))
            else:
                assert self.client.problems == [], "the browser's console reports errors"
                assert self.client.errors() == []
            return self.context.__exit__(kind, error, trace)

    return SignedIn
