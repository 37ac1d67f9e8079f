"""Review, recount by somebody else, approval by a second person."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common_stock_count import COUNT_MANAGER, StockCountCommon


@tagged("post_install", "-at_install")
class TestStockCountFlow(StockCountCommon):
    def _review(self, **quantities):
        """Return a count that is to be reviewed, counted by the first clerk."""
        count = self._create_count()
        self._count_all(count, **quantities)
        count.with_user(self.clerk).action_review()
        return count

    def _submit(self, **quantities):
        """Return a count that waits for approval; differences within the tolerance only."""
        count = self._review(**quantities)
        count.line_ids.filtered("difference_quantity").reason_id = self.reason
        count.action_submit()
        return count

    # ------------------------------------------------------------------ review and recount
    def test_every_line_must_be_counted_before_the_review(self):
        count = self._create_count()
        self._enter(count, 10, self.lot)
        with self.assertRaisesRegex(UserError, "R2602 .*is not counted yet"):
            count.action_review()

    def test_a_difference_within_the_tolerance_needs_no_recount(self):
        count = self._review(R2601=8)
        self.assertFalse(self._line(count, self.lot).is_recount_needed)
        with self.assertRaisesRegex(UserError, "No line .* above the tolerance"):
            count.action_recount()

    def test_too_many_units_or_too_much_money_need_a_recount(self):
        self.assertTrue(self._line(self._review(R2601=7), self.lot).is_recount_needed)

    def test_money_alone_needs_a_recount(self):
        self.product.standard_price = 150
        self.assertTrue(self._line(self._review(R2601=8), self.lot).is_recount_needed)

    def test_a_category_has_a_tolerance_of_its_own_and_hands_it_down(self):
        parent = self.env["product.category"].create({"name": "Dear", "has_count_tolerance": True})
        self.product.categ_id = self.env["product.category"].create({"name": "Serum", "parent_id": parent.id})
        self.assertTrue(self._line(self._review(R2601=9), self.lot).is_recount_needed)

    def test_a_difference_above_the_tolerance_is_not_submitted_without_recount(self):
        count = self._review(R2601=1)
        with self.assertRaisesRegex(ValidationError, "above the tolerance"):
            count.action_submit()

    def test_the_recount_of_another_person_counts(self):
        count = self._review(R2601=1)
        count.action_recount()
        self.assertEqual((count.state, count.round), ("recount", 2))
        self._enter(count, 9, self.lot, self.clerk2)
        count.action_review()
        line = self._line(count, self.lot)
        self.assertEqual((line.counted_quantity, line.difference_quantity, line.is_recount_needed), (9, -1, False))
        self.assertEqual(line.counter_ids, self.clerk2)
        self.assertEqual(self._line(count, self.lot2).round, 1)

    def test_a_recount_that_finds_the_same_may_be_submitted(self):
        count = self._review(R2601=1)
        count.action_recount()
        self._enter(count, 1, self.lot, self.clerk2)
        count.action_review()
        self._line(count, self.lot).with_user(self.boss).reason_id = self.reason
        count.action_submit()
        self.assertEqual(count.state, "approval")

    def test_the_reviewer_has_any_line_counted_again(self):
        count = self._review()
        self._line(count, self.lot2).with_user(self.boss).is_recount_chosen = True
        count.action_recount()
        self.assertEqual(self._line(count, self.lot2).round, 2)
        self.assertFalse(self._line(count, self.lot2).is_recount_chosen)

    def test_a_recount_must_be_counted_before_the_review(self):
        count = self._review(R2601=1)
        count.action_recount()
        with self.assertRaisesRegex(UserError, "R2601 .*is not counted yet"):
            count.action_review()

    def test_a_large_difference_needs_a_reason(self):
        self.env.company.count_reason_value = 60
        count = self._review(R2601=8, R2602=4)
        with self.assertRaisesRegex(ValidationError, r"R2601: a difference of .*60.* needs a reason.*\(1 lines"):
            count.action_submit()
        self._line(count, self.lot).with_user(self.boss).reason_id = self.reason
        count.action_submit()
        self.assertEqual(count.state, "approval")

    def test_reasons_are_given_during_the_review_only(self):
        count = self._submit(R2601=9)
        with self.assertRaisesRegex(UserError, "while the count is to be reviewed"):
            self._line(count, self.lot).with_user(self.boss).reason_id = self.env.ref("cosmetics_inventory.stock_count_reason_other")

    def test_steps_out_of_turn_are_refused(self):
        count = self._create_count()
        for step in ("action_submit", "action_recount", "action_approve", "action_reopen"):
            with self.subTest(step), self.assertRaisesRegex(UserError, "is “Counting”"):
                getattr(count, step)()
        with self.assertRaisesRegex(UserError, "has started already"):
            count.action_start()
        self._count_all(count)
        count.action_review()
        with self.assertRaisesRegex(UserError, "is not being counted"):
            count.action_review()

    def test_a_figure_that_arrives_with_the_last_second_sends_the_count_back(self):
        count = self._submit(R2601=9)
        line = self._line(count, self.lot)
        # As a transaction would leave it that was under way when the counting ended.
        entry = line.entry_ids[0]
        entry.create(entry.copy_data({"key": "last-second", "quantity": 1.0})[0])
        answer = count.with_user(self.quality).action_approve()
        self.assertEqual((count.state, answer["params"]["type"]), ("review", "warning"))
        self.assertEqual((line.counted_quantity, line.difference_quantity), (10, 0))
        self.assertEqual(self._on_hand(self.lot, self.shelf), 10)

    # ------------------------------------------------------------------ approval
    def test_a_second_manager_of_the_store_approves_up_to_the_limit(self):
        count = self._submit(R2601=9)
        count.with_user(self.deputy).action_approve()
        self.assertEqual((count.state, count.approved_by_id), ("posted", self.deputy))

    def test_above_the_limit_a_store_manager_is_told_whom_to_ask(self):
        self.env.company.count_approval_limit = 50
        count = self._submit(R2601=9, R2602=6)
        self.assertEqual((count.difference_value, count.gross_value), (0, 60))
        with self.assertRaisesRegex(AccessError, "Ask a warehouse or quality manager"):
            count.with_user(self.deputy).action_approve()
        count.with_user(self.quality).action_approve()
        self.assertEqual(count.state, "posted")

    def test_nobody_approves_what_he_started(self):
        with self.assertRaisesRegex(AccessError, "cannot approve it"):
            self._submit(R2601=9).with_user(self.boss).action_approve()

    def test_nobody_approves_what_he_counted(self):
        count = self._create_count()
        self._enter(count, 9, self.lot, self.deputy)
        self._enter(count, 5, self.lot2)
        count.action_review()
        count.action_submit()
        with self.assertRaisesRegex(AccessError, "cannot approve it"):
            count.with_user(self.deputy).action_approve()

    def test_nobody_approves_what_he_took_back_or_counted_in_an_earlier_round(self):
        count = self._review(R2601=1)
        count.action_recount()
        self._enter(count, 9, self.lot, self.clerk2)
        count.action_review()
        count.action_submit()
        self.clerk.group_ids = [Command.link(self.env.ref(COUNT_MANAGER).id)]
        with self.assertRaisesRegex(AccessError, "cannot approve it"):
            count.with_user(self.clerk).action_approve()

    def test_the_rule_holds_for_the_record_too(self):
        count = self._submit(R2601=9)
        with self.assertRaisesRegex(ValidationError, "cannot approve it"):
            count.sudo().approved_by_id = self.clerk

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_the_starter_as_approver(self):
        count = self._submit(R2601=9)
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE cosmetics_stock_count SET approved_by_id = started_by_id WHERE id = %s", (count.id,))

    def test_a_clerk_leads_nothing(self):
        count = self._create_count()
        for step in ("action_start", "action_recount", "action_submit", "action_approve", "action_cancel", "action_count_rest_as_zero"):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(count.with_user(self.clerk), step)()

    def test_an_approver_sends_it_back_to_the_review(self):
        count = self._submit(R2601=9)
        count.with_user(self.deputy).action_reopen()
        self.assertEqual((count.state, count.submitted_by_id.id), ("review", False))

    # ------------------------------------------------------------------ who is told
    def test_those_who_may_approve_are_told_and_nobody_else(self):
        count = self._submit(R2601=9)
        told = count.sudo().activity_ids.user_id
        self.assertIn(self.deputy, told)
        self.assertFalse(told & (self.boss | self.clerk))
        count.with_user(self.deputy).action_approve()
        self.assertFalse(count.sudo().activity_ids)

    def test_above_the_limit_the_store_is_not_asked(self):
        self.env.company.count_approval_limit = 0
        self.assertNotIn(self.deputy, self._submit(R2601=9).sudo().activity_ids.user_id)

    def test_the_starter_is_told_that_counting_is_over(self):
        self.assertEqual(self._review().sudo().activity_ids.user_id, self.boss)
