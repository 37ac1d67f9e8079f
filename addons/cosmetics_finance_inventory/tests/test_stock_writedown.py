"""Provisions for goods near expiry: where the accounting standard knows them, once a month, by batch."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LossCommon


class WritedownCommon(LossCommon):
    """Ten creams of 30.00 in a company, sold for 100.00; the batch is used up on the last day of January."""

    @classmethod
    def _create_sheet(cls, month="2026-02-01", user=None):
        sheets = cls.env["cosmetics.stock.writedown"].with_user(user or cls.accountant)
        return sheets.with_company(cls.company).create({"month": month, "company_id": cls.company.id})

    @classmethod
    def _line(cls, sheet, lot):
        return sheet.line_ids.filtered(lambda line: line.lot_id == lot)


@tagged("post_install", "-at_install")
class TestWritedownSmall(WritedownCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls._create_lot("OLD", expiration_on=date(2026, 1, 31))
        cls._move(cls.old, cls.supplier, cls.stock, 4)
        cls.env["stock.move"].search([("product_id", "=", cls.product.id)]).date = "2026-02-10 04:00:00"
        cls.env["stock.move.line"].search([("product_id", "=", cls.product.id)]).date = "2026-02-10 04:00:00"

    def test_the_small_standard_shows_what_is_at_risk(self):
        sheet = self._create_sheet()
        sheet.action_count()
        line = self._line(sheet, self.old)
        self.assertFalse(sheet.has_provision)
        self.assertEqual((line.quantity, line.cost, line.price, line.needed), (4, 120, 0, 120))

    def test_the_small_standard_books_none_and_says_why(self):
        with self.assertRaisesRegex(UserError, "小企业会计准则, which measures stock at cost"):
            self._create_sheet().action_post()

    def test_fresh_goods_are_not_in_the_sheet(self):
        sheet = self._create_sheet()
        sheet.action_count()
        self.assertFalse(self._line(sheet, self.lot))

    def test_goods_near_expiry_are_worth_their_marked_down_price_without_tax(self):
        near = self._create_lot("NEAR", expiration_on=date(2026, 4, 30))
        self._move(near, self.supplier, self.stock, 10)
        self.env["stock.move.line"].search([("lot_id", "=", near.id)]).date = "2026-02-10 04:00:00"
        self.product.taxes_id = self.env["account.tax"].create({"name": "Test 13%", "amount": 13, "price_include_override": "tax_included"})
        near.band_id.markdown_percent = 80
        self.company.stock_selling_percent = 10
        sheet = self._create_sheet()
        sheet.action_count()
        # 100.00 less 80 % is 20.00, without the tax in it 17.70; less 10 % for selling: 159.30 for all of them.
        line = self._line(sheet, near)
        self.assertEqual((line.cost, line.price, line.needed), (300, 177, 140.7))

    def test_what_came_after_the_month_does_not_count(self):
        self._move(self.old, self.supplier, self.stock, 5)
        sheet = self._create_sheet()
        sheet.action_count()
        self.assertEqual(self._line(sheet, self.old).quantity, 4)

    def test_what_left_after_the_month_still_counts(self):
        self._dispose(3, reason="expired", lot=self.old)
        sheet = self._create_sheet()
        sheet.action_count()
        self.assertEqual(self._line(sheet, self.old).quantity, 4)

    def test_figures_are_nobodys_to_type(self):
        sheet = self._create_sheet()
        with self.assertRaisesRegex(UserError, "Choose the month only"):
            sheet.needed = 0
        with self.assertRaises(AccessError):
            self._create_sheet(month="2025-12-01", user=self.reader)


@tagged("post_install", "-at_install")
class TestWritedownLarge(WritedownCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._create_large_company()
        cls.company.stock_loss_from = date(2026, 1, 1)
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.place = cls.warehouse.lot_stock_id
        cls.product.with_company(cls.company).standard_price = 30
        cls.old = cls._create_lot("OLD", expiration_on=date(2026, 1, 31))
        cls.env["stock.quant"].with_company(cls.company)._update_available_quantity(cls.product, cls.place, 4, lot_id=cls.old)

    def _lose(self, quantity):
        """Scrap some of the old batch, and book it."""
        scrap = self.env["stock.scrap"].with_company(self.company).create(
            {
                "product_id": self.product.id,
                "lot_id": self.old.id,
                "location_id": self.place.id,
                "scrap_qty": quantity,
                "company_id": self.company.id,
            }
        )  # fmt: skip
        scrap.do_scrap()
        self.losses.with_context(allowed_company_ids=self.company.ids).action_book_all()

    def _booked(self, sheet):
        return sorted((line.account_id.code[:4], line.balance) for line in sheet.move_id.line_ids)

    def test_the_large_standard_books_the_loss(self):
        sheet = self._create_sheet()
        sheet.action_post()
        self.assertEqual((sheet.state, sheet.needed, sheet.move_id.date), ("posted", 120, date(2026, 2, 28)))
        self.assertEqual(self._booked(sheet), [("1471", -120), ("6701", 120)])
        self.assertEqual((sheet.account_balance, sheet.difference), (120, 0))

    def test_booking_twice_books_once(self):
        sheet = self._create_sheet()
        sheet.action_post()
        entry = sheet.move_id
        sheet.action_post()
        self.assertEqual((sheet.move_id, sheet.account_balance), (entry, 120))

    def test_undoing_reverses_the_entry(self):
        sheet = self._create_sheet()
        sheet.action_post()
        entry = sheet.move_id
        sheet.action_reopen()
        self.assertEqual((sheet.state, entry.reversal_move_ids.state), ("draft", "posted"))
        sheet.action_post()
        self.assertEqual((sheet.account_balance, sheet.difference), (120, 0))

    def test_a_disposal_uses_its_part_of_the_provision(self):
        self._create_sheet().action_post()
        self._lose(3)
        with freeze_time("2026-04-02 02:00:00"):
            march = self._create_sheet("2026-03-01")
            march.action_post()
        self.assertEqual((march.used_sales, march.used_disposals, march.change, march.needed), (0, 90, 0, 30))
        self.assertEqual(self._booked(march), [("1471", 90), ("6602", -90)])
        self.assertEqual(march.difference, 0)

    def test_a_sale_takes_its_part_of_the_provision_to_the_cost_of_sales(self):
        self._create_sheet().action_post()
        self.env["stock.quant"]._update_available_quantity(self.product, self.place, -1, lot_id=self.old)
        with freeze_time("2026-04-02 02:00:00"):
            march = self._create_sheet("2026-03-01")
            march.action_post()
        self.assertEqual((march.used_sales, march.used_disposals, march.change, march.needed), (30, 0, 0, 90))
        self.assertEqual(self._booked(march), [("1471", 30), ("6401", -30)])

    def test_goods_that_come_back_bring_their_provision_back(self):
        self._create_sheet().action_post()
        self._lose(3)
        scrapped = self.env["stock.move"].search([("scrap_id.lot_id", "=", self.old.id)])
        self._move(self.old, scrapped.location_dest_id, self.place, 3, origin=scrapped)
        with freeze_time("2026-04-02 02:00:00"):
            march = self._create_sheet("2026-03-01")
            march.action_post()
        self.assertEqual((march.needed, march.used_disposals, march.move_id.id), (120, 0, False))

    def test_months_are_booked_in_turn(self):
        self._create_sheet().action_post()
        with self.assertRaisesRegex(UserError, "booked up to 2026-02"):
            self._create_sheet("2026-01-01").action_post()
        with self.assertRaisesRegex(UserError, "2026-03 is not over yet"):
            self._create_sheet("2026-03-01").action_post()

    def test_an_earlier_month_is_not_undone_below_a_later_one(self):
        february = self._create_sheet()
        february.action_post()
        with freeze_time("2026-04-02 02:00:00"):
            self._create_sheet("2026-03-01").action_post()
            with self.assertRaisesRegex(UserError, "Undo the last one first"):
                february.action_reopen()

    def test_a_booked_month_stays(self):
        sheet = self._create_sheet()
        sheet.action_post()
        with self.assertRaisesRegex(UserError, "Undo it first"):
            sheet.unlink()
        with self.assertRaisesRegex(UserError, "Undo it first"):
            sheet.month = "2026-01-01"

    def test_who_reads_the_books_reads_the_sheet_and_books_nothing(self):
        sheet = self._create_sheet()
        sheet.action_post()
        mine = sheet.with_user(self.reader).with_context(allowed_company_ids=self.company.ids)
        self.assertEqual((mine.needed, mine.line_ids.needed), (120, 120))
        with self.assertRaises(AccessError):
            mine.action_reopen()

    def test_worth_that_comes_back_is_booked_back(self):
        self.old.expiration_on = date(2026, 6, 30)
        self.old.band_id.markdown_percent = 80
        first = self._create_sheet()
        first.action_post()
        self.assertEqual(first.needed, 40)
        self.old.band_id.markdown_percent = 75
        with freeze_time("2026-04-02 02:00:00"):
            march = self._create_sheet("2026-03-01")
            march.action_post()
        self.assertEqual((march.change, march.needed, march.difference), (-20, 20, 0))
        self.assertEqual(self._booked(march), [("1471", 20), ("6701", -20)])

    def test_a_held_batch_is_worth_nothing_while_it_is_held(self):
        held = self._create_lot("HELD")
        self.env["stock.quant"]._update_available_quantity(self.product, self.place, 2, lot_id=held)
        held._set_quality_state("quarantine", "Leaking")
        sheet = self._create_sheet()
        sheet.action_count()
        self.assertEqual(self._line(sheet, held).needed, 60)

    def test_a_month_without_anything_to_book_has_no_entry(self):
        self.env["stock.quant"]._update_available_quantity(self.product, self.place, -4, lot_id=self.old)
        sheet = self._create_sheet()
        sheet.action_post()
        self.assertEqual((sheet.state, sheet.move_id.id, sheet.needed, sheet.difference), ("posted", False, 0, 0))

    def test_a_locked_month_is_refused(self):
        self.company.fiscalyear_lock_date = date(2026, 2, 28)
        with self.assertRaisesRegex(UserError, "The books of 2026-02 are locked"):
            self._create_sheet().action_post()

    def test_goods_of_another_company_are_not_in_the_sheet(self):
        other = self._create_lot("ELSEWHERE", expiration_on=date(2026, 1, 31))
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 4, lot_id=other)
        sheet = self._create_sheet()
        sheet.action_count()
        self.assertEqual(sheet.line_ids.lot_id, self.old)

    def test_a_sheet_stands_on_the_first_day_of_its_month(self):
        sheet = self._create_sheet("2026-02-17")
        self.assertEqual((sheet.month, sheet.display_name), (date(2026, 2, 1), "2026-02"))
        self.assertEqual(self.env["cosmetics.stock.writedown"].new().month, date(2026, 2, 1))

    def test_figures_come_from_no_context(self):
        sheets = self.env["cosmetics.stock.writedown"].with_user(self.accountant).with_company(self.company)
        sheet = sheets.with_context(default_needed=5, default_state="posted").create({"month": "2026-02-01", "company_id": self.company.id})
        self.assertEqual((sheet.needed, sheet.state), (0, "draft"))

    def test_each_lot_tells_what_it_costs_when_it_has_a_cost_of_its_own(self):
        self.product.lot_valuated = True
        self.old.with_company(self.company).standard_price = 20
        sheet = self._create_sheet()
        sheet.action_count()
        self.assertEqual(self._line(sheet, self.old).cost, 80)
