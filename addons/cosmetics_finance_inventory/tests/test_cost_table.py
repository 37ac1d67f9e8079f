"""The cost table: what came, what went, and what the account of stock says."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import LossCommon


@tagged("post_install", "-at_install")
class TestCostTable(LossCommon):
    """March: 20 creams of 30.00 came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["product.category"].create({"name": "Test Creams"})
        cls.product.categ_id = cls.category

    def _count(self, month="2026-03-01", category=None):
        """Return the row of the category, counted by the accountant in April."""
        with freeze_time("2026-04-02 02:00:00"):
            tables = self.env["cosmetics.cost.table"].with_user(self.accountant)
            table = tables.search([("month", "=", month), ("company_id", "=", self.company.id)]) or tables.create({"month": month})
            table.action_count()
        return table.line_ids.filtered(lambda line: line.categ_id == (category or self.category))

    def _flows(self, row):
        names = ("opening", "purchased", "sold", "disposed", "used", "counted", "revalued", "closing")
        return {name: row[name] for name in names if row[name]}

    def test_purchases_raise_the_stock(self):
        self.assertEqual(self._flows(self._count()), {"purchased": 600, "closing": 600})

    def test_each_way_out_has_its_column(self):
        self._sell(self.lot, 3)
        self._dispose(2)
        self._open_tester()
        self._give_away(1)
        quant = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)])
        quant.inventory_quantity = quant.quantity - 1
        quant.action_apply_inventory()
        expected = {"purchased": 600, "sold": -90, "disposed": -60, "used": -60, "counted": -30, "closing": 360}
        self.assertEqual(self._flows(self._count()), expected)

    def test_what_comes_back_lessens_what_went(self):
        sold = self._sell(self.lot, 3)
        self._move(self.lot, self.customer, self.stock, 1, origin=sold)
        scrapped = self._dispose(2).line_ids.move_id
        self._move(self.lot, scrapped.location_dest_id, self.stock, 1, origin=scrapped)
        self.assertEqual(self._flows(self._count()), {"purchased": 600, "sold": -60, "disposed": -30, "closing": 510})

    def test_a_new_cost_price_is_a_revaluation(self):
        with freeze_time("2026-04-01 08:00:00"):
            self.product.standard_price = 33
        self.assertEqual(self._flows(self._count("2026-04-01")), {"opening": 600, "revalued": 60, "closing": 660})

    def test_the_closing_is_the_opening_of_the_next_month(self):
        with freeze_time("2026-04-01 08:00:00"):
            self._sell(self.lot, 3)
        self.assertEqual(self._flows(self._count()), {"purchased": 600, "closing": 600})
        self.assertEqual(self._flows(self._count("2026-04-01")), {"opening": 600, "sold": -90, "closing": 510})

    def test_the_table_adds_up_and_ties_once_stock_is_closed(self):
        self._dispose(2)
        self._book()
        table = self._count().table_id
        self.assertEqual(table.closing, sum(table.line_ids.mapped("closing")))
        flows = ("opening", "purchased", "sold", "disposed", "used", "counted", "other", "revalued")
        self.assertEqual(table.company_id.currency_id.compare_amounts(sum(table[name] for name in flows), table.closing), 0)
        self.assertNotEqual(table.difference, 0)
        with freeze_time("2026-03-31 10:00:00"):
            self.company.action_close_stock_valuation(at_date="2026-03-31", auto_post=True)
        table.invalidate_recordset()
        self.assertEqual(table.difference, 0)

    def test_counting_again_replaces_the_rows(self):
        first = self._count()
        self.assertEqual(len(self._count().table_id.line_ids.filtered(lambda line: line.categ_id == self.category)), 1)
        self.assertFalse(first.exists())

    def test_figures_are_nobodys_to_type(self):
        table = self._count().table_id
        with self.assertRaisesRegex(UserError, "the figures come from the stock"):
            table.closing = 0
        table.note = "Checked"
        with self.assertRaises(AccessError):
            table.line_ids.write({"closing": 0})

    def test_who_reads_the_books_reads_the_table(self):
        table = self._count().table_id.with_user(self.reader)
        self.assertEqual((table.month, table.line_ids[:1].closing >= 0), (date(2026, 3, 1), True))
        with self.assertRaises(AccessError):
            table.action_count()

    def test_goods_sent_back_lessen_the_purchases(self):
        supplier = self.env["res.partner"].create({"name": "Brand House"})
        self._dispose(2, method="supplier", partner_id=supplier.id)
        self.assertEqual(self._flows(self._count()), {"purchased": 540, "closing": 540})

    def test_a_product_that_is_archived_is_still_counted(self):
        self._dispose(10)
        self._sell(self.lot, 10, warehouse=self.shop)
        self.product.product_tmpl_id.active = False
        self.assertEqual(self._flows(self._count()), {"purchased": 600, "sold": -300, "disposed": -300})

    @mute_logger("odoo.sql_db")
    def test_a_month_has_one_table(self):
        table = self._count().table_id
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            table.copy({"month": "2026-03-15"})
            self.env.flush_all()

    def test_a_table_stands_on_the_first_day_of_its_month(self):
        table = self.env["cosmetics.cost.table"].with_user(self.accountant).create({"month": "2026-02-17"})
        self.assertEqual((table.month, table.display_name), (date(2026, 2, 1), "2026-02"))

    def test_goods_of_another_company_are_not_in_the_table(self):
        company = self._create_large_company()
        tables = self.env["cosmetics.cost.table"].with_user(self.accountant).with_company(company)
        table = tables.create({"month": "2026-03-01", "company_id": company.id})
        table.action_count()
        self.assertFalse(table.line_ids)

    def test_the_account_shows_at_once_what_is_booked(self):
        table = self._count().table_id
        before = table.account_balance
        self._dispose(2)
        self._book()
        table.invalidate_recordset()
        self.assertEqual(table.account_balance - before, -60)
