"""The customer's page speaks the language of customers and tells nothing of the shop's own work."""

from datetime import timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from odoo import fields
from odoo.tests import HttpCase, tagged

from .common_tracking import TrackingCommon

INTERNAL = ("Review", "Allocat", "Settle", "WH/", "approv", "set aside", "warehouse")


@tagged("post_install", "-at_install")
class TestTrackingWords(TrackingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._confirmed()
        cls.order.write(
            {"receiver_name": "张三丰", "receiver_phone": "13912345678", "receiver_address": "高新路88号3栋", "channel_order_ref": "TB1"}
        )

    def _page(self, order=None):
        return (order or self.order).with_context(lang="en_US").sudo()._get_tracking_page()

    def _texts(self, order=None):
        return [event["text"] for event in self._page(order)["events"]]

    def test_steps_of_a_customer_are_four(self):
        for stage, current in (
            ("ordered", 0), ("review", 0), ("allocated", 0), ("picking", 1), ("shipped", 2), ("signed", 3), ("settled", 3),
        ):  # fmt: skip
            with self.subTest(stage=stage):
                self.order.sudo().fulfilment_stage = stage
                steps = self._page()["steps"]
                self.assertEqual([step["is_current"] for step in steps], [index == current for index in range(4)])
                self.assertEqual([bool(step["is_done"]) for step in steps], [index <= current for index in range(4)])
        self.assertEqual([step["label"] for step in steps], ["Order Received", "Being Packed", "On Its Way", "Delivered"])

    def test_no_word_of_the_shops_own_work(self):
        for kind in ("review", "allocated", "settled", "problem", "note"):
            self.order._record_event(kind, sentence="Below the floor price", facts={"warehouse": "Gaoxin", "confirmed": True})
        self._ship(self.order)
        said = " ".join([*self._texts(), *(step["label"] for step in self._page()["steps"])])
        for word in (*INTERNAL, "floor price", "Gaoxin", self.order.picking_ids.name):
            self.assertNotIn(word.lower(), said.lower())

    def test_way_of_an_order_in_the_words_of_a_customer(self):
        self.order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        self._ship(self.order)
        parcel = self.order.parcel_ids.sudo()
        parcel._apply_tracking({parcel.id: {"state": "signed", "events": []}})
        self.assertEqual(
            self._texts(),
            [
                "Parcel SF123456789012 was delivered.",
                "Your parcel left us with SF Express, number SF123456789012.",
                "Your goods are being packed.",
                "We have received your order.",
            ],
        )

    def test_a_step_with_two_events_is_told_once_at_its_first_moment(self):
        for minutes in (1, 2):
            self.order._record_event("picking", at=fields.Datetime.now() - timedelta(minutes=minutes), facts={"picking": "WH/OUT/1"})
        packed = [event for event in self._page()["events"] if "packed" in event["text"]]
        self.assertEqual(len(packed), 1)
        self.assertEqual(packed[0]["at"], min(self.order.event_ids.filtered(lambda event: event.kind == "picking").mapped("at")))

    def test_cancelled_order_says_so_and_shows_no_steps_done(self):
        self.order.sudo()._action_cancel()
        page = self._page()
        self.assertTrue(page["is_cancelled"])
        self.assertFalse(any(step["is_done"] for step in page["steps"]))
        self.assertEqual(self._texts()[0], "The order was cancelled.")

    def test_every_state_of_a_parcel_has_a_word_for_customers(self):
        _steps, words = self.order._get_customer_labels()
        self.assertEqual(set(words), set(dict(self.env["cosmetics.parcel"]._fields["state"].selection)))

    def test_chinese_customers_read_chinese(self):
        self.order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        self._ship(self.order)
        page = self.order.with_context(lang="zh_CN").sudo()._get_tracking_page()
        said = [event["text"] for event in page["events"]] + [step["label"] for step in page["steps"]] + [page["parcels"][0]["state"]]
        for text in said:
            with self.subTest(text=text):
                self.assertRegex(text, "[\u4e00-\u9fff]")

    def test_courier_who_names_the_receiver_is_masked(self):
        self.order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        parcel = self.order.parcel_ids.sudo()
        text = "已送达高新路88号3栋，签收人：张三丰 13912345678，快递员 13888888888"
        parcel._apply_tracking({parcel.id: {"state": "signed", "events": [{"at": fields.Datetime.now(), "text": text}]}})
        shown = self._page()["parcels"][0]["events"][0]["text"]
        self.assertEqual(shown, "已送达***，签收人：张* 139****5678，快递员 138****8888")

    def test_trouble_is_marked(self):
        self.order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        for state, trouble in (("in_transit", False), ("problem", True), ("refused", True), ("signed", False)):
            self.order.parcel_ids.sudo().state = state
            self.assertEqual(self._page()["parcels"][0]["is_problem"], trouble)

    def test_news_of_another_order_in_the_parcel_stays_there(self):
        other = self._confirmed()
        other.write({"receiver_name": "张三丰", "receiver_phone": "13912345678", "receiver_address": "高新路88号3栋"})
        other._record_event("shipped", facts={"number": "YT9999999999999", "carrier": "YTO"})
        self.assertNotIn("YT9999999999999", " ".join(self._texts()))


@tagged("post_install", "-at_install")
class TestTrackingLinks(TrackingCommon, HttpCase):
    def _token(self, order):
        return order._get_tracking_url().rsplit("/", 1)[1]

    def test_link_of_a_deleted_order_shows_nothing(self):
        order = self._create_order(self.goods)
        token = self._token(order)
        self.assertEqual(self.url_open(f"/track/{token}").status_code, 200)
        order.sudo().unlink()
        self.assertEqual(self.url_open(f"/track/{token}").status_code, 404)

    def test_link_of_a_cancelled_order_says_that_it_is_cancelled(self):
        order = self._create_order(self.goods)
        order.partner_id.lang = "en_US"
        order.sudo()._action_cancel()
        self.assertIn("This order was cancelled.", self.url_open(f"/track/{self._token(order)}").text)

    def test_dead_link_says_what_to_do_and_names_nothing(self):
        order = self._confirmed()
        with freeze_time(fields.Datetime.now() - timedelta(days=61)):
            old = self._token(order)
        answer = self.url_open(f"/track/{old}")
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn(order.name, answer.text)
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_token_opens_its_own_order_only(self):
        one, two = self._confirmed(), self._confirmed()
        self.assertNotEqual(self._token(one), self._token(two))
        orders = self.env["sale.order"].sudo()
        self.assertEqual(orders._get_by_tracking_token(self._token(one)), one)
        self.assertEqual(orders._get_by_tracking_token(self._token(two)), two)

    def test_no_changed_token_opens_anything(self):
        token, orders = self._token(self._confirmed()), self.env["sale.order"].sudo()

        @settings(max_examples=150, deadline=None, derandomize=True, database=None)
        @given(st.integers(0, len(token) - 2), st.sampled_from("ABCxyz019-_"))
        def change(place, letter):
            if token[place] != letter:
                self.assertFalse(orders._get_by_tracking_token(token[:place] + letter + token[place + 1 :]))

        change()

    def test_no_made_up_token_opens_anything(self):
        orders = self.env["sale.order"].sudo()

        @settings(max_examples=150, deadline=None, derandomize=True, database=None)
        @given(st.text(max_size=80))
        def guess(text):
            self.assertFalse(orders._get_by_tracking_token(text))

        guess()

    def test_portal_speaks_the_same_words(self):
        order = self._confirmed()
        page = self.url_open(order.get_portal_url()).text
        # Whatever language the portal answers in: the customer's words are there, those of the staff are not.
        spoken = [order.with_context(lang=lang).sudo() for lang in ("en_US", "zh_CN")]
        self.assertEqual([told._get_customer_labels()[0]["picking"] in page for told in spoken].count(True), 1)
        self.assertEqual([told._get_tracking_page()["events"][0]["text"] in page for told in spoken].count(True), 1)
        for told in spoken:
            for event in told.event_ids:
                self.assertNotIn(event._get_summary() or "§", page)
