"""Unit tests of the browser's code (HOOT), one module at a time."""

from odoo.addons.web.tests import test_js
from odoo.tests import HttpCase


class JsCommon(HttpCase):
    """Tests of this class are tagged ``post_install``: the bundle of unit tests needs every module."""

    def _run_units(self, module):
        """Run the tests of a module's ``static/tests`` in a browser; a failed one fails this test."""
        suite = test_js.HOOTCommon._generate_hash(self, f"@{module}")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
