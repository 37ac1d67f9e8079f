"""A month with a budget, told by many papers; and random months, of which none exceeds what stops."""

from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_budget import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetStory(BudgetCommon):
    def _bill(self, *lines, day="2026-05-10", move_type="in_invoice", **vals):
        """Return a posted bill; a line is (prefix of the account, amount)."""
        commands = [
            Command.create(
                {"name": prefix, "account_id": self._find_account(prefix).id, "price_unit": amount, "tax_ids": [Command.clear()]}
            )
            for prefix, amount in lines
        ]
        return self._create_invoice(day, 0, move_type=move_type, invoice_line_ids=commands, **vals)

    def test_bill_of_two_accounts_is_judged_by_both_lines(self):
        budget = self._approve_budget(self._create_budget({}, {"name": "Selling", "account_prefix": "5601", "amount_year": 1200}))
        self._bill(("5602", 400), ("5601", 100))
        office, selling = budget.line_ids
        self.assertEqual((self._get_report(budget, line=office).rest, self._get_report(budget, line=selling).rest), (600, 0))
        with self.assertRaisesRegex(UserError, r"Selling in 2026-05 is exceeded by .*1\.00"):
            self._bill(("5602", 1), ("5601", 1))

    def test_sentence_names_every_line_that_stops(self):
        self._approve_budget(self._create_budget({}, {"name": "Selling", "account_prefix": "5601", "amount_year": 1200}))
        with self.assertRaisesRegex(UserError, r"Office in 2026-05 is exceeded by .*; Selling in 2026-05 is exceeded by"):
            self._bill(("5602", 2000), ("5601", 2000))

    def test_line_that_warns_does_not_soften_one_that_stops(self):
        self._approve_budget(self._create_budget({"control": "warn"}, {"name": "All", "account_prefix": "56", "amount_year": 1200}))
        with self.assertRaisesRegex(UserError, "All in 2026-05") as refusal:
            self._bill(("5602", 1500))
        self.assertNotIn("Office", str(refusal.exception))

    def test_bills_of_one_batch_are_judged_together(self):
        self._approve_budget(self._create_budget())
        bills = self._bill(("5602", 600)) | self._bill(("5602", 400))
        bills.button_draft()
        bills[0].invoice_line_ids.price_unit = 601
        with self.assertRaisesRegex(UserError, r"exceeded by .*1\.00"):
            bills.action_post()

    def test_bill_that_is_set_to_draft_gives_back_and_posts_again(self):
        budget = self._approve_budget(self._create_budget())
        bill = self._bill(("5602", 1000))
        bill.button_draft()
        self._bill(("5602", 300))
        with self.assertRaisesRegex(UserError, r"exceeded by .*300\.00"):
            bill.action_post()
        self.assertEqual(budget.state, "approved")

    def test_supplement_lets_the_bill_pass(self):
        budget = self._approve_budget(self._create_budget())
        self._bill(("5602", 1000))
        change = self._create_change(budget, 200)
        change.action_submit()
        self._as(change, self.second).action_approve()
        self.assertEqual(self._bill(("5602", 200)).state, "posted")
        self.assertEqual((self._get_report(budget).planned, self._get_report(budget).rest), (1200, 0))

    def test_foreign_currency_counts_in_the_currency_of_the_books(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "name": "2026-05-01", "inverse_company_rate": 7, "company_id": self.company.id}
        )
        budget = self._approve_budget(self._create_budget())
        self._bill(("5602", 100), currency_id=dollar.id)
        self.assertEqual(self._get_report(budget).actual, 700)

    def test_report_adds_up_by_line_and_by_month(self):
        budget = self._approve_budget(self._create_budget({}, {"name": "Selling", "account_prefix": "5601", "amount_year": 1200}))
        self._bill(("5602", 400), ("5601", 50))
        self._bill(("5602", 100), day="2026-06-10")
        reports = self._as(self.env["cosmetics.budget.report"], self.reader)
        domain = [("budget_id", "=", budget.id)]
        rows = reports._read_group(domain, ["line_id"], ["planned:sum", "actual:sum", "rest:sum"])
        self.assertEqual([row[1:] for row in rows], [(12000, 500, 11500), (1200, 50, 1150)])
        months = dict(reports._read_group(domain, ["day:month"], ["actual:sum"]))
        self.assertEqual(sorted(amount for amount in months.values() if amount), [100, 450])
        self.assertEqual(reports.search_count([*domain, ("rest", "<", 0)]), 0)

    def test_month_without_a_budget_has_no_percentage(self):
        budget = self._create_budget()
        budget.line_ids.month_ids.sorted("day")[4].planned = 0
        self._approve_budget(budget)
        self.assertEqual(self._get_report(budget).percent, 0)

    @settings(
        deadline=None,
        max_examples=6,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(
        st.sampled_from(["month", "forward", "year"]),
        st.lists(st.tuples(st.integers(1, 12), st.integers(1, 300_000), st.sampled_from(["in_invoice", "in_refund"])), max_size=6),
    )
    def test_no_sequence_of_bills_exceeds_a_line_that_stops(self, carry, papers):
        with self.cr.savepoint() as savepoint:
            budget = self._approve_budget(self._create_budget({"carry": carry}))
            spent = [Decimal(0)] * 12
            for month, cents, move_type in papers:
                try:
                    with self.cr.savepoint():
                        self._bill(("5602", cents / 100), day=f"2026-{month:02d}-10", move_type=move_type)
                except UserError:
                    self.env.invalidate_all()
                    continue
                spent[month - 1] += Decimal(cents) / 100 * (1 if move_type == "in_invoice" else -1)
            found = [Decimal(str(self._get_report(budget, month=month).actual)) for month in range(1, 13)]
            self.assertEqual([f"{amount:.2f}" for amount in found], [f"{amount:.2f}" for amount in spent])
            if carry == "month":
                self.assertTrue(all(amount <= 1000 for amount in spent))
            if carry == "year":
                self.assertLessEqual(sum(spent), 12000)
            savepoint.rollback()
            self.env.invalidate_all()
