"""The taxpayer of a company, the rates of the law, who may see and do what."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FapiaoCommon, number

OWN = ("fapiao", "fapiao.line", "fapiao.link", "fapiao.batch", "fapiao.request", "fapiao.import", "fapiao.reject")
MODELS = [f"cosmetics.{name}" for name in (*OWN, "vat.declaration", "vat.declaration.line", "vat.rate")]
# What a file or the books say: the program alone writes it.
COUNTED = {"cosmetics.fapiao.reject", "cosmetics.vat.declaration.line"}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 04:00:00")
class TestTaxpayer(FapiaoCommon):
    def _save(self, **vals):
        wizard = self.as_accountant("cosmetics.vat.taxpayer").create({"company_id": self.company.id, **vals})
        wizard.action_save()

    def test_accountant_sets_the_taxpayer_and_default_taxes_follow(self):
        self._save(vat_taxpayer_kind="small", vat_period="quarter", vat_district="town")
        self.assertEqual((self.company.vat_taxpayer_kind, self.company.vat_period, self.company.vat_district), ("small", "quarter", "town"))
        self.assertEqual((self.company.account_sale_tax_id, self.company.account_purchase_tax_id.id), (self._tax("xian_tax_sale_1"), False))
        self._save(vat_taxpayer_kind="general", vat_period="month")
        self.assertEqual((self.company.account_sale_tax_id, self.company.account_purchase_tax_id), (self.tax13, self.purchase13))

    def test_prices_with_tax_stay_prices_with_tax(self):
        self.company.account_sale_tax_id = self.tax13_included
        self.company.vat_taxpayer_kind = "small"
        self.assertEqual(self.company.account_sale_tax_id, self._tax("xian_tax_sale_1_included"))

    def test_when_the_relief_ends_new_products_get_the_full_rate(self):
        self.company.vat_taxpayer_kind = "small"
        self.env["res.company"].sudo()._cron_vat_taxes()
        self.assertEqual(self.company.account_sale_tax_id, self._tax("xian_tax_sale_1"))
        with freeze_time("2028-01-01 04:00:00"):
            self.env["res.company"].sudo()._cron_vat_taxes()
        self.assertEqual(self.company.account_sale_tax_id, self._tax("xian_tax_sale_3"))

    def test_general_taxpayer_declares_every_month(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            self.company.vat_period = "quarter"
            self.env.flush_all()
        self.assertIn("every month", self.env["res.company"]._sql_error_to_message(caught.exception))

    def test_default_classification_code_has_19_digits(self):
        with self.assertRaisesRegex(ValidationError, "19 digits"):
            self._save(fapiao_class_code="107")

    def test_rate_of_the_day_is_found_and_the_company_goes_first(self):
        rates = self.as_accountant("cosmetics.vat.rate")
        day = lambda text: self.env["cosmetics.vat.rate"]._fields["valid_from"].to_date(text)  # noqa: E731
        self.assertEqual(str(rates._get("half_relief", day("2027-12-31"), self.company)), "0.5")
        self.assertIsNone(rates._get("half_relief", day("2028-01-01"), self.company))
        rates.create({"code": "local_education", "value": 0.01, "valid_from": "2026-01-01", "company_id": self.company.id})
        self.assertEqual(str(rates._get("local_education", day("2026-11-30"), self.company)), "0.01")
        self.assertEqual(str(rates._get("local_education", day("2025-11-30"), self.company)), "0.02")

    def test_two_rates_never_hold_on_one_day(self):
        rates = self.as_accountant("cosmetics.vat.rate")
        with self.assertRaises(ValidationError) as caught:
            rates.create({"code": "education", "value": 0.02, "valid_from": "2027-01-01"})
        self.assertIn("another row for these days", str(caught.exception))
        rates.search([("code", "=", "education")]).valid_to = "2026-12-31"
        rates.create({"code": "education", "value": 0.02, "valid_from": "2027-01-01"})


@tagged("post_install", "-at_install")
@freeze_time("2026-11-28 04:00:00")
class TestRights(FapiaoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.reader = new_test_user(cls.env, "fapiao_reader", "base.group_user,account.group_account_readonly", **own)
        cls.clerk = new_test_user(cls.env, "fapiao_clerk", "base.group_user,sales_team.group_sale_salesman", **own)

    def _allowed(self, user, operation):
        return {model for model in MODELS if self.env[model].with_user(user).has_access(operation)}

    def test_accountant_works_reader_reads_clerk_does_neither(self):
        self.assertEqual(self._allowed(self.accountant, "create"), set(MODELS) - COUNTED)
        self.assertEqual(self._allowed(self.accountant, "read"), set(MODELS))
        self.assertEqual((self._allowed(self.reader, "read"), self._allowed(self.reader, "write")), (set(MODELS), set()))
        self.assertEqual(self._allowed(self.clerk, "read"), set())

    def test_clerk_sees_the_number_on_the_invoice_and_nothing_else(self):
        invoice = self._post(self.tax13, invoice_user_id=self.clerk.id)
        fapiao = self._fapiao(1)
        fapiao.action_match()
        seen = invoice.with_user(self.clerk)
        self.assertEqual(seen.read(["fapiao_numbers"])[0]["fapiao_numbers"], number(1))
        with self.assertRaises(AccessError):
            seen.read(["fapiao_link_ids"])
        with self.assertRaises(AccessError):
            fapiao.with_user(self.clerk).read(["number"])

    def test_reader_presses_no_button(self):
        sheet = self._declaration()
        for press in ("action_count", "action_confirm", "action_reopen", "action_declare"):
            with self.subTest(press), self.assertRaises(AccessError):
                getattr(sheet.with_user(self.reader), press)()
        fapiao = self._fapiao(1, direction="received")
        for press in ("action_match", "action_accept", "action_create_bill", "action_unlink_moves"):
            with self.subTest(press), self.assertRaises(AccessError):
                getattr(fapiao.with_user(self.reader), press)()
        with self.assertRaises(AccessError):
            self.env["cosmetics.vat.taxpayer"].with_user(self.reader).create({})
        with self.assertRaises(AccessError):
            self._post(self.tax13).with_user(self.reader).action_request_fapiao()

    def test_another_company_is_not_seen(self):
        other = self.env["res.company"].sudo().create({"name": "另一家公司"})
        vals = {"number": number(7), "direction": "issued", "day": "2026-11-20", "amount": 1, "company_id": other.id}
        foreign = self.env["cosmetics.fapiao"].sudo().create(vals)
        sheet = self.env["cosmetics.vat.declaration"].sudo().create(
            {"date_from": "2026-11-01", "date_to": "2026-11-30", "company_id": other.id}
        )  # fmt: skip
        for record in (foreign, sheet):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.accountant).read(["company_id"])

    def test_every_leaf_of_the_folder_is_the_accountants(self):
        folder = self.env.ref("cosmetics_finance_fapiao.menu_fapiao")
        leaves = self.env["ir.ui.menu"].sudo().search([("id", "child_of", folder.id), ("action", "!=", False)])
        self.assertGreater(len(leaves), 8)
        self.assertEqual(leaves.group_ids, self.env.ref("cosmetics_finance.group_accountant"))
