"""Books that are less simple: branches, foreign money, other years, long ledgers, none at all."""

import importlib.util
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path

from .common_audit_pack import BANK, CAPITAL, COSTS, SALES, AuditPackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPackBooks(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.packs = type(cls.env["cosmetics.audit.pack"])
        parts = [("Books", name) for name in ("_pack_accounts", "_pack_entries", "_pack_ledgers", "_pack_open_items")]
        cls.startClassPatcher(patch.object(cls.packs, "_get_parts", lambda self: parts))

    def _get_closings(self, rows, code="Account Code"):
        """Return {account: closing balance} of the trial balance."""
        return {row[code]: Decimal(row["Closing Debit"]) - Decimal(row["Closing Credit"]) for row in rows}

    # ------------------------------------------------------------------ one ledger and the other
    def test_general_ledger_ends_where_the_trial_balance_does(self):
        pack = self._build()
        last = {row["Account Code"]: Decimal(row["Closing Balance"]) for row in self._read(pack, "03_")}
        self.assertEqual(last, self._get_closings(self._read(pack, "05_")))

    def test_detail_ledger_ends_where_the_trial_balance_does(self):
        pack = self._build()
        signs = {"Dr": 1, "Cr": -1, "Flat": 0}
        last = {row["Account Code"]: Decimal(row["Balance"]) * signs[row["Direction"]] for row in self._read(pack, "04_")}
        closings = self._get_closings(self._read(pack, "05_"))
        self.assertEqual(last, {code: closings[code] for code in last})

    def test_an_account_at_rest_stands_in_the_general_ledger_alone(self):
        pack = self._build()
        capital = [row for row in self._read(pack, "03_") if row["Account Code"].startswith(CAPITAL)]
        self.assertEqual([row["Closing Balance"] for row in capital], ["-1000.00"] * 3)
        self.assertFalse([row for row in self._read(pack, "04_") if row["Account Code"].startswith(CAPITAL)])

    def test_detail_ledger_has_the_items_of_the_entries(self):
        pack = self._build()
        keys = ("Account Code", "Voucher Date", "Document", "Debit Amount", "Credit Amount")
        entries, detail = ([tuple(row[key] for key in keys) for row in self._read(pack, prefix)] for prefix in ("02_", "04_"))
        self.assertEqual(sorted(entries), sorted(row for row in detail if row[3] or row[4]))

    def test_a_balance_of_nothing_lies_on_no_side(self):
        self._enter("2026-03-15", (BANK, -1073.25), (COSTS, 1073.25))
        bank = [row for row in self._read(self._build(), "04_") if row["Account Code"].startswith(BANK)]
        self.assertEqual((bank[-1]["Balance"], bank[-1]["Direction"]), ("0.00", "Flat"))

    def test_second_quarter_opens_with_the_first(self):
        first, second = self._build(), self._build(date_begin="2026-04-01", date_end="2026-06-01")
        closings = self._get_closings(self._read(first, "05_"))
        openings = {
            row["Account Code"]: Decimal(row["Opening Debit"]) - Decimal(row["Opening Credit"]) for row in self._read(second, "05_")
        }
        self.assertEqual(openings, closings)

    def test_a_period_over_the_turn_of_the_year_has_its_months(self):
        rows = self._read(self._build(date_begin="2025-12-01", date_end="2026-01-01"), "03_")
        self.assertEqual({row["Month"] for row in rows}, {"2025-12", "2026-01"})
        (bank,) = [row for row in rows if row["Account Code"].startswith(BANK) and row["Month"] == "2025-12"]
        self.assertEqual((bank["Opening Balance"], bank["Closing Balance"]), ("0.00", "1000.00"))

    def test_a_period_without_entries_gives_empty_books(self):
        pack = self._build(date_begin="2024-01-01", date_end="2024-12-01")
        for prefix in ("02_", "03_", "04_", "05_", "06_"):
            self.assertFalse(self._read(pack, prefix), prefix)
        self.assertTrue(self._read(pack, "01_"))

    def test_more_rows_than_a_page_come_in_order_and_whole(self):
        for number in range(1, 6):
            self._enter("2026-03-10", (BANK, number), (SALES, -number))
        with patch("odoo.addons.cosmetics_finance.models.cosmetics_audit_pack_books.PAGE", 3):
            rows = self._read(self._build(), "02_")
        self.assertEqual(len(rows), 18)
        self.assertEqual(rows, sorted(rows, key=lambda row: row["Voucher Date"]))
        amounts = [row["Debit Amount"] for row in rows if row["Voucher Date"] == "2026-03-10" and row["Debit Amount"] != "0.00"]
        self.assertEqual(amounts, ["1.00", "2.00", "3.00", "4.00", "5.00"])

    # ------------------------------------------------------------------ money, people, branches
    def test_foreign_money_stands_beside_yuan(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        line = {"name": "Fair", "currency_id": dollar.id}
        lines = [
            Command.create({**line, "account_id": self._find_account(COSTS).id, "balance": 72.3, "amount_currency": 10}),
            Command.create({**line, "account_id": self._find_account(BANK).id, "balance": -72.3, "amount_currency": -10}),
        ]
        vals = {"move_type": "entry", "date": "2026-03-11", "journal_id": self.journal.id, "line_ids": lines}
        move = self.books["account.move"].create(vals)
        move.action_post()
        rows = [row for row in self._read(self._build(), "02_") if row["Document"] == move.name]
        names = ("Currency Code", "Debit in Currency", "Credit in Currency", "Debit Amount", "Credit Amount")
        self.assertEqual([rows[0][name] for name in names], ["USD", "10.00", "0.00", "72.30", "0.00"])
        self.assertEqual([rows[1][name] for name in names], ["USD", "0.00", "10.00", "0.00", "72.30"])

    def test_a_partner_is_named_by_the_reference_or_the_number(self):
        self.partner.ref = "C-007"
        rows = self._read(self._build(), "02_")
        self.assertIn(("C-007", "Test Customer"), {(row["Partner Code"], row["Partner Name"]) for row in rows})
        self.assertIn((f"{self.other.id}", "Test Supplier"), {(row["Partner Code"], row["Partner Name"]) for row in rows})

    def test_debit_comes_before_credit_within_an_entry(self):
        rows = [row for row in self._read(self._build(), "02_") if row["Voucher Date"] == "2026-02-20"]
        self.assertEqual([(row["Line No."], row["Debit Amount"]) for row in rows], [("1", "40.25"), ("2", "0.00")])

    def test_a_text_of_several_lines_stays_one_cell(self):
        move = self._enter("2026-03-12", (BANK, 5), (SALES, -5))
        move.line_ids[0].name = 'First, "second"\nthird; =1+1'
        summaries = [row["Summary"] for row in self._read(self._build(), "02_")]
        self.assertIn('First, "second"\nthird; =1+1', summaries)

    def test_entries_of_branches_belong_to_the_books(self):
        branch = self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        journal = self.env["account.journal"].create({"name": "Branch", "code": "BR", "type": "general", "company_id": branch.id})
        for user in (self.accountant, self.auditor):
            user.company_ids += branch
        values = {**self._prepare_entry("2026-03-13", (BANK, 11), (SALES, -11)), "journal_id": journal.id, "company_id": branch.id}
        moves = self.books["account.move"].with_context(allowed_company_ids=[self.company.id, branch.id])
        moves.create(values).action_post()
        rows = self._read(self._build(), "02_")
        self.assertEqual([row["Company"] for row in rows if row["Voucher Date"] == "2026-03-13"], ["Test Branch"] * 2)

    def test_who_may_not_read_a_branch_gets_no_pack_that_others_had_built(self):
        branch = self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        self.auditor.company_ids += branch
        pack = self._build()
        self.assertEqual(pack.sudo().covered_company_ids, self.company | branch, "whatever the auditor has chosen to see")
        for user, is_open in ((self.auditor, True), (self.accountant, False)):
            env = self.env(user=user, context={"allowed_company_ids": self.company.ids})
            for record in (pack, pack.file_ids[0], pack.attachment_id):
                record.invalidate_recordset()
                self.assertEqual(record.with_env(env).has_access("read"), is_open, f"{user.login} {record}")
            self.assertEqual(bool(env["cosmetics.audit.pack.file"].search([("pack_id", "=", pack.id)])), is_open)

    def test_after_the_update_packs_of_an_earlier_version_keep_the_books_of_branches(self):
        branch = self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        self.auditor.company_ids += branch
        pack = self._build()
        names = ("cosmetics_audit_pack_rule_company", "cosmetics_audit_pack_file_rule_company")
        for name in names:
            self.env.ref(f"cosmetics_finance.{name}").domain_force = "[('company_id', 'in', company_ids)]"
        self.cr.execute("DELETE FROM cosmetics_audit_pack_res_company_rel")
        path = Path(file_path("cosmetics_finance/migrations/19.0.1.7.0/post-audit-packs.py"))
        spec = importlib.util.spec_from_file_location("post_audit_packs", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for _time in range(2):
            module.migrate(self.cr, "19.0.1.6.0")
            self.env.invalidate_all()
            self.assertEqual(pack.sudo().covered_company_ids, self.company | branch)
        for record in (pack, pack.file_ids[0]):
            env = self.env(user=self.accountant, context={"allowed_company_ids": self.company.ids})
            self.assertFalse(record.with_env(env).has_access("read"), record)

    def test_who_may_not_read_a_branch_gets_no_pack(self):
        self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        with self.assertRaisesRegex(Exception, "Test Branch, which you may not read"):
            self._ask()

    def test_entries_of_other_companies_stay_out(self):
        foreign = self.env["account.move"].search([("company_id", "!=", self.company.id), ("state", "=", "posted")], limit=1)
        rows = self._read(self._build(date_begin="2024-06-01", date_end="2026-06-01"), "02_")
        self.assertEqual({row["Company"] for row in rows}, {"Test Books"}, foreign)

    # ------------------------------------------------------------------ open items
    def test_a_credit_note_is_open_on_its_own_side(self):
        self._create_invoice("2026-03-20", 50, move_type="out_refund")
        (row,) = [row for row in self._read(self._build(), "06_") if row["Voucher Date"] == "2026-03-20"]
        self.assertEqual((row["Open Debit"], row["Open Credit"]), ("0.00", "50.00"))

    def test_what_is_paid_in_whole_is_not_open(self):
        self._pay(self.invoice, 300, "2026-03-20")
        self.assertNotIn("2026-02-05", [row["Voucher Date"] for row in self._read(self._build(), "06_")])

    def test_what_is_owed_to_vendors_is_open_on_the_credit_side(self):
        self._create_invoice("2026-03-03", 60, due="2026-04-10", move_type="in_invoice")
        (row,) = [row for row in self._read(self._build(), "06_") if row["Voucher Date"] == "2026-03-03"]
        self.assertEqual(row["Partner Name"], "Test Supplier")
        self.assertEqual((row["Open Credit"], row["Due Date"], row["Days Overdue"]), ("60.00", "2026-04-10", "0"))

    def test_open_items_come_to_the_balance_of_their_account(self):
        self._pay(self.invoice, 120, "2026-03-20")
        pack = self._build()
        rows = [row for row in self._read(pack, "06_") if row["Account Code"].startswith("1122")]
        closings = self._get_closings(self._read(pack, "05_"))
        closing = sum(balance for code, balance in closings.items() if code.startswith("1122"))
        self.assertEqual(self._sum(rows, "Open Debit") - self._sum(rows, "Open Credit"), closing)
        self.assertEqual(closing, 260)

    def test_money_in_the_bank_is_owed_by_nobody(self):
        self._find_account(BANK).reconcile = True
        codes = {row["Account Code"][:4] for row in self._read(self._build(), "06_")}
        self.assertEqual(codes, {"1122"})
