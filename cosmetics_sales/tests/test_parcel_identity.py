"""One courier number is one parcel, on however many deliveries and in however many files it stands."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common_tracking import TrackingCommon

NUMBER = "SF123456789012"


@tagged("post_install", "-at_install")
class TestParcelIdentity(TrackingCommon):
    def _enter(self, picking, number=NUMBER, **vals):
        picking.with_user(self.keeper).write({"courier_number": number, **vals})
        return picking.parcel_ids

    def _split(self, order):
        """Return the two deliveries of an order: the first piece is gone, the rest follows."""
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking._action_done()
        return picking, order.picking_ids - picking

    def _parcels(self, number=NUMBER):
        return self.env["cosmetics.parcel"].search([("tracking_no", "=", number)])

    # ------------------------------------------------------------------ by hand
    def test_two_deliveries_of_an_order_in_one_box(self):
        order = self._confirmed()
        first, rest = self._split(order)
        self._enter(first)
        self._enter(rest)
        self.assertEqual(len(self._parcels()), 1)
        self.assertEqual((first.parcel_ids, rest.parcel_ids), (self._parcels(), self._parcels()))
        self.assertEqual((rest.courier_number, self._parcels().picking_ids), (NUMBER, first + rest))
        self.assertEqual(order.parcel_ids, self._parcels())

    def test_delivery_that_leaves_the_box_takes_its_order_along_and_no_more(self):
        one, two = self._confirmed(), self._confirmed()
        self._enter(one.picking_ids)
        self._enter(two.picking_ids)
        two.picking_ids.with_user(self.keeper).courier_number = False
        self.assertEqual((self._parcels().order_ids, self._parcels().picking_ids), (one, one.picking_ids))
        one.picking_ids.with_user(self.keeper).courier_number = False
        self.assertFalse(self._parcels())

    def test_order_stays_while_another_of_its_deliveries_is_in_the_box(self):
        order = self._confirmed()
        first, rest = self._split(order)
        self._enter(first)
        self._enter(rest)
        rest.with_user(self.keeper).courier_number = False
        self.assertEqual((order.parcel_ids, rest.parcel_ids), (self._parcels(), self._parcels().browse()))

    def test_same_number_with_another_courier_is_the_same_parcel(self):
        one, two = self._confirmed(), self._confirmed()
        self._enter(one.picking_ids, courier_id=self.sf.id)
        self._enter(two.picking_ids, courier_id=self.yto.id)
        self.assertEqual(len(self._parcels()), 1)
        self.assertEqual(self._parcels().carrier_id, self.yto, "what the keeper chose last counts while the parcel has not moved")

    def test_courier_of_a_moving_parcel_stays(self):
        one, two = self._confirmed(), self._confirmed()
        parcel = self._enter(one.picking_ids).sudo()
        parcel._apply_tracking({parcel.id: {"state": "in_transit"}})
        self._enter(two.picking_ids, courier_id=self.yto.id)
        self.assertEqual(parcel.carrier_id, self.sf)

    # ------------------------------------------------------------------ files of platforms
    def test_number_of_the_keeper_and_of_the_file_is_one_parcel(self):
        order = self._confirmed()
        parcel = self._enter(order.picking_ids)
        self.assertEqual(order._set_tracking(NUMBER.lower(), "圆通速递"), {})
        self.assertEqual((self._parcels(), order.parcel_ids, parcel.carrier_id), (parcel, parcel, self.sf))

    def test_known_number_needs_no_known_courier(self):
        order = self._confirmed()
        self._enter(order.picking_ids)
        self.assertEqual(order._set_tracking(NUMBER, "某某快递"), {})

    def test_numbers_of_one_file_are_one_parcel_whatever_they_are_called(self):
        one, two = self._confirmed(), self._confirmed()
        orders = one + two
        names = {one.id: "顺丰速运", two.id: "圆通速递"}
        self.assertEqual(orders._set_tracking({one.id: NUMBER, two.id: NUMBER}, names), {})
        self.assertEqual((len(self._parcels()), self._parcels().order_ids), (1, orders))

    def test_file_that_comes_again_changes_nothing(self):
        order = self._confirmed()
        self._ship(order)
        for _i in range(3):
            order._set_tracking(f"{NUMBER},{NUMBER}", "顺丰速运")
        self.assertEqual(len(order.parcel_ids), 1)
        self.assertEqual(order.parcel_ids.picking_ids, order.picking_ids)
        self.assertEqual(self._kinds(order).count("shipped"), 2, "the goods left, and the number became known")

    def test_news_of_a_shared_parcel_is_news_of_each_order(self):
        one, two = self._confirmed(), self._confirmed()
        parcel = self._enter(one.picking_ids).sudo()
        self._enter(two.picking_ids)
        parcel._apply_tracking({parcel.id: {"state": "signed", "events": [{"at": fields.Datetime.now(), "text": "已签收"}]}})
        self.assertEqual(len(parcel.event_ids), 1)
        for order in (one, two):
            self.assertEqual(self._kinds(order).count("signed"), 1)

    # ------------------------------------------------------------------ the database
    def test_database_refuses_a_number_twice(self):
        parcel = self._enter(self._confirmed().picking_ids).sudo()
        vals = {"order_id": self._confirmed().id, "carrier_id": self.yto.id, "tracking_no": NUMBER}
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            parcel.create(vals)

    def test_another_company_has_numbers_of_its_own(self):
        parcel = self._enter(self._confirmed().picking_ids).sudo()
        company = self.env["res.company"].create({"name": "Another Company"})
        order = self.env["sale.order"].create({"partner_id": self.customer.id, "company_id": company.id})
        other = self.env["cosmetics.parcel"].create({"order_id": order.id, "carrier_id": self.sf.id, "tracking_no": NUMBER})
        self.assertNotEqual(other, parcel)
        for user in (self.keeper, self.ecommerce_clerk):
            self.assertNotIn(other, self.env["cosmetics.parcel"].with_user(user).search([]))

    def test_what_is_in_a_parcel_is_not_written_by_hand(self):
        parcel, other = self._enter(self._confirmed().picking_ids), self._confirmed()
        for user in (self.keeper, self.ecommerce_clerk):
            for vals in ({"order_ids": [(4, other.id)]}, {"picking_ids": [(4, other.picking_ids.id)]}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                    parcel.with_user(user).write(vals)
        with self.assertRaises(UserError):
            parcel.with_user(self.keeper).write({"picking_id": other.picking_ids.id})

    def test_parcel_belongs_to_the_warehouse_it_leaves(self):
        order = self._confirmed()
        self.assertEqual(self._enter(order.picking_ids).warehouse_id, self.warehouse)
        bare = self._create_order(self.goods, user=self.ecommerce_clerk)
        bare._set_tracking("YT1234567890123", "圆通速递")
        self.assertEqual(bare.parcel_ids.warehouse_id, bare.warehouse_id)

    # ------------------------------------------------------------------ roles
    def test_salesperson_sees_parcels_of_own_orders(self):
        own, foreign = self._create_order(self.goods), self._create_order(self.goods, user=self.colleague)
        own._set_tracking("YT1234567890123", "圆通速递")
        foreign._set_tracking("YT1234567890124", "圆通速递")
        seen = self.env["cosmetics.parcel"].with_user(self.salesperson).search([("tracking_no", "like", "YT12345678901%")])
        self.assertEqual(seen.tracking_no, "YT1234567890123")
        with self.assertRaises(AccessError):
            seen.tracking_no = "YT1234567890125"

    def test_accountant_reads_and_changes_nothing(self):
        parcel = self._enter(self._confirmed().picking_ids).with_user(self.biller)
        self.assertEqual(parcel.tracking_no, NUMBER)
        for act in (lambda: parcel.write({"tracking_no": "SF000000000000"}), parcel.unlink):
            with self.assertRaises(AccessError):
                act()

    def test_person_without_a_role_sees_nothing(self):
        nobody = self._create_user("test_track_nobody", "base.group_user")
        for model in ("cosmetics.parcel", "cosmetics.parcel.event", "cosmetics.order.event"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(nobody).search([])

    # ------------------------------------------------------------------ states
    def test_every_final_state_ends_the_asking(self):
        for number, (state, again) in enumerate((("signed", False), ("returned", False), ("problem", True), ("refused", True))):
            with self.subTest(state=state):
                parcel = self._enter(self._confirmed().picking_ids, f"SF00000000000{number}").sudo()
                parcel._apply_tracking({parcel.id: {"state": state}})
                self.assertEqual(bool(parcel.next_query_at), again)

    def test_state_that_stays_is_not_told_again(self):
        order = self._confirmed()
        parcel = self._enter(order.picking_ids).sudo()
        for _i in range(3):
            parcel._apply_tracking({parcel.id: {"state": "problem"}})
        self.assertEqual(self._kinds(order).count("problem"), 1)

    def test_answer_without_a_state_keeps_the_one_that_was(self):
        parcel = self._enter(self._confirmed().picking_ids).sudo()
        parcel._apply_tracking({parcel.id: {"state": "delivering"}})
        parcel._apply_tracking({parcel.id: {"state": "", "events": []}})
        self.assertEqual(parcel.state, "delivering")

    def test_time_of_the_signature_is_the_couriers(self):
        parcel = self._enter(self._confirmed().picking_ids).sudo()
        times = ["2026-11-10 01:00:00", "2026-11-11 02:00:00"]
        events = [{"at": fields.Datetime.to_datetime(at), "text": f"站点 {at}"} for at in times]
        parcel._apply_tracking({parcel.id: {"state": "signed", "events": events}})
        self.assertEqual(parcel.signed_at, fields.Datetime.to_datetime(times[1]))
        parcel.invalidate_recordset()
        self.assertEqual(parcel.event_ids.mapped("at"), sorted((each["at"] for each in events), reverse=True))
