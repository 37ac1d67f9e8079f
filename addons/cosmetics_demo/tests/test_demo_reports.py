"""What the owner and the accountant open first ties with the books of the sample company."""

import io
import zipfile

from odoo import api, fields
from odoo.tests import tagged

from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoReports(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls.env(user=cls._find("user", "accountant"))
        cls.today = fields.Date.context_today(cls.books["res.users"])

    def test_the_statements_of_this_month_tie(self):
        vals = {"period_kind": "month", "year": str(self.today.year), "month": str(self.today.month)}
        for kind in ("balance", "income", "cash_flow"):
            report = self.books["cosmetics.statement.report"].create({"kind": kind, **vals})
            checks = report._get_checks()
            self.assertTrue(checks, kind)
            self.assertEqual([check for check in checks if not check["is_met"]], [], kind)

    def test_an_auditor_gets_the_books_of_this_month_in_one_file_that_ties(self):
        ask = self.books["cosmetics.audit.pack.make"].create({"date_begin": self.today, "date_end": self.today, "voucher_limit": 0})
        pack = self.books["cosmetics.audit.pack"].browse(ask.action_build()["res_id"])
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            api.Environment(cr, self.env.ref("base.user_root").id, {})["cosmetics.audit.pack"]._cron_build()
        self.env.invalidate_all()
        self.assertEqual((pack.state, pack.problem), ("done", False))
        with zipfile.ZipFile(io.BytesIO(pack.attachment_id.raw)) as file:
            self.assertIsNone(file.testzip())
            self.assertTrue(any(name.startswith("02_") for name in file.namelist()))

    def test_break_even_of_shops_sells_what_the_gross_profit_says(self):
        rows = self.books["cosmetics.break.even"].search([("company_id", "=", self.company.id)])
        profit = self.books["cosmetics.profit"].search([("company_id", "=", self.company.id)])
        self.assertAlmostEqual(sum(rows.mapped("revenue")), sum(profit.mapped("revenue")), 2)
        self.assertGreater(sum(rows.mapped("revenue")), 0)
        self.assertTrue(rows.store_id)
