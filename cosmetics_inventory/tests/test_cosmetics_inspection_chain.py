"""The chain of inspection records: tampering shows, and two receipts cannot fork it."""

import base64
import threading
from datetime import date

import psycopg2
from odoo import SUPERUSER_ID, Command, api, sql_db
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, freeze_time, tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL, mute_logger

from ..models.cosmetics_inspection_record import NINE_FIELDS
from ..models.cosmetics_inspection_record_flow import SEALED_FIELDS
from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestInspectionChain(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Chain Test"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.keeper.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.quality.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        file = cls.env["ir.attachment"].create({"name": "licence.pdf", "datas": base64.b64encode(b"licence")})
        cls.licence.attachment_ids = [Command.link(file.id)]
        cls.records = cls.env["cosmetics.inspection.record"]
        for name in ("A1", "A2", "A3"):
            picking = cls._receive(cls.product, batch=name, production_date=date(2026, 1, 15))
            cls.records |= cls.env["cosmetics.inspection.record"].search([("picking_id", "=", picking.id)])
        cls.chain = cls.env["cosmetics.inspection.chain"].search([("company_id", "=", cls.company.id)])

    def _verify(self):
        self.chain.with_user(self.quality).action_verify()
        return self.chain.broken_number, self.chain.broken_kind

    def test_numbers_run_without_gaps_and_seals_are_linked(self):
        self.assertEqual(self.records.mapped("number"), [1, 2, 3])
        self.assertEqual(self.records[1].previous_seal, self.records[0].seal)
        self.assertEqual((self.chain.last_number, self.chain.last_seal), (3, self.records[2].seal))
        self.assertEqual(self._verify(), (0, False))

    def test_every_change_behind_the_back_is_found(self):
        changes = {
            "product_name": "Other Cream",
            "registration_no": "陕G妆网备字2021000002",
            "expiration_on": "2030-01-01",
            "net_content": "51 ml",
            "quantity": 11,
            "supplier_name": "Somebody",
            "supplier_address": "Elsewhere",
            "supplier_contact": "1",
            "purchased_on": "2026-03-02",
            "batch_no": "B9",
            "result": "fail",
            "inspector_name": "Nobody",
            "state": "draft",
            "papers": "[]",
        }
        for column, value in changes.items():
            with self.subTest(column), self.cr.savepoint() as savepoint:
                self.cr.execute(
                    SQL("UPDATE cosmetics_inspection_record SET %s = %s WHERE id = %s", SQL.identifier(column), value, self.records[1].id)
                )
                self.assertEqual(self._verify(), (2, "changed"))
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self._verify(), (0, False))

    def test_every_sealed_value_beyond_the_nine_is_guarded(self):
        changes = {
            "uom_name": "kg",
            "production_on": "2026-01-16",
            "life_days": 1,
            "registrant": "Somebody",
            "notes": "Smells of roses",
            "reason": "Invented",
            "corrected_id": self.records[0].id,
        }
        for column, value in changes.items():
            with self.subTest(column), self.cr.savepoint() as savepoint:
                self.cr.execute(
                    SQL("UPDATE cosmetics_inspection_record SET %s = %s WHERE id = %s", SQL.identifier(column), value, self.records[2].id)
                )
                self.assertEqual(self._verify(), (3, "changed"))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_nothing_that_is_sealed_is_left_out_of_these_tests(self):
        tried = {"product_name", "registration_no", "expiration_on", "net_content", "quantity", "supplier_name", "supplier_address"}
        tried |= {"supplier_contact", "purchased_on", "batch_no", "result", "inspector_name", "papers"}
        tried |= {"uom_name", "production_on", "life_days", "registrant", "notes", "reason"}
        self.assertEqual(tried, set(SEALED_FIELDS))
        self.assertLessEqual(set(NINE_FIELDS), tried)

    def test_two_records_with_exchanged_numbers_are_found(self):
        number = "UPDATE cosmetics_inspection_record SET number = %s WHERE id = %s"
        first, second = self.records[0], self.records[1]
        for value, record in ((99, first), (1, second), (2, first)):
            self.cr.execute(number, (value, record.id))
        self.assertEqual(self._verify()[0], 1)

    def test_head_wound_back_shows_the_records_it_hides(self):
        self.cr.execute(SQL("UPDATE cosmetics_inspection_chain SET last_number = 2 WHERE id = %s", self.chain.id))
        self.assertEqual(self._verify(), (3, "surplus"))

    def test_record_written_behind_the_head_is_found(self):
        self.cr.execute(SQL("UPDATE cosmetics_inspection_chain SET first_number = 2 WHERE id = %s", self.chain.id))
        self.assertEqual(self._verify(), (2, "missing"))

    def test_chain_that_was_mended_is_shown_whole_again(self):
        change = "UPDATE cosmetics_inspection_record SET quantity = %s WHERE id = %s"
        self.cr.execute(change, (1, self.records[1].id))
        self.assertEqual(self._verify(), (2, "changed"))
        self.cr.execute(change, (10, self.records[1].id))
        self.assertEqual(self._verify(), (0, False))
        told = self.chain.with_user(self.quality).action_verify()["params"]
        self.assertEqual((told["type"], told["sticky"]), ("success", False))
        self.assertIn("3", told["message"])

    def test_removed_records_are_found(self):
        for index, number in ((1, 2), (2, 3), (0, 1)):
            with self.subTest(number), self.cr.savepoint() as savepoint:
                self.cr.execute(SQL("DELETE FROM cosmetics_inspection_record WHERE id = %s", self.records[index].id))
                self.assertEqual(self._verify(), (number, "missing"))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_changed_file_is_found(self):
        file = self.licence.attachment_ids
        self.assertIn(file, self.records[0].sealed_attachment_ids)
        self.cr.execute(SQL("UPDATE ir_attachment SET store_fname = NULL, db_datas = %s WHERE id = %s", b"other", file.id))
        self.assertEqual(self._verify(), (1, "changed"))

    def test_forged_seal_breaks_the_next_link(self):
        self.cr.execute(SQL("UPDATE cosmetics_inspection_record SET seal = %s WHERE id = %s", "0" * 64, self.records[0].id))
        self.assertEqual(self._verify()[0], 1)

    def test_daily_job_tells_the_quality_managers(self):
        self.cr.execute(SQL("UPDATE cosmetics_inspection_record SET quantity = 1 WHERE id = %s", self.records[1].id))
        self.env["cosmetics.inspection.chain"]._cron_verify()
        message = self.env["mail.message"].search([("partner_ids", "in", self.quality.partner_id.ids)], limit=1)
        self.assertIn("tampered", message.subject)
        self.assertIn("number 2", message.body)

    def test_keeper_does_not_verify(self):
        with self.assertRaises(AccessError):
            self.chain.with_user(self.keeper).action_verify()


@tagged("post_install", "-at_install")
class TestChainConcurrency(BaseCase):
    """Two real transactions on the head of one chain; what they leave behind is put back."""

    def setUp(self):
        super().setUp()
        connection = sql_db.db_connect(get_db_name())
        self.cursors = [connection.cursor() for _transaction in range(3)]
        for cursor in self.cursors:
            self.addCleanup(cursor.close)
        self.chains = [api.Environment(cursor, SUPERUSER_ID, {})["cosmetics.inspection.chain"] for cursor in self.cursors]
        self.companies = [chain.env.ref("base.main_company") for chain in self.chains]  # each transaction has its snapshot now
        self.before = self.chains[2].search([("company_id", "=", self.companies[2].id)]).read(["last_number", "last_seal"])
        self.cursors[2].rollback()
        self.addCleanup(self._restore)

    def _restore(self):
        """Put the head of the chain back to what it was, or remove it."""
        for cursor in self.cursors[:2]:
            cursor.rollback()
        chain = self.chains[2]._lock(self.companies[2])
        if self.before:
            chain.write({name: self.before[0][name] for name in ("last_number", "last_seal")})
        else:
            chain.unlink()
        self.cursors[2].commit()

    def _seal_one(self, index):
        """Lock the head and move it on by one, as sealing a record does. Return the number."""
        chain = self.chains[index]._lock(self.companies[index])
        chain.write({"last_number": chain.last_number + 1, "last_seal": f"{index}" * 64})
        chain.flush_recordset()
        return chain.last_number

    def test_who_waited_is_told_to_start_again_and_then_gets_the_next_number(self):
        first = self._seal_one(0)
        failures = []

        def wait_and_fail():
            try:
                self._seal_one(1)
            except psycopg2.errors.SerializationFailure as error:  # what Odoo's retry looks for
                failures.append(error)

        with mute_logger("odoo.sql_db"):
            waiting = threading.Thread(target=wait_and_fail)
            waiting.start()
            waiting.join(0.5)
            self.assertTrue(waiting.is_alive(), "the second transaction waits for the lock")
            self.cursors[0].commit()
            waiting.join(10)
        self.assertEqual(len(failures), 1)
        self.cursors[1].rollback()
        self.chains[1].env.invalidate_all()
        self.assertEqual(self._seal_one(1), first + 1)
