"""Edges of the period close and of voucher numbers."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03")
class TestPeriodCloseEdges(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.second = cls._create_user("close_edges_second", "cosmetics_finance.group_accountant", **companies)

    def _create_close(self, month="5"):
        closes = self.env["cosmetics.period.close"].with_user(self.accountant).with_company(self.company)
        return closes.create({"company_id": self.company.id, "year": "2026", "month": month})

    def _get_check(self, close, subject):
        close.action_check()
        return close.check_ids.filtered(lambda check: check.subject == subject)[:1]

    def test_a_closed_month_is_not_numbered_again(self):
        self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        close = self._create_close()
        close.action_number_vouchers()
        close.action_close()
        with self.assertRaisesRegex(UserError, "closed through"):
            close.action_number_vouchers()

    def test_a_reason_of_blanks_is_none(self):
        close = self._create_close()
        close.action_close()
        wizard = self.env["cosmetics.period.reopen"].with_user(self.second).create({"close_id": close.id, "reason": "  "})
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.action_confirm()

    def test_the_state_is_set_by_the_buttons_alone(self):
        close = self._create_close()
        close.action_close()
        for vals in ({"state": "open"}, {"closed_by_id": self.second.id}, {"closed_at": False}):
            with self.assertRaisesRegex(AccessError, "cannot be entered"):
                close.write(vals)
        with self.assertRaisesRegex(AccessError, "cannot be entered"):
            close.create({"company_id": self.company.id, "year": "2026", "month": "4", "state": "closed"})
        forged = close.with_context(default_state="closed", default_closed_by_id=self.second.id)
        april = forged.create({"company_id": self.company.id, "year": "2026", "month": "4"})
        self.assertEqual((close.state, close.closed_by_id, april.state, len(april.closed_by_id)), ("closed", self.accountant, "open", 0))

    def test_an_open_month_cannot_be_opened_again(self):
        wizard = self.env["cosmetics.period.reopen"].with_user(self.second).create({"close_id": self._create_close().id, "reason": "x"})
        with self.assertRaisesRegex(UserError, "open already"):
            wizard.action_confirm()

    def test_a_hard_lock_date_keeps_the_month_closed_for_good(self):
        close = self._create_close()
        close.action_close()
        self.company.hard_lock_date = "2026-05-31"
        wizard = self.env["cosmetics.period.reopen"].with_user(self.second).create({"close_id": close.id, "reason": "x"})
        with self.assertRaisesRegex(UserError, "for good"):
            wizard.action_confirm()

    def test_closing_an_earlier_month_never_moves_the_lock_date_back(self):
        self._create_close().action_close()
        self._create_close(month="4").action_close()
        self.assertEqual(str(self.company.fiscalyear_lock_date), "2026-05-31")

    def test_a_closed_month_keeps_its_month(self):
        close = self._create_close()
        close.action_close()
        with self.assertRaises(UserError):
            close.month = "4"

    def test_open_foreign_currency_is_named_and_closes_all_the_same(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        values = self._prepare_entry("2026-05-02", ("112200", 70, self.partner), ("5001", -70))
        values["line_ids"][0][2].update(currency_id=dollar.id, amount_currency=10)
        self.books["account.move"].create(values).action_post()
        close = self._create_close()
        close.action_number_vouchers()
        check = self._get_check(close, "exchange")
        self.assertEqual((check.is_met, check.is_required), (False, False))
        close.action_close()
        self.assertEqual(close.state, "closed")

    def test_a_finding_opens_what_it_is_about(self):
        self._enter("2026-05-02", ("1002", 50), (self.bank_journal.suspense_account_id.code, -50))
        check = self._get_check(self._create_close(), "suspense")
        action = check.with_user(self.reader).action_open()
        self.assertEqual(self.env[action["res_model"]].with_user(self.reader).search(action["domain"]).mapped("balance"), [-50])
        statement = self._get_check(self._create_close(month="4"), "statements").action_open()
        self.assertEqual(statement["res_model"], "cosmetics.statement.report")

    def test_an_entry_moved_to_another_month_leaves_its_number(self):
        move = self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        self._create_close().action_number_vouchers()
        move.button_draft()
        self.assertFalse(move.voucher_code)

    def test_a_copy_has_no_number(self):
        move = self._enter("2026-05-02", ("1002", 10), ("5001", -10))
        self._create_close().action_number_vouchers()
        self.assertEqual((move.voucher_code, move.copy().voucher_code), ("记-0001", False))

    def test_a_cash_flow_rule_has_one_row_for_a_direction(self):
        row = self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_4").with_user(self.accountant)
        with self.assertRaisesRegex(ValidationError, "5602 belong to two rows"):
            row.outflow_accounts = "2211 5602"
