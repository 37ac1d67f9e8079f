"""The work sheet after it was confirmed: reopened, printed, in another company, and the taxpayer who changes."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import VAT, FapiaoCommon, number


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestReopening(FapiaoCommon):
    def _close_november(self):
        vals = {"company_id": self.company.id, "year": "2026", "month": "11", "state": "closed"}
        self.env["cosmetics.period.close"].sudo().create(vals)

    def test_reopened_sheet_takes_the_correction_and_the_entry_is_the_new_one(self):
        self._post(self.tax13)
        sheet = self._declaration()
        sheet.action_confirm()
        first = sheet.move_id
        sheet.action_reopen()
        self._post(self.tax13, 200)
        sheet.action_confirm()
        self.assertEqual((sheet.payable, self._balance("222102"), self._balance("222111")), (39, -39, -2.73))
        self.assertNotEqual(sheet.move_id, first)
        self.assertEqual((first.reversal_move_ids.state, str(first.reversal_move_ids.date)), ("posted", "2026-11-30"))
        self.assertFalse(sheet.has_changed)

    def test_reopened_twice_it_is_reversed_once(self):
        self._post(self.tax13)
        sheet = self._declaration()
        sheet.action_confirm()
        sheet.action_reopen()
        sheet.action_reopen()
        self.assertEqual((len(sheet.move_ids), self._balance("222102")), (2, 0))

    def test_reopened_sheet_is_declared_again(self):
        sheet = self._declaration()
        sheet.action_declare()
        self.assertFalse(sheet.declared_on, "a draft is declared by nobody")
        sheet.action_confirm()
        sheet.action_declare()
        sheet.action_reopen()
        self.assertFalse(sheet.declared_on)
        sheet.action_confirm()
        with freeze_time("2026-12-10 04:00:00"):
            sheet.action_declare()
        self.assertEqual(str(sheet.declared_on), "2026-12-10")

    def test_day_of_the_declaration_is_the_first_one(self):
        sheet = self._declaration()
        sheet.action_confirm()
        sheet.action_declare()
        with freeze_time("2026-12-10 04:00:00"):
            sheet.action_declare()
        self.assertEqual(str(sheet.declared_on), "2026-12-03")

    def test_reopened_sheet_without_entry_has_nothing_to_reverse(self):
        sheet = self._declaration()
        sheet.action_confirm()
        self.assertFalse(sheet.move_id)
        sheet.action_reopen()
        self.assertEqual((sheet.state, len(sheet.move_ids)), ("draft", 0))
        sheet.unlink()

    def test_reopened_sheet_that_has_entries_is_kept(self):
        self._post(self.tax13)
        sheet = self._declaration()
        sheet.action_confirm()
        sheet.action_reopen()
        with self.assertRaisesRegex(UserError, "has entries is kept"):
            sheet.unlink()

    def test_month_whose_books_are_closed_is_not_confirmed(self):
        self._post(self.tax13)
        sheet = self._declaration()
        self._close_november()
        with self.assertRaisesRegex(UserError, "The books are closed through 2026-11-30"):
            sheet.action_confirm()

    def test_month_whose_books_are_closed_is_not_reopened(self):
        self._post(self.tax13)
        sheet = self._declaration()
        sheet.action_confirm()
        self._close_november()
        with self.assertRaisesRegex(UserError, "The books are closed through 2026-11-30"):
            sheet.action_reopen()

    def test_uncertified_input_tax_stays_when_nobody_wants_it_moved(self):
        self._bill(100)
        sheet = self._declaration(is_reclassified=False)
        self.assertEqual((sheet.reclassified, sheet.difference), (0, 13), "it is told as a difference instead")
        sheet.difference_note = "发票未到"
        sheet.action_confirm()
        self.assertEqual((self._balance("222105"), self._balance("22210101")), (0, 13))

    def test_relief_beyond_what_is_owed_is_no_credit(self):
        self._post(self.tax13)
        self._entry([("22210105", 50), ("530100", -50)])
        sheet = self._declaration()
        self.assertEqual((sheet.payable, sheet.credit_after, self._row(sheet, "relief")), (0, 0, (0, 50)))

    def test_deduction_of_output_tax_lowers_what_is_owed(self):
        self._post(self.tax13)
        self._entry([("22210102", 5), ("540100", -5)])
        sheet = self._declaration()
        self.assertEqual((sheet.payable, sheet.difference, self._row(sheet, "deduction")), (8, 0, (0, 5)))
        items = sheet.line_ids.filtered(lambda line: line.code == "deduction").action_open_items()
        self.assertEqual(self.as_accountant("account.move.line").search(items["domain"]).account_id.code, "22210102")


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestPrint(FapiaoCommon):
    def _print(self, sheet, lang="zh_CN"):
        report = self.env["ir.actions.report"].with_user(self.accountant).with_context(lang=lang)
        return report._render_qweb_html("cosmetics_finance_fapiao.report_cosmetics_vat_declaration", sheet.ids)[0].decode()

    def test_paper_names_company_taxpayer_period_and_due_day_in_chinese(self):
        self._post(self.tax13)
        html = self._print(self._declaration())
        for words in (
            VAT,
            self.company.name,
            "一般纳税人",
            "2026 年 11 月增值税",
            "2026/11/01",
            "2026/12/15",
            "未开票 13%",
            "城市维护建设税",
        ):
            with self.subTest(words):
                self.assertIn(words, html)

    def test_paper_shows_the_figures_of_each_section_and_the_reason(self):
        self._post(self.tax13, 1234.5)
        self._entry([("222101", -7), ("560104", 7)])
        sheet = self._declaration(difference_note="旧科目余额")
        html = self._print(sheet, "en_US")
        for words in ("1,234.50", "160.49", "11.23", "4.81", "3.21", "-\N{ZERO WIDTH NO-BREAK SPACE}7.00", "旧科目余额", "Draft"):
            with self.subTest(words):
                self.assertIn(words, html)
        sheet.action_confirm()
        self.assertIn("Confirmed", self._print(sheet, "en_US"))

    def test_paper_of_several_months_has_them_all(self):
        sheets = self._declaration("2026-10-01", "2026-10-31") + self._declaration()
        html = self._print(sheets, "en_US")
        self.assertIn("VAT 2026-10", html)
        self.assertIn("VAT 2026-11", html)

    def test_paper_of_another_company_is_printed_by_nobody(self):
        other = self.env["res.company"].sudo().create({"name": "另一家公司"})
        vals = {"date_from": "2026-11-01", "date_to": "2026-11-30", "company_id": other.id}
        foreign = self.env["cosmetics.vat.declaration"].sudo().create(vals)
        with self.assertRaises(AccessError):
            self._print(foreign)


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestCompanies(FapiaoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="另一家公司")["company"].with_env(cls.env)
        own = {"company_id": cls.other.id, "company_ids": [Command.set(cls.other.ids)]}
        cls.foreigner = new_test_user(cls.env, "fapiao_foreigner", "base.group_user,cosmetics_finance.group_accountant", **own)

    def _as_foreigner(self, model):
        return self.env[model].with_user(self.foreigner).with_company(self.other)

    def test_every_record_of_a_company_is_hidden_from_the_accountant_of_another(self):
        invoice = self._post(self.tax13)
        batch = self.env["cosmetics.fapiao.batch"].with_user(self.accountant)._create_for(invoice)
        fapiao = self._fapiao(1, line_ids=[Command.create({"name": "面霜", "amount": 100})])
        link = self._link(fapiao, invoice, 113)
        upload = self.as_accountant("cosmetics.fapiao.import").create({})
        reject = self.env["cosmetics.fapiao.reject"].sudo().create({"import_id": upload.id})
        sheet = self._declaration()
        rate = self.as_accountant("cosmetics.vat.rate").create(
            {"code": "levy", "value": 0.02, "valid_from": "2025-01-01", "company_id": self.company.id}
        )
        for record in (batch, batch.request_ids, fapiao, fapiao.line_ids, link, upload, reject, sheet, sheet.line_ids[0], rate):
            with self.subTest(record._name):
                self.assertFalse(self._as_foreigner(record._name).search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    record.with_user(self.foreigner).read(["company_id"])

    def test_the_same_number_lies_in_two_companies(self):
        self._fapiao(1)
        vals = {"number": number(1), "direction": "received", "day": "2026-11-20", "amount": 100, "tax": 13}
        theirs = self._as_foreigner("cosmetics.fapiao").create(vals)
        self.assertEqual(theirs.company_id, self.other)

    def test_record_is_not_made_in_a_company_of_others(self):
        for model, vals in (
            ("cosmetics.fapiao", {"number": number(1), "direction": "issued", "day": "2026-11-20", "amount": 1}),
            ("cosmetics.fapiao.batch", {}),
            ("cosmetics.vat.declaration", {"date_from": "2026-11-01", "date_to": "2026-11-30"}),
            ("cosmetics.vat.rate", {"code": "levy", "value": 0.02, "valid_from": "2025-01-01"}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self._as_foreigner(model).create({**vals, "company_id": self.company.id})

    def test_sheet_counts_its_own_company_alone(self):
        self._post(self.tax13)
        self._fapiao(1, direction="received", certified_month="2026-11-01", deductible_tax=13)
        sheet = self._as_foreigner("cosmetics.vat.declaration").create({"date_from": "2026-11-01", "date_to": "2026-11-30"})
        sheet.action_count()
        self.assertEqual((self._row(sheet, "out_total"), self._row(sheet, "in_certified"), sheet.payable), ((0, 0), (0, 0), 0))

    def test_rate_of_a_company_counts_for_it_alone(self):
        vals = {"code": "urban_city", "value": 0.05, "valid_from": "2026-01-01", "company_id": self.company.id}
        self.as_accountant("cosmetics.vat.rate").create(vals)
        rates = self.env["cosmetics.vat.rate"].sudo()
        found = [str(rates._get("urban_city", date(2026, 11, 30), company)) for company in (self.company, self.other)]
        self.assertEqual(found, ["0.05", "0.07"])


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestSwitch(FapiaoCommon):
    def _rates(self, code, *days):
        rates = self.as_accountant("cosmetics.vat.rate")
        return [found and float(found) for found in (rates._get(code, date.fromisoformat(day), self.company) for day in days)]

    def test_each_relief_holds_on_its_last_day_and_not_on_the_next(self):
        for code, value in (("half_relief", 0.5), ("exempt_month", 100000), ("exempt_quarter", 300000)):
            with self.subTest(code):
                self.assertEqual(self._rates(code, "2027-12-31", "2028-01-01"), [value, None])

    def test_each_rate_begins_on_its_first_day(self):
        for code, before, first in (("urban_city", "2021-08-31", "2021-09-01"), ("levy", "2025-12-31", "2026-01-01")):
            with self.subTest(code):
                self.assertIsNone(self._rates(code, before)[0])
                self.assertTrue(self._rates(code, first)[0])

    def test_tax_of_one_percent_is_the_default_until_its_last_day(self):
        self.company.vat_taxpayer_kind = "small"
        for moment, key in (("2027-12-31 04:00:00", "xian_tax_sale_1"), ("2028-01-01 04:00:00", "xian_tax_sale_3")):
            with freeze_time(moment):
                self.env["res.company"].sudo()._cron_vat_taxes()
            self.assertEqual(self.company.account_sale_tax_id, self._tax(key))

    def test_company_that_becomes_small_after_the_relief_gets_the_full_rate(self):
        with freeze_time("2028-01-01 04:00:00"):
            self.company.vat_taxpayer_kind = "small"
        self.assertEqual(self.company.account_sale_tax_id, self._tax("xian_tax_sale_3"))

    def test_threshold_ends_with_the_law_and_all_is_taxed(self):
        self.company.vat_taxpayer_kind = "small"
        three = self._tax("xian_tax_sale_3")
        sheets = []
        for first, last in (("2027-12-01", "2027-12-31"), ("2028-01-01", "2028-01-31")):
            self._post(three, 1000, invoice_date=first)
            sheets.append(self._declaration(first, last, kind="small"))
        self.assertEqual([(sheet.payable, sheet.exempt) for sheet in sheets], [(0, 30), (30, 0)])

    def test_rate_that_ends_is_followed_by_the_next_and_the_sheet_takes_its_day(self):
        rates = self.as_accountant("cosmetics.vat.rate")
        rates.search([("code", "=", "education")]).valid_to = "2026-11-29"
        rates.create({"code": "education", "value": 0.02, "valid_from": "2026-11-30"})
        self._post(self.tax13)
        self._post(self.tax13, invoice_date="2026-10-20")
        sheets = self._declaration(), self._declaration("2026-10-01", "2026-10-31")
        self.assertEqual([self._row(sheet, "education")[1] for sheet in sheets], [0.26, 0.39])

    def test_rate_is_not_negative_and_ends_after_it_begins(self):
        for vals, words in (({"value": -0.01}, "0 or more"), ({"valid_to": "2029-12-31"}, "lies before the first")):
            with self.subTest(words), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
                self.as_accountant("cosmetics.vat.rate").create({"code": "levy", "value": 0.01, "valid_from": "2030-01-01", **vals})
            self.assertIn(words, self.env["cosmetics.vat.rate"]._sql_error_to_message(caught.exception))

    def test_sheet_of_the_old_kind_stays_what_it_was(self):
        self._post(self.tax13)
        november = self._declaration()
        november.action_confirm()
        self.company.write({"vat_taxpayer_kind": "small", "vat_period": "quarter"})
        self.assertEqual((november.kind, november.payable, november.has_changed), ("general", 13, False))
        self.assertEqual(self.as_accountant("cosmetics.vat.declaration").new({}).kind, "small")

    def test_switch_to_small_keeps_products_that_have_their_own_tax(self):
        product = self.env["product.product"].create({"name": "面霜", "taxes_id": [Command.set(self.tax13.ids)]})
        self.company.vat_taxpayer_kind = "small"
        self.assertEqual(product.taxes_id, self.tax13)
        self.assertEqual(
            self.env["product.product"].with_company(self.company).create({"name": "新品"}).taxes_id, self._tax("xian_tax_sale_1")
        )

    def test_tax_that_was_chosen_with_the_switch_is_kept(self):
        self.company.write({"vat_taxpayer_kind": "small", "account_sale_tax_id": self._tax("xian_tax_sale_3").id})
        self.assertEqual(self.company.account_sale_tax_id, self._tax("xian_tax_sale_3"))

    def test_certified_tax_is_refused_once_the_company_is_small(self):
        fapiao = self._fapiao(1, direction="received")
        self.company.vat_taxpayer_kind = "small"
        with self.assertRaisesRegex(ValidationError, "small-scale taxpayer and deducts no tax"):
            fapiao.write({"certified_month": "2026-11-01", "deductible_tax": 13})

    def test_month_of_certification_is_its_first_day(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            self._fapiao(1, direction="received", certified_month="2026-11-02", deductible_tax=13)
        self.assertIn("first day of the tax period", self.env["cosmetics.fapiao"]._sql_error_to_message(caught.exception))
