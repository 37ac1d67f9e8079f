"""What keeps an invoice off an issue list or out of its file, one reason after the other, and that nothing else does."""

from decimal import Decimal

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools.issue import NAME_MAX, REMARK_MAX, STOPS, Issue, IssueLine, check, replace
from .common import BUYER_VAT, FapiaoCommon, number

GOODS = IssueLine("面霜", "1" * 19, Decimal("113.00"), Decimal("0.13"))
GOOD = Issue("XA1-1", True, True, "西安晨光商贸", BUYER_VAT, "", (GOODS,), Decimal("113.00"), Decimal("13.00"))


@tagged("post_install", "-at_install")
class TestChecks(BaseCase):
    def _wrong(self, line=None, **vals):
        return check(replace(GOOD, **({"lines": (replace(GOODS, **line),)} if line else {}), **vals))

    def test_good_invoice_has_no_problem(self):
        self.assertEqual(check(GOOD), [])

    def test_each_fault_of_the_head_has_its_code(self):
        cases = {
            "no_name": {"buyer_name": ""},
            "no_vat": {"buyer_vat": ""},
            "name_long": {"buyer_name": "长" * (NAME_MAX + 1)},
            "remark_long": {"remark": "x" * (REMARK_MAX + 1)},
            "no_lines": {"lines": ()},
            "totals": {"total": Decimal("112.99")},
        }
        for code, vals in cases.items():
            with self.subTest(code):
                self.assertEqual(self._wrong(**vals), [code])
                self.assertIn(code, STOPS)

    def test_each_fault_of_a_line_has_its_code(self):
        cases = {
            "name_long": {"name": "长" * (NAME_MAX + 1)},
            "class_code": {"code": "1" * 18},
            "default_code": {"is_default_code": True},
        }
        for code, vals in cases.items():
            with self.subTest(code):
                self.assertEqual(self._wrong(vals), [code])
        self.assertNotIn("default_code", STOPS)

    def test_longest_name_and_remark_that_fit_are_no_problem(self):
        self.assertEqual(self._wrong({"name": "长" * NAME_MAX}, buyer_name="长" * NAME_MAX, remark="x" * REMARK_MAX), [])

    def test_every_text_that_a_spreadsheet_would_run_is_found_wherever_it_stands(self):
        for sign in ("=", "+", "-", "@", "\t", "\r"):
            for place in (
                {"buyer_name": f"{sign}1"},
                {"remark": f"{sign}1"},
                {"contact": ("", f"{sign}86")},
                {"contact": (f"{sign}a", "")},
            ):
                with self.subTest((sign, place)):
                    self.assertEqual(self._wrong(**place), ["formula"])
            for name in ("name", "spec", "unit"):
                with self.subTest((sign, name)):
                    self.assertEqual(self._wrong({name: f"{sign}1"}), ["formula"])

    def test_rate_that_is_no_share_hides_what_follows_from_it(self):
        for rate in ("-1", "1", "13"):
            with self.subTest(rate):
                self.assertEqual(self._wrong({"rate": Decimal(rate)}), ["rate"])

    def test_tax_may_differ_by_a_cent_a_line_and_not_by_more(self):
        lines = (replace(GOODS, amount=Decimal("56.50")), replace(GOODS, amount=Decimal("56.50")))
        for tax, codes in (("13.02", ["tax_cents"]), ("12.98", ["tax_cents"]), ("13.03", ["tax_totals"]), ("12.97", ["tax_totals"])):
            with self.subTest(tax):
                self.assertEqual(check(replace(GOOD, lines=lines, tax=Decimal(tax))), codes)

    def test_grave_problems_come_before_warnings(self):
        codes = self._wrong({"is_default_code": True, "name": "长" * 101}, tax=Decimal("13.01"))
        self.assertEqual(codes, ["name_long", "default_code", "tax_cents"])

    def test_line_that_a_discount_leaves_nothing_of_is_stopped(self):
        free = replace(GOODS, discount=GOODS.amount)
        self.assertIn("discount", check(replace(GOOD, lines=(GOODS, free))))


@tagged("post_install", "-at_install")
@freeze_time("2026-12-03 04:00:00")
class TestRefusals(FapiaoCommon):
    def _request(self, move, batch=None):
        batch = batch or self.as_accountant("cosmetics.fapiao.batch").create({})
        return self.as_accountant("cosmetics.fapiao.request").create({"batch_id": batch.id, "move_id": move.id})

    def test_draft_cancelled_invoice_and_bill_are_refused_by_name(self):
        draft, cancelled = self._invoice(self.tax13), self._post(self.tax13)
        cancelled.button_draft()
        cancelled.button_cancel()
        for move in (draft, cancelled, self._bill(100)):
            with self.subTest(move.state), self.assertRaises(ValidationError) as caught:
                self._request(move)
            self.assertIn("is no posted customer invoice", str(caught.exception))

    def test_invoice_that_has_a_tax_invoice_or_a_part_of_one_is_refused(self):
        whole, part = self._post(self.tax13), self._post(self.tax13, 300)
        for serial, move in enumerate((whole, part), 1):
            self._link(self._fapiao(serial), move, 113)
            with self.subTest(serial), self.assertRaises(ValidationError) as caught:
                self._request(move)
            self.assertIn("has a tax invoice already", str(caught.exception))

    def test_invoice_whose_number_was_typed_by_hand_is_left_out(self):
        typed, waiting = self._post(self.tax13, fapiao=number(5)), self._post(self.tax13)
        self.assertEqual(self._list_of(typed + waiting).request_ids.move_id, waiting)

    def test_invoice_of_another_company_is_refused(self):
        other = self.env["res.company"].sudo().create({"name": "另一家公司"})
        batch = self.env["cosmetics.fapiao.batch"].sudo().create({"company_id": other.id})
        move = self._post(self.tax13)
        with self.assertRaisesRegex(ValidationError, "belongs to another company"):
            batch.request_ids.create({"batch_id": batch.id, "move_id": move.id})

    def test_one_invoice_twice_on_a_list_is_refused_by_the_index(self):
        move = self._post(self.tax13)
        batch = self.as_accountant("cosmetics.fapiao.batch").create({})
        vals = {"batch_id": batch.id, "move_id": move.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            self.as_accountant("cosmetics.fapiao.request").create([vals, vals])
        self.assertIn("on an issue list already", self.env["cosmetics.fapiao.request"]._sql_error_to_message(caught.exception))

    def test_two_taxes_with_tax_in_the_price_are_stopped_too(self):
        both = self.tax13_included + self._tax("l10n_cn_sales_excluded_6").copy(
            {"price_include_override": "tax_included", "name": "6% 含税"}
        )
        batch = self._list_of(self._post(both, 119))
        self.assertTrue(batch.request_ids.is_blocked)
        self.assertIn("no single VAT rate", batch.request_ids.problems)

    def test_one_blocked_invoice_keeps_the_whole_file_back_and_is_named(self):
        good, bad = self._post(self.tax13), self._post(self.env["account.tax"], 50)
        batch = self._list_of(good + bad)
        with self.assertRaises(UserError) as caught:
            batch.action_export()
        self.assertIn(f"1 invoices cannot be issued, the first is {bad.name}", str(caught.exception))
        self.assertEqual((batch.file, batch.exported_at, batch.request_ids.mapped("state")), (False, False, ["draft", "draft"]))

    def test_withdrawn_blocked_invoice_holds_the_others_back_no_more(self):
        good, bad = self._post(self.tax13), self._post(self.env["account.tax"], 50)
        batch = self._list_of(good + bad)
        batch.request_ids.filtered("is_blocked").action_withdraw()
        batch.action_export()
        self.assertEqual((batch.state, batch.open_count, batch.blocked_count, batch.total), ("exported", 1, 0, 113))

    def test_fault_that_was_mended_is_found_no_more(self):
        self.customer.name = "长" * 101
        batch = self._list_of(self._post(self.tax13))
        self.assertTrue(batch.request_ids.is_blocked)
        self.customer.name = "西安晨光商贸"
        batch.action_check()
        self.assertFalse(batch.request_ids.is_blocked)
        self.assertNotIn("longer", batch.request_ids.problems)

    def test_issued_invoice_is_neither_withdrawn_nor_deleted(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        self._fapiao(1, remark=batch.request_ids.serial).action_match()
        batch.request_ids.action_withdraw()
        self.assertEqual((batch.request_ids.state, batch.state), ("issued", "done"))
        with self.assertRaisesRegex(UserError, "may be on the platform"):
            batch.request_ids.unlink()

    def test_everything_withdrawn_the_list_is_new_and_not_done(self):
        batch = self._list_of(self._post(self.tax13))
        batch.request_ids.action_withdraw()
        self.assertEqual((batch.state, batch.request_count, batch.total), ("draft", 0, 0))

    def test_serial_in_the_remark_of_a_received_invoice_is_not_ours(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        self._fapiao(1, direction="received", remark=batch.request_ids.serial).action_match()
        self.assertEqual((batch.request_ids.state, move.fapiao_state), ("draft", "requested"))

    def test_serial_that_two_invoices_name_is_believed_once(self):
        move = self._post(self.tax13)
        batch = self._list_of(move)
        both = self._fapiao(1, remark=batch.request_ids.serial) + self._fapiao(2, remark=batch.request_ids.serial)
        both.action_match()
        self.assertEqual((batch.request_ids.fapiao_id, both.mapped("match_state")), (both[0], ["matched", "open"]))

    def test_invoices_of_two_companies_are_told_apart(self):
        other = self.setup_other_company(name="另一家公司")["company"]
        tax = self.env["account.tax"].search([("company_id", "=", other.id), ("type_tax_use", "=", "sale")], limit=1)
        line = {"name": "面霜", "price_unit": 1, "tax_ids": [Command.set(tax.ids)]}
        vals = {"move_type": "out_invoice", "partner_id": self.customer.id, "invoice_date": "2026-11-20"}
        foreign = self.env["account.move"].with_company(other).create({**vals, "invoice_line_ids": [Command.create(line)]})
        foreign.action_post()
        with self.assertRaisesRegex(UserError, "several companies"):
            self.env["cosmetics.fapiao.batch"].sudo()._create_for(self._post(self.tax13) + foreign)
