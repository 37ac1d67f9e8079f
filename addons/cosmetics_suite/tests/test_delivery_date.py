"""The day of delivery that an invoice shows."""

from datetime import date

from freezegun import freeze_time
from odoo import Command, fields
from odoo.tests import tagged

from .common import SuiteCommon

# Two o'clock in the night of 5 March in China.
NIGHT = "2026-03-04 18:00:00"


@tagged("post_install", "-at_install")
class TestDeliveryDate(SuiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Asia/Shanghai"
        # The clock of the reader plays no part.
        cls.users["accountant"].tz = "America/New_York"

    def _deliver(self):
        """Return an order that was delivered at night."""
        product = self._create_product(is_storable=True, cosmetic_kind="other", invoice_policy="order")
        customer = self.env["res.partner"].create({"name": "Test Customer"})
        lines = [Command.create({"product_id": product.id, "product_uom_qty": 1})]
        order = self.env["sale.order"].with_user(self.users["salesperson"]).create({"partner_id": customer.id, "order_line": lines})
        order.action_confirm()
        delivery = order.picking_ids.with_user(self.users["keeper"])
        delivery.move_ids.write({"quantity": 1, "picked": True})
        delivery.button_validate()
        self.assertEqual(fields.Datetime.to_string(order.effective_date), NIGHT)
        return order

    def test_invoice_made_after_a_delivery_at_night_shows_the_day_in_china(self):
        with freeze_time(NIGHT):
            invoice = self._deliver().with_user(self.users["accountant"])._create_invoices()
        self.assertEqual(invoice.delivery_date, date(2026, 3, 5))

    def test_day_is_the_same_when_it_is_worked_out_again(self):
        with freeze_time(NIGHT):
            invoice = self._deliver().with_user(self.users["accountant"])._create_invoices()
        self.env.add_to_compute(invoice._fields["delivery_date"], invoice)
        self.assertEqual(invoice.delivery_date, date(2026, 3, 5))

    def test_company_without_a_time_zone_takes_that_of_the_reader(self):
        self.env.company.partner_id.tz = False
        with freeze_time(NIGHT):
            order = self._deliver()
        self.assertEqual(order.with_user(self.users["accountant"])._get_effective_day(), date(2026, 3, 4))

    def test_order_without_a_delivery_has_no_day(self):
        customer = self.env["res.partner"].create({"name": "Test Customer"})
        order = self.env["sale.order"].create({"partner_id": customer.id})
        self.assertFalse(order._get_effective_day())
        self.assertFalse(order._prepare_invoice()["delivery_date"])
