"""What the move layer does with batches that come in."""

from datetime import date

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceiving(ReceivingCommon):
    def test_typed_production_date_becomes_the_date_of_the_batch(self):
        self._receive(self.product, production_date=date(2026, 1, 15))
        lot = self._lot(self.product)
        self.assertEqual((lot.production_date, lot.expiration_on, lot.expiry_basis), (date(2026, 1, 15), date(2029, 1, 14), "production"))

    def test_core_does_not_invent_a_date(self):
        self.product.expiration_time = 10
        self._receive(self.product, expiration_on=date(2028, 6, 30))
        self.assertEqual(self._lot(self.product).expiration_on, date(2028, 6, 30))

    def test_batch_without_any_date_is_not_received(self):
        picking = self._create_receipt((self.product, 10))
        picking.move_line_ids.lot_name = "A1"
        with self.assertRaisesRegex(ValidationError, "A1"):
            picking.button_validate()

    def test_list_of_the_receipt_shows_the_other_date(self):
        line = self._create_receipt((self.product, 10)).move_line_ids.with_user(self.keeper)
        values = {"product_id": self.product.id, "production_date": "2026-01-15", "expiration_on": False}
        shown = line.onchange(values, ["production_date"], {name: {} for name in ("production_date", "expiration_on")})["value"]
        self.assertEqual(shown["expiration_on"], date(2029, 1, 14))

    def test_known_batch_shows_its_dates_in_the_list(self):
        self._receive(self.product, production_date=date(2026, 1, 15))
        line = self._create_receipt((self.product, 10)).move_line_ids.with_user(self.keeper)
        values = {"product_id": self.product.id, "lot_name": "A1", "company_id": self.env.company.id}
        shown = line.onchange(values, ["lot_name"], {name: {} for name in ("lot_name", "production_date", "expiration_on")})["value"]
        self.assertEqual((shown["production_date"], shown["expiration_on"]), (date(2026, 1, 15), date(2029, 1, 14)))

    def test_core_does_not_take_a_new_batch_for_an_expired_one(self):
        picking = self._create_receipt((self.product, 10))
        self.assertFalse(picking.move_line_ids.expiration_date)
        self._set_batch(picking, expiration_on=date(2028, 6, 30))
        self.assertEqual(str(picking.move_line_ids.expiration_date), "2028-06-30 15:59:59")
        self.assertIs(picking.button_validate(), True, "no question on the honest path")

    def test_second_delivery_of_a_batch_joins_it(self):
        self._receive(self.product, production_date=date(2026, 1, 15))
        self._receive(self.product, production_date=date(2026, 1, 15))
        self.assertEqual(self._lot(self.product).product_qty, 20)

    def test_contradicting_use_by_date_is_refused(self):
        self._receive(self.product, expiration_on=date(2028, 6, 30))
        for vals in ({"expiration_on": date(2028, 7, 1)}, {"production_date": date(2026, 1, 15)}):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, "2028-06-30"), self.cr.savepoint():
                self._receive(self.product, **vals)
        self.assertEqual(self._lot(self.product).expiration_on, date(2028, 6, 30))

    def test_two_dates_for_one_batch_in_the_same_receipt_are_refused(self):
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking, expiration_on=date(2028, 6, 30))
        picking.move_line_ids.copy({"picking_id": picking.id, "lot_name": "A1", "quantity": 2, "expiration_on": date(2028, 7, 31)})
        with self.assertRaises(ValidationError):
            picking.button_validate()

    def test_one_day_of_reading_a_label_is_no_contradiction(self):
        self._receive(self.product, expiration_on=date(2029, 1, 15))
        self._receive(self.product, production_date=date(2026, 1, 15))  # counted: 2029-01-14
        self.assertEqual(self._lot(self.product).expiration_on, date(2029, 1, 15))

    def test_batch_knows_the_warehouses_it_lay_in(self):
        self._receive(self.product)
        lot = self._lot(self.product)
        self.assertEqual(lot.stocked_warehouse_ids, self.warehouse)
        self._move(self.product, lot, self.warehouse.lot_stock_id, self.shop.lot_stock_id, 4)
        self.assertEqual(lot.stocked_warehouse_ids, self.warehouse + self.shop)

    def _move(self, product, lot, source, target, quantity):
        """Move goods without a document, as the superuser of the test."""
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "lot_id": lot.id,
                            "quantity": quantity,
                            "location_id": source.id,
                            "location_dest_id": target.id,
                        }
                    )
                ],
            }
        )
        move.picked = True
        move._action_done()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceiptMinimum(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"receipt_min_share": 0.5, "receipt_min_days": 0, "receipt_min_policy": "quarantine"})

    def test_without_agreement_everything_comes_in(self):
        self.company.receipt_min_share = 0
        self._receive(self.product, expiration_on=date(2026, 3, 5))
        self.assertEqual(self._lot(self.product).quality_state, "released")

    def test_batch_below_the_share_is_held_and_stays_held(self):
        self._receive(self.product, expiration_on=date(2027, 8, 30))  # half of 1095 or 1096 days from 2026-03-01 is 2027-08-31
        lot = self._lot(self.product)
        self.assertEqual(lot.quality_state, "quarantine")
        self.assertFalse(lot.is_held_by_inspection, "a complete record does not set it free")

    def test_batch_at_the_share_is_free(self):
        self._receive(self.product, expiration_on=date(2027, 9, 1))
        self.assertEqual(self._lot(self.product).quality_state, "released")

    def test_days_and_share_the_stricter_counts(self):
        self.company.receipt_min_days = 900
        self._receive(self.product, expiration_on=date(2027, 9, 1))
        self.assertEqual(self._lot(self.product).quality_state, "quarantine")

    def test_agreement_with_the_vendor_replaces_the_setting(self):
        self.supplier.write({"has_receipt_minimum": True, "receipt_min_share": 0, "receipt_min_days": 0})
        self._receive(self.product, expiration_on=date(2026, 12, 31))
        self.assertEqual(self._lot(self.product).quality_state, "released")

    def test_company_may_refuse(self):
        self.company.receipt_min_policy = "refuse"
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking, expiration_on=date(2027, 8, 30))
        with self.assertRaisesRegex(ValidationError, "A1"):
            picking.button_validate()

    def test_refusal_holds_below_the_document_too(self):
        self.company.receipt_min_policy = "refuse"
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking, expiration_on=date(2027, 8, 30))
        picking.move_ids.picked = True
        with self.assertRaises(ValidationError):
            picking.move_ids._action_done()

    def test_the_china_day_of_the_receipt_decides(self):
        self.supplier.write({"has_receipt_minimum": True, "receipt_min_days": 100})
        with freeze_time("2026-03-01 15:59:59"):  # still the first of March in China
            self._receive(self.product, batch="A1", expiration_on=date(2026, 6, 9))
        with freeze_time("2026-03-01 16:00:00"):
            self._receive(self.product, batch="A2", expiration_on=date(2026, 6, 9))
        states = [self._lot(self.product, name).quality_state for name in ("A1", "A2")]
        self.assertEqual(states, ["released", "quarantine"])

    def test_quality_manager_releases(self):
        self._receive(self.product, expiration_on=date(2027, 8, 30))
        lot = self._lot(self.product)
        lot.with_user(self.quality)._set_quality_state("released", "Agreed by telephone")
        self.assertEqual(lot.quality_state, "released")

    def test_share_beyond_the_whole_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.company.receipt_min_share = 1.5
            self.company.flush_recordset()
