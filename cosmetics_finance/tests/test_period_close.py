"""A month is closed when its list is met, and opened again by a second person."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03")
class TestPeriodClose(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.second = cls._create_user("close_second", "cosmetics_finance.group_accountant", **companies)

    def _create_close(self, user=None, **vals):
        closes = self.env["cosmetics.period.close"].with_user(user or self.accountant).with_company(self.company)
        return closes.create({"company_id": self.company.id, "year": "2026", "month": "5", **vals})

    def _close(self, **vals):
        close = self._create_close(**vals)
        close.action_number_vouchers()
        close.action_close()
        return close

    def _reopen(self, close, user, reason="A bill came late"):
        wizard = self.env["cosmetics.period.reopen"].with_user(user).create({"close_id": close.id, "reason": reason})
        wizard.action_confirm()

    def _get_unmet(self, close):
        close.action_check()
        return set(close.check_ids.filtered(lambda check: not check.is_met).mapped("subject"))

    def test_the_month_before_is_proposed(self):
        close = self.env["cosmetics.period.close"].with_user(self.accountant).with_company(self.company).create({})
        self.assertEqual((close.name, str(close.date_end), close.company_id), ("2026-05", "2026-05-31", self.company))

    def test_a_closed_month_takes_no_entry(self):
        self._enter("2026-05-01", ("1002", 10), ("5001", -10))
        close = self._close()
        self.assertEqual((close.state, close.closed_by_id), ("closed", self.accountant))
        late = self._enter("2026-05-20", ("1002", 10), ("5001", -10))
        # Core moves it to the next open day.
        self.assertEqual(str(late.date), "2026-06-03")
        self.assertEqual(self._get_amounts("balance", "1"), ["10.00"])

    def test_drafts_keep_the_month_open(self):
        draft = self.books["account.move"].create(self._prepare_entry("2026-05-01", ("1002", 10), ("5001", -10)))
        close = self._create_close()
        with self.assertRaisesRegex(UserError, "1 draft entries are left"):
            close.action_close()
        action = close.check_ids.filtered(lambda check: check.subject == "drafts").action_open()
        self.assertEqual(self.books["account.move"].search(action["domain"]), draft)

    def test_unreconciled_bank_lines_and_suspense_keep_the_month_open(self):
        self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": "2026-05-02", "payment_ref": "Customer", "amount": 50}
        )
        self.assertLessEqual({"bank", "suspense"}, self._get_unmet(self._create_close()))

    def test_an_account_without_a_row_keeps_the_month_open(self):
        odd = self.books["account.account"].create({"name": "Odd", "code": "990099", "account_type": "asset_current"})
        type(self).accounts = {**self.accounts, "990099": odd}
        self._enter("2026-05-01", ("9900", 7), ("3001", -7))
        self.assertLessEqual({"statements", "unmapped"}, self._get_unmet(self._create_close()))

    def test_vouchers_are_numbered_by_date_without_gaps(self):
        late = self._enter("2026-05-09", ("1002", 10), ("5001", -10))
        early = self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        other = self._enter("2026-04-02", ("1002", 10), ("5001", -10))
        close = self._create_close()
        self.assertIn("vouchers", self._get_unmet(close))
        close.action_number_vouchers()
        self.assertEqual((early.voucher_code, late.voucher_code, other.voucher_code), ("记-0001", "记-0002", False))
        self.assertNotIn("vouchers", self._get_unmet(close))

    def test_a_voucher_set_back_to_draft_leaves_a_gap_that_is_found(self):
        first = self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        self._enter("2026-05-09", ("1002", 10), ("5001", -10))
        close = self._create_close()
        close.action_number_vouchers()
        first.button_draft()
        first.unlink()
        self.assertIn("vouchers", self._get_unmet(close))
        self.assertIn("missing: 1", close.check_ids.filtered(lambda check: check.subject == "vouchers").name)

    def test_who_has_closed_does_not_open_again(self):
        close = self._close()
        with self.assertRaisesRegex(UserError, "second accountant"):
            self._reopen(close, self.accountant)
        self.assertEqual(close.state, "closed")

    def test_a_second_person_opens_again_and_the_reason_stays(self):
        close = self._close()
        self._reopen(close, self.second)
        self.assertEqual((close.state, str(self.company.fiscalyear_lock_date)), ("open", "2026-04-30"))
        self.assertIn("A bill came late", close.message_ids[0].body)
        self.assertEqual(str(self._enter("2026-05-20", ("1002", 10), ("5001", -10)).date), "2026-05-20")

    def test_only_the_last_closed_month_opens_again(self):
        april = self._close(month="4")
        self._close()
        with self.assertRaisesRegex(UserError, "2026-05 is closed too"):
            self._reopen(april, self.second)

    def test_the_cash_flow_of_a_closed_month_stays_as_it_was_handed_in(self):
        bill = self._enter("2026-05-01", ("1601", 100), ("2202", -100, self.other))
        payment = self._enter("2026-05-02", ("2202", 100, self.other), ("1002", -100))
        close = self._close()
        lines = (bill | payment).line_ids.filtered(lambda line: line.account_id.account_type == "liability_payable")
        lines.reconcile()
        self.assertEqual(self._get_amounts("cash_flow", "3", "12"), ["100.00", "0.00"])
        with self.assertRaisesRegex(UserError, "closed through"):
            payment.line_ids[0].cash_flow_row_id = self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_16")
        self._reopen(close, self.second)
        self.assertEqual(self._get_amounts("cash_flow", "3", "12"), ["0.00", "100.00"])

    def test_the_closing_entry_of_the_year_changes_no_statement(self):
        self._enter("2025-03-01", ("1002", 1000), ("5001", -1000))
        self._enter("2025-12-05", ("5602", 300), ("1002", -300))
        before = [
            self._get_amounts("balance", "51", "53", year="2025", month="12"),
            self._get_amounts("income", "1", "14", "32", year="2025", month="12"),
        ]
        close = self._create_close(year="2025", month="12")
        action = close.action_close_year()
        move = self.books["account.move"].browse(action["res_id"])
        move.action_post()
        profit = move.line_ids.filtered(lambda line: line.account_id.code.startswith("3103"))
        self.assertEqual((profit.balance, len(move.line_ids)), (-700, 3))
        after = [
            self._get_amounts("balance", "51", "53", year="2025", month="12"),
            self._get_amounts("income", "1", "14", "32", year="2025", month="12"),
        ]
        self.assertEqual((before, after[1]), (after, ["1000.00", "300.00", "700.00"]))
        with self.assertRaisesRegex(UserError, "nothing to close"):
            close.action_close_year()

    def test_a_closed_month_cannot_be_deleted(self):
        close = self._close()
        with self.assertRaises(UserError):
            close.unlink()

    def test_a_month_is_in_the_list_once(self):
        self._create_close()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._create_close()

    def test_the_reader_sees_the_list_and_closes_nothing(self):
        close = self._create_close()
        self.assertEqual(close.with_user(self.reader).name, "2026-05")
        with self.assertRaises(AccessError):
            close.with_user(self.reader).action_check()
        with self.assertRaises(AccessError):
            close.with_user(self.reader).write({"state": "closed"})
