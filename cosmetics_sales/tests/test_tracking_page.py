"""The customer's page: by signed link, masked, and closed to everyone else."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestTrackingPage(TrackingCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.order = self._confirmed()
        self.order.write(
            {
                "receiver_name": "张三丰",
                "receiver_phone": "13912345678",
                "receiver_address": "陕西省西安市雁塔区高新路88号",
                "channel_order_ref": "TB20261111001",
            }
        )
        self.order._record_event("note", sentence="Internal remark")
        self.order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        parcel = self.order.parcel_ids.sudo()
        line = {"at": fields.Datetime.now(), "text": "快递员 13888888888 正在派送"}
        parcel._apply_tracking({parcel.id: {"state": "delivering", "events": [line]}})

    def _path(self):
        url = self.order._get_tracking_url()
        return url[url.index("/track/") :]

    def test_page_shows_the_way_and_hides_the_person(self):
        page = self.url_open(self._path())
        self.assertEqual(page.status_code, 200)
        for shown in ("TB20261111001", "SF123456789012", "张*", "139****5678", "138****8888"):
            self.assertIn(shown, page.text)
        for hidden in ("13912345678", "张三丰", "高新路", "13888888888", "Internal remark", str(self.order.amount_total), "Make-up Mirror"):
            self.assertNotIn(hidden, page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_wrong_cut_foreign_and_old_links_show_nothing(self):
        path = self._path()
        other = self._confirmed()._get_tracking_url().rsplit("/", 1)[1]
        swapped = path[:50] + other[43:]
        portal = f"/track/{self.order._portal_ensure_token()}"
        for wrong in (
            path[:-4],
            path[:30] + "AAAA" + path[34:],
            swapped,
            "/track/1",
            "/track/%E5%BC%A0",
            portal,
            f"/track/{self.order.id}",
        ):
            with self.subTest(path=wrong):
                answer = self.url_open(wrong)
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn("TB20261111001", answer.text)
        with freeze_time(fields.Datetime.now() - timedelta(days=61)):
            old = self._path()
        self.assertEqual(self.url_open(old).status_code, 404)

    def test_customer_sees_the_way_in_the_portal(self):
        self.order.with_context(lang="en_US")
        page = self.url_open(self.order.get_portal_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn("SF123456789012", page.text)
        self.assertNotIn("Internal remark", page.text)

    def test_link_is_given_to_those_who_read_the_order(self):
        action = self.order.with_user(self.ecommerce_clerk).action_tracking_link()
        wizard = self.env[action["res_model"]].with_user(self.ecommerce_clerk).browse(action["res_id"])
        self.assertIn("/track/", wizard.url)
        self.assertTrue(wizard.qr_code)
        foreign = self._create_order(self.goods, user=self.colleague)
        with self.assertRaises(AccessError):
            foreign.with_user(self.salesperson).action_tracking_link()
        with self.assertRaises(AccessError):
            self.env["cosmetics.tracking.link"].with_user(self.salesperson).create({"order_id": foreign.id}).url  # noqa: B018
