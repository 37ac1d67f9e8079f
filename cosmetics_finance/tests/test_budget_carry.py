"""What a year or a month has left goes into the next one, by the rule of the line and after a second person agrees."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_budget import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetCarry(BudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._approve_budget(cls._create_budget({"carry_over": "all", "carry": "month"}))
        cls.following = cls._approve_budget(cls._create_budget(year="2027"))
        cls.line, cls.next_line = cls.budget.line_ids, cls.following.line_ids

    def _commit(self, amount, day="2026-12-20"):
        """Let a document hold an amount on 560201 until the end of the test."""
        row = SQL("SELECT %s, %s::date, '560201', NULL::integer, NULL::integer, NULL::jsonb, %s", self.company.id, day, amount)
        self.patch(self.registry["cosmetics.budget"], "_get_commitment_queries", lambda budgets: [row])

    def _spend(self, amount, day="2026-05-10"):
        return self._create_invoice(day, amount, move_type="in_invoice")

    def _make(self, user=None, **vals):
        """Return the drafts that the wizard makes."""
        wizards = self._as(self.env["cosmetics.budget.carry"], user or self.accountant)
        action = wizards.create({"budget_id": self.budget.id, **vals}).action_make()
        return self.books["cosmetics.budget.change"].search(action["domain"])

    def _approve(self, changes):
        changes.action_submit()
        self._as(changes, self.second).action_approve()

    def _renew(self, budget, **vals):
        fresh = self.books["cosmetics.budget"].browse(budget.action_new_version()["res_id"])
        fresh.line_ids.write(vals)
        return self._approve_budget(fresh)

    def _rest(self, line, month):
        """Return (budgeted, committed, rest) of a month."""
        report = self._get_report(line.budget_id, month=month, line=line)
        return report.planned, report.committed, report.rest

    def test_year_carries_what_the_books_have_not_spent_into_january(self):
        self._spend(1000)
        change = self._make()
        self.assertEqual((change.kind, change.amount, change.state), ("carry", 11000, "draft"))
        self._approve(change)
        self.assertEqual((self.line.amount_year, self.next_line.amount_year), (1000, 23000))
        self.assertEqual(self._rest(self.next_line, 1), (12000, 0, 12000))

    def test_draft_and_refused_carry_forward_change_nothing(self):
        change = self._make()
        change.action_submit()
        self._as(change, self.second).action_refuse()
        self.assertEqual((self.line.amount_year, self.next_line.amount_year), (12000, 12000))

    def test_nobody_approves_an_own_carry_forward(self):
        change = self._make()
        change.action_submit()
        with self.assertRaisesRegex(UserError, "second person"):
            change.action_approve()

    def test_line_that_carries_nothing_is_left_out(self):
        self.budget = self._renew(self.budget, carry_over="none")
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self._make()
        self.assertEqual(self._make(rule="all").amount, 12000)

    def test_committed_alone_is_carried_and_counts_in_the_next_year(self):
        self._commit(300)
        self._approve(self._make(rule="committed"))
        self.assertEqual(self._rest(self.line, 12), (700, 0, 700))
        self.assertEqual(self._rest(self.next_line, 1), (1300, 300, 1000))

    def test_bill_of_the_next_year_spends_what_was_carried_for_it(self):
        self._commit(300)
        self._approve(self._make(rule="committed"))
        self._commit(0)
        self._spend(1300, day="2027-01-10")
        self.assertEqual(self._rest(self.next_line, 1)[2], 0)

    def test_late_commitment_in_a_carried_month_asks_the_month_it_was_carried_to(self):
        self._commit(300)
        self._approve(self._make(rule="committed"))
        piece = {"company_id": self.company.id, "day": "2026-12-30", "code": "560201", "amount": 1001}
        self._commit(1301)
        with self.assertRaisesRegex(UserError, r"2027-01 is exceeded by .*1\.00"):
            self.books["cosmetics.budget"]._check_spending([piece], is_commitment=True)

    def test_money_is_taken_where_it_is_left(self):
        self._renew(self.budget, control="warn")
        self.budget = self.books["cosmetics.budget"].search([("company_id", "=", self.company.id), ("year", "=", "2026")], limit=1)
        self._spend(900, day="2026-12-10")
        change = self._make()
        change.amount = 150
        self._approve(change)
        months = self.budget.line_ids.month_ids.sorted("day")
        self.assertEqual([month.amount for month in months[-3:]], [1000, 950, 900])

    def test_what_was_spent_meanwhile_is_not_carried(self):
        change = self._make()
        change.action_submit()
        self._spend(500)
        with self.assertRaisesRegex(UserError, r"only .*11,500\.00 left"):
            self._as(change, self.second).action_approve()

    def test_line_waits_for_one_carry_forward_at_a_time(self):
        self._make()
        with self.assertRaisesRegex(UserError, "carried already"):
            self._make()

    def test_month_carries_into_the_next_and_its_commitments_with_it(self):
        self._commit(200, day="2026-05-10")
        self._spend(300)
        change = self._make(scope="month", month="5")
        self.assertEqual(change.amount, 700)
        self._approve(change)
        self.assertEqual(self._rest(self.line, 5), (300, 0, 0))
        self.assertEqual(self._rest(self.line, 6), (1700, 200, 1500))

    def test_month_carried_twice_brings_its_commitments_to_the_last(self):
        self._commit(200, day="2026-05-10")
        for month in ("5", "6"):
            self._approve(self._make(scope="month", month=month, rule="committed"))
        self.assertEqual([self._rest(self.line, month)[:2] for month in (5, 6, 7)], [(800, 0), (1000, 0), (1200, 200)])

    def test_month_of_a_line_that_carries_by_itself_is_left_out(self):
        self.budget = self._renew(self.budget, carry="forward")
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self._make(scope="month", month="5")

    def test_december_goes_into_the_next_year(self):
        for month in ("12", False):
            with self.subTest(month), self.assertRaisesRegex(UserError, "January to November"):
                self._make(scope="month", month=month)

    def test_new_version_of_the_next_year_keeps_what_was_carried(self):
        self._commit(300)
        self._approve(self._make(rule="committed"))
        fresh = self._renew(self.following, control="warn").line_ids
        self.assertEqual(self._rest(fresh, 1), (1300, 300, 1000))
        self.assertEqual(self._rest(self.next_line, 1)[1], 0)

    def test_new_version_of_the_old_year_carries_nothing_twice(self):
        self._commit(300)
        self._approve(self._make(rule="committed"))
        draft = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        self.assertEqual(self._rest(draft.line_ids, 12), (700, 0, 700))
        self.assertEqual(self._rest(self.next_line, 1), (1300, 300, 1000))

    def test_copy_that_becomes_the_budget_of_another_year_was_carried_nowhere(self):
        self._approve(self._make(scope="month", month="5"))
        moved = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        self.assertTrue(moved.line_ids.month_ids.carried_to_id)
        moved.year = "2028"
        for budget in (moved, self.budget.copy({"year": "2028"})):
            self.assertFalse(budget.line_ids.month_ids.carried_to_id)
        self._commit(200, day="2028-05-10")
        self.assertEqual(self._rest(moved.line_ids, 5)[1], 200)

    def test_next_year_must_be_in_force_and_have_the_line(self):
        self.budget, before = self._approve_budget(self._create_budget(year="2027")), self.budget
        with self.assertRaisesRegex(UserError, "No budget of 2028 is in force"):
            self._make(rule="all")
        self.budget = self._renew(before, account_prefix="5603")
        with self.assertRaisesRegex(UserError, "no line with the same accounts and shop for: Office"):
            self._make()

    def test_carry_forward_goes_to_a_later_month(self):
        months = self.line.month_ids.sorted("day")
        sides = {"from_line_id": self.line.id, "from_month_id": months[4].id}
        with self.assertRaisesRegex(ValidationError, "later month"):
            self._create_change(self.budget, 10, month=3, kind="carry", **sides)
        with self.assertRaisesRegex(ValidationError, "same budget"):
            self._create_change(self.budget, 10, kind="carry", from_line_id=self.line.id)

    def test_where_a_month_was_carried_is_nobodys_to_write(self):
        draft = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        for line in (self.line, draft.line_ids):
            with self.subTest(line.state), self.assertRaises(AccessError):
                line.month_ids[:1].write({"carried_to_id": self.next_line.month_ids[:1].id})

    def test_reader_carries_nothing(self):
        with self.assertRaises(AccessError):
            self._make(user=self.reader)

    def test_other_shop_is_another_line(self):
        lines = [
            Command.create({"name": "Shop", "account_prefix": "5602", "store_id": self.store.id, "amount_year": 1200, "carry_over": "all"})
        ]
        fresh = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        fresh.line_ids = lines
        self.budget = self._approve_budget(fresh)
        with self.assertRaisesRegex(UserError, "for: Shop"):
            self._make()
