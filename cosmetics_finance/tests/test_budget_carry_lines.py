"""Several lines at once: each by its own rule, into the line of the next year that is like it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_budget import BudgetCommon

LINES = (
    {"name": "Office", "carry_over": "all"},
    {"name": "Shop", "carry_over": "all", "amount_year": 2400},
    {"name": "Meetings", "account_prefix": "5603", "carry_over": "none"},
    {"name": "Fairs", "account_prefix": "5601", "carry_over": "committed", "carry": "year"},
)


@tagged("post_install", "-at_install")
class TestBudgetCarryLines(BudgetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = [{**line, **({"store_id": cls.store.id} if line["name"] == "Shop" else {})} for line in LINES]
        cls.budget = cls._approve_budget(cls._create_budget(*lines))
        cls.following = cls._approve_budget(cls._create_budget(*reversed(lines), year="2027"))

    def _make(self, **vals):
        wizard = self._as(self.env["cosmetics.budget.carry"], self.accountant).create({"budget_id": self.budget.id, **vals})
        return self.books["cosmetics.budget.change"].search(wizard.action_make()["domain"])

    def _line(self, name, budget=None):
        return (budget or self.budget).line_ids.filtered(lambda line: line.name == name)

    def test_each_line_goes_by_its_own_rule_into_the_one_like_it(self):
        found = {change.from_line_id.name: (change.line_id.name, change.amount) for change in self._make()}
        self.assertEqual(found, {"Office": ("Office", 12000), "Shop": ("Shop", 2400)})

    def test_rule_of_the_dialogue_goes_before_those_of_the_lines(self):
        self.assertEqual(sorted(self._make(rule="all").from_line_id.mapped("name")), ["Fairs", "Meetings", "Office", "Shop"])

    def test_all_are_submitted_and_approved_together(self):
        changes = self._make()
        changes.action_submit()
        self._as(changes, self.second).action_approve()
        self.assertEqual(set(changes.mapped("state")), {"approved"})
        self.assertEqual((self.budget.amount, self.following.amount), (24000, 52800))

    def test_carry_forward_tells_what_it_is_and_who_agreed(self):
        changes = self._make()
        changes.action_submit()
        self._as(changes, self.second).action_approve()
        change = changes[:1]
        self.assertEqual((change.name, change.approved_by_id), (f"Carry-Forward {change.line_id.name}", self.second))
        self.assertIn("Carried forward of 2026: All That Is Not Spent", change.reason)
        self.assertEqual((change.budget_id, change.from_line_id.budget_id), (self.following, self.budget))

    def test_approved_carry_forward_is_brought_in_once(self):
        changes = self._make()
        changes.action_submit()
        for _time in range(2):
            self._as(changes, self.second).action_approve()
        self.assertEqual(self._line("Office", self.following).amount_year, 24000)

    def test_line_that_spent_more_than_it_had_carries_nothing(self):
        self._renew_control("warn")
        self._create_invoice("2026-05-10", 13000, move_type="in_invoice")
        self.assertEqual(self._make().from_line_id.mapped("name"), ["Shop"])

    def _renew_control(self, control):
        fresh = self.books["cosmetics.budget"].browse(self.budget.action_new_version()["res_id"])
        fresh.line_ids.control = control
        self.budget = self._approve_budget(fresh)

    def test_replaced_version_carries_nothing(self):
        before = self.budget
        self._renew_control("warn")
        self.budget = before
        with self.assertRaisesRegex(UserError, "not in force"):
            self._make()

    def test_carry_forward_of_a_replaced_version_is_not_approved(self):
        change = self._make()[:1]
        change.action_submit()
        self._renew_control("warn")
        with self.assertRaisesRegex(UserError, "not in force"):
            self._as(change, self.second).action_approve()

    def test_dialogue_of_a_budget_begins_with_it(self):
        wizards = self._as(self.env["cosmetics.budget.carry"], self.accountant)
        context = {"active_model": "cosmetics.budget", "active_id": self.budget.id}
        self.assertEqual(wizards.with_context(**context).default_get(["budget_id"])["budget_id"], self.budget.id)
        draft = self.budget.action_new_version()["res_id"]
        self.assertFalse(wizards.with_context(**context | {"active_id": draft}).default_get(["budget_id"]).get("budget_id"))

    def test_refused_carry_forward_may_be_made_again(self):
        changes = self._make()
        changes.action_submit()
        self._as(changes, self.second).action_refuse()
        self.assertEqual(len(self._make()), 2)

    def test_rule_of_a_line_in_force_stands(self):
        with self.assertRaisesRegex(UserError, "Only a draft"):
            self._line("Office").carry_over = "none"

    def test_reader_sees_the_carry_forward_and_approves_none(self):
        changes = self._make()
        changes.action_submit()
        seen = self._as(changes, self.reader)
        self.assertEqual(set(seen.mapped("kind")), {"carry"})
        with self.assertRaises(AccessError):
            seen.action_approve()

    def test_total_of_the_accounts_counts_each_item_once_whatever_shops_it_has(self):
        entries = [{"name": "Paper", "account_id": self._find_account("5602").id, "price_unit": 10, "tax_ids": [Command.clear()]}]
        entries.append({**entries[0], "store_id": self.store.id})
        lines = [Command.create(vals) for vals in entries]
        self._create_invoice("2026-05-10", 20, move_type="in_invoice", invoice_line_ids=lines)
        self.assertEqual([self._get_report(self.budget, line=self._line(name)).actual for name in ("Office", "Shop")], [20, 10])
