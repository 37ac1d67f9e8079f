"""Purchase inspection records: made by the receipt, complete or waiting, kept as they are."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .receiving_common import ReceivingCommon

FILE = base64.b64encode(b"certificate")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestInspectionRecord(ReceivingCommon):
    def _file(self, user=None, **vals):
        return self.env["ir.attachment"].with_user(user or self.env.user).create({"name": "certificate.pdf", "datas": FILE, **vals})

    # ------------------------------------------------------------------ made by the receipt
    def test_receipt_makes_a_sealed_record_without_a_click(self):
        picking = self._receive(self.product, quantity=12, production_date=date(2026, 1, 15))
        record = self._records(picking)
        self.assertEqual(
            (record.state, record.product_name, record.registration_no, record.expiration_on, record.net_content, record.quantity),
            ("done", "Test Cream 50ml", "陕G妆网备字2021000001", date(2029, 1, 14), "50 ml", 12),
        )
        self.assertEqual(
            (record.supplier_name, record.supplier_contact, record.purchased_on), ("Test Supplier", "029-88880000", date(2026, 3, 1))
        )
        self.assertIn("1 Gaoxin Road", record.supplier_address)
        self.assertEqual((record.batch_no, record.inspector_id, record.result), ("A1", self.keeper, "pass"))
        self.assertEqual(self._lot(self.product).quality_state, "released")

    def test_gifts_and_testers_have_records_and_tools_have_none(self):
        gift = self._create_product(name="Gift", item_class="gift", is_storable=True)
        tester = self._create_product(name="Tester", item_class="tester", is_storable=True)
        tool = self._create_product(name="Brush", cosmetic_kind="other", item_class="tool", registration_no=False, is_storable=True)
        picking = self._create_receipt((gift, 5), (tester, 1), (tool, 3))
        cosmetics = picking.move_line_ids.filtered(lambda line: line.product_id != tool)
        cosmetics.write({"lot_name": "A1", "production_date": date(2026, 1, 15)})
        picking.button_validate()
        self.assertEqual(self._records(picking).product_id, gift + tester)

    def test_customer_returns_have_no_record(self):
        picking = self._create_receipt((self.product, 2))
        picking.location_id = self.env.ref("stock.stock_location_customers")
        picking.move_ids.location_id = picking.location_id
        picking.move_line_ids.location_id = picking.location_id
        self._set_batch(picking)
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertFalse(self._records(picking))

    def test_direct_receipt_in_a_shop_is_inspected_too(self):
        picking = self._receive(self.product, warehouse=self.shop)
        self.assertEqual(self._records(picking).state, "done")

    def test_move_layer_makes_the_record_without_the_picking(self):
        picking = self._create_receipt((self.product, 10))
        self._set_batch(picking)
        picking.move_ids.picked = True
        picking.move_ids._action_done()
        self.assertEqual(self._records(picking).state, "done")

    def test_purchase_date_is_the_day_in_china(self):
        with freeze_time("2026-03-01 16:30:00"):
            picking = self._receive(self.product)
        self.assertEqual(self._records(picking).purchased_on, date(2026, 3, 2))

    # ------------------------------------------------------------------ incomplete
    def test_each_of_the_nine_fields_is_asked_for(self):
        stranger = self.env["res.partner"].create({"name": "Unknown Supplier", "is_company": True})
        bare = self._create_product(name="Bare", is_storable=True, lifecycle_stage_id=False, registration_no=False, net_content=0)
        picking = self._receive(bare, partner=stranger)
        record = self._records(picking)
        self.assertEqual(record.state, "draft")
        for label in ("Registration No.", "Net Content", "Supplier Address", "Supplier Contact", "Business Licence"):
            self.assertIn(label, record.missing)
        self.assertNotIn("Supplier Name", record.missing)

    def test_receipt_from_nobody_waits(self):
        picking = self._receive(self.product, partner=self.env["res.partner"])
        self.assertIn("Supplier Name", self._records(picking).missing)
        self.assertEqual(self._lot(self.product).quality_state, "quarantine")

    def test_missing_licence_holds_the_batch_and_its_arrival_frees_it(self):
        self.licence.unlink()
        record = self._records(self._receive(self.product))
        lot = self._lot(self.product)
        self.assertEqual((record.state, record.missing, lot.quality_state), ("draft", "Business Licence", "quarantine"))
        paper = self.env["cosmetics.supplier.document"].with_user(self.quality)
        paper.create({"partner_id": self.supplier.id, "kind": "business_licence", "expires_on": "2030-12-31"})
        self.assertEqual((record.state, lot.quality_state), ("done", "released"))

    def test_licence_must_hold_on_the_day_of_the_receipt(self):
        self.licence.write({"is_long_term": False, "expires_on": "2026-02-28"})
        self.assertEqual(self._records(self._receive(self.product)).missing, "Business Licence")

    def test_licence_is_not_asked_for_where_the_company_says_so(self):
        self.licence.unlink()
        self.env.company.inspection_needs_licence = False
        self.assertEqual(self._records(self._receive(self.product)).state, "done")

    def test_certificate_is_asked_for_where_the_company_says_so(self):
        self.env.company.write({"inspection_needs_certificate": True, "inspection_needs_registration": True})
        self._create_paper(kind="quality_certificate", batch_no="OTHER")
        record = self._records(self._receive(self.product))
        self.assertEqual(record.missing, "Ordinary Cosmetics Filing Proof、Quality Certificate")
        record.with_user(self.quality).attachment_ids = [Command.link(self._file(self.quality).id)]
        self.assertEqual(record.state, "done")

    def test_keeper_completes_by_hand_and_the_batch_is_free(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product))
        self.assertEqual(record.missing, "Supplier Contact")
        record.with_user(self.keeper).supplier_contact = "029-1"
        self.assertEqual((record.state, self._lot(self.product).quality_state), ("done", "released"))

    def test_master_data_completed_later_complete_the_record(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product))
        self.supplier.phone = "029-2"
        record.with_user(self.keeper).action_refresh()
        self.assertEqual((record.state, record.supplier_contact), ("done", "029-2"))

    def test_nightly_job_completes_what_waited(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product))
        self.supplier.phone = "029-2"
        self.env["cosmetics.inspection.record"]._cron_refresh()
        self.assertEqual(record.state, "done")

    def test_batch_with_another_incomplete_record_stays_held(self):
        self.supplier.phone = False
        first = self._records(self._receive(self.product))
        second = self._records(self._receive(self.product))
        first.with_user(self.keeper).supplier_contact = "029-1"
        self.assertEqual(self._lot(self.product).quality_state, "quarantine")
        second.with_user(self.keeper).supplier_contact = "029-1"
        self.assertEqual(self._lot(self.product).quality_state, "released")

    def test_batch_held_by_a_person_is_not_freed_by_paper(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product))
        self._lot(self.product).with_user(self.quality)._set_quality_state("quarantine", "Smells odd")
        record.with_user(self.keeper).supplier_contact = "029-1"
        self.assertEqual((record.state, self._lot(self.product).quality_state), ("done", "quarantine"))

    def test_failed_inspection_rejects_the_batch(self):
        picking = self._receive(self.product, is_inspection_failed=True)
        self.assertEqual((self._records(picking).result, self._lot(self.product).quality_state), ("fail", "rejected"))

    def test_what_the_receipt_says_is_not_typed(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product)).with_user(self.quality)
        for vals in ({"quantity": 99}, {"purchased_on": "2026-01-01"}, {"lot_id": False}, {"state": "done"}, {"number": 7}):
            with self.subTest(vals), self.assertRaises(AccessError), self.cr.savepoint():
                record.write(vals)

    # ------------------------------------------------------------------ kept
    def test_retention_follows_the_law(self):
        long_lived = self._records(self._receive(self.product, expiration_on=date(2028, 6, 30)))
        self.assertEqual(long_lived.keep_until, date(2029, 6, 30))
        mask = self._create_product(name="Mask", is_storable=True, shelf_life_months=6)
        self.assertEqual(self._records(self._receive(mask, expiration_on=date(2026, 8, 31))).keep_until, date(2028, 3, 1))

    def test_nobody_changes_a_done_record(self):
        record = self._records(self._receive(self.product))
        for user in (self.keeper, self.quality, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            with self.subTest(user.login), self.assertRaisesRegex(UserError, "cannot be changed"), self.cr.savepoint():
                record.with_user(user).write({"notes": "x"})
        with self.assertRaises(UserError):
            record.sudo().write({"quantity": 1})

    def test_nobody_deletes_a_record_before_its_time(self):
        record = self._records(self._receive(self.product))
        with self.assertRaises(AccessError), self.cr.savepoint():
            record.with_user(self.keeper).unlink()
        with self.assertRaisesRegex(UserError, "must be kept"), self.cr.savepoint():
            record.with_user(self.quality).unlink()
        with freeze_time(record.keep_until), self.assertRaises(UserError), self.cr.savepoint():
            record.with_user(self.quality).unlink()

    def test_oldest_records_may_go_after_their_time_and_the_chain_holds(self):
        first, second, third = (self._records(self._receive(self.product, batch=name)) for name in ("A1", "A2", "A3"))
        chain = self.env["cosmetics.inspection.chain"].search([("company_id", "=", self.env.company.id)])
        with freeze_time("2040-01-01"):
            with self.assertRaisesRegex(UserError, "oldest"), self.cr.savepoint():
                second.with_user(self.quality).unlink()
            older = self.env["cosmetics.inspection.record"].search([("number", "in", range(1, first.number))])
            (older + first).with_user(self.quality).unlink()
        self.assertFalse(chain._verify())
        self.assertEqual(chain.first_number, second.number)
        self.assertTrue(third.exists())

    def test_incomplete_records_are_not_deleted(self):
        self.supplier.phone = False
        with self.assertRaises(UserError):
            self._records(self._receive(self.product)).with_user(self.quality).unlink()

    def test_files_of_a_done_record_stay(self):
        self.supplier.phone = False
        record = self._records(self._receive(self.product))
        file = self._file(self.quality)
        record.with_user(self.quality).write({"attachment_ids": [Command.link(file.id)], "supplier_contact": "029-1"})
        self.assertEqual((record.state, file.res_model, file.res_id), ("done", record._name, record.id))
        for act in (file.unlink, lambda: file.write({"datas": base64.b64encode(b"other")}), lambda: file.write({"res_id": 0})):
            with self.assertRaisesRegex(UserError, "must be kept"), self.cr.savepoint():
                act()

    def test_files_of_the_papers_behind_it_stay_too(self):
        file = self._file()
        self.licence.attachment_ids = [Command.link(file.id)]
        self._receive(self.product)
        with self.assertRaises(UserError), self.cr.savepoint():
            file.unlink()
        with self.assertRaisesRegex(UserError, "Archive"):
            self.licence.with_user(self.quality).unlink()

    def test_file_of_another_record_is_copied(self):
        foreign = self._file(res_model="res.partner", res_id=self.supplier.id)
        self.licence.attachment_ids = [Command.link(foreign.id)]
        self.assertEqual((foreign.res_model, len(self.licence.attachment_ids)), ("res.partner", 1))
        self.assertEqual((self.licence.attachment_ids.raw, self.licence.attachment_ids.res_id), (b"certificate", self.licence.id))

    # ------------------------------------------------------------------ corrected
    def test_correction_is_a_record_of_its_own(self):
        record = self._records(self._receive(self.product))
        action = record.with_user(self.keeper).action_correct()
        correction = self.env["cosmetics.inspection.record"].with_user(self.keeper).browse(action["res_id"])
        correction.write({"supplier_contact": "029-9"})
        self.assertEqual(correction.state, "draft")
        with self.assertRaisesRegex(UserError, "why"), self.cr.savepoint():
            correction.action_complete()
        correction.write({"reason": "Telephone mistyped"})
        correction.action_complete()
        self.assertEqual((correction.state, correction.corrected_id, correction.number), ("done", record, record.number + 1))
        self.assertEqual(record.supplier_contact, "029-88880000")
        self.assertEqual(self._lot(self.product).quality_state, "released")

    def test_changed_quantity_of_a_done_receipt_is_appended(self):
        picking = self._receive(self.product, quantity=10)
        record = self._records(picking)
        picking.move_line_ids.quantity = 8
        self.assertEqual((record.quantity, record.correction_ids.quantity, record.correction_ids.state), (10, 8, "done"))

    def test_line_added_to_a_done_receipt_is_inspected(self):
        picking = self._receive(self.product, quantity=10)
        lot = self.env["stock.lot"].create({"name": "A2", "product_id": self.product.id, "production_date": date(2026, 1, 15)})
        self.env["stock.move.line"].create(
            {
                "picking_id": picking.id,
                "move_id": picking.move_ids.id,
                "product_id": self.product.id,
                "lot_id": lot.id,
                "quantity": 3,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        self.assertEqual(self._records(picking).mapped("batch_no"), ["A1", "A2"])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestInspectionAccess(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("test_shop_employee")
        cls.other_clerk = cls._create_user("test_other_employee")
        cls.store = cls._create_store(warehouse_id=cls.shop.id)
        cls._assign_stores(cls.clerk, cls.store)
        cls._assign_stores(cls.other_clerk, cls._create_store())

    def _visible(self, user, record):
        return self.env["cosmetics.inspection.record"].with_user(user).search([("id", "in", record.ids)])

    def test_shop_sees_records_of_what_it_keeps_and_of_what_it_kept(self):
        record = self._records(self._receive(self.product))
        self.assertFalse(self._visible(self.clerk, record))
        record.lot_id._note_warehouse(self.shop)
        self.assertEqual(self._visible(self.clerk, record), record)
        self.assertFalse(self._visible(self.other_clerk, record))
        self._assign_stores(self.clerk, self.store.browse())
        self.assertFalse(self._visible(self.clerk, record))

    def test_inspector_and_headquarters_see_the_record(self):
        record = self._records(self._receive(self.product))
        stranger = self._create_user("test_other_keeper", "cosmetics_inventory.group_warehouse_keeper")
        self.assertEqual(
            [bool(self._visible(user, record)) for user in (self.keeper, self.quality, self.manager, stranger)], [True, True, True, False]
        )

    def test_shop_prints_the_records_of_its_goods(self):
        record = self._records(self._receive(self.product, warehouse=self.shop)).with_user(self.clerk)
        action = record.action_print()
        html = self.env["ir.actions.report"].with_user(self.clerk)._render_qweb_html(action["report_name"], record.ids)[0].decode()
        for text in ("陕G妆网备字2021000001", "A1", "Test Supplier", record.seal[:12]):
            self.assertIn(text, html)

    def test_employee_of_a_shop_changes_nothing(self):
        record = self._records(self._receive(self.product, warehouse=self.shop)).with_user(self.clerk)
        for act in (lambda: record.write({"notes": "x"}), record.unlink, record.action_correct, record.action_refresh):
            with self.assertRaises(UserError), self.cr.savepoint():
                act()

    def test_nobody_creates_a_record_by_hand(self):
        for user in (self.keeper, self.quality):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["cosmetics.inspection.record"].with_user(user).create(
                    {"company_id": self.env.company.id, "product_id": self.product.id}
                )
