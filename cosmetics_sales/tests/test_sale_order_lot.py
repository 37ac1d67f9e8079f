"""Orders of a lot share what core would look up for each; they come out as if each had come in alone."""

import io
from unittest.mock import patch

from odoo.addons.cosmetics_sales.models import cosmetics_order_import_read
from odoo.tests import tagged
from odoo.tools.pdf import PdfWriter

from . import order_files
from .common_order_import import OrderImportCommon


@tagged("post_install", "-at_install")
class TestSaleOrderLot(OrderImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = [("code", "=", "sale.order"), ("company_id", "in", (cls.env.company.id, False))]
        cls.sequence = cls.env["ir.sequence"].search(domain, order="company_id", limit=1)

    def _lot(self, count, prefix="L"):
        items = self._take_in(*(self._payload(order_no=f"{prefix}{number:03d}") for number in range(count)))
        self.assertEqual({item.verdict for item in items}, {"new"})
        return self.env["sale.order"].concat(*(item.order for item in items))

    # ------------------------------------------------------------------ numbers
    def test_numbers_of_a_lot_follow_each_other_in_the_sequence_of_the_orders(self):
        self.sequence.write({"implementation": "standard", "prefix": "T", "padding": 6})
        names = self._lot(5).mapped("name")
        first = int(names[0].removeprefix("T"))
        self.assertEqual(names, [f"T{first + place:06d}" for place in range(5)])

    def test_order_made_by_hand_goes_on_with_the_next_number(self):
        self.sequence.write({"implementation": "standard", "prefix": "T", "padding": 6})
        last = self._lot(3)[-1].name
        by_hand = self._create_order(self.lipstick)
        self.assertEqual(int(by_hand.name.removeprefix("T")), int(last.removeprefix("T")) + 1)

    def test_numbers_without_gaps_stay_without_gaps(self):
        self.sequence.write({"implementation": "no_gap", "prefix": "G", "padding": 5, "number_next": 100})
        self.assertEqual(self._lot(3).mapped("name"), ["G00100", "G00101", "G00102"])
        self.assertEqual(self.sequence.number_next, 103)

    def test_numbers_by_period_follow_the_day_of_the_order(self):
        self.sequence.write({"implementation": "standard", "prefix": "P%(range_year)s-", "padding": 4, "use_date_range": True})
        items = self._take_in(
            self._payload(order_no="a", created_at="2025-12-30 02:00:00"), self._payload(order_no="b", created_at="2026-01-02 02:00:00")
        )
        self.assertEqual([item.order.name[:6] for item in items], ["P2025-", "P2026-"])

    def test_order_of_another_company_takes_the_numbers_of_that_company(self):
        company = self.env.company
        self.sequence.copy({"company_id": company.id, "prefix": "OWN", "padding": 3, "implementation": "standard"})
        self.assertTrue(all(name.startswith("OWN") for name in self._lot(2).mapped("name")))

    # ------------------------------------------------------------------ what is shared
    def test_warehouse_is_that_of_the_channel_else_the_one_core_would_choose(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Shop", "code": "SHP"})
        usual = self.env["sale.order"].with_user(self.ecommerce_clerk).new({"company_id": self.env.company.id}).warehouse_id
        self.assertEqual(self._lot(2).warehouse_id, usual)
        self.channel.write({"company_id": self.env.company.id, "warehouse_id": warehouse.id})
        self.assertEqual(self._lot(2, "W").warehouse_id, warehouse)

    def test_each_line_keeps_the_text_unit_and_taxes_of_its_own_product(self):
        lines = [
            {"sub_no": "1", "merchant_sku": "KH01", "qty": 1, "amount": "50"},
            {"sub_no": "2", "merchant_sku": "MS02", "qty": 2, "amount": "60"},
        ]
        orders = [item.order for item in self._take_in(*(self._payload(order_no=f"P{n}", lines=lines, freight=None) for n in range(3)))]
        for order in orders:
            lipstick, cream = order.order_line
            self.assertEqual((lipstick.product_id, cream.product_id), (self.lipstick, self.cream))
            self.assertEqual((lipstick.tax_ids.mapped("amount"), cream.tax_ids.mapped("amount")), ([13.0], []))
            self.assertEqual((lipstick.name, cream.name), (self.lipstick.display_name, self.cream.display_name))
            self.assertEqual(order.amount_total, 109.99)

    def test_documents_of_quotations_are_given_to_each_order_as_core_gives_them(self):
        if "quotation_document_ids" not in self.env["sale.order"]._fields:
            self.assertNotIn("quotation_document_ids", self.env["sale.order"]._get_searched_defaults())
            return
        stream = io.BytesIO()
        writer = PdfWriter()
        writer.add_blank_page(width=200, height=200)
        writer.write(stream)
        file = self.env["ir.attachment"].create({"name": "Header.pdf", "raw": stream.getvalue(), "mimetype": "application/pdf"})
        document = self.env["quotation.document"].create({"ir_attachment_id": file.id, "add_by_default": True})
        by_hand = self._create_order(self.lipstick)
        for order in self._lot(2):
            self.assertEqual(order.quotation_document_ids, by_hand.quotation_document_ids)
            self.assertIn(document, order.quotation_document_ids)

    def test_product_changed_between_two_lots_is_seen_by_the_second(self):
        self._lot(2)
        self.lipstick.name = "Lipstick New"
        self.assertIn("Lipstick New", self._lot(1, "N").order_line[0].name)

    # ------------------------------------------------------------------ cost
    def _preview(self, count, start):
        rows = [order_files.pinduoduo_order(f"260517-{start + number:015d}", "KH01") for number in range(count)]
        return self._import({"拼多多.csv": order_files.file_of("pinduoduo", rows)}, channel_id=self.channel.id)

    def _cost(self, count, start):
        """Return the queries of the whole import of a file: upload, preview, import."""
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        record = self._preview(count, start)
        record.action_import_now()
        self.env.flush_all()
        self.assertEqual((record.new_count, record.is_balanced), (count, True))
        return self.env.cr.sql_log_count - before

    def test_whole_import_costs_less_than_two_queries_an_order_more(self):
        self._cost(1, 1)
        few, many = self._cost(5, 100), self._cost(45, 200)
        self.assertLess((many - few) / 40, 2, f"{few} queries for 5 orders, {many} for 45")

    def test_products_cost_no_query_each(self):
        products = [self._create_product(name=f"Shade {number}", default_code=f"SH{number}") for number in range(30)]
        payload = {"lines": [{"merchant_sku": product.default_code, "qty": 1, "amount": "3"} for product in products[:2]]}
        many = {"lines": [{"merchant_sku": product.default_code, "qty": 1, "amount": "3"} for product in products]}
        self._take_in(self._payload(order_no="warm"))
        costs = []
        for number, lines in (("few", payload), ("many", many)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._take_in(self._payload(order_no=number, **lines))
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLess(costs[1] - costs[0], 28, f"{costs} queries for 2 and 30 products")

    def test_file_is_judged_in_portions_and_each_order_once(self):
        with patch.object(cosmetics_order_import_read, "READ_AT_ONCE", 3):
            record = self._preview(8, 300)
        self.assertEqual((record.line_count, record.new_count, record.amount_file), (8, 8, 792.0))
        self.assertEqual(record.line_ids.mapped("sequence"), list(range(2, 10)))
