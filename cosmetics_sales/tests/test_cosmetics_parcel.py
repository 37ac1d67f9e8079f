"""Courier numbers: entered by the keeper, taken from platforms, followed to the signature."""

import doctest

from odoo import fields
from odoo.addons.cosmetics_sales.tools import mask, tracking_number
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, tagged

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestTrackingNumber(TransactionCase):
    def test_doctests(self):
        for module in (tracking_number, mask):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 3)
            self.assertEqual(result.failed, 0)

    def test_every_courier_of_the_data_is_known_by_its_names_and_numbers(self):
        recognise = self.env["cosmetics.carrier"]._recognise
        for code, name, number in (
            ("SF", "顺丰速运", "SF1234567890123"),
            ("SF", "SF-A-顺丰速运", "123456789012"),
            ("YTO", "圆通快递", "YT1234567890123"),
            ("JTSD", "极兔速递", "JT1234567890123"),
            ("JD", "京东物流", "JDVA12345678901"),
            ("EMS", "EMS", "EA123456789CN"),
            ("YZPY", "邮政快递包裹", "9876543210123"),
            ("DBL", "德邦快递", "DPK123456789012"),
        ):
            with self.subTest(code=code):
                self.assertEqual(recognise(number, name).code, code)
        self.assertEqual(recognise("SF1234567890123").code, "SF")
        self.assertFalse(recognise("77123456789012"))


@tagged("post_install", "-at_install")
class TestCosmeticsParcel(TrackingCommon):
    def _entered(self, number="SF123456789012", order=None, **vals):
        picking = (order or self._confirmed()).picking_ids.with_user(self.keeper)
        picking.write({"courier_number": number, **vals})
        return picking

    def test_keeper_scans_the_number_on_the_delivery(self):
        form = Form(self._confirmed().picking_ids.with_user(self.keeper))
        form.courier_number = " sf 1234 5678 9012"
        self.assertEqual(form.courier_id, self.sf)
        picking = form.save()
        self.assertEqual((picking.parcel_ids.tracking_no, picking.parcel_ids.carrier_id), ("SF123456789012", self.sf))
        self.assertEqual(picking.parcel_ids.order_ids, picking.sale_id)
        self.assertEqual(self.env["stock.picking"].search([("courier_number", "ilike", "456789012")]), picking)

    def test_what_the_keeper_chooses_counts(self):
        self.assertEqual(self._entered(courier_id=self.yto.id).parcel_ids.carrier_id, self.yto)

    def test_unknown_number_asks_for_the_courier(self):
        with self.assertRaisesRegex(ValidationError, "77123456789012"):
            self._entered("77123456789012")
        self.assertEqual(self._entered("77123456789012", courier_id=self.yto.id).parcel_ids.carrier_id, self.yto)

    def test_nonsense_is_refused(self):
        with self.assertRaises(ValidationError):
            self._entered("12", courier_id=self.sf.id)

    def test_wrong_number_is_put_right_until_the_courier_has_it(self):
        picking = self._entered()
        picking.courier_number = "SF123456789013, YT1234567890123"
        self.assertEqual(set(picking.parcel_ids.mapped("tracking_no")), {"SF123456789013", "YT1234567890123"})
        parcel = picking.parcel_ids[0].sudo()
        parcel._apply_tracking({parcel.id: {"state": "in_transit"}})
        with self.assertRaises(UserError):
            picking.courier_number = False
        with self.assertRaises(UserError):
            parcel.with_user(self.keeper).unlink()

    def test_number_of_another_receiver_is_refused_and_of_the_same_joins(self):
        picking = self._entered()
        other = self._confirmed()
        other.write({"receiver_name": "李四", "receiver_phone": "13812345678", "receiver_address": "雁塔区1号"})
        with self.assertRaisesRegex(UserError, picking.sale_id.name):
            self._entered(order=other)
        same = self._confirmed()
        self._entered(order=same)
        self.assertEqual(same.parcel_ids, picking.parcel_ids)

    def test_signatures_are_not_made_up(self):
        parcel = self._entered().parcel_ids
        for user in (self.keeper, self.ecommerce_clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                parcel.with_user(user).state = "signed"
        with self.assertRaises(AccessError):
            parcel.create({"order_id": parcel.order_id.id, "carrier_id": self.sf.id, "tracking_no": "SF1234567890", "state": "signed"})
        with self.assertRaises(AccessError):
            parcel.with_user(self.salesperson).tracking_no = "SF999999999999"

    def test_delivery_of_no_order_has_no_courier_number(self):
        picking = self.env["stock.picking"].create({"picking_type_id": self.warehouse.out_type_id.id})
        with self.assertRaises(UserError):
            picking.with_user(self.keeper).courier_number = "SF123456789012"

    def test_keeper_reads_the_name_of_the_receiver(self):
        order = self._confirmed()
        order.write({"receiver_name": "张*", "receiver_phone": "138****1234"})
        self.assertEqual(order.picking_ids.with_user(self.keeper).receiver_name, "张*")

    def test_platform_numbers_come_again_without_doubles(self):
        one, two = self._confirmed(), self._confirmed()
        numbers = {one.id: "YT1234567890123", two.id: "YT1234567890123"}
        self.assertEqual((one + two)._set_tracking(numbers, "圆通速递"), {})
        (one + two)._set_tracking(numbers, "圆通速递")
        self.assertEqual(one.parcel_ids, two.parcel_ids)
        self.assertEqual((len(one.parcel_ids), one.parcel_ids.carrier_id), (1, self.yto))
        self.assertEqual(self._kinds(one).count("shipped"), 1)

    def test_platform_number_that_cannot_be_taken_is_told(self):
        order = self._confirmed()
        problems = order._set_tracking("99999999", "某某快递")
        self.assertIn("某某快递", problems[order.id])
        self.assertFalse(order.parcel_ids)

    def test_report_is_written_once(self):
        parcel = self._entered().parcel_ids.sudo()
        at = fields.Datetime.to_datetime("2026-11-11 02:00:00")
        answer = {"state": "signed", "events": [{"at": at, "text": "已签收"}]}
        for _i in range(2):
            parcel._apply_tracking({parcel.id: answer})
        self.assertEqual((parcel.state, parcel.signed_at, len(parcel.event_ids)), ("signed", at, 1))
        self.assertEqual(self._kinds(parcel.order_id).count("signed"), 1)
        self.assertFalse(parcel.next_query_at)

    def test_failures_wait_longer_each_time(self):
        parcel = self._entered().parcel_ids.sudo()
        waits = []
        for _i in range(7):
            parcel._apply_tracking({parcel.id: {"error": "No network."}})
            waits.append((parcel.next_query_at - parcel.queried_at).total_seconds() / 3600)
        self.assertEqual(waits, [1, 2, 4, 8, 16, 24, 24])
        self.assertEqual((parcel.state, parcel.query_error), ("new", "No network."))
