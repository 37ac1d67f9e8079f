"""What the line shows: what this customer can get, in one look at the stock."""

from odoo import fields
from odoo.tests import Form, tagged

from .common import CLEARANCE, EXPIRED, FRESH, NEAR, STOPPED, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestAvailability(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near = cls._create_batch("NEAR-1", NEAR, 18)
        cls.fresh = cls._create_batch("FRESH-1", FRESH, 32)
        cls._create_batch("STOP-1", STOPPED, 7)
        cls._create_batch("OLD-1", EXPIRED, 5)

    def test_promised_customer_sees_the_fresh_goods_only(self):
        line = self._create_order((self.cream, 50)).order_line
        self.assertEqual((line.free_qty_today, line.virtual_available_at_date, line.shelf_life_withheld_qty), (32, 32, 18))
        self.assertEqual(line.shelf_life_message, "32 of 50 can be delivered with 180 days left; first batch 2029-02-28.")

    def test_customer_without_a_promise_sees_all_that_may_be_sold(self):
        line = self._create_order((self.cream, 51), partner=self.anyone).order_line
        self.assertEqual((line.free_qty_today, line.virtual_available_at_date), (50, 50))
        self.assertEqual(line.shelf_life_message, "50 of 51 can be delivered; first batch 2027-04-30.")

    def test_line_that_is_not_short_says_nothing(self):
        order = self._create_order((self.cream, 32))
        self.assertEqual((order.order_line.shelf_life_message, order.shelf_life_message), (False, False))

    def test_held_goods_are_not_shown(self):
        self.fresh._set_quality_state("quarantine", "Test")
        line = self._create_order((self.cream, 50)).order_line
        self.assertEqual(line.free_qty_today, 0)
        self.assertEqual(line.shelf_life_message, "0 of 50 can be delivered with 180 days left; no other batch fits.")

    def test_goods_that_stop_before_the_promised_day_are_not_shown(self):
        order = self._create_order(
            (self.cream, 50), partner=self.anyone, commitment_date=fields.Datetime.to_datetime("2027-04-01 04:00:00")
        )
        self.assertEqual((order.order_line.free_qty_today, order.order_line.shelf_life_first_on), (32, fields.Date.to_date(FRESH)))

    def test_lines_above_take_first(self):
        order = self._create_order((self.cream, 30), (self.cream, 30))
        self.assertEqual(order.order_line.mapped("free_qty_today"), [32, 2])
        self.assertEqual(order.order_line[1].shelf_life_message, "2 of 30 can be delivered with 180 days left; first batch 2029-02-28.")

    def test_line_of_a_band_sees_that_band_and_leaves_the_rest_to_the_others(self):
        self._create_batch("CLEAR-1", CLEARANCE, 4)
        order = self._create_order((self.cream, 32), (self.cream, 20, {"shelf_life_band_id": self.band_near.id}))
        self.assertEqual(order.order_line.mapped("free_qty_today"), [32, 18])
        self.assertEqual(
            order.order_line[1].shelf_life_message, "18 of 20 can be delivered from the band “Near Expiry”; first batch 2027-04-30."
        )

    def test_another_unit_is_shown_in_that_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self._create_order((self.cream, 3, {"product_uom_id": dozen.id})).order_line
        self.assertAlmostEqual(line.free_qty_today, 32 / 12, 2)
        self.assertIn("of 3 can be delivered with 180 days left", line.shelf_life_message)

    def test_order_is_confirmed_all_the_same_and_says_what_is_missing(self):
        order = self._create_order((self.cream, 50))
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.shelf_life_message, "Test Cream: 32 of 50 can be delivered with 180 days left; no other batch fits.")
        self._create_batch("FRESH-2", FRESH, 18)
        self.env.invalidate_all()
        self.assertFalse(order.shelf_life_message)

    def test_form_says_it_while_the_quantity_is_typed(self):
        with Form(self.env["sale.order"].with_user(self.salesperson)) as form:
            form.partner_id = self.customer
            form.warehouse_id = self.warehouse
            with form.order_line.new() as line:
                line.product_id = self.cream
                line.product_uom_qty = 50
            self.assertIn("32 of 50", form.shelf_life_message)

    def test_product_without_batches_is_left_to_core(self):
        brush = self.env["product.product"].create({"name": "Test Brush", "is_storable": True})
        self.env["stock.quant"]._update_available_quantity(brush, self.warehouse.lot_stock_id, 3)
        line = self._create_order((brush, 5)).order_line
        self.assertEqual((line.free_qty_today, line.shelf_life_message), (3, False))

    def test_fifty_lines_cost_as_many_queries_as_two(self):
        self._create_promise(product_category_id=self.cream.categ_id.id, min_share=0.5)
        few, many = self._count_queries(2), self._count_queries(50)
        self.assertLessEqual(many, few)

    def _count_queries(self, count):
        """Return how many queries it takes to show what an order of `count` lines can get."""
        products = [self._create_product(name=f"Cream {number}", is_storable=True) for number in range(count)]
        for product in products:
            self._create_batch("A", NEAR, 5, product)
            self._create_batch("B", FRESH, 5, product)
        order = self._create_order(*[(product, 9) for product in products])
        self.env.flush_all()
        self.env.invalidate_all()
        order.order_line.mapped("free_qty_today"), order.shelf_life_message  # whatever is read once for all
        self.env.invalidate_all()
        order.order_line.fetch(["product_id", "product_uom_qty"])
        before = self.env.cr.sql_log_count
        self.assertEqual(order.order_line.mapped("free_qty_today"), [5] * count)
        self.assertEqual(len(order.shelf_life_message.split("\n")), count)
        return self.env.cr.sql_log_count - before
