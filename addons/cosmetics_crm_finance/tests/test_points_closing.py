"""The accountant closes the points of a month."""

from odoo.addons.cosmetics_crm.tools.points_act import Act
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestPointsClosing(BooksCommon):
    def test_points_of_a_sale_take_their_part_of_the_price(self):
        self._on("2026-03-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        closing = self._close("2026-03", "2026-04-02")
        self.assertEqual(closing.move_id.state, "posted")
        self.assertEqual(str(closing.move_id.date), "2026-03-31")
        self.assertEqual(self._lines(closing.move_id), [("220399", 0, 86.76), ("500199", 86.76, 0)])

    def test_points_spent_become_revenue_in_proportion_to_those_expected(self):
        self._on("2026-03-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        self._close("2026-03", "2026-04-02")
        self._on("2026-04-10", "spend", 475, "spent", origin=self._create_sale(1))
        closing = self._close("2026-04", "2026-05-02")
        self.assertEqual(self._lines(closing.move_id), [("220399", 43.38, 0), ("500199", 0, 43.38)])
        self.assertEqual((closing.liability, closing.account_balance, closing.difference), (43.38, 43.38, 0))

    def test_points_that_run_out_become_revenue(self):
        self._on("2026-03-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        self._close("2026-03", "2026-04-02")
        self._on("2028-01-01", "spend", 1, "late", is_partial=True)
        closing = self._close("2028-01", "2028-02-01")
        self.assertEqual((closing.released_amount, closing.open_points, closing.account_balance), (86.76, 0, 0))

    def test_points_taken_back_return_to_the_revenue_they_came_from(self):
        sale = self._create_sale(1000)
        self._on("2026-03-10", "earn", 1000, "sale", origin=sale)
        self._close("2026-03", "2026-04-02")
        self._on("2026-04-10", "take_back", 500, "refund", origin=sale)
        closing = self._close("2026-04", "2026-05-02")
        self.assertEqual((closing.earned_amount, closing.released_amount, closing.liability), (-43.38, 0, 43.38))

    def test_a_month_with_more_taken_back_than_given_books_in_red(self):
        self.company.account_storno = True
        sale = self._create_sale(1000)
        self._on("2026-03-10", "earn", 1000, "sale", origin=sale)
        self._close("2026-03", "2026-04-02")
        self._on("2026-04-10", "take_back", 500, "refund", origin=sale)
        closing = self._close("2026-04", "2026-05-02")
        self.assertEqual(self._lines(closing.move_id), [("220399", 0, -43.38), ("500199", -43.38, 0)])

    def test_points_given_for_nothing_are_an_expense(self):
        self._on("2026-03-10", "adjust", 100, "gift")
        closing = self._close("2026-03", "2026-04-02")
        self.assertEqual(self._lines(closing.move_id), [("220399", 0, 9.5), ("560199", 9.5, 0)])

    def test_points_of_the_last_evening_in_china_belong_to_their_month(self):
        for moment, key in (("2026-03-31 15:59:59", "evening"), ("2026-03-31 16:00:00", "midnight")):
            with freeze_time(moment):
                self._post(self.card, "adjust", 100, key)
        self.assertEqual(self._close("2026-03", "2026-04-02").open_points, 100)

    def test_points_that_moved_to_another_card_keep_their_value(self):
        self._on("2026-03-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        self._on("2026-03-11", "spend", 475, "spent", origin=self._create_sale(1))
        self._close("2026-03", "2026-04-02")
        with freeze_time("2026-04-10 04:00:00"):
            other = self._create_card()
            other.with_user(self.manager)._points_absorb(self.card.with_user(self.manager))
        closing = self._close("2026-04", "2026-05-02")
        self.assertEqual((closing.move_id, closing.liability), (self.env["account.move"], 43.38))

    def test_value_of_points_stays_when_the_price_of_a_point_changes(self):
        self._on("2026-03-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        self._close("2026-03", "2026-04-02")
        self.company.points_price = 0.5
        self.assertEqual(self._close("2026-04", "2026-05-02").liability, 86.76)

    def test_a_month_left_out_comes_with_the_next(self):
        self._on("2026-02-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        self.assertEqual(self._close("2026-04", "2026-05-02").earned_amount, 86.76)

    def test_a_closed_month_is_not_booked_twice(self):
        self._on("2026-03-10", "adjust", 100, "gift")
        closing = self._close("2026-03", "2026-04-02")
        entry = closing.move_id
        closing.action_post()
        self.assertEqual((closing.move_id, closing.account_balance), (entry, 9.5))

    def test_a_month_has_one_closing(self):
        self._close("2026-03", "2026-04-02")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["cosmetics.points.closing"].with_user(self.accountant).create({"month": "2026-03-17"})

    def test_reopening_reverses_the_entry(self):
        self._on("2026-03-10", "adjust", 100, "gift")
        closing = self._close("2026-03", "2026-04-02")
        entry = closing.move_id
        closing.action_reopen()
        self.assertEqual((closing.state, closing.account_balance), ("draft", 0))
        self.assertEqual(entry.reversal_move_ids.state, "posted")

    def test_a_reopened_month_is_valued_with_the_settings_of_now(self):
        self._on("2026-03-10", "adjust", 100, "gift")
        closing = self._close("2026-03", "2026-04-02")
        closing.action_reopen()
        self.company.points_price = 0.2
        closing.action_post()
        self.assertEqual((closing.liability, closing.account_balance), (19, 19))

    def test_only_the_last_closed_month_is_reopened(self):
        first = self._close("2026-03", "2026-04-02")
        self._close("2026-04", "2026-05-02")
        with self.assertRaisesRegex(UserError, "later month is closed"):
            first.action_reopen()

    def test_earlier_months_are_not_closed_after_later_ones(self):
        self._close("2026-04", "2026-05-02")
        with self.assertRaisesRegex(UserError, "Close a later one"):
            self._close("2026-03", "2026-05-02")

    def test_a_month_is_closed_when_it_is_over(self):
        with self.assertRaisesRegex(UserError, "not over yet"):
            self._close("2026-03", "2026-03-31")

    def test_what_somebody_books_by_hand_shows_as_a_difference(self):
        self._on("2026-03-10", "adjust", 100, "gift")
        closing = self._close("2026-03", "2026-04-02")
        lines = [(0, 0, {"account_id": account.id, "balance": amount}) for account, amount in ((self.liability, -5), (self.revenue, 5))]
        entry = self.env["account.move"].with_user(self.accountant).create({"date": "2026-03-20", "line_ids": lines})
        entry.action_post()
        closing.invalidate_recordset()
        self.assertEqual((closing.account_balance, closing.difference), (14.5, 5))

    def test_a_company_that_does_not_defer_closes_nothing(self):
        self.company.points_accounting = "none"
        with self.assertRaisesRegex(UserError, "does not defer"):
            self._close("2026-03", "2026-04-02")

    def test_accounts_are_chosen_before_the_first_closing(self):
        self.company.points_liability_account_id = False
        with self.assertRaisesRegex(UserError, "Accounts of points are missing"):
            self._close("2026-03", "2026-04-02")

    def test_large_companies_defer_unless_they_decide_otherwise(self):
        companies = self.env["res.company"].create([{"name": "Small"}, {"name": "Large"}])
        companies[0].chart_template, companies[1].chart_template = "cn", "cn_large_bis"
        self.assertEqual(companies.mapped("points_accounting"), ["none", "contract_liability"])

    def test_figures_are_nobodys_to_type(self):
        closing = self._close("2026-03", "2026-04-02")
        with self.assertRaisesRegex(UserError, "come from the ledger"):
            closing.liability = 5
        with self.assertRaisesRegex(UserError, "come from the ledger"):
            closing.create({"month": "2026-05-01", "state": "posted"})

    def test_no_default_of_a_context_is_a_figure_or_an_entry(self):
        entry = self.env["account.move"].create({"move_type": "entry"})
        closings = self.env["cosmetics.points.closing"].with_user(self.accountant)
        forged = closings.with_context(default_move_id=entry.id, default_liability=5, default_state="posted")
        closing = forged.create({"month": "2026-03-01"})
        self.assertEqual((len(closing.move_id), closing.liability, closing.state), (0, 0, "draft"))

    def test_many_months_ask_for_their_balance_once(self):
        self._on("2026-03-10", "opening", 100, "gift")
        months = self._close("2026-03", "2026-04-02") + self._close("2026-04", "2026-05-02") + self._close("2026-05", "2026-06-02")
        counts = []
        for closings in (months[:1], months[:1], months):
            self.env.invalidate_all()
            closings.mapped("liability")
            closings.mapped("company_id.points_liability_account_id")
            before = self.env.cr.sql_log_count
            closings.mapped("account_balance")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual((counts[1], months.mapped("account_balance")), (counts[2], [9.5, 9.5, 9.5]))

    def test_a_closed_month_is_neither_moved_nor_deleted(self):
        closing = self._close("2026-03", "2026-04-02")
        with self.assertRaisesRegex(UserError, "Reopen it first"):
            closing.month = "2026-05-01"
        with self.assertRaisesRegex(UserError, "Reopen it first"):
            closing.unlink()

    def test_values_of_a_month_can_be_looked_up(self):
        sale = self._create_sale(1000)
        self._on("2026-03-10", "earn", 1000, "sale", origin=sale)
        closing = self._close("2026-03", "2026-04-02")
        values = self.env["cosmetics.points.value"].with_user(self.accountant).search(closing.action_view_values()["domain"])
        self.assertEqual(values.mapped(lambda value: (value.origin_id, value.revenue, value.amount)), [(sale.id, 1000, 86.76)])

    def test_who_only_reads_the_books_closes_nothing(self):
        closing = self._close("2026-03", "2026-04-02")
        reader = self._create_user("test_books_reader", "account.group_account_readonly")
        self.assertEqual(closing.with_user(reader).liability, 0)
        with self.assertRaises(AccessError):
            closing.with_user(reader).action_reopen()

    def test_who_keeps_members_sees_no_closings(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.points.closing"].with_user(self.manager).search([])

    def test_points_given_back_are_owed_again(self):
        order = self._create_sale(1)
        self._on("2026-03-10", "earn", 1000, "sale", origin=self._create_sale(1000))
        self._on("2026-03-11", "spend", 475, "spent", origin=order)
        self._close("2026-03", "2026-04-02")
        self._on("2026-04-10", "give_back", 475, "undone", origin=order)
        closing = self._close("2026-04", "2026-05-02")
        self.assertEqual((closing.released_amount, closing.liability, closing.difference), (-43.38, 86.76, 0))

    def test_points_that_paid_a_debt_are_not_owed_again(self):
        sale = self._create_sale(1000)
        self._on("2026-03-10", "earn", 1000, "sale", origin=sale)
        self._on("2026-03-11", "spend", 1000, "spent", origin=self._create_sale(1))
        self._on("2026-03-12", "take_back", 1000, "refund", origin=sale)
        self._on("2026-03-13", "earn", 1000, "debt", origin=self._create_sale(1000))
        closing = self._close("2026-03", "2026-04-02")
        self.assertEqual((closing.open_points, closing.liability, closing.difference), (0, 0, 0))

    def test_two_programs_of_one_sale_share_its_price(self):
        sale, other = self._create_sale(1000), self._create_card(program=self._create_points_program(name="Second"))
        self._on("2026-03-10", "earn", 500, "first", origin=sale)
        self._on("2026-03-10", "earn", 500, "second", card=other, origin=sale)
        self.assertEqual(self._close("2026-03", "2026-04-02").liability, 86.76)

    def test_points_of_all_companies_are_owed_by_the_first(self):
        card = self._create_card(program=self._create_points_program(company_id=False, currency_id=self.company.currency_id.id))
        self._on("2026-03-10", "adjust", 100, "gift", card=card)
        first = self.env["res.company"].search([], order="id", limit=1)
        self.assertEqual(self.company, first)
        self.assertEqual(self._close("2026-03", "2026-04-02").open_points, 100)

    def test_points_of_another_company_are_not_ours(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.company.currency_id.id})
        card = self._create_card(program=self._create_points_program(company_id=other.id))
        with freeze_time("2026-03-10 04:00:00"):
            card._points_post([Act(card, "adjust", 100, "gift")])
        self.assertEqual(self._close("2026-03", "2026-04-02").open_points, 0)

    def test_two_months_do_not_follow_the_same_one(self):
        closings = self.env["cosmetics.points.closing"].sudo().create([{"month": f"2026-0{number}-01"} for number in (3, 4)])
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            closings.write({"state": "posted"})
            closings.flush_recordset()

    def test_a_locked_month_is_neither_closed_nor_reopened(self):
        self._on("2026-03-10", "adjust", 100, "gift")
        closing = self._close("2026-03", "2026-04-02")
        self.company.hard_lock_date = "2026-04-30"
        with self.assertRaisesRegex(UserError, "2026-03 are locked"):
            closing.action_reopen()
        self._on("2026-04-10", "adjust", 100, "another gift")
        with self.assertRaisesRegex(UserError, "2026-04 are locked"):
            self._close("2026-04", "2026-05-02")

    def test_nobody_expects_more_than_all_points_to_be_spent(self):
        for percent in (0, 101):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.company.points_redeemed_percent = percent
                self.company.flush_recordset()

    def test_closings_of_other_companies_are_not_shown(self):
        other = self.env["res.company"].create({"name": "Other"})
        closing = self.env["cosmetics.points.closing"].sudo().create({"month": "2026-03-01", "company_id": other.id})
        self.assertNotIn(closing, self.env["cosmetics.points.closing"].with_user(self.accountant).search([]))
