"""Parcels are followed through Kuaidi100, politely, against a stand-in that checks the protocol."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import Kuaidi100Common


@tagged("post_install", "-at_install")
class TestKuaidi100(Kuaidi100Common):
    def test_news_come_with_their_time_and_state(self):
        parcel = self._parcel()
        self.service.answers[parcel.tracking_no] = ("3", [("2026-11-11 10:00:00", "已签收"), ("2026-11-10 09:00:00", "已揽收")])
        self._run_cron()
        self.assertEqual((parcel.state, len(parcel.event_ids)), ("signed", 2))
        self.assertEqual(parcel.signed_at, fields.Datetime.to_datetime("2026-11-11 02:00:00"))
        self.assertEqual((parcel.order_id.fulfilment_stage, parcel.query_error), ("signed", False))
        self.assertEqual(self.service.asked, [{"com": "yuantong", "num": "YT1234567890123"}])

    def test_sf_gets_the_last_four_digits_of_the_telephone(self):
        parcel = self._parcel("SF123456789012", self.sf)
        parcel.sudo()._refresh_tracking()
        self.assertEqual(self.service.asked[0]["phone"], "5678")
        self.assertFalse(parcel.query_error)

    def test_number_is_asked_about_after_half_an_hour_at_the_earliest(self):
        parcel = self._parcel()
        start = fields.Datetime.now()
        with freeze_time(start):
            parcel._refresh_tracking()
        with freeze_time(start + timedelta(minutes=29)):
            self.assertFalse(parcel._refresh_tracking())
        self.assertEqual(len(self.service.asked), 1)
        self.service.asked.clear()
        with freeze_time(start + timedelta(minutes=31)):
            self.assertEqual(parcel._refresh_tracking(), parcel)
        self.assertEqual(len(self.service.asked), 1)

    def test_cron_leaves_alone_what_is_signed_for_or_not_due(self):
        parcel = self._parcel()
        self.service.answers[parcel.tracking_no] = ("3", [])
        for _i in range(2):
            self._run_cron()
        self.assertEqual(len(self.service.asked), 1)

    def test_every_state_of_the_service_is_one_of_ours(self):
        ours = dict(self.env["cosmetics.parcel"]._fields["state"].selection)
        for number, (state, expected) in enumerate(
            (("0", "in_transit"), ("2", "problem"), ("4", "returned"), ("14", "refused"), ("99", "new"))
        ):
            with self.subTest(state=state):
                parcel = self._parcel(f"YT123456789100{number}")
                self.service.answers[parcel.tracking_no] = (state, [])
                parcel._refresh_tracking()
                self.assertEqual(parcel.state, expected)
                self.assertIn(parcel.state, ours)

    def test_nothing_known_yet_is_no_error(self):
        parcel = self._parcel()
        parcel._refresh_tracking()
        self.assertEqual((parcel.state, parcel.query_error, parcel.query_failures), ("new", False, 0))

    def test_refused_account_stops_asking_and_says_why(self):
        parcels = self._parcel() | self._parcel("YT1234567890124")
        self.env.company.kuaidi100_key = "wrong"
        asked = parcels._refresh_tracking()
        self.assertEqual(len(asked), 1)
        self.assertIn("503", asked.query_error)
        self.assertEqual((asked.next_query_at - asked.queried_at), timedelta(hours=12))

    def test_wrong_telephone_is_told(self):
        parcel = self._parcel("SF123456789012", self.sf)
        self.service.phone = "0000"
        parcel._refresh_tracking()
        self.assertTrue(parcel.query_error)
        self.assertEqual(parcel.state, "new")

    def test_no_network_and_rubbish_leave_the_parcel_as_it_is(self):
        for number, fault in enumerate(((500, {}), (200, b"<html>"), (200, b"[]"), (302, {}), (200, {"status": "200", "data": 7}))):
            with self.subTest(fault=fault):
                parcel = self._parcel(f"YT123456789200{number}")
                self.service.fault = fault
                parcel._refresh_tracking()
                self.assertEqual(parcel.state, "new")
                self.assertTrue(parcel.query_error)
                self._forget_fault()
        parcel = self._parcel("YT1234567893000")
        self.service.close()
        with mute_logger("urllib3.connectionpool"):  # it tells of each try
            action = parcel.with_user(self.ecommerce_clerk).action_refresh_tracking()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertEqual((parcel.state, action["params"]["message"]), ("new", parcel.query_error))

    def test_without_an_account_nobody_is_asked(self):
        parcel = self._parcel()
        self.env.company.kuaidi100_key = False
        with self.assertRaises(UserError):
            parcel.with_user(self.keeper).action_refresh_tracking()
        self._run_cron()
        self.assertEqual((self.service.asked, parcel.queried_at), ([], False))

    def test_account_is_for_administrators_only(self):
        for user in (self.ecommerce_clerk, self.keeper, self.biller):
            for name in ("kuaidi100_key", "kuaidi100_customer"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    self.env.company.with_user(user).read([name])

    def test_key_travels_encrypted_or_stays_on_the_machine(self):
        for url in ("http://poll.kuaidi100.com/poll/query.do", "ftp://127.0.0.1", "http://127.0.0.1.evil.example/", "nonsense"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.env.company.kuaidi100_url = url
