"""Cosmetics go by batch and use-by date by themselves; databases from before are brought up to it."""

import logging
from datetime import date

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .lot_common import NOON, LotCommon, moment

UPGRADE_LOGGER = "odoo.addons.cosmetics_inventory.models.stock_lot_upgrade"


@tagged("post_install", "-at_install")
class TestShelfLifeProduct(LotCommon):
    def test_cosmetics_in_stock_go_by_batch_by_themselves(self):
        self.assertEqual((self.cream.tracking, self.cream.use_expiration_date, self.cream.is_shelf_life_managed), ("lot", True, True))

    def test_so_do_cosmetics_that_are_made_as_a_variant(self):
        product = self.env["product.product"].create(self._prepare_product_vals(name="Test Balm", is_storable=True))
        self.assertEqual((product.tracking, product.use_expiration_date, product.is_shelf_life_managed), ("lot", True, True))

    def test_tools_and_services_are_left_alone(self):
        tool = self._create_product(name="Test Brush", is_storable=True, cosmetic_kind="other")
        loose = self._create_product(name="Test Voucher", is_storable=False)
        for product in (tool, loose):
            self.assertEqual((product.tracking, product.use_expiration_date, product.is_shelf_life_managed), ("none", False, False))

    def test_a_product_that_becomes_cosmetics_is_switched(self):
        for vals in ({"cosmetic_kind": "ordinary"}, {"is_storable": True}):
            before = {"cosmetic_kind": "other", "is_storable": True} if "cosmetic_kind" in vals else {"is_storable": False}
            product = self._create_product(name="Test Oil", **before)
            product.write({**vals, "registration_no": "陕G妆网备字2021000001"})
            self.assertEqual((product.tracking, product.use_expiration_date), ("lot", True))

    def test_form_ticks_the_boxes(self):
        with Form(self.env["product.template"]) as form:
            form.name, form.is_storable, form.cosmetic_kind = "Test Lotion", True, "ordinary"
        self.assertEqual((form.record.tracking, form.record.use_expiration_date), ("lot", True))

    def test_serial_numbers_are_fine(self):
        product = self._create_product(name="Test Perfume", is_storable=True, tracking="serial")
        self.assertEqual(product.tracking, "serial")

    def test_cosmetics_without_batches_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "goes by batch and use-by date"):
            self._create_product(name="Test Loose", is_storable=True, tracking="none")
        for vals in ({"tracking": "none"}, {"use_expiration_date": False}):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, "goes by batch and use-by date"):
                self.cream.write(vals)

    def test_batches_of_a_product_that_becomes_cosmetics_follow(self):
        with freeze_time(NOON):
            dated = self._create_lot("dated", product=self.sponge, expiration_date="2027-02-28 04:00:00")
            undated = self._create_lot("undated", product=self.sponge, expiration_date=False)
            undated.sudo().expiration_date = False
            self.sponge.write({"cosmetic_kind": "ordinary", "registration_no": "陕G妆网备字2021000001"})
        self.assertEqual((dated.expiration_on, dated.band_id.code, dated.expiry_basis), (date(2027, 2, 28), "near", "printed"))
        self.assertEqual(dated.expiration_date, moment("2027-02-28 15:59:59"))
        self.assertEqual((dated.quality_state, undated.quality_state), ("released", "quarantine"))


@tagged("post_install", "-at_install")
class TestUpgrade(LotCommon):
    def _forget(self, lots):
        """Bring batches back to what core alone knew."""
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE stock_lot SET expiration_on = NULL, expiry_basis = NULL, shelf_life_months = NULL, total_life_days = NULL,
                   sale_stop_on = NULL, band_id = NULL, band_next_on = NULL, use_date = NULL, alert_date = NULL, removal_date = NULL
               WHERE id = ANY(%s)""",
            [lots.ids],
        )
        self.env.invalidate_all()

    def test_batches_from_before_get_their_dates(self):
        with freeze_time(NOON):
            cream = self._create_lot("cream", expiration_on="2027-02-28")
            sponge = self._create_lot("sponge", product=self.sponge, expiration_date="2027-02-28 16:30:00")
            self._put_in_stock(cream)
            self._forget(cream + sponge)
            self.env.cr.execute("UPDATE stock_lot SET expiration_date = '2027-02-28 03:00:00' WHERE id = %s", [cream.id])
            self.env["stock.lot"]._complete_existing_lots()
        self.assertEqual((cream.expiration_on, cream.expiry_basis, cream.shelf_life_months), (date(2027, 2, 28), "printed", 36))
        self.assertEqual(cream.expiration_date, moment("2027-02-28 15:59:59"))
        self.assertEqual((cream.sale_stop_on, cream.band_id.code, cream.total_life_days), (date(2027, 1, 14), "near", 1095))
        self.assertEqual(cream.quant_ids.removal_date, moment("2027-01-13 15:59:59"))
        self.assertEqual((sponge.expiration_on, sponge.sale_stop_on), (date(2027, 3, 1), date(2027, 3, 2)))
        self.assertEqual(sponge.expiration_date, moment("2027-02-28 16:30:00"))

    def test_cosmetics_without_any_date_are_held_not_lost(self):
        lot = self._create_lot(expiration_on="2027-02-28")
        self._forget(lot)
        self.env.cr.execute("UPDATE stock_lot SET expiration_date = NULL WHERE id = %s", [lot.id])
        self.env["stock.lot"]._complete_existing_lots()
        self.assertEqual((lot.expiration_on, lot.quality_state), (False, "quarantine"))
        self.assertIn("No use-by date", self._log(lot, "quality").reason)

    def test_running_twice_changes_nothing(self):
        lot = self._create_lot(production_date="2026-03-01")
        self.env["stock.lot"]._complete_existing_lots()
        before = lot.read()[0]
        self.env["stock.lot"]._complete_existing_lots()
        self.assertEqual(lot.read()[0], before)
        self.assertEqual(lot.expiry_basis, "production")

    def test_products_from_before_are_switched_unless_they_have_stock(self):
        stocked = self._create_product(name="Loose Cream", is_storable=True)
        empty = self._create_product(name="Empty Cream", is_storable=True)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_template SET tracking = 'none', use_expiration_date = FALSE WHERE id = ANY(%s)",
            [(stocked + empty).product_tmpl_id.ids],
        )
        self.env.invalidate_all()
        self.env["stock.quant"]._update_available_quantity(stocked, self.warehouse.lot_stock_id, 5)
        with self.assertLogs(UPGRADE_LOGGER, logging.INFO) as logs:
            self.env["stock.lot"]._complete_existing_lots()
        self.assertEqual((empty.tracking, empty.use_expiration_date, stocked.tracking), ("lot", True, "none"))
        self.assertIn(str(stocked.product_tmpl_id.id), logs.output[0])
