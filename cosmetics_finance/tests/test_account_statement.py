"""Statements of account: their figures, their way from draft to answer, and what nobody may change."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_due import DueCommon


class AccountStatementCommon(DueCommon):
    @classmethod
    def _create_statement(cls, **vals):
        """Return the statement of a customer over April 2026, made by the accountant."""
        return cls.books["cosmetics.account.statement"].create(
            {
                "company_id": cls.company.id,
                "partner_id": cls.partner.id,
                "date_begin": "2026-04-01",
                "date_end": "2026-04-30",
                **vals,
            }
        )

    @classmethod
    def _create_sent(cls, **vals):
        """Return a statement over one invoice of 300 that was handed over."""
        cls._create_invoice("2026-04-10", 300)
        statement = cls._create_statement(**vals)
        statement.action_mark_sent()
        return statement

    def _get_figures(self, statement):
        return statement.opening, statement.increase, statement.decrease, statement.closing


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestAccountStatementFigures(AccountStatementCommon):
    def test_opening_documents_payments_and_closing(self):
        self._create_invoice("2026-03-05", 1000)
        invoice = self._create_invoice("2026-04-10", 300)
        self._pay(invoice, 120, "2026-04-20")
        statement = self._create_statement()
        self.assertEqual(self._get_figures(statement), (1000, 300, 120, 1180))
        self.assertEqual(statement.line_ids.mapped("balance"), [1300, 1180])

    def test_each_document_has_its_type(self):
        invoice = self._create_invoice("2026-04-10", 300)
        self._pay(invoice, 120, "2026-04-20")
        self._create_invoice("2026-04-25", 30, move_type="out_refund")
        self._enter("2026-04-28", ("1122", 8, self.partner), ("5001", -8))
        statement = self._create_statement()
        self.assertEqual(statement.line_ids.mapped("document"), ["invoice", "payment", "credit_note", "entry"])
        self.assertEqual(statement.closing, 158)

    def test_first_and_last_day_belong_to_the_period(self):
        for day in ("2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01"):
            self._create_invoice(day, 10)
        self.assertEqual(self._get_figures(self._create_statement()), (10, 20, 0, 30))

    def test_a_red_credit_note_is_a_negative_invoice(self):
        self.company.account_storno = True
        self._create_invoice("2026-04-10", 300)
        self._create_invoice("2026-04-25", 30, move_type="out_refund")
        self.assertEqual(self._get_figures(self._create_statement()), (0, 270, 0, 270))

    def test_a_vendor_statement_says_what_is_owed_to_the_vendor(self):
        bill = self._create_invoice("2026-03-10", 500, move_type="in_invoice")
        self._create_invoice("2026-04-10", 70, move_type="in_invoice")
        self._pay(bill, 500, "2026-04-20")
        statement = self._create_statement(partner_id=self.other.id, kind="payable")
        self.assertEqual(self._get_figures(statement), (500, 70, 500, 70))

    def test_instalments_of_an_invoice_are_one_line(self):
        halves = [Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 30)]
        term = self.books["account.payment.term"].create({"name": "Halves", "line_ids": halves})
        self._create_invoice("2026-04-10", 300, invoice_payment_term_id=term.id)
        self.assertEqual(self._create_statement().line_ids.mapped("increase"), [300])

    def test_drafts_and_other_partners_stay_out(self):
        self._create_invoice("2026-04-10", 300).button_draft()
        self._create_invoice("2026-04-10", 40, partner=self.other)
        self.assertEqual(self._get_figures(self._create_statement()), (0, 0, 0, 0))

    def test_the_items_of_an_address_belong_to_its_company(self):
        self.partner.is_company = True
        address = self.env["res.partner"].create({"name": "Branch", "parent_id": self.partner.id, "type": "invoice"})
        self._enter("2026-04-10", ("1122", 80, address), ("5001", -80))
        self.assertEqual(self._create_statement().closing, 80)
        with self.assertRaisesRegex(UserError, "is an address of"):
            self._create_statement(partner_id=address.id)

    def test_statements_follow_each_other_without_a_gap(self):
        for day, amount in (("2026-03-10", 11.11), ("2026-04-10", 22.22), ("2026-05-10", 33.33)):
            self._create_invoice(day, amount)
        april = self._create_statement()
        may = self._create_statement(date_begin="2026-05-01", date_end="2026-05-31")
        self.assertEqual((april.closing, may.opening, may.closing), (33.33, 33.33, 66.66))

    def test_the_closing_is_the_sum_of_the_due_list_when_the_period_ends_today(self):
        self._pay(self._create_invoice("2026-04-10", 99.99), 33.33, "2026-05-02")
        self._create_invoice("2026-05-20", 0.01)
        statement = self._create_statement(date_begin="2026-05-01", date_end="2026-05-20")
        self.assertAlmostEqual(statement.closing, sum(self._get_due(kind="receivable").mapped("amount")), 2)

    def test_the_figures_follow_the_period_while_it_is_a_draft(self):
        self._create_invoice("2026-03-10", 300)
        statement = self._create_statement()
        statement.write({"date_begin": "2026-03-01", "date_end": "2026-03-31"})
        self.assertEqual((self._get_figures(statement), len(statement.line_ids)), ((0, 300, 0, 300), 1))

    def test_refresh_takes_new_entries(self):
        statement = self._create_statement()
        self._create_invoice("2026-04-10", 300)
        self.assertEqual(statement.closing, 0)
        statement.action_refresh()
        self.assertEqual(statement.closing, 300)

    def test_last_month_is_the_period_unless_told(self):
        statement = self.books["cosmetics.account.statement"].new({})
        self.assertEqual((statement.date_begin, statement.date_end), (date(2026, 4, 1), date(2026, 4, 30)))

    def test_a_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._create_statement(date_end="2026-03-01")
            self.env.flush_all()

    def test_one_statement_for_a_partner_and_period(self):
        self._create_statement()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._create_statement()


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestAccountStatementStates(AccountStatementCommon):
    def test_a_sent_statement_keeps_its_figures(self):
        statement = self._create_sent()
        self._create_invoice("2026-04-11", 55)
        self.assertEqual((statement.state, statement.closing), ("sent", 300))
        with self.assertRaisesRegex(UserError, "is in state Sent"):
            statement.action_refresh()

    def test_a_sent_statement_keeps_its_period(self):
        with self.assertRaisesRegex(UserError, "is in state Sent"):
            self._create_sent().date_end = "2026-05-31"

    def test_a_paper_that_the_books_left_behind_is_not_handed_over(self):
        statement = self._create_statement()
        self._create_invoice("2026-04-11", 55)
        with self.assertRaisesRegex(UserError, "have changed since"):
            statement.action_mark_sent()

    def test_the_partner_confirms(self):
        statement = self._create_sent()
        statement.action_confirm()
        self.assertEqual((statement.state, statement.partner_balance, statement.difference), ("confirmed", 300, 0))
        self.assertEqual(statement.answered_by_id, self.accountant)

    def test_a_difference_has_an_amount_and_a_reason(self):
        statement = self._create_sent()
        statement.write({"partner_balance": 250, "difference_reason": "Goods came back on the 29th"})
        statement.action_differ()
        self.assertEqual((statement.state, statement.difference), ("differs", -50))

    def test_a_difference_without_a_reason_is_refused(self):
        statement = self._create_sent()
        statement.write({"partner_balance": 250, "difference_reason": "  "})
        with self.assertRaisesRegex(UserError, "why the balances differ"):
            statement.action_differ()

    def test_a_difference_of_nothing_is_refused(self):
        statement = self._create_sent()
        statement.write({"partner_balance": 300.0, "difference_reason": "None"})
        with self.assertRaisesRegex(UserError, "is ours"):
            statement.action_differ()

    def test_a_difference_that_is_cleared_is_confirmed(self):
        statement = self._create_sent()
        statement.write({"partner_balance": 250, "difference_reason": "Under way"})
        statement.action_differ()
        statement.action_confirm()
        self.assertEqual((statement.state, statement.difference, statement.difference_reason), ("confirmed", 0, "Under way"))

    def test_a_confirmed_statement_stays(self):
        statement = self._create_sent()
        statement.action_confirm()
        for act in (statement.action_draft, statement.action_differ, statement.unlink):
            with self.assertRaisesRegex(UserError, "is in state Confirmed"):
                act()
        with self.assertRaisesRegex(UserError, "is in state Confirmed"):
            statement.partner_balance = 1

    def test_a_statement_taken_back_has_the_figures_of_now(self):
        statement = self._create_sent()
        self._create_invoice("2026-04-11", 55)
        statement.action_draft()
        self.assertEqual((statement.state, statement.closing, statement.sent_at), ("draft", 355, False))

    def test_only_a_draft_is_deleted(self):
        self._create_statement().unlink()
        with self.assertRaisesRegex(UserError, "is in state Sent"):
            self._create_sent().unlink()

    def test_an_answer_before_sending_is_refused(self):
        statement = self._create_statement()
        with self.assertRaisesRegex(UserError, "is in state Draft"):
            statement.partner_balance = 5
        with self.assertRaisesRegex(UserError, "is in state Draft"):
            statement.action_confirm()

    def test_nobody_writes_figures_and_state(self):
        statement = self._create_statement()
        for vals in ({"closing": 1}, {"state": "confirmed"}, {"opening": 1}, {"line_ids": [Command.clear()]}, {"answered_by_id": 2}):
            with self.assertRaisesRegex(UserError, "cannot be entered"):
                statement.write(vals)
        with self.assertRaisesRegex(UserError, "State, Closing Balance|Closing Balance, State"):
            self._create_statement(partner_id=self.other.id, closing=5, state="sent")
        forged = self.books["cosmetics.account.statement"].with_context(default_state="sent", default_answered_by_id=self.accountant.id)
        fresh = forged.create({"partner_id": self.other.id, "date_begin": "2026-04-01", "date_end": "2026-04-30"})
        self.assertEqual((fresh.state, len(fresh.answered_by_id)), ("draft", 0))

    def test_nobody_writes_the_lines(self):
        self._create_invoice("2026-04-10", 300)
        line = self._create_statement().line_ids
        for act in (lambda: line.write({"increase": 1}), line.unlink, lambda: line.copy({"sequence": 9})):
            with self.assertRaises(AccessError):
                act()

    def test_the_trace_of_the_state_is_kept(self):
        statement = self._create_sent()
        self._end_transaction()
        statement.action_confirm()
        self._end_transaction()
        values = statement.sudo().message_ids.tracking_value_ids.filtered(lambda value: value.field_id.name == "state")
        self.assertIn("Confirmed", values.mapped("new_value_char"))

    def _end_transaction(self):
        """Traces are written when a transaction ends."""
        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()

    def test_a_statement_survives_its_entry(self):
        invoice = self._create_invoice("2026-04-10", 300)
        statement = self._create_statement()
        statement.action_mark_sent()
        name = invoice.name
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        self.assertEqual((statement.line_ids.move_id.id, statement.line_ids.move_name, statement.closing), (False, name, 300))


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestAccountStatementRights(AccountStatementCommon):
    def test_a_reader_reads_and_changes_nothing(self):
        statement = self._create_sent().with_user(self.reader)
        self.assertEqual((statement.closing, statement.line_ids.balance), (300, 300))
        for act in (
            statement.action_confirm,
            lambda: statement.write({"partner_balance": 1}),
            lambda: self._create_statement(partner_id=self.other.id).with_user(self.reader).action_mark_sent(),
            lambda: statement.create({"partner_id": self.other.id, "company_id": self.company.id}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_a_reader_neither_refreshes_nor_takes_back(self):
        sent = self._create_sent().with_user(self.reader)
        with self.assertRaises(AccessError):
            sent.action_draft()
        draft = self._create_statement(partner_id=self.other.id).with_user(self.reader)
        for act in (draft.action_refresh, draft.action_send):
            with self.assertRaises(AccessError):
                act()

    def test_another_company_sees_nothing(self):
        statement = self._create_sent()
        outsider = self._create_user("statement_outsider", "cosmetics_finance.group_accountant")
        for model, ids in (("cosmetics.account.statement", statement.ids), ("cosmetics.account.statement.line", statement.line_ids.ids)):
            self.assertFalse(self.env[model].with_user(outsider).search([("id", "in", ids)]))

    def test_an_employee_without_a_role_reads_no_statement(self):
        statement = self._create_sent()
        with self.assertRaises(AccessError):
            statement.with_user(self._create_user("statement_employee")).read(["closing"])
