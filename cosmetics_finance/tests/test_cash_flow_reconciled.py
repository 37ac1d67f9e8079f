"""Cash flows through real documents: invoices, credit notes, payments, exchange differences."""

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestCashFlowReconciled(StatementCommon):
    def _get_flows(self):
        figures = self._create_report("cash_flow")._get_figures()[0]
        totals = {"7", "13", "19", "20", "21", "22"}
        return {code: float(amounts[0]) for code, amounts in figures.items() if amounts[0] and code not in totals}

    def _create_invoice(self, move_type="out_invoice", account="5001", price=100, **vals):
        """Post an invoice of one line without tax."""
        line = {
            "name": "Line",
            "quantity": 1,
            "price_unit": price,
            "tax_ids": [Command.clear()],
            "account_id": self._find_account(account).id,
        }
        partner = self.partner if move_type.startswith("out") else self.other
        invoice = self.books["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": "2026-05-01",
                "invoice_line_ids": [Command.create(line)],
                **vals,
            }
        )
        invoice.action_post()
        return invoice

    def _pay(self, invoices):
        """Pay as the accountant does, through the bank journal."""
        register = self.books["account.payment.register"].with_context(active_model="account.move", active_ids=invoices.ids)
        register.create({"payment_date": "2026-05-05", "journal_id": self.bank_journal.id}).action_create_payments()

    def test_a_customer_pays_an_invoice(self):
        self._pay(self._create_invoice())
        self.assertEqual(self._get_flows(), {"1": 100})

    def test_a_customer_gets_the_money_of_a_credit_note_back(self):
        self._pay(self._create_invoice())
        self._pay(self._create_invoice("out_refund", price=40))
        self.assertEqual(self._get_flows(), {"1": 60})

    def test_a_bill_for_advertising_is_other_operating_money(self):
        self._pay(self._create_invoice("in_invoice", account="560102"))
        self.assertEqual(self._get_flows(), {"6": 100})

    def test_a_bill_for_goods_and_a_machine_is_shared(self):
        bill = self._create_invoice("in_invoice", account="1405", price=75)
        machine = self._create_invoice("in_invoice", account="1601", price=25)
        self._pay(bill | machine)
        self.assertEqual(self._get_flows(), {"3": 75, "12": 25})

    def test_the_sale_of_a_machine_on_credit_is_no_sale_of_goods(self):
        self._pay(self._create_invoice(account="1606", price=500))
        self.assertEqual(self._get_flows(), {"10": 500})

    def test_two_payments_of_one_bill_each_have_their_day(self):
        bill = self._create_invoice("in_invoice", account="1601")
        for day, amount in (("2026-04-30", 30), ("2026-05-30", 70)):
            payment = self._enter(day, ("2202", amount, self.other), ("1002", -amount))
            (bill | payment).line_ids.filtered(lambda line: line.account_id.account_type == "liability_payable").reconcile()
        figures = self._create_report("cash_flow")._get_figures()[0]
        self.assertEqual(figures["12"], [100, 70])

    def test_an_invoice_changed_after_its_payment_changes_the_flow(self):
        bill = self._create_invoice("in_invoice", account="1405")
        self._pay(bill)
        self.assertEqual(self._get_flows(), {"3": 100})
        bill.invoice_line_ids.account_id = self._find_account("1601")
        self.assertEqual(self._get_flows(), {"12": 100})

    def test_a_till_that_takes_cash_and_cards_in_one_entry(self):
        self._enter("2026-05-01", ("1001", 500), ("112201", 300), ("5001", -708), ("22210107", -92))
        self.assertEqual(self._get_flows(), {"1": 500})

    def test_a_fee_kept_back_by_the_platform_is_money_not_received(self):
        self._enter("2026-05-01", ("1002", 95), ("560104", 5), ("112200", -100, self.partner))
        self.assertEqual(self._get_flows(), {"1": 95})

    def test_several_cash_accounts_of_one_entry_count_together(self):
        self._enter("2026-05-01", ("1002", 60), ("1001", 40), ("5001", -100))
        self.assertEqual(self._get_flows(), {"1": 100})

    def test_one_line_named_by_hand_leaves_the_other_to_the_rules(self):
        move = self._enter("2026-05-01", ("1002", 60), ("1001", 40), ("2241", -100))
        bank = move.line_ids.filtered(lambda line: line.balance == 60)
        bank.cash_flow_row_id = self.env.ref("cosmetics_finance.statement_row_cn_cash_flow_14")
        self.assertEqual(self._get_flows(), {"14": 60, "2": 40})

    def test_the_exchange_difference_of_a_payment_moves_no_money(self):
        journal = self.company.currency_exchange_journal_id
        bill = self._create_invoice("in_invoice", account="1601")
        values = {**self._prepare_entry("2026-05-05", ("2202", 10, self.other), ("530102", -10)), "journal_id": journal.id}
        difference = self.books["account.move"].create(values)
        difference.action_post()
        payment = self._enter("2026-05-05", ("2202", 90, self.other), ("1002", -90))
        moves = bill | difference | payment
        moves.line_ids.filtered(lambda line: line.account_id.account_type == "liability_payable").reconcile()
        self.assertEqual(self._get_flows(), {"12": 90})
