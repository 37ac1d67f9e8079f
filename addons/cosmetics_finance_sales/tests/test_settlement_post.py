"""A confirmed settlement is posted to the cent, once, and taken back when it is opened again."""

from decimal import Decimal

from odoo import Command
from odoo.addons.cosmetics_sales.tests import settlement_files as files
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_settlement_post import SettlementPostCommon


@tagged("post_install", "-at_install")
class TestSettlementPost(SettlementPostCommon):
    def _confirm(self, *rows):
        """Return a confirmed settlement of rows of (flow, order, gross, refund, fee)."""
        settlement = self._settle(files.douyin(*(tuple(map(Decimal, row[2:])) and (*row[:2], *map(Decimal, row[2:])) for row in rows)))
        settlement.with_user(self.books_keeper).action_accept_suggestions()
        for match in settlement.match_ids.filtered(lambda each: not each.explanation):
            match.with_user(self.books_keeper).explanation = "other"
        settlement.with_user(self.books_keeper).action_confirm()
        return settlement.with_user(self.books_keeper)

    def _invoice(self, order, amount=100.0):
        """Post an invoice of an order over an amount without tax."""
        line = {
            "name": "Goods",
            "price_unit": amount,
            "tax_ids": [Command.clear()],
            "sale_line_ids": [Command.set(order.order_line[:1].ids)],
        }
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": order.partner_invoice_id.id,
                "invoice_date": "2026-05-17",
                "invoice_line_ids": [Command.create(line)],
            }
        )
        invoice.action_post()
        return invoice

    def test_sales_fees_and_refunds_are_posted_to_the_cent(self):
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.01"), ("F2", "69001", "0", "-30.00", "0"))
        settlement.action_post()
        move = settlement.posted_move_id
        receivable = self.order.partner_invoice_id.property_account_receivable_id
        balances = self._balances(move)
        self.assertEqual((move.state, str(move.date), move.journal_id), ("posted", "2026-05-17", self.wallet))
        self.assertAlmostEqual(balances[self.wallet.default_account_id], 64.99)
        self.assertAlmostEqual(balances[receivable], -70.0)
        self.assertAlmostEqual(sum(balances.values()), 0.0)
        fees = [balance for account, balance in balances.items() if account.account_type == "expense"]
        self.assertEqual([round(balance, 2) for balance in fees], [5.01])

    def test_the_invoice_of_the_order_is_paid_by_it(self):
        invoice = self._invoice(self.order)
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.00"))
        settlement.action_post()
        self.assertEqual((invoice.amount_residual, invoice.payment_state), (0.0, "paid"))

    def test_money_of_an_unknown_order_waits_in_the_suspense_account(self):
        settlement = self._confirm(("F1", "69999", "40.00", "0", "0"))
        settlement.action_post()
        balances = self._balances(settlement.posted_move_id)
        self.assertAlmostEqual(balances[self.wallet.suspense_account_id], -40.0)

    def test_payouts_are_on_their_way_to_the_bank(self):
        entry = {"settlement": self.env["cosmetics.settlement"].new({"company_id": self.env.company.id}), "journal": self.wallet}
        self.assertEqual(entry["settlement"]._get_counterpart_account("payout", entry), self.transfer)

    def test_a_settlement_is_posted_once(self):
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.00"))
        settlement.action_post()
        with self.assertRaisesRegex(UserError, "posted already"):
            settlement.action_post()
        self.assertEqual(len(settlement.move_ids), 1)

    def test_an_unconfirmed_settlement_is_not_posted(self):
        settlement = self._settle(files.douyin(("F1", "69001", Decimal(100), Decimal(0), Decimal(-5))))
        with self.assertRaisesRegex(UserError, "not confirmed"):
            settlement.with_user(self.books_keeper).action_post()

    def test_a_channel_without_account_is_told(self):
        self.channel.settlement_journal_id = False
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.00"))
        with self.assertRaisesRegex(UserError, "Choose the settlement account"):
            settlement.action_post()

    def test_opening_a_settlement_again_takes_the_entry_back(self):
        invoice = self._invoice(self.order)
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.00"))
        settlement.action_post()
        move = settlement.posted_move_id
        reviewer = settlement.with_user(self.reviewer)
        reviewer.reopen_reason = "Wrong file"
        reviewer.action_reopen()
        self.assertEqual((invoice.amount_residual, len(move.reversal_move_ids)), (100.0, 1))
        self.assertFalse(settlement.posted_move_id)
        settlement.action_confirm()
        settlement.action_post()
        self.assertEqual((invoice.amount_residual, len(settlement.move_ids)), (0.0, 2))

    def test_nobody_calls_another_entry_that_of_a_settlement(self):
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.00"))
        moves = self.env["account.move"].with_user(self.books_keeper)
        move = moves.create({"move_type": "entry", "settlement_id": settlement.id})
        self.assertFalse(move.settlement_id)
        with self.assertRaisesRegex(UserError, "the system writes it"):
            move.settlement_id = settlement

    def test_only_an_accountant_posts(self):
        settlement = self._confirm(("F1", "69001", "100.00", "0", "-5.00"))
        for user in (self.ecommerce_clerk, self.reviewer, self.accountant):
            with self.assertRaises(AccessError):
                settlement.with_user(user).action_post()

    def test_the_button_is_the_accountants(self):
        for user, has_button in ((self.books_keeper, True), (self.ecommerce_clerk, False)):
            arch = self.env["cosmetics.settlement"].with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual("action_post" in arch, has_button)
