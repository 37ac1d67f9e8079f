"""The check of stored value: what it finds, and who hears of it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_ledger_check import LedgerCheckCases
from .common_stored import StoredCommon


@tagged("post_install", "-at_install")
class TestStoredCheck(LedgerCheckCases, StoredCommon):
    differences = "cosmetics.stored.difference"
    activity_type = "cosmetics_crm.mail_activity_type_stored_check"
    fault = "UPDATE cosmetics_stored_batch SET bonus_left = bonus_left - 20 WHERE card_id = %s"
    summary, summary_in_chinese = "The stored-value ledger does not add up", "储值账不平"

    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 1000, "a")

    def test_approver_of_points_alone_is_not_told_of_money(self):
        points = self._create_user("test_stored_check_points", "cosmetics_crm.group_points_approver")
        self._break()
        self._check()
        self.assertFalse(self._activities(points))

    def test_bonus_and_principal_of_a_top_up_are_rows_apart(self):
        self._break()
        self._break("UPDATE cosmetics_stored_batch SET principal_left = principal_left - 5 WHERE card_id = %s")
        self.assertEqual(sorted(self._stored_differences()), [("batch", 200, 180), ("batch", 1000, 995)])

    def test_figure_of_the_card_that_is_wrong_is_a_row_of_its_own(self):
        self._break("UPDATE loyalty_card SET stored_principal = 999, points = 1199 WHERE id = %s")
        self.assertEqual(self._stored_differences(), [("card", 1000, 999)])

    def test_money_without_any_movement_is_found(self):
        empty = self._create_stored_card()
        self._break("UPDATE loyalty_card SET stored_bonus = 7, points = 7 WHERE id = %s", empty)
        row = self.env["cosmetics.stored.difference"].with_user(self.approver).search([])
        self.assertEqual((row.card_id, row.expected, row.found), (empty, 0, 7))

    def test_books_find_the_top_up_and_advisers_see_no_differences(self):
        self._break()
        books = self._create_user("test_stored_check_books", "account.group_account_readonly")
        differences = self.env["cosmetics.stored.difference"]
        self.assertEqual(differences.with_user(books).search([]).batch_id, self.card.stored_batch_ids)
        with self.assertRaises(AccessError):
            differences.with_user(self.adviser).search([])

    def test_differences_of_another_company_are_not_seen(self):
        self.stored_program.company_id = self.env["res.company"].create({"name": "Test Company"})
        self._break()
        self.assertFalse(self.env["cosmetics.stored.difference"].with_user(self.approver).search([]))
