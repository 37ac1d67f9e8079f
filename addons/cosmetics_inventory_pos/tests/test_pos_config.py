"""What a till loads of the batches in its shop."""

import json
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.pos_config import EPOCH
from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestPosConfig(TillBatchCommon):
    def _load(self, product_ids=None, user=None):
        session = self._open_till()
        return self.env["pos.session"].with_user(user or self.clerk).get_till_batches(session.id, product_ids)

    def _names(self, product=None):
        return [batch[1] for batch in self._load()["products"].get((product or self.cream).id, [])]

    def test_sellable_batches_first_expiring_first(self):
        self._create_batch("SOON", 200, 1)
        self.assertEqual(self._names(), ["SOON", "OLD", "NEW"])

    def test_batch_carries_days_pieces_and_band(self):
        batch = self._load()["products"][self.cream.id][0]
        lot_id, name, expiry, stop, free, band_id, floor = batch
        self.assertEqual((lot_id, name, free, floor), (self.old.id, "OLD", 5, 0))
        self.assertEqual(EPOCH + timedelta(days=expiry), self.old.expiration_on)
        self.assertEqual(EPOCH + timedelta(days=stop), self.old.sale_stop_on)
        self.assertEqual(band_id, self.old.band_id.id)

    def test_held_batch_is_not_loaded(self):
        self.old._set_quality_state("quarantine", "Test")
        self.assertEqual(self._names(), ["NEW"])

    def test_reserved_pieces_are_not_offered(self):
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shelf, 5, lot_id=self.old)
        self.assertEqual(self._names(), ["NEW"])

    def test_batches_of_another_shop_are_not_loaded(self):
        other = self.env["stock.warehouse"].create({"name": "Other Shop", "code": "OTHR"})
        self._create_batch("ELSE", 300, 5, location=other.lot_stock_id)
        self.assertNotIn("ELSE", self._names())

    def test_chosen_products_come_also_when_nothing_is_left(self):
        serum = self._create_till_product(name="Sold Out Serum", is_storable=True)
        self.assertEqual(self._load([serum.id])["products"], {serum.id: []})

    def test_band_price_comes_with_the_batch(self):
        self.cream.standard_price = 40
        band = self.env.ref("cosmetics_inventory.band_near")
        band.markdown_percent = 30
        self._create_batch("NEAR", 120, 5)
        payload = self._load()
        near = payload["products"][self.cream.id][0]
        self.assertEqual(payload["bands"][near[5]], [band.name, band.must_tell_buyer, 30])
        floor = self.env.company.shelf_life_floor_margin
        self.assertEqual(near[6], round(40 * (100 + floor) / 100, 2))

    def test_clerk_of_another_shop_gets_nothing(self):
        stranger = self._create_user("test_other_clerk", "cosmetics_sales_pos.group_shop_clerk")
        self._create_store(name="Other Shop", user_ids=[Command.set(stranger.ids)])
        with self.assertRaises(AccessError):
            self._load(user=stranger)

    def test_core_list_of_batches_leaves_out_what_may_not_be_sold(self):
        lots = self.env["pos.order.line"].with_user(self.clerk).get_existing_lots(self.env.company.id, self.till.id, self.cream.id)
        self.assertEqual([lot["name"] for lot in lots], ["OLD", "NEW"])
        self.assertEqual(lots[0]["remaining_days"], 400)

    def test_no_till_may_invent_a_batch(self):
        self.assertFalse(self.till.picking_type_id.use_create_lots)
        warehouse = self.env["stock.warehouse"].create({"name": "Third Shop", "code": "THRD"})
        self.assertFalse(warehouse.pos_type_id.use_create_lots)

    def test_operation_type_given_to_a_till_loses_the_right_to_invent_batches(self):
        own = self.till.picking_type_id.copy({"use_create_lots": True})
        self.assertTrue(own.use_create_lots)
        self.till.picking_type_id = own
        self.assertFalse(own.use_create_lots)

    def test_a_batch_is_small_on_the_way_to_the_till(self):
        """5,000 products with three batches each stay below a megabyte."""
        for number in range(20):
            self._create_batch(f"LOT2026-{number:04}", 500 + number, 10)
        batches = self._load()["products"][self.cream.id]
        self.assertEqual(len(batches), 22)
        size = len(json.dumps(batches, separators=(",", ":"))) / len(batches)
        self.assertLess(size * 15_000, 1_000_000)

    def test_loading_costs_no_query_per_batch(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._load()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(20):
            self._create_batch(f"LOT2026-{number:04}", 500 + number, 10)
        self.assertEqual(count(), few)
