"""After a fault Kuaidi100 is left alone, longer each time, and the database remembers it."""

from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import Kuaidi100Common


@tagged("post_install", "-at_install")
class TestPause(Kuaidi100Common):
    def setUp(self):
        super().setUp()
        self.start = fields.Datetime.now()

    @contextmanager
    def _at(self, hours):
        """Ask ``hours`` after the start, as another worker would: nothing is remembered but what the database holds."""
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(self.start + timedelta(hours=hours)):
            yield

    @property
    def state(self):
        return self.env["cosmetics.kuaidi100.service"].search([("company_id", "=", self.env.company.id)])

    def test_after_a_fault_no_parcel_of_any_courier_is_asked_about(self):
        parcels = self._parcel() | self._parcel("YT1234567890124") | self._parcel("SF123456789012", self.sf)
        self.service.fault = (500, {})
        with self._at(0):
            parcels._refresh_tracking()
        self.assertEqual(self.service.calls, 1)
        with self._at(0.4):
            self.assertFalse(parcels._refresh_tracking())
        self.assertEqual(self.service.calls, 1)

    def test_pauses_double_up_to_a_day(self):
        self.service.fault, pauses, hours = (503, {}), [], 0
        for number in range(8):
            parcel = self._parcel(f"YT12345678901{number:02d}")
            with self._at(hours):
                parcel._refresh_tracking()
                pauses.append((self.state.paused_until - fields.Datetime.now()).total_seconds() / 3600)
            hours += pauses[-1] + 0.01
        self.assertEqual([round(pause, 2) for pause in pauses], [0.5, 1, 2, 4, 8, 16, 24, 24])
        self.assertEqual(self.service.calls, 8)

    def test_parcel_that_failed_waits_longer_than_the_service(self):
        parcel = self._parcel()
        self.service.fault = (500, {})
        with self._at(0):
            parcel._refresh_tracking()
        with self._at(0.6):
            parcel._refresh_tracking()
        self.assertEqual(parcel.query_failures, 2)
        self.assertEqual(parcel.next_query_at - parcel.queried_at, timedelta(hours=2))

    def test_an_answer_ends_the_row_of_faults(self):
        parcels = self._parcel() | self._parcel("YT1234567890124")
        self.service.fault = (500, {})
        with self._at(0):
            parcels[0]._refresh_tracking()
        self.service.fault = None
        with self._at(1):
            parcels[1]._refresh_tracking()
        self.assertEqual((self.state.failures, self.state.paused_until, self.state.error), (0, False, False))
        self.service.fault = (500, {})
        with self._at(2):
            parcels[1]._refresh_tracking()
        self.assertEqual(self.state.failures, 1)

    def test_answers_that_make_no_sense_are_faults_of_the_service(self):
        for number, fault in enumerate(((200, b"<html>"), (200, b"[]"), (200, b"{}"), (200, {"status": "200", "data": 7}), (302, {}))):
            with self.subTest(fault=fault):
                self._forget_fault()
                self.service.fault = fault
                parcels = self._parcel(f"YT12345678920{number}0") | self._parcel(f"YT12345678920{number}1")
                before = self.service.calls
                parcels._refresh_tracking()
                self.assertEqual((self.service.calls - before, self.state.failures), (1, 1))
                self.assertEqual(parcels.mapped("state"), ["new", "new"])

    def test_fault_of_one_number_is_none_of_the_service(self):
        parcels = self._parcel("SF123456789012", self.sf) | self._parcel()
        self.service.phone = "0000"
        parcels._refresh_tracking()
        self.assertEqual((self.service.calls, self.state.failures), (2, 0))
        self.assertTrue(parcels.filtered(lambda parcel: parcel.carrier_id == self.sf).query_error)

    def test_limit_that_is_reached_waits_half_a_day_at_least(self):
        parcel = self._parcel()
        self.service.fault = (200, {"result": False, "returnCode": "601", "message": "KEY已过期"})
        with self._at(0):
            parcel._refresh_tracking()
            self.assertEqual(self.state.paused_until, fields.Datetime.now() + timedelta(hours=12))
        self.assertIn("601", self.state.error)

    def test_busy_service_says_how_long_it_wants_to_be_left_alone(self):
        parcel = self._parcel()
        self.service.fault, self.service.headers = (429, {}), {"Retry-After": "7200"}
        with self._at(0):
            parcel._refresh_tracking()
            self.assertEqual(self.state.paused_until, fields.Datetime.now() + timedelta(hours=2))

    def test_cron_does_not_knock_while_the_service_is_left_alone(self):
        self._parcel()
        self._parcel("YT1234567890124")
        self.service.fault = (500, {})
        for _i in range(4):
            self._run_cron()
        self.assertEqual(self.service.calls, 1)

    def test_clerk_hears_why_and_until_when(self):
        parcels = self._parcel() | self._parcel("YT1234567890124")
        self.service.close()
        with mute_logger("urllib3.connectionpool"):  # it tells of each try
            parcels[0]._refresh_tracking()
        action = parcels[1].with_user(self.ecommerce_clerk).with_context(lang="en_US", tz="Asia/Shanghai").action_refresh_tracking()
        until = (self.state.paused_until + timedelta(hours=8)).strftime("%m-%d %H:%M")
        self.assertIn(f"until {until}", action["params"]["message"])
        self.assertEqual(action["params"]["type"], "info")

    def test_each_company_has_its_own_service(self):
        parcel = self._parcel()
        self.service.fault = (500, {})
        parcel._refresh_tracking()
        company = self.env["res.company"].create({"name": "Another Company"})
        other = self.env["cosmetics.kuaidi100.service"]._get_of_company(company)
        self.assertFalse(other._is_paused())
        self.assertTrue(self.state._is_paused())
        self.assertEqual(self.env["cosmetics.kuaidi100.service"]._get_of_company(company), other)

    def test_clerks_and_keepers_do_not_touch_the_state(self):
        self.env["cosmetics.kuaidi100.service"]._get_of_company(self.env.company)
        for user in (self.ecommerce_clerk, self.keeper, self.biller):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.state.with_user(user).read(["error"])
        admin = self._create_user("test_kuaidi_admin", "base.group_system")
        self.assertEqual(self.state.with_user(admin).failures, 0)
        with self.assertRaises(AccessError):
            self.state.with_user(admin).paused_until = False

    def test_signature_is_that_of_the_documentation(self):
        parcel = self._parcel()
        self.env.company.kuaidi100_key = "another"
        parcel._refresh_tracking()
        self.assertIn("503", parcel.query_error, "the stand-in checks MD5(param + key + customer), in capitals")
        self.assertFalse(self.service.asked)
