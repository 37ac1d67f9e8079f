"""Names of order lines: the same as core's, at a cost that grows with the lines and not with their square."""

from collections import Counter

from odoo import Command
from odoo.addons.cosmetics_sales_pos.models.sale_order_line import PosSaleOrderLine
from odoo.addons.cosmetics_sales_pos.models.sale_order_line import SaleOrderLine as LinearOrderLine
from odoo.tests import tagged

from .common import TillCommon

NAMING = "_get_sale_order_line_multiline_description_sale"


@tagged("post_install", "-at_install")
class TestSaleOrderLine(TillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("test_seller", "cosmetics_sales.group_salesperson")
        cls.customer = cls.env["res.partner"].create({"name": "Test Customer"})
        cls.products = cls.env["product.product"].union(
            *[cls._create_product(name=f"Cream {number}", description_sale=f"Size {number}") for number in range(5)]
        )

    def _create_orders(self, count):
        """Return `count` quotations of five lines, made in one batch by a salesperson."""
        lines = [Command.create({"product_id": product.id, "product_uom_qty": 1}) for product in self.products]
        return self.env["sale.order"].with_user(self.seller).create([{"partner_id": self.customer.id, "order_line": lines}] * count)

    def _count_namings(self, act):
        """Return how often the name of a line was worked out during `act`."""
        calls = Counter()
        naming = getattr(type(self.env["sale.order.line"]), NAMING)

        def counted(line):
            calls["all"] += 1
            return naming(line)

        self.patch(type(self.env["sale.order.line"]), NAMING, counted)
        act()
        self.patch(type(self.env["sale.order.line"]), NAMING, naming)
        return calls["all"]

    def _compute_names_as_core(self, lines):
        """Name lines the way that is ours no more."""
        PosSaleOrderLine._compute_name(lines)

    def test_each_line_of_a_batch_is_named_once(self):
        for count in (1, 4, 8):
            with self.subTest(orders=count):
                self.assertEqual(self._count_namings(lambda count=count: self._create_orders(count)), 5 * count)

    def test_core_names_each_line_as_often_as_there_are_lines(self):
        lines = self._create_orders(2).order_line
        self.assertEqual(self._count_namings(lambda: self._compute_names_as_core(lines)), 10 * 10)

    def test_names_are_those_of_core(self):
        lines = self._create_orders(2).order_line
        ours = lines.mapped("name")
        lines.name = "to be worked out"
        self._compute_names_as_core(lines)
        self.assertEqual(lines.mapped("name"), ours)
        self.assertIn("Size 3", ours[3])

    def test_down_payment_that_a_till_took_back_is_marked_as_by_core(self):
        till_line = self._send(self._prepare_sale(self.product)).lines
        refund = self._send(self._prepare_sale(self.product, quantity=-1, refunded_orderline_id=till_line.id))
        down_payment, line = self._create_orders(1).order_line[:2].with_user(self.env.user)
        name = down_payment.name
        till_line.sale_order_line_id = down_payment
        refund.lines.sale_order_line_id = line
        line._compute_name()
        self.assertNotEqual(down_payment.name, name)
        self.assertIn(name, down_payment.name)

    def test_nothing_between_us_and_the_step_we_go_around_names_lines(self):
        """A module that puts a naming of its own in between would be skipped: then this way must change."""
        classes = type(self.env["sale.order.line"]).__mro__
        between = classes[classes.index(LinearOrderLine) + 1 : classes.index(PosSaleOrderLine)]
        self.assertFalse([found for found in between if "_compute_name" in vars(found)])
