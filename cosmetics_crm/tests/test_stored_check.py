"""The check of stored value: what it finds, and who hears of it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_stored import StoredCommon

LOG = "odoo.addons.cosmetics_crm.models.cosmetics_ledger_check"
BONUS_LOST = "UPDATE cosmetics_stored_batch SET bonus_left = bonus_left - 20 WHERE card_id = %s"


@tagged("post_install", "-at_install")
class TestStoredCheck(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 1000, "a")

    def _break(self, statement=BONUS_LOST, card=None):
        """Spoil a figure as only a fault could."""
        self.env.flush_all()
        self.env.cr.execute(statement, ((card or self.card).id,))
        self.env.invalidate_all()

    def _check(self):
        with self.assertLogs(LOG, "ERROR"):
            return self.env["cosmetics.stored.difference"]._cron_check()

    def _activities(self, user=None):
        kind = self.env.ref("cosmetics_crm.mail_activity_type_stored_check")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("user_id", "=", (user or self.approver).id)])

    def test_money_that_adds_up_plans_nothing(self):
        self.env.flush_all()
        with self.assertNoLogs(LOG, "ERROR"):
            self.assertEqual(self.env["cosmetics.stored.difference"]._cron_check(), 0)
        self.assertFalse(self._activities())

    def test_difference_becomes_an_activity_of_the_approver(self):
        self.approver.lang = "en_US"
        self._break()
        self.assertEqual(self._check(), 1)
        activity = self._activities().with_user(self.approver)
        self.assertEqual((len(activity), activity.summary), (1, "The stored-value ledger does not add up"))
        self.assertIn("1 figures", activity.note)

    def test_approver_reads_it_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.approver.lang = "zh_CN"
        self._break()
        self._check()
        self.assertEqual(self._activities().summary, "储值账不平")

    def test_second_night_plans_no_second_activity(self):
        self._break()
        self._check()
        first = self._activities()
        self._check()
        self.assertEqual(self._activities(), first)

    def test_activity_that_is_done_comes_again_while_the_fault_is_there(self):
        self._break()
        self._check()
        self._activities().with_user(self.approver).action_done()
        self._check()
        self.assertEqual(len(self._activities().filtered("active")), 1)

    def test_approver_of_points_alone_is_not_told_of_money(self):
        points = self._create_user("test_stored_check_points", "cosmetics_crm.group_points_approver")
        self._break()
        self._check()
        self.assertFalse(self._activities(points) | self._activities(self.manager))

    def test_approver_of_another_company_is_not_told(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        self.stored_program.company_id = company
        self._break()
        self._check()
        self.assertFalse(self._activities())
        self.approver.company_ids += company
        self._check()
        self.assertEqual(len(self._activities()), 1)

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
