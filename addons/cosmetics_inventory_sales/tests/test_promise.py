"""What a customer was promised holds from the quotation to the truck."""

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import FRESH, NEAR, STOPPED, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestPromise(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near = cls._create_batch("NEAR-1", NEAR, 18)
        cls.fresh = cls._create_batch("FRESH-1", FRESH, 32)

    def test_promised_customer_gets_fresh_goods_and_waits_for_more(self):
        order = self._create_order((self.cream, 50))
        order.action_confirm()
        self.assertEqual((order.state, self._reserved(order)), ("sale", {"FRESH-1": 32}))
        self._deliver(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 32)

    def test_customer_without_a_promise_gets_the_first_expiring(self):
        order = self._create_order((self.cream, 20), partner=self.anyone)
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"NEAR-1": 18, "FRESH-1": 2})

    def test_delivery_address_of_the_customer_has_the_same_promise(self):
        order = self._create_order((self.cream, 5), partner=self.anyone, partner_shipping_id=self.branch.id)
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"FRESH-1": 5})

    def test_delivery_from_the_order_is_refused_in_one_sentence_and_saves_nothing(self):
        order = self._create_order((self.cream, 5))
        order.action_confirm()
        picking = order.picking_ids.with_user(self.keeper)
        picking.move_line_ids.write({"lot_id": self.near.id, "fefo_reason": "closer to the door"})
        self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "NEAR-1.*earlier than promised"), self.cr.savepoint():
            self._deliver(picking)
        self.env.invalidate_all()
        self.assertEqual((picking.state, order.order_line.qty_delivered), ("assigned", 0))

    def test_gift_line_keeps_the_promise(self):
        order = self._create_order((self.cream, 1), (self.cream, 4, {"price_unit": 0}))
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"FRESH-1": 5})

    def test_sample_keeps_the_promise(self):
        sample = self._create_product(name="Test Sample 5ml", item_class="sample", is_storable=True)
        self._create_batch("NEAR-S", NEAR, 10, sample)
        self._create_batch("FRESH-S", FRESH, 10, sample)
        order = self._create_order((sample, 3, {"price_unit": 0}))
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"FRESH-S": 3})

    def test_pick_pack_and_ship_keep_the_promise_at_every_step(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self._create_order((self.cream, 5))
        order.action_confirm()
        for _step in ("pick", "pack", "ship"):
            picking = order.picking_ids.filtered(lambda picking: picking.state == "assigned")
            self.assertEqual(picking.move_ids._get_promise_facts()["partner"], self.customer)
            self.assertEqual(picking.move_line_ids.lot_id, self.fresh)
            self._deliver(picking)
        self.assertEqual(order.order_line.qty_delivered, 5)

    def test_first_step_of_pick_pack_and_ship_refuses_what_breaks_the_promise(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self._create_order((self.cream, 5))
        order.action_confirm()
        picking = order.picking_ids.with_user(self.keeper)
        picking.move_line_ids.write({"lot_id": self.near.id, "fefo_reason": "closer to the door"})
        self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "NEAR-1"), self.cr.savepoint():
            self._deliver(picking)

    def test_transfer_from_another_warehouse_for_an_order_keeps_the_promise(self):
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        order = self._create_order(
            (self.cream, 5, {"route_ids": [Command.set((mto | self.resupply_route).ids)]}), warehouse_id=self.shop.id
        )
        order.action_confirm()
        source = self.warehouse.lot_stock_id
        feeding = self.env["stock.move"].search([("product_id", "=", self.cream.id), ("location_id", "=", source.id)])
        self.assertTrue(feeding)
        self.assertEqual(feeding._get_promise_facts()["partner"], self.customer)

    def test_channel_has_a_promise_of_its_own(self):
        channel = self.env.ref("cosmetics_sales.channel_marketplace")
        self._create_promise(channel_id=channel.id, min_days=400)
        watch = self._create_batch("WATCH-1", "2027-10-31", 9)
        order = self._create_order((self.cream, 5), partner=self.anyone, user=self.clerk, channel_id=channel.id)
        other = self._create_order((self.cream, 5), partner=self.anyone, user=self.clerk)
        self.assertEqual(
            (order.order_line.shelf_life_min_on, other.order_line.shelf_life_min_on), (fields.Date.to_date("2027-12-28"), False)
        )
        order.action_confirm()
        self.assertNotIn(watch.name, self._reserved(order))
        self.assertEqual(self._reserved(order), {"FRESH-1": 5})

    def test_customer_goes_before_channel_and_channel_with_store_before_channel(self):
        channel = self.env.ref("cosmetics_sales.channel_wholesale")
        store = self._create_store(warehouse_id=self.warehouse.id, kind="warehouse")
        self._create_promise(channel_id=channel.id, min_days=400)
        order = self._create_order((self.cream, 5))
        self.assertEqual(order.order_line.shelf_life_min_on, fields.Date.to_date("2027-05-22"))
        self._create_promise(channel_id=channel.id, store_id=store.id, min_days=90)
        small = self._create_order((self.cream, 5), partner=self.anyone)
        self.assertEqual(small.order_line.shelf_life_min_on, fields.Date.to_date("2027-02-21"))

    def test_product_category_has_a_promise(self):
        self._create_promise(product_category_id=self.cream.categ_id.id, min_share=0.5)
        order = self._create_order((self.cream, 20), partner=self.anyone)
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"FRESH-1": 20})

    def test_returned_goods_whose_sale_has_stopped_are_not_sold_again(self):
        order = self._create_order((self.cream, 5), partner=self.anyone)
        order.action_confirm()
        self._deliver(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 5)
        wizard = self.env["stock.return.picking"].with_user(self.keeper).create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 5
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        with freeze_time("2027-03-20 04:00:00"):
            self._deliver(back)
            self.assertEqual((back.state, order.order_line.qty_delivered), ("done", 0))
            again = self._create_order((self.cream, 40), partner=self.anyone)
            again.action_confirm()
            self.assertEqual(self._reserved(again), {"FRESH-1": 32})

    def test_stopped_goods_are_given_to_nobody(self):
        self._create_batch("STOP-1", STOPPED, 9)
        order = self._create_order((self.cream, 60), partner=self.anyone)
        order.action_confirm()
        self.assertEqual(self._reserved(order), {"NEAR-1": 18, "FRESH-1": 32})
