"""Near-expiry goods sold as what they are: price, floor, words and batches."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import CLEARANCE, FRESH, NEAR, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestBandPrice(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_batch("NEAR-1", NEAR, 18)
        cls.fresh = cls._create_batch("FRESH-1", FRESH, 32)
        cls.in_near = {"shelf_life_band_id": cls.band_near.id}

    def _set_pricelist(self, order, **item):
        order.pricelist_id = self.env["product.pricelist"].create({"name": "Test List", "item_ids": [Command.create(item)]})
        order.action_update_prices()

    def test_band_sells_at_its_price_and_tells_the_buyer(self):
        line = self._create_order((self.cream, 5, self.in_near)).order_line
        self.assertEqual((line.price_unit, line.discount, line.price_subtotal), (70, 0, 350))
        self.assertTrue(line.name.endswith("Near Expiry goods: use-by date 2027-04-30 or later."), line.name)

    def test_only_batches_of_the_band_are_delivered_and_the_promise_does_not_hold(self):
        self._create_batch("CLEAR-1", CLEARANCE, 9)
        order = self._create_order((self.cream, 20, self.in_near))
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"NEAR-1": 18})
        self._deliver(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 18)

    def test_chained_delivery_takes_the_band_too(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self._create_order((self.cream, 5, self.in_near))
        order.action_confirm()
        for _step in ("pick", "pack", "ship"):
            picking = order.picking_ids.filtered(lambda picking: picking.state == "assigned")
            self.assertEqual(picking.move_line_ids.lot_id.name, "NEAR-1")
            self._deliver(picking)
        self.assertEqual(order.order_line.qty_delivered, 5)

    def test_price_never_falls_below_cost_and_floor_margin(self):
        self.band_near.markdown_percent = 90
        self.env.company.shelf_life_floor_margin = 10
        self.assertEqual(self._create_order((self.cream, 5, self.in_near)).order_line.price_unit, 44)

    def test_floor_holds_the_tax_that_the_price_includes(self):
        self.band_near.markdown_percent = 90
        self.cream.taxes_id = self.env["account.tax"].create({"name": "13% incl", "amount": 13, "price_include_override": "tax_included"})
        line = self._create_order((self.cream, 5, self.in_near)).order_line
        self.assertEqual((line.price_unit, line.price_subtotal), (45.2, 200))

    def test_goods_sold_below_the_floor_already_are_not_marked_up(self):
        order = self._create_order((self.cream, 5, self.in_near))
        self._set_pricelist(order, compute_price="fixed", fixed_price=30)
        self.assertEqual(order.order_line.price_unit, 30)

    def test_band_marks_down_what_the_price_list_asks(self):
        order = self._create_order((self.cream, 5, self.in_near), (self.cream, 5))
        self._set_pricelist(order, compute_price="percentage", percent_price=10)
        self.assertEqual([(line.price_unit, line.discount) for line in order.order_line], [(63, 0), (100, 10)])

    def test_price_follows_unit_and_currency(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self._create_order((self.cream, 1, {**self.in_near, "product_uom_id": dozen.id})).order_line
        self.assertAlmostEqual(line.price_unit, 840)
        currency = self.env.ref("base.EUR")
        currency.active = True
        self.env["res.currency.rate"].create({"currency_id": currency.id, "name": "2026-11-01", "rate": 0.125})
        order = self._create_order((self.cream, 1, self.in_near))
        order.pricelist_id = self.env["product.pricelist"].create({"name": "EUR", "currency_id": currency.id})
        order.action_update_prices()
        self.assertAlmostEqual(order.order_line.price_unit, 8.75)

    def test_price_comes_and_goes_with_the_band(self):
        line = self._create_order((self.cream, 5)).order_line
        line.shelf_life_band_id = self.band_near
        self.assertEqual(line.price_unit, 70)
        line.shelf_life_band_id = False
        self.assertEqual((line.price_unit, "Near Expiry" in line.name), (100, False))

    def test_manual_price_survives_a_change_of_quantity(self):
        line = self._create_order((self.cream, 5, self.in_near)).order_line
        line.price_unit = 65
        line.product_uom_qty = 6
        self.assertEqual(line.price_unit, 65)

    def test_manual_price_survives_the_choice_of_a_band(self):
        line = self._create_order((self.cream, 5)).order_line
        line.price_unit = 88
        line.shelf_life_band_id = self.band_near
        self.assertEqual(line.price_unit, 88)

    def test_buyer_is_told_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.band_near.with_context(lang="zh_CN").name = "临期"
        self.anyone.lang = "zh_CN"
        line = self._create_order((self.cream, 5, self.in_near), partner=self.anyone).order_line
        self.assertIn("临期", line.name)

    def test_typed_name_tells_the_buyer_too_and_once(self):
        line = self._create_order((self.cream, 5, {**self.in_near, "name": "For the autumn sale"})).order_line
        self.assertEqual(line.name, "For the autumn sale\nNear Expiry goods: use-by date 2027-04-30 or later.")
        line.name = "Cheap cream"
        self.assertEqual(line.name.count("Near Expiry goods"), 1)
        copied = line.order_id.copy().order_line
        self.assertEqual((copied.shelf_life_band_id, copied.name.count("Near Expiry goods")), (self.band_near, 1))

    def test_goods_that_expire_before_the_date_the_buyer_was_told_are_refused(self):
        order = self._create_order((self.cream, 5, self.in_near))
        order.action_confirm()
        earlier = self._create_batch("NEAR-0", "2027-03-31", 9)
        picking = order.picking_ids.with_user(self.keeper)
        picking.move_line_ids.write({"lot_id": earlier.id})
        with self.assertRaisesRegex(ValidationError, "NEAR-0.*earlier than promised"), self.cr.savepoint():
            self._deliver(picking)

    def test_date_the_buyer_was_told_stays_and_a_copy_tells_its_own(self):
        line = self._create_order((self.cream, 5, self.in_near)).order_line
        self._create_batch("NEAR-0", "2027-03-31", 9)
        self.env.invalidate_all()
        line.product_uom_qty = 6
        self.assertIn("2027-04-30", line.name)
        copied = line.order_id.copy().order_line
        self.assertEqual(copied.name.count("goods: use-by date"), 1)
        self.assertIn("2027-03-31", copied.name)

    def test_typed_name_survives_the_choice_and_the_removal_of_a_band(self):
        line = self._create_order((self.cream, 5)).order_line
        line.name = "For the autumn sale"
        line.shelf_life_band_id = self.band_near
        self.assertEqual(line.name, "For the autumn sale\nNear Expiry goods: use-by date 2027-04-30 or later.")
        line.shelf_life_band_id = self.band_clearance
        self.assertEqual(line.name, "For the autumn sale\nClearance goods: close to the use-by date on the pack.")
        line.shelf_life_band_id = False
        self.assertEqual(line.name, "For the autumn sale")

    def test_form_shows_price_and_words_while_the_band_is_chosen(self):
        order = self._create_order((self.cream, 5))
        with Form(order) as form, form.order_line.edit(0) as line:
            line.shelf_life_band_id = self.band_near
            self.assertEqual(line.price_unit, 70)
            self.assertEqual(line.name.count("Near Expiry goods: use-by date 2027-04-30 or later."), 1)
        self.assertEqual(order.order_line.name.count("Near Expiry goods"), 1)

    def test_band_without_stock_tells_the_buyer_without_a_date(self):
        line = self._create_order((self.cream, 5, {"shelf_life_band_id": self.band_clearance.id})).order_line
        self.assertTrue(line.name.endswith("Clearance goods: close to the use-by date on the pack."), line.name)

    def test_band_that_blocks_the_sale_is_refused_on_every_path(self):
        with self.assertRaisesRegex(ValidationError, "Sale Stopped"), self.cr.savepoint():
            self._create_order((self.cream, 5, {"shelf_life_band_id": self.band_stop.id}))
        order = self._create_order((self.cream, 5))
        with self.assertRaisesRegex(ValidationError, "Sale Stopped"), self.cr.savepoint():
            order.order_line.write({"shelf_life_band_id": self.band_stop.id})
        with self.assertRaisesRegex(ValidationError, "Expired"), self.cr.savepoint():
            order.order_line.shelf_life_band_id = self.env.ref("cosmetics_inventory.band_expired")
        result = (
            self.env["sale.order"]
            .with_user(self.clerk)
            .load(
                ["partner_id/.id", "order_line/product_id/.id", "order_line/product_uom_qty", "order_line/shelf_life_band_id/.id"],
                [[str(self.anyone.id), str(self.cream.id), "1", str(self.band_stop.id)]],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("Sale Stopped", result["messages"][0]["message"])

    def test_import_with_a_band_gets_price_and_words(self):
        result = (
            self.env["sale.order"]
            .with_user(self.clerk)
            .load(
                ["partner_id/.id", "order_line/product_id/.id", "order_line/name", "order_line/shelf_life_band_id/.id"],
                [[str(self.anyone.id), str(self.cream.id), "Cream", str(self.band_near.id)]],
            )
        )
        line = self.env["sale.order"].browse(result["ids"]).order_line
        self.assertEqual(line.price_unit, 70)
        self.assertIn("Near Expiry goods", line.name)

    def test_fresh_goods_and_goods_without_batches_have_no_band_to_sell_from(self):
        with self.assertRaisesRegex(ValidationError, "need not be told"), self.cr.savepoint():
            self._create_order((self.cream, 5, {"shelf_life_band_id": self.env.ref("cosmetics_inventory.band_normal").id}))
        service = self.env["product.product"].create({"name": "Make-up Lesson", "type": "service"})
        with self.assertRaisesRegex(ValidationError, "Make-up Lesson"), self.cr.savepoint():
            self._create_order((service, 1, self.in_near))

    def test_confirmed_line_keeps_its_band(self):
        order = self._create_order((self.cream, 5))
        order.action_confirm()
        with self.assertRaisesRegex(ValidationError, "is confirmed"):
            order.order_line.shelf_life_band_id = self.band_near

    def test_goods_of_the_band_whose_sale_stops_meanwhile_are_refused(self):
        order = self._create_order((self.cream, 5, self.in_near))
        order.action_confirm()
        lot = order.sudo().picking_ids.move_line_ids.lot_id
        lot._set_quality_state("quarantine", "Test")
        with self.assertRaisesRegex(ValidationError, "NEAR-1"), self.cr.savepoint():
            self._deliver(order.picking_ids)

    def test_many_lines_are_named_and_priced_with_few_queries(self):
        few, many = self._count_create_queries(5), self._count_create_queries(25)
        self.assertLess(many - few, 20)  # twenty lines more cost less than a query each

    def _count_create_queries(self, count):
        """Return how many queries it takes to make an order of `count` lines from a band, beyond one without bands."""
        counts = []
        for more in ({}, self.in_near):
            products = [self._create_product(name=f"Cream {number}", is_storable=True) for number in range(count)]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._create_order(*[(product, 9, more) for product in products])
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        return counts[1] - counts[0]
