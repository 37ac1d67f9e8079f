"""Stored-value cards in the books: documents book the money, the closing the bonus and the refunds."""

from odoo.addons.cosmetics_crm.tests.common_stored import StoredCommon
from odoo.addons.cosmetics_crm.tools.stored_act import StoredAct
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged


@tagged("post_install", "-at_install")
class TestStoredClosing(StoredCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_books_accountant", "cosmetics_finance.group_accountant")
        account = cls.env["account.account"].create
        cls.owed = account({"code": "220398", "name": "Test Cards", "account_type": "liability_current"})
        cls.revenue = account({"code": "500198", "name": "Test Discounts by Bonus", "account_type": "income"})
        cls.payable = account({"code": "224198", "name": "Test Refunds of Cards", "account_type": "liability_current"})
        cls.env.company.write(
            {
                "stored_liability_account_id": cls.owed.id,
                "stored_revenue_account_id": cls.revenue.id,
                "stored_payable_account_id": cls.payable.id,
            }
        )
        cls.stored_card = cls._create_stored_card()
        cls.top_up = cls.stored_program.trigger_product_ids
        cls.paying = cls.stored_program.reward_ids.discount_line_product_id

    def _invoice(self, day, *lines):
        """Return a posted invoice of the accountant over (product, price) without tax."""
        vals = {"move_type": "out_invoice", "partner_id": self.stored_card.partner_id.id, "invoice_date": day}
        vals["invoice_line_ids"] = [
            Command.create({"product_id": product.id, "price_unit": price, "tax_ids": [Command.clear()]}) for product, price in lines
        ]
        invoice = self.env["account.move"].with_user(self.accountant).create(vals)
        invoice.action_post()
        return invoice

    def _top_up(self, day, amount, key):
        """Sell a top-up: an invoice and a row of the ledger."""
        invoice = self._invoice(day, (self.top_up, amount))
        with freeze_time(f"{day} 04:00:00"):
            self._move(self.stored_card, "top_up", amount, key, origin=invoice)
        return invoice

    def _pay(self, day, amount, key):
        """Sell goods that the card pays for."""
        invoice = self._invoice(day, (self._create_product(), amount), (self.paying, -amount))
        with freeze_time(f"{day} 04:00:00"):
            self._move(self.stored_card, "spend", amount, key, origin=invoice)
        return invoice

    def _close(self, month, day):
        with freeze_time(f"{day} 04:00:00"):
            closing = self.env["cosmetics.stored.closing"].with_user(self.accountant).create({"month": f"{month}-01"})
            closing.action_post()
            return closing

    def _booked(self, move, account):
        return sum(move.line_ids.filtered(lambda line: line.account_id == account).mapped("balance"))

    def test_a_top_up_is_owed_not_earned(self):
        invoice = self._top_up("2026-03-10", 1000, "top")
        self.assertEqual(self._booked(invoice, self.owed), -1000)
        self.assertFalse(invoice.line_ids.account_id.filtered(lambda account: account.internal_group == "income"))

    def test_what_a_card_pays_comes_from_what_is_owed(self):
        self._top_up("2026-03-10", 1000, "top")
        invoice = self._pay("2026-03-12", 600, "pay")
        self.assertEqual((self._booked(invoice, self.owed), invoice.amount_total), (600, 0))

    def test_other_services_are_booked_as_before(self):
        service = self.env["product.product"].create({"name": "Test Massage", "type": "service"})
        self.assertNotEqual(service._get_product_accounts()["income"], self.owed)

    def test_many_services_ask_once_which_of_them_are_cards(self):
        services = self.env["product.template"].create([{"name": f"Test Massage {number}", "type": "service"} for number in range(10)])
        services.product_variant_ids  # noqa: B018 what invoices have read before
        services[0]._is_stored_value()
        services.with_context(active_test=False).mapped("product_variant_ids")
        with self.assertQueryCount(0):
            self.assertFalse(any(service._is_stored_value() for service in services))

    def test_points_and_coupons_stay_discounts(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Test Coupon",
                "program_type": "coupons",
                "reward_ids": [Command.create({"reward_type": "discount", "discount": 10})],
            }
        )
        self.assertNotEqual(program.reward_ids.discount_line_product_id._get_product_accounts()["income"], self.owed)

    def test_without_an_account_top_ups_are_booked_as_before(self):
        self.env.company.stored_liability_account_id = False
        self.assertEqual(self.top_up._get_product_accounts()["income"].internal_group, "income")

    def test_bonus_that_paid_is_a_discount_and_principal_ties_with_the_account(self):
        self._top_up("2026-03-10", 1000, "top")
        self._pay("2026-03-12", 600, "pay")
        closing = self._close("2026-03", "2026-04-02")
        self.assertEqual((self._booked(closing.move_id, self.revenue), self._booked(closing.move_id, self.owed)), (100, -100))
        self.assertEqual((closing.liability, closing.account_balance, closing.difference), (500, 500, 0))

    def test_a_card_that_is_used_up_leaves_nothing_on_the_account(self):
        self._top_up("2026-03-10", 1000, "top")
        self._pay("2026-03-12", 600, "pay")
        self._close("2026-03", "2026-04-02")
        self._pay("2026-04-12", 600, "pay the rest")
        closing = self._close("2026-04", "2026-05-02")
        self.assertEqual((closing.bonus_amount, closing.liability, closing.account_balance), (100, 0, 0))

    def test_a_card_given_back_becomes_a_payable(self):
        self._top_up("2026-03-10", 1000, "top")
        self._pay("2026-03-12", 600, "pay")
        with freeze_time("2026-03-20 04:00:00"):
            refund = self.env["cosmetics.stored.refund"].with_user(self.adviser).create({"card_id": self.stored_card.id})
            refund.action_submit()
            refund.with_user(self.approver).action_approve()
        closing = self._close("2026-03", "2026-04-02")
        self.assertEqual((closing.refund_amount, closing.kept_amount), (500, 0))
        self.assertEqual(self._booked(closing.move_id, self.payable), -500)
        self.assertEqual((closing.liability, closing.account_balance), (0, 0))

    def test_what_the_shop_keeps_of_a_card_given_back_is_revenue(self):
        self._top_up("2026-03-10", 1000, "top")
        self._pay("2026-03-12", 600, "pay")
        with freeze_time("2026-03-20 04:00:00"):
            vals = {"card_id": self.stored_card.id, "reason": "consumer"}
            refund = self.env["cosmetics.stored.refund"].with_user(self.adviser).create(vals)
            refund.action_submit()
            refund.with_user(self.approver).action_approve()
        closing = self._close("2026-03", "2026-04-02")
        self.assertEqual((closing.refund_amount, closing.kept_amount, closing.difference), (400, 100, 0))

    def test_a_top_up_without_a_document_shows_as_a_difference(self):
        with freeze_time("2026-03-10 04:00:00"):
            card = self.stored_card.with_user(self.adviser)
            card._stored_post([StoredAct(card, "top_up", 300, "by hand")])
        self.assertEqual(self._close("2026-03", "2026-04-02").difference, -300)

    def test_reopening_reverses_the_entry(self):
        self._top_up("2026-03-10", 1000, "top")
        self._pay("2026-03-12", 600, "pay")
        closing = self._close("2026-03", "2026-04-02")
        closing.action_reopen()
        self.assertEqual((closing.state, closing.account_balance), ("draft", 400))
        closing.action_post()
        self.assertEqual(closing.account_balance, 500)

    def test_a_closed_month_is_not_booked_twice(self):
        self._top_up("2026-03-10", 1000, "top")
        self._pay("2026-03-12", 600, "pay")
        closing = self._close("2026-03", "2026-04-02")
        closing.action_post()
        self.assertEqual(closing.account_balance, 500)

    def test_accounts_are_chosen_before_the_first_closing(self):
        self.env.company.stored_payable_account_id = False
        with self.assertRaisesRegex(UserError, "Accounts of stored value are missing"):
            self._close("2026-03", "2026-04-02")
