"""Parcels and a stand-in for the tests of the module."""

from datetime import timedelta

from odoo import fields
from odoo.addons.cosmetics_sales.tests.common_tracking import TrackingCommon

from .stand_in import CUSTOMER, KEY, Kuaidi100


class Kuaidi100Common(TrackingCommon):
    """Parcels of two couriers, and a stand-in that answers for the service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Parcels of other records would be asked about as well.
        cls.env["cosmetics.parcel"].search([]).write({"next_query_at": fields.Datetime.now() + timedelta(days=99)})

    def setUp(self):
        super().setUp()
        self.service = Kuaidi100()
        self.addCleanup(self.service.close)
        self.env.company.write({"kuaidi100_customer": CUSTOMER, "kuaidi100_key": KEY, "kuaidi100_url": self.service.url})

    def _parcel(self, number="YT1234567890123", courier=None):
        picking = self._confirmed().picking_ids
        picking.with_user(self.keeper).write({"courier_number": number, "courier_id": (courier or self.yto).id})
        self._ship(picking.sale_id)
        return picking.parcel_ids

    def _forget_fault(self):
        self.env["cosmetics.kuaidi100.service"].search([("company_id", "=", self.env.company.id)]).unlink()

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_sales.ir_cron_parcel_tracking").method_direct_trigger()
        self.env.invalidate_all()
