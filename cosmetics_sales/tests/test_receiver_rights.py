"""Who receives an order is read by those who sell, bill or review it; a keeper reads it on the papers of the own deliveries."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_tracking import TrackingCommon

FIELDS = ("receiver_name", "receiver_phone", "receiver_address", "receiver_street", "receiver_district_id", "channel_buyer", "phone_key")


@tagged("post_install", "-at_install")
class TestReceiverRights(TrackingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls._create_user("test_track_reviewer", "cosmetics_sales.group_order_reviewer")
        cls.order = cls._confirmed()
        cls.order.write(
            {
                "receiver_name": "欧阳小满",
                "receiver_phone": "13709181234",
                "receiver_address": "小寨东路1号",
                "channel_buyer": "tb_满满",
                "buyer_note": "轻放",
            }
        )

    def test_keeper_reads_no_receiver_of_an_order(self):
        order = self.order.with_user(self.keeper)
        self.assertTrue(order.read(["name"]))
        for name in (*FIELDS, "buyer_note"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                order.read([name])

    def test_keeper_finds_no_order_by_its_receiver(self):
        orders = self.env["sale.order"].with_user(self.keeper)
        for domain in (
            [("receiver_phone", "like", "1234")],
            [("receiver_name", "=", "欧阳小满")],
            [("phone_key", "=like", "%1234")],
            [("any_number", "ilike", "1234")],
            [("channel_buyer", "ilike", "满")],
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                orders.search(domain)
        with self.assertRaises(AccessError):
            orders.formatted_read_group([], ["receiver_name"], ["__count"])

    def test_keeper_writes_no_receiver(self):
        with self.assertRaises(AccessError):
            self.order.with_user(self.keeper).receiver_phone = "13800000000"

    def test_sellers_billers_and_reviewers_read_it(self):
        for user in (self.ecommerce_clerk, self.biller, self.reviewer):
            with self.subTest(user=user.login):
                self.assertEqual(self.order.with_user(user).read(["receiver_phone"])[0]["receiver_phone"], "13709181234")

    def test_salesperson_reads_own_orders_only(self):
        self.order.user_id = self.colleague
        with self.assertRaises(AccessError):
            self.order.with_user(self.salesperson).read(["receiver_phone"])

    def test_keeper_reads_the_name_on_the_own_delivery(self):
        self.assertEqual(self.order.picking_ids.with_user(self.keeper).receiver_name, "欧阳小满")

    def test_salesperson_reads_no_name_on_a_delivery_of_a_colleague(self):
        self.order.user_id = self.colleague
        self.assertFalse(self.order.picking_ids.with_user(self.salesperson).receiver_name)
        self.order.user_id = self.salesperson
        self.env.invalidate_all()
        self.assertEqual(self.order.picking_ids.with_user(self.salesperson).receiver_name, "欧阳小满")

    def test_keeper_ships_an_order_whose_receiver_stays_closed(self):
        picking = self._ship(self.order)
        self.assertEqual((picking.state, self.order.fulfilment_stage), ("done", "shipped"))

    def test_keeper_joins_parcels_of_one_receiver_without_reading_it(self):
        same = self._confirmed()
        same.write({"receiver_name": "欧阳小满", "receiver_phone": "13709181234", "receiver_address": "小寨东路1号"})
        for order in (self.order, same):
            order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        self.assertEqual(self.order.parcel_ids, same.parcel_ids)

    def test_order_opened_by_the_keeper_shows_no_field_of_the_receiver(self):
        arch = self.env["sale.order"].with_user(self.keeper).get_view(self.env.ref("sale.view_order_form").id, "form")["arch"]
        for name in FIELDS:
            self.assertNotIn(f'name="{name}"', arch)
