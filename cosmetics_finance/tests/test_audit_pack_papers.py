"""Statements, vouchers, attachments, people and locks in a pack."""

import hashlib
from datetime import timedelta
from unittest.mock import patch

from markupsafe import Markup
from odoo.tests import freeze_time, tagged

from .common_audit_pack import AuditPackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPackPapers(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.packs = type(cls.env["cosmetics.audit.pack"])
        cls.printed = printed = []

        def write_down(reports, name, res_ids=None, data=None):
            printed.append((name.split(".")[1], len(res_ids)))
            return b"%PDF", "pdf"

        # The browser that prints takes seconds; the layouts have tests of their own.
        cls.startClassPatcher(patch.object(type(cls.env["ir.actions.report"]), "_render_qweb_pdf", write_down))

    def _build_only(self, part, **vals):
        self.printed.clear()
        with patch.object(self.packs, "_get_parts", lambda self: [("Part", part)]):
            return self._build(**vals)

    def _attach(self, move, **vals):
        vals = {"name": "contract.txt", "raw": b"sealed", "res_model": "account.move", "res_id": move.id, **vals}
        return self.books["ir.attachment"].create(vals)

    # ------------------------------------------------------------------ statements
    def test_three_statements_of_the_last_month_in_two_formats(self):
        pack = self._build_only("_pack_statements")
        with self._open(pack) as file:
            names = [name for name in file.namelist() if name.startswith("07_")]
            self.assertEqual([name.rsplit(".")[-1] for name in names], ["pdf", "xlsx"] * 3)
        self.assertEqual(self.printed, [("cosmetics_statement_report_action_pdf", 1)] * 3)

    def test_whole_years_have_the_statements_of_the_year(self):
        chosen = []
        with patch.object(
            self.packs, "_add_statement", lambda self, pack, folder, report: chosen.append((report.year, report.period_kind, report.month))
        ):
            self._build_only("_pack_statements", date_begin="2024-07-01")
        self.assertEqual(chosen, [("2024", "year", "12")] * 3 + [("2025", "year", "12")] * 3 + [("2026", "month", "3")] * 3)

    def test_spreadsheet_of_a_statement_is_the_same_each_time(self):
        one, two = (self._build_only("_pack_statements", date_end=day) for day in ("2026-03-01", "2026-03-02"))
        with self._open(one) as first, self._open(two) as second:
            for name in first.namelist():
                if name.startswith("07_") and name.endswith("xlsx"):
                    self.assertEqual(first.read(name), second.read(name))

    def test_the_dialogues_behind_the_statements_are_not_kept(self):
        before = self.env["cosmetics.statement.report"].search_count([])
        self._build_only("_pack_statements")
        self.assertEqual(self.env["cosmetics.statement.report"].search_count([]), before)

    # ------------------------------------------------------------------ vouchers
    def test_all_entries_are_printed_in_files_of_a_hundred(self):
        with patch("odoo.addons.cosmetics_finance.models.cosmetics_audit_pack_papers.CHUNK", 3):
            pack = self._build_only("_pack_vouchers", voucher_limit=4)
        self.assertEqual(self.printed, [("account_move_action_report_voucher", 3), ("account_move_action_report_voucher", 1)])
        with self._open(pack) as file:
            self.assertIn("08_Vouchers/000004-000004 2026-03-31 – 2026-03-31.pdf", file.namelist())
        self.assertEqual((pack.file_ids.item_count, pack.file_ids.ledger_count), (4, 4))

    def test_too_many_vouchers_are_left_out_with_a_sentence(self):
        pack = self._build_only("_pack_vouchers", voucher_limit=3)
        self.assertFalse(self.printed)
        self.assertIn("Vouchers as PDF are left out: 4 entries, printed are up to 3.", pack.note)

    def test_entries_without_a_number_are_told(self):
        self.assertIn("4 entries have no voucher number yet", self._build_only("_pack_entries").note)
        self.env["account.move"].with_user(self.accountant)._number_vouchers(self.company, self.sale.date, self.sale.date)
        self.assertIn("3 entries have no voucher number yet", self._build_only("_pack_entries").note)

    # ------------------------------------------------------------------ attachments
    def test_attachments_lie_under_their_voucher_and_are_indexed(self):
        self.env["account.move"].with_user(self.accountant)._number_vouchers(self.company, self.sale.date, self.sale.date)
        attachment = self._attach(self.sale, name="../合同: 1.txt")
        pack = self._build_only("_pack_attachments")
        (row,) = self._read(pack, "09_")
        path = f"09_Attachments/2026-01/记-0001/{attachment.id}__合同_ 1.txt"
        self.assertEqual((row["Voucher No."], row["File"], row["Path in the Pack"]), ("记-0001", "../合同: 1.txt", path))
        made_at = f"{attachment.create_date + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"
        self.assertEqual((row["SHA-256"], row["Size (Bytes)"]), (hashlib.sha256(b"sealed").hexdigest(), "6"))
        self.assertEqual((row["Attached by"], row["Attached at"]), (self.accountant.name, made_at))
        with self._open(pack) as file:
            self.assertEqual(file.read(path), b"sealed")

    def test_printed_invoices_are_among_the_attachments(self):
        self._attach(self.invoice, name="INV.pdf", res_field="invoice_pdf_report_file")
        self.assertEqual([row["File"] for row in self._read(self._build_only("_pack_attachments"), "09_")], ["INV.pdf"])

    def test_a_link_is_named_and_a_lost_file_is_told(self):
        self._attach(self.sale, type="url", url="https://example.com/scan", raw=False)
        lost = self._attach(self.sale, name="lost.txt", raw=b"only here, in this test of the audit pack")
        self.env.flush_all()
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = 'ff/gone' WHERE id = %s", [lost.id])
        pack = self._build_only("_pack_attachments")
        self.assertEqual([row["Remark"] for row in self._read(pack, "09_")], ["A link: https://example.com/scan", "The file is gone"])
        self.assertIn("Attachments whose file is gone: 1.", pack.note)

    def test_attachments_of_other_periods_and_companies_stay_out(self):
        april = self.books["account.move"].search([("date", "=", "2026-04-01"), ("company_id", "=", self.company.id)])
        self._attach(april)
        self.assertFalse(self._read(self._build_only("_pack_attachments"), "09_"))

    def test_two_files_of_one_name_are_both_kept(self):
        self._attach(self.sale, raw=b"one")
        self._attach(self.sale, raw=b"two")
        pack = self._build_only("_pack_attachments")
        paths = [row["Path in the Pack"] for row in self._read(pack, "09_")]
        with self._open(pack) as file:
            self.assertEqual([file.read(path) for path in paths], [b"one", b"two"])

    def test_an_entry_says_how_many_files_it_has(self):
        self._attach(self.sale)
        self._attach(self.sale)
        rows = self._read(self._build_only("_pack_entries"), "02_")
        self.assertEqual({row["Number of Attachments"] for row in rows if row["Document"] == self.sale.name}, {"2"})
        self.assertEqual({row["Number of Attachments"] for row in rows if row["Document"] != self.sale.name}, {"0"})

    def test_files_of_drafts_stay_out(self):
        draft = self.books["account.move"].search([("state", "=", "draft"), ("company_id", "=", self.company.id)])
        self._attach(draft)
        self.assertFalse(self._read(self._build_only("_pack_attachments"), "09_"))

    def test_an_entry_without_a_number_has_its_files_under_the_document(self):
        attachment = self._attach(self.sale)
        (row,) = self._read(self._build_only("_pack_attachments"), "09_")
        document = self.sale.name.replace("/", "_")
        self.assertEqual(row["Path in the Pack"], f"09_Attachments/2026-01/{document}/{attachment.id}_contract.txt")

    # ------------------------------------------------------------------ people and locks
    def test_users_with_rights_are_listed_with_them(self):
        self.auditor.audit_until = "2026-05-31"
        clerk = self._create_user("pack_clerk", "cosmetics_base.group_all_stores", company_id=self.company.id, company_ids=self.company.ids)
        rows = {row["Login"]: row for row in self._read(self._build_only("_pack_people"), "10_")}
        self.assertIn("Finance / Accountant", rows["statement_accountant"]["Rights in the Books"])
        self.assertEqual((rows["pack_auditor"]["Audit until"], rows["pack_auditor"]["Active"]), ("2026-05-31", "Yes"))
        self.assertNotIn(clerk.login, rows)

    def test_who_has_left_is_listed_as_such(self):
        self.reader.active = False
        rows = {row["Login"]: row for row in self._read(self._build_only("_pack_people"), "10_")}
        self.assertEqual(rows["statement_reader"]["Active"], "")

    def test_log_shows_locks_and_closings(self):
        close = self.books["cosmetics.period.close"].create({"company_id": self.company.id, "year": "2026", "month": "1"})
        close.message_post(body=Markup("<p>Opened <b>again</b> &amp; closed</p>"))
        values = {"field_id": self.env["ir.model.fields"]._get("res.company", "fiscalyear_lock_date").id}
        values.update(old_value_datetime=False, new_value_datetime="2026-01-31 00:00:00")
        self.env["mail.message"].create(
            {"model": "res.company", "res_id": self.company.id, "message_type": "notification", "date": "2026-02-10 02:00:00",
             "author_id": self.accountant.partner_id.id, "tracking_value_ids": [(0, 0, values)]}
        )  # fmt: skip
        rows = self._read(self._build_only("_pack_people"), "11_")
        lock = rows[0]
        self.assertEqual((lock["Time"], lock["User"], lock["New Value"]), ("2026-02-10 10:00:00", self.accountant.name, "2026-01-31"))
        self.assertIn("Lock Date", lock["Field"])
        self.assertIn("Opened *again* & closed", " ".join(row["Remark"] for row in rows if row["Subject"] == "2026-01"))

    def test_rights_that_another_role_brings_count(self):
        senior = self.env["res.groups"].create({"name": "Senior", "implied_ids": self.env.ref("account.group_account_invoice").ids})
        user = self._create_user("pack_senior", company_id=self.company.id, company_ids=self.company.ids)
        user.group_ids += senior
        rows = {row["Login"]: row for row in self._read(self._build_only("_pack_people"), "10_")}
        self.assertIn(self.env.ref("account.group_account_invoice").full_name, rows["pack_senior"]["Rights in the Books"])

    def test_users_of_other_companies_stay_out(self):
        self._create_user("pack_elsewhere", "cosmetics_finance.group_accountant")
        self.assertNotIn("pack_elsewhere", [row["Login"] for row in self._read(self._build_only("_pack_people"), "10_")])

    def test_exceptions_from_a_lock_are_in_the_log(self):
        self.company.fiscalyear_lock_date = "2026-01-31"
        exception = self.env["account.lock_exception"].create(
            {"company_id": self.company.id, "user_id": self.accountant.id, "fiscalyear_lock_date": "2025-12-31", "reason": "Late bill",
             "end_datetime": "2026-12-31 00:00:00"}
        )  # fmt: skip
        rows = self._read(self._build_only("_pack_people"), "11_")
        (row,) = [row for row in rows if row["Remark"] == "Late bill"]
        self.assertEqual((row["Subject"], row["New Value"]), ("Test Books", "2025-12-31"))
        self.assertEqual(exception.company_id, self.company)

    def test_the_log_begins_with_the_period(self):
        close = self.books["cosmetics.period.close"].create({"company_id": self.company.id, "year": "2026", "month": "1"})
        close.message_ids.sudo().date = "2025-12-31 10:00:00"
        self.assertFalse(self._read(self._build_only("_pack_people"), "11_"))
