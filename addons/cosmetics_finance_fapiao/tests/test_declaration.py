"""The work sheet of a VAT declaration: what it counts, how it ties to account 222101, what it enters."""

from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FapiaoCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestDeclaration(FapiaoCommon):
    def _certified(self, serial, tax, **vals):
        """Return a received special invoice that is certified for November."""
        return self._fapiao(serial, tax / 0.13, tax, direction="received", certified_month="2026-11-01", deductible_tax=tax, **vals)

    # ------------------------------------------------------------------ sales
    def test_sales_are_counted_by_rate_and_kind_of_invoice(self):
        special, normal = self._post(self.tax13, 100), self._post(self.tax13, 200)
        self._post(self.tax13_included, 339)
        self._post(self._tax("l10n_cn_sales_excluded_6"), 50)
        self._link(self._fapiao(1, 100, 13), special)
        self._link(self._fapiao(2, 200, 26, kind="digital_normal"), normal)
        sheet = self._declaration()
        self.assertEqual(self._row(sheet, "out_special", rate=0.13), (100, 13))
        self.assertEqual(self._row(sheet, "out_normal", rate=0.13), (200, 26))
        self.assertEqual(self._row(sheet, "out_none", rate=0.13), (300, 39))
        self.assertEqual(self._row(sheet, "out_none", rate=0.06), (50, 3))
        self.assertEqual(self._row(sheet, "out_total"), (650, 81))
        self.assertEqual(sheet.difference, 0)

    def test_partly_invoiced_sale_is_split_to_the_cent(self):
        sale = self._post(self.tax13, 100)
        fapiao = self._fapiao(1, 33.33, 4.33)
        self._link(fapiao, sale, 37.66)
        sheet = self._declaration()
        self.assertEqual(self._row(sheet, "out_special"), (33.33, 4.33))
        self.assertEqual(self._row(sheet, "out_none"), (66.67, 8.67))

    def test_refunds_stand_in_a_row_of_their_own(self):
        self._post(self.tax13, 300)
        self._post(self.tax13, 100, "out_refund")
        sheet = self._declaration()
        self.assertEqual(self._row(sheet, "out_red"), (-100, -13))
        self.assertEqual((self._row(sheet, "out_total"), sheet.payable, sheet.difference), ((200, 26), 26, 0))

    def test_sale_invoiced_in_a_later_month_moves_from_one_row_to_the_other(self):
        sale = self._post(self.tax13, 100, invoice_date="2026-10-15")
        self._link(self._fapiao(1, 100, 13, day="2026-11-05"), sale)
        october, november = self._declaration("2026-10-01", "2026-10-31"), self._declaration()
        self.assertEqual((self._row(october, "out_none"), self._row(october, "out_special")), ((100, 13), (0, 0)))
        self.assertEqual((self._row(november, "out_none"), self._row(november, "out_special")), ((-100, -13), (100, 13)))
        self.assertEqual(self._row(november, "out_total"), (0, 0))

    def test_exempt_sales_have_a_row_without_a_rate(self):
        self._post(self._tax("xian_tax_sale_exempt"), 80)
        sheet = self._declaration()
        row = sheet.line_ids.filtered(lambda line: line.code == "out_none")
        self.assertEqual((row.has_rate, row.sales, row.tax), (False, 80, 0))
        self.assertIn("Exempt", row.with_context(lang="en_US").label)

    def test_entries_by_hand_on_output_tax_are_declared(self):
        self._post(self.tax13, 100)
        self._entry([("560106", 13), ("22210107", -13)])
        sheet = self._declaration()
        self.assertEqual((self._row(sheet, "out_manual"), sheet.payable, sheet.difference), ((0, 13), 26, 0))

    def test_drafts_and_other_months_are_not_counted(self):
        self._invoice(self.tax13)
        self._post(self.tax13, 100, invoice_date="2026-12-01")
        self.assertEqual(self._row(self._declaration(), "out_total"), (0, 0))

    def test_income_without_tax_shows_in_the_check_of_sales(self):
        self._post(self.env["account.tax"], 70)
        row = self._declaration().line_ids.filtered(lambda line: line.code == "chk_sales")
        self.assertEqual((row.sales, row.ledger, row.difference), (0, 70, -70))

    # ------------------------------------------------------------------ purchases and what is owed
    def test_only_certified_input_tax_is_deducted(self):
        self._post(self.tax13, 1000)
        self._bill(500)
        self._bill(200)
        self._certified(1, 65)
        sheet = self._declaration()
        self.assertEqual((self._row(sheet, "in_certified"), sheet.payable), ((500, 65), 65))
        self.assertEqual((sheet.reclassified, sheet.difference), (26, 0))

    def test_void_invoices_and_those_of_other_months_are_not_deducted(self):
        self._certified(1, 13, state="void")
        self._fapiao(2, direction="received", certified_month="2026-10-01", deductible_tax=13)
        self.assertEqual(self._row(self._declaration(), "in_certified"), (0, 0))

    def test_transferred_out_input_tax_is_told_by_reason(self):
        self._post(self.tax13, 100)
        self._entry([("560204", 5), ("22210109", -5)], vat_transfer_reason="abnormal_loss")
        self._entry([("560204", 2), ("22210109", -2)])
        sheet = self._declaration()
        self.assertEqual(self._row(sheet, "in_transfer", reason="abnormal_loss"), (0, 5))
        self.assertEqual((self._row(sheet, "in_transfer", reason="other"), sheet.payable), ((0, 2), 20))

    def test_an_entry_of_another_module_says_its_reason_itself(self):
        self._entry([("560204", 5), ("22210109", -5)])
        with patch.object(type(self.env["account.move"]), "_get_vat_transfer_reason", return_value="welfare"):
            sheet = self._declaration()
        self.assertEqual(self._row(sheet, "in_transfer", reason="welfare"), (0, 5))

    def test_credit_is_carried_to_the_next_month(self):
        self._bill(1000)
        self._certified(1, 130)
        self._post(self.tax13, 400)
        november = self._declaration()
        november.action_confirm()
        self.assertEqual((november.payable, november.credit_after, november.move_id.id), (0, 78, False))
        self._post(self.tax13, 1000, invoice_date="2026-12-02")
        december = self._declaration("2026-12-01", "2026-12-31")
        self.assertEqual((self._row(december, "credit_before"), december.payable, december.difference), ((0, 78), 52, 0))

    def test_worked_example_of_surcharges(self):
        self._post(self.tax13, 23076.92)
        sheet = self._declaration()
        self.assertEqual(sheet.payable, 3000)
        rows = {code: self._row(sheet, code)[1] for code in ("urban", "education", "local_education", "surcharge_total")}
        self.assertEqual(rows, {"urban": 210, "education": 90, "local_education": 60, "surcharge_total": 360})
        sheet.has_half_relief = True
        sheet.action_count()
        self.assertEqual(sheet.surcharge_total, 180)
        sheet.district = "town"
        sheet.action_count()
        self.assertEqual(sheet.surcharge_total, 150)

    def test_half_relief_ends_with_the_law(self):
        self._post(self.tax13, 23076.92, invoice_date="2028-01-20")
        sheet = self._declaration("2028-01-01", "2028-01-31", has_half_relief=True)
        self.assertEqual(sheet.surcharge_total, 360)

    # ------------------------------------------------------------------ entries
    def test_entry_moves_unpaid_vat_and_surcharges(self):
        self._post(self.tax13, 1000)
        self._bill(300)
        self._certified(1, 26)
        sheet = self._declaration()
        sheet.action_confirm()
        self.assertEqual((sheet.payable, sheet.move_id.state, str(sheet.move_id.date)), (104, "posted", "2026-11-30"))
        expected = {
            "22210104": 104, "222102": -104, "222105": 13, "22210101": 26, "540303": 7.28, "222111": -7.28,
            "540310": 3.12, "222112": -3.12, "540313": 2.08, "222113": -2.08,
        }  # fmt: skip
        self.assertEqual({code: self._balance(code) for code in expected}, expected)
        whole = [("account_id.code", "=like", "222101%"), ("company_id", "=", self.company.id), ("parent_state", "=", "posted")]
        items = self.env["account.move.line"].with_company(self.company).search(whole)
        self.assertEqual(round(sum(items.mapped("balance")), 2), 0)

    def test_input_tax_comes_back_when_it_is_certified(self):
        self._bill(100)
        self._declaration().action_confirm()
        self.assertEqual((self._balance("222105"), self._balance("22210101")), (13, 0))
        self._post(self.tax13, 500, invoice_date="2026-12-02")
        self._fapiao(1, direction="received", certified_month="2026-12-01", deductible_tax=13)
        december = self._declaration("2026-12-01", "2026-12-31")
        self.assertEqual((december.payable, december.reclassified, december.difference), (52, -13, 0))
        december.action_confirm()
        self.assertEqual((self._balance("222105", "2026-12-31"), self._balance("222102", "2026-12-31")), (0, -52))

    def test_confirmed_twice_it_is_entered_once(self):
        self._post(self.tax13, 100)
        sheet = self._declaration()
        sheet.action_confirm()
        move = sheet.move_id
        sheet.action_confirm()
        self.assertEqual((sheet.move_id, len(sheet.move_ids)), (move, 1))

    def test_reopened_the_entry_is_reversed_and_the_sheet_counts_the_same(self):
        self._post(self.tax13, 100)
        sheet = self._declaration()
        sheet.action_confirm()
        sheet.action_reopen()
        self.assertEqual((sheet.state, len(sheet.move_ids), self._balance("222102"), self._balance("540303")), ("draft", 2, 0, 0))
        sheet.action_count()
        self.assertEqual((sheet.payable, sheet.difference), (13, 0))
        sheet.action_confirm()
        self.assertEqual((self._balance("222102"), len(sheet.move_ids)), (-13, 3))
        self.assertEqual(len(self.env["account.move"].search(sheet.action_open_entries()["domain"])), 3)

    def test_earlier_period_is_reopened_after_the_later_one(self):
        first, second = self._declaration(), self._declaration("2026-12-01", "2026-12-31")
        first.action_confirm()
        second.action_confirm()
        with self.assertRaisesRegex(UserError, "builds on this one"):
            first.action_reopen()
        second.action_reopen()
        first.action_reopen()

    def test_difference_to_the_ledger_needs_a_reason(self):
        self._post(self.tax13, 100)
        self._entry([("222101", -7), ("560104", 7)])
        sheet = self._declaration()
        self.assertEqual(sheet.difference, 7)
        with self.assertRaisesRegex(UserError, "differs from the ledger"):
            sheet.action_confirm()
        sheet.difference_note = "旧科目余额，年底清理"
        sheet.action_confirm()
        self.assertEqual(sheet.state, "confirmed")

    def test_certified_without_a_bill_is_a_difference(self):
        self._post(self.tax13, 100)
        self._certified(1, 6.5)
        self.assertEqual(self._declaration().difference, 6.5)

    def test_confirmed_sheet_stays_and_tells_when_the_ledger_moves(self):
        self._post(self.tax13, 100)
        sheet = self._declaration()
        sheet.action_confirm()
        self.assertFalse(sheet.has_changed)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            sheet.district = "town"
        with self.assertRaisesRegex(UserError, "stays as it is"):
            sheet.action_count()
        with self.assertRaisesRegex(UserError, "is kept"):
            sheet.unlink()
        self._post(self.tax13, 1)
        sheet.invalidate_recordset()
        self.assertTrue(sheet.has_changed)

    def test_missing_account_is_named(self):
        self._post(self.tax13, 100)
        account = self.chart.ref("xian_account_222113")
        account.code = "222199"
        sheet = self._declaration()
        with self.assertRaisesRegex(UserError, "Account 222113 is missing"):
            sheet.action_confirm()

    def test_paid_in_the_month_reduces_what_is_left_to_pay(self):
        self._post(self.tax13, 1000)
        self._entry([("22210103", 50), ("560104", -50)])
        sheet = self._declaration()
        self.assertEqual((sheet.payable, sheet.unpaid, sheet.difference), (130, 80, 0))
        sheet.action_confirm()
        self.assertEqual(self._balance("222102"), -80)

    def test_overpaid_vat_moves_to_its_account(self):
        self._entry([("22210103", 50), ("560104", -50)])
        sheet = self._declaration()
        self.assertEqual((sheet.overpaid, sheet.difference), (50, 0))
        sheet.action_confirm()
        self.assertEqual((self._balance("222102"), self._balance("22210110")), (50, -50))

    # ------------------------------------------------------------------ periods, due day, drill-down
    def test_period_is_whole_and_apart_from_others(self):
        for first, last in (("2026-11-02", "2026-11-30"), ("2026-10-01", "2026-12-31"), ("2026-11-01", "2026-12-31")):
            with self.subTest(first), self.assertRaises(ValidationError) as caught:
                self._declaration(first, last)
            self.assertIn("is no tax period", str(caught.exception))
        self._declaration()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            self._declaration()
        self.assertIn("another VAT declaration", self.env["cosmetics.vat.declaration"]._sql_error_to_message(caught.exception))

    def test_quarter_overlaps_its_months(self):
        self.company.write({"vat_taxpayer_kind": "small", "vat_period": "quarter"})
        self._declaration("2026-10-01", "2026-12-31", kind="small")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._declaration("2026-11-01", "2026-11-30", kind="small")

    def test_new_sheet_is_for_the_month_that_has_ended_and_due_on_the_next_working_day(self):
        sheet = self.as_accountant("cosmetics.vat.declaration").create({})
        self.assertEqual((str(sheet.date_from), str(sheet.date_to), str(sheet.due_on)), ("2026-11-01", "2026-11-30", "2026-12-15"))
        activity = sheet.activity_ids
        self.assertEqual((str(activity.date_deadline), activity.user_id), ("2026-12-15", self.accountant))
        october = self._declaration("2026-10-01", "2026-10-31")
        self.assertEqual(str(october.due_on), "2026-11-16", "the 15th is a Sunday")
        self.env["l10n_cn_xian.calendar.day"].create(
            {"kind": "holiday", "event": "other", "name": "停电", "date_from": "2026-10-15", "date_to": "2026-10-16"}
        )
        self.assertEqual(str(self._declaration("2026-09-01", "2026-09-30").due_on), "2026-10-19")

    def test_declared_the_activity_is_done(self):
        sheet = self._declaration()
        sheet.action_confirm()
        sheet.action_declare()
        self.assertEqual((str(sheet.declared_on), len(sheet.activity_ids)), ("2026-12-03", 0))

    def test_rows_open_what_they_were_counted_from(self):
        sale = self._post(self.tax13, 100)
        refund = self._post(self.tax13, 10, "out_refund")
        fapiao = self._certified(1, 6.5)
        self._bill(50)
        sheet = self._declaration()

        def items(code):
            action = sheet.line_ids.filtered(lambda line: line.code == code).action_open_items()
            return self.as_accountant(action["res_model"]).search(action["domain"])

        self.assertEqual(items("out_none").move_id, sale)
        self.assertEqual(items("out_red").move_id, refund)
        self.assertEqual(items("out_total").move_id, sale + refund)
        self.assertEqual(items("in_certified"), fapiao)
        self.assertEqual(items("chk_output").account_id.mapped("code"), ["22210107"])
        self.assertEqual(items("chk_sales").move_id, sale + refund)
        self.assertTrue(items("payable").account_id)
        sheet.action_confirm()
        self.assertEqual(items("urban").move_id, sheet.move_id)

    def test_work_sheet_prints_its_rows(self):
        self._post(self.tax13, 100)
        sheet = self._declaration()
        html = self.env["ir.actions.report"].with_user(self.accountant)._render_qweb_html(
            "cosmetics_finance_fapiao.report_cosmetics_vat_declaration", sheet.ids
        )[0].decode()  # fmt: skip
        self.assertIn("13.00", html)
        self.assertIn("13%", html)


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestSmallScale(FapiaoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"vat_taxpayer_kind": "small"})
        cls.tax1 = cls._tax("xian_tax_sale_1")

    def _sheet(self):
        return self._declaration(kind="small", has_half_relief=True)

    def test_sales_up_to_the_threshold_are_free_and_their_tax_is_income(self):
        self._post(self.tax1, 100000)
        sheet = self._sheet()
        self.assertEqual((sheet.exempt, sheet.payable, sheet.difference), (1000, 0, 0))
        sheet.action_confirm()
        self.assertEqual((self._balance("222101"), self._balance("530100")), (0, -1000))

    def test_a_cent_more_and_all_is_taxed_with_half_of_the_surcharges(self):
        self._post(self.tax1, 100000.5)
        sheet = self._sheet()
        self.assertEqual((sheet.payable, sheet.surcharge_total), (1000.01, 60))
        sheet.action_confirm()
        self.assertEqual((self._balance("222101"), self._balance("222111")), (-1000.01, -35))

    def test_special_invoices_are_taxed_below_the_threshold(self):
        sale = self._post(self.tax1, 10000)
        self._post(self.tax1, 20000)
        fapiao = self._fapiao(1, 10000, 100)
        self._link(fapiao, sale, 10100)
        sheet = self._sheet()
        self.assertEqual((sheet.payable, sheet.exempt), (100, 200))

    def test_relief_from_three_to_one_percent_is_told(self):
        self._post(self.tax1, 200000)
        self._post(self._tax("xian_tax_sale_3"), 1000)
        sheet = self._sheet()
        self.assertEqual((self._row(sheet, "levy_relief"), sheet.payable), ((0, 4000), 2030))

    def test_payment_from_the_bank_is_no_difference(self):
        self._post(self.tax1, 200000)
        bank = self.env["account.journal"].search([("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1)
        self._entry([("222101", 500), ("560104", -500)], journal_id=bank.id)
        self.assertEqual(self._sheet().difference, 0)

    def test_quarter_has_its_own_threshold(self):
        self.company.vat_period = "quarter"
        for month in (10, 11, 12):
            self._post(self.tax1, 100000, invoice_date=f"2026-{month}-02")
        sheet = self._declaration("2026-10-01", "2026-12-31", kind="small")
        self.assertEqual((sheet.payable, sheet.exempt), (0, 3000))

    def test_without_a_threshold_in_force_nothing_is_free(self):
        self.env["cosmetics.vat.rate"].sudo().search([("code", "=", "exempt_month")]).valid_to = "2026-10-31"
        self._post(self.tax1, 100)
        self.assertEqual(self._sheet().payable, 1)
