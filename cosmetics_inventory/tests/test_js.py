"""Counting on the phone, run in a browser."""

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestJs(HttpCase):
    def test_units_of_the_counting_screen_pass(self):
        suite = "@cosmetics_inventory"
        url = f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={_suite_id(suite)}"
        self.browser_js(url, "", "", login="admin", timeout=600, success_signal="[HOOT] Test suite succeeded", error_checker=_is_error)


def _suite_id(name):
    """Return the id the test runner gives a suite."""
    number = 0
    for letter in name:
        number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


def _is_error(message):
    """Whether a line of the console ends the run: the runner reports failed tests itself."""
    return "[HOOT]" not in message
