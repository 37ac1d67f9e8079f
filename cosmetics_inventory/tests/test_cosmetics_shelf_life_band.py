"""Limits of bands, what a change of them does, and prices in a band."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .lot_common import NOON, LotCommon, moment


@tagged("post_install", "-at_install")
class TestShelfLifeBand(LotCommon):
    def test_six_bands_come_with_the_app(self):
        found = {
            code: (band.limit_value, band.limit_unit if band.limit_value else "", band.blocks_sale) for code, band in self.bands.items()
        }
        self.assertEqual(
            found,
            {
                "normal": (0, "", False),
                "watch": (12, "months", False),
                "near": (6, "months", False),
                "clearance": (3, "months", False),
                "stop": (45, "days", True),
                "expired": (0, "", True),
            },
        )

    def test_a_new_limit_moves_the_batches_at_once(self):
        with freeze_time(NOON):
            lot = self._create_lot(production_date="2024-03-01")
            self._put_in_stock(lot)
            for user, days, stop in ((self.quality_manager, 100, date(2026, 11, 20)), (self.manager, 60, date(2026, 12, 30))):
                self.bands["stop"].with_user(user).write({"limit_value": days})
                self.assertEqual(lot.sale_stop_on, stop)
            self.assertEqual(lot.quant_ids.removal_date, moment("2026-12-29 15:59:59"))
            self.assertEqual((lot.expiration_on, lot.band_id.code), (date(2027, 2, 28), "near"))

    def test_limit_nil_switches_a_band_off(self):
        with freeze_time(NOON):
            lot = self._create_lot(production_date="2024-03-01")
            self.bands["stop"].limit_value = 0
        self.assertEqual(lot.sale_stop_on, date(2027, 3, 1))
        self.assertEqual(lot._get_sale_obstacle(date(2027, 2, 28)), {})
        self.assertEqual(lot._get_sale_obstacle(date(2027, 3, 1)), {lot: "expired"})

    def test_short_lived_goods_are_stopped_by_share(self):
        mask = self._create_product(name="Test Mask", is_storable=True, shelf_life_months=6)
        with freeze_time(NOON):
            lot = self._create_lot(product=mask, production_date="2026-09-01")
        self.assertEqual((lot.expiration_on, lot.total_life_days), (date(2027, 2, 28), 181))
        self.assertEqual(lot.sale_stop_on, date(2027, 2, 10))

    def test_keeper_and_clerk_only_read(self):
        self.assertEqual(self.bands["stop"].with_user(self.keeper).limit_value, 45)
        with self.assertRaises(AccessError):
            self.bands["stop"].with_user(self.keeper).limit_value = 0

    def test_expired_always_blocks(self):
        with self.assertRaisesRegex(ValidationError, "may never be sold"):
            self.bands["expired"].blocks_sale = False
        with self.assertRaisesRegex(ValidationError, "may never be sold"):
            self.bands["expired"].is_expired = False
        with self.assertRaisesRegex(ValidationError, "untick"):
            self.bands["normal"].blocks_sale = True

    def test_bands_of_all_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "Enter 0"):
            self.bands["stop"].with_user(self.quality_manager).unlink()

    def test_there_is_one_band_of_a_kind(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["cosmetics.shelf.life.band"].create({"name": "Again", "code": "stop"})

    def test_a_company_may_have_its_own_limit(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        own = self._create_product(name="Own Cream", is_storable=True, company_id=company.id)
        with freeze_time(NOON):
            lot = self.env["stock.lot"].create({"name": "B1", "product_id": own.id, "expiration_on": "2027-02-28"})
            shared = self._create_lot(expiration_on="2027-02-28")
            self.assertEqual((lot.company_id, lot.sale_stop_on), (company, date(2027, 1, 14)))
            band = self.env["cosmetics.shelf.life.band"].create(
                {
                    "name": "Stop",
                    "code": "stop",
                    "sequence": 50,
                    "limit_value": 10,
                    "limit_unit": "days",
                    "blocks_sale": True,
                    "company_id": company.id,
                }
            )
            later = self.env["stock.lot"].create({"name": "B2", "product_id": own.id, "expiration_on": "2027-02-28"})
            self.assertEqual((lot.sale_stop_on, later.sale_stop_on), (date(2027, 2, 18), date(2027, 2, 18)))
            self.assertEqual(shared.sale_stop_on, date(2027, 1, 14))
            self.assertFalse(self.env["cosmetics.shelf.life.band"].with_user(self.keeper).search([("id", "=", band.id)]))
            band.unlink()
            self.assertEqual(lot.sale_stop_on, date(2027, 1, 14))

    def test_price_in_a_band_stops_at_the_floor(self):
        company = self.env.company
        company.shelf_life_floor_margin = 10
        self.cream.standard_price = 60
        band = self.bands["clearance"]
        band.markdown_percent = 30
        self.assertEqual(band.with_user(self.keeper)._get_price(self.cream.with_user(self.keeper), 100, company), 70)
        band.markdown_percent = 50
        self.assertEqual(band._get_price(self.cream, 100, company), 66)
        self.assertEqual(self.bands["normal"]._get_price(self.cream, 100, company), 100)

    def test_setting_of_the_floor_margin_reaches_the_company(self):
        self.env["res.config.settings"].create({"shelf_life_floor_margin": 12.5}).execute()
        self.assertEqual(self.env.company.shelf_life_floor_margin, 12.5)

    def test_change_of_a_name_touches_no_batch(self):
        lot = self._create_lot(expiration_on="2027-02-28")
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_lot SET sale_stop_on = '2020-01-01' WHERE id = %s", [lot.id])
        self.env.invalidate_all()
        self.bands["stop"].name = "Stop"
        self.assertEqual(lot.sale_stop_on, date(2020, 1, 1))

    def test_cost_of_a_new_limit_follows_the_dates_not_the_batches(self):
        counts = {}
        for size in (10, 400):
            lots = self.env["stock.lot"].create(
                [{"name": f"{size}-{n}", "product_id": self.cream.id, "expiration_on": date(2028, 1, 1 + n % 5)} for n in range(size)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.bands["stop"].limit_value += 1
            self.env.flush_all()
            counts[size] = self.cr.sql_log_count - before
            self.assertEqual(len(set(lots.mapped("sale_stop_on"))), 5)
        self.assertLessEqual(counts[400], counts[10] + 5, counts)
