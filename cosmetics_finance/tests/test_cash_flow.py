"""The cash-flow statement by the direct method: what money belongs to, also when it is reconciled later."""

import json

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestCashFlow(StatementCommon):
    def _get_flows(self, user=None, **vals):
        """Return {row number: amount} of the rows that are not zero, without totals and the opening."""
        report = self._create_report("cash_flow", user=user, **vals)
        figures = report._get_figures()[0]
        rows = report._get_statement().row_ids.filtered(lambda row: row.kind == "amount" and row.role != "opening_cash")
        return {row.code: float(figures[row.code][0]) for row in rows if figures[row.code][0]}

    def _reconcile(self, *moves, prefix):
        """Reconcile the lines of an account, as the accountant does."""
        lines = self.books["account.move.line"].browse([line.id for move in moves for line in move.line_ids])
        lines.filtered(lambda line: line.account_id.code.startswith(prefix)).reconcile()

    def test_each_kind_of_movement_has_its_row(self):
        self._enter("2026-05-01", ("1002", 113), ("5001", -100), ("22210107", -13))
        self._enter("2026-05-01", ("1002", 7), ("5301", -7))
        self._enter("2026-05-02", ("2202", 20, self.other), ("1002", -20))
        self._enter("2026-05-02", ("2211", 30), ("1001", -30))
        self._enter("2026-05-03", ("222102", 4), ("1002", -4))
        self._enter("2026-05-03", ("5602", 6), ("1001", -6))
        self._enter("2026-05-04", ("1601", 50), ("1002", -50))
        self._enter("2026-05-04", ("1002", 500), ("2001", -500))
        self._enter("2026-05-05", ("1002", 1000), ("3001", -1000))
        self._enter("2026-05-05", ("560301", 9), ("1002", -9))
        self._enter("2026-05-06", ("2232", 11), ("1002", -11))
        self.assertEqual(
            self._get_flows(),
            {"1": 113, "2": 7, "3": 20, "4": 30, "5": 4, "6": 6, "12": 50, "14": 500, "15": 1000, "17": 9, "18": 11},
        )

    def test_cash_taken_to_the_bank_is_no_flow(self):
        self._enter("2026-05-01", ("1002", 100), ("1001", -100))
        self.assertEqual(self._get_flows(), {})

    def test_a_refund_to_a_customer_reduces_what_customers_paid(self):
        self._enter("2026-05-01", ("1002", 100), ("5001", -100))
        self._enter("2026-05-02", ("5001", 30), ("1002", -30))
        self.assertEqual(self._get_flows(), {"1": 70})

    def test_several_counterparts_share_to_the_cent(self):
        self._enter("2026-05-01", ("5602", 33.33), ("2202", 33.33, self.other), ("1601", 33.34), ("1002", -100))
        flows = self._get_flows()
        self.assertEqual((sum(flows.values()), flows["12"]), (100, 33.34))

    def test_wages_after_deductions_are_what_was_paid(self):
        self._enter("2026-05-01", ("2211", 10000), ("222115", -1500), ("2241", -500), ("1002", -8000))
        self.assertEqual(self._get_flows(), {"4": 8000})

    def test_a_payment_belongs_to_what_the_bill_bought(self):
        bill = self._enter("2026-05-01", ("1601", 100), ("2202", -100, self.other))
        payment = self._enter("2026-05-02", ("2202", 100, self.other), ("1002", -100))
        self.assertEqual(self._get_flows(), {"3": 100})
        self._reconcile(bill, payment, prefix="2202")
        self.assertEqual(self._get_flows(), {"12": 100})

    def test_undoing_the_reconciliation_takes_it_back(self):
        bill = self._enter("2026-05-01", ("1601", 100), ("2202", -100, self.other))
        payment = self._enter("2026-05-02", ("2202", 100, self.other), ("1002", -100))
        self._reconcile(bill, payment, prefix="2202")
        self._get_flows()
        payment.line_ids.remove_move_reconcile()
        self.assertEqual(self._get_flows(), {"3": 100})

    def test_a_bill_paid_by_halves_shares_with_what_is_not_reconciled(self):
        bill = self._enter("2026-05-01", ("1601", 40), ("2202", -40, self.other))
        payment = self._enter("2026-05-02", ("2202", 100, self.other), ("1002", -100))
        self._reconcile(bill, payment, prefix="2202")
        self.assertEqual(self._get_flows(), {"3": 60, "12": 40})

    def test_tax_and_cost_of_goods_of_an_invoice_follow_the_sale(self):
        tax = self.books["account.tax"].search(
            [("type_tax_use", "=", "sale"), ("amount", "=", 13), ("price_include_override", "!=", "tax_included")]
        )[:1]
        line = Command.create({"name": "Cream", "quantity": 1, "price_unit": 100, "tax_ids": [Command.set(tax.ids)]})
        invoice = self.books["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.partner.id, "invoice_date": "2026-05-01", "invoice_line_ids": [line]}
        )
        invoice.action_post()
        payment = self._enter("2026-05-02", ("1002", 113), ("112200", -113, self.partner))
        self._reconcile(invoice, payment, prefix="1122")
        self.assertEqual((tax.amount, self._get_flows()), (13, {"1": 113}))

    def test_money_through_an_outstanding_account_is_followed_to_the_bill(self):
        """Outside of cash, the account hands on to the payment, and the payment to the bill."""
        passing = self.books["account.account"].create(
            {"name": "Payments on their way", "code": "229900", "account_type": "liability_current", "reconcile": True}
        )
        type(self).accounts = {**self.accounts, "229900": passing}
        bill = self._enter("2026-05-01", ("1601", 100), ("2202", -100, self.other))
        payment = self._enter("2026-05-02", ("2202", 100, self.other), ("2299", -100))
        bank = self._enter("2026-05-03", ("2299", 100), ("1002", -100))
        self._reconcile(bill, payment, prefix="2202")
        self._reconcile(payment, bank, prefix="2299")
        self.assertEqual(self._get_flows(), {"12": 100})

    def test_a_bank_line_moves_from_suspense_to_the_invoice(self):
        statement_line = self.books["account.bank.statement.line"].create(
            {"journal_id": self.bank_journal.id, "date": "2026-05-02", "payment_ref": "Customer", "amount": 50}
        )
        self.assertEqual(self._get_flows(), {})
        suspense = statement_line.move_id.line_ids.filtered(lambda line: line.account_id == self.bank_journal.suspense_account_id)
        suspense.account_id = self._find_account("112200")
        self.assertEqual(self._get_flows(), {"1": 50})

    def test_an_entry_set_back_to_draft_is_gone(self):
        move = self._enter("2026-05-01", ("1002", 100), ("5001", -100))
        self._get_flows()
        move.button_draft()
        self.assertEqual(self._get_flows(), {})

    def test_the_accountant_names_the_row_and_the_entry_keeps_the_trace(self):
        move = self._enter("2026-05-01", ("2241", 100), ("1002", -100))
        self.assertEqual(self._get_flows(), {"6": 100})
        line = move.line_ids.filtered(lambda line: line.balance < 0)
        line.cash_flow_row_id = self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_16")
        self.assertEqual(self._get_flows(), {"16": 100})
        self.assertIn("Repay", move.message_ids[0].body)

    def test_a_row_of_another_chart_is_refused(self):
        move = self._enter("2026-05-01", ("2241", 100), ("1002", -100))
        with self.assertRaisesRegex(ValidationError, "takes no cash flow"):
            move.line_ids[0].cash_flow_row_id = self.env.ref("cosmetics_finance.statement_row_cn_large_bis_cash_flow_sales")

    def test_money_without_a_rule_counts_as_other_and_is_named(self):
        odd = self.books["account.account"].create({"name": "Odd", "code": "990099", "account_type": "asset_current"})
        type(self).accounts = {**self.accounts, "990099": odd}
        self._enter("2026-05-01", ("9900", 5), ("1002", -5))
        self.assertEqual(self._get_flows(), {"6": 5})
        report = self._create_report("cash_flow")
        self.assertTrue([warning for warning in report._get_warnings() if warning["subject"] == "unmatched"])
        lines = self.env["account.move.line"].with_user(self.reader).search(report.action_open_warning("unmatched")["domain"])
        self.assertEqual(lines.mapped("balance"), [-5])

    def test_changed_rules_count_at_once(self):
        self._enter("2026-05-01", ("5602", 100), ("1002", -100))
        self._get_flows()
        rows = self.env["cosmetics.statement.row"].with_user(self.accountant)
        other = rows.browse(self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_6").id)
        other.outflow_accounts = other.outflow_accounts.replace("5602 ", "")
        rows.browse(self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_4").id).outflow_accounts = "2211 5602"
        self.assertEqual(self._get_flows(), {"4": 100})

    def test_an_amount_opens_the_cash_behind_it(self):
        self._enter("2026-05-01", ("1002", 113), ("5001", -113))
        self._enter("2026-04-01", ("2211", 30), ("1001", -30))
        report = self._create_report("cash_flow")
        items = self.env["account.move.line"].with_user(self.reader)
        sums = [sum(items.search(report.action_open_items(code, 0)["domain"]).mapped("balance")) for code in ("1", "4", "7", "22")]
        self.assertEqual(sums, [113, -30, 83, 83])
        # What is opened goes through the wire.
        self.assertIn("cash_flow_ids", json.dumps(report.action_open_items("1", 0), default=str))
        self.assertNotIn("Domain(", json.dumps(report.action_open_items("1", 0), default=repr))

    def test_cash_at_the_end_is_the_cash_of_the_balance_sheet(self):
        self._enter("2025-12-01", ("1002", 100), ("3001", -100))
        self._enter("2026-05-01", ("1012", 40), ("1002", -40))
        self._enter("2026-05-02", ("5602", 7), ("1001", -7))
        figures = self._create_report("cash_flow")._get_figures()[0]
        self.assertEqual((figures["21"], figures["22"]), ([100, 100], [93, 93]))
        self.assertTrue(self._create_report("cash_flow")._get_checks()[1]["is_met"])

    def test_the_night_works_out_what_the_page_then_shows(self):
        move = self._enter("2026-05-01", ("1002", 113), ("5001", -113))
        self.env["cosmetics.cash.flow"]._cron_fill()
        self.assertEqual(move.cash_flow_ids.mapped("amount"), [113])

    def test_the_reader_names_no_row(self):
        move = self._enter("2026-05-01", ("2241", 100), ("1002", -100))
        with self.assertRaises(AccessError):
            move.line_ids.with_user(self.reader).cash_flow_row_id = self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_16")
