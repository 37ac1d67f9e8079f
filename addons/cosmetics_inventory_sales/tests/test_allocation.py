"""The allocation gives an order only batches that keep its promise."""

from odoo.tests import tagged

from .common import FRESH, NEAR, STOPPED, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestAllocationOfBatches(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["cosmetics.allocation.rule"].create({"name": "Test Rule"})

    def _allocated(self, order):
        order._allocate()
        return order.allocation_state, order.warehouse_id

    def test_centre_whose_goods_break_the_promise_is_passed_over(self):
        self._create_batch("NEAR-1", NEAR, 9)
        self._create_batch("FRESH-1", FRESH, 5, location=self.shop.lot_stock_id)
        self.assertEqual(self._allocated(self._create_order((self.cream, 5))), ("allocated", self.shop))
        self.assertEqual(self._allocated(self._create_order((self.cream, 5), partner=self.anyone)), ("allocated", self.warehouse))

    def test_order_waits_rather_than_break_the_promise(self):
        self._create_batch("NEAR-1", NEAR, 9)
        order = self._create_order((self.cream, 5))
        self.assertFalse(order._allocate())
        self.assertEqual(order.allocation_note, "Waiting for goods: Test Cream (0 of 5 there).")

    def test_held_and_stopped_goods_are_for_nobody(self):
        self._create_batch("STOP-1", STOPPED, 9)
        held = self._create_batch("HELD-1", FRESH, 9)
        held._set_quality_state("quarantine", "Test")
        self.assertEqual(self._allocated(self._create_order((self.cream, 1), partner=self.anyone))[0], "waiting")

    def test_near_expiry_goods_go_first(self):
        self.rule.write({"criterion_first": "expiry", "criterion_fourth": "full"})
        self._create_batch("FRESH-1", FRESH, 9)
        self._create_batch("NEAR-1", NEAR, 9, location=self.shop.lot_stock_id)
        order = self._create_order((self.cream, 2), partner=self.anyone)
        self.assertEqual(self._allocated(order), ("allocated", self.shop))
        self.assertEqual(self._allocated(self._create_order((self.cream, 2))), ("allocated", self.warehouse))

    def test_line_of_a_band_is_given_from_the_band(self):
        self._create_batch("FRESH-1", FRESH, 9)
        self._create_batch("NEAR-1", NEAR, 9, location=self.shop.lot_stock_id)
        order = self._create_order((self.cream, 2, {"shelf_life_band_id": self.band_near.id}), partner=self.anyone)
        self.assertEqual(self._allocated(order), ("allocated", self.shop))

    def test_promise_of_the_shop_counts_where_the_shop_gives(self):
        store = self._create_store(warehouse_id=self.shop.id)
        self._create_promise(store_id=store.id, min_days=180)
        self._create_batch("NEAR-1", NEAR, 9, location=self.shop.lot_stock_id)
        order = self._create_order((self.cream, 2), partner=self.anyone)
        self.assertEqual(self._allocated(order)[0], "waiting")
        self._create_batch("NEAR-2", NEAR, 9)
        self.assertEqual(self._allocated(order), ("allocated", self.warehouse))

    def test_split_order_reserves_what_was_decided(self):
        self.rule.max_parcels = 2
        self._create_batch("NEAR-1", NEAR, 4)
        self._create_batch("FRESH-1", FRESH, 3)
        self._create_batch("FRESH-2", FRESH, 4, location=self.shop.lot_stock_id)
        order = self._create_order((self.cream, 6))
        self.assertEqual(order._allocate(), order)
        self.assertFalse(order.shelf_life_message, "both places together have everything")
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"FRESH-1": 2, "FRESH-2": 4})
        self.assertEqual((order.allocation_state, order.is_goods_short), ("allocated", False))
        for picking in order.sudo().picking_ids:
            self._deliver(picking)
        self.assertEqual(order.order_line.qty_delivered, 6)

    def test_reserved_batches_stay_with_the_order_that_has_them(self):
        self._create_batch("FRESH-1", FRESH, 3)
        order = self._create_order((self.cream, 5))
        self.rule.active = False
        order.action_confirm()
        self.assertEqual(order.allocation_state, "partial")
        self.rule.write({"active": True, "max_parcels": 2})
        self._create_batch("FRESH-2", FRESH, 2, location=self.shop.lot_stock_id)
        order.sudo()._reallocate()
        self.assertEqual((self._reserved(order), order.allocation_state), ({"FRESH-1": 3, "FRESH-2": 2}, "allocated"))

    def _count(self, number):
        orders = self.env["sale.order"]
        for _index in range(number):
            orders += self._create_order((self.cream, 1), (self.cream, 1, {"price_unit": 0}), partner=self.anyone, user=self.clerk)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(orders._allocate(), orders)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_orders(self):
        self._create_batch("FRESH-1", FRESH, 99)
        self._create_batch("NEAR-1", NEAR, 99)
        self._count(2)
        small, large = self._count(5), self._count(20)
        self.assertLessEqual(large - small, 3, f"{small} queries for 5 orders, {large} for 20")
