"""An accountant drops files of the bank: each movement is booked once, or nothing is."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from . import files
from .common import BankCommon


@tagged("post_install", "-at_install")
class TestBankImport(BankCommon):
    def _facts(self):
        return [(str(line.date), line.amount, line.payment_ref) for line in self._get_lines()]

    def test_checking_books_nothing_and_shows_what_would_be(self):
        record = self._upload(files.ccb())
        record.action_check()
        self.assertEqual((record.state, record.new_count, record.known_count), ("checked", 4, 0))
        file = record.file_ids
        self.assertEqual((file.level, file.verdict, file.journal_id), ("ok", "All sums tie.", self.bank_journal))
        self.assertEqual((file.opening, file.in_total, file.out_total, file.closing), (1000.0, 500.88, 312.5, 1188.38))
        self.assertEqual((len(record.line_ids), self._facts()), (4, []))

    def test_importing_makes_a_statement_that_ties(self):
        record = self._import(files.ccb())
        statement = record.statement_ids
        self.assertEqual((statement.balance_start, statement.balance_end, statement.balance_end_real), (1000.0, 1188.38, 1188.38))
        self.assertTrue(statement.is_valid and statement.is_complete)
        self.assertEqual(
            self._facts(),
            [
                ("2026-08-01", 500.0, "货款"),
                ("2026-08-01", -12.5, "手续费"),
                ("2026-08-03", -300.0, "采购款"),
                ("2026-08-05", 0.88, "结息"),
            ],
        )
        self.assertEqual(self._get_lines().mapped("running_balance"), [1500.0, 1487.5, 1187.5, 1188.38])
        self.assertEqual((record.state, record.line_ids.ids), ("done", []))

    def test_the_same_file_again_books_nothing(self):
        self._import(files.ccb())
        again = self._import(files.ccb())
        self.assertEqual((again.new_count, again.known_count, again.statement_ids.ids), (0, 4, []))
        self.assertEqual(len(self._facts()), 4)

    def test_an_overlapping_period_books_what_is_new(self):
        for bank, table in files.BANKS.items():
            with self.subTest(bank):
                self._get_lines().with_context(force_delete=True).statement_id.unlink()
                self._get_lines().unlink()
                self._import(table(files.MOVEMENTS[:3]), journal_id=self.bank_journal.id)
                rest = self._import(table(files.MOVEMENTS[1:], Decimal("1500.00")), journal_id=self.bank_journal.id)
                self.assertEqual((rest.new_count, rest.known_count), (1, 2))
                self.assertEqual([amount for _day, amount, _memo in self._facts()], [500.0, -12.5, -300.0, 0.88])
                self.assertEqual(rest.statement_ids.balance_start, 1187.5)

    def test_what_lies_around_known_movements_becomes_two_statements(self):
        self._import(files.ccb(files.MOVEMENTS[1:3], Decimal("1500.00")))
        whole = self._import(files.ccb())
        self.assertEqual(sorted(whole.statement_ids.mapped("balance_end_real")), [1188.38, 1500.0])
        self.assertTrue(all(statement.is_valid for statement in self._get_lines().statement_id))

    def test_two_files_of_one_import_that_overlap_count_once(self):
        record = self._import(files.ccb(files.MOVEMENTS[:3]), files.ccb(files.MOVEMENTS[1:], Decimal("1500.00")))
        self.assertEqual((record.new_count, len(self._facts())), (4, 4))

    def test_a_bad_file_keeps_the_good_one_out(self):
        bad = files.ccb(files.MOVEMENTS[2:])
        bad[-1][6] = "9.99"
        record = self._upload(files.ccb(files.MOVEMENTS[:2]), bad)
        with self.assertRaisesRegex(UserError, "Nothing was imported. bank1.csv, row 5: the balance 9.99 does not follow"):
            record.action_import()
        self.assertEqual(self._facts(), [])
        record.action_check()
        self.assertEqual((record.error_count, record.file_ids.mapped("level")), (1, ["ok", "error"]))

    def test_a_missing_stretch_is_told_but_may_be_imported(self):
        self._import(files.ccb(files.MOVEMENTS[:1]))
        record = self._upload(files.ccb(files.MOVEMENTS[2:], Decimal("1487.50")))
        record.action_check()
        self.assertEqual(record.file_ids.level, "warning")
        self.assertIn("the balance was 1500.00 on 2026-08-01, the file goes on from 1487.50", record.file_ids.verdict)
        record.action_import()
        self.assertEqual(len(self._facts()), 3)

    def test_a_file_of_another_account_is_refused(self):
        record = self._upload(files.ccb(own="6200999900001111"), journal_id=self.bank_journal.id)
        record.action_check()
        self.assertIn("is of account 6200999900001111, not of 61001234567890123456", record.file_ids.verdict)
        self.assertEqual(record.file_ids.level, "error")

    def test_a_file_without_account_needs_the_bank_account_chosen(self):
        record = self._upload(files.icbc())
        record.action_check()
        self.assertIn("Which bank account is bank0.csv of?", record.file_ids.verdict)
        record.journal_id = self.bank_journal
        self.assertEqual((record.state, record.file_ids.ids), ("draft", []))
        record.action_import()
        self.assertEqual(len(self._facts()), 4)

    def test_a_masked_account_finds_its_journal(self):
        self.assertEqual(self._import(files.cmbc()).file_ids.journal_id, self.bank_journal)

    def test_two_accounts_in_one_file_are_refused(self):
        table = files.ccb()
        table[4][0] = "6200999900001111"
        record = self._upload(table)
        record.action_check()
        self.assertIn("holds several accounts", record.file_ids.verdict)

    def test_dollars_are_refused_in_a_yuan_account(self):
        table = files.ccb()
        for cells in table[3:]:
            cells[7] = "美元"
        record = self._upload(table)
        record.action_check()
        self.assertIn("is in another currency (美元)", record.file_ids.verdict)

    def test_every_fault_is_a_whole_sentence(self):
        record = self._upload(files.ccb())
        sentences = {**record._get_file_sentences(), **record._get_row_sentences()}
        for code in sentences:
            with self.subTest(code):
                told = record._get_sentence(code, {"name": "a.csv", "row": 5, "text": "x", "what": "in", "said": "1", "found": "2"})
                self.assertTrue(told.startswith("a.csv") and told.endswith(".") and "%(" not in told)

    def test_imported_files_and_states_are_not_changed_by_hand(self):
        record = self._import(files.ccb())
        for vals in ({"attachment_ids": [(5,)]}, {"state": "draft"}):
            with self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            record.action_import()
        with self.assertRaises(UserError):
            record.unlink()
        with self.assertRaises(UserError):
            self._upload(files.ccb()).write({"state": "done"})

    def test_a_key_is_unique_for_a_bank_account(self):
        self._import(files.ccb())
        line = self._get_lines()[0]
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.books["account.bank.statement.line"].sudo().create(
                {"journal_id": self.bank_journal.id, "date": date(2026, 8, 9), "amount": 1.0, "payment_ref": "x", "bank_key": line.bank_key}
            )

    def test_nobody_types_what_comes_from_the_bank(self):
        self._import(files.ccb())
        line = self._get_lines()[0]
        for vals in ({"bank_key": "x"}, {"bank_key": False}, {"bank_balance": 1.0}, {"bank_at": False}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "the system writes it"):
                line.write(vals)
        own = self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": date(2026, 8, 9), "amount": 1.0, "payment_ref": "x", "bank_key": "mine"}
        )
        self.assertFalse(own.bank_key)

    def test_a_company_imports_into_its_own_accounts_only(self):
        other = self.env["res.company"].create({"name": "Other", "country_id": self.env.ref("base.cn").id})
        journal = self.env["account.journal"].create({"name": "B", "code": "OB", "type": "bank", "company_id": other.id})
        with self.assertRaises(UserError):
            self._upload(files.ccb(), journal_id=journal.id)

    def test_a_closed_period_keeps_the_day_of_the_bank_and_takes_no_entry(self):
        self.company.sudo().fiscalyear_lock_date = date(2026, 8, 31)
        self._upload(files.ccb()).action_check()
        self._import(files.ccb())
        lines = self._get_lines()
        self.assertEqual(len(lines), 4)
        self.assertFalse(lines.move_id.filtered(lambda move: move.date <= date(2026, 8, 31)))
        self.assertEqual(
            [str(line.bank_at.date()) for line in lines.sorted("bank_at")], ["2026-08-01", "2026-08-01", "2026-08-03", "2026-08-05"]
        )

    def test_an_import_without_files_is_told(self):
        record = self.books["cosmetics.bank.import"].create({"company_id": self.company.id})
        for act in (record.action_check, record.action_import):
            with self.assertRaisesRegex(UserError, "Add the statement files"):
                act()

    def test_a_reader_looks_and_an_outsider_does_not(self):
        record = self._import(files.ccb())
        self.assertEqual(record.with_user(self.reader).file_ids.row_count, 4)
        self.assertTrue(record.with_user(self.reader).attachment_ids.raw)
        with self.assertRaises(AccessError):
            record.with_user(self.reader).action_check()
        with self.assertRaises(AccessError):
            self._upload(files.ccb(), user=self.reader)
        elsewhere = self._create_user("bank_elsewhere", "cosmetics_finance.group_accountant")
        with self.assertRaises(AccessError):
            record.with_user(elsewhere).with_context(allowed_company_ids=elsewhere.company_ids.ids).read(["name"])

    def test_a_format_of_ones_own_is_used_before_the_general_one(self):
        self.books["cosmetics.bank.profile"].create(
            {
                "name": "西安银行",
                "signature": "发生日|进账|出账",
                "date_headers": "发生日",
                "in_headers": "进账",
                "out_headers": "出账",
                "balance_headers": "结余",
            }
        )
        record = self._import([["发生日", "进账", "出账", "结余"], ["2026-08-01", "5.00", "", "5.00"]], journal_id=self.bank_journal.id)
        self.assertEqual((record.file_ids.profile_id.name, self._facts()), ("西安银行", [("2026-08-01", 5.0, "Bank movement")]))

    def test_a_format_without_amounts_is_refused(self):
        with self.assertRaisesRegex(UserError, "money in and money out"):
            self.books["cosmetics.bank.profile"].create({"name": "x", "date_headers": "日期", "in_headers": "进账"})
