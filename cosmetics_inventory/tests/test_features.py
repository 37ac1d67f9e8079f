"""What a fresh install switches on."""

from odoo.addons.cosmetics_inventory.hooks import FEATURES, post_init_hook
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFeatures(TransactionCase):
    def _settings(self):
        values = self.env["res.config.settings"].default_get(list(FEATURES))
        return {name: values[name] for name in FEATURES}

    def test_batches_expiry_places_units_and_shades_are_on(self):
        self.assertEqual(self._settings(), dict.fromkeys(FEATURES, True))

    def test_every_employee_has_the_features(self):
        implied = self.env.ref("base.group_user").all_implied_ids
        self.assertLessEqual(
            self.env.ref("stock.group_production_lot")
            + self.env.ref("stock.group_lot_on_delivery_slip")
            + self.env.ref("product_expiry.group_expiry_date_on_delivery_slip")
            + self.env.ref("stock.group_stock_multi_locations")
            + self.env.ref("stock.group_adv_location")
            + self.env.ref("uom.group_uom")
            + self.env.ref("product.group_product_variant"),
            implied,
        )

    def test_internal_transfers_exist_once_locations_are_on(self):
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.assertTrue(warehouse.int_type_id.active)

    def test_installing_switches_on_what_was_off(self):
        self.env["res.config.settings"].create({"group_lot_on_delivery_slip": False}).execute()
        self.assertFalse(self._settings()["group_lot_on_delivery_slip"])
        post_init_hook(self.env)
        self.assertTrue(self._settings()["group_lot_on_delivery_slip"])
