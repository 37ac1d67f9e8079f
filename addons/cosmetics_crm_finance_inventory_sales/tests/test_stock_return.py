"""What the money in the stock earns (GMROI)."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ProfitCommon


@tagged("post_install", "-at_install")
class TestStockReturn(ProfitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mask = cls._create_till_product(name="Profit Mask", is_storable=True, standard_price=10.0, invoice_policy="order")
        cls._stock(cls.mask, "M1", 10)
        cls.shop = cls.till.warehouse_id
        cls.env["cosmetics.stock.value.day"].search([]).unlink()
        cls._record(cls.cream, 300)
        cls._record(cls.mask, 100)

    @classmethod
    def _record(cls, product, value, days_ago=0):
        """Write down what a product was worth at the end of a day."""
        day = cls.today - timedelta(days=days_ago)
        place = {"warehouse_id": cls.shop.id, "company_id": cls.company.id}
        cls.env["cosmetics.stock.value.day"].create({"day": day, "product_id": product.id, "quantity": 10, "value": value, **place})

    def _figures(self, product=None, user=None, **dimensions):
        """Return (revenue, cost, margin, GMROI) as who reads the books sees them."""
        names = ["sold_revenue:sum", "sold_cost:sum", "gross_margin:sum", "gmroi:avg"]
        domain = [
            ("product_id", "in", (product or self.cream + self.mask).ids),
            *((name, "=", value.id) for name, value in dimensions.items()),
        ]
        self.env.flush_all()
        [figures] = self.env["cosmetics.stock.turnover"].with_user(user or self.reader)._read_group(domain, [], names)
        return tuple(figure and round(figure, 4) for figure in figures)

    def test_margin_by_the_money_in_the_stock_as_if_the_year_were_such_days(self):
        self._invoice(self._sell((self.cream, 2, {})))
        self.assertEqual(self._figures(self.cream), (200, 60, 140, round(140 / 300 * 365, 4)))

    def test_what_is_sold_at_the_till_counts_for_its_shop(self):
        self._send(self._prepare_sale(self.cream, 2, pack_lot_ids=[(0, 0, {"lot_name": "P1"})]))
        self.assertEqual(self._figures(warehouse_id=self.shop)[:3], (200, 60, 140))
        self.assertEqual(self._figures(brand_id=self.brand)[2], 140)

    def test_tax_and_discounts_are_no_revenue(self):
        tax = self.env["account.tax"].create({"name": "Test 13 %", "amount": 13, "price_include_override": "tax_included"})
        self._invoice(self._sell((self.cream, 2, {"tax_ids": tax.ids, "price_unit": 113, "discount": 10})))
        self.assertEqual(self._figures(self.cream)[0], 180)

    def test_a_credit_note_takes_its_revenue_back(self):
        invoice = self._invoice(self._sell((self.cream, 2, {})))
        refund = invoice._reverse_moves()
        refund.invoice_date = self.today
        refund.with_user(self.accountant).action_post()
        self.assertEqual(self._figures(self.cream)[:3], (0, 60, -60))

    def test_a_group_divides_sums_and_averages_no_returns(self):
        self._invoice(self._sell((self.cream, 2, {}), (self.mask, 1, {})))
        self.assertEqual(self._figures(), (300, 70, 230, round(230 / 400 * 365, 4)))

    def test_days_without_stock_figures_bring_neither_revenue_nor_cost(self):
        self.env["cosmetics.stock.value.day"].search([]).day = self.today - timedelta(days=1)
        self._invoice(self._sell((self.cream, 2, {})))
        rows = self.env["cosmetics.stock.turnover"].search([("product_id", "=", self.cream.id)])
        self.assertEqual([(row.sold_revenue, row.sold_cost, row.gmroi) for row in rows], [(0, 0, 0)])

    def test_a_service_is_no_stock(self):
        care = self._create_till_product(name="Profit Care", type="service", tracking="none", invoice_policy="order")
        self._invoice(self._sell((care, 1, {}), deliver=False))
        self.assertFalse(self.env["cosmetics.stock.turnover"].search([("product_id", "=", care.id)]))

    def test_revenue_of_no_warehouse_keeps_no_product(self):
        line = {"product_id": self.cream.id, "quantity": 1, "price_unit": 80, "tax_ids": False}
        vals = {"move_type": "out_invoice", "partner_id": self.member.id, "invoice_line_ids": [(0, 0, line)]}
        self.env["account.move"].with_user(self.accountant).create({**vals, "invoice_date": self.today}).action_post()
        [row] = self.env["cosmetics.stock.turnover"].search([("product_id", "=", self.cream.id), ("warehouse_id", "=", False)])
        self.assertEqual((row.sold_revenue, row.is_kept, row.gmroi), (80, 0, 0))

    def test_who_keeps_the_warehouse_sees_the_turnover_and_not_what_it_earns(self):
        keeper = self._create_user("test_return_manager", "cosmetics_inventory.group_warehouse_manager")
        turnover = self.env["cosmetics.stock.turnover"].with_user(keeper)
        self.assertNotIn("gmroi", turnover.get_view(view_type="pivot")["arch"])
        self.assertIn("gmroi", turnover.with_user(self.reader).get_view(view_type="pivot")["arch"])
        self.assertTrue(turnover.search([("product_id", "=", self.cream.id)]))
        with self.assertRaises(AccessError):
            self._figures(user=keeper)
        with self.assertRaises(AccessError):
            turnover._read_group([], [], ["gmroi:avg"])
