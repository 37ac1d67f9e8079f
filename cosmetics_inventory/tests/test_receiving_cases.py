"""Receipts as they come: in parts, with one batch twice, changed later, from a contact, failed, below the minimum."""

from datetime import date

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceivingCases(ReceivingCommon):
    def _move(self, lot, source, target, quantity=1):
        """Move pieces of a batch without a document; return the move."""
        places = {"location_id": source.id, "location_dest_id": target.id}
        line = Command.create({"product_id": lot.product_id.id, "lot_id": lot.id, "quantity": quantity, **places})
        move = self.env["stock.move"].create(
            {"product_id": lot.product_id.id, "product_uom_qty": quantity, "move_line_ids": [line], **places}
        )
        move.picked = True
        move._action_done()
        return move

    def test_rest_that_comes_later_has_a_record_of_its_own(self):
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking, quantity=6)
        picking.with_context(skip_backorder=True, cancel_backorder=False).button_validate()
        rest = picking.backorder_ids
        self._set_batch(rest)
        rest.button_validate()
        self.assertEqual([self._records(part).quantity for part in (picking, rest)], [6, 4])
        self.assertEqual(self._lot(self.product).product_qty, 10)

    def test_rest_that_never_comes_is_not_recorded(self):
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking, quantity=6)
        picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=picking.ids).button_validate()
        self.assertFalse(picking.backorder_ids)
        self.assertEqual(self._records(picking).mapped("quantity"), [6])

    def test_one_batch_on_two_lines_is_one_batch_and_all_of_it_is_recorded(self):
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking, quantity=6, production_date=date(2026, 1, 15))
        line = picking.move_line_ids
        line.copy({"picking_id": picking.id, "lot_name": "A1", "quantity": 4, "production_date": date(2026, 1, 15)})
        picking.button_validate()
        records = self._records(picking)
        self.assertEqual((len(self._lot(self.product)), sum(records.mapped("quantity")), set(records.mapped("state"))), (1, 10, {"done"}))

    def test_several_products_of_one_receipt_are_numbered_without_a_gap(self):
        others = [self._create_product(name=name, is_storable=True) for name in ("Mask", "Lotion")]
        picking = self._create_receipt(*((product, 2) for product in (self.product, *others)))
        self._set_batch(picking)
        picking.button_validate()
        numbers = self._records(picking).mapped("number")
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))

    def test_toothpaste_is_recorded_like_cosmetics(self):
        paste = self._create_product(name="Paste", cosmetic_kind="toothpaste", is_storable=True)
        self.assertEqual(self._records(self._receive(paste)).registration_no, "粤国牙膏网备字2023404589")

    def test_quantity_of_a_record_is_in_the_unit_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        picking = self._create_receipt((self.product, 24))
        self._set_batch(picking, product_uom_id=dozen.id, quantity=2)
        picking.button_validate()
        self.assertEqual((self._records(picking).quantity, self._records(picking).uom_name), (24, self.product.uom_id.name))

    def test_nothing_but_a_receipt_makes_a_record(self):
        lot = self._records(self._receive(self.product)).lot_id
        before = self.env["cosmetics.inspection.record"].search_count([])
        stock, customers = self.warehouse.lot_stock_id, self.env.ref("stock.stock_location_customers")
        for source, target in (
            (stock, self.shop.lot_stock_id),
            (stock, customers),
            (customers, stock),
            (stock, self.supplier_location),
        ):
            self._move(lot, source, target)
        self.assertEqual(self.env["cosmetics.inspection.record"].search_count([]), before)

    def test_supplier_of_the_record_is_the_company_of_the_contact(self):
        contact = self.env["res.partner"].create({"name": "Ms Li", "parent_id": self.supplier.id, "phone": "139"})
        record = self._records(self._receive(self.product, partner=contact))
        self.assertEqual((record.supplier_id, record.supplier_name, record.state), (self.supplier, "Test Supplier", "done"))

    def test_telephone_of_the_contact_will_do(self):
        self.supplier.phone = False
        contact = self.env["res.partner"].create({"name": "Ms Li", "parent_id": self.supplier.id, "phone": "139"})
        self.assertEqual(self._records(self._receive(self.product, partner=contact)).supplier_contact, "139")

    def test_receipt_without_a_partner_is_completed_once_it_has_one(self):
        picking = self._receive(self.product, partner=self.env["res.partner"])
        picking.partner_id = self.supplier
        self._records(picking).with_user(self.keeper).action_refresh()
        self.assertEqual((self._records(picking).state, self._lot(self.product).quality_state), ("done", "released"))

    def test_hourly_job_completes_as_the_scheduler_runs_it(self):
        self.supplier.phone = False
        waiting = self._records(self._receive(self.product))
        failed = self._records(self._receive(self.product, batch="A2", is_inspection_failed=True))
        self.supplier.phone = "029-2"
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_inventory.ir_cron_inspection_record_refresh").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((waiting + failed).mapped("state"), ["done", "done"])
        self.assertEqual((waiting.lot_id.quality_state, failed.lot_id.quality_state), ("released", "rejected"))
        self.assertEqual(waiting.inspector_id, self.keeper, "the job inspects nothing itself")

    def test_failed_goods_wait_in_quarantine_until_their_record_is_complete(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product, is_inspection_failed=True))
        self.assertEqual((record.state, record.lot_id.quality_state), ("draft", "quarantine"))
        record.with_user(self.keeper).supplier_contact = "029-1"
        self.assertEqual(record.lot_id.quality_state, "rejected")

    def test_second_delivery_that_passes_does_not_free_a_rejected_batch(self):
        self._receive(self.product, is_inspection_failed=True)
        self._receive(self.product)
        self.assertEqual(self._lot(self.product).quality_state, "rejected")

    def test_second_delivery_that_fails_rejects_the_whole_batch(self):
        self._receive(self.product)
        self._receive(self.product, is_inspection_failed=True)
        self.assertEqual(self._lot(self.product).quality_state, "rejected")

    def test_contradicting_date_of_a_chosen_batch_is_refused_as_of_a_typed_one(self):
        lot = self._records(self._receive(self.product, expiration_on=date(2028, 6, 30))).lot_id
        picking = self._create_receipt((self.product, 5))
        picking.move_line_ids.write({"lot_id": lot.id, "expiration_on": date(2028, 8, 31)})
        with self.assertRaisesRegex(ValidationError, "2028-08-31"):
            picking.button_validate()

    def test_contradicting_production_date_is_refused(self):
        self._receive(self.product, production_date=date(2026, 1, 15))
        with self.assertRaisesRegex(ValidationError, "2026-01-15"):
            self._receive(self.product, production_date=date(2026, 1, 25))

    def test_known_batch_needs_no_date_again(self):
        self._receive(self.product, production_date=date(2026, 1, 15))
        picking = self._create_receipt((self.product, 5))
        picking.move_line_ids.lot_name = "A1"
        picking.button_validate()
        self.assertEqual(self._records(picking).expiration_on, date(2029, 1, 14))

    def test_same_number_of_another_product_is_another_batch(self):
        mask = self._create_product(name="Mask", is_storable=True, shelf_life_months=24)
        self._receive(self.product, expiration_on=date(2028, 6, 30))
        self._receive(mask, expiration_on=date(2027, 6, 30))
        self.assertEqual(self._lot(mask).expiration_on, date(2027, 6, 30))

    def test_wrong_batch_leaves_neither_batch_nor_record_behind(self):
        self._receive(self.product, expiration_on=date(2028, 6, 30))
        count = self.env["cosmetics.inspection.record"].search_count([])
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._receive(self.product, batch="A1", expiration_on=date(2028, 7, 31))
        self.assertEqual(self.env["cosmetics.inspection.record"].search_count([]), count)
        self.assertEqual(self._lot(self.product).product_qty, 10)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceiptMinimumCases(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"receipt_min_share": 0, "receipt_min_days": 0, "receipt_min_policy": "quarantine"})

    def _state_after(self, batch="A1", **vals):
        self._receive(self.product, batch=batch, **vals)
        return self._lot(self.product, batch).quality_state

    def test_days_count_to_the_last_usable_day(self):
        self.env.company.receipt_min_days = 100
        self.assertEqual(self._state_after("A1", expiration_on=date(2026, 6, 9)), "released")
        self.assertEqual(self._state_after("A2", expiration_on=date(2026, 6, 8)), "quarantine")

    def test_refusal_turns_at_midnight_in_china(self):
        self.env.company.write({"receipt_min_days": 100, "receipt_min_policy": "refuse"})
        with freeze_time("2026-03-01 15:59:59"):
            self._receive(self.product, batch="A1", expiration_on=date(2026, 6, 9))
        with freeze_time("2026-03-01 16:00:00"), self.assertRaisesRegex(ValidationError, "2026-06-10"), self.cr.savepoint():
            self._receive(self.product, batch="A2", expiration_on=date(2026, 6, 9))
        self.assertFalse(self._lot(self.product, "A2"))

    def test_share_counts_from_the_printed_production_date(self):
        self.env.company.receipt_min_share = 0.5
        young = {"production_date": date(2026, 2, 1), "expiration_on": date(2026, 7, 31)}
        old = {"production_date": date(2025, 8, 1), "expiration_on": date(2026, 7, 31)}
        self.assertEqual((self._state_after("A1", **young), self._state_after("A2", **old)), ("released", "quarantine"))

    def test_agreement_of_the_company_counts_for_its_contacts(self):
        self.supplier.write({"has_receipt_minimum": True, "receipt_min_days": 400})
        contact = self.env["res.partner"].create({"name": "Ms Li", "parent_id": self.supplier.id})
        self.assertEqual(self._state_after(partner=contact, expiration_on=date(2027, 3, 31)), "quarantine")

    def test_agreement_that_is_not_switched_on_says_nothing(self):
        self.supplier.write({"has_receipt_minimum": False, "receipt_min_days": 4000})
        self.assertEqual(self._state_after(expiration_on=date(2027, 3, 31)), "released")

    def test_one_short_batch_refuses_the_whole_receipt(self):
        self.env.company.write({"receipt_min_days": 400, "receipt_min_policy": "refuse"})
        mask = self._create_product(name="Mask", is_storable=True)
        picking = self._create_receipt((self.product, 5), (mask, 5))
        self._set_batch(picking)
        picking.move_line_ids.filtered(lambda line: line.product_id == mask).write({"lot_name": "S1", "production_date": date(2023, 6, 1)})
        with self.assertRaisesRegex(ValidationError, "S1"), self.cr.savepoint():
            picking.button_validate()
        self.assertEqual((picking.state, bool(self._records(picking))), ("assigned", False))

    def test_goods_a_customer_brings_back_are_not_measured(self):
        self.env.company.write({"receipt_min_days": 4000, "receipt_min_policy": "refuse"})
        picking = self._create_receipt((self.product, 2))
        customers = self.env.ref("stock.stock_location_customers")
        picking.location_id = customers
        picking.move_ids.location_id = customers
        picking.move_line_ids.location_id = customers
        self._set_batch(picking)
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_tools_without_a_shelf_life_are_not_measured(self):
        self.env.company.write({"receipt_min_days": 400, "receipt_min_policy": "refuse"})
        brush = self._create_product(name="Brush", cosmetic_kind="other", item_class="tool", registration_no=False, is_storable=True)
        picking = self._create_receipt((brush, 2))
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_batch_released_by_the_quality_manager_is_held_again_by_the_next_short_delivery(self):
        self.env.company.receipt_min_days = 400
        self._state_after(expiration_on=date(2027, 3, 1))
        lot = self._lot(self.product)
        lot.with_user(self.quality)._set_quality_state("released", "Agreed by telephone")
        self.assertEqual(self._state_after(expiration_on=date(2027, 3, 1)), "quarantine")

    def test_complete_record_does_not_free_a_batch_below_the_minimum(self):
        self.env.company.receipt_min_days = 400
        self.supplier.phone = False
        self.assertEqual(self._state_after(expiration_on=date(2027, 3, 1)), "quarantine")
        record = self.env["cosmetics.inspection.record"].search([("lot_id", "=", self._lot(self.product).id)])
        record.with_user(self.keeper).supplier_contact = "029-1"
        self.assertEqual((record.state, self._lot(self.product).quality_state), ("done", "quarantine"))
