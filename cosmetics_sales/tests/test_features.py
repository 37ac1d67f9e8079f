"""What a fresh install switches on."""

from odoo.addons.cosmetics_sales.hooks import FEATURES, post_init_hook
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFeatures(TransactionCase):
    def _settings(self):
        values = self.env["res.config.settings"].default_get(list(FEATURES))
        return {name: values[name] for name in FEATURES}

    def test_price_lists_discounts_shades_and_units_are_on(self):
        self.assertEqual(self._settings(), dict.fromkeys(FEATURES, True))

    def test_installing_switches_on_what_was_off(self):
        self.env["res.config.settings"].create({"group_discount_per_so_line": False}).execute()
        self.assertFalse(self._settings()["group_discount_per_so_line"])
        post_init_hook(self.env)
        self.assertTrue(self._settings()["group_discount_per_so_line"])
