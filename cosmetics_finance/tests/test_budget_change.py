"""A budget in force changes by transfers and supplements alone, after a second person agrees."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_budget import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetChange(BudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._approve_budget(cls._create_budget({}, {"name": "Meetings", "account_prefix": "5603", "amount_year": 1200}))
        cls.office, cls.meetings = cls.budget.line_ids

    def _month(self, line, number=5):
        return line.month_ids.sorted("day")[number - 1]

    def _create_transfer(self, amount, **vals):
        """Return the draft of a transfer from the office to the meetings of May."""
        sides = {"line_id": self.meetings.id, "month_id": self._month(self.meetings).id}
        source = {"from_line_id": self.office.id, "from_month_id": self._month(self.office).id}
        return self._create_change(self.budget, amount, **{"kind": "transfer", **sides, **source, **vals})

    def _approve(self, change):
        change.action_submit()
        self._as(change, self.second).action_approve()

    def test_supplement_adds_to_a_month(self):
        self._approve(self._create_change(self.budget, 500))
        self.assertEqual((self._month(self.office).amount, self.office.amount_year), (1500, 12500))

    def test_transfer_moves_money_and_adds_none(self):
        self._approve(self._create_transfer(300))
        self.assertEqual((self._month(self.office).amount, self._month(self.meetings).amount, self.budget.amount), (700, 400, 13200))

    def test_nobody_approves_an_own_change(self):
        change = self._create_change(self.budget, 500)
        change.action_submit()
        with self.assertRaisesRegex(UserError, "second person"):
            change.action_approve()
        self.assertEqual(self._month(self.office).amount, 1000)

    def test_change_that_was_not_submitted_changes_nothing(self):
        change = self._create_change(self.budget, 500)
        self._as(change, self.second).action_approve()
        self.assertEqual((change.state, self._month(self.office).amount), ("draft", 1000))

    def test_change_is_brought_in_once(self):
        change = self._create_change(self.budget, 500)
        self._approve(change)
        self._as(change, self.second).action_approve()
        self.assertEqual(self._month(self.office).amount, 1500)

    def test_refused_change_changes_nothing(self):
        change = self._create_change(self.budget, 500)
        change.action_submit()
        self._as(change, self.second).action_refuse()
        self.assertEqual((change.state, self._month(self.office).amount), ("refused", 1000))

    def test_what_is_spent_cannot_be_transferred(self):
        self._create_invoice("2026-05-10", 800, move_type="in_invoice")
        change = self._create_transfer(300)
        change.action_submit()
        with self.assertRaisesRegex(UserError, r"only .*200.00.* left"):
            self._as(change, self.second).action_approve()

    def test_change_of_a_version_no_longer_in_force_is_refused(self):
        change = self._create_change(self.budget, 500)
        change.action_submit()
        self._approve_budget(self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"]))
        with self.assertRaisesRegex(UserError, "not in force"):
            self._as(change, self.second).action_approve()

    def test_sides_must_fit(self):
        with self.assertRaisesRegex(ValidationError, "takes from no other"):
            self._create_transfer(10, kind="supplement")
        with self.assertRaisesRegex(ValidationError, "Enter which"):
            self._create_transfer(10, from_month_id=False)
        with self.assertRaisesRegex(ValidationError, "another line or month"):
            self._create_transfer(10, line_id=self.office.id, month_id=self._month(self.office).id)
        with self.assertRaisesRegex(ValidationError, "same budget"):
            self._create_transfer(10, month_id=self._month(self.office, 6).id)

    def test_submitted_change_stands(self):
        change = self._create_change(self.budget, 500)
        change.action_submit()
        with self.assertRaisesRegex(UserError, "Only a draft"):
            change.amount = 5000
        with self.assertRaisesRegex(UserError, "kept"):
            change.unlink()
        with self.assertRaises(AccessError):
            change.write({"state": "approved"})

    def test_reader_enters_no_change(self):
        with self.assertRaises(AccessError):
            self._as(self.env["cosmetics.budget.change"], self.reader).create({"budget_id": self.budget.id})
