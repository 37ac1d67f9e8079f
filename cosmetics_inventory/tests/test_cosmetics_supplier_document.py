"""Papers of suppliers: numbers, validity by the China day, warnings."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestSupplierDocument(ReceivingCommon):
    def _state(self, paper):
        paper.invalidate_recordset(["state"])
        found = [
            state
            for state in ("valid", "expiring", "expired")
            if self.env["cosmetics.supplier.document"].search([("id", "=", paper.id), ("state", "=", state)])
        ]
        self.assertEqual(found, [paper.state], "search and field agree")
        return paper.state

    def test_state_follows_the_day_in_china(self):
        paper = self._create_paper(kind="brand_authorisation", is_long_term=False, expires_on="2026-04-30")
        for moment, state in (
            ("2026-03-30 15:59:59", "valid"),
            ("2026-03-30 16:00:00", "expiring"),
            ("2026-04-30 15:59:59", "expiring"),
            ("2026-04-30 16:00:00", "expired"),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(self._state(paper), state)

    def test_long_term_papers_stay_valid(self):
        self.assertEqual(self._state(self.licence), "valid")
        with self.assertRaises(ValidationError):
            self.licence.expires_on = "2030-01-01"

    def test_number_of_a_production_licence(self):
        paper = self._create_paper(kind="production_licence", number=" 陕妆 ２０２２０００３ ")
        self.assertEqual(paper.number, "陕妆20220003")
        for number in ("陕妆2022003", "妆20220003", "陕G妆网备字2021000001"):
            with self.subTest(number), self.assertRaises(ValidationError), self.cr.savepoint():
                paper.number = number

    def test_credit_code_of_a_business_licence(self):
        self.licence.number = "91110000600037341L"
        with self.assertRaisesRegex(ValidationError, "check digit"):
            self.licence.number = "91110000600037342L"

    def test_paper_does_not_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._create_paper(is_long_term=False, issued_on="2026-03-02", expires_on="2026-03-01").flush_recordset()

    def test_responsible_is_warned_once_per_threshold(self):
        paper = self._create_paper(kind="brand_authorisation", is_long_term=False, expires_on="2026-04-30", responsible_id=self.quality.id)
        counts = []
        for moment in ("2026-03-15", "2026-04-01", "2026-04-02", "2026-05-01", "2026-05-02"):
            with freeze_time(moment):
                self.env["cosmetics.supplier.document"]._cron_warn()
                counts.append(len(paper.activity_ids))
        self.assertEqual(counts, [0, 1, 1, 2, 2])
        self.assertEqual(paper.activity_ids.user_id, self.quality)

    def test_renewed_date_is_warned_of_anew(self):
        paper = self._create_paper(kind="brand_authorisation", is_long_term=False, expires_on="2026-03-10")
        self.env["cosmetics.supplier.document"]._cron_warn()
        paper.expires_on = "2026-03-20"
        self.env["cosmetics.supplier.document"]._cron_warn()
        self.assertEqual(len(paper.activity_ids), 2)

    def test_scope_of_a_paper(self):
        brand = self._create_brand("Scoped")
        branded = self._create_product(name="Branded", brand_id=brand.id)
        paper = self._create_paper(kind="brand_authorisation", brand_ids=brand.ids)
        self.assertEqual(paper._filtered_for(branded, "A1"), paper)
        self.assertFalse(paper._filtered_for(self.product, "A1"))
        certificate = self._create_paper(kind="quality_certificate", batch_no="A1")
        self.assertEqual(
            (certificate._filtered_for(self.product, "A1"), bool(certificate._filtered_for(self.product, "A2"))), (certificate, False)
        )

    def test_keeper_reads_and_quality_manager_keeps_papers(self):
        self.assertTrue(self.licence.with_user(self.keeper).number is not None)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.licence.with_user(self.keeper).note = "x"
        self.licence.with_user(self.quality).note = "Seen the original"
        self.assertEqual(self.licence.note, "Seen the original")

    def test_papers_open_from_the_supplier(self):
        self.assertEqual(self.supplier.supplier_document_count, 1)
        action = self.supplier.with_user(self.keeper).action_view_supplier_documents()
        self.assertEqual(self.env["cosmetics.supplier.document"].search(action["domain"]), self.licence)

    def test_validity_is_that_of_the_receipt_day(self):
        paper = self._create_paper(kind="filing", is_long_term=False, issued_on="2026-02-01", expires_on="2026-03-01")
        papers = self.env["cosmetics.supplier.document"]
        for day, expected in ((date(2026, 1, 31), False), (date(2026, 2, 1), True), (date(2026, 3, 1), True), (date(2026, 3, 2), False)):
            with self.subTest(day):
                self.assertEqual(paper in papers._get_valid(self.supplier, day), expected)

    # ------------------------------------------------------------------ scope
    def _record_of(self, product=None, **vals):
        return self._records(self._receive(product or self.product, **vals))

    def test_certificate_serves_its_batch_only(self):
        self.env.company.inspection_needs_certificate = True
        self._create_paper(kind="quality_certificate", batch_no="A1")
        self.assertEqual((self._record_of(batch="A1").state, self._record_of(batch="A2").missing), ("done", "Quality Certificate"))

    def test_certificate_of_a_product_serves_all_its_batches(self):
        self.env.company.inspection_needs_certificate = True
        self._create_paper(kind="quality_certificate", product_tmpl_ids=self.product.product_tmpl_id.ids)
        mask = self._create_product(name="Mask", is_storable=True)
        self.assertEqual((self._record_of(batch="A1").state, self._record_of(mask).state), ("done", "draft"))

    def test_certificate_that_names_nothing_proves_nothing(self):
        self.env.company.inspection_needs_certificate = True
        self._create_paper(kind="quality_certificate")
        self.assertEqual(self._record_of().missing, "Quality Certificate")

    def test_registration_is_asked_for_by_kind(self):
        self.env.company.inspection_needs_registration = True
        special = self._create_product(name="Sunscreen", cosmetic_kind="special", is_storable=True)
        self._create_paper(kind="filing")
        self.assertEqual(self._record_of().state, "done")
        self.assertEqual(self._record_of(special).missing, "Special Cosmetics Registration Certificate")

    def test_licence_for_another_brand_does_not_serve(self):
        self.product.brand_id = self._create_brand("Ours")
        self.licence.brand_ids = self._create_brand("Theirs")
        self.assertEqual(self._record_of().missing, "Business Licence")
        self.licence.with_user(self.quality).brand_ids += self.product.brand_id
        self.assertEqual(self.env["cosmetics.inspection.record"].search([("lot_id", "=", self._lot(self.product).id)]).state, "done")

    def test_paper_of_another_supplier_does_not_serve(self):
        self.licence.partner_id = self.env["res.partner"].create({"name": "Other", "is_company": True})
        self.assertEqual(self._record_of().missing, "Business Licence")

    def test_paper_filed_at_a_contact_serves_the_company(self):
        self.licence.partner_id = self.env["res.partner"].create({"name": "Ms Li", "parent_id": self.supplier.id})
        self.assertEqual(self._record_of().state, "done")

    def test_archived_paper_does_not_serve_new_receipts_and_returns_with_its_mark(self):
        self.licence.with_user(self.quality).active = False
        record = self._record_of()
        self.assertEqual(record.missing, "Business Licence")
        self.licence.with_user(self.quality).active = True
        self.assertEqual(record.state, "done")

    def test_paper_issued_after_the_receipt_does_not_serve_it(self):
        self.licence.write({"issued_on": "2026-03-02"})
        record = self._record_of()
        self.assertEqual(record.missing, "Business Licence")
        self.licence.with_user(self.quality).issued_on = "2026-03-01"
        record.with_user(self.keeper).action_refresh()
        self.assertEqual(record.state, "done")

    # ------------------------------------------------------------------ warnings
    def _warn(self):
        """Run the job as the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_inventory.ir_cron_supplier_document_warn").method_direct_trigger()
        self.env.invalidate_all()

    def test_archived_and_long_term_papers_are_not_warned_of(self):
        old = self._create_paper(kind="other", is_long_term=False, expires_on="2026-02-01", active=False)
        self._warn()
        self.assertFalse(old.activity_ids + self.licence.activity_ids)

    def test_days_to_warn_are_those_of_the_company(self):
        self.env.company.supplier_paper_warning_days = 5
        paper = self._create_paper(kind="other", is_long_term=False, expires_on="2026-03-07", company_id=self.env.company.id)
        self._warn()
        self.assertFalse(paper.activity_ids)
        with freeze_time("2026-03-02 04:00:00"):
            self._warn()
        self.assertEqual(len(paper.activity_ids), 1)

    def test_paper_that_expired_unseen_is_warned_of_once_as_expired(self):
        paper = self._create_paper(kind="other", is_long_term=False, expires_on="2026-02-28")
        self._warn()
        self._warn()
        self.assertEqual(paper.activity_ids.mapped("summary"), ["Supplier paper has expired"])

    def test_renewed_paper_is_a_new_one_and_is_warned_of_in_its_own_time(self):
        old = self._create_paper(kind="other", is_long_term=False, expires_on="2026-03-10")
        self._warn()
        new = old.with_user(self.quality).copy({"expires_on": "2028-03-10"})
        self.assertFalse(new.warned_expiring_on)
        self._warn()
        self.assertEqual((len(old.activity_ids), len(new.activity_ids)), (1, 0))

    def test_cited_paper_is_archived_not_deleted_and_an_unused_one_may_go(self):
        self._record_of()
        unused = self._create_paper(kind="other")
        with self.assertRaisesRegex(UserError, "Archive it"), self.cr.savepoint():
            self.licence.with_user(self.quality).unlink()
        unused.with_user(self.quality).unlink()
        self.assertFalse(unused.exists())
