"""The comparison with Odoo's own tests: which of them need a browser, and what counts as a difference."""

import pytest

from bootstrap import core_suites

BROWSER = """
class TestUi(HttpCase):
    def test_paying(self):
        self.start_tour("/odoo", "paying")

    def test_sums(self):
        self.assertEqual(1 + 1, 2)

    def start_pos_tour(self, name):
        self.start_tour("/pos", name)


class MobileTestUi(TestUi):
    browser_size = "375x667"
"""
SAME_NAME = """
class TestUi(HttpCase):
    def test_selling(self):
        self.browser_js("/odoo", "ok")
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module of Odoo with browser tests in two files."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text(BROWSER)
    (tmp_path / "tests/test_b.py").write_text(SAME_NAME)
    monkeypatch.setattr(core_suites.overlay, "module_folder", lambda name: tmp_path)
    return "sale"


def test_browser_tests_are_left_out_wherever_they_come_from(module):
    assert core_suites.tours(module) == [
        "/sale:MobileTestUi.test_paying",
        "/sale:MobileTestUi.test_selling",
        "/sale:TestUi.test_paying",
        "/sale:TestUi.test_selling",
    ]


def outcome(bare_failed=(), ours_failed=(), bare=("T.a", "T.b"), ours=("T.a", "T.b")):
    """Return what two runs found."""
    return {"bare": (set(bare), set(bare_failed)), "ours": (set(ours), set(ours_failed))}


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (outcome(), 0),
        (outcome(bare_failed=["T.a"], ours_failed=["T.a"]), 0),
        (outcome(ours_failed=["T.a"]), 1),
        (outcome(ours=["T.a"]), 1),
        (outcome(bare=(), ours=()), 1),
        (outcome(ours_failed=["TestStockLot.test_05_confirmation_on_delivery"]), 0),
    ],
)
def test_only_what_is_worse_with_our_modules_counts(found, code):
    assert core_suites.report(found) == code
