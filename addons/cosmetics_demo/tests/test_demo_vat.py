"""The VAT of the months that are over is declared, and nothing of it is left to the month that runs."""

from datetime import date

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from odoo.fields import Domain
from odoo.tests import tagged

from .. import loader
from ..loader.stock import opening_day
from ..loader.vat import months_over
from .test_demo_company import DemoCase

DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))


@tagged("post_install", "-at_install")
class TestDemoVat(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls._get_demo()
        cls.accountant = cls._find("user", "accountant")
        cls.sheets = cls.env["cosmetics.vat.declaration"].with_user(cls.accountant)

    @given(DAYS)
    def test_the_months_over_are_whole_and_leave_no_gap(self, today):
        company = loader.Demo(self.env, self.plan, today)
        months = months_over(company)
        self.assertIn(len(months), (1, 2))
        self.assertEqual(months[0], opening_day(company).replace(day=1))
        self.assertEqual(months[-1] + relativedelta(months=1), today.replace(day=1))

    def test_each_month_over_is_declared_and_ties_with_the_ledger(self):
        sheets = self.sheets.search([], order="date_from")
        self.assertEqual(sheets.mapped("date_from"), months_over(self.demo))
        for sheet in sheets:
            self.assertEqual((sheet.state, sheet.difference, sheet.has_changed), ("confirmed", 0, False))
            self.assertTrue(sheet.date_to < sheet.declared_on <= sheet.due_on, "no month is declared late")
            self.assertEqual(sheet.create_uid, self.accountant)
            self.assertFalse(sheet.activity_ids, "what is declared is nobody's task any more")

    def test_what_a_month_owes_left_the_account_of_the_month(self):
        for sheet in self.sheets.search([("unpaid", ">", 0)]):
            lines = sheet.move_id.line_ids.filtered(lambda line: line.account_id.code.startswith("222102"))
            self.assertEqual(-sum(lines.mapped("balance")), sheet.unpaid)

    def test_the_month_that_runs_ties_too(self):
        first = self.demo.day(0).replace(day=1)
        sheet = self.sheets.create({"date_from": first, "date_to": first + relativedelta(day=31)})
        sheet.action_count()
        self.assertEqual(sheet.difference, 0)

    def test_the_sales_of_the_first_weeks_are_in_the_sheets(self):
        told = sum(self.sheets.search([]).line_ids.filtered(lambda line: line.code == "out_total").mapped("tax"))
        days = Domain("date", ">=", months_over(self.demo)[0]) & Domain("date", "<", self.demo.day(0).replace(day=1))
        tax = self.env["account.move.line"].with_user(self.accountant)
        [[booked]] = tax._read_group(
            days & Domain("parent_state", "=", "posted") & Domain("tax_line_id.type_tax_use", "=", "sale"), aggregates=["balance:sum"]
        )
        self.assertAlmostEqual(told, -booked, places=2)
        self.assertGreater(told, 0)
