"""Inspection records are kept: how long, with which files, and how a mistake is put right."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import RestrictViolation

from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestInspectionRetention(ReceivingCommon):
    def _keep_until(self, **dates):
        self._receive(self.product, **dates)
        return self.env["cosmetics.inspection.record"].search([("lot_id", "=", self._lot(self.product).id)]).keep_until

    def test_life_of_exactly_a_year_is_no_short_life(self):
        self.assertEqual(self._keep_until(production_date=date(2026, 2, 28), expiration_on=date(2027, 2, 27)), date(2028, 2, 27))

    def test_life_of_a_day_less_is_kept_two_years_from_the_receipt(self):
        self.assertEqual(self._keep_until(production_date=date(2026, 2, 28), expiration_on=date(2027, 2, 26)), date(2028, 3, 1))

    def test_short_life_is_counted_from_the_day_of_the_receipt(self):
        dates = {"production_date": date(2026, 2, 1), "expiration_on": date(2027, 1, 30)}
        with freeze_time("2026-02-10 16:00:00"):  # the eleventh in China
            self.assertEqual(self._keep_until(**dates), date(2028, 2, 11))

    def test_year_after_a_leap_day_ends_in_february(self):
        self.assertEqual(self._keep_until(expiration_on=date(2028, 2, 29)), date(2029, 2, 28))

    def test_receipt_on_a_leap_day_is_kept_until_the_end_of_february(self):
        with freeze_time("2028-02-29 04:00:00"):
            self.assertEqual(self._keep_until(production_date=date(2028, 1, 1), expiration_on=date(2028, 6, 30)), date(2030, 2, 28))

    def test_midnight_in_china_ends_the_duty(self):
        record = self._records(self._receive(self.product, expiration_on=date(2028, 6, 30))).with_user(self.quality)
        older = self.env["cosmetics.inspection.record"].search([("number", "<", record.number), ("number", ">", 0)])
        with freeze_time("2029-06-30 15:59:59"), self.assertRaisesRegex(UserError, "must be kept"), self.cr.savepoint():
            record.unlink()
        self.assertTrue(record.exists())
        with freeze_time("2029-06-30 16:00:00"):
            (older.with_user(self.quality) + record).unlink()
        self.assertFalse(record.exists())

    def test_keeper_deletes_nothing_even_after_its_time(self):
        record = self._records(self._receive(self.product))
        with freeze_time("2040-01-01"), self.assertRaises(AccessError):
            record.with_user(self.keeper).unlink()

    def test_what_stands_behind_a_record_cannot_be_deleted(self):
        record = self._records(self._receive(self.product))
        for kept in (record.lot_id, record.supplier_id, record.inspector_id):
            with self.subTest(kept._name), mute_logger("odoo.sql_db"), self.assertRaises(RestrictViolation), self.cr.savepoint():
                kept.unlink()
        with self.assertRaises(UserError):
            record.picking_id.unlink()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestInspectionFiles(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        files = cls.env["ir.attachment"].with_user(cls.quality)
        cls.file = files.create({"name": "licence.pdf", "raw": b"licence"})
        cls.licence.with_user(cls.quality).attachment_ids = [Command.link(cls.file.id)]
        cls.record = cls.env["cosmetics.inspection.record"].search([("picking_id", "=", cls._receive(cls.product).id)])

    def _owner(self, record):
        return {"res_model": record._name, "res_id": record.id}

    def _verify(self):
        chain = self.env["cosmetics.inspection.chain"].search([("company_id", "=", self.env.company.id)])
        return not chain.with_user(self.quality)._verify()

    def test_no_way_to_write_replaces_moves_or_hides_a_sealed_file(self):
        ways = (
            {"datas": base64.b64encode(b"other")},
            {"raw": b"other"},
            {"name": "other.pdf"},
            {"type": "url", "url": "https://example.cn"},
            {"res_id": 0},
            self._owner(self.supplier),
            {"res_field": "image_1920"},
        )
        for vals in ways:
            for user in (self.quality, self.env.ref("base.user_admin")):
                with self.subTest(vals, user=user.login), self.assertRaisesRegex(UserError, "must be kept"), self.cr.savepoint():
                    self.file.with_user(user).write(vals)
        self.assertTrue(self._verify())

    def test_sealed_file_is_not_deleted_before_its_time_and_may_go_after(self):
        until = self.record.keep_until
        with freeze_time(f"{until} 15:59:59"), self.assertRaisesRegex(UserError, "must be kept"), self.cr.savepoint():
            self.file.with_user(self.quality).unlink()
        with freeze_time(f"{until} 16:00:00"):
            self.file.with_user(self.quality).unlink()
        self.assertFalse(self.file.exists())

    def test_file_taken_off_the_paper_stays_with_the_record(self):
        new = self.env["ir.attachment"].with_user(self.quality).create({"name": "renewed.pdf", "raw": b"renewed"})
        self.licence.with_user(self.quality).attachment_ids = [Command.set(new.ids)]
        self.assertEqual(self.record.sealed_attachment_ids, self.file)
        self.assertTrue(self._verify())

    def test_file_torn_off_the_record_is_found(self):
        self.env.flush_all()
        self.cr.execute("DELETE FROM cosmetics_inspection_record_sealed_rel WHERE ir_attachment_id = %s", (self.file.id,))
        self.assertFalse(self._verify())

    def test_file_put_beside_a_done_record_changes_nothing_of_it(self):
        self.env["ir.attachment"].with_user(self.quality).create({"name": "late.pdf", "raw": b"late", **self._owner(self.record)})
        with self.assertRaisesRegex(UserError, "cannot be changed"), self.cr.savepoint():
            self.record.with_user(self.quality).attachment_ids = [Command.create({"name": "late.pdf", "raw": b"late"})]
        self.assertTrue(self._verify())

    def test_files_of_an_incomplete_record_may_still_be_replaced(self):
        self.supplier.phone = False
        draft = self._records(self._receive(self.product, batch="A2")).with_user(self.quality)
        draft.attachment_ids = [Command.create({"name": "wrong.pdf", "raw": b"wrong"})]
        draft.attachment_ids.write({"raw": b"right"})
        draft.supplier_contact = "029-1"
        self.assertIn(b"right", draft.sealed_attachment_ids.mapped("raw"))
        self.assertEqual(draft.state, "done")

    def test_other_files_of_the_house_are_free(self):
        note = self.env["ir.attachment"].create(
            {"name": "note.txt", "raw": b"note", "res_model": "res.partner", "res_id": self.supplier.id}
        )
        note.raw = b"changed"
        note.unlink()
        self.assertFalse(note.exists())

    def test_archived_paper_still_stands_behind_the_record(self):
        self.licence.with_user(self.quality).active = False
        self.env.invalidate_all()
        self.assertEqual(self.record.document_ids, self.licence)
        self.assertEqual(self.record.lot_id._get_dossier()["papers"], self.licence)
        self.assertTrue(self._verify())

    def test_what_the_paper_said_on_the_day_stays_readable(self):
        self.licence.with_user(self.quality).write({"number": "91110000600037341L"})
        self.assertNotIn("91110000600037341L", self.record.papers_text)
        self.assertIn("Business Licence", self.record.papers_text)
        self.assertTrue(self._verify())


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestInspectionCorrection(ReceivingCommon):
    def _correct(self, record, user=None, **vals):
        """Return the finished correction of a record, made by the keeper."""
        action = record.with_user(user or self.keeper).action_correct()
        correction = self.env["cosmetics.inspection.record"].with_user(user or self.keeper).browse(action["res_id"])
        correction.write({"reason": "Looked again", **vals})
        correction.action_complete()
        return correction

    def test_correction_may_say_what_only_the_receipt_says_otherwise(self):
        record = self._records(self._receive(self.product))
        correction = self._correct(record, batch_no="A1-2", quantity=9, expiration_on="2028-12-31")
        self.assertEqual((correction.batch_no, correction.quantity, correction.expiration_on), ("A1-2", 9, date(2028, 12, 31)))
        self.assertEqual((record.batch_no, record.quantity, correction.inspector_id), ("A1", 10, self.keeper))

    def test_correction_cannot_pretend_to_be_done_or_numbered(self):
        record = self._records(self._receive(self.product))
        action = record.with_user(self.keeper).action_correct()
        correction = self.env["cosmetics.inspection.record"].with_user(self.keeper).browse(action["res_id"])
        for vals in ({"state": "done"}, {"number": 1}, {"seal": "x"}, {"corrected_id": False}, {"lot_id": False}, {"inspector_name": "X"}):
            with self.subTest(vals), self.assertRaises(AccessError), self.cr.savepoint():
                correction.write(vals)

    def test_finished_correction_is_as_fixed_as_a_record(self):
        correction = self._correct(self._records(self._receive(self.product)))
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            correction.write({"reason": "Another"})
        again = self._correct(correction, supplier_contact="029-3")
        self.assertEqual((again.corrected_id, again.number), (correction, correction.number + 1))

    def test_correction_that_finds_a_failure_rejects_the_batch(self):
        record = self._records(self._receive(self.product))
        self._correct(record, result="fail")
        self.assertEqual((self._lot(self.product).quality_state, record.result), ("rejected", "pass"))

    def test_correction_of_the_paper_does_not_judge_the_goods_anew(self):
        record = self._records(self._receive(self.product, is_inspection_failed=True))
        lot = self._lot(self.product)
        lot.with_user(self.quality)._set_quality_state("released", "Tested again in the laboratory")
        self._correct(record, supplier_contact="029-3")
        self.assertEqual(lot.quality_state, "released")
        self._correct(record, result="pass")
        self.assertEqual(lot.quality_state, "released")

    def test_correction_to_passed_does_not_free_a_rejected_batch(self):
        record = self._records(self._receive(self.product, is_inspection_failed=True))
        self._correct(record, result="pass")
        self.assertEqual(self._lot(self.product).quality_state, "rejected")

    def test_unfinished_correction_may_be_dropped_by_the_quality_manager_only(self):
        record = self._records(self._receive(self.product))
        correction = self.env["cosmetics.inspection.record"].browse(record.with_user(self.keeper).action_correct()["res_id"])
        with self.assertRaises(AccessError), self.cr.savepoint():
            correction.with_user(self.keeper).unlink()
        correction.with_user(self.quality).unlink()
        self.assertFalse(record.correction_ids)

    def test_receipt_set_to_nothing_is_said_by_a_correction_of_zero(self):
        picking = self._receive(self.product)
        picking.move_line_ids.quantity = 0
        correction = self._records(picking).correction_ids
        self.assertEqual((correction.quantity, correction.state), (0, "done"))

    def test_changed_quantity_of_an_incomplete_record_is_simply_taken_over(self):
        self.supplier.phone = False
        picking = self._receive(self.product)
        picking.move_line_ids.quantity = 8
        record = self._records(picking)
        self.assertEqual((record.quantity, record.state, len(record.correction_ids)), (8, "draft", 0))

    def test_batch_put_onto_an_incomplete_receipt_afterwards_is_held_too(self):
        self.supplier.phone = False
        picking = self._receive(self.product)
        other = self.env["stock.lot"].create({"name": "A2", "product_id": self.product.id, "production_date": date(2026, 1, 15)})
        picking.move_line_ids.lot_id = other
        self.assertEqual(self._records(picking).lot_id, other)
        self.assertEqual((other.quality_state, other.is_held_by_inspection), ("quarantine", True))

    def test_batch_put_onto_a_sealed_receipt_is_said_by_a_correction(self):
        picking = self._receive(self.product)
        other = self.env["stock.lot"].create({"name": "A2", "product_id": self.product.id, "production_date": date(2026, 1, 15)})
        picking.move_line_ids.lot_id = other
        record = self._records(picking).filtered(lambda record: not record.corrected_id)
        self.assertEqual((record.batch_no, record.correction_ids.batch_no, record.correction_ids.state), ("A1", "A2", "done"))
        self.assertEqual(record.correction_ids.expiration_on, date(2029, 1, 14))
