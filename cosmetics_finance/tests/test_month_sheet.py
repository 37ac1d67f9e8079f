"""What every sheet of a month keeps: people choose the month, the system does the rest."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_due import DueCommon


@tagged("post_install", "-at_install")
class TestMonthSheet(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheets = cls.env["cosmetics.month.sheet"].with_user(cls.accountant)

    def test_any_day_of_a_month_means_its_first(self):
        for day in ("2026-05-01", "2026-05-17", date(2026, 5, 31)):
            with self.subTest(day=day):
                self.assertEqual(self.sheets._on_first_day({"month": day}), {"month": date(2026, 5, 1)})

    def test_values_without_a_month_stay_what_they_are(self):
        for vals in ({}, {"company_id": self.company.id}, {"month": False}):
            with self.subTest(vals=vals):
                self.assertEqual(self.sheets._on_first_day(vals), vals)

    def test_month_and_company_are_asked_for(self):
        self.assertIsNone(self.sheets._check_asked({"month": "2026-05-01", "company_id": self.company.id}))

    def test_figures_are_typed_by_nobody(self):
        for vals in ({"state": "posted"}, {"month": "2026-05-01", "difference": 0}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "Choose the month only"):
                self.sheets.with_context(lang="en_US")._check_asked(vals)

    def test_everything_but_what_is_asked_for_is_the_systems(self):
        """So no default of a context or of a user begins a sheet with figures."""
        own = self.sheets._get_machine_fields()
        self.assertNotIn("month", own)
        self.assertIn("display_name", own)
        self.assertLessEqual(own, set(self.sheets._fields))
        self.assertFalse(own & self.sheets._asked)
