"""What is suggested: how many, from where, and why."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import TODAY, ForecastCommon


@tagged("post_install", "-at_install")
class TestCosmeticsReplenishment(ForecastCommon):
    def test_a_shop_that_runs_short_gets_what_will_sell(self):
        self._add_weeks(self.product, self.shop, 14)
        row = self._suggest()
        self.assertEqual((row.kind, row.product_id, row.warehouse_id, row.partner_id), ("buy", self.product, self.shop, self.vendor))
        self.assertAlmostEqual(row.expected_demand, 14 * 35 / 7, delta=5)
        self.assertEqual(row.quantity, row.suggested_quantity)
        self.assertAlmostEqual(row.quantity, row.expected_demand + row.safety_quantity, delta=1)

    def test_a_full_shelf_asks_for_nothing(self):
        self._add_weeks(self.product, self.shop, 14)
        self._put(self.product, self.shop, 120)
        self.assertFalse(self._suggest())

    def test_what_is_ordered_or_asked_for_counts(self):
        self._add_weeks(self.product, self.shop, 14)
        line = Command.create({"product_id": self.product.id, "product_qty": 60})
        self.env["purchase.order"].with_user(self.buyer).create(
            {"partner_id": self.vendor.id, "picking_type_id": self.shop.in_type_id.id, "order_line": [line]}
        )
        self.env["purchase.request"].with_user(self.clerk).create({"line_ids": [line]})
        self.assertFalse(self._suggest())

    def test_the_sentence_says_where_the_quantity_comes_from(self):
        self._add_weeks(self.product, self.shop, 14)
        self._put(self.product, self.shop, 5)
        sentence = self._suggest().with_context(lang="en_US").sentence
        self.assertRegex(sentence, r"^5 there, 0 on the way; in 35 days \(7 of them until delivery\) about \d+ will sell, and \d+ are kept")

    def test_the_vendor_delivers_no_less_than_the_minimum(self):
        product = self._create_ware("Test Minimum", minimum=500)
        self._add_weeks(product, self.shop, 7)
        row = self._suggest().with_context(lang="en_US")
        self.assertEqual((row.quantity, row.code), (500, "minimum"))
        self.assertIn("the vendor delivers no less", row.sentence)

    def test_whole_boxes_are_ordered(self):
        product = self._create_ware("Test Box")
        product.seller_ids.product_uom_id = self.env["uom.uom"].create(
            {"name": "Box of 24", "relative_factor": 24, "relative_uom_id": product.uom_id.id}
        )
        self._add_weeks(product, self.shop, 7)
        row = self._suggest()
        self.assertEqual((row.pack_quantity, row.quantity % 24), (24, 0))
        self.assertAlmostEqual(row.price_unit, 20 / 24, places=1)
        row.with_user(self.buyer).action_supply()
        self.assertEqual(row.purchase_order_id.order_line.product_qty * 24, row.quantity)

    def _create_perishable(self, **vals):
        """Return a cream that keeps for half a year."""
        return self._create_ware("Test Cream", cosmetic_kind="ordinary", shelf_life_months=6, **vals)

    def test_never_more_than_can_be_sold_before_it_is_too_old(self):
        product = self._create_perishable(minimum=60)
        self._add_weeks(product, self.shop, 0.5)
        row = self._suggest()
        self.assertEqual((row.quantity, row.code, row.has_cap, row.uncapped_quantity), (0, "unsaleable", True, 60))
        self.assertLess(row.cap_quantity, 60)

    def test_the_cost_of_ignoring_the_shelf_life_is_shown_to_buyers_alone(self):
        product = self._create_perishable(minimum=60)
        self._add_weeks(product, self.shop, 0.5)
        row = self._suggest().with_user(self.buyer)
        self.assertAlmostEqual(row.waste_cost, (60 - row.cap_quantity) * 20, places=0)
        self.assertNotIn("waste_cost", row.with_user(self.manager).fields_get())

    def test_a_promise_to_customers_shortens_the_time_to_sell(self):
        product = self._create_perishable()
        self._add_weeks(product, self.shop, 1)
        before = self._suggest().cap_quantity
        self.env["cosmetics.shelf.life.promise"].search([]).unlink()
        self.env["cosmetics.shelf.life.promise"].create({"name": "Test", "min_days": 90})
        self.assertLess(self._suggest().cap_quantity, before)

    def test_what_the_vendor_agreed_to_lengthens_the_time_to_sell(self):
        product = self._create_perishable()
        self._add_weeks(product, self.shop, 1)
        before = self._suggest().cap_quantity
        product.seller_ids.receipt_min_share = 0.95
        self.assertGreater(self._suggest().cap_quantity, before)

    def test_batches_that_will_expire_unsold_do_not_count(self):
        product = self._create_perishable()
        self._add_weeks(product, self.shop, 14)
        lot = self.env["stock.lot"].create(
            {"name": "OLD", "product_id": product.id, "expiry_basis": "printed", "expiration_on": TODAY + timedelta(days=25)}
        )
        self._put(product, self.shop, 100, lot)
        self.assertGreater(self._suggest().quantity, 50)

    def test_goods_of_a_shop_that_has_too_many_are_moved_before_any_are_bought(self):
        self._add_weeks(self.product, self.shop, 28)
        self._add_weeks(self.product, self.other, 1)
        self._put(self.product, self.other, 50)
        rows = self._suggest()
        self.assertEqual(rows.mapped("kind"), ["transfer", "buy"])
        transfer = rows[0]
        self.assertEqual((transfer.source_warehouse_id, transfer.warehouse_id), (self.other, self.shop))
        self.assertLess(transfer.quantity, 50)
        self.assertIn("Test Other", transfer.sentence)

    def test_a_centre_buys_for_the_shops_it_fills(self):
        self.shop.resupply_wh_ids = [Command.set(self.other.ids)]
        self._add_weeks(self.product, self.shop, 14)
        self._add_weeks(self.product, self.other, 7)
        row = self._suggest()
        self.assertEqual((row.kind, row.warehouse_id, row.place_count, row.lead_days), ("buy", self.other, 2, 9))
        self.assertAlmostEqual(row.expected_demand, 21 * 37 / 7, delta=8)

    def test_what_is_no_longer_replenished_is_not_bought(self):
        self._add_weeks(self.product, self.shop, 14)
        self.product.lifecycle_stage_id = self.stage_clearance
        self.assertFalse(self._suggest())

    def test_a_suggestion_goes_when_its_need_is_gone(self):
        self._add_weeks(self.product, self.shop, 14)
        row = self._suggest()
        self._put(self.product, self.shop, 200)
        self._suggest()
        self.assertFalse(row.exists())

    def test_a_second_night_keeps_the_row_and_brings_its_figures_up_to_date(self):
        self._add_weeks(self.product, self.shop, 14)
        row = self._suggest()
        before = row.quantity
        self._put(self.product, self.shop, 10)
        self.assertEqual(self._suggest(), row)
        self.assertEqual((row.quantity, row.on_hand_quantity), (before - 10, 10))

    def test_a_changed_quantity_stays_until_the_next_round(self):
        self._add_weeks(self.product, self.shop, 14)
        row = self._suggest()
        row.with_user(self.manager)._change_quantity(7, "Counter is rebuilt")
        self._suggest()
        self.assertEqual((row.quantity, row.is_changed), (7, True))
        row.changed_at = fields.Datetime.now() - timedelta(days=8)
        self._suggest()
        self.assertEqual((row.quantity, row.is_changed), (row.suggested_quantity, False))
        self.assertEqual(row.change_ids.reason, "Counter is rebuilt")

    def test_the_database_holds_no_suggestion_above_its_limit(self):
        self._add_weeks(self.product, self.shop, 14)
        row = self._suggest()
        for values in ({"has_cap": True, "cap_quantity": 1}, {"quantity": -1, "is_changed": True}, {"quantity": 3}):
            with self.subTest(values), mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                row.write(values)
                row.flush_recordset()

    def test_the_job_runs_as_the_scheduler_does(self):
        self._put(self.product, self.shop, 10)
        self.Row._cron_suggest()
        self.assertTrue(self.Week.search([("product_id", "=", self.product.id)]))
