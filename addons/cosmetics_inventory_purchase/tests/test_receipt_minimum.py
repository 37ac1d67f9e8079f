"""What a vendor price says about remaining life is enforced at the receipt of the order."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceiptMinimum(PurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("test_keeper", "cosmetics_inventory.group_warehouse_keeper")
        cls.env.company.write({"receipt_min_policy": "refuse", "receipt_min_share": 0, "receipt_min_days": 0})
        cls.price = cls.env["product.supplierinfo"].create(
            {"partner_id": cls.vendor.id, "product_tmpl_id": cls.product.product_tmpl_id.id, "price": 30, "receipt_min_days": 700}
        )

    def _receive(self, expiration_on):
        """Order as the buyer, receive as the keeper."""
        order = self._create_order(self.product)
        order.button_confirm()
        picking = order.picking_ids.with_user(self.keeper)
        picking.move_line_ids.write({"lot_name": f"A{expiration_on}", "expiration_on": expiration_on})
        picking.button_validate()
        return picking

    def test_batch_below_the_agreed_days_is_refused(self):
        with self.assertRaises(ValidationError):
            self._receive(date(2028, 1, 29))  # 699 days

    def test_batch_at_the_agreed_days_comes_in(self):
        self.assertEqual(self._receive(date(2028, 1, 30)).state, "done")

    def test_price_line_goes_before_the_agreement_with_the_vendor(self):
        self.vendor.write({"has_receipt_minimum": True, "receipt_min_days": 30})
        self.assertEqual(self.product._get_receipt_minimum(self.vendor, self.env.company), (0, 700))
        self.price.receipt_min_days = 0
        self.assertEqual(self.product._get_receipt_minimum(self.vendor, self.env.company), (0, 30))

    def test_price_of_another_vendor_says_nothing(self):
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        self.assertEqual(self.product._get_receipt_minimum(other, self.env.company), (0, 0))

    def test_received_order_has_its_inspection_record(self):
        picking = self._receive(date(2028, 6, 30))
        record = self.env["cosmetics.inspection.record"].with_user(self.buyer).search([("picking_id", "=", picking.id)])
        self.assertEqual((record.supplier_name, record.quantity), ("Test Vendor", 10))

    def test_share_of_a_price_line_counts_from_the_whole_life(self):
        self.price.write({"receipt_min_days": 0, "receipt_min_share": 0.5})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._receive(date(2027, 8, 30))  # 36 months end on this day: less than half is left
        self.assertEqual(self._receive(date(2027, 9, 1)).state, "done")

    def test_strictest_of_two_price_lines_counts_and_that_of_another_company_does_not(self):
        self.price.copy({"receipt_min_days": 900})
        other = self.env["res.company"].create({"name": "Other Trading"})
        self.price.copy({"receipt_min_days": 1000, "company_id": other.id})
        self.assertEqual(self.product._get_receipt_minimum(self.vendor, self.env.company), (0, 900))

    def test_price_line_holds_in_quarantine_where_the_company_does_not_refuse(self):
        self.env.company.receipt_min_policy = "quarantine"
        picking = self._receive(date(2028, 1, 29))
        self.assertEqual((picking.state, picking.move_line_ids.lot_id.quality_state), ("done", "quarantine"))

    def test_price_line_counts_from_the_day_in_china(self):
        with freeze_time("2026-03-01 15:59:59"):
            self.assertEqual(self._receive(date(2028, 1, 30)).state, "done")
        with freeze_time("2026-03-01 16:00:00"), self.assertRaises(ValidationError):
            self._receive(date(2028, 1, 30))
