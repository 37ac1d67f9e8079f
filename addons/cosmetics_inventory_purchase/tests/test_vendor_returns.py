"""What is sent back to a vendor was not delivered, did not pass, and was not paid for."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common_evaluation import EvaluationCommon


@tagged("post_install", "-at_install")
class TestVendorReturns(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("test_return_colleague", "cosmetics_inventory.group_warehouse_manager")
        cls.vendor.write({"street": "1 Gaoxin Road", "city": "Xi'an", "phone": "029-88880000"})

    def _receipt(self, quantity=10, price=30, planned_on="2026-01-15"):
        """Return the done receipt of an order that came on the promised day."""
        return self._receive(self._buy("2026-01-05", planned_on, quantity, price), planned_on, quantity)

    def test_goods_sent_back_were_not_delivered_and_did_not_pass(self):
        receipt = self._receipt()
        facts = self._facts()
        self.assertEqual((facts["on_time"], facts["quantity"], facts["quality"]), (1, 1, 1))
        self._send_back(receipt, "2026-02-02", 4)
        facts = self._facts()
        self.assertEqual((facts["on_time"], facts["quantity"], facts["quality"]), (0.6, 0.6, 0.6))

    def test_goods_that_come_in_their_place_are_late_and_complete(self):
        receipt = self._receipt()
        self._send_back(receipt, "2026-02-02", 4)
        with freeze_time("2026-02-10 04:00:00"):
            move = receipt.move_ids.with_user(self.keeper).copy({"product_uom_qty": 4, "picking_id": False, "partner_id": self.vendor.id})
            move._action_confirm()
            places = {"location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id}
            batch = {"product_id": self.product.id, "quantity": 4, "lot_name": "NEW", "expiration_on": "2028-12-31"}
            move.move_line_ids = [Command.clear(), Command.create({**places, **batch})]
            move.picked = True
            move._action_done()
        facts = self._facts()
        self.assertEqual((facts["quantity"], facts["on_time"]), (1, 0.6), "ten were kept, six of which came in time")
        self.assertAlmostEqual(facts["quality"], (14 - 4) / 14)

    def test_what_goes_back_in_a_later_quarter_counts_there(self):
        receipt = self._receipt()
        self._send_back(receipt, "2026-04-01", 4)
        self.assertEqual(self._facts()["quality"], 1)
        self._receive(self._buy("2026-04-02", "2026-04-10"), "2026-04-10")
        after = self.evaluations._get_facts(self.env.company, date(2026, 4, 1), date(2026, 7, 1))
        self.assertEqual(after[self.vendor.id]["quality"], 0.6)

    def test_what_failed_its_inspection_is_not_counted_twice(self):
        good = self._receipt()
        order = self._buy("2026-01-06", "2026-01-16")
        order.picking_ids.move_line_ids.is_inspection_failed = True
        bad = self._receive(order, "2026-01-16")
        self.assertEqual(self._facts()["quality"], 0.5)
        self._send_back(bad, "2026-02-02", 10)
        self.assertEqual(self._facts()["quality"], 0.5)
        self._send_back(good, "2026-02-02", 10)
        self.assertEqual(self._facts()["quality"], 0)

    def test_prices_of_goods_sent_back_say_nothing(self):
        self._buy("2025-06-01", "2025-06-10", 10, 20)
        dear = self._receipt(10, 40)
        self._buy("2026-01-08", "2026-01-20", 10, 22)
        self.assertAlmostEqual(self._facts()["price"], 0.55)
        self._send_back(dear, "2026-02-02", 10)
        self.assertAlmostEqual(self._facts()["price"], 0.1)

    def _dispose(self, receipt, reason, quantity=4):
        """Send goods back by a disposal that names the vendor; a colleague confirms it."""
        line = {"product_id": self.product.id, "lot_id": receipt.move_line_ids.lot_id.id, "location_id": receipt.location_dest_id.id}
        disposal = self.env["cosmetics.disposal"].with_user(self.keeper)
        disposal = disposal.create(
            {
                "reason_id": self.env.ref(f"cosmetics_inventory.disposal_reason_{reason}").id,
                "method": "supplier",
                "partner_id": self.vendor.id,
                "witness_id": self.colleague.id,
                "line_ids": [Command.create({**line, "quantity": quantity})],
            }
        )
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()

    @freeze_time("2026-02-02 04:00:00")
    def test_recalled_goods_count_and_unsold_ones_do_not(self):
        receipt = self._receipt()
        self._dispose(receipt, "expired")
        self.assertEqual(self._facts()["quality"], 1)
        self._dispose(receipt, "recalled")
        self.assertEqual(self._facts()["quality"], 0.6)
